#include "lib/grammar/chars.h"

#include <string>
#include <string_view>

#include "gtest/gtest.h"

namespace oops::grammar {
namespace {

size_t SymbolEndByteByByte(std::string_view text) {
  size_t at = 0;
  while (at < text.size() && IsSymbolChar(text[at])) ++at;
  return at;
}

// Every byte in every place of a block, with more and with less than a block behind it.
TEST(SymbolEnd, IsThatOfAByteByByteLook) {
  constexpr std::string_view kName = "aZ_.$09kfree_call_rcu_nolockdep.constprop.0";
  for (size_t size = 0; size <= kName.size(); ++size) {
    EXPECT_EQ(SymbolEnd(kName.substr(0, size)), size);
    for (size_t at = 0; at < size; ++at) {
      std::string text(kName.substr(0, size));
      for (int byte = 0; byte < 256; ++byte) {
        text[at] = static_cast<char>(byte);
        ASSERT_EQ(SymbolEnd(text), SymbolEndByteByByte(text)) << text;
      }
    }
  }
}

TEST(IsBlankText, IsWhereTrimLeavesNothing) {
  for (std::string_view text : {"", " ", "\t \r", "\r", " \r ", "x", " x", "\r x", "x \r", "\n"}) {
    EXPECT_EQ(IsBlankText(text), Trim(text).empty()) << text;
  }
}

TEST(ParseUint, RefusesWhatDoesNotFit) {
  EXPECT_EQ(ParseUint("ffffffffffffffff", 16), UINT64_MAX);
  EXPECT_EQ(ParseUint("18446744073709551615", 10), UINT64_MAX);
  EXPECT_EQ(ParseUint("18446744073709551616", 10), std::nullopt);
  EXPECT_EQ(ParseUint("10000000000000000", 16), std::nullopt);
  EXPECT_EQ(ParseUint("12a", 10), std::nullopt);
}

}  // namespace
}  // namespace oops::grammar
