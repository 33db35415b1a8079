// What is done with a record that is built: analysis, known bugs, forms. All times are for one
// record, the mean of the corpus's. Each answer is checked before it is timed.
#include <benchmark/benchmark.h>
#include <google/protobuf/util/json_util.h>

#include <string>
#include <utility>
#include <vector>

#include "lib/analysis/analyze.h"
#include "lib/knownbugs/matcher.h"
#include "lib/render/binpb.h"
#include "lib/render/json.h"
#include "lib/render/markdown.h"
#include "lib/render/text.h"
#include "lib/render/textproto.h"
#include "tests/bench/many_bugs.h"
#include "tests/bench/reports.h"

namespace oops::bench {
namespace {

constexpr size_t kManyBugs = 10'000;

// Calls `use` with one record of the corpus after the other.
template <typename Use>
void ForRecords(benchmark::State& state, const Use& use) {
  size_t next = 0;
  for (auto _ : state) {
    use(Records()[next]);
    next = next + 1 < Records().size() ? next + 1 : 0;
  }
  state.SetItemsProcessed(static_cast<int64_t>(state.iterations()));
}

// True if `read(write(record))` is the record, for all.
template <typename Write, typename Read>
bool IsReadBack(const Write& write, const Read& read) {
  for (const CrashRecord& record : Records()) {
    CrashRecord again;
    if (!read(write(record), again) || again.SerializeAsString() != record.SerializeAsString()) {
      return false;
    }
  }
  return true;
}

template <typename Write>
void Render(benchmark::State& state, const Write& write) {
  size_t bytes = 0;
  ForRecords(state, [&](const CrashRecord& record) { bytes += write(record).size(); });
  state.SetBytesProcessed(static_cast<int64_t>(bytes));
}

void BM_Json(benchmark::State& state) {
  const auto read = [](const std::string& json, CrashRecord& record) {
    return google::protobuf::util::JsonStringToMessage(json, &record).ok();
  };
  if (!IsReadBack(render::ToJson, read)) {
    state.SkipWithError("JSON says something else");
    return;
  }
  Render(state, render::ToJson);
}
BENCHMARK(BM_Json);

void BM_Binpb(benchmark::State& state) {
  const auto read = [](const std::string& bytes, CrashRecord& record) {
    std::string_view stream = bytes;
    return render::ReadBinpb(stream, record) && stream.empty();
  };
  if (!IsReadBack(render::ToBinpb, read)) {
    state.SkipWithError("the bytes say something else");
    return;
  }
  Render(state, render::ToBinpb);
}
BENCHMARK(BM_Binpb);

void BM_Textproto(benchmark::State& state) { Render(state, render::ToTextproto); }
BENCHMARK(BM_Textproto);

void BM_Text(benchmark::State& state) {
  Render(state, [](const CrashRecord& record) { return render::ToText(record); });
}
BENCHMARK(BM_Text);

void BM_Markdown(benchmark::State& state) { Render(state, render::ToMarkdown); }
BENCHMARK(BM_Markdown);

// Title and signature. Copying the record is part of it, so that there is something to do.
void BM_Analyze(benchmark::State& state) {
  for (CrashRecord record : Records()) {
    const std::string before = record.SerializeAsString();
    analysis::Analyze(record);
    if (record.SerializeAsString() != before) {
      state.SkipWithError("analysing again changes a record");
      return;
    }
  }
  ForRecords(state, [](CrashRecord record) { analysis::Analyze(record); });
}
BENCHMARK(BM_Analyze);

void BM_CopyRecord(benchmark::State& state) {
  ForRecords(state, [](CrashRecord record) { benchmark::DoNotOptimize(record); });
}
BENCHMARK(BM_CopyRecord);

void Match(const knownbugs::Matcher& matcher, CrashRecord& record) {
  const CrashRecord* companions[] = {&record};
  matcher.Match(companions, record);
}

void BM_MatchBuiltIn(benchmark::State& state) {
  const knownbugs::Matcher& matcher = knownbugs::Matcher::BuiltIn();
  for (const CrashRecord& record : Records()) {
    CrashRecord once = record;
    Match(matcher, once);
    CrashRecord twice = once;
    Match(matcher, twice);
    if (once.SerializeAsString() != twice.SerializeAsString()) {
      state.SkipWithError(("matching again changes: " + record.title()).c_str());
      return;
    }
  }
  std::vector<CrashRecord> records = Records();
  ForRecords(state, [&](const CrashRecord& record) {
    Match(matcher, records[static_cast<size_t>(&record - Records().data())]);
  });
  state.counters["bugs"] = static_cast<double>(matcher.bugs().size());
}
BENCHMARK(BM_MatchBuiltIn);

// The built-in bugs and thousands more that nobody has: the same must be found.
void BM_MatchManyBugs(benchmark::State& state) {
  auto matcher = knownbugs::Matcher::Create(ManyBugs(kManyBugs));
  if (!matcher.ok()) {
    state.SkipWithError(std::string(matcher.status().message()).c_str());
    return;
  }
  for (CrashRecord record : Records()) {
    Match(knownbugs::Matcher::BuiltIn(), record);
    const std::string before = record.SerializeAsString();
    Match(*matcher, record);
    if (record.SerializeAsString() != before) {
      state.SkipWithError(("other known bugs of: " + record.title()).c_str());
      return;
    }
  }
  std::vector<CrashRecord> records = Records();
  ForRecords(state, [&](const CrashRecord& record) {
    Match(*matcher, records[static_cast<size_t>(&record - Records().data())]);
  });
  state.counters["bugs"] = static_cast<double>(matcher->bugs().size());
}
BENCHMARK(BM_MatchManyBugs);

void BM_LoadManyBugs(benchmark::State& state) {
  const std::vector<KnownBug> bugs = ManyBugs(kManyBugs);
  for (auto _ : state) {
    if (!knownbugs::Matcher::Create(bugs).ok()) state.SkipWithError("refused");
  }
}
BENCHMARK(BM_LoadManyBugs)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace oops::bench
