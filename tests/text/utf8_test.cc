#include "lib/text/utf8.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "gtest/gtest.h"

namespace oops::text {
namespace {

std::string Repair(std::string_view bytes) {
  std::string storage;
  return std::string(RepairUtf8(bytes, &storage));
}

std::string Encode(char32_t code) {
  const auto byte = [](char32_t bits) { return static_cast<char>(bits); };
  const auto rest = [&](int shift) { return byte(0x80 | (code >> shift & 0x3f)); };
  if (code < 0x80) return {byte(code)};
  if (code < 0x800) return {byte(0xc0 | code >> 6), rest(0)};
  if (code < 0x10000) return {byte(0xe0 | code >> 12), rest(6), rest(0)};
  return {byte(0xf0 | code >> 18), rest(12), rest(6), rest(0)};
}

TEST(ReadUtf8Test, EveryCharacter) {
  for (char32_t code = 0; code <= 0x10ffff; ++code) {
    const std::string bytes = Encode(code);
    const Utf8Character read = ReadUtf8(bytes + "x");
    const bool surrogate = code >= 0xd800 && code <= 0xdfff;
    ASSERT_EQ(read.length, surrogate ? 0 : bytes.size()) << static_cast<uint32_t>(code);
    ASSERT_EQ(read.code, surrogate ? 0 : code);
    const std::string cut = bytes.substr(0, bytes.size() - 1);
    ASSERT_TRUE(cut.empty() || ReadUtf8(cut).length == 0);
  }
}

TEST(IsAsciiTest, EveryPosition) {
  for (size_t size = 0; size < 40; ++size) {
    std::string text(size, '\x7f');
    EXPECT_TRUE(IsAscii(text)) << size;
    for (size_t at = 0; at < size; ++at) {
      text[at] = '\x80';
      EXPECT_FALSE(IsAscii(text)) << size << ' ' << at;
      text[at] = '\0';
    }
  }
}

TEST(RepairUtf8Test, ValidTextIsNotCopied) {
  for (std::string_view text : {"", "plain ascii, longer than one word",
                                "Gr\xc3\xbc\xc3\x9f"
                                "e \xe2\x82\xac \xf0\x9f\x90\xa7"}) {
    std::string storage;
    EXPECT_EQ(RepairUtf8(text, &storage).data(), text.data());
    EXPECT_TRUE(storage.empty());
  }
}

TEST(RepairUtf8Test, BrokenParts) {
  struct Case {
    std::string_view bytes;
    std::string_view repaired;
  };
  const Case kCases[] = {
      {"caf\xe9 latin-1", "caf\xef\xbf\xbd latin-1"},
      {"\x80\xbf", "\xef\xbf\xbd\xef\xbf\xbd"},                  // continuation without a lead
      {"\xc0\xaf", "\xef\xbf\xbd\xef\xbf\xbd"},                  // overlong '/'
      {"\xe0\x80\xaf", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"},  // overlong in three
      {"\xed\xa0\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"},  // surrogate
      {"\xf4\x90\x80\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"},  // above U+10FFFF
      {"\xf5", "\xef\xbf\xbd"},
      {"cut \xe2\x82", "cut \xef\xbf\xbd"},  // one character, broken off
      {"\xe2\x82|\xf0\x9f\x90|", "\xef\xbf\xbd|\xef\xbf\xbd|"},
      {"\xe2\xe2\x82\xac", "\xef\xbf\xbd\xe2\x82\xac"},  // a lead ends the one before
  };
  for (const Case& test : kCases) EXPECT_EQ(Repair(test.bytes), test.repaired);
}

TEST(RepairUtf8Test, ControlBytesStay) {
  const std::string text("a\0b\x01\x7f\r", 6);
  EXPECT_EQ(Repair(text), text);
}

// Wherever the bad byte stands in relation to the words that the fast path reads.
TEST(RepairUtf8Test, EveryPosition) {
  for (size_t size = 1; size < 40; ++size) {
    for (size_t bad = 0; bad < size; ++bad) {
      std::string text(size, 'x');
      text[bad] = '\xff';
      EXPECT_EQ(ValidUtf8Prefix(text), bad);
      EXPECT_EQ(Repair(text),
                std::string(bad, 'x') + "\xef\xbf\xbd" + std::string(size - bad - 1, 'x'));
    }
  }
}

TEST(Utf8HeadTest, NoCharacterIsCutInTwo) {
  EXPECT_EQ(Utf8Head("abc", 5), "abc");
  EXPECT_EQ(Utf8Head("abcdef", 5), "abcde");
  const std::string_view text = "a\xc3\xa9\xe2\x82\xac\xf0\x9f\x90\x9b";
  for (size_t most = 0; most <= text.size() + 1; ++most) {
    const std::string_view head = Utf8Head(text, most);
    EXPECT_LE(head.size(), most);
    EXPECT_GT(head.size() + 4, std::min(most, text.size()));
    EXPECT_EQ(ValidUtf8Prefix(head), head.size());
    EXPECT_TRUE(text.starts_with(head));
  }
}

TEST(RepairUtf8Test, RepairedTextIsValid) {
  uint32_t random = 1;
  for (int round = 0; round < 2000; ++round) {
    std::string text;
    for (int i = 0; i < 30; ++i) {
      random = random * 1664525 + 1013904223;
      text.push_back(static_cast<char>((random >> 24) | (random >> 23 & 1 ? 0x80 : 0)));
    }
    const std::string repaired = Repair(text);
    EXPECT_EQ(ValidUtf8Prefix(repaired), repaired.size());
  }
}

}  // namespace
}  // namespace oops::text
