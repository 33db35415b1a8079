#include "lib/text/newlines.h"

#include <algorithm>
#include <cstring>

namespace oops::text {
namespace {

constexpr uint64_t EachByte(uint8_t byte) { return 0x0101010101010101 * byte; }

// Bytes of `word` that are '\n'.
uint64_t CountInWord(uint64_t word) {
  const uint64_t zero_if_newline = word ^ EachByte('\n');
  // Bit 7 of each byte: it isn't zero. No carry leaves a byte.
  const uint64_t other = ((zero_if_newline & EachByte(0x7f)) + EachByte(0x7f)) | zero_if_newline;
  return ((~other >> 7) & EachByte(1)) * EachByte(1) >> 56;
}

}  // namespace

uint64_t CountNewlines(std::string_view bytes) {
  uint64_t count = 0;
  size_t i = 0;
  for (; i + sizeof(uint64_t) <= bytes.size(); i += sizeof(uint64_t)) {
    uint64_t word;
    std::memcpy(&word, bytes.data() + i, sizeof(word));
    count += CountInWord(word);
  }
  for (; i < bytes.size(); ++i) count += bytes[i] == '\n';
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
