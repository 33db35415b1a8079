// What a record tells beside its stacks, as short labelled statements: shared by the text and the
// Markdown form.
#ifndef OOPS_LIB_RENDER_FACTS_H_
#define OOPS_LIB_RENDER_FACTS_H_

#include <string>
#include <string_view>
#include <vector>

#include "proto/crash_record.pb.h"

namespace oops::render {

struct Fact {
  std::string_view label;  // at most 8 characters
  std::string text;        // as in the record: not yet made fit for a terminal
};

// What the record's first line says after the kind: "CPU 23 stuck in ext4_finish_bio, interrupts
// off".
std::string OpeningText(const CrashRecord& record);

// Who ran, on which kernel and machine, when; then what the kind of report has of its own: the bad
// access, the blocker, the stall, the OOM victim, locks. Facts that the record doesn't have are
// left out.
std::vector<Fact> Circumstances(const CrashRecord& record);
std::vector<Fact> Particulars(const CrashRecord& record);

// What was concluded: damage, incident. Known bugs are apart, they take several lines.
std::vector<Fact> Remarks(const CrashRecord& record);

// One known bug: "id, 0.95: title", what speaks for it, its fixes, the state of the kernel that
// printed the log.
std::vector<std::string> KnownBugLines(const KnownBugMatch& bug);

// Where the record was read: "dmesg.txt:12-137".
std::string SourceText(const Source& source);

// The function that the record blames: the signature's, else the one at the instruction pointer,
// else "".
std::string_view GuiltyFunction(const CrashRecord& record);

}  // namespace oops::render

#endif  // OOPS_LIB_RENDER_FACTS_H_
