// How fast logs become records: bytes of log per second of CPU, and records per second. Each answer
// is checked before it is timed.
#include <benchmark/benchmark.h>

#include <string>
#include <string_view>

#include "lib/oops.h"
#include "tests/bench/log_generator.h"
#include "tests/bench/reports.h"

namespace oops::bench {
namespace {

constexpr uint64_t kSeed = 2024;
constexpr size_t kCleanBytes = 16 * 1000 * 1000;
constexpr size_t kMixedBytes = 16 * 1000 * 1000;
constexpr size_t kDenseBytes = 2 * 1000 * 1000;
constexpr size_t kChunk = 256 * 1024;  // as the command reads

size_t CountRecords(std::string_view log, bool match_known_bugs) {
  size_t records = 0;
  Parser parser({.match_known_bugs = match_known_bugs}, [&](CrashRecord&&) { ++records; });
  for (size_t at = 0; at < log.size(); at += kChunk) parser.Feed(log.substr(at, kChunk));
  parser.Finish();
  return records;
}

void Parse(benchmark::State& state, const CrashLog& log, bool match_known_bugs) {
  if (const size_t records = CountRecords(log.text, match_known_bugs); records != log.records) {
    state.SkipWithError(
        (std::to_string(records) + " records instead of " + std::to_string(log.records)).c_str());
    return;
  }
  for (auto _ : state) benchmark::DoNotOptimize(CountRecords(log.text, match_known_bugs));
  const auto runs = static_cast<double>(state.iterations());
  state.SetBytesProcessed(static_cast<int64_t>(runs * static_cast<double>(log.text.size())));
  if (log.records > 0) {
    state.counters["records"] =
        benchmark::Counter(runs * static_cast<double>(log.records), benchmark::Counter::kIsRate);
  }
}

void BM_Clean(benchmark::State& state) {
  static const CrashLog log{.text = GenerateLog(kCleanBytes, kSeed)};
  Parse(state, log, true);
}
BENCHMARK(BM_Clean)->Unit(benchmark::kMillisecond);

// One crash in so many lines.
void BM_Mixed(benchmark::State& state) {
  static const CrashLog log = MakeCrashLog(kMixedBytes, 10'000);
  Parse(state, log, true);
}
BENCHMARK(BM_Mixed)->Unit(benchmark::kMillisecond);

void BM_Dense(benchmark::State& state) {
  static const CrashLog log = MakeCrashLog(kDenseBytes, 0);
  Parse(state, log, true);
}
BENCHMARK(BM_Dense)->Unit(benchmark::kMillisecond);

// The same without known bugs: records built, titled and bucketed.
void BM_DenseBuild(benchmark::State& state) {
  static const CrashLog log = MakeCrashLog(kDenseBytes, 0);
  Parse(state, log, false);
}
BENCHMARK(BM_DenseBuild)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace oops::bench
