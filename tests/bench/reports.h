// What the benchmarks of the parser read.
#ifndef OOPS_TESTS_BENCH_REPORTS_H_
#define OOPS_TESTS_BENCH_REPORTS_H_

#include <cstddef>
#include <string>
#include <vector>

#include "lib/oops.h"

namespace oops::bench {

// The corpus's reports whose lines all have a plain stamp, without it.
const std::vector<std::string>& Reports();

// A log of at least `bytes` bytes, and how many records the reports in it yield when each is read
// alone.
struct CrashLog {
  std::string text;
  size_t reports = 0;
  size_t records = 0;
};
CrashLog MakeCrashLog(size_t bytes, size_t lines_between);

// The records of Reports(), each read alone, known bugs not looked up.
const std::vector<CrashRecord>& Records();

}  // namespace oops::bench

#endif  // OOPS_TESTS_BENCH_REPORTS_H_
