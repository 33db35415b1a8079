// Reports that another CPU's report interrupts, in logs that don't say who speaks.
#ifndef OOPS_LIB_RECORD_INTERRUPTION_H_
#define OOPS_LIB_RECORD_INTERRUPTION_H_

#include <string_view>

#include "lib/log/log_line.h"
#include "lib/record/event.h"

namespace oops::record {

// May the event, which was being read up to `line`, go on behind the head of the report that begins
// there?
bool MayGoOn(Event& event, const log::LogLine& line);

// What becomes of an interrupted event at a line.
enum class Claim {
  kOver,    // nothing more of it can be told apart
  kNone,    // not its line
  kItsOwn,  // its line, and nothing that a report of which only the header was read can have
};
Claim ClaimOf(Event& interrupted, Event& newer, std::string_view text, const log::LogLine& line);

}  // namespace oops::record

#endif  // OOPS_LIB_RECORD_INTERRUPTION_H_
