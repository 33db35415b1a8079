#include "lib/text/newlines.h"

#include <algorithm>
#include <string>

#include "gtest/gtest.h"

namespace oops::text {
namespace {

TEST(NewlinesTest, CountAgreesWithTheObviousCount) {
  uint32_t random = 7;
  for (size_t size = 0; size < 200; ++size) {
    std::string text;
    for (size_t i = 0; i < size; ++i) {
      random = random * 1664525 + 1013904223;
      // Neighbours of '\n' too, and bytes that differ from it in the top bit alone.
      text.push_back("\n\n\x09\x0b\x8a x\xff"[random >> 29]);
    }
    EXPECT_EQ(CountNewlines(text),
              static_cast<uint64_t>(std::count(text.begin(), text.end(), '\n')));
  }
}

// More blocks than fit into one round of sums.
TEST(NewlinesTest, CountsMany) {
  for (size_t size : {4079, 4080, 4081, 4096, 8160, 100'000}) {
    EXPECT_EQ(CountNewlines(std::string(size, '\n')), size);
  }
}

TEST(NewlinesTest, LineBounds) {
  const std::string_view text = "ab\n\ncd";
  const size_t kStarts[] = {0, 0, 0, 3, 4, 4, 4};
  const size_t kEnds[] = {2, 2, 2, 3, 6, 6, 6};
  for (size_t position = 0; position <= text.size(); ++position) {
    EXPECT_EQ(LineStart(text, position), kStarts[position]) << position;
    EXPECT_EQ(LineEnd(text, position), kEnds[position]) << position;
  }
  EXPECT_EQ(LineStart("0123456789", 8, 3), 5u);
  EXPECT_EQ(LineStart("01\n3456789", 8, 30), 3u);
}

TEST(NewlinesTest, WholeLines) {
  EXPECT_EQ(WholeLines(""), 0u);
  EXPECT_EQ(WholeLines("no end"), 0u);
  EXPECT_EQ(WholeLines("a\nb\nrest"), 4u);
  EXPECT_EQ(WholeLines("a\n"), 2u);
}

}  // namespace
}  // namespace oops::text
