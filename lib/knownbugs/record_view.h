// A record as the patterns of known bugs look at it: traces of bare function names, machine code as
// text, values as "name=value" facts.
#ifndef OOPS_LIB_KNOWNBUGS_RECORD_VIEW_H_
#define OOPS_LIB_KNOWNBUGS_RECORD_VIEW_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "proto/crash_record.pb.h"

namespace oops::knownbugs {

// Which part of a trace a frame stands in. kPlace is the instruction pointer and
// the link register: on top of a trace, in no part of it.
enum class Part { kPlace, kNmi, kIrq, kTask };

struct FrameView {
  std::string_view function;  // without the compiler's suffixes
  Part part = Part::kTask;
  bool reliable = true;
};

// One CPU's or task's way down, innermost frame first.
struct Trace {
  bool own = true;  // of the event's own CPU and task
  std::string who;  // "CPU 1, fio [2857]"; empty for the event's own
  std::vector<FrameView> frames;
};

// Views into a record, which must outlive it.
class RecordView {
 public:
  explicit RecordView(const CrashRecord& record);

  const CrashRecord& record;
  std::vector<Trace> traces;
  // The code around the trapping instruction: "f3 90 49 ", lower case, a space behind each byte.
  // Empty if none was printed, or not which instruction trapped.
  std::string code;
  size_t trap = 0;  // where in `code` the trapping instruction begins

  // "RAX=006016c60138402c", "workqueue=events netstamp_clear". Made at the first call: few patterns
  // ask.
  const std::vector<std::string>& facts() const;

 private:
  mutable std::optional<std::vector<std::string>> facts_;
};

// "bfq_remove_request.cold.58" is bfq_remove_request, and ppc64's ".put_page" is put_page.
std::string_view BareFunctionName(std::string_view function);

}  // namespace oops::knownbugs

#endif  // OOPS_LIB_KNOWNBUGS_RECORD_VIEW_H_
