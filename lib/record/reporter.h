// What a report without its headline is about, from the function that printed its trace.
#ifndef OOPS_LIB_RECORD_REPORTER_H_
#define OOPS_LIB_RECORD_REPORTER_H_

#include <optional>

#include "proto/crash_record.pb.h"

namespace oops::record {

struct Reporter {
  Kind kind;
  Severity severity;
};

// Looks at the first function of the first trace that is no helper of printing. Nothing where it
// reports nothing.
std::optional<Reporter> FindReporter(const CrashRecord& record);

}  // namespace oops::record

#endif  // OOPS_LIB_RECORD_REPORTER_H_
