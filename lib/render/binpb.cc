#include "lib/render/binpb.h"

#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/util/delimited_message_util.h>

#include <algorithm>
#include <limits>

#include "lib/render/utf8_record.h"

namespace oops::render {

std::string ToBinpb(const CrashRecord& record) {
  std::string stream;
  AppendBinpb(record, stream);
  return stream;
}

void AppendBinpb(const CrashRecord& record, std::string& stream) {
  AppendValidDelimited(record, stream);
}

bool ReadBinpb(std::string_view& stream, CrashRecord& record) {
  constexpr size_t kMost = std::numeric_limits<int>::max();
  google::protobuf::io::ArrayInputStream input(stream.data(),
                                               static_cast<int>(std::min(stream.size(), kMost)));
  record.Clear();  // the parser adds to what is there
  if (!google::protobuf::util::ParseDelimitedFromZeroCopyStream(&record, &input, nullptr)) {
    return false;
  }
  stream.remove_prefix(input.ByteCount());
  return true;
}

}  // namespace oops::render
