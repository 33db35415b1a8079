#include "lib/render/json.h"

#include <google/protobuf/util/json_util.h>

#include "lib/render/utf8_record.h"

namespace oops::render {

std::string ToJson(const CrashRecord& record) {
  google::protobuf::util::JsonPrintOptions options;
  options.preserve_proto_field_names = true;
  CrashRecord scratch;
  std::string json;
  if (!google::protobuf::util::MessageToJsonString(WithValidText(record, scratch), &json, options)
           .ok()) {
    return {};
  }
  json += '\n';
  return json;
}

}  // namespace oops::render
