// Stacks as lists of lines to show, and the search for the one to blame.
#ifndef OOPS_LIB_RENDER_FRAMES_H_
#define OOPS_LIB_RENDER_FRAMES_H_

#include <string>
#include <string_view>
#include <vector>

#include "proto/crash_record.pb.h"

namespace oops::render {

// One line of a stack: a frame, or the place where the stack's registers were taken.
struct Entry {
  std::string text;           // "foo+0x1c [mod] fs/foo.c:12 ?"
  std::string brief;          // "foo+0x1c [mod]"
  std::string_view function;  // a view into the record
  bool reliable = true;
};

// The lines of `stack`, outermost last; its own instruction pointer first, unless that is the
// record's and so stands elsewhere. `sizes` adds the functions' sizes. The record must outlive the
// result.
std::vector<Entry> EntriesOf(const Stack& stack, const CrashRecord& record, bool sizes);

// True for the parts of the trace of the event's own CPU and task.
bool IsOwnStack(const Stack& stack);

// The entry in which `function` stands, a reliable one if there is any; -1 if there is none.
int FindFunction(const std::vector<Entry>& entries, std::string_view function);

// How many entries at the start only say that memory was allocated or freed.
int AllocatorPrefix(const std::vector<Entry>& entries);

// True if one of the entries is the work of reporting itself: a watchdog's timer, panic(), kexec.
bool IsReporting(const std::vector<Entry>& entries);

// Where the calls came from, in one line of at most `columns`: the first of `entries`, the last and
// what lies evenly between, and their number.
std::string WayInOneLine(const std::vector<Entry>& entries, int columns);

// What the code is doing, in one line of at most `columns`: the innermost of `entries`, but for
// those that everybody sleeps or waits in, and their number.
std::string DoingInOneLine(const std::vector<Entry>& entries, int columns);

}  // namespace oops::render

#endif  // OOPS_LIB_RENDER_FRAMES_H_
