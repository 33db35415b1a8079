// What an exception's code and the registers beside it tell of a fault.
#ifndef OOPS_LIB_RECORD_FAULT_ACCESS_H_
#define OOPS_LIB_RECORD_FAULT_ACCESS_H_

#include "proto/crash_record.pb.h"

namespace oops::record {

// Fills in the syndrome and the address that stand among the registers and the kind of access,
// where the kernel doesn't say them in words, and whether the page fault was one of the first page.
// The architecture must be known. `headless`: what die() said is all that is left of the headlines.
void FillInFault(CrashRecord& record, bool headless);

// do_DataAbort() of arm has the same words for a process's fault, of which it shows no registers.
// `evidence`: body lines that only a report has.
void TellProcessFault(CrashRecord& record, int evidence);

}  // namespace oops::record

#endif  // OOPS_LIB_RECORD_FAULT_ACCESS_H_
