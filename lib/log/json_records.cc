#include "lib/log/json_records.h"

#include <rapidjson/encodedstream.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

#include <cstdint>
#include <string>

namespace oops::log {
namespace {

// Collects the fields of one object from the parser's events. A value may be a string, a number, or
// an array: journald writes a field that isn't text as the numbers of its bytes, and a field that
// occurs twice as an array of its values. The first value counts, but an array of texts is a text
// of several lines. Some wrap the record in an object of their own: its keys are asked like the
// outer ones, which count if they come first.
class FieldCollector : public rapidjson::BaseReaderHandler<rapidjson::UTF8<>, FieldCollector> {
 public:
  explicit FieldCollector(RecordFields& fields) : fields_(fields) {}

  bool Default() { return true; }  // null, true, false

  // Whether a key was known whose value is the text, even if that is nothing.
  bool has_text() const { return texts_ > 0; }
  bool StartObject() {
    const bool text = depth_ == 1 && IsText(field_);
    if (depth_ == 1) in_wrapper_ = arrays_ == 0 && (text || field_ == Field::kWrapper);
    texts_ -= text && arrays_ == 0 ? 1 : 0;
    return ++depth_, true;
  }
  bool EndObject(rapidjson::SizeType) {
    in_wrapper_ = in_wrapper_ && depth_ != 2;
    return --depth_, true;
  }
  bool StartArray() { return ++arrays_, true; }
  bool EndArray(rapidjson::SizeType size) {
    --arrays_;
    values_ += size > 0 ? 1 : 0;
    return true;
  }
  bool Key(const char* text, rapidjson::SizeType size, bool) {
    field_ = Asked() ? FieldOf({text, size}) : Field::kNone;
    values_ = fields_.Has(field_) ? 1 : 0;
    texts_ += IsText(field_) ? 1 : 0;
    return true;
  }
  bool String(const char* text, rapidjson::SizeType size, bool) {
    if (Wanted()) {
      Append({text, size});
    } else if (Asked() && field_ == Field::kText && arrays_ == 1) {
      Append("\n");
      Append({text, size});
    }
    ++values_;
    return true;
  }
  bool RawNumber(const char* text, rapidjson::SizeType size, bool) {
    if (!Wanted()) return true;
    if (arrays_ == 0) {
      Append({text, size});
    } else {
      AppendByte({text, size});
    }
    return true;
  }

 private:
  static bool IsText(Field field) { return field == Field::kText || field == Field::kPiece; }
  bool Asked() const { return depth_ == 1 || (depth_ == 2 && in_wrapper_); }
  bool Wanted() const { return Asked() && field_ != Field::kNone && values_ == 0; }
  void Append(std::string_view piece) {
    std::string& value = fields_.Value(field_);
    value.append(piece.substr(0, kMaxRecordBytes - value.size()));
  }
  void AppendByte(std::string_view digits) {
    unsigned byte = 0;
    for (char c : digits.substr(0, 3)) byte = byte * 10 + static_cast<unsigned>(c - '0');
    const char c = static_cast<char>(byte);
    Append({&c, 1});
  }

  RecordFields& fields_;
  Field field_ = Field::kNone;
  bool in_wrapper_ = false;
  int texts_ = 0;
  int depth_ = 0;
  int arrays_ = 0;
  int values_ = 0;  // of the field, complete ones
};

// Iterative, since nesting is the input's choice; numbers are taken as they were printed.
constexpr unsigned kParseFlags = rapidjson::kParseIterativeFlag |
                                 rapidjson::kParseNumbersAsStringsFlag |
                                 rapidjson::kParseStopWhenDoneFlag;

// False for what is no JSON or has no key that is known for a text.
bool Collect(std::string_view object, RecordFields& fields) {
  rapidjson::MemoryStream stream(object.data(), object.size());
  rapidjson::EncodedInputStream<rapidjson::UTF8<>, rapidjson::MemoryStream> input(stream);
  rapidjson::Reader reader;
  FieldCollector collector(fields);
  return !reader.Parse<kParseFlags>(input, collector).IsError() && collector.has_text();
}

}  // namespace

void JsonRecordDecoder::Feed(std::string_view bytes, const RecordSink& sink) {
  objects_.Feed(bytes, [&](const JsonObject& object) { Take(object, sink); });
}

void JsonRecordDecoder::Finish(const RecordSink& sink) {
  objects_.Finish([&](const JsonObject& object) { Take(object, sink); });
  if (pieces_.empty()) return;
  LogLine line;
  line.text = pieces_;
  sink(line);
  pieces_.clear();
}

void JsonRecordDecoder::Take(const JsonObject& object, const RecordSink& sink) {
  fields_.Clear();
  LogLine line;
  if (object.is_object && Collect(object.text, fields_)) {
    fields_.Describe(line);
  } else {
    line.text = object.text;  // not a record of a log: text
  }
  line.number = object.number;
  line.last_number = object.last_number;
  line.begin = object.begin;
  line.end = object.end;
  if (line.text.empty() && fields_.Has(Field::kPiece)) {
    TakePiece(line, sink);
  } else if (!line.text.empty()) {
    sink(line);
  }
}

// Docker cuts lines at 16 KiB; the pieces but the last don't end in a line end.
void JsonRecordDecoder::TakePiece(LogLine& line, const RecordSink& sink) {
  const std::string_view piece = fields_.Get(Field::kPiece);
  const bool complete = piece.back() == '\n' || pieces_.size() + piece.size() > kMaxRecordBytes;
  if (pieces_.empty() && complete) {
    line.text = piece;
    sink(line);
    return;
  }
  pieces_.append(piece);
  if (!complete) return;
  line.text = pieces_;
  sink(line);
  pieces_.clear();
}

}  // namespace oops::log
