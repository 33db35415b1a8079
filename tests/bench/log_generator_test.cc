#include "tests/bench/log_generator.h"

#include <algorithm>
#include <set>
#include <span>
#include <string>

#include "gtest/gtest.h"
#include "lib/text/find_slow.h"
#include "lib/text/literal_placement.h"
#include "lib/text/scanner.h"

namespace oops::bench {

std::span<const text::PlacedLiteral> CrashLiterals();  // made by the build

namespace {

TEST(LogGeneratorTest, TheSameSeedGivesTheSameLog) {
  EXPECT_EQ(GenerateLog(20000, 7), GenerateLog(20000, 7));
  EXPECT_NE(GenerateLog(20000, 7), GenerateLog(20000, 8));
}

TEST(LogGeneratorTest, WholeLinesOfText) {
  const std::string log = GenerateLog(100000, 1);
  EXPECT_GE(log.size(), 100000u);
  EXPECT_LT(log.size(), 101000u);
  EXPECT_EQ(log.back(), '\n');
  EXPECT_TRUE(std::all_of(log.begin(), log.end(),
                          [](char c) { return c == '\n' || (c >= ' ' && c < 0x7f); }));
  const auto lines = static_cast<size_t>(std::count(log.begin(), log.end(), '\n'));
  EXPECT_GT(log.size() / lines, 60u);
  EXPECT_LT(log.size() / lines, 140u);
}

TEST(LogGeneratorTest, NothingLooksLikeACrash) {
  for (LogStyle style :
       {LogStyle::kDmesg, LogStyle::kSyslog, LogStyle::kIsoSyslog, LogStyle::kMixed}) {
    const std::string log = GenerateLog(1'000'000, 3, style);
    text::ScanResult found;
    text::Scanner(CrashLiterals()).FindAll(log, found);
    EXPECT_TRUE(found.hits.empty()) << log.substr(found.hits.front().position, 80);
  }
}

// The table that the build made gives the answers of the obvious search.
TEST(LogGeneratorTest, EveryLiteralIsFoundInIt) {
  const std::span<const text::PlacedLiteral> literals = CrashLiterals();
  const std::string log = GenerateLog(2000, 5);
  for (const text::ScanEngine& engine : text::SupportedEngines()) {
    const text::Scanner scanner(literals, engine);
    for (const text::PlacedLiteral& literal : literals) {
      std::string text = log;
      text.insert(1234, literal.text);
      text::ScanResult found;
      scanner.FindAll(text, found);
      ASSERT_EQ(found, text::FindSlow(literals, text)) << literal.text;
    }
  }
}

}  // namespace
}  // namespace oops::bench
