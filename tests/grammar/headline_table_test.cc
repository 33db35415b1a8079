// Holds the tables of headlines to their own rules, and to lines that look like a crash and are
// none.
#include <set>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "lib/grammar/body.h"
#include "lib/grammar/headline.h"
#include "lib/grammar/required_literal.h"
#include "re2/re2.h"
#include "tests/grammar/headline_cases.h"

namespace oops::grammar {
namespace {

re2::StringPiece Piece(std::string_view text) { return {text.data(), text.size()}; }

class EachHeadline : public testing::TestWithParam<const Headline*> {};

std::string NameOf(const testing::TestParamInfo<const Headline*>& info) {
  std::string name(info.param->name);
  for (char& c : name) {
    if (!std::isalnum(static_cast<unsigned char>(c))) c = '_';
  }
  return name;
}

TEST_P(EachHeadline, HasAPatternThatCompiles) {
  re2::RE2 pattern(Piece(GetParam()->pattern), re2::RE2::Latin1);
  EXPECT_TRUE(pattern.ok()) << pattern.error();
  EXPECT_LT(pattern.NumberOfCapturingGroups(), 16) << "headline.cc keeps no more";
}

TEST_P(EachHeadline, HasAnAnchorThatTheScanCanUse) {
  const Headline& row = *GetParam();
  EXPECT_GE(row.anchor.size(), 4u);
  EXPECT_LE(row.anchor.size(), 64u);
  EXPECT_NE(row.example.find(row.anchor), std::string_view::npos) << row.example;
}

TEST_P(EachHeadline, SaysWhoPrintsItAndHowBadItIs) {
  const Headline& row = *GetParam();
  EXPECT_FALSE(row.name.empty());
  EXPECT_FALSE(row.printed_by.empty());
  if (row.join == Join::kCut) return;
  EXPECT_NE(row.kind, KIND_UNSPECIFIED);
  EXPECT_NE(row.severity, SEVERITY_UNSPECIFIED);
}

TEST_P(EachHeadline, IsTheFirstToMatchItsExample) {
  const Headline& row = *GetParam();
  std::optional<HeadlineMatch> match = MatchHeadline(row.example);
  ASSERT_TRUE(match) << row.example;
  EXPECT_EQ(match->row->name, row.name) << row.example;
  EXPECT_TRUE(match->at_start);
  EXPECT_EQ(match->begin, 0u);
}

TEST_P(EachHeadline, FillsItsTitleFromGroupsThatItHas) {
  const Headline& row = *GetParam();
  re2::RE2 pattern(Piece(row.pattern), re2::RE2::Latin1);
  re2::StringPiece title = Piece(row.title);
  std::string placeholder;
  while (re2::RE2::FindAndConsume(&title, R"(\{([^}]*)\})", &placeholder)) {
    if (placeholder == "f" || placeholder == "access") continue;
    EXPECT_EQ(pattern.NamedCapturingGroups().count(placeholder), 1u) << placeholder;
    std::optional<HeadlineMatch> match = MatchRow(row, row.example);
    ASSERT_TRUE(match);
    EXPECT_FALSE(match->Capture(placeholder).empty()) << placeholder;
  }
}

// Where a line end was lost, other text stands before the headline.
TEST_P(EachHeadline, IsFoundBehindOtherText) {
  const Headline& row = *GetParam();
  if (row.pattern.starts_with("^")) return;
  std::string text = "login: " + std::string(row.example);
  std::optional<HeadlineMatch> match = MatchHeadline(text);
  ASSERT_TRUE(match) << text;
  EXPECT_EQ(match->row->name, row.name);
}

INSTANTIATE_TEST_SUITE_P(Table, EachHeadline,
                         testing::ValuesIn(AllHeadlines().begin(), AllHeadlines().end()), NameOf);

TEST_P(EachHeadline, NeedsTheLiteralsThatItsPatternHas) {
  const Headline& row = *GetParam();
  const RequiredLiterals required = FindRequiredLiterals(row.pattern);
  for (const std::string& run : required.runs) {
    EXPECT_NE(row.example.find(run), std::string_view::npos) << run;
  }
  const std::optional<HeadlineMatch> match = MatchRow(row, row.example);
  ASSERT_TRUE(match);
  EXPECT_TRUE(row.example.substr(match->begin).starts_with(required.first)) << required.first;
}

TEST(RequiredLiterals, OfPatterns) {
  struct Case {
    std::string_view pattern;
    std::string_view first;
    std::vector<std::string> runs;
  };
  const Case cases[] = {
      {"Oops: (?P<code>[0-9a-f]+)", "Oops: ", {"Oops: "}},
      {R"(a \[#\d+\] in long words?)", "a [#", {"a [#", "] in long word"}},
      {"(?:x|y) stuck", "", {" stuck"}},
      {"ab?c", "a", {}},
      {"abc{0,2}def", "ab", {"def"}},
      {"abc+def", "abc", {"abc", "def"}},
      {"[]x]yes[^]]no", "", {"yes"}},
      {"panic: (?P<words>dead (?:a|b) lock)+x", "panic: dead ", {"panic: dead ", " lock"}},
      {R"(of (a\(b)c)", "of a(bc", {"of a(bc"}},
      {"of (?:all )?words", "of ", {"of ", "words"}},
      {"one|other", "", {}},
      {"(?i)words", "", {}},
      {R"(\x41BC)", "", {}},
      {"", "", {}},
  };
  for (const Case& one : cases) {
    EXPECT_EQ(FindRequiredLiterals(one.pattern).first, one.first) << one.pattern;
    EXPECT_EQ(FindRequiredLiterals(one.pattern).runs, one.runs) << one.pattern;
  }
}

// Many places where a match could begin, the match behind them or nowhere.
TEST(HeadlineTable, ManyBeginnings) {
  std::string text;
  for (int i = 0; i < 10'000; ++i) text += "BUG: KASAN: ";
  const std::optional<HeadlineMatch> none = MatchHeadline(text);
  EXPECT_TRUE(!none || none->row->name != "kasan-double-free");
  const std::string with_one = text + "double-free in f+0x1/0x2";
  const Headline& row = *MatchHeadline("BUG: KASAN: double-free in f+0x1/0x2")->row;
  const std::optional<HeadlineMatch> match = MatchRow(row, with_one);
  ASSERT_TRUE(match);
  EXPECT_EQ(match->begin, text.size() - std::string_view("BUG: KASAN: ").size());
}

TEST(HeadlineTable, NamesAreUnique) {
  std::set<std::string_view> names;
  for (const Headline* row : AllHeadlines()) {
    EXPECT_TRUE(names.insert(row->name).second) << row->name;
  }
}

TEST(BodyTable, PrefixesAreUnique) {
  std::set<std::string_view> prefixes;
  for (const BodyRow& row : AllBodyRows())
    EXPECT_TRUE(prefixes.insert(row.prefix).second) << row.prefix;
}

TEST(HeadlineTable, OtherErasAndForms) {
  for (const HeadlineCase& expected : kHeadlineCases) {
    std::optional<HeadlineMatch> match = MatchHeadline(expected.line);
    ASSERT_TRUE(match) << expected.line;
    EXPECT_EQ(match->row->name, expected.row) << expected.line;
    if (!expected.group.empty()) {
      EXPECT_EQ(match->Capture(expected.group), expected.text) << expected.line;
    }
  }
}

// A pattern that takes at most so many bytes for a name must not leave half a character.
TEST(HeadlineTable, CapturesAreWholeCharacters) {
  std::string line;
  for (int i = 0; i < 20; ++i) line += "\xef\xbf\xbd";
  line += "C traps: python3[9921] trap invalid opcode ip:7f91cb5c5e0a sp:7ffea48b8f40 error:0";
  const auto match = MatchHeadline(line);
  ASSERT_TRUE(match);
  EXPECT_NE(line[match->begin] & 0xc0, 0x80);
  EXPECT_NE(match->Capture("comm").front() & 0xc0, 0x80);
}

TEST(HeadlineTable, LinesThatAreNoReport) {
  for (std::string_view line : kNoHeadlines) {
    std::optional<HeadlineMatch> match = MatchHeadline(line);
    EXPECT_FALSE(match) << line << "\nwas taken for " << match->row->name;
  }
}

}  // namespace
}  // namespace oops::grammar
