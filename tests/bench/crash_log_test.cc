#include "tests/bench/crash_log.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "lib/knownbugs/matcher.h"
#include "tests/bench/many_bugs.h"
#include "tests/bench/reports.h"

namespace oops::bench {
namespace {

TEST(CrashLogTest, StampsAreTakenOff) {
  EXPECT_EQ(WithoutStamps("[    1.000000] a\n[12345.678901]  b\n"), "a\n b\n");
  EXPECT_EQ(WithoutStamps("[    1.000000] a\nb\n"), "");
  EXPECT_EQ(WithoutStamps("[drm] a\n"), "");
  EXPECT_EQ(WithoutStamps(""), "");
}

TEST(CrashLogTest, TheSameSeedGivesTheSameLog) {
  std::string logs[2];
  for (std::string& log : logs) {
    CrashLogGenerator generator({"a\n", "b\nc\n"}, 3, 1);
    EXPECT_EQ(generator.AppendReport(&log), 0u);
    EXPECT_EQ(generator.AppendReport(&log), 1u);
    EXPECT_EQ(generator.AppendReport(&log), 0u);
  }
  EXPECT_EQ(logs[0], logs[1]);
  EXPECT_NE(logs[0].find("] b\n"), std::string::npos);
}

// What the benchmarks check before they measure.
TEST(CrashLogTest, EachReportYieldsWhatItYieldsAlone) {
  ASSERT_GE(Reports().size(), 10u);
  for (const size_t lines_between : {0, 100}) {
    const CrashLog log = MakeCrashLog(1'000'000, lines_between);
    EXPECT_EQ(ParseLog(log.text, {.match_known_bugs = false}).size(), log.records) << lines_between;
  }
}

TEST(ManyBugsTest, NobodyHasTheVariants) {
  const auto matcher = knownbugs::Matcher::Create(ManyBugs(500));
  ASSERT_TRUE(matcher.ok()) << matcher.status();
  EXPECT_EQ(matcher->bugs().size(), 500u);
  for (CrashRecord record : Records()) {
    const CrashRecord* companions[] = {&record};
    knownbugs::Matcher::BuiltIn().Match(companions, record);
    const std::string before = record.SerializeAsString();
    matcher->Match(companions, record);
    EXPECT_EQ(record.SerializeAsString(), before) << record.title();
  }
}

}  // namespace
}  // namespace oops::bench
