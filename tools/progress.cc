#include "tools/progress.h"

#include <unistd.h>

#include <algorithm>
#include <string>

namespace oops::tools {
namespace {

using namespace std::chrono_literals;

constexpr auto kPatience = 1s;
constexpr auto kPause = 100ms;
constexpr uint64_t kCells = 40;

void Write(const std::string& text) {
  // Nothing depends on it.
  [[maybe_unused]] const ssize_t count = write(STDERR_FILENO, text.data(), text.size());
}

}  // namespace

Progress::Progress(uint64_t total)
    : total_(total),
      wanted_(total > 0 && isatty(STDERR_FILENO) == 1),
      start_(Clock::now()),
      next_(start_ + kPatience) {}

void Progress::Show(uint64_t done) {
  if (!wanted_ || Clock::now() < next_) return;
  next_ = Clock::now() + kPause;
  // A file may have grown since it was measured.
  const double share = std::min(static_cast<double>(done) / static_cast<double>(total_), 1.0);
  const auto cells = static_cast<size_t>(share * kCells);
  const double seconds = std::chrono::duration<double>(Clock::now() - start_).count();
  const auto speed = static_cast<uint64_t>(static_cast<double>(done) / seconds / 1e6);
  Write("\r[" + std::string(cells, '#') + std::string(kCells - cells, '.') + "] " +
        std::to_string(static_cast<int>(share * 100)) + "%  " + std::to_string(speed) + " MB/s ");
  shown_ = true;
}

void Progress::Clear() {
  if (shown_) Write("\r\x1b[K");
  shown_ = false;
}

}  // namespace oops::tools
