#include "lib/analysis/numberless.h"

namespace oops::analysis {
namespace {

constexpr size_t kMaxLength = 200;
constexpr size_t kAddressDigits = 8;

bool IsWordChar(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool AllOf(std::string_view word, std::string_view digits) {
  return word.find_first_not_of(digits) == word.npos;
}

std::string_view Placeholder(std::string_view word) {
  constexpr std::string_view kHex = "0123456789abcdefABCDEF";
  if (word.size() > 2 && word.substr(0, 2) == "0x" && AllOf(word.substr(2), kHex)) return "ADDR";
  if (AllOf(word, kHex.substr(0, 10))) return word.size() < 2 * kAddressDigits ? "NUM" : "ADDR";
  if (word.size() >= kAddressDigits && AllOf(word, kHex)) return "ADDR";
  return word;
}

}  // namespace

std::string Numberless(std::string_view text) {
  std::string out;
  size_t at = 0;
  while (at < text.size() && out.size() <= kMaxLength) {
    size_t end = at;
    while (end < text.size() && IsWordChar(text[end])) ++end;
    if (end == at) {
      out.push_back(text[at++]);
    } else {
      out += Placeholder(text.substr(at, end - at));
      at = end;
    }
  }
  if (out.size() > kMaxLength) {
    size_t end = kMaxLength;
    while (end > 0 && (out[end] & 0xC0) == 0x80) --end;  // never inside a character
    out.resize(end);
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

}  // namespace oops::analysis
