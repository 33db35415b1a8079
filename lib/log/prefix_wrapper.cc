// What people, CI systems and consoles put around kernel lines: quoting, bullets, numbers, names.
// Most of these could be text of the kernel's too, so they are believed only if a kernel form
// follows.
#include <algorithm>

#include "lib/log/prefix_forms.h"
#include "lib/log/scan.h"

namespace oops::log {
namespace {

void TakeQuoting(Peel& peel, size_t bytes) {
  peel.line->repairs.quoted = true;
  peel.Take(bytes);
}

void TakeForeign(Peel& peel, size_t bytes) {
  peel.line->foreign = true;
  peel.stamped = true;
  peel.rest.remove_prefix(bytes);
}

}  // namespace

size_t BulletSize(std::string_view s, size_t at) {
  for (std::string_view bullet : {"\u2022", "\u00B7", "\u25E6", "\u2023", "\u25AA"}) {
    if (HasAt(s, at, bullet)) return bullet.size();
  }
  return 0;
}

namespace {

// Whether what stands behind a quote goes on with something else: the end of an array or object,
// a cell, " vm=1" of logfmt.
bool EndsValue(std::string_view behind) {
  if (behind.empty() || std::string_view(",;]})\t").find(behind[0]) != behind.npos) return true;
  return behind[0] == ' ' && behind.substr(0, WordEnd(behind, 1)).find('=') != behind.npos;
}

size_t ClosingQuote(std::string_view text, char mark, bool last) {
  for (size_t at = text.find(mark); at != text.npos; at = text.find(mark, at + 1)) {
    const bool escaped = at > 0 && text[at - 1] == '\\';
    if (!escaped && EndsValue(text.substr(at + 1))) return at;
  }
  return last && mark == '"' ? text.rfind(mark) : text.npos;
}

}  // namespace

std::string_view OpenerOf(std::string_view before) {
  while (!before.empty() && IsBlank(before.back())) before.remove_suffix(1);
  const char mark = before.empty() ? '\0' : before.back();
  if (mark == '\0' || std::string_view("\"'`|*").find(mark) == std::string_view::npos) return {};
  const bool doubled = mark == '"' && before.size() > 1 && before[before.size() - 2] == mark;
  return before.substr(before.size() - (doubled ? 2 : 1));
}

std::string_view WithoutMirror(std::string_view before, std::string_view text, bool last) {
  const std::string_view opener = OpenerOf(before);
  if (opener.empty()) return text;
  const char mark = opener.back();
  if (mark == '"' || mark == '\'') {
    text = text.substr(0, ClosingQuote(text, mark, last));
    if (opener.size() > 1 && text.ends_with(mark)) text.remove_suffix(1);
    return text;
  }
  while (!text.empty() && (text.back() == mark || IsBlank(text.back()))) text.remove_suffix(1);
  return text;
}

// A frame keeps its indentation; a line prefix never has one of its own. Bars that quote stand
// indented in commit messages, and in the replies to mails; KCSAN's own have nothing behind them.
bool PeelIndentation(Peel& peel) {
  const size_t at = SkipBlanks(peel.rest, 0);
  const bool bar = At(peel.rest, at) == '|' && At(peel.rest, at + 1) == ' ';
  if (bar && SkipBlanks(peel.rest, at + 1) < peel.rest.size()) {
    TakeQuoting(peel, at + 1);
    return true;
  }
  if (!LinePrefixFollows(peel.rest.substr(at))) return false;
  peel.rest.remove_prefix(at);
  return true;
}

size_t HexEnd(std::string_view s, size_t at) {
  while (HexValue(At(s, at)) >= 0) ++at;
  return at;
}

// "> ", ">>", ">[", ">>>text". KASAN marks a row of memory state by ">ffff888012345600: 00", s390
// the instruction, and ksymoops what it decoded by ">>EIP; c0123456 <f+1/2>": left alone.
bool PeelQuote(Peel& peel) {
  const std::string_view s = peel.rest;
  size_t at = 1;
  while (At(s, at) == '>') ++at;
  const bool marks_row = At(s, HexEnd(s, at)) == ':' || s.substr(at, 6).find(';') != s.npos;
  if (marks_row && At(s, at) != ' ' && At(s, at) != '[' && At(s, at) != '<') return false;
  TakeQuoting(peel, at);
  return true;
}

bool PeelBullet(Peel& peel) {
  const size_t at = SkipBlanks(peel.rest, 0);
  const size_t size = BulletSize(peel.rest, at);
  if (size == 0) return false;
  TakeQuoting(peel, at + size);
  return true;
}

bool PeelWeakBullet(Peel& peel) {
  if (At(peel.rest, 1) != ' ' || !KernelFormFollows(peel.rest.substr(SkipBlanks(peel.rest, 1))))
    return false;
  TakeQuoting(peel, SkipBlanks(peel.rest, 1));
  return true;
}

// "12. [   1.0] ", "12:" and "12-" of grep -n and -C, "12)"; "00034 " is ktest's clock in seconds.
bool PeelListNumber(Peel& peel) {
  const std::string_view s = peel.rest;
  size_t at = SkipDigits(s, 0);
  if (at > 7) return false;
  if (at == 5 && s[0] == '0' && At(s, at) == ' ') {
    peel.Take(at);
    return true;
  }
  const char mark = At(s, at);
  if (mark == '.' || mark == ')' || mark == ':' || mark == '-' || mark == '|') ++at;
  const size_t text = SkipBlanks(s, at);
  if (text == 0 || !KernelFormFollows(s.substr(text))) return false;
  TakeQuoting(peel, text);
  return true;
}

// "| BUG: ", a way of quoting in mails. The kernel's own stand behind blanks (KCSAN) or are two
// (PREEMPT_RT).
bool PeelPipe(Peel& peel) {
  if (peel.rest.size() > 1 && peel.rest[1] != ' ') return false;
  // A table of several columns, "| message | meaning |", is somebody's own text.
  const std::string_view cells = peel.rest.substr(1);
  if (cells.ends_with('|') && cells.find(" | ") != cells.npos &&
      !LinePrefixFollows(cells.substr(SkipBlanks(cells, 0))))
    return false;
  TakeQuoting(peel, 1);
  peel.rest = WithoutMirror("|", peel.rest);
  return true;
}

// What it sets in front of lines without a stamp is learned (record/learned_prefix).
bool PeelColon(Peel& peel) {
  if (!LinePrefixFollows(peel.rest.substr(1))) return false;
  TakeQuoting(peel, 1);
  return true;
}

// "/var/log/messages:Oct  9 14:40:33 host kernel: ", "dmesg.txt:12:[   1.0] ": what grep prints.
bool PeelFileName(Peel& peel) {
  const std::string_view s = peel.rest;
  const std::string_view name = s.substr(0, WordEnd(s.substr(0, 120), 0));
  for (size_t colon = name.find(':'); colon != std::string_view::npos;
       colon = name.find(':', colon + 1)) {
    if (!LinePrefixFollows(s.substr(colon + 1))) continue;
    peel.rest.remove_prefix(colon + 1);
    return true;
  }
  return false;
}

bool PeelVmName(Peel& peel) {
  if (!HasAt(peel.rest, 0, "vm-")) return false;
  const size_t end = SkipDigits(peel.rest, 3);
  if (end == 3 || !HasAt(peel.rest, end, ": ")) return false;
  peel.Take(end + 1);
  return true;
}

// What raw pages have around a pasted line. The kernel's own tags (<IRQ>, <TASK>) have other names.
bool PeelHtmlTag(Peel& peel) {
  const std::string_view s = peel.rest;
  const size_t close = s.substr(0, 80).find('>');
  if (close == std::string_view::npos) return false;
  const std::string_view tag_text = s.substr(1, close - 1);
  const size_t blank = tag_text.find(' ');  // attributes
  const bool attributes = tag_text.find('=') != std::string_view::npos;
  const std::string_view name = attributes ? tag_text.substr(0, blank) : tag_text;
  for (std::string_view tag :
       {"pre", "code", "p", "br", "br/", "br /", "tt", "td", "li", "div", "span", "PRE", "BR"}) {
    if (name != tag) continue;
    peel.line->repairs.html_entities = true;
    peel.rest.remove_prefix(close + 1);
    return true;
  }
  return false;
}

// "`[   1.0] text`" of Markdown, and its fences, "```" and "```text".
bool PeelBacktick(Peel& peel) {
  const size_t fence = peel.rest.find_first_not_of('`');
  if (fence == std::string_view::npos ? peel.rest.size() >= 3 : fence >= 3) {
    const std::string_view language = peel.rest.substr(std::min(fence, peel.rest.size()));
    if (!std::all_of(language.begin(), language.end(), IsAlpha)) return false;
    peel.rest = {};
    peel.line->repairs.quoted = true;
    return true;
  }
  if (!LinePrefixFollows(peel.rest.substr(1))) return false;
  peel.line->repairs.quoted = true;
  peel.rest.remove_prefix(1);
  if (!peel.rest.empty() && peel.rest.back() == '`') peel.rest.remove_suffix(1);
  return true;
}

// systemd's "[  OK  ] Started x." on the console.
bool PeelStatusMark(Peel& peel) {
  const std::string_view s = peel.rest;
  for (std::string_view mark :
       {"[  OK  ] ", "[FAILED] ", "[DEPEND] ", "[ INFO ] ", "[ TIME ] ", "[ SKIP ] "}) {
    if (!StartsWith(s, mark)) continue;
    TakeForeign(peel, mark.size());
    return true;
  }
  size_t at = 1;  // "[ ***  ] (1 of 2) A start job is running"
  while (At(s, at) == '*' || At(s, at) == ' ') ++at;
  if (at != 7 || s.find('*') >= at || !HasAt(s, at, "] ")) return false;
  // It ends no line: "(57s / no limit)" has the kernel's next message right behind it.
  const size_t limit = s.find(" / ", at);
  const size_t close = limit == std::string_view::npos ? limit : s.find(')', limit);
  if (close < s.size() - 1) {
    peel.rest.remove_prefix(close + 1);
    return true;
  }
  TakeForeign(peel, at + 2);
  return true;
}

// journalctl's "-- Boot 0123 --", and what syslogd writes above a message to everyone.
bool PeelLogMark(Peel& peel) {
  for (std::string_view mark :
       {"-- Boot ", "-- Reboot --", "-- Logs begin ", "-- Journal begins ", "-- No entries --",
        "-- cursor: ", "-- MARK --", "Message from syslogd@"}) {
    if (!StartsWith(peel.rest, mark)) continue;
    TakeForeign(peel, 0);
    return true;
  }
  return false;
}

// "14:40:33 [   1.0] "
bool PeelClock(Peel& peel) {
  const std::string_view s = peel.rest;
  const size_t end = ReadClock(s, 0);
  if (end == kNoMatch) return false;
  const size_t text = SkipBlanks(s, end);
  if (text == end || !LinePrefixFollows(s.substr(text))) return false;
  peel.line->wall_time = s.substr(0, end);
  peel.rest.remove_prefix(text);
  return true;
}

// docker-compose's "name_1  | ".
bool PeelContainerName(Peel& peel) {
  const std::string_view s = peel.rest;
  const size_t end = WordEnd(s.substr(0, 40), 0);
  const size_t bar = SkipBlanks(s, end);
  if (At(s, bar) != '|' || bar == end || !LinePrefixFollows(s.substr(SkipBlanks(s, bar + 1))))
    return false;
  peel.Take(bar + 1);
  return true;
}

bool PeelConserverMark(Peel& peel) {
  if (!HasAt(peel.rest, 0, "[-- ")) return false;
  TakeForeign(peel, 4);
  return true;
}

// What a console shows when the kernel begins to speak: "root@host:~# ", "[root@host log]# ", "host
// login: ".
bool PeelPrompt(Peel& peel) {
  constexpr size_t kLongest = 100;  // bytes
  const std::string_view s = peel.rest.substr(0, kLongest);
  const bool bracketed = s.front() == '[';
  const size_t word_end = bracketed ? s.find(']') : WordEnd(s, 0);
  if (word_end >= s.size()) return false;
  size_t end = bracketed ? word_end + 1 : word_end - 1;
  const bool sign = At(s, end) == '#' || At(s, end) == '$';
  if (sign && At(s, end + 1) == ' ' && s.substr(0, end).find('@') != std::string_view::npos) {
    end += 2;
  } else if (!bracketed && HasAt(s, word_end, " login: ")) {
    end = word_end + std::string_view(" login: ").size();
  } else {
    return false;
  }
  peel.rest.remove_prefix(end);
  return true;
}

// The hypervisor's own lines on a console that it shares with its guests, and theirs: "(d1) ".
bool PeelXen(Peel& peel) {
  const std::string_view s = peel.rest;
  size_t at = 0;
  if (HasAt(s, 0, "(XEN) ")) {
    at = 6;
    const size_t close = At(s, at) == '[' ? s.substr(0, at + 40).find("] ", at) : s.npos;
    if (close != s.npos) at = close + 2;
  }
  const size_t guest_end = HasAt(s, at, "(d") ? SkipDigits(s, at + 2) : at;
  const bool whole = HasAt(s, guest_end, ") ") || s.substr(guest_end) == ")";
  if (guest_end > at + 2 && whole) {
    peel.Take(guest_end + 1);
    return true;
  }
  if (at == 0) return false;
  TakeForeign(peel, 6);
  return true;
}

// "build\tRun tests\t2023-10-09T14:40:33.1123241Z text": job, step and date, as `gh run view --log`
// prints them.
bool PeelColumns(Peel& peel) {
  const std::string_view s = peel.rest.substr(0, 200);
  const size_t job_end = s.find('\t');
  if (job_end == s.npos) return false;
  const size_t step_end = s.find('\t', job_end + 1);
  if (step_end == s.npos || ReadIsoTime(s, step_end + 1) == kNoMatch) return false;
  peel.rest.remove_prefix(step_end + 1);
  return true;
}

}  // namespace oops::log
