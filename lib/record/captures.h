// From the named groups of a grammar row to the fields of a record.
#ifndef OOPS_LIB_RECORD_CAPTURES_H_
#define OOPS_LIB_RECORD_CAPTURES_H_

#include <string>
#include <string_view>

#include "lib/grammar/headline.h"
#include "lib/grammar/symbol.h"
#include "proto/crash_record.pb.h"

namespace oops::record {

// Copies the match's captures into the fields that they stand for. Fields that are already set
// stay.
void ApplyCaptures(const grammar::HeadlineMatch& match, CrashRecord& record);

// The row's title with its captures filled in; "{f}" and "{access}" stay.
std::string FillTitle(const grammar::HeadlineMatch& match);

// Copies a place in the code. Fields that the symbol doesn't have stay.
void SetLocation(const grammar::Symbol& symbol, std::string_view address, CodeLocation& location);

// A frame of the same place.
void SetFrame(const CodeLocation& place, Frame& frame);

}  // namespace oops::record

#endif  // OOPS_LIB_RECORD_CAPTURES_H_
