// The Code: line of all architectures.
#ifndef OOPS_LIB_GRAMMAR_CODE_BYTES_H_
#define OOPS_LIB_GRAMMAR_CODE_BYTES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace oops::grammar {

struct CodeBytes {
  std::string hex;                     // all units, without marks and blanks
  std::optional<uint32_t> trap_index;  // in bytes
  bool readable = false;               // false: "XXXXXXXX" or "????????" and nothing else
};

// Units of two, four or eight hex digits at the start of `text`, the trapping one in <> or ();
// removes them. Stops at the first thing that is no unit of the same width. Nothing where fewer
// than `min_units` units stand there.
std::optional<CodeBytes> TakeCodeBytes(std::string_view& text, size_t min_units);

}  // namespace oops::grammar

#endif  // OOPS_LIB_GRAMMAR_CODE_BYTES_H_
