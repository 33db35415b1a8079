#include "tests/corpus/line_diff.h"

#include <gtest/gtest.h>

namespace oops::corpus {
namespace {

TEST(LineDiff, SaysNothingOfEqualTexts) {
  EXPECT_EQ(LineDiff("", ""), "");
  EXPECT_EQ(LineDiff("a\nb\n", "a\nb\n"), "");
}

TEST(LineDiff, ShowsAChangeWithTheLinesAroundIt) {
  EXPECT_EQ(LineDiff("1\n2\n3\n4\nold\n5\n6\n7\n8\n", "1\n2\n3\n4\nnew\n5\n6\n7\n8\n"),
            "@@ line 2\n 2\n 3\n 4\n-old\n+new\n 5\n 6\n 7\n");
}

TEST(LineDiff, ShowsWhatWasAddedAndWhatIsGone) {
  EXPECT_EQ(LineDiff("a\nb\n", "a\n"), "@@ line 1\n a\n-b\n");
  EXPECT_EQ(LineDiff("", "a\n"), "@@ line 1\n+a\n");
}

TEST(LineDiff, KeepsDistantChangesApart) {
  EXPECT_EQ(LineDiff("x\n1\n2\n3\n4\n5\n6\n7\n8\ny\n", "1\n2\n3\n4\n5\n6\n7\n8\n"),
            "@@ line 1\n-x\n 1\n 2\n 3\n@@ line 7\n 6\n 7\n 8\n-y\n");
}

}  // namespace
}  // namespace oops::corpus
