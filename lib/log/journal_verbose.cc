#include "lib/log/journal_verbose.h"

#include <algorithm>

#include "lib/log/scan.h"

namespace oops::log {
namespace {

constexpr std::string_view kIndentation = "    ";
constexpr std::string_view kCursor = " [s=";

}  // namespace

bool IsJournalVerboseHeader(std::string_view line) {
  if (WeekdayAt(line, 0) < 0 || At(line, 3) != ' ') return false;
  const size_t time_end = ReadIsoTime(line, 4);
  return time_end != kNoMatch && line.find(kCursor, time_end) != std::string_view::npos;
}

void JournalVerboseDecoder::Feed(std::string_view bytes, const RecordSink& sink) {
  lines_.Feed(bytes, [&](const RawLine& line) { Take(line, sink); });
}

void JournalVerboseDecoder::Finish(const RecordSink& sink) {
  lines_.Finish([&](const RawLine& line) { Take(line, sink); });
  EndEntry(sink);
}

void JournalVerboseDecoder::Take(const RawLine& line, const RecordSink& sink) {
  std::string_view text = line.text;
  if (!text.empty() && text.back() == '\r') text.remove_suffix(1);
  if (IsJournalVerboseHeader(text)) {
    EndEntry(sink);
    wall_time_ = text.substr(0, text.find(kCursor));
    place_.first_number = line.number;
    place_.begin = line.begin;
  } else if (StartsWith(text, kIndentation)) {
    TakeField(text, line.number);
  } else {
    return;
  }
  place_.last_number = line.number;
  place_.end = line.end;
}

void JournalVerboseDecoder::TakeField(std::string_view text, uint64_t number) {
  const size_t key = kIndentation.size();
  size_t end = key;
  while (IsUpper(At(text, end)) || IsDigit(At(text, end)) || At(text, end) == '_') ++end;
  if (end > key && At(text, end) == '=') {
    field_ = FieldOf(text.substr(key, end - key));
    value_column_ = end + 1;
    if (field_ == Field::kText) place_.number = number;
    if (field_ != Field::kNone) fields_.Value(field_) = text.substr(value_column_);
    return;
  }
  if (field_ != Field::kText || fields_.Value(field_).size() > kMaxRecordBytes) return;
  fields_.Value(field_).append("\n").append(text.substr(std::min(value_column_, text.size())));
}

void JournalVerboseDecoder::EndEntry(const RecordSink& sink) {
  if (fields_.Has(Field::kText)) {
    LogLine line = place_;
    fields_.Describe(line);
    line.wall_time = wall_time_;
    sink(line);
  }
  fields_.Clear();
  field_ = Field::kNone;
}

}  // namespace oops::log
