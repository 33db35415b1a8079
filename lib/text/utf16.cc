#include "lib/text/utf16.h"

namespace oops::text {
namespace {

constexpr uint32_t kMark = 0xFEFF;
constexpr uint32_t kSwappedMark = 0xFFFE;
constexpr uint32_t kReplacement = 0xFFFD;

bool IsHighSurrogate(uint32_t unit) { return unit >= 0xD800 && unit < 0xDC00; }
bool IsLowSurrogate(uint32_t unit) { return unit >= 0xDC00 && unit < 0xE000; }

void AppendUtf8(uint32_t code, std::string& out) {
  const auto put = [&](uint32_t byte) { out.push_back(static_cast<char>(byte)); };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xC0 | code >> 6);
    put(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    put(0xE0 | code >> 12);
    put(0x80 | (code >> 6 & 0x3F));
    put(0x80 | (code & 0x3F));
  } else {
    put(0xF0 | code >> 18);
    put(0x80 | (code >> 12 & 0x3F));
    put(0x80 | (code >> 6 & 0x3F));
    put(0x80 | (code & 0x3F));
  }
}

}  // namespace

void Utf16Reader::Read(std::string_view bytes, std::string& out) {
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (first_byte_ < 0) {
      first_byte_ = byte;
      continue;
    }
    const auto first = static_cast<uint32_t>(first_byte_);
    first_byte_ = -1;
    TakeUnit(big_endian_ ? first << 8 | byte : uint32_t{byte} << 8 | first, out);
  }
}

void Utf16Reader::TakeUnit(uint32_t unit, std::string& out) {
  if (!begun_) {
    begun_ = true;
    big_endian_ = unit == kSwappedMark;
    if (big_endian_ || unit == kMark) return;
  }
  if (IsLowSurrogate(unit) && high_ != 0) {
    AppendUtf8(0x10000 + ((high_ - 0xD800) << 10) + (unit - 0xDC00), out);
    high_ = 0;
    return;
  }
  if (high_ != 0) AppendUtf8(kReplacement, out);
  high_ = IsHighSurrogate(unit) ? unit : 0;
  if (high_ == 0) AppendUtf8(IsLowSurrogate(unit) ? kReplacement : unit, out);
}

}  // namespace oops::text
