// What lockdep prints between its title and the trace: the locks, the chain, the scenario
// (kernel/locking/lockdep.c).
#ifndef OOPS_LIB_RECORD_LOCK_REPORT_H_
#define OOPS_LIB_RECORD_LOCK_REPORT_H_

#include <string>
#include <string_view>

#include "proto/crash_record.pb.h"

namespace oops::record {

// Remembers which list the next lock line belongs to.
class LockReport {
 public:
  // Takes a line of a lock report. `stack` is set where the line opens one: that of a lock which is
  // held, or the place that the report is about.
  bool Take(std::string_view text, CrashRecord& record, StackType& stack);

 private:
  enum class List { kNone, kAcquiring, kHolding, kOther, kHeld, kScenario };
  bool TakeLock(std::string_view text, CrashRecord& record);
  bool TakeMisuse(std::string_view text, CrashRecord& record);
  bool TakeRcuPlace(std::string_view text, CrashRecord& record);
  bool TakeChainEntry(std::string_view text, CrashRecord& record);

  List list_ = List::kNone;
  std::string holder_;
};

}  // namespace oops::record

#endif  // OOPS_LIB_RECORD_LOCK_REPORT_H_
