// No-break spaces that a web page turned into '?'.
//
// Pages keep runs of blanks by no-break spaces, and some lose those to a narrower character set: "[
// 760.247152]" arrives as "[? 760.247152]". A '?' is the kernel's own word, too (an unreliable
// frame). Which it is shows by its left neighbour: a '?' behind a blank is real, since the kernel
// always prints a blank before it; a '?' behind anything else, behind such a lost blank, or at the
// text's start is a lost blank.
#ifndef OOPS_LIB_LOG_NBSP_H_
#define OOPS_LIB_LOG_NBSP_H_

#include <string>
#include <string_view>

#include "lib/log/peel.h"

namespace oops::log {

// Whether the stream's '?' are to be read so. Switched on by a line that can't be explained
// otherwise (a stamp, a frame or a register row with '?' where only blanks can stand), and off by a
// stamp that is padded with real blanks.
bool NoBreakSpacesAreQuestions(std::string_view line, StreamLook& look);

// Writes the line with its lost blanks restored.
void RestoreNoBreakSpaces(std::string_view line, std::string& out);

}  // namespace oops::log

#endif  // OOPS_LIB_LOG_NBSP_H_
