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

// Which entries stand for all in one line, beside the first and the last.
enum class Sample {
  kEven,   // evenly spread: which way the calls went
  kInner,  // the innermost, without what every sleeper calls: what it is doing
};

// `entries` in one line of at most `columns`, with their number.
std::string InOneLine(const std::vector<Entry>& entries, int columns, Sample sample);

}  // namespace oops::render

#endif  // OOPS_LIB_RENDER_FRAMES_H_
