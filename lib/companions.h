// What is remembered of a record for the known bugs' matcher, which looks at the records around
// another.
#ifndef OOPS_LIB_COMPANIONS_H_
#define OOPS_LIB_COMPANIONS_H_

#include "proto/crash_record.pb.h"

namespace oops {

// Makes `digest` a record with those fields alone that the matcher reads of companions, bounded in
// size: what it finds with digests for companions is what it finds with the records themselves.
void DigestForCompanion(const CrashRecord& record, CrashRecord& digest);

}  // namespace oops

#endif  // OOPS_LIB_COMPANIONS_H_
