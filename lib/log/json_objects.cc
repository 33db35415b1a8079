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

// Arrays that enclose the objects that are wanted: {"dmesg":[ of dmesg -J, "events" of `aws logs`,
// "hits" of an Elasticsearch answer, OpenTelemetry's three levels. What a record may have, too,
// must be its object's first key.
struct Wrapper {
  std::string_view key;
  bool first = true;
};
constexpr Wrapper kWrappers[] = {{"dmesg"},
                                 {"events"},
                                 {"entries"},
                                 {"records"},
                                 {"results"},
                                 {"hits", false},
                                 {"resourceLogs", false},
                                 {"scopeLogs", false},
                                 {"logRecords", false}};

std::string_view WithoutWhiteSpace(std::string_view s) {
  const size_t last = s.find_last_not_of(" \n\r\t");
  return s.substr(0, last == s.npos ? 0 : last + 1);
}

// `object`: up to the bracket.
bool OpensWrapper(std::string_view object) {
  object.remove_suffix(1);
  object = WithoutWhiteSpace(object);
  if (!object.ends_with(':')) return false;
  object = WithoutWhiteSpace(object.substr(0, object.size() - 1));
  for (const Wrapper& wrapper : kWrappers) {
    const size_t quoted = wrapper.key.size() + 2;
    if (object.size() <= quoted || !object.ends_with('"')) continue;
    const std::string_view key = object.substr(object.size() - quoted);
    if (key.front() != '"' || key.substr(1, wrapper.key.size()) != wrapper.key) continue;
    const std::string_view before = WithoutWhiteSpace(object.substr(0, object.size() - quoted));
    return !wrapper.first || before.ends_with('{');
  }
  return false;
}

// What frames objects: "data: " and "event: x" of json-sse, "- " of YAML, separators and white
// space.
bool IsOnlyFraming(std::string_view line) {
  for (std::string_view start : {"data:", "event:", "id:"}) {
    if (line.substr(0, start.size()) == start) return true;
  }
  return line.find_first_not_of(" \t\r,[]{}-\x1e") == std::string_view::npos;
}

// "nextToken": "f/1" behind the array.
bool IsMember(std::string_view line) {
  const size_t key = line.find_first_not_of(" \t,]}");
  if (key == line.npos || line[key] != '"') return false;
  const size_t close = line.find('"', key + 1);
  const size_t colon = close == line.npos ? close : line.find_first_not_of(" \t", close + 1);
  return colon != line.npos && line[colon] == ':';
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
  } else if (c == '[' && OpensWrapper(object_)) {
    Reset();
    in_wrapper_ = true;
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
  const bool framing = IsOnlyFraming(outside_) || (in_wrapper_ && IsMember(outside_));
  if (!framing) take({outside_, false, outside_number_, outside_begin_, offset_, outside_number_});
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
