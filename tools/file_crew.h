// Several files parsed at the same time.
#ifndef OOPS_TOOLS_FILE_CREW_H_
#define OOPS_TOOLS_FILE_CREW_H_

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "proto/crash_record.pb.h"

namespace oops::tools {

// Each of `threads` threads parses one file at a time; the caller gets records and files in the
// order in which one thread would come by them. Memory: a megabyte of records a file; a file
// that has more waits for its turn.
class FileCrew {
 public:
  struct Ending {
    uint64_t lines = 0;
    uint64_t bytes = 0;  // of the file that were read
    std::string error;   // as Input::error()
  };

  using Put = std::function<void(CrashRecord&&)>;
  // Called now and then with the bytes that were read; false: nobody wants more.
  using Show = std::function<bool(uint64_t bytes)>;
  // Parses one file; to be safe on several threads.
  using ParseOne = std::function<Ending(const std::string& file, const Put& put, const Show& show)>;

  // `files` must outlive the crew.
  FileCrew(const std::vector<std::string>& files, int threads, ParseOne parse);
  // Stops whatever is under way.
  ~FileCrew();
  FileCrew(const FileCrew&) = delete;
  FileCrew& operator=(const FileCrew&) = delete;

  // The records of the next file to `put`, as they come, and how it ended. `show` is called in
  // between, with the bytes read of all files. To be called once for each file, unless `show` said
  // that nobody wants more.
  Ending Next(const Put& put, const Show& show);

 private:
  struct Work {
    std::deque<CrashRecord> records;
    size_t waiting = 0;  // bytes of them
    bool done = false;
    Ending ending;
  };

  void ParseFiles();
  void Hand(size_t file, CrashRecord&& record);

  const std::vector<std::string>& files_;
  const size_t most_ahead_;  // files that may be begun behind the current one
  const ParseOne parse_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Work> work_;  // for each file
  size_t begun_ = 0;        // files that a thread has taken
  size_t current_ = 0;      // the file whose turn it is
  bool stop_ = false;
  std::atomic<uint64_t> bytes_ = 0;
  std::vector<std::thread> threads_;
};

}  // namespace oops::tools

#endif  // OOPS_TOOLS_FILE_CREW_H_
