// Which bytes of a literal the scanner looks for, and in which of its eight buckets.
//
// A window may lie anywhere in its literal. Windows that share a bucket also let mixtures of their
// bytes pass, so the choice decides how many candidates a log has that are none, and with it the
// scanner's speed; never its answers.
#ifndef OOPS_LIB_TEXT_LITERAL_PLACEMENT_H_
#define OOPS_LIB_TEXT_LITERAL_PLACEMENT_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace oops::text {

struct Placement {
  uint8_t offset = 0;  // of the window in the literal
  uint8_t bucket = 0;  // 0 to 7
};

// The two kinds of engines (scan_engine.h) see windows of different length, and what is good for
// one is not for the other.
struct PlacedLiteral {
  std::string_view text = {};
  Placement for_nibbles = {};
  Placement for_bytes = {};
};

inline constexpr size_t kMinLiteral = 4;
inline constexpr size_t kMaxLiteral = 64;

// True for 4 to 64 bytes of ASCII. The scanner finds no others.
bool IsScannable(std::string_view literal);

// The rightmost offset of a window of `places` bytes that has a long key (scan_engine.h), too, if
// the literal is long enough for one; 0 for a literal that is shorter than the window.
size_t LastOffset(std::string_view literal, size_t places);

// A good choice in a few milliseconds, from how often bytes stand in logs at large. The result has
// the order of `literals` and views into them. Literals that aren't scannable get window and bucket
// 0.
std::vector<PlacedLiteral> PlaceLiterals(std::span<const std::string_view> literals);

}  // namespace oops::text

#endif  // OOPS_LIB_TEXT_LITERAL_PLACEMENT_H_
