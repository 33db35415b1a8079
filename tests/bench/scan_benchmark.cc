// How fast each engine passes over clean text, with the table that the build made and with the one
// that is made at run time, beside what else one might do with the same bytes. Each answer is
// checked before it is timed.
//
// Look at ratios, not at figures: `candidates_per_MB` is what decides, and it doesn't depend on the
// machine.
#include <algorithm>
#include <bit>
#include <cstring>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "benchmark/benchmark.h"
#include "lib/text/find_slow.h"
#include "lib/text/literal_placement.h"
#include "lib/text/newlines.h"
#include "lib/text/scan_engine.h"
#include "lib/text/scanner.h"
#include "tests/bench/log_generator.h"

namespace oops::bench {

std::span<const text::PlacedLiteral> CrashLiterals();  // made by the build

namespace {

constexpr uint64_t kSeed = 2024;                // not the one that the table was made with
constexpr size_t kLogBytes = 16 * 1000 * 1000;  // too much for branches to be learnt by heart
constexpr size_t kChunk = 256 * 1024;           // read like this, it stays in the second cache
constexpr size_t kSlowBytes = 200 * 1000;

const std::string& CleanLog() {
  static const std::string log = GenerateLog(kLogBytes, kSeed);
  return log;
}

// Crashes by the dozen: a literal every few lines.
const std::string& DenseLog() {
  static const std::string log = [] {
    LogGenerator lines(kSeed);
    std::string dense;
    for (size_t i = 0; dense.size() < kLogBytes / 8; ++i) {
      dense.append("[    1.000000] ")
          .append(CrashLiterals()[i % CrashLiterals().size()].text)
          .append("\n");
      for (size_t j = 0; j < i % 8; ++j) lines.AppendLine(&dense);
    }
    return dense;
  }();
  return log;
}

std::vector<text::PlacedLiteral> PlacedAtRunTime() {
  std::vector<std::string_view> literals;
  for (const text::PlacedLiteral& literal : CrashLiterals()) literals.push_back(literal.text);
  return text::PlaceLiterals(literals);
}

uint64_t CountCandidates(const text::Scanner& scanner, const text::ScanEngine& engine,
                         std::string_view log) {
  constexpr size_t kBatchBytes = text::Batch::kBlocks * text::kBlock;
  uint64_t candidates = 0;
  text::Batch batch;
  for (size_t at = 0; at + kBatchBytes + text::kBlockReach <= log.size(); at += kBatchBytes) {
    engine.scan(scanner.tables(), log.data() + at, text::Batch::kBlocks, &batch);
    candidates += batch.count;
  }
  return candidates;
}

// Chunk by chunk; what is found in one is summed up.
struct Totals {
  uint64_t hits = 0;
  uint64_t newlines = 0;
  uint64_t sum = 0;  // of positions and literals

  void Add(const text::ScanResult& found) {
    newlines += found.newlines;
    hits += found.hits.size();
    for (const text::ScanHit& hit : found.hits) sum += hit.position * 1000 + hit.literal;
  }
  friend bool operator==(const Totals&, const Totals&) = default;
};

Totals ScanAll(std::string_view log, const text::Scanner& scanner) {
  Totals totals;
  text::ScanResult found;
  for (size_t chunk = 0; chunk < log.size(); chunk += kChunk) {
    scanner.FindAll(log.substr(chunk, kChunk), found);
    totals.Add(found);
  }
  return totals;
}

Totals ScanAllSlow(std::string_view log, std::span<const text::PlacedLiteral> literals) {
  Totals totals;
  for (size_t chunk = 0; chunk < log.size(); chunk += kChunk)
    totals.Add(text::FindSlow(literals, log.substr(chunk, kChunk)));
  return totals;
}

void SetRates(benchmark::State& state, size_t bytes) {
  state.SetBytesProcessed(static_cast<int64_t>(state.iterations()) * static_cast<int64_t>(bytes));
}

void Scan(benchmark::State& state, const text::ScanEngine& engine,
          std::span<const text::PlacedLiteral> literals, std::string_view log) {
  const text::Scanner scanner(literals, engine);
  const std::string_view checked = log.substr(0, kSlowBytes);
  if (ScanAll(checked, scanner) != ScanAllSlow(checked, literals) ||
      ScanAll(log, scanner).newlines != text::CountNewlines(log)) {
    state.SkipWithError("differs from FindSlow");
    return;
  }
  for (auto _ : state) benchmark::DoNotOptimize(ScanAll(log, scanner));
  SetRates(state, log.size());
  state.counters["candidates_per_MB"] = 1e6 *
                                        static_cast<double>(CountCandidates(scanner, engine, log)) /
                                        static_cast<double>(log.size());
}

void Slow(benchmark::State& state) {
  const std::string_view log = std::string_view(CleanLog()).substr(0, kSlowBytes);
  const std::span<const text::PlacedLiteral> literals = CrashLiterals();
  for (auto _ : state) benchmark::DoNotOptimize(text::FindSlow(literals, log));
  SetRates(state, log.size());
}

void CountLines(benchmark::State& state, const std::function<uint64_t(std::string_view)>& count) {
  const std::string_view log = CleanLog();
  if (count(log) != static_cast<uint64_t>(std::count(log.begin(), log.end(), '\n'))) {
    state.SkipWithError("wrong count");
    return;
  }
  for (auto _ : state) {
    uint64_t lines = 0;
    for (size_t chunk = 0; chunk < log.size(); chunk += kChunk)
      lines += count(log.substr(chunk, kChunk));
    benchmark::DoNotOptimize(lines);
  }
  SetRates(state, log.size());
}

uint64_t CountByMemchr(std::string_view bytes) {
  uint64_t lines = 0;
  while (const void* newline = std::memchr(bytes.data(), '\n', bytes.size())) {
    bytes.remove_prefix(static_cast<size_t>(static_cast<const char*>(newline) - bytes.data()) + 1);
    ++lines;
  }
  return lines;
}

void MakeTableAtRunTime(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(text::Scanner(PlacedAtRunTime()).tables());
}

void RegisterAll() {
  static const std::vector<text::PlacedLiteral> at_run_time = PlacedAtRunTime();
  for (const text::ScanEngine& engine : text::SupportedEngines()) {
    const std::string name = engine.name;
    benchmark::RegisterBenchmark(
        ("clean/built_table/" + name).c_str(),
        [&](benchmark::State& state) { Scan(state, engine, CrashLiterals(), CleanLog()); });
    benchmark::RegisterBenchmark(
        ("clean/run_time_table/" + name).c_str(),
        [&](benchmark::State& state) { Scan(state, engine, at_run_time, CleanLog()); });
    benchmark::RegisterBenchmark(
        ("dense/built_table/" + name).c_str(),
        [&](benchmark::State& state) { Scan(state, engine, CrashLiterals(), DenseLog()); });
  }
  benchmark::RegisterBenchmark("lines/CountNewlines", CountLines, text::CountNewlines);
  benchmark::RegisterBenchmark("lines/memchr", CountLines, CountByMemchr);
  benchmark::RegisterBenchmark("clean/FindSlow", Slow);
  benchmark::RegisterBenchmark("make_run_time_table", MakeTableAtRunTime);
}

}  // namespace
}  // namespace oops::bench

int main(int argc, char** argv) {
  oops::bench::RegisterAll();
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
