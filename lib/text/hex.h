// Numbers as kernels print them.
#ifndef OOPS_LIB_TEXT_HEX_H_
#define OOPS_LIB_TEXT_HEX_H_

#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>
#include <system_error>

namespace oops::text {

// Hexadecimal digits and nothing else, at most sixteen.
inline std::optional<uint64_t> ParseHex(std::string_view digits) {
  uint64_t number = 0;
  const char* const end = digits.data() + digits.size();
  const auto [rest, error] = std::from_chars(digits.data(), end, number, 16);
  if (error != std::errc() || rest != end) return std::nullopt;
  return number;
}

}  // namespace oops::text

#endif  // OOPS_LIB_TEXT_HEX_H_
