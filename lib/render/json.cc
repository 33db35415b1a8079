// Protobuf's json_util says the same in two to nine times the time: it resolves the types of each
// message anew and goes through the binary form. tests/render/forms_test.cc holds the one against
// the other.
#include "lib/render/json.h"

#include <charconv>
#include <cmath>
#include <iterator>
#include <string_view>

#include "lib/render/reflect.h"
#include "lib/text/utf8.h"

namespace oops::render {
namespace {

using ::google::protobuf::FieldDescriptor;
using ::google::protobuf::Message;

class JsonWriter {
 public:
  explicit JsonWriter(std::string& out) : out_(out) {}

  void operator()(const Message& message) {
    char gap = '{';
    for (const FieldDescriptor* field : SetFields(message)) {
      out_ += gap;
      gap = ',';
      (out_ += '"').append(field->name()) += "\":";
      if (field->is_repeated()) {
        char before = '[';
        for (int i = 0; i < CountValues(message, field); ++i) {
          out_ += before;
          before = ',';
          VisitValue(message, field, i, *this);
        }
        out_ += ']';
      } else {
        VisitValue(message, field, 0, *this);
      }
    }
    if (gap == '{') out_ += '{';
    out_ += '}';
  }

  void operator()(const std::string& text) {
    out_ += '"';
    Escaped(text::RepairUtf8(text, &repaired_));
    out_ += '"';
  }

  void operator()(EnumNumber number) {
    const auto* known = number.type->FindValueByNumber(number.value);
    if (known == nullptr) {
      Digits(number.value);
    } else {
      (out_ += '"').append(known->name()) += '"';
    }
  }

  void operator()(bool value) { out_ += value ? "true" : "false"; }
  void operator()(int32_t value) { Digits(value); }
  void operator()(uint32_t value) { Digits(value); }

  // 64 bits are more than JSON's readers keep of a number: a string, by protobuf's rule.
  void operator()(int64_t value) { QuotedDigits(value); }
  void operator()(uint64_t value) { QuotedDigits(value); }

  void operator()(double value) {
    if (std::isfinite(value)) {
      Digits(value);
    } else {
      out_ += std::isnan(value) ? "\"NaN\"" : value > 0 ? "\"Infinity\"" : "\"-Infinity\"";
    }
  }

 private:
  // Control characters stand as \u00xx: a log's escape sequences don't reach a terminal that shows
  // the JSON.
  void Escaped(std::string_view text) {
    size_t plain = 0;  // up to here it is written
    for (size_t i = 0; i < text.size(); ++i) {
      const auto byte = static_cast<unsigned char>(text[i]);
      // The C1 controls are c2 80 to c2 9f in UTF-8.
      const bool c1 = byte == 0xc2 && static_cast<unsigned char>(text[i + 1]) < 0xa0;
      if (byte >= 0x20 && byte != '"' && byte != '\\' && byte != 0x7f && !c1) continue;
      out_.append(text, plain, i - plain) += '\\';
      if (byte == '"' || byte == '\\') {
        out_ += text[i];
      } else if (byte == '\n') {
        out_ += 'n';
      } else if (byte == '\t') {
        out_ += 't';
      } else {
        const unsigned char code = c1 ? static_cast<unsigned char>(text[++i]) : byte;
        out_ += "u00";
        for (const int shift : {4, 0}) out_ += "0123456789abcdef"[code >> shift & 15];
      }
      plain = i + 1;
    }
    out_.append(text, plain);
  }

  template <typename Number>
  void Digits(Number value) {
    char buffer[32];
    out_.append(buffer, std::to_chars(std::begin(buffer), std::end(buffer), value).ptr);
  }

  template <typename Number>
  void QuotedDigits(Number value) {
    out_ += '"';
    Digits(value);
    out_ += '"';
  }

  std::string& out_;
  std::string repaired_;
};

}  // namespace

std::string ToJson(const CrashRecord& record) {
  std::string json;
  JsonWriter{json}(record);
  json += '\n';
  return json;
}

}  // namespace oops::render
