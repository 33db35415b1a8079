#include "lib/render/display.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace oops::render {
namespace {

using namespace std::string_view_literals;

TEST(Visible, ShowsWhatATerminalWouldActOn) {
  const struct {
    std::string_view text;
    std::string_view visible;
  } kCases[] = {
      {"plain", "plain"},
      {"tab\there", "tab here"},
      {"\x1b[31m", "\\x1b[31m"},
      {"a\nb\rc", "a\\x0ab\\x0dc"},
      {"nul\0"sv, "nul\\x00"},
      {"\x7f", "\\x7f"},
      {"\xc2\x9b"
       "2J",
       "\\u009b2J"},  // CSI in one character
      {"\xe2\x80\xae"
       "txt",
       "\\u202etxt"},                                // right-to-left override
      {"\xef\xbb\xbf", "\\ufeff"},                   // byte order mark
      {"\xf3\xa0\x80\x81", "\\ue0001"},              // language tag
      {"\xff\xc0\xaf", "\\xff\\xc0\\xaf"},           // no UTF-8, overlong
      {"\xed\xa0\x80", "\\xed\\xa0\\x80"},           // a surrogate
      {"\xf4\x90\x80\x80", "\\xf4\\x90\\x80\\x80"},  // beyond Unicode
      {"cut \xe6\xb5", "cut \\xe6\\xb5"},            // a character cut short
      {"浪潮 café", "浪潮 café"},
  };
  for (const auto& c : kCases) {
    EXPECT_EQ(Visible(c.text), c.visible);
    EXPECT_EQ(Visible(Visible(c.text)), c.visible);
  }
}

TEST(DisplayWidth, CountsColumns) {
  EXPECT_EQ(DisplayWidth(""), 0);
  EXPECT_EQ(DisplayWidth("abc"), 3);
  EXPECT_EQ(DisplayWidth("浪潮"), 4);
  EXPECT_EQ(DisplayWidth("é"), 1);
  EXPECT_EQ(DisplayWidth("e\xcc\x81"), 1);  // with a combining accent
  EXPECT_EQ(DisplayWidth("•…"), 2);
}

TEST(Fit, CutsWhatIsTooLong) {
  EXPECT_EQ(Fit("abcdef", 6), "abcdef");
  EXPECT_EQ(Fit("abcdefg", 6), "abc ..");
  EXPECT_EQ(Fit("ab cdefg", 6), "ab ..");
  EXPECT_EQ(Fit("浪潮浪潮", 6), "浪 ..");
}

TEST(Wrap, BreaksAtSpaces) {
  using Lines = std::vector<std::string>;
  EXPECT_EQ(Wrap("", 10), Lines({""}));
  EXPECT_EQ(Wrap("one two", 10), Lines({"one two"}));
  EXPECT_EQ(Wrap("one two three", 7), Lines({"one two", "three"}));
  EXPECT_EQ(Wrap("one two three", 8), Lines({"one two", "three"}));
  EXPECT_EQ(Wrap("abcdefghij k", 4), Lines({"abcd", "efgh", "ij k"}));
  EXPECT_EQ(Wrap("浪潮浪潮", 5), Lines({"浪潮", "浪潮"}));
  EXPECT_EQ(Wrap("浪潮", 1), Lines({"浪", "潮"}));
  EXPECT_EQ(Wrap("ab    ", 2), Lines({"ab"}));
}

}  // namespace
}  // namespace oops::render
