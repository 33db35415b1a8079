// Values of any message, by protobuf's reflection.
#ifndef OOPS_LIB_RENDER_REFLECT_H_
#define OOPS_LIB_RENDER_REFLECT_H_

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <cstdint>
#include <string>
#include <vector>

namespace oops::render {

struct EnumNumber {
  const google::protobuf::EnumDescriptor* type;
  int value;
};

// How many values `field` has in `message`, in which it is set.
inline int CountValues(const google::protobuf::Message& message,
                       const google::protobuf::FieldDescriptor* field) {
  return field->is_repeated() ? message.GetReflection()->FieldSize(message, field) : 1;
}

// Calls `visit` with value number `i` of `field` (0 for a single one): a const Message&, const
// std::string&, EnumNumber, bool, int32_t, int64_t, uint32_t, uint64_t, float or double.
template <typename Visit>
void VisitValue(const google::protobuf::Message& message,
                const google::protobuf::FieldDescriptor* field, int i, Visit&& visit) {
  using Field = google::protobuf::FieldDescriptor;
  const google::protobuf::Reflection* r = message.GetReflection();
  const bool many = field->is_repeated();
  std::string scratch;
  switch (field->cpp_type()) {
    case Field::CPPTYPE_MESSAGE:
      visit(many ? r->GetRepeatedMessage(message, field, i) : r->GetMessage(message, field));
      return;
    case Field::CPPTYPE_STRING:
      visit(many ? r->GetRepeatedStringReference(message, field, i, &scratch)
                 : r->GetStringReference(message, field, &scratch));
      return;
    case Field::CPPTYPE_ENUM:
      visit(EnumNumber{field->enum_type(), many ? r->GetRepeatedEnumValue(message, field, i)
                                                : r->GetEnumValue(message, field)});
      return;
    case Field::CPPTYPE_BOOL:
      visit(many ? r->GetRepeatedBool(message, field, i) : r->GetBool(message, field));
      return;
    case Field::CPPTYPE_INT32:
      visit(many ? r->GetRepeatedInt32(message, field, i) : r->GetInt32(message, field));
      return;
    case Field::CPPTYPE_INT64:
      visit(many ? r->GetRepeatedInt64(message, field, i) : r->GetInt64(message, field));
      return;
    case Field::CPPTYPE_UINT32:
      visit(many ? r->GetRepeatedUInt32(message, field, i) : r->GetUInt32(message, field));
      return;
    case Field::CPPTYPE_UINT64:
      visit(many ? r->GetRepeatedUInt64(message, field, i) : r->GetUInt64(message, field));
      return;
    case Field::CPPTYPE_FLOAT:
      visit(many ? r->GetRepeatedFloat(message, field, i) : r->GetFloat(message, field));
      return;
    case Field::CPPTYPE_DOUBLE:
      visit(many ? r->GetRepeatedDouble(message, field, i) : r->GetDouble(message, field));
      return;
  }
}

// The fields that are set in `message`, in the order of their numbers.
inline std::vector<const google::protobuf::FieldDescriptor*> SetFields(
    const google::protobuf::Message& message) {
  std::vector<const google::protobuf::FieldDescriptor*> fields;
  message.GetReflection()->ListFields(message, &fields);
  return fields;
}

}  // namespace oops::render

#endif  // OOPS_LIB_RENDER_REFLECT_H_
