#include "lib/text/newlines.h"

#include <algorithm>
#include <cstring>

namespace oops::text {
namespace {

using Bytes = unsigned char __attribute__((vector_size(16)));

// The sum of the sixteen bytes.
uint64_t SumOf(Bytes bytes) {
  constexpr uint64_t kEven = 0x00ff00ff00ff00ff;
  uint64_t halves[2];
  static_assert(sizeof(halves) == sizeof(bytes));
  std::memcpy(halves, &bytes, sizeof(halves));
  uint64_t sum = 0;
  for (const uint64_t half : halves)
    sum += ((half & kEven) + (half >> 8 & kEven)) * 0x0001000100010001 >> 48;
  return sum;
}

}  // namespace

uint64_t CountNewlines(std::string_view bytes) {
  constexpr size_t kMostBlocks = 255;  // until a byte of the sums is full
  uint64_t count = 0;
  size_t at = 0;
  while (at + sizeof(Bytes) <= bytes.size()) {
    Bytes sums{};
    const size_t blocks = std::min((bytes.size() - at) / sizeof(Bytes), kMostBlocks);
    for (const size_t end = at + blocks * sizeof(Bytes); at < end; at += sizeof(Bytes)) {
      Bytes block;
      std::memcpy(&block, bytes.data() + at, sizeof(block));
      sums -= static_cast<Bytes>(block == static_cast<unsigned char>('\n'));  // true is -1
    }
    count += SumOf(sums);
  }
  for (; at < bytes.size(); ++at) count += bytes[at] == '\n';
  return count;
}

size_t LineStart(std::string_view bytes, size_t position, size_t reach) {
  position = std::min(position, bytes.size());
  const size_t first = position - std::min(position, reach);
  const size_t newline = bytes.substr(first, position - first).rfind('\n');
  return newline == std::string_view::npos ? first : first + newline + 1;
}

size_t LineEnd(std::string_view bytes, size_t position) {
  return std::min(bytes.find('\n', position), bytes.size());
}

size_t WholeLines(std::string_view bytes) {
  return bytes.rfind('\n') + 1;  // npos + 1 is 0
}

}  // namespace oops::text
