// Small scanners over kernel text. All take views, never allocate, and never read past the end.
#ifndef OOPS_LIB_GRAMMAR_CHARS_H_
#define OOPS_LIB_GRAMMAR_CHARS_H_

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>

namespace oops::grammar {

constexpr bool IsDigit(char c) { return c >= '0' && c <= '9'; }
// Tables: addresses and the bytes of code are read digit by digit.
enum : uint8_t { kLowerHexDigit = 1, kUpperHexDigit = 2 };
inline constexpr std::array<uint8_t, 256> kHexDigits = [] {
  std::array<uint8_t, 256> table = {};
  for (int c = '0'; c <= '9'; ++c) table[c] = kLowerHexDigit;
  for (int c = 'a'; c <= 'f'; ++c) table[c] = kLowerHexDigit;
  for (int c = 'A'; c <= 'F'; ++c) table[c] = kUpperHexDigit;
  return table;
}();
constexpr bool IsHex(char c) { return kHexDigits[static_cast<unsigned char>(c)] == kLowerHexDigit; }
constexpr bool IsAnyHex(char c) { return kHexDigits[static_cast<unsigned char>(c)] != 0; }
constexpr bool IsBlank(char c) { return c == ' ' || c == '\t'; }
constexpr bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
// What C identifiers, compiler suffixes and Rust's v0 mangling are made of. A table: names are most
// of a trace.
inline constexpr std::array<bool, 256> kSymbolChars = [] {
  std::array<bool, 256> table = {};
  for (int c = 0; c < 128; ++c)
    table[c] = IsLetter(static_cast<char>(c)) || IsDigit(static_cast<char>(c)) || c == '_' ||
               c == '.' || c == '$';
  return table;
}();
constexpr bool IsSymbolChar(char c) { return kSymbolChars[static_cast<unsigned char>(c)]; }

// How many symbol characters `text` begins with. Sixteen at a time where there are as many: names
// are looked through for each frame.
inline size_t SymbolEnd(std::string_view text) {
  using Bytes = signed char __attribute__((vector_size(16)));
  size_t at = 0;
  for (; at + sizeof(Bytes) <= text.size(); at += sizeof(Bytes)) {
    Bytes block;
    std::memcpy(&block, text.data() + at, sizeof(block));
    const Bytes lower = block | 0x20;
    const Bytes symbol = ((lower >= 'a') & (lower <= 'z')) | ((block >= '0') & (block <= '9')) |
                         (block == '_') | (block == '.') | (block == '$');
    uint64_t halves[2];
    std::memcpy(halves, &symbol, sizeof(halves));
    if ((halves[0] & halves[1]) == ~uint64_t{0}) continue;
    if (std::endian::native != std::endian::little) break;
    const size_t half = ~halves[0] == 0 ? 1 : 0;
    return at + 8 * half + static_cast<size_t>(std::countr_one(halves[half])) / 8;
  }
  while (at < text.size() && IsSymbolChar(text[at])) ++at;
  return at;
}

// A cursor over text: each Take* either consumes what it names and says so, or leaves everything as
// it was.
class Cursor {
 public:
  explicit constexpr Cursor(std::string_view text) : text_(text) {}

  std::string_view rest() const { return text_.substr(at_); }
  size_t position() const { return at_; }
  void Seek(size_t position) { at_ = position < text_.size() ? position : text_.size(); }
  bool AtEnd() const { return at_ == text_.size(); }
  char Peek(size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : 0; }

  void SkipBlanks() {
    while (at_ < text_.size() && IsBlank(text_[at_])) ++at_;
  }
  bool Take(char c) {
    if (Peek() != c || AtEnd()) return false;
    ++at_;
    return true;
  }
  bool Take(std::string_view literal) {
    // The first byte decides for most.
    if (Peek() != literal.front() || !rest().starts_with(literal)) return false;
    at_ += literal.size();
    return true;
  }
  template <typename Predicate>
  std::string_view TakeWhile(Predicate predicate) {
    size_t begin = at_;
    while (at_ < text_.size() && predicate(text_[at_])) ++at_;
    return text_.substr(begin, at_ - begin);
  }
  std::string_view TakeSymbolChars() {
    const size_t begin = at_;
    at_ += SymbolEnd(rest());
    return text_.substr(begin, at_ - begin);
  }
  std::string_view TakeHex() { return TakeWhile(IsAnyHex); }
  std::string_view TakeDigits() { return TakeWhile(IsDigit); }
  // Text up to, not including, `c`; the cursor moves past `c`. Nothing where there is no `c`.
  std::optional<std::string_view> TakeUntil(char c) {
    size_t end = text_.find(c, at_);
    if (end == std::string_view::npos) return std::nullopt;
    std::string_view taken = text_.substr(at_, end - at_);
    at_ = end + 1;
    return taken;
  }

 private:
  std::string_view text_;
  size_t at_ = 0;
};

inline std::string_view TrimLeft(std::string_view text) {
  while (!text.empty() && IsBlank(text.front())) text.remove_prefix(1);
  return text;
}
inline std::string_view TrimRight(std::string_view text) {
  while (!text.empty() && (IsBlank(text.back()) || text.back() == '\r')) text.remove_suffix(1);
  return text;
}
inline std::string_view Trim(std::string_view text) { return TrimRight(TrimLeft(text)); }
// Whether Trim() leaves nothing.
inline bool IsBlankText(std::string_view text) {
  for (char c : text) {
    if (!IsBlank(c) && c != '\r') return false;
  }
  return true;
}

// Numbers that kernels print; nothing where the text is no number or does not fit.
inline std::optional<uint64_t> ParseUint(std::string_view digits, int base) {
  if (digits.empty() || digits.size() > 20) return std::nullopt;
  constexpr size_t kFits = 16;  // digits of any base up to 16
  uint64_t value = 0;
  for (char c : digits) {
    int digit = IsDigit(c) ? c - '0' : IsAnyHex(c) ? (c | 0x20) - 'a' + 10 : 99;
    if (digit >= base) return std::nullopt;
    if (digits.size() > kFits && value > (UINT64_MAX - digit) / base) return std::nullopt;
    value = value * base + digit;
  }
  return value;
}
inline std::optional<uint32_t> ParseUint32(std::string_view digits, int base) {
  std::optional<uint64_t> value = ParseUint(digits, base);
  if (!value || *value > UINT32_MAX) return std::nullopt;
  return static_cast<uint32_t>(*value);
}
inline std::optional<int32_t> ParseInt32(std::string_view digits) {
  bool negative = !digits.empty() && digits.front() == '-';
  std::optional<uint64_t> value = ParseUint(negative ? digits.substr(1) : digits, 10);
  if (!value || *value > INT32_MAX) return std::nullopt;
  return negative ? -static_cast<int32_t>(*value) : static_cast<int32_t>(*value);
}

}  // namespace oops::grammar

#endif  // OOPS_LIB_GRAMMAR_CHARS_H_
