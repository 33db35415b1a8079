#include "tests/bench/crash_log.h"

#include <algorithm>
#include <cstdio>
#include <utility>

namespace oops::bench {
namespace {

constexpr uint64_t kMicrosBetweenLines = 10;
constexpr uint64_t kMicrosBetweenReports = 200'000'000;
constexpr std::string_view kBanner = "Linux version 6.1.0 (builder@example) #1 SMP\n";

// How long a line's "[   12.345678] " is; 0 if it has none.
size_t StampSize(std::string_view line) {
  const size_t end = line.find(']');
  if (end == std::string_view::npos || line.front() != '[' || line.substr(end, 2) != "] ") return 0;
  const std::string_view number = line.substr(1, end - 1);
  const bool plain = number.find_first_not_of(" .0123456789") == std::string_view::npos;
  return plain && number.find('.') != std::string_view::npos ? end + 2 : 0;
}

std::string_view TakeLine(std::string_view& text) {
  const std::string_view line = text.substr(0, text.find('\n'));
  text.remove_prefix(std::min(line.size() + 1, text.size()));
  return line;
}

}  // namespace

std::string WithoutStamps(std::string_view log) {
  std::string bare;
  while (!log.empty()) {
    const std::string_view line = TakeLine(log);
    const size_t stamp = StampSize(line);
    if (stamp == 0) return "";
    bare.append(line.substr(stamp)).push_back('\n');
  }
  return bare;
}

CrashLogGenerator::CrashLogGenerator(std::vector<std::string> reports, size_t lines_between,
                                     uint64_t seed)
    : reports_(std::move(reports)), lines_between_(lines_between), clean_(seed, LogStyle::kDmesg) {}

size_t CrashLogGenerator::AppendReport(std::string* log) {
  for (size_t i = 0; i < lines_between_; ++i) clean_.AppendLine(log);
  const size_t number = next_;
  next_ = (next_ + 1) % reports_.size();
  clock_us_ += kMicrosBetweenReports;
  // Each report is of a boot of its own, so that none is taken for what became of the one before.
  const std::string report = std::string(kBanner) + reports_[number];
  for (std::string_view rest = report; !rest.empty();) {
    char stamp[40];
    clock_us_ += kMicrosBetweenLines;
    std::snprintf(stamp, sizeof stamp, "[%5llu.%06llu] ",
                  static_cast<unsigned long long>(clock_us_ / 1'000'000),
                  static_cast<unsigned long long>(clock_us_ % 1'000'000));
    log->append(stamp).append(TakeLine(rest)).push_back('\n');
  }
  return number;
}

}  // namespace oops::bench
