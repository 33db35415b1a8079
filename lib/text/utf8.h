// Text that protobuf, JSON and terminals accept.
#ifndef OOPS_LIB_TEXT_UTF8_H_
#define OOPS_LIB_TEXT_UTF8_H_

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace oops::text {

struct Utf8Character {
  char32_t code;
  size_t length;  // bytes; 0 if they are no valid UTF-8
};

// The character at the start of `bytes`, which aren't empty. Valid are no overlong forms, no
// surrogates, nothing above U+10FFFF.
Utf8Character ReadUtf8(std::string_view bytes);

// The bytes from the start of `bytes` that are valid UTF-8.
size_t ValidUtf8Prefix(std::string_view bytes);

inline bool IsAscii(std::string_view bytes) {
  constexpr size_t kWord = sizeof(uint64_t);
  uint64_t seen = 0;
  const auto look_at = [&](const char* at) {
    uint64_t word;
    std::memcpy(&word, at, kWord);
    seen |= word;
  };
  if (bytes.size() >= kWord) {
    for (size_t at = 0; at + kWord < bytes.size(); at += kWord) look_at(bytes.data() + at);
    look_at(bytes.data() + bytes.size() - kWord);  // again a few of the word before
  } else {
    for (const char c : bytes) seen |= static_cast<unsigned char>(c);
  }
  return (seen & 0x8080808080808080) == 0;
}

inline bool IsValidUtf8(std::string_view bytes) {
  return IsAscii(bytes) || ValidUtf8Prefix(bytes) == bytes.size();
}

// `bytes` itself if they are valid UTF-8. Otherwise fills `repaired` with them, U+FFFD in place of
// each maximal broken part, as browsers do it, and returns a view of that. NUL and other control
// bytes are valid and stay.
std::string_view RepairUtf8(std::string_view bytes, std::string* repaired);

// The beginning of `text`, which is valid UTF-8: at most `most` bytes, no character cut in two.
std::string_view Utf8Head(std::string_view text, size_t most);

}  // namespace oops::text

#endif  // OOPS_LIB_TEXT_UTF8_H_
