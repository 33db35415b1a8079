// The records must not depend on how the bytes were cut.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

#include "tests/corpus/cases.h"
#include "tests/laws/records.h"

namespace oops::laws {
namespace {

constexpr size_t kSmall = 4096;  // a log shorter than this is cut with every size there is
constexpr uint32_t kRandomCuttings = 200;

// 1 to 64, the powers of two and their neighbours; every size for a small log.
std::set<size_t> Sizes(size_t log_size) {
  std::set<size_t> sizes;
  for (size_t size = 1; size <= 64; ++size) sizes.insert(size);
  for (size_t power = 64; power <= 2 * log_size; power *= 2) {
    sizes.insert({power - 1, power, power + 1});
  }
  if (log_size < kSmall && kSparing == 1) {
    for (size_t size = 1; size <= log_size; ++size) sizes.insert(size);
  }
  return sizes;
}

// Expects the records of `which`, cut so, to be those of the whole; false if they are not.
bool Expect(const corpus::Case& which, const Records& whole, const Records& pieces,
            const std::string& how) {
  const std::string difference = Difference(whole, pieces);
  EXPECT_TRUE(difference.empty()) << which.name << ", " << how << ":\n" << difference;
  return difference.empty();
}

TEST(Chunking, OfEverySize) {
  for (const corpus::Case& which : corpus::AllCases()) {
    const Records whole = ParseLog(which.log);
    size_t number = 0;
    for (const size_t size : Sizes(which.log.size())) {
      if (number++ % kSparing != 0) continue;
      if (!Expect(which, whole, ParseInPieces(which.log, [&] { return size; }),
                  "pieces of " + std::to_string(size))) {
        break;
      }
    }
  }
}

TEST(Chunking, AtRandom) {
  for (const corpus::Case& which : corpus::AllCases()) {
    const Records whole = ParseLog(which.log);
    for (uint32_t seed = 0; seed < kRandomCuttings / kSparing; ++seed) {
      std::mt19937 random(seed);
      // Short pieces and long ones mixed: the length's magnitude is random first.
      const auto next = [&] { return 1 + random() % (size_t{1} << random() % 13); };
      if (!Expect(which, whole, ParseInPieces(which.log, next), "seed " + std::to_string(seed))) {
        break;
      }
    }
  }
}

TEST(Chunking, OfScannedPieces) {
  for (const corpus::Case& which : corpus::AllCases()) {
    const Records whole = ParseLog(which.log);
    for (const size_t size : {10, 1000, 4096, 65536}) {
      if (!Expect(which, whole, ParseScannedPieces(which.log, [&] { return size; }),
                  "scanned pieces of " + std::to_string(size))) {
        break;
      }
    }
  }
}

// What no kernel printed in this order: reports that begin in one another, break off and go on.
TEST(Chunking, OfShuffledLines) {
  constexpr size_t kLines = 2000;
  for (uint32_t seed = 0; seed < 60 / kSparing; ++seed) {
    const corpus::Case shuffled = {
        "shuffled lines " + std::to_string(seed), {}, ShuffledLines(seed, kLines)};
    const Records whole = ParseLog(shuffled.log);
    std::mt19937 random(seed);
    for (const size_t longest : {3, 100, 5000}) {
      const auto next = [&] { return 1 + random() % longest; };
      if (!Expect(shuffled, whole, ParseInPieces(shuffled.log, next),
                  "pieces of up to " + std::to_string(longest))) {
        break;
      }
    }
  }
}

}  // namespace
}  // namespace oops::laws
