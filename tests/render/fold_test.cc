#include "lib/render/fold.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace oops::render {
namespace {

// Folds the letters of `stack` and writes it as "a(bc)3d".
std::string Folded(const std::string& stack) {
  std::vector<std::string> entries;
  for (const char c : stack) entries.emplace_back(1, c);
  std::string out;
  for (const Fold& fold : FoldRepeats(entries)) {
    const std::string group = stack.substr(fold.first, fold.length);
    out += fold.times > 1 ? "(" + group + ")" + std::to_string(fold.times) : group;
  }
  return out;
}

TEST(FoldRepeats, FindsWhatRecursionRepeats) {
  const struct {
    const char* stack;
    const char* folded;
  } kCases[] = {
      {"", ""},
      {"abc", "abc"},
      {"aa", "(a)2"},
      {"aaaaa", "(a)5"},
      {"xbcdbcdbcdb", "x(bcd)3b"},
      {"abab", "(ab)2"},
      {"ababa", "(ab)2a"},
      {"aabaab", "(aab)2"},  // not (a)2b(a)2b
      {"abcdefghabcdefgh", "(abcdefgh)2"},
      {"abcdefghiabcdefghi", "abcdefghiabcdefghi"},  // nine is no small group
      {"abccccab", "ab(c)4ab"},
  };
  for (const auto& c : kCases) EXPECT_EQ(Folded(c.stack), c.folded) << c.stack;
}

TEST(FoldRepeats, CoversLongStacksQuickly) {
  const std::vector<std::string> deep(100000, "same+0x1");
  const std::vector<Fold> folds = FoldRepeats(deep);
  ASSERT_EQ(folds.size(), 1u);
  EXPECT_EQ(folds[0].times, 100000);
}

}  // namespace
}  // namespace oops::render
