// Logs with crashes in them: reports of the corpus between clean lines.
#ifndef OOPS_TESTS_BENCH_CRASH_LOG_H_
#define OOPS_TESTS_BENCH_CRASH_LOG_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tests/bench/log_generator.h"

namespace oops::bench {

// The text of a report without its lines' stamps; empty if not every line of `log` has one.
std::string WithoutStamps(std::string_view log);

// Deterministic: the same reports, seed and number of lines give the same log.
class CrashLogGenerator {
 public:
  // `reports` as WithoutStamps() gives them, at least one; `lines_between` clean lines stand before
  // each.
  CrashLogGenerator(std::vector<std::string> reports, size_t lines_between, uint64_t seed);

  // Clean lines and one report. Returns the report's number.
  size_t AppendReport(std::string* log);

 private:
  const std::vector<std::string> reports_;
  const size_t lines_between_;
  LogGenerator clean_;
  size_t next_ = 0;
  uint64_t clock_us_ = 0;
};

}  // namespace oops::bench

#endif  // OOPS_TESTS_BENCH_CRASH_LOG_H_
