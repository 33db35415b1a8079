#include "lib/text/placement_search.h"

#include <string>
#include <string_view>
#include <vector>

#include "gtest/gtest.h"
#include "lib/text/find_slow.h"
#include "lib/text/scanner.h"

namespace oops::text {
namespace {

constexpr std::string_view kLiterals[] = {"RIP: ", "Call Trace:", "soft lockup", "segfault at",
                                          "Oops"};

std::string Sample() {
  std::string sample;
  for (int i = 0; i < 200; ++i)
    sample += "the default trace of a call is a ripe one, soft and locked up at 0x10\n";
  return sample;
}

uint64_t Candidates(const Scanner& scanner, const ScanEngine& engine, std::string_view text) {
  uint64_t candidates = 0;
  const char* const end = text.data() + text.size();
  for (const char* block = text.data(); static_cast<size_t>(end - block) >= kBlockReach;) {
    BlockCursor cursor{.block = block};
    engine.scan(scanner.tables(), end, &cursor);
    candidates += static_cast<uint64_t>(__builtin_popcountll(cursor.candidates));
    block = cursor.block + kBlock;
    if (cursor.candidates == 0) break;
  }
  return candidates;
}

TEST(PlacementSearchTest, FewLiteralsNeedNoCandidates) {
  const std::string sample = Sample();
  const std::vector<PlacedLiteral> placed = SearchPlacement(kLiterals, sample, 5);
  ASSERT_EQ(placed.size(), std::size(kLiterals));
  for (size_t i = 0; i < placed.size(); ++i) EXPECT_EQ(placed[i].text, kLiterals[i]);
  for (const ScanEngine& engine : SupportedEngines()) {
    EXPECT_EQ(Candidates(Scanner(placed, engine), engine, sample), 0u) << engine.name;
  }
}

TEST(PlacementSearchTest, ItsTableFindsTheSame) {
  const std::vector<PlacedLiteral> placed = SearchPlacement(kLiterals, Sample(), 2);
  const std::string text =
      Sample() + "RIP: 0010\nCall Trace:\n" + Sample() + "x: segfault at 0 soft lockup\nOops";
  for (const ScanEngine& engine : SupportedEngines()) {
    const Scanner scanner(placed, engine);
    for (size_t from = 0; from <= text.size();) {
      const ScanResult hit = scanner.Next(text, from);
      ASSERT_EQ(hit, FindSlow(placed, text, from)) << engine.name << " from " << from;
      if (hit.position == ScanResult::npos) break;
      from = hit.position + 1;
    }
  }
}

TEST(PlacementSearchTest, TheSameEveryTime) {
  const auto first = SearchPlacement(kLiterals, Sample(), 3);
  const auto second = SearchPlacement(kLiterals, Sample(), 3);
  for (size_t i = 0; i < first.size(); ++i) {
    EXPECT_EQ(first[i].for_nibbles.offset, second[i].for_nibbles.offset);
    EXPECT_EQ(first[i].for_bytes.bucket, second[i].for_bytes.bucket);
  }
}

TEST(PlacementSearchTest, OddInputs) {
  EXPECT_TRUE(SearchPlacement({}, Sample(), 3).empty());
  EXPECT_EQ(SearchPlacement(kLiterals, "", 3).size(), std::size(kLiterals));
  EXPECT_EQ(SearchPlacement(std::vector<std::string_view>{"abc"}, Sample(), 3).size(), 1u);
}

}  // namespace
}  // namespace oops::text
