// Records whose text protobuf will take.
#ifndef OOPS_LIB_RENDER_UTF8_RECORD_H_
#define OOPS_LIB_RENDER_UTF8_RECORD_H_

#include <string>

#include "proto/crash_record.pb.h"

namespace oops::render {

// `record` itself if all its text is valid UTF-8 (records from the parser are); else `scratch`,
// which becomes a copy in which each bad byte is U+FFFD. Protobuf would write bad text without
// complaint and refuse to read it back, and its JSON would drop the bytes.
const CrashRecord& WithValidText(const CrashRecord& record, CrashRecord& scratch);

// Appends the serialized form of that behind its length as a varint.
void AppendValidDelimited(const CrashRecord& record, std::string& out);

}  // namespace oops::render

#endif  // OOPS_LIB_RENDER_UTF8_RECORD_H_
