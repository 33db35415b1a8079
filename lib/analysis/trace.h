// The calls that led to an event, from all parts of its record, in one list.
#ifndef OOPS_LIB_ANALYSIS_TRACE_H_
#define OOPS_LIB_ANALYSIS_TRACE_H_

#include <string>
#include <string_view>
#include <vector>

#include "lib/analysis/plumbing.h"
#include "proto/crash_record.pb.h"

namespace oops::analysis {

// One call. Views and pointers are into the record.
struct Step {
  std::string function;  // source name
  std::string_view module;
  std::string_view file;
  bool reliable = true;
  bool inlined = false;
  bool failing = false;  // the failing instruction's own function
  const PlumbingGroup* plumbing = nullptr;  // what keeps it from being guilty; null if nothing does
};

using Trace = std::vector<Step>;

// The traces that may hold the guilty function, the best first. Each is innermost first; the failing instruction's
// own function comes first where the record says it.
std::vector<Trace> TracesOf(const CrashRecord& record);

}  // namespace oops::analysis

#endif  // OOPS_LIB_ANALYSIS_TRACE_H_
