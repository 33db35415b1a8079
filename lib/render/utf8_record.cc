#include "lib/render/utf8_record.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/message.h>
#include <google/protobuf/stubs/logging.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "lib/text/utf8.h"

namespace oops::render {
namespace {

using ::google::protobuf::Descriptor;
using ::google::protobuf::FieldDescriptor;
using ::google::protobuf::Message;
using ::google::protobuf::Reflection;

// The strings and messages of every message type, by field number. Walking the serialized form with
// it takes a tenth of the time that walking a record by reflection takes.
class WireTypes {
 public:
  WireTypes() { TypeOf(CrashRecord::descriptor()); }

  bool IsValid(std::string_view wire, int type = 0) const {
    const auto* at = reinterpret_cast<const uint8_t*>(wire.data());
    const uint8_t* const end = at + wire.size();
    const std::vector<int>& fields = types_[type];
    while (at < end) {
      const uint64_t tag = ReadVarint(at, end);
      switch (tag & 7) {
        case kVarint:
          while (at < end && *at++ >= 0x80) {
          }
          break;
        case kFixed64:
          at += 8;
          break;
        case kFixed32:
          at += 4;
          break;
        case kDelimited: {
          const size_t size = std::min<size_t>(ReadVarint(at, end), end - at);
          const std::string_view value(reinterpret_cast<const char*>(at), size);
          const uint64_t number = tag >> 3;
          const int what = number < fields.size() ? fields[number] : kOther;
          if (what == kText ? !text::IsValidUtf8(value) : what >= 0 && !IsValid(value, what))
            return false;
          at += size;
        } break;
        default:
          return false;
      }
    }
    return true;
  }

 private:
  enum WireType { kVarint = 0, kFixed64 = 1, kDelimited = 2, kFixed32 = 5 };
  // Instead of a message type's index.
  enum { kText = -1, kOther = -2 };

  static uint64_t ReadVarint(const uint8_t*& at, const uint8_t* end) {
    if (at < end && *at < 0x80) return *at++;  // as nearly all are
    uint64_t value = 0;
    for (int shift = 0; at < end && shift < 64; shift += 7) {
      const uint8_t byte = *at++;
      value |= uint64_t{byte & 0x7fu} << shift;
      if (byte < 0x80) break;
    }
    return value;
  }

  int TypeOf(const Descriptor* descriptor) {
    const auto [known, added] = index_.emplace(descriptor, static_cast<int>(types_.size()));
    const int type = known->second;
    if (!added) return type;
    types_.emplace_back();
    std::vector<int> fields;
    for (int i = 0; i < descriptor->field_count(); ++i) {
      const FieldDescriptor* field = descriptor->field(i);
      int what = kOther;
      if (field->cpp_type() == FieldDescriptor::CPPTYPE_STRING) what = kText;
      if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE)
        what = TypeOf(field->message_type());
      const size_t number = field->number();
      if (fields.size() <= number) fields.resize(number + 1, kOther);
      fields[number] = what;
    }
    types_[type] = std::move(fields);
    return type;
  }

  std::vector<std::vector<int>> types_;
  std::unordered_map<const Descriptor*, int> index_;
};

std::string Repaired(const std::string& text) {
  std::string repaired;
  return std::string(text::RepairUtf8(text, &repaired));
}

void Repair(Message& message) {
  const Reflection* reflection = message.GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection->ListFields(message, &fields);
  std::string scratch;
  for (const FieldDescriptor* field : fields) {
    const bool text = field->cpp_type() == FieldDescriptor::CPPTYPE_STRING;
    if (!text && field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) continue;
    if (!field->is_repeated()) {
      if (text) {
        reflection->SetString(&message, field,
                              Repaired(reflection->GetStringReference(message, field, &scratch)));
      } else {
        Repair(*reflection->MutableMessage(&message, field));
      }
      continue;
    }
    for (int i = 0; i < reflection->FieldSize(message, field); ++i) {
      if (text) {
        reflection->SetRepeatedString(
            &message, field, i,
            Repaired(reflection->GetRepeatedStringReference(message, field, i, &scratch)));
      } else {
        Repair(*reflection->MutableRepeatedMessage(&message, field, i));
      }
    }
  }
}

// Whether its text is valid or not. Gives what stands behind the length.
std::string_view AppendDelimited(const CrashRecord& record, std::string& out) {
  const google::protobuf::LogSilencer quiet;  // it would say on stderr what it finds
  constexpr size_t kMostPrefix = 5;           // bytes of a 32-bit varint
  const size_t size = record.ByteSizeLong();
  uint8_t prefix[kMostPrefix];
  const uint8_t* end = google::protobuf::io::CodedOutputStream::WriteVarint32ToArray(
      static_cast<uint32_t>(size), prefix);
  out.append(reinterpret_cast<const char*>(prefix), end - prefix);
  const size_t begin = out.size();
  out.resize(begin + size);
  record.SerializeWithCachedSizesToArray(reinterpret_cast<uint8_t*>(out.data() + begin));
  return std::string_view(out).substr(begin);
}

bool IsValid(std::string_view wire) {
  static const WireTypes* const types = new WireTypes;
  return types->IsValid(wire);
}

}  // namespace

const CrashRecord& WithValidText(const CrashRecord& record, CrashRecord& scratch) {
  std::string wire;
  if (IsValid(AppendDelimited(record, wire))) return record;
  scratch = record;
  Repair(scratch);
  return scratch;
}

void AppendValidDelimited(const CrashRecord& record, std::string& out) {
  const size_t begin = out.size();
  if (IsValid(AppendDelimited(record, out))) return;
  out.resize(begin);
  CrashRecord repaired = record;
  Repair(repaired);
  AppendDelimited(repaired, out);
}

}  // namespace oops::render
