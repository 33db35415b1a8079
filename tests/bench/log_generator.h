// Logs without a crash: what a machine writes when all is well, in words of our own.
//
// The benchmarks read them, and the build chooses the scanner's windows against a sample of them.
// So they must look like logs at large: boots, drivers, hot plug, services, ssh, cron, containers,
// a firewall, kernel stamps and syslog headers.
#ifndef OOPS_TESTS_BENCH_LOG_GENERATOR_H_
#define OOPS_TESTS_BENCH_LOG_GENERATOR_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace oops::bench {

enum class LogStyle { kDmesg, kSyslog, kIsoSyslog, kMixed };

// Deterministic: the same seed and style give the same lines on every machine.
class LogGenerator {
 public:
  explicit LogGenerator(uint64_t seed, LogStyle style = LogStyle::kMixed);

  // One line with its newline.
  void AppendLine(std::string* log);

 private:
  uint64_t Random(uint64_t bound);
  void AppendHeader(LogStyle style, bool kernel, std::string* log);
  void AppendFilled(std::string_view pattern, std::string* log);
  void AppendField(char field, std::string* log);
  void AppendHex(int digits, std::string* log);
  template <size_t kCount>
  void AppendOneOf(const std::string_view (&words)[kCount], std::string* log);

  uint64_t state_;
  LogStyle style_;
  uint64_t clock_us_ = 0;  // since boot
};

// Whole lines, at least `bytes` bytes of them unless 0.
std::string GenerateLog(size_t bytes, uint64_t seed, LogStyle style = LogStyle::kMixed);

}  // namespace oops::bench

#endif  // OOPS_TESTS_BENCH_LOG_GENERATOR_H_
