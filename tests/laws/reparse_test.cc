// A record is where it says it is: the log from its first line on holds it, the log behind its end
// doesn't.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "tests/corpus/cases.h"
#include "tests/laws/records.h"

namespace oops::laws {
namespace {

// Where line `number` (from 1) begins.
size_t LineStart(const std::string& log, uint64_t number) {
  size_t at = 0;
  for (uint64_t line = 1; line < number && at != std::string::npos; ++line) {
    at = log.find('\n', at);
    if (at != std::string::npos) ++at;
  }
  return std::min(at, log.size());
}

bool SameReport(const CrashRecord& a, const CrashRecord& b) {
  return a.headline() == b.headline() && Summary(a) == Summary(b);
}

bool Holds(const Records& records, const CrashRecord& wanted) {
  return std::any_of(records.begin(), records.end(),
                     [&](const CrashRecord& record) { return SameReport(record, wanted); });
}

// How many records of `records` look like `wanted`: a log may report the same thing twice.
size_t Count(const Records& records, const CrashRecord& wanted) {
  return std::count_if(records.begin(), records.end(),
                       [&](const CrashRecord& record) { return SameReport(record, wanted); });
}

// A report that began earlier goes on behind the first line of `record`, and nothing but its
// headline would tell whose its lines are.
bool BeginsInAnother(const CrashRecord& record, const Records& records) {
  const uint64_t first = record.source().lines().first();
  return std::any_of(records.begin(), records.end(), [first](const CrashRecord& other) {
    const Lines& lines = other.source().lines();
    return lines.first() < first && lines.last() > first &&
           std::any_of(other.damage().begin(), other.damage().end(),
                       [](const Damage& damage) { return damage.type() == DAMAGE_INTERLEAVED; });
  });
}

TEST(Reparse, FromTheFirstLineFindsIt) {
  for (const corpus::Case& which : corpus::AllCases()) {
    if (!IsText(which.log)) continue;
    const Records records = ParseLog(which.log);
    for (const CrashRecord& record : records) {
      if (BeginsInAnother(record, records)) continue;
      const size_t start = LineStart(which.log, record.source().lines().first());
      const Records again = ParseLog(which.log.substr(start));
      EXPECT_TRUE(Holds(again, record))
          << which.name << " from line " << record.source().lines().first() << "\n"
          << Summary(again) << "instead of\n"
          << Summary(record);
    }
  }
}

TEST(Reparse, FromBehindItsEndDoesNot) {
  for (const corpus::Case& which : corpus::AllCases()) {
    if (!IsText(which.log)) continue;
    const Records records = ParseLog(which.log);
    for (const CrashRecord& record : records) {
      // Others that look the same and begin later are in their right there.
      Records later;
      for (const CrashRecord& other : records) {
        if (other.source().lines().first() > record.source().lines().last()) later.push_back(other);
      }
      const size_t end = LineStart(which.log, record.source().lines().last() + 1);
      const Records behind = ParseLog(which.log.substr(end));
      EXPECT_LE(Count(behind, record), Count(later, record))
          << which.name << " behind line " << record.source().lines().last() << "\n"
          << Summary(record);
    }
  }
}

TEST(Reparse, PlacesAgree) {
  for (const corpus::Case& which : corpus::AllCases()) {
    const uint64_t lines = std::count(which.log.begin(), which.log.end(), '\n') + 1;
    for (const CrashRecord& record : ParseLog(which.log)) {
      const Source& source = record.source();
      EXPECT_LE(1u, source.lines().first()) << which.name;
      EXPECT_LE(source.lines().first(), source.lines().last()) << which.name;
      EXPECT_LE(source.lines().last(), lines) << which.name;
      EXPECT_LT(source.first_byte(), source.end_byte()) << which.name;
      EXPECT_LE(source.end_byte(), which.log.size()) << which.name;
      if (!IsText(which.log)) continue;  // a container's record has no line of its own
      EXPECT_EQ(source.first_byte(), LineStart(which.log, source.lines().first())) << which.name;
      EXPECT_EQ(source.end_byte(), LineStart(which.log, source.lines().last() + 1)) << which.name;
    }
  }
}

// A dump's newest part stands first: the record's last lines come before its first ones.
TEST(Reparse, PlacesOfADumpThatIsBackToFront) {
  const std::string newest =
      "Oops#1 Part1\n"
      "<4>[   12.345680] Call Trace:\n"
      "<4>[   12.345681]  gpiox_put+0x3d/0x50\n"
      "<4>[   12.345682] ---[ end trace 326ab80eeb2c3415 ]---\n";
  const std::string log = newest +
                          "Oops#1 Part2\n"
                          "<1>[   12.345678] BUG: kernel NULL pointer dereference, address: 0018\n"
                          "<4>[   12.345679] Oops: 0000 [#1] SMP PTI\n";
  const Records records = ParseLog(log);
  ASSERT_EQ(records.size(), 1u);
  const Source& source = records[0].source();
  EXPECT_EQ(source.lines().first(), 2u);
  EXPECT_EQ(source.lines().last(), 7u);
  EXPECT_LT(source.first_byte(), newest.size());
  EXPECT_EQ(source.end_byte(), log.size());
}

}  // namespace
}  // namespace oops::laws
