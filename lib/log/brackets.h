// Brackets that a change of character sets took away.
//
// Terminals of s390 disagree on where EBCDIC has '[' and ']', and mail programs lose what they
// can't spell, so that "[16109.346170] " arrives as "Ý16109.346170¨ " or worse. What stands for a
// bracket shows by a stamp at a line's beginning; from there on the same marks become brackets
// everywhere in the stream.
#ifndef OOPS_LIB_LOG_BRACKETS_H_
#define OOPS_LIB_LOG_BRACKETS_H_

#include <string>
#include <string_view>

#include "lib/log/peel.h"

namespace oops::log {

// Learns from a line, and writes it with its brackets restored; false if there is nothing to
// restore. Only lines with a '?' or a byte above ASCII need be asked about.
bool RestoreBrackets(std::string_view line, StreamLook& look, std::string& out);

}  // namespace oops::log

#endif  // OOPS_LIB_LOG_BRACKETS_H_
