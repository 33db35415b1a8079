#include "lib/render/binpb.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/util/delimited_message_util.h>

#include <algorithm>
#include <limits>

#include "lib/render/utf8_record.h"

namespace oops::render {

std::string ToBinpb(const CrashRecord& record) {
  const std::string wire = ValidWire(record);
  constexpr size_t kMostPrefix = 5;  // bytes of a 32-bit varint
  std::string out(kMostPrefix, '\0');
  auto* start = reinterpret_cast<uint8_t*>(out.data());
  const uint8_t* end = google::protobuf::io::CodedOutputStream::WriteVarint32ToArray(
      static_cast<uint32_t>(wire.size()), start);
  out.resize(end - start);
  return out.append(wire);
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
