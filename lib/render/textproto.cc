#include "lib/render/textproto.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <algorithm>
#include <charconv>
#include <iterator>
#include <limits>
#include <string_view>
#include <vector>

#include "lib/render/display.h"
#include "lib/render/utf8_record.h"

namespace oops::render {
namespace {

using ::google::protobuf::Descriptor;
using ::google::protobuf::FieldDescriptor;
using ::google::protobuf::Message;
using ::google::protobuf::Reflection;

// How messages of a type are laid out. A type that has no row is a block: one field a line.
struct Layout {
  const Descriptor* type;
  int per_line;  // how many elements of a repeated field share a line
};

constexpr int kAll = std::numeric_limits<int>::max();

const Layout* FindLayout(const Descriptor* type) {
  static const Layout kLayouts[] = {
      {Register::descriptor(), 3},     {Module::descriptor(), kAll},
      {Taint::descriptor(), kAll},     {Lines::descriptor(), kAll},
      {Frame::descriptor(), 1},        {CodeLocation::descriptor(), 1},
      {Instruction::descriptor(), 1},  {Lock::descriptor(), 1},
      {Task::descriptor(), 1},         {LockChainEntry::descriptor(), 1},
      {Blocker::descriptor(), 1},      {Damage::descriptor(), 1},
      {MachineCheck::descriptor(), 1}, {Incident::descriptor(), 1},
  };
  const Layout* end = std::end(kLayouts);
  const Layout* found =
      std::find_if(std::begin(kLayouts), end, [&](const Layout& l) { return l.type == type; });
  return found == end ? nullptr : found;
}

// A string literal. Everything that is no plain character is octal, whose length is fixed: unlike
// \x it can't run into what follows.
std::string Quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else if (byte < 0x20 || byte == 0x7f) {
      out += '\\';
      for (const int shift : {6, 3, 0}) out += static_cast<char>('0' + (byte >> shift & 7));
    } else {
      out += c;
    }
  }
  return out + '"';
}

template <typename Number>
std::string Digits(Number value) {
  char buffer[32];
  const auto end = std::to_chars(std::begin(buffer), std::end(buffer), value).ptr;
  return std::string(buffer, end);
}

// The number of a value that only a later version of the .proto knows.
std::string EnumName(const google::protobuf::EnumDescriptor* type, int value) {
  const auto* known = type->FindValueByNumber(value);
  return known != nullptr ? known->name() : Digits(value);
}

class Printer {
 public:
  explicit Printer(std::string& out) : out_(out) {}

  // The fields of `message`, one a line.
  void Block(const Message& message, int depth) {
    for (const FieldDescriptor* field : Fields(message)) {
      const bool nested = field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
      const Layout* layout = nested ? FindLayout(field->message_type()) : nullptr;
      if (field->is_repeated() && layout != nullptr && layout->per_line > 1) {
        Lists(message, field, layout->per_line, depth);
        continue;
      }
      for (int i = 0; i < Count(message, field); ++i) {
        Begin(depth, field);
        if (!nested) {
          Value(message, field, i);
        } else if (layout != nullptr) {
          Inline(Nested(message, field, i));
        } else {
          out_ += "{\n";
          Block(Nested(message, field, i), depth + 1);
          out_.append(2 * depth, ' ') += '}';
        }
        out_ += '\n';
      }
    }
  }

 private:
  static std::vector<const FieldDescriptor*> Fields(const Message& message) {
    std::vector<const FieldDescriptor*> fields;
    message.GetReflection()->ListFields(message, &fields);
    return fields;
  }

  static int Count(const Message& message, const FieldDescriptor* field) {
    return field->is_repeated() ? message.GetReflection()->FieldSize(message, field) : 1;
  }

  static const Message& Nested(const Message& message, const FieldDescriptor* field, int i) {
    const Reflection* reflection = message.GetReflection();
    return field->is_repeated() ? reflection->GetRepeatedMessage(message, field, i)
                                : reflection->GetMessage(message, field);
  }

  void Begin(int depth, const FieldDescriptor* field) {
    out_.append(2 * depth, ' ') += field->name();
    out_ += field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE ? " " : ": ";
  }

  // name: [ {..}, {..} ], a new list after every `per_line` elements.
  void Lists(const Message& message, const FieldDescriptor* field, int per_line, int depth) {
    const int count = Count(message, field);
    for (int i = 0; i < count; ++i) {
      const bool first = i % per_line == 0;
      if (first) out_.append(2 * depth, ' ') += field->name();
      out_ += first ? ": [ " : ", ";
      Inline(Nested(message, field, i));
      if (i + 1 == count || (i + 1) % per_line == 0) out_ += " ]\n";
    }
  }

  void Inline(const Message& message) {
    out_ += '{';
    const char* gap = "";
    for (const FieldDescriptor* field : Fields(message)) {
      for (int i = 0; i < Count(message, field); ++i) {
        out_ += gap;
        gap = " ";
        Begin(0, field);
        if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
          Inline(Nested(message, field, i));
        } else {
          Value(message, field, i);
        }
      }
    }
    out_ += '}';
  }

  // A value that is no message.
  void Value(const Message& message, const FieldDescriptor* field, int i) {
    const Reflection* r = message.GetReflection();
    const bool many = field->is_repeated();
    std::string scratch;
    switch (field->cpp_type()) {
      case FieldDescriptor::CPPTYPE_STRING:
        out_ += Quoted(many ? r->GetRepeatedStringReference(message, field, i, &scratch)
                            : r->GetStringReference(message, field, &scratch));
        return;
      case FieldDescriptor::CPPTYPE_ENUM:
        out_ += EnumName(field->enum_type(), many ? r->GetRepeatedEnumValue(message, field, i)
                                                  : r->GetEnumValue(message, field));
        return;
      case FieldDescriptor::CPPTYPE_BOOL:
        out_ += (many ? r->GetRepeatedBool(message, field, i) : r->GetBool(message, field))
                    ? "true"
                    : "false";
        return;
      case FieldDescriptor::CPPTYPE_INT32:
        out_ += Digits(many ? r->GetRepeatedInt32(message, field, i) : r->GetInt32(message, field));
        return;
      case FieldDescriptor::CPPTYPE_INT64:
        out_ += Digits(many ? r->GetRepeatedInt64(message, field, i) : r->GetInt64(message, field));
        return;
      case FieldDescriptor::CPPTYPE_UINT32:
        out_ +=
            Digits(many ? r->GetRepeatedUInt32(message, field, i) : r->GetUInt32(message, field));
        return;
      case FieldDescriptor::CPPTYPE_UINT64:
        out_ +=
            Digits(many ? r->GetRepeatedUInt64(message, field, i) : r->GetUInt64(message, field));
        return;
      case FieldDescriptor::CPPTYPE_FLOAT:
        out_ += Digits(many ? r->GetRepeatedFloat(message, field, i) : r->GetFloat(message, field));
        return;
      case FieldDescriptor::CPPTYPE_DOUBLE:
        out_ +=
            Digits(many ? r->GetRepeatedDouble(message, field, i) : r->GetDouble(message, field));
        return;
      case FieldDescriptor::CPPTYPE_MESSAGE:
        return;  // never asked for
    }
  }

  std::string& out_;
};

}  // namespace

std::string ToTextproto(const CrashRecord& record) {
  CrashRecord scratch;
  std::string out;
  Printer(out).Block(WithValidText(record, scratch), 0);
  return out;
}

}  // namespace oops::render
