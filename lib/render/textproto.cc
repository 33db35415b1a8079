#include "lib/render/textproto.h"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <limits>
#include <string_view>
#include <type_traits>
#include <utility>

#include "lib/render/reflect.h"
#include "lib/render/utf8_record.h"

namespace oops::render {
namespace {

using ::google::protobuf::Descriptor;
using ::google::protobuf::FieldDescriptor;
using ::google::protobuf::Message;

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

// Where a value of a single line is written.
class Inline {
 public:
  explicit Inline(std::string& out) : out_(out) {}

  void operator()(const Message& message) {
    out_ += '{';
    const char* gap = "";
    for (const FieldDescriptor* field : SetFields(message)) {
      for (int i = 0; i < CountValues(message, field); ++i) {
        out_.append(std::exchange(gap, " ")).append(field->name());
        out_ += field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE ? " " : ": ";
        VisitValue(message, field, i, *this);
      }
    }
    out_ += '}';
  }

  void operator()(const std::string& text) { out_ += Quoted(text); }
  void operator()(bool value) { out_ += value ? "true" : "false"; }

  void operator()(EnumNumber number) {
    // The number stands for a value that only a later version of the .proto knows.
    const auto* known = number.type->FindValueByNumber(number.value);
    out_ += known != nullptr ? known->name() : Digits(number.value);
  }

  template <typename Number>
  void operator()(Number value) {
    out_ += Digits(value);
  }

 private:
  std::string& out_;
};

class Printer {
 public:
  explicit Printer(std::string& out) : out_(out) {}

  // The fields of `message`, one a line.
  void Block(const Message& message, int depth) {
    for (const FieldDescriptor* field : SetFields(message)) {
      const bool nested = field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
      const Layout* layout = nested ? FindLayout(field->message_type()) : nullptr;
      if (field->is_repeated() && layout != nullptr && layout->per_line > 1) {
        Lists(message, field, layout->per_line, depth);
        continue;
      }
      const bool block = nested && layout == nullptr;
      for (int i = 0; i < CountValues(message, field); ++i) {
        Indent(depth).append(field->name()) += nested ? " " : ": ";
        VisitValue(message, field, i, [&](const auto& value) {
          if constexpr (std::is_same_v<decltype(value), const Message&>) {
            if (block) {
              out_ += "{\n";
              Block(value, depth + 1);
              Indent(depth) += '}';
              return;
            }
          }
          Inline{out_}(value);
        });
        out_ += '\n';
      }
    }
  }

 private:
  std::string& Indent(int depth) { return out_.append(2 * depth, ' '); }

  // name: [ {..}, {..} ], a new list after every `per_line` elements.
  void Lists(const Message& message, const FieldDescriptor* field, int per_line, int depth) {
    const int count = CountValues(message, field);
    for (int i = 0; i < count; ++i) {
      const bool first = i % per_line == 0;
      if (first) Indent(depth) += field->name();
      out_ += first ? ": [ " : ", ";
      VisitValue(message, field, i, Inline{out_});
      if (i + 1 == count || (i + 1) % per_line == 0) out_ += " ]\n";
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
