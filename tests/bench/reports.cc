#include "tests/bench/reports.h"

#include <utility>

#include "tests/bench/crash_log.h"
#include "tests/corpus/cases.h"

namespace oops::bench {
namespace {

constexpr uint64_t kSeed = 2024;

std::vector<CrashRecord> ParseReport(const std::string& report) {
  std::string log;
  CrashLogGenerator({report}, 0, kSeed).AppendReport(&log);
  return ParseLog(log, {.match_known_bugs = false});
}

// Without a record there is nothing to count; and what only a log's end shows isn't there when more
// comes behind.
bool CountsAnywhere(const std::string& report) {
  const size_t alone = ParseReport(report).size();
  std::string log;
  CrashLogGenerator({report}, 0, kSeed).AppendReport(&log);
  log.append("[999999.000000] tern0: link is up\n");
  return alone > 0 && ParseLog(log, {.match_known_bugs = false}).size() == alone;
}

}  // namespace

const std::vector<std::string>& Reports() {
  static const std::vector<std::string> reports = [] {
    std::vector<std::string> all;
    for (const corpus::Case& which : corpus::AllCases()) {
      std::string report = WithoutStamps(which.log);
      if (!report.empty() && CountsAnywhere(report)) all.push_back(std::move(report));
    }
    return all;
  }();
  return reports;
}

CrashLog MakeCrashLog(size_t bytes, size_t lines_between) {
  std::vector<size_t> records;
  for (const std::string& report : Reports()) records.push_back(ParseReport(report).size());
  CrashLogGenerator generator(Reports(), lines_between, kSeed);
  CrashLog log;
  while (log.text.size() < bytes) {
    log.records += records[generator.AppendReport(&log.text)];
    ++log.reports;
  }
  return log;
}

const std::vector<CrashRecord>& Records() {
  static const std::vector<CrashRecord> records = [] {
    std::vector<CrashRecord> all;
    for (const std::string& report : Reports()) {
      for (CrashRecord& record : ParseReport(report)) all.push_back(std::move(record));
    }
    return all;
  }();
  return records;
}

}  // namespace oops::bench
