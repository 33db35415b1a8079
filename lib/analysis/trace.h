// The calls that led to an event, from all parts of its record, in one list.
#ifndef OOPS_LIB_ANALYSIS_TRACE_H_
#define OOPS_LIB_ANALYSIS_TRACE_H_

#include <string>
#include <string_view>
#include <vector>

#include "lib/analysis/plumbing.h"
#include "proto/crash_record.pb.h"

namespace oops::analysis {

// One call. Its views are into the record. What must be looked up is looked up once, when it is
// first asked for: most traces are decided by their first few steps.
class Step {
 public:
  Step(const Frame& frame, Kind kind);
  Step(const CodeLocation& failing, Kind kind);

  // A frame that more than the trace tells of.
  static Step Trusted(const Frame& frame, Kind kind) {
    Step step(frame, kind);
    step.reliable_ = true;
    return step;
  }

  void Distrust() { reliable_ = false; }

  // Source name; good as long as the step stays where it is.
  std::string_view function() const { return Known().Name(); }
  const PlumbingGroup* plumbing() const {
    return Known().plumbing_;
  }  // what keeps it from being guilty, if anything
  std::string_view module() const { return module_; }
  std::string_view file() const { return file_; }
  bool reliable() const { return reliable_; }
  bool inlined() const { return inlined_; }
  bool failing() const { return failing_; }  // the failing instruction's own function

 private:
  const Step& Known() const {
    if (!known_) LookUp();
    return *this;
  }
  void LookUp() const;
  std::string_view Name() const { return demangled_.empty() ? name_ : demangled_; }

  std::string_view printed_, module_, file_;
  Kind kind_;
  bool reliable_ = true;
  bool inlined_ = false;
  bool failing_ = false;
  mutable bool known_ = false;
  mutable std::string_view name_;  // a part of what was printed
  mutable std::string demangled_;  // where it isn't
  mutable const PlumbingGroup* plumbing_ = nullptr;
};

using Trace = std::vector<Step>;

// The traces that may hold the guilty function, the best first. Each is innermost first; the
// failing instruction's own function comes first where the record says it.
std::vector<Trace> TracesOf(const CrashRecord& record);

}  // namespace oops::analysis

#endif  // OOPS_LIB_ANALYSIS_TRACE_H_
