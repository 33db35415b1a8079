#include "lib/log/journal_export.h"

#include <algorithm>

namespace oops::log {
namespace {

// Field names have at most 64 bytes (journal_field_valid()); what is longer is no name.
constexpr size_t kMaxKeyBytes = 64;

}  // namespace

void JournalExportDecoder::Feed(std::string_view bytes, const RecordSink& sink) {
  while (!bytes.empty()) {
    const size_t used = Step(bytes, sink);
    number_ += static_cast<uint64_t>(
        std::count(bytes.begin(), bytes.begin() + static_cast<ptrdiff_t>(used), '\n'));
    offset_ += used;
    bytes.remove_prefix(used);
  }
}

void JournalExportDecoder::Finish(const RecordSink& sink) { EndEntry(sink); }

size_t JournalExportDecoder::Step(std::string_view bytes, const RecordSink& sink) {
  switch (state_) {
    case State::kKey:
      return ReadKey(bytes, sink);
    case State::kValue:
      return ReadValue(bytes);
    case State::kLength:
      return ReadLength(bytes);
    case State::kBytes:
      return ReadBytes(bytes);
    case State::kBytesEnd:
      state_ = State::kKey;
      return bytes.front() == '\n' ? 1 : 0;
  }
  return bytes.size();
}

size_t JournalExportDecoder::ReadKey(std::string_view bytes, const RecordSink& sink) {
  const size_t end = bytes.find_first_of("=\n");
  const std::string_view piece = bytes.substr(0, end);
  if (key_.size() + piece.size() <= kMaxKeyBytes) {
    key_.append(piece);
  } else {
    key_.assign(kMaxKeyBytes + 1, '?');  // no field's name
  }
  if (end == std::string_view::npos) return bytes.size();
  if (bytes[end] == '=') {
    field_ = FieldOf(key_);
    if (field_ == Field::kText) text_number_ = number_;
    state_ = State::kValue;
    if (field_ != Field::kNone) fields_.Value(field_).clear();
  } else if (key_.empty()) {
    EndEntry(sink);
    entry_begin_ = offset_ + end + 1;
    entry_number_ = number_ + 1;
  } else if (key_.size() <= kMaxKeyBytes) {
    field_ = FieldOf(key_);
    if (field_ == Field::kText) text_number_ = number_;
    state_ = State::kLength;
    length_ = 0;
    length_bytes_ = 0;
    if (field_ != Field::kNone) fields_.Value(field_).clear();
  }
  key_.clear();
  return end + 1;
}

size_t JournalExportDecoder::ReadValue(std::string_view bytes) {
  const size_t end = bytes.find('\n');
  Keep(bytes.substr(0, end));
  if (end == std::string_view::npos) return bytes.size();
  state_ = State::kKey;
  return end + 1;
}

size_t JournalExportDecoder::ReadLength(std::string_view bytes) {
  length_ |= static_cast<uint64_t>(static_cast<unsigned char>(bytes.front()))
             << (8 * length_bytes_);
  if (++length_bytes_ == 8) {
    // journald's fields are far below this (DATA_SIZE_MAX, 768 MiB): it is a line of text without
    // "=".
    const bool sensible = length_ < (uint64_t{1} << 30);
    state_ = !sensible ? State::kValue : length_ == 0 ? State::kBytesEnd : State::kBytes;
    if (!sensible) field_ = Field::kNone;
  }
  return 1;
}

size_t JournalExportDecoder::ReadBytes(std::string_view bytes) {
  const auto size = static_cast<size_t>(std::min<uint64_t>(length_, bytes.size()));
  Keep(bytes.substr(0, size));
  length_ -= size;
  if (length_ == 0) state_ = State::kBytesEnd;
  return size;
}

void JournalExportDecoder::Keep(std::string_view piece) {
  if (field_ == Field::kNone) return;
  std::string& value = fields_.Value(field_);
  value.append(piece.substr(0, kMaxRecordBytes - value.size()));
}

void JournalExportDecoder::EndEntry(const RecordSink& sink) {
  if (fields_.Has(Field::kText)) {
    LogLine line;
    fields_.Describe(line);
    line.number = text_number_;
    line.first_number = entry_number_;
    const bool begins_line = state_ == State::kKey && key_.empty();
    line.last_number = begins_line ? number_ - 1 : number_;
    line.begin = entry_begin_;
    line.end = offset_;
    sink(line);
  }
  fields_.Clear();
}

}  // namespace oops::log
