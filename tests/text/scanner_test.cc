#include "lib/text/scanner.h"

#include <sys/mman.h>
#include <unistd.h>

#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "gtest/gtest.h"
#include "lib/text/find_slow.h"

namespace oops::text {
namespace {

// Each engine that this machine has, by name.
class ScannerTest : public testing::TestWithParam<ScanEngine> {};
INSTANTIATE_TEST_SUITE_P(Engines, ScannerTest,
                         testing::ValuesIn(SupportedEngines().begin(), SupportedEngines().end()),
                         [](const auto& info) { return std::string(info.param.name); });

class Randomness {
 public:
  explicit Randomness(uint32_t seed) : state_(seed) {}
  uint32_t Below(uint32_t bound) {
    state_ = state_ * 1664525 + 1013904223;
    return static_cast<uint32_t>((uint64_t{state_} * bound) >> 32);
  }
  std::string Text(size_t size, std::string_view alphabet) {
    std::string text;
    for (size_t i = 0; i < size; ++i)
      text.push_back(alphabet[Below(static_cast<uint32_t>(alphabet.size()))]);
    return text;
  }

 private:
  uint32_t state_;
};

ScanResult FindAll(const Scanner& scanner, std::string_view text) {
  ScanResult result;
  scanner.FindAll(text, result);
  return result;
}

std::string Show(const ScanResult& result) {
  std::string shown = std::to_string(result.newlines) + " newlines;";
  for (const ScanHit& hit : result.hits) {
    shown += " literal " + std::to_string(hit.literal) + " at " + std::to_string(hit.position) +
             " behind " + std::to_string(hit.newlines) + ";";
  }
  return shown;
}

void ExpectSameAsSlow(const Scanner& scanner, std::span<const PlacedLiteral> literals,
                      std::string_view text) {
  const ScanResult fast = FindAll(scanner, text);
  const ScanResult slow = FindSlow(literals, text);
  ASSERT_EQ(fast, slow) << Show(fast) << "\nnot\n" << Show(slow);
}

constexpr std::string_view kSomeLiterals[] = {
    "BUG: soft lockup",           "lockup", "RIP:", "Call Trace:", "Oops: ", "---[ end trace",
    "Kernel panic - not syncing", "soft"};

TEST_P(ScannerTest, EmptyAndShortTexts) {
  const auto literals = PlaceLiterals(kSomeLiterals);
  const Scanner scanner(literals, GetParam());
  for (std::string_view text : {"", "\n", "RIP", "RIP:", "\nRIP:", "xRIP:\n"})
    ExpectSameAsSlow(scanner, literals, text);
}

TEST_P(ScannerTest, HitAtEveryPositionOfEveryTail) {
  const auto literals = PlaceLiterals(kSomeLiterals);
  const Scanner scanner(literals, GetParam());
  for (std::string_view literal : {"RIP:", "Kernel panic - not syncing"}) {
    for (size_t size = literal.size(); size < 230; ++size) {
      for (size_t position = 0; position + literal.size() <= size; ++position) {
        std::string text(size, '.');
        for (size_t i = 0; i < size; i += 7) text[i] = '\n';
        text.replace(position, literal.size(), literal);
        const ScanResult fast = FindAll(scanner, text);
        ASSERT_EQ(fast, FindSlow(literals, text)) << "position " << position << " of " << size;
        ASSERT_EQ(fast.hits.front().position, position);
      }
    }
  }
}

TEST_P(ScannerTest, EveryStart) {
  const auto literals = PlaceLiterals(kSomeLiterals);
  const Scanner scanner(literals, GetParam());
  const std::string text = "a\nBUG: soft lockup\n" + std::string(100, '\n') + "RIP:Oops: \n" +
                           std::string(70, 'x') + "lockup\n";
  for (size_t from = 0; from <= text.size(); ++from)
    ExpectSameAsSlow(scanner, literals, std::string_view(text).substr(from));
}

// Several batches, with hits across their seams, some of whose windows are in the next one.
TEST_P(ScannerTest, LongTexts) {
  const auto literals = PlaceLiterals(kSomeLiterals);
  const Scanner scanner(literals, GetParam());
  constexpr size_t kBatchBytes = Batch::kBlocks * kBlock;
  for (std::string_view literal : {"RIP:", "Kernel panic - not syncing"}) {
    for (size_t seam = kBatchBytes; seam <= 3 * kBatchBytes; seam += kBatchBytes) {
      for (size_t position = seam - literal.size() - 1; position <= seam + 1; ++position) {
        std::string text;
        while (text.size() < 3 * kBatchBytes + 100) text += "an ordinary line, and a soft one\n";
        text.replace(position, literal.size(), literal);
        ExpectSameAsSlow(scanner, literals, text);
      }
    }
  }
}

// As many candidates as there can be.
TEST_P(ScannerTest, TheSameLiteralAllOver) {
  const PlacedLiteral literals[] = {{"....", {}, {}}, {"........", {}, {}}};
  const Scanner scanner(literals, GetParam());
  for (size_t size = 0; size < 3 * Batch::kBlocks * kBlock; size = 3 * size + 1)
    ExpectSameAsSlow(scanner, literals, std::string(size, '.'));
}

TEST_P(ScannerTest, ResultsDontAddUp) {
  const auto literals = PlaceLiterals(kSomeLiterals);
  const Scanner scanner(literals, GetParam());
  ScanResult result;
  scanner.FindAll("\nRIP:\nlockup\n", result);
  EXPECT_EQ(result.hits.size(), 2u);
  scanner.FindAll("\nlockup", result);
  EXPECT_EQ(result, (ScanResult{.hits = {{1, 1, 1}}, .newlines = 1}));
}

TEST_P(ScannerTest, HitsThatAreCutOffAreNone) {
  const auto literals = PlaceLiterals(kSomeLiterals);
  const Scanner scanner(literals, GetParam());
  const std::string text = std::string(60, ' ') + "Kernel panic - not syncing";
  for (size_t size = 0; size < text.size(); ++size) {
    EXPECT_TRUE(FindAll(scanner, text.substr(0, size)).hits.empty());
  }
}

// The window of the longer literal lies far behind its first byte: the shorter one's is seen first.
TEST_P(ScannerTest, TheLeftmostWinsWhereverItsWindowIs) {
  const std::string longer = "a" + std::string(50, '-') + "0123456789bcd";
  for (uint8_t offset = 0; offset + 4u <= longer.size(); ++offset) {
    const PlacedLiteral literals[] = {{"--------", {0, 1}, {0, 1}},
                                      {longer, {offset, 0}, {offset, 0}}};
    const Scanner scanner(literals, GetParam());
    for (size_t before = 0; before < 70; ++before) {
      const std::string text = std::string(before, '\n') + longer + "\n" + longer;
      ExpectSameAsSlow(scanner, literals, text);
    }
  }
}

TEST_P(ScannerTest, TheFirstOfTwoAtTheSamePlaceWins) {
  const PlacedLiteral shorter_first[] = {{"BUG:", {}, {}}, {"BUG: soft", {5, 3}, {5, 3}}};
  const PlacedLiteral longer_first[] = {
      {"BUG: soft", {5, 3}, {5, 3}}, {"BUG:", {}, {}}, {"BUG:", {}, {}}};
  EXPECT_EQ(FindAll(Scanner(shorter_first, GetParam()), "xx BUG: soft").hits.front().literal, 0u);
  EXPECT_EQ(FindAll(Scanner(longer_first, GetParam()), "xx BUG: soft").hits.front().literal, 0u);
  EXPECT_EQ(FindAll(Scanner(longer_first, GetParam()), "xx BUG: hard").hits.front().literal, 1u);
}

// A window may be longer than its literal and then accepts anything behind it.
TEST_P(ScannerTest, ShortLiteralsBeforeAnyByte) {
  const auto literals = PlaceLiterals(std::vector<std::string_view>{"RIP:", "Oops: "});
  const Scanner scanner(literals, GetParam());
  for (int byte = 0; byte < 256; ++byte) {
    const std::string text =
        "\x80"
        "RIP:" +
        std::string(5, static_cast<char>(byte)) +
        "Oops: " + std::string(3, static_cast<char>(byte));
    ExpectSameAsSlow(scanner, literals, text);
    ExpectSameAsSlow(scanner, literals, text + std::string(80, '.'));
  }
}

TEST_P(ScannerTest, UnscannableLiteralsAreNeverFound) {
  const std::string too_long(65, 'x');
  const auto literals = PlaceLiterals(
      std::vector<std::string_view>{"abc", too_long, "gr\xc3\xbc\xc3\x9f", "", "fine"});
  const Scanner scanner(literals, GetParam());
  EXPECT_TRUE(FindAll(scanner, "abc gr\xc3\xbc\xc3\x9f " + too_long).hits.empty());
  EXPECT_EQ(FindAll(scanner, "abc fine"), (ScanResult{.hits = {{4, 4, 0}}}));
}

TEST_P(ScannerTest, NoLiterals) {
  const Scanner scanner({}, GetParam());
  EXPECT_EQ(FindAll(scanner, "one\ntwo\n"), (ScanResult{.hits = {}, .newlines = 2}));
}

TEST_P(ScannerTest, RandomTexts) {
  Randomness random(42);
  for (int round = 0; round < 1500; ++round) {
    // Few letters make many hits, overlaps and near misses; the other bytes are such as tables
    // might confuse.
    const std::string_view alphabet = round % 3 == 0   ? "ab\n"
                                      : round % 3 == 1 ? "abcd\n\xe1"
                                                       : "aAqQ!1\n\x81 ";
    std::vector<std::string> texts;
    for (uint32_t i = 0, n = 1 + random.Below(40); i < n; ++i) {
      texts.push_back(random.Text(4 + random.Below(round % 2 == 0 ? 4 : 61), alphabet));
    }
    std::vector<PlacedLiteral> literals =
        PlaceLiterals(std::vector<std::string_view>(texts.begin(), texts.end()));
    if (round % 5 == 0) {
      for (PlacedLiteral& literal : literals) {
        // Any placement is right.
        literal.for_nibbles = {static_cast<uint8_t>(random.Below(70)),
                               static_cast<uint8_t>(random.Below(9))};
        literal.for_bytes = {static_cast<uint8_t>(random.Below(70)),
                             static_cast<uint8_t>(random.Below(9))};
      }
    }
    const Scanner scanner(literals, GetParam());
    std::string text = random.Text(random.Below(300), alphabet);
    for (int i = 0; i < 3 && !text.empty(); ++i) {
      text.insert(random.Below(static_cast<uint32_t>(text.size())),
                  texts[random.Below(static_cast<uint32_t>(texts.size()))]);
    }
    ExpectSameAsSlow(scanner, literals, text);
  }
}

// The text lies against the end of a page behind which nothing may be read, and behind one before
// which nothing may.
TEST_P(ScannerTest, ReadsNothingBesideTheText) {
  const size_t page = static_cast<size_t>(sysconf(_SC_PAGESIZE));
  char* const pages =
      static_cast<char*>(mmap(nullptr, 3 * page, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
  ASSERT_NE(pages, MAP_FAILED);
  char* const readable = pages + page;
  ASSERT_EQ(mprotect(readable, page, PROT_READ | PROT_WRITE), 0);
  std::memset(readable, '\n', page);
  const auto literals = PlaceLiterals(kSomeLiterals);
  const Scanner scanner(literals, GetParam());
  for (size_t size = 0; size < 300; ++size) {
    EXPECT_EQ(FindAll(scanner, {readable, size}).newlines, size);
    EXPECT_EQ(FindAll(scanner, {readable + page - size, size}).newlines, size);
  }
  std::memcpy(readable + page - 4, "RIP:", 4);
  for (size_t size = 4; size < 300; ++size) {
    EXPECT_EQ(FindAll(scanner, {readable + page - size, size}).hits.front().position, size - 4);
  }
  munmap(pages, 3 * page);
}

TEST(SupportedEnginesTest, ThePortableOneIsAlwaysThereAndLast) {
  ASSERT_FALSE(SupportedEngines().empty());
  EXPECT_STREQ(SupportedEngines().back().name, "portable");
}

}  // namespace
}  // namespace oops::text
