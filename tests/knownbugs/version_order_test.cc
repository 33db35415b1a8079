#include "lib/knownbugs/version_order.h"

#include <compare>
#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace oops::knownbugs {
namespace {

using Compare2 = std::strong_ordering (*)(std::string_view, std::string_view);

// Every pair of `ladder`, oldest first, must compare as it stands there; the versions of one rung
// are equal.
void ExpectLadder(Compare2 compare, const std::vector<std::vector<std::string>>& ladder) {
  for (size_t low = 0; low < ladder.size(); ++low) {
    for (size_t high = low; high < ladder.size(); ++high) {
      for (const std::string& a : ladder[low]) {
        for (const std::string& b : ladder[high]) {
          EXPECT_TRUE(compare(a, b) == (low <=> high)) << a << " against " << b;
          EXPECT_TRUE(compare(b, a) == (high <=> low)) << b << " against " << a;
        }
      }
    }
  }
}

TEST(VersionOrder, RpmSegments) {
  ExpectLadder(CompareRpmSegments, {{"", "."},
                                    {"a"},
                                    {"a.b"},
                                    {"b"},
                                    {"0"},
                                    {"1.0~rc1"},
                                    {"1.0~rc2"},
                                    {"1.0", "1_0", "1.00", "1..0"},
                                    {"1.0^20240101"},
                                    {"1.0^20240101.1"},
                                    {"1.0a"},
                                    {"1.0.1"},
                                    {"1.9"},
                                    {"1.10", "1.010"},
                                    {"2"}});
}

TEST(VersionOrder, TildeSortsBeforeTheEnd) {
  ExpectLadder(CompareRpmSegments, {{"1.0~~"}, {"1.0~"}, {"1.0"}, {"1.0^"}, {"1.0^^"}});
}

TEST(VersionOrder, RpmKernels) {
  ExpectLadder(CompareRpm, {{"2.6.32-431.el6"},
                            {"2.6.32-431.20.3.el6"},
                            {"2.6.32-495.el6"},
                            {"2.6.32-504.8.1.el6"},
                            {"2.6.32-520.el6"},
                            {"2.6.32-1000.el6"},
                            {"3.10.0-327.el7"},
                            {"3.10.0-327.22.2.el7"},
                            {"3.10.0-1160.el7"},
                            {"1:1.0-1"}});
}

TEST(VersionOrder, RpmWithoutReleaseComparesTheVersion) {
  EXPECT_TRUE(std::is_eq(CompareRpm("3.10.0-327.el7", "3.10.0")));
  EXPECT_TRUE(std::is_lt(CompareRpm("3.10.0-327.el7", "3.10.1")));
}

TEST(VersionOrder, Debian) {
  ExpectLadder(CompareDebian, {{"3.16.7-ckt11-1"},
                               {"4.9.2-10"},
                               {"4.9.10~rc1-1"},
                               {"4.9.10-1~bpo8+1"},
                               {"4.9.10-1", "0:4.9.10-1"},
                               {"4.9.10-1+deb9u1"},
                               {"4.9.10-2"},
                               {"5.10.0-1"},
                               {"5.10.223-1"},
                               {"5.15.0-91.101~20.04.1"},
                               {"5.15.0-91.101"},
                               {"5.15.0-100.110"},
                               {"1:1.0-1"}});
}

TEST(VersionOrder, DebianLettersBeforeOtherCharacters) {
  ExpectLadder(CompareDebian, {{"1.0~"}, {"1.0", "1.00"}, {"1.0a"}, {"1.0+"}, {"1.0.1"}});
}

std::strong_ordering CompareUpstreamText(std::string_view a, std::string_view b) {
  return Compare(*ParseUpstream(a), *ParseUpstream(b));
}

TEST(VersionOrder, Upstream) {
  ExpectLadder(CompareUpstreamText, {{"2.6.32-rc8"},
                                     {"2.6.32", "2.6.32.0"},
                                     {"2.6.32.9"},
                                     {"2.6.32.61"},
                                     {"2.6.38"},
                                     {"3.0", "3.0.0"},
                                     {"4.4.18"},
                                     {"4.4.100"},
                                     {"4.5-rc0"},
                                     {"4.5-rc6", "4.5.0-rc6"},
                                     {"4.5-rc10"},
                                     {"4.5", "4.5.0"},
                                     {"4.5.1"},
                                     {"4.18.0"},
                                     {"6.12.107"}});
}

TEST(VersionOrder, ParseUpstreamLeavesTheRest) {
  std::string_view rest;
  const auto version = ParseUpstream("3.10.0-327.22.2.el7", &rest);
  ASSERT_TRUE(version);
  EXPECT_EQ(version->ToString(), "3.10");
  EXPECT_EQ(rest, "-327.22.2.el7");
  EXPECT_EQ(ParseUpstream("2.6.32.61")->ToString(), "2.6.32.61");
  EXPECT_EQ(ParseUpstream("4.18.0-rc3+")->ToString(), "4.18-rc3");
}

TEST(VersionOrder, ParseUpstreamRefusesWhatIsNone) {
  for (const char* text : {"", "4", "4.", "v4.5", "el7", "4.99999999999999", "-1.2", ".4.5"}) {
    EXPECT_FALSE(ParseUpstream(text)) << text;
  }
}

}  // namespace
}  // namespace oops::knownbugs
