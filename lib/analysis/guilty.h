// Which function a record is about.
#ifndef OOPS_LIB_ANALYSIS_GUILTY_H_
#define OOPS_LIB_ANALYSIS_GUILTY_H_

#include <string>
#include <vector>

#include "proto/crash_record.pb.h"

namespace oops::analysis {

struct Guilty {
  std::string function;  // source name of the first function that may be to blame; empty if nothing
                         // names one
  std::string module;
  std::string file;  // source file, where the trace was symbolised
  std::string
      handler;  // the operation under way, for kinds that are known by it; else as `function`
  std::vector<std::string>
      frames;  // key names of what tells this bug from others, the two above first
};

Guilty FindGuilty(const CrashRecord& record);

}  // namespace oops::analysis

#endif  // OOPS_LIB_ANALYSIS_GUILTY_H_
