#include "lib/render/utf8_record.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <string>
#include <vector>

#include "lib/render/display.h"

namespace oops::render {
namespace {

using ::google::protobuf::FieldDescriptor;
using ::google::protobuf::Message;
using ::google::protobuf::Reflection;

// Calls visit(message, field, index) for every string in `message` until it returns false; index is
// -1 for single fields. False if it was stopped.
template <typename MessageT, typename Visit>
bool ForEachString(MessageT& message, Visit visit) {
  const Reflection* reflection = message.GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection->ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    const bool text = field->cpp_type() == FieldDescriptor::CPPTYPE_STRING;
    if (!text && field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) continue;
    const bool repeated = field->is_repeated();
    const int count = repeated ? reflection->FieldSize(message, field) : 1;
    for (int i = 0; i < count; ++i) {
      if (text) {
        if (!visit(message, field, repeated ? i : -1)) return false;
      } else if constexpr (std::is_const_v<MessageT>) {
        if (!ForEachString(repeated ? reflection->GetRepeatedMessage(message, field, i)
                                    : reflection->GetMessage(message, field),
                           visit)) {
          return false;
        }
      } else {
        ForEachString(*(repeated ? reflection->MutableRepeatedMessage(&message, field, i)
                                 : reflection->MutableMessage(&message, field)),
                      visit);
      }
    }
  }
  return true;
}

const std::string& StringAt(const Message& message, const FieldDescriptor* field, int index,
                            std::string& scratch) {
  const Reflection* reflection = message.GetReflection();
  return index < 0 ? reflection->GetStringReference(message, field, &scratch)
                   : reflection->GetRepeatedStringReference(message, field, index, &scratch);
}

bool IsValid(const Message& record) {
  std::string scratch;
  return ForEachString(record, [&](const Message& message, const FieldDescriptor* field, int i) {
    return IsValidUtf8(StringAt(message, field, i, scratch));
  });
}

void Repair(Message& record) {
  std::string scratch;
  ForEachString(record, [&](Message& message, const FieldDescriptor* field, int i) {
    std::string repaired = RepairUtf8(StringAt(message, field, i, scratch));
    const Reflection* reflection = message.GetReflection();
    if (i < 0) {
      reflection->SetString(&message, field, std::move(repaired));
    } else {
      reflection->SetRepeatedString(&message, field, i, std::move(repaired));
    }
    return true;
  });
}

}  // namespace

const CrashRecord& WithValidText(const CrashRecord& record, CrashRecord& scratch) {
  if (IsValid(record)) return record;
  scratch = record;
  Repair(scratch);
  return scratch;
}

}  // namespace oops::render
