// A record as JSON, for programs and for jq.
#ifndef OOPS_LIB_RENDER_JSON_H_
#define OOPS_LIB_RENDER_JSON_H_

#include <string>

#include "proto/crash_record.pb.h"

namespace oops::render {

// One JSON object on one line, with the line feed. Protobuf's JSON mapping with the field names of
// the .proto: fields that are not set are left out, enums are their names, 64-bit integers are
// strings. Always valid UTF-8, and any protobuf reads it back to the same record.
std::string ToJson(const CrashRecord& record);

}  // namespace oops::render

#endif  // OOPS_LIB_RENDER_JSON_H_
