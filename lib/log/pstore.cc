#include "lib/log/pstore.h"

#include <algorithm>

#include "lib/log/prefix_forms.h"
#include "lib/log/scan.h"

namespace oops::log {
namespace {

// kmsg_dump_reason_str() and get_reason_str(), all eras.
constexpr std::string_view kReasons[] = {"Panic",   "Oops", "Emergency", "Shutdown",
                                         "Restart", "Halt", "Poweroff",  "Unknown"};

// "Panic#1 Part3" at the very end of a line: a part that was cut in the middle of a line has the
// next one's header behind it. The header's position, kNoMatch if there is none.
size_t FindHeaderAtEnd(std::string_view line) {
  size_t at = line.size();
  const auto skip_digits_back = [&] {
    const size_t end = at;
    while (at > 0 && IsDigit(line[at - 1])) --at;
    return at != end;
  };
  if (!skip_digits_back() || at < 5 || line.substr(at - 5, 5) != " Part") return kNoMatch;
  at -= 5;
  if (!skip_digits_back() || at == 0 || line[at - 1] != '#') return kNoMatch;
  --at;
  for (std::string_view reason : kReasons) {
    if (at >= reason.size() && line.substr(at - reason.size(), reason.size()) == reason)
      return at - reason.size();
  }
  return kNoMatch;
}

// True if `part` ends with a line's beginning, which whoever printed the part's file ended himself:
// the lines of a dump have prefixes, and `next` begins without one.
bool EndsInLine(std::string_view part, std::string_view next) {
  if (part.empty() || part.back() != '\n' || next.empty() || LinePrefixFollows(next)) return false;
  part.remove_suffix(1);
  return LinePrefixFollows(part.substr(part.rfind('\n') + 1));
}

}  // namespace

bool IsPstoreHeader(std::string_view line) { return FindHeaderAtEnd(line) == 0; }

bool IsRamoopsHeader(std::string_view line) {
  if (!StartsWith(line, "====")) return false;
  int64_t unused = 0;
  const size_t end = ReadSeconds(line, 4, &unused);
  if (end == kNoMatch) return false;
  return end == line.size() || HasAt(line, end, "-C") || HasAt(line, end, "-D");
}

void PstoreDecoder::Feed(std::string_view bytes, const RecordSink& sink) {
  lines_.Feed(bytes, [&](const RawLine& line) { Take(line, sink); });
}

void PstoreDecoder::Finish(const RecordSink& sink) {
  lines_.Finish([&](const RawLine& line) { Take(line, sink); });
  EmitAll(sink);
}

void PstoreDecoder::Take(const RawLine& line, const RecordSink& sink) {
  std::string_view text = line.text;
  if (!text.empty() && text.back() == '\r') text.remove_suffix(1);
  const size_t header = FindHeaderAtEnd(text);
  const bool is_ramoops = IsRamoopsHeader(text);
  if (bytes_ + text.size() > kMaxBytes) EmitAll(sink);
  if (parts_.empty() && header != 0)
    Open("", {line.text, line.number - 1, line.begin, line.begin, true});
  if (is_ramoops) {
    parts_.back().line = line.number + 1;
    parts_.back().begin = line.end;
    return;
  }
  const std::string_view body = text.substr(0, header);
  if (!parts_.empty()) {
    parts_.back().body.append(body);
    if (header == kNoMatch && line.whole) parts_.back().body.push_back('\n');
  }
  bytes_ += body.size() + 1;
  if (header != kNoMatch) Open(text.substr(header), line);
}

void PstoreDecoder::Open(std::string_view header, const RawLine& line) {
  Part part;
  const size_t blank = header.find(' ');
  part.reason = header.substr(0, blank);
  if (blank != std::string_view::npos) ReadNumber(header, blank + 5, &part.number);
  part.line = line.number + 1;
  part.begin = line.end;
  // A part that a dump has already is another dump's: the counter begins again with each boot.
  const bool same_dump = std::any_of(parts_.begin(), parts_.end(), [&](const Part& other) {
    return other.dump == dumps_ && other.reason == part.reason;
  });
  const bool doubled = std::any_of(parts_.begin(), parts_.end(), [&](const Part& other) {
    return other.dump == dumps_ && other.number == part.number;
  });
  if (!same_dump || doubled) ++dumps_;
  part.dump = dumps_;
  parts_.push_back(std::move(part));
}

void PstoreDecoder::EmitAll(const RecordSink& sink) {
  std::stable_sort(parts_.begin(), parts_.end(), [](const Part& a, const Part& b) {
    return a.dump != b.dump ? a.dump < b.dump : a.number > b.number;
  });
  for (size_t first = 0; first < parts_.size();) {
    size_t last = first;
    while (last < parts_.size() && parts_[last].dump == parts_[first].dump) ++last;
    EmitDump(first, last, sink);
    first = last;
  }
  parts_.clear();
  bytes_ = 0;
}

// A line that lies across a joint is told to be where its beginning is.
void PstoreDecoder::EmitDump(size_t first, size_t last, const RecordSink& sink) {
  std::string joined;
  LogLine line;
  const auto emit = [&](std::string_view text) {
    line.text = text;
    sink(line);
    joined.clear();
  };
  for (size_t i = first; i < last; ++i) {
    const Part& part = parts_[i];
    std::string_view rest = part.body;
    const bool ends_in_line = i + 1 < last && EndsInLine(rest, parts_[i + 1].body);
    uint64_t number = part.line;
    uint64_t begin = part.begin;
    if (!joined.empty() && LinePrefixFollows(rest)) emit(joined);
    while (!rest.empty()) {
      const size_t end = rest.find('\n');
      const std::string_view text = rest.substr(0, end);
      const size_t used = end == std::string_view::npos ? text.size() : end + 1;
      if (joined.empty()) {
        line.number = number;
        line.first_number = number;
        line.begin = begin;
        line.end = begin + used;
      } else {
        line.first_number = std::min(line.first_number, number);
        line.begin = std::min(line.begin, begin);
        line.end = std::max(line.end, begin + used);
      }
      rest.remove_prefix(used);
      begin += used;
      ++number;
      joined.append(text);
      if (end != std::string_view::npos && !(ends_in_line && rest.empty())) emit(joined);
    }
  }
  if (!joined.empty()) emit(joined);
}

}  // namespace oops::log
