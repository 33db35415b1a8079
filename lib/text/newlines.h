// Line ends in raw bytes. A line ends with '\n' or with the text; a '\r' before it is the caller's
// affair.
#ifndef OOPS_LIB_TEXT_NEWLINES_H_
#define OOPS_LIB_TEXT_NEWLINES_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace oops::text {

uint64_t CountNewlines(std::string_view bytes);

// The start of the line that has `position`, which may be at most bytes.size(). A line end belongs
// to the line that it ends. Looks back at most `reach` bytes and then calls that the start.
size_t LineStart(std::string_view bytes, size_t position, size_t reach = std::string_view::npos);

// Where the line that has `position` ends: at its '\n', or at bytes.size().
size_t LineEnd(std::string_view bytes, size_t position);

// The bytes up to and with the last newline: the whole lines; the rest waits for more.
size_t WholeLines(std::string_view bytes);

}  // namespace oops::text

#endif  // OOPS_LIB_TEXT_NEWLINES_H_
