// What a parser costs while it waits: bytes of memory per parser, of many at once. Times are of no
// interest here.
#include <benchmark/benchmark.h>
#include <malloc.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "lib/oops.h"
#include "tests/bench/crash_log.h"
#include "tests/bench/log_generator.h"
#include "tests/bench/reports.h"

namespace oops::bench {
namespace {

constexpr size_t kManyParsers = 100'000;
constexpr size_t kFewerParsers = 10'000;  // where each holds a report
constexpr size_t kLines = 200;

size_t BytesInUse() {
  const struct mallinfo2 info = mallinfo2();
  return info.uordblks + info.hblkhd;
}

std::string OneReport() {
  std::string log;
  CrashLogGenerator({Reports().front()}, 0, 1).AppendReport(&log);
  return log;
}

// `log` as each parser gets it; `expected` records have come before the memory is looked at.
void Hold(benchmark::State& state, size_t parsers, std::string_view log, size_t expected) {
  for (auto _ : state) {
    size_t records = 0;
    // What all parsers share is made by the first, which isn't counted.
    Parser first({}, [](CrashRecord&&) {});
    first.Feed(OneReport());
    first.Finish();
    std::vector<std::unique_ptr<Parser>> all;
    all.reserve(parsers);
    const size_t before = BytesInUse();
    for (size_t i = 0; i < parsers; ++i) {
      all.push_back(std::make_unique<Parser>(ParserOptions{}, [&](CrashRecord&&) { ++records; }));
      all.back()->Feed(log);
    }
    const size_t after = BytesInUse();
    if (records != expected * parsers) state.SkipWithError("another number of records");
    state.counters["parsers"] = static_cast<double>(parsers);
    state.counters["bytes_per_parser"] =
        static_cast<double>(after - before) / static_cast<double>(parsers);
  }
}

void BM_New(benchmark::State& state) { Hold(state, kManyParsers, "", 0); }
BENCHMARK(BM_New)->Iterations(1)->Unit(benchmark::kMillisecond);

void BM_Idle(benchmark::State& state) {
  std::string log;
  LogGenerator lines(1);
  for (size_t i = 0; i < kLines; ++i) lines.AppendLine(&log);
  Hold(state, kManyParsers, log, 0);
}
BENCHMARK(BM_Idle)->Iterations(1)->Unit(benchmark::kMillisecond);

// In the middle of a report.
void BM_InAnEvent(benchmark::State& state) {
  const std::string log = OneReport();
  Hold(state, kFewerParsers, std::string_view(log).substr(0, log.find('\n', log.size() / 2) + 1),
       0);
}
BENCHMARK(BM_InAnEvent)->Iterations(1)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace oops::bench
