// What a record's text doesn't say but its values do: title, signature, diagnosis, incident.
#ifndef OOPS_LIB_ANALYSIS_ANALYZE_H_
#define OOPS_LIB_ANALYSIS_ANALYZE_H_

#include "proto/crash_record.pb.h"

namespace oops::analysis {

// Sets title, alt_titles, signature and diagnosis from the rest of the record, replacing what was
// there.
void Analyze(CrashRecord& record);

}  // namespace oops::analysis

#endif  // OOPS_LIB_ANALYSIS_ANALYZE_H_
