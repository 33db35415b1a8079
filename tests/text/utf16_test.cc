#include "lib/text/utf16.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace oops::text {
namespace {

// Read in pieces of one byte, which is the same as in one.
std::string Read(std::string_view bytes) {
  Utf16Reader whole;
  std::string all;
  whole.Read(bytes, all);
  Utf16Reader pieces;
  std::string out;
  for (size_t i = 0; i < bytes.size(); ++i) pieces.Read(bytes.substr(i, 1), out);
  EXPECT_EQ(out, all);
  return all;
}

template <size_t size>
std::string Bytes(const char (&text)[size]) {
  return std::string(text, size - 1);
}

TEST(Utf16, OfEitherEnd) {
  EXPECT_EQ(Read(Bytes("\xFF\xFE[\0\r\0\n\0")), "[\r\n");
  EXPECT_EQ(Read(Bytes("\xFE\xFF\0[\0\r\0\n")), "[\r\n");
}

TEST(Utf16, OfEveryLength) {
  EXPECT_EQ(Read(Bytes("\xFE\xFF\0a\0\xE4\x20\xAC\xD8\x3D\xDE\x00")), "a\u00E4\u20AC\U0001F600");
}

TEST(Utf16, LoneSurrogatesAreReplaced) {
  EXPECT_EQ(Read(Bytes("\xFE\xFF\xD8\x3D\0a\xDE\x00\0b")), "\uFFFDa\uFFFDb");
}

TEST(Utf16, Mark) {
  EXPECT_TRUE(Utf16Reader::IsMark("\xFF\xFE"));
  EXPECT_TRUE(Utf16Reader::IsMark("\xFE\xFF"));
  EXPECT_FALSE(Utf16Reader::IsMark("\xFF"));
  EXPECT_FALSE(Utf16Reader::IsMark("[ "));
}

}  // namespace
}  // namespace oops::text
