#include "lib/log/json_objects.h"

#include <array>
#include <cstdint>

namespace oops::log {
namespace {

// Bytes that change the state of the search, outside of strings (bit 0) and in them (bit 1); all
// others are only kept.
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

// What frames objects: "data: " and "event: x" of json-sse, "- " of YAML, separators and white
// space.
bool IsOnlyFraming(std::string_view line) {
  for (std::string_view start : {"data:", "event:", "id:"}) {
    if (line.substr(0, start.size()) == start) return true;
  }
  return line.find_first_not_of(" \t\r,[]{}-\x1e") == std::string_view::npos;
}

}  // namespace

void JsonObjects::Feed(std::string_view bytes, const Take& take) {
  while (!bytes.empty()) {
    const size_t room = kMaxObjectBytes - (depth_ > 0 ? object_ : outside_).size();
    const size_t used = escaped_ ? 0 : PlainBytes(bytes.substr(0, room), in_string_);
    if (depth_ > 0) {
      object_.append(bytes.substr(0, used));
    } else if (used > 0) {
      AddOutside(bytes.substr(0, used));
    }
    offset_ += used;
    bytes.remove_prefix(used);
    if (object_.size() >= kMaxObjectBytes) GiveUp(take);
    if (outside_.size() >= kMaxObjectBytes) EndOutside(take);
    if (bytes.empty()) break;
    Byte(bytes.front(), take);
    bytes.remove_prefix(1);
  }
}

void JsonObjects::Byte(char c, const Take& take) {
  if (c == '\n' && in_string_) GiveUp(take);
  if (depth_ == 0) {
    const bool opens = c == '{' && !skip_line_;
    if (c != '\n' && !opens) AddOutside({&c, 1});
    ++offset_;
    number_ += c == '\n' ? 1 : 0;
    if (c != '\n' && !opens) return;
    EndOutside(take);
    if (opens) Open();
    skip_line_ = false;
    return;
  }
  ++offset_;
  number_ += c == '\n' ? 1 : 0;
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
    Reset();
  }
}

void JsonObjects::Open() {
  object_.assign(1, '{');
  depth_ = 1;
  begin_ = offset_ - 1;
  begin_number_ = number_;
}

void JsonObjects::Close(const Take& take) {
  take({object_, true, begin_number_, begin_, offset_, number_});
  Reset();
}

void JsonObjects::GiveUp(const Take& take) {
  take({object_, false, begin_number_, begin_, offset_, number_});
  Reset();
  skip_line_ = true;
}

void JsonObjects::AddOutside(std::string_view piece) {
  if (outside_.empty()) {
    outside_begin_ = offset_;
    outside_number_ = number_;
  }
  outside_.append(piece);
}

void JsonObjects::EndOutside(const Take& take) {
  if (outside_.empty()) return;
  if (!IsOnlyFraming(outside_))
    take({outside_, false, outside_number_, outside_begin_, offset_, outside_number_});
  outside_.clear();
}

void JsonObjects::Reset() {
  object_.clear();
  depth_ = 0;
  in_string_ = false;
  escaped_ = false;
}

void JsonObjects::Finish(const Take& take) {
  if (depth_ == 1 && !in_string_) {
    object_.push_back('}');
    Close(take);
  } else if (depth_ > 0) {
    GiveUp(take);
  }
  EndOutside(take);
}

}  // namespace oops::log
