// Does the kernel that printed the log have the bug?
//
// What is certain decides, in this order: a bug in the reporter's own code is nobody's release's; a
// release that the bug was seen on has it; a package of a distribution that the bug's file knows is
// judged by that distribution's order; a kernel made from a kernel.org version that has the fix has
// it too, whoever built it; an unchanged kernel.org version without the fix has the bug. All
// others, first of all own builds and foreign packages of an old base, are UNKNOWN: they may or may
// not carry the fix as a patch. The reason says so in words.
#ifndef OOPS_LIB_KNOWNBUGS_STATUS_H_
#define OOPS_LIB_KNOWNBUGS_STATUS_H_

#include <span>
#include <string>

#include "lib/knownbugs/kernel_version.h"
#include "proto/crash_record.pb.h"
#include "proto/known_bug.pb.h"

namespace oops::knownbugs {

struct Verdict {
  Status status = STATUS_UNKNOWN;
  std::string reason;  // in words
};

Verdict JudgeStatus(const KnownBug& bug, const KernelVersion& kernel);

// The kernel of a record, and where its release was found.
struct RecordKernel {
  enum class Source { kNone, kRecord, kCompanion, kHint };
  KernelVersion version;
  Source source = Source::kNone;
};

// The release that the record prints; else one that another record of the same stream prints; else
// one that stands only in the text around the log.
RecordKernel KernelOf(const CrashRecord& record, std::span<const CrashRecord* const> companions);

}  // namespace oops::knownbugs

#endif  // OOPS_LIB_KNOWNBUGS_STATUS_H_
