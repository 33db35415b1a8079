#include "lib/log/line_framer.h"

#include "lib/log/prefix_forms.h"
#include "lib/log/scan.h"
#include "lib/text/utf8.h"

namespace oops::log {
namespace {

// CR and LF as a serial terminal shows them: U+240D, U+240A.
constexpr std::string_view kShownLineEnds[] = {"\u240D", "\u240A"};

std::string_view TrimUnusualEnd(std::string_view s) {
  for (size_t before = 0; before != s.size();) {
    before = s.size();
    while (!s.empty() &&
           (IsBlank(s.back()) || s.back() == '\r' || s.back() == '\n' || s.back() == '\0')) {
      s.remove_suffix(1);
    }
    for (std::string_view end : kShownLineEnds) {
      if (s.ends_with(end)) s.remove_suffix(end.size());
    }
  }
  return s;
}

inline std::string_view TrimEnd(std::string_view s) {
  const bool usual = !s.empty() && s.back() > ' ' && s.back() < '\x7f';
  return usual ? s : TrimUnusualEnd(s);
}

// "</td>" and "<br>" of pages. The kernel's own, "</TASK>", are upper case.
size_t ClosingTagSize(std::string_view s) {
  static constexpr std::string_view kTags[] = {"<br>", "<br/>", "<br />", "<BR>"};
  for (std::string_view tag : kTags) {
    if (s.ends_with(tag)) return tag.size();
  }
  size_t name = s.size() - 1;
  while (name > 0 && (IsLower(s[name - 1]) || IsDigit(s[name - 1]))) --name;
  const bool closes = name + 1 < s.size() && name >= 2 && s[name - 1] == '/' && s[name - 2] == '<';
  return closes ? s.size() - name + 2 : 0;
}

// "[/color]" of forums; alone in its line it is left.
size_t ClosingMarkSize(std::string_view s) {
  size_t name = s.size() - 1;
  while (name > 0 && IsLower(s[name - 1])) --name;
  const bool closes = name + 1 < s.size() && name > 2 && s[name - 1] == '/' && s[name - 2] == '[';
  return closes ? s.size() - name + 2 : 0;
}

// What whoever showed, quoted or framed the text put at the end of each line, and no kernel does:
// one look at the last byte tells nearly every line that it has none.
size_t CloserSize(std::string_view s) {
  static constexpr std::string_view kBars[] = {"\u2502", "\u2503",
                                               "\u2551"};  // of a window's frame
  const char before = s.size() > 1 ? s[s.size() - 2] : '\0';
  switch (s.back()) {
    case '>':
      return ClosingTagSize(s);
    case ']':
      return ClosingMarkSize(s);
    case 'M':  // CR as editors and `cat -v` show it
      return before == '^' ? 2 : 0;
    case 'n':  // line ends that are spelled out
    case 'r':
      return before == '\\' ? 2 : 0;
    default:
      for (std::string_view bar : kBars) {
        if (s.back() == bar.back() && s.ends_with(bar)) return bar.size();
      }
      return 0;
  }
}

std::string_view TrimClosers(std::string_view s) {
  while (!s.empty()) {
    const size_t size = CloserSize(s);
    if (size == 0) return s;
    s = TrimEnd(s.substr(0, s.size() - size));
  }
  return s;
}

// The shortest prefix with a time, "[  +0.000002] "; less could be the text's own indentation.
constexpr size_t kLeastWidth = 14;

// A level in front of the stamp belongs to it: "text<4>[   12.345678] text".
size_t BackOverLevel(std::string_view s, size_t stamp) {
  const bool level = stamp >= 3 && s[stamp - 3] == '<' && s[stamp - 2] >= '0' &&
                     s[stamp - 2] <= '7' && s[stamp - 1] == '>';
  return level ? stamp - 3 : stamp;
}

}  // namespace

LogLine LineFramer::Frame(std::string_view raw_line, uint64_t number, uint64_t begin,
                          uint64_t end) {
  LogLine line;
  line.raw = raw_line;
  line.number = number;
  line.order = number;
  line.begin = begin;
  line.end = end;
  PeelInto(line, raw_line);
  return line;
}

LogLine LineFramer::Text(std::string_view text, const LogLine& like) {
  LogLine line = like;
  PeelInto(line, text);
  return line;
}

void LineFramer::PeelInto(LogLine& line, std::string_view body) {
  pending_ = {};
  opener_.clear();
  body = TrimClosers(TrimEnd(repairer_.Repair(TrimEnd(body), look_, line.repairs)));
  may_hold_line_end_ = repairer_.may_hold_line_end();
  if (ContinueLast(line, body)) {
    if (SplitAtLineEnd(line)) last_ = line;
    return;
  }
  Peel peel{body, &line, &look_, &caller_};
  peel.stamped = line.kernel_prefix;  // a kernel record's text: less can stand in front of it
  PeelPrefixes(peel);
  const size_t record = line.kernel_prefix ? kNoMatch : FindInnerRecord(peel.rest);
  if (record != kNoMatch) {
    peel.rest.remove_prefix(record);
    PeelPrefixes(peel);
  }
  line.text = peel.rest;
  RememberWidth(line, body);
  if (peel.escaped && line.text.find('\\') != std::string_view::npos) {
    UnescapeKmsg(line.text, unescaped_);
    may_hold_line_end_ = true;
    line.text = text::RepairUtf8(unescaped_, &repaired_);
    line.repairs.bad_utf8 |= line.text.data() != unescaped_.data();
  }
  SplitOff(line);
  line.text = TrimEnd(line.text);
  if (!pending_.empty()) line.text = TrimClosers(line.text);
  if (line.text.ends_with('$')) DropShownLineEnd(line);
  if (!pending_.empty()) last_ = line;
}

// `cat -A` ends each line with a '$'. Without a stamp it may as well be a prompt's.
void LineFramer::DropShownLineEnd(LogLine& line) {
  const bool next_to_another = shown_end_number_ > 0 && line.number == shown_end_number_ + 1;
  shown_end_number_ = line.number;
  if (line.kernel_prefix || next_to_another)
    line.text = TrimClosers(TrimEnd(line.text.substr(0, line.text.size() - 1)));
}

bool LineFramer::ContinueLast(LogLine& line, std::string_view body) const {
  if (prefix_width_ < kLeastWidth || body.size() <= prefix_width_ || body.front() != ' ')
    return false;
  if (line.number != stamped_number_ + 1) return false;
  if (body.find_first_not_of(' ') < prefix_width_) return false;
  line.text = body.substr(prefix_width_);
  line.monotonic_us = stamped_us_;
  line.caller = stamped_caller_;
  line.host = stamped_host_;
  line.kernel_prefix = true;
  line.continuation = true;
  return true;
}

void LineFramer::RememberWidth(const LogLine& line, std::string_view body) {
  if (!line.kernel_prefix || line.foreign) return;
  prefix_width_ = body.size() - line.text.size();
  if (line.text.empty()) ++prefix_width_;  // the blank behind it was at the line's end
  stamped_number_ = line.number;
  stamped_us_ = line.monotonic_us;
  if (line.caller != stamped_caller_) stamped_caller_ = line.caller;
  if (line.host != stamped_host_) stamped_host_ = line.host;
}

// A line end that was escaped on the line's way.
bool LineFramer::SplitAtLineEnd(LogLine& line) {
  if (!may_hold_line_end_) return false;
  const size_t line_end = line.text.find('\n');
  if (line_end == std::string_view::npos) return false;
  pending_ = line.text.substr(line_end + 1);
  line.text = line.text.substr(0, line_end);
  return true;
}

void LineFramer::SplitOff(LogLine& line) {
  if (SplitAtLineEnd(line)) return;
  const size_t stamp = FindInnerStamp(line.text);
  if (stamp == kNoMatch) return;
  // A program that passes a guest's console on: "kata[123]: level=debug
  // vmconsole=\"[    1.234567]".
  const bool value = stamp > 0 && line.text[stamp - 1] == '"';
  if (line.foreign && !value) return;
  line.foreign = false;
  const size_t cut = BackOverLevel(line.text, stamp);
  pending_ = line.text.substr(cut);
  if (line.kernel_prefix || line.text.substr(0, 3) == "** ") {
    line.text = line.text.substr(0, cut);
    return;
  }
  // Something without a prefix in front of a stamp is a console's: "host login: ", a shell's
  // prompt, a boot message.
  opener_.assign(OpenerOf(line.text.substr(0, cut)));
  last_ = line;
  line = *Next();
}

std::optional<LogLine> LineFramer::Next() {
  if (pending_.empty()) return std::nullopt;
  LogLine line = last_;
  line.text = {};
  Peel peel{pending_, &line, &look_, &caller_};
  peel.stamped = line.kernel_prefix;
  pending_ = {};
  PeelPrefixes(peel);
  line.text = peel.rest;
  SplitOff(line);
  line.text = TrimEnd(line.text);
  if (!opener_.empty()) {
    const std::string_view inner = WithoutMirror(opener_, line.text, pending_.empty());
    line.closed = inner.size() < line.text.size();
    line.text = TrimEnd(inner);
  }
  line.text = TrimClosers(line.text);
  last_ = line;
  return line;
}

}  // namespace oops::log
