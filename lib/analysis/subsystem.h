// Which part of the kernel a record is about, named as directories of the source tree are.
#ifndef OOPS_LIB_ANALYSIS_SUBSYSTEM_H_
#define OOPS_LIB_ANALYSIS_SUBSYSTEM_H_

#include <string>

#include "lib/analysis/guilty.h"
#include "proto/crash_record.pb.h"

namespace oops::analysis {

// "fs/ext4", "net/ipv4", "mm": from the guilty function's source file, else from its name, else
// from its module; empty if none of them tells.
std::string SubsystemOf(const CrashRecord& record, const Guilty& guilty);

}  // namespace oops::analysis

#endif  // OOPS_LIB_ANALYSIS_SUBSYSTEM_H_
