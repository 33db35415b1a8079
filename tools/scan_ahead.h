// Threads that read and scan a large file together with its parser.
#ifndef OOPS_TOOLS_SCAN_AHEAD_H_
#define OOPS_TOOLS_SCAN_AHEAD_H_

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string_view>
#include <thread>
#include <vector>

#include "lib/oops.h"

namespace oops::tools {

// Gives the blocks of a regular file in order, each with its scan. Whoever has nothing else to do
// fetches the next one, the caller's thread among them: it sleeps only while others are at work on
// all that may be fetched. Memory: a few blocks a thread.
class ScanAhead {
 public:
  struct Block {
    std::string_view bytes;
    const Scan* scan;
  };

  // Reads from `offset` on. `fd` must stay open; its position isn't used.
  ScanAhead(int fd, uint64_t offset, int threads);
  ~ScanAhead();
  ScanAhead(const ScanAhead&) = delete;
  ScanAhead& operator=(const ScanAhead&) = delete;

  // The next block, good until the next call; one without bytes at the end, and where reading
  // failed.
  Block Next();
  // The error number of the read that failed, else 0.
  int error() const { return error_; }

 private:
  struct Buffer {
    std::unique_ptr<char[]> bytes;
    size_t size = 0;
    int error = 0;
    Scan scan;
    size_t owner = 0;
  };
  // A thread's buffers go back to it, the last one first: memory that it wrote a moment ago is in
  // its cache, and reading into other memory takes several times as long.
  using FreeBuffers = std::vector<std::unique_ptr<Buffer>>;

  std::unique_ptr<Buffer>& Ready(uint64_t block) { return ready_[block % ready_.size()]; }
  bool MayFetch(size_t thread) const { return !all_fetched_ && !free_[thread].empty(); }
  void Fetch(size_t thread, std::unique_lock<std::mutex>& lock);
  void Read(uint64_t block, Buffer& buffer) const;
  void Work(size_t thread);

  const int fd_;
  const uint64_t offset_;
  std::vector<std::thread> threads_;

  std::mutex mutex_;  // of all that follows
  std::condition_variable changed_;
  std::vector<FreeBuffers> free_;               // by thread, the caller's first
  std::vector<std::unique_ptr<Buffer>> ready_;  // by block, modulo their number
  uint64_t fetched_ = 0;                        // blocks that somebody has begun to fetch
  bool all_fetched_ = false;
  bool stop_ = false;

  // The caller's alone.
  uint64_t next_ = 0;
  std::unique_ptr<Buffer> given_;
  bool ended_ = false;
  int error_ = 0;
};

}  // namespace oops::tools

#endif  // OOPS_TOOLS_SCAN_AHEAD_H_
