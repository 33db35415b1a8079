// What an exception's code tells in bits.
#ifndef OOPS_LIB_RECORD_FAULT_ACCESS_H_
#define OOPS_LIB_RECORD_FAULT_ACCESS_H_

#include "proto/crash_record.pb.h"

namespace oops::record {

// Fills in the syndrome that stands among the registers and the access of a page fault, where the
// kernel doesn't say them in words. The architecture must be known.
void FillInAccess(CrashRecord& record);

}  // namespace oops::record

#endif  // OOPS_LIB_RECORD_FAULT_ACCESS_H_
