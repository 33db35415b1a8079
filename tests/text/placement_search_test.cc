#include "lib/text/placement_search.h"

#include <algorithm>
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
  Batch batch;
  engine.scan(scanner.tables(), text.data(),
              std::min(Batch::kBlocks, (text.size() - kBlockReach) / kBlock), &batch);
  return batch.count;
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
    ScanResult result;
    scanner.FindAll(text, result);
    EXPECT_EQ(result, FindSlow(placed, text)) << engine.name;
    EXPECT_EQ(result.hits.size(), 5u);
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
