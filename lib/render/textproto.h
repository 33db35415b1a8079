// A record as protobuf text, laid out for people who read it as a diff.
#ifndef OOPS_LIB_RENDER_TEXTPROTO_H_
#define OOPS_LIB_RENDER_TEXTPROTO_H_

#include <string>

#include "proto/crash_record.pb.h"

namespace oops::render {

// A frame, an instruction, a lock stand on one line each, registers three to a line as kernels
// print them, and the whole module list on one. Ends with a line feed. google::protobuf::TextFormat
// reads it back to the same record.
std::string ToTextproto(const CrashRecord& record);

}  // namespace oops::render

#endif  // OOPS_LIB_RENDER_TEXTPROTO_H_
