// Which headline belongs to which event: the rules by which reports of several messages become one
// record.
#ifndef OOPS_LIB_RECORD_BELONGING_H_
#define OOPS_LIB_RECORD_BELONGING_H_

#include <cstdint>
#include <string_view>

#include "lib/grammar/headline.h"
#include "lib/record/event.h"

namespace oops::record {

// "printk: 12 messages dropped", "foo: 7 callbacks suppressed": console_unlock(), ___ratelimit().
bool CountsLostMessages(std::string_view text);

// May lines that no row knows be the words of the event's WARN()?
bool MayBeWarnText(const Event& event);

// May `row` say more of the event, whose headlines alone were read?
bool Joins(const grammar::HeadlineMatch& match, std::string_view text, const Event& event);

// Does the report still lack its trace, which a WARN_ON() prints?
bool AwaitsWarning(const Event& event);

// Does a panic with this message come from the event? While the event's lines still come, any panic
// does.
bool Explains(const Event& event, const grammar::Headline& row, std::string_view message);

// The kernel says whom it kills when all tables are printed, until 5.2 in two lines.
bool AwaitsVictim(const Event& event);

// Was the line printed more than so many microseconds behind the event's last one?
bool IsLaterBy(int64_t micros, const Event& event, const log::LogLine& line);

// The clock went back: the machine was booted anew, even if the log hasn't the boot's first lines.
bool IsOfLaterBoot(const Event& event, const log::LogLine& line);

// Has more log time gone by than there is inside a report?
bool Paused(const Event& event, const log::LogLine& line);

// The same for errors that a disk or a memory reports again and again, by the time of day where the
// kernel's own time wasn't printed. It doesn't part the lines of an oops: a daemon may be late.
bool IsAnotherTime(const Event& event, const log::LogLine& line);

bool IsSession(const Event& event);
bool CanPanic(const Event& event);
bool CanHaveBacktraces(const Event& event);

}  // namespace oops::record

#endif  // OOPS_LIB_RECORD_BELONGING_H_
