// The same log through other doors, with other line ends, beside another stream, and without an
// end.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "tests/corpus/cases.h"
#include "tests/laws/records.h"

namespace oops::laws {
namespace {

std::string WithCrLf(const std::string& log) {
  std::string out;
  for (const char c : log) {
    if (c == '\n') out += '\r';
    out += c;
  }
  return out;
}

TEST(Streams, LineEndsDoNotMatter) {
  for (const corpus::Case& which : corpus::AllCases()) {
    if (which.log.find('\r') != std::string::npos) continue;
    if (ContainerOf(which.log) == log::Container::kJournalExport) continue;  // a binary form
    Records unix_ends = ParseLog(which.log);
    Records dos_ends = ParseLog(WithCrLf(which.log));
    for (Records* records : {&unix_ends, &dos_ends}) {
      for (CrashRecord& record : *records) {
        record.mutable_source()->clear_first_byte();
        record.mutable_source()->clear_end_byte();
      }
    }
    EXPECT_EQ(Difference(unix_ends, dos_ends), "") << which.name;
  }
}

// A transport that has records is no text stream, yet what the kernel says is the same.
TEST(Streams, RecordsOfATransportSayTheSame) {
  for (const corpus::Case& which : corpus::AllCases()) {
    const Records records = ParseLog(which.log);
    const bool typed = std::any_of(
        records.begin(), records.end(),
        [&which](const CrashRecord& record) { return !CameThroughTransport(which.log, record); });
    const bool prose = records.empty() && !CameThroughTransport(which.log, CrashRecord());
    if (!IsText(which.log) || typed || prose) continue;
    EXPECT_EQ(Summary(ParseAsRecords(which.log)), Summary(records)) << which.name;
  }
}

TEST(Streams, ParsersDoNotInfluenceEachOther) {
  const std::vector<corpus::Case> cases = corpus::AllCases();
  constexpr size_t kPiece = 777;
  for (size_t i = 0; i + 1 < cases.size(); i += kSparing) {
    const std::string* logs[] = {&cases[i].log, &cases[i + 1].log};
    Records found[2];
    Parser a({}, [&](CrashRecord&& record) { found[0].push_back(std::move(record)); });
    Parser b({}, [&](CrashRecord&& record) { found[1].push_back(std::move(record)); });
    Parser* parsers[] = {&a, &b};
    for (size_t at = 0; at < std::max(logs[0]->size(), logs[1]->size()); at += kPiece) {
      for (int which : {0, 1}) {
        if (at < logs[which]->size()) parsers[which]->Feed(logs[which]->substr(at, kPiece));
      }
    }
    for (int which : {0, 1}) {
      parsers[which]->Finish();
      EXPECT_EQ(Difference(ParseLog(*logs[which]), found[which]), "") << cases[i + which].name;
    }
  }
}

// A stream that stays open after a report: time alone must bring the records out.
TEST(Streams, TickFlushes) {
  constexpr int64_t kSecond = 1000000;
  for (const corpus::Case& which : corpus::AllCases()) {
    if (ContainerOf(which.log) == log::Container::kPstore) continue;  // its first part comes last
    Records found;
    Parser parser({}, [&](CrashRecord&& record) { found.push_back(std::move(record)); });
    parser.Tick(0);
    parser.Feed(which.log);
    if (which.log.empty() || which.log.back() != '\n') parser.Feed("\n");
    parser.Tick(kSecond);
    parser.Tick(200 * kSecond);
    parser.Tick(400 * kSecond);
    const size_t before_end = found.size();
    parser.Finish();
    EXPECT_EQ(before_end, found.size()) << which.name << ": records waited for the end";
    EXPECT_EQ(Summary(found), Summary(ParseLog(which.log))) << which.name;
  }
}

// As a file that holds the logs of two boots.
TEST(Streams, LogsOneAfterTheOtherKeepTheirRecords) {
  constexpr std::string_view kBoot =
      "\n[    0.000000] Linux version 6.1.0 (marl@tern) #1 SMP Mon Apr 24 09:12:30 UTC 2017\n";
  const std::vector<corpus::Case> cases = corpus::AllCases();
  for (size_t i = 0; i + 1 < cases.size(); ++i) {
    const std::string& first = cases[i].log;
    const std::string& second = cases[i + 1].log;
    if (!IsText(first) || !IsText(second)) continue;
    EXPECT_EQ(Summary(ParseLog(first + std::string(kBoot) + second)),
              Summary(ParseLog(first)) + Summary(ParseLog(second)))
        << cases[i].name << " and " << cases[i + 1].name;
  }
}

}  // namespace
}  // namespace oops::laws
