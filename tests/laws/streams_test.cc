// The same log through other doors, with other line ends, beside another stream, and without an
// end.
#include <gtest/gtest.h>

#include <algorithm>
#include <regex>
#include <string>

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
    if (which.name.find("journal_export") != std::string::npos) continue;  // a binary form
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

// "Oct  9 14:40:33 host kernel: ..."
bool IsSyslogFile(const std::string& log) {
  static const std::regex kDate(R"((^|\n)\s*[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d )");
  return std::regex_search(log.begin(), log.begin() + std::min<size_t>(log.size(), 1000), kDate);
}

// A transport that has records is no text stream, yet what the kernel says is the same.
TEST(Streams, RecordsOfATransportSayTheSame) {
  for (const corpus::Case& which : corpus::AllCases()) {
    if (!IsText(which.log)) continue;
    EXPECT_EQ(Summary(ParseAsRecords(which.log)), Summary(ParseLog(which.log))) << which.name;
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
    if (which.name.find("pstore") != std::string::npos) continue;  // its first part comes last
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

// As a file that holds several logs one after the other, each a boot of its own.
TEST(Streams, LogsOneAfterTheOtherKeepTheirRecords) {
  size_t expected = 0;
  std::string all;
  for (const corpus::Case& which : corpus::AllCases()) {
    if (which.name.rfind("quiet-", 0) == 0) continue;
    expected += ParseLog(which.log).size();
    all += which.log + "\n";
  }
  const size_t found = ParseLog(all).size();
  EXPECT_GE(found, expected * 9 / 10);
  EXPECT_LE(found, expected * 11 / 10);
}

}  // namespace
}  // namespace oops::laws
