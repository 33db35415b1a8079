// A progress bar on the standard error, for those who wait.
#ifndef OOPS_TOOLS_PROGRESS_H_
#define OOPS_TOOLS_PROGRESS_H_

#include <chrono>
#include <cstdint>

namespace oops::tools {

// Shows itself only on a terminal, when more than a second has gone by and the end is known.
class Progress {
 public:
  // `total` bytes are to be done, 0 if nobody knows.
  explicit Progress(uint64_t total);
  ~Progress() { Clear(); }

  // `done` bytes of them are.
  void Show(uint64_t done);
  // Wipes the bar away; the next Show brings it back.
  void Clear();

 private:
  using Clock = std::chrono::steady_clock;

  const uint64_t total_;
  const bool wanted_;
  const Clock::time_point start_;
  Clock::time_point next_;
  bool shown_ = false;
};

}  // namespace oops::tools

#endif  // OOPS_TOOLS_PROGRESS_H_
