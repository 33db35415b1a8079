// Text without what differs from one report of the same bug to the next.
#ifndef OOPS_LIB_ANALYSIS_NUMBERLESS_H_
#define OOPS_LIB_ANALYSIS_NUMBERLESS_H_

#include <string>
#include <string_view>

namespace oops::analysis {

// `text` with ADDR for each hexadecimal number of eight digits or more or with 0x, NUM for each
// decimal number that is no part of a word, blanks at the end gone; at most 200 bytes.
std::string Numberless(std::string_view text);

}  // namespace oops::analysis

#endif  // OOPS_LIB_ANALYSIS_NUMBERLESS_H_
