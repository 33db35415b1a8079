// What the values of a record say about the cause.
#ifndef OOPS_LIB_ANALYSIS_DIAGNOSIS_H_
#define OOPS_LIB_ANALYSIS_DIAGNOSIS_H_

#include "proto/crash_record.pb.h"

namespace oops::analysis {

// Fills record.diagnosis, each statement with the values that it rests on. Says only what hardly
// anything else can mean; most records get none. Wants the signature to be there.
void Diagnose(CrashRecord& record);

}  // namespace oops::analysis

#endif  // OOPS_LIB_ANALYSIS_DIAGNOSIS_H_
