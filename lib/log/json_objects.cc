#include "lib/log/json_objects.h"

#include <array>
#include <cstdint>

namespace oops::log {
namespace {

// Bytes that change the state of the search, outside of strings (bit 0) and in them (bit 1); all others are only kept.
constexpr std::array<uint8_t, 256> MarkTable() {
  std::array<uint8_t, 256> marks{};
  for (char c : {'"', '\n'}) marks[static_cast<unsigned char>(c)] = 3;
  for (char c : {'{', '}', '['}) marks[static_cast<unsigned char>(c)] = 1;
  marks[static_cast<unsigned char>('\\')] = 2;
  return marks;
}
constexpr std::array<uint8_t, 256> kMarks = MarkTable();

size_t PlainBytes(std::string_view s, bool in_string) {
  const uint8_t mask = in_string ? 2 : 1;
  size_t at = 0;
  while (at < s.size() && (kMarks[static_cast<unsigned char>(s[at])] & mask) == 0) ++at;
  return at;
}

// {"dmesg":[ encloses the objects that are wanted.
bool IsDmesgWrapper(std::string_view object) {
  constexpr std::string_view kWrapper = "{\"dmesg\":[";
  size_t matched = 0;
  for (char c : object) {
    if (c == ' ' || c == '\n' || c == '\r' || c == '\t') continue;
    if (matched == kWrapper.size() || c != kWrapper[matched]) return false;
    ++matched;
  }
  return matched == kWrapper.size();
}

}  // namespace

void JsonObjects::Feed(std::string_view bytes, const Take& take) {
  while (!bytes.empty()) {
    const size_t plain = PlainBytes(bytes, in_string_ && !escaped_);
    const size_t used = escaped_ ? 0 : plain;
    if (depth_ > 0) object_.append(bytes.substr(0, used));
    offset_ += used;
    bytes.remove_prefix(used);
    if (bytes.empty()) break;
    Byte(bytes.front(), take);
    bytes.remove_prefix(1);
  }
  if (object_.size() > kMaxObjectBytes) Drop();
}

void JsonObjects::Byte(char c, const Take& take) {
  ++offset_;
  if (c == '\n') {
    ++number_;
    skip_line_ = false;
    if (in_string_) Drop();
    skip_line_ = false;
  }
  if (depth_ == 0) {
    if (c == '{' && !skip_line_) Open();
    return;
  }
  object_.push_back(c);
  if (escaped_) {
    escaped_ = false;
  } else if (in_string_) {
    escaped_ = c == '\\';
    in_string_ = c != '"';
  } else if (c == '"') {
    in_string_ = true;
  } else if (c == '{') {
    ++depth_;
  } else if (c == '}') {
    if (--depth_ == 0) Close(take);
  } else if (c == '[' && depth_ == 1 && object_.size() < 64 && IsDmesgWrapper(object_)) {
    Drop();
    skip_line_ = false;
  }
}

void JsonObjects::Open() {
  object_.assign(1, '{');
  depth_ = 1;
  begin_ = offset_ - 1;
  begin_number_ = number_;
}

void JsonObjects::Close(const Take& take) {
  take({object_, begin_number_, begin_, offset_});
  object_.clear();
}

void JsonObjects::Drop() {
  object_.clear();
  depth_ = 0;
  in_string_ = false;
  escaped_ = false;
  skip_line_ = true;
}

void JsonObjects::Finish(const Take& take) {
  if (depth_ == 1 && !in_string_) {
    object_.push_back('}');
    Close(take);
  }
  Drop();
}

}  // namespace oops::log
