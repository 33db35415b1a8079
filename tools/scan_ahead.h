// Threads that read and scan a large file together with its parser.
#ifndef OOPS_TOOLS_SCAN_AHEAD_H_
#define OOPS_TOOLS_SCAN_AHEAD_H_

#include <array>
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

// Gives the blocks of a regular file in order, each with its scan. Of `threads` blocks the caller's
// thread scans one, and the others have one each: nobody sleeps as long as all are equally fast.
// Memory: a few blocks a thread.
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
  static constexpr size_t kSlots = 4;

  struct Slot {
    std::unique_ptr<char[]> bytes;
    size_t size = 0;
    int error = 0;
    Scan scan;
  };
  // What one thread reads: every blocks_apart-th block, from its own first.
  struct Lane {
    std::array<Slot, kSlots> slots;
    std::mutex mutex;
    std::condition_variable changed;
    uint64_t written = 0;  // blocks, block i in slot i % kSlots
    uint64_t taken = 0;
    bool stop = false;
    std::thread thread;
  };

  void Fill(Slot& slot, uint64_t block) const;
  void Work(Lane& lane, uint64_t first_block);

  const int fd_;
  const uint64_t offset_;
  std::vector<std::unique_ptr<Lane>> lanes_;
  uint64_t next_ = 0;
  Lane* holding_ = nullptr;  // whose block the caller still reads
  bool ended_ = false;
  int error_ = 0;
};

}  // namespace oops::tools

#endif  // OOPS_TOOLS_SCAN_AHEAD_H_
