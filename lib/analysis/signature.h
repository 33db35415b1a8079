// The key under which reports of one bug are folded together.
#ifndef OOPS_LIB_ANALYSIS_SIGNATURE_H_
#define OOPS_LIB_ANALYSIS_SIGNATURE_H_

#include <string_view>

#include "lib/analysis/guilty.h"
#include "proto/crash_record.pb.h"

namespace oops::analysis {

// The bucket is "1-" and the hash of the kind's family, the guilty function (or the handler, for
// kinds that are known by it) and up to two of its callers that aren't plumbing. Addresses,
// offsets, compiler suffixes, line numbers, CPUs, tasks and kernel versions are no part of it. A
// record that names no function is known by its title. The same record gets the same bucket from
// every build of version 1 of this scheme; a better scheme will be version 2.
Signature MakeSignature(const CrashRecord& record, const Guilty& guilty, std::string_view title);

}  // namespace oops::analysis

#endif  // OOPS_LIB_ANALYSIS_SIGNATURE_H_
