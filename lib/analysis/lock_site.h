// Where a lock that lockdep complains of was taken.
#ifndef OOPS_LIB_ANALYSIS_LOCK_SITE_H_
#define OOPS_LIB_ANALYSIS_LOCK_SITE_H_

#include <string>

#include "proto/crash_record.pb.h"

namespace oops::analysis {

struct LockPlace {
  std::string function;  // source name
  std::string module;
};

// The function that took, or tried to take, the lock that the report is about; empty where the kind
// of report is better known by its stack, and where the lock's line names nobody who may be to
// blame.
LockPlace LockSite(const CrashRecord& record);

// The same for any kind of report: for one whose stack is missing.
LockPlace AnyLockSite(const CrashRecord& record);

}  // namespace oops::analysis

#endif  // OOPS_LIB_ANALYSIS_LOCK_SITE_H_
