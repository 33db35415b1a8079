// Records as a binary stream, for programs that read many.
//
// The stream is a sequence of: the length of the message in bytes as a varint (7 bits a byte,
// lowest first, the top bit says that another byte follows), then the message, an oops.CrashRecord.
// It is what protobuf calls a delimited stream (parseDelimitedFrom in Java,
// ParseDelimitedFromZeroCopyStream in C++); streams may be concatenated.
#ifndef OOPS_LIB_RENDER_BINPB_H_
#define OOPS_LIB_RENDER_BINPB_H_

#include <string>
#include <string_view>

#include "proto/crash_record.pb.h"

namespace oops::render {

// One element of the stream.
std::string ToBinpb(const CrashRecord& record);
// The same behind what is in `stream`.
void AppendBinpb(const CrashRecord& record, std::string& stream);

// Takes the first element off `stream` into `record`. False, and `stream` unchanged, if it is
// empty, cut short or no such stream.
bool ReadBinpb(std::string_view& stream, CrashRecord& record);

}  // namespace oops::render

#endif  // OOPS_LIB_RENDER_BINPB_H_
