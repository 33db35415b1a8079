// What the author of a text left out of a report, and what he wrote between its lines.
#ifndef OOPS_LIB_RECORD_AUTHORS_CUT_H_
#define OOPS_LIB_RECORD_AUTHORS_CUT_H_

#include <cstdint>
#include <string_view>

#include "proto/crash_record.pb.h"

namespace oops::record {

// "...", "[...]", "<snip>": a line that stands for others.
bool IsEllipsis(std::string_view text);

// "// same as above", as authors write between a kernel's lines.
bool IsRemark(std::string_view text);

// The line at which the last trace of the event's own task stops although an earlier one of the
// same calls goes on; 0 where there is none.
uint64_t LineOfShortenedTrace(const CrashRecord& record);

}  // namespace oops::record

#endif  // OOPS_LIB_RECORD_AUTHORS_CUT_H_
