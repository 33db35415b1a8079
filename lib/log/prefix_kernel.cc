// What printk itself puts in front of a line, on the console and in /dev/kmsg, and what vendors'
// printks add.
#include <algorithm>
#include <optional>

#include "lib/log/kmsg_header.h"
#include "lib/log/prefix_forms.h"
#include "lib/log/scan.h"

namespace oops::log {
namespace {

// What some print between the time and the bracket: "s" (Huawei), ",0" and "@0" (a CPU; Motorola,
// Amlogic, skiboot), "*" and a journal's or dmesg's distance to the line before, " / 10-09
// 14:40:33.112" (LG).
size_t SkipStampExtras(std::string_view s, size_t at) {
  switch (At(s, at)) {
    case 's':
    case '*':
      ++at;
      break;
    case ',':
    case '@':
      at = SkipDigits(s, at + 1);
      break;
    case ' ': {
      at = SkipBlanks(s, at);
      if (At(s, at) == '/') {
        const size_t end = s.substr(0, at + 40).find(']', at);
        return end == std::string_view::npos ? kNoMatch : end;
      }
      if (At(s, at) == ']') break;  // journalctl -o short-delta has no line before its first
      int64_t unused = 0;
      if (At(s, at) != '<') return kNoMatch;
      at = ReadSeconds(s, SkipBlanks(s, at + 1), &unused);
      if (at == kNoMatch) return kNoMatch;
      at = SkipBlanks(s, at);
      if (At(s, at) == '*') ++at;
      if (At(s, at) != '>') return kNoMatch;
      ++at;
      break;
    }
    default:
      break;
  }
  return at;
}

size_t ReadStamp(std::string_view s, int64_t* microseconds) {
  if (At(s, 0) != '[') return kNoMatch;
  const size_t first = SkipBlanks(s, 1);
  if (!IsDigit(At(s, first))) return kNoMatch;
  size_t at = ReadSeconds(s, first, microseconds);
  if (at == kNoMatch) return kNoMatch;
  if (At(s, at) != ']') at = SkipStampExtras(s, at);
  return at == kNoMatch || At(s, at) != ']' ? kNoMatch : at + 1;
}

constexpr size_t kLongestComm = 15;  // TASK_COMM_LEN

bool IsLevelLetter(char c) { return c == 'c' || c == 'd'; }

void SetPriority(LogLine& line, uint64_t priority) {
  line.level = static_cast<int>(priority & 7);
  line.from_user_space = priority >= 8;
  line.kernel_prefix |= priority < 8;
}

// "T" or "C" and the digits: the spelling of CONFIG_PRINTK_CALLER, for vendors' forms of the same.
void SetCaller(Peel& peel, char kind, std::string_view digits) {
  peel.caller->assign(1, kind);
  peel.caller->append(digits);
  peel.line->caller = *peel.caller;
}

}  // namespace

namespace {

// "[   26.324608 / 09-26 13:22:37.704][2][662][ndroid.systemui] text": behind a stamp with a date
// LG's printk puts the CPU, or CPU, pid and comm. Returns where the text begins.
size_t TakeDateAndCaller(Peel& peel, size_t stamp_end) {
  const std::string_view s = peel.rest;
  const size_t slash = s.substr(0, stamp_end).find(" / ");
  if (slash == s.npos) return stamp_end;
  peel.line->wall_time = s.substr(slash + 3, stamp_end - 1 - (slash + 3));
  const size_t cpu = stamp_end + 1;
  const size_t cpu_end = SkipDigits(s, cpu);
  if (At(s, stamp_end) != '[' || cpu_end == cpu || At(s, cpu_end) != ']') return stamp_end;
  SetCaller(peel, 'C', s.substr(cpu, cpu_end - cpu));
  const size_t pid = cpu_end + 2;
  const size_t pid_end = SkipDigits(s, pid);
  if (At(s, cpu_end + 1) != '[' || pid_end == pid || !HasAt(s, pid_end, "][")) return cpu_end + 1;
  const size_t close = s.substr(0, pid_end + kLongestComm + 4).find("] ", pid_end + 2);
  if (close == s.npos) return cpu_end + 1;
  SetCaller(peel, 'T', s.substr(pid, pid_end - pid));
  return close + 1;
}

}  // namespace

bool PeelStamp(Peel& peel) {
  constexpr size_t kWithDate = 30;  // bytes; a plain one has fewer
  int64_t microseconds = 0;
  size_t end = ReadStamp(peel.rest, &microseconds);
  if (end == kNoMatch) return false;
  if (end >= kWithDate) end = TakeDateAndCaller(peel, end);
  peel.line->monotonic_us = microseconds;
  peel.line->kernel_prefix = true;
  peel.stamped = true;
  peel.Take(end);
  return true;
}

// "70836.026949] text", " 4790.410417] text": the first line of what was copied, without its first
// character.
bool PeelCutStamp(Peel& peel) {
  int64_t microseconds = 0;
  const size_t end = ReadStampSeconds(peel.rest, SkipBlanks(peel.rest, 0), &microseconds);
  if (end == kNoMatch || !HasAt(peel.rest, end, "] ")) return false;
  peel.line->monotonic_us = microseconds;
  peel.line->kernel_prefix = true;
  peel.stamped = true;
  peel.Take(end + 1);
  return true;
}

bool PeelCaller(Peel& peel) {
  const std::string_view s = peel.rest;
  const size_t start = SkipBlanks(s, 1);
  if (At(s, start) != 'T' && At(s, start) != 'C') return false;
  const size_t end = SkipDigits(s, start + 1);
  if (end == start + 1 || At(s, end) != ']') return false;
  // "C201134" of MediaTek: CPU and, in five digits, the task that it interrupts.
  constexpr size_t kPidDigits = 5;
  const size_t digits = end - start - 1;
  const bool with_pid = s[start] == 'C' && digits > kPidDigits;
  peel.line->caller = s.substr(start, with_pid ? 1 + digits - kPidDigits : end - start);
  peel.line->kernel_prefix = true;
  peel.stamped = true;
  peel.Take(end + 1);
  return true;
}

// "<4>", and 2.6.32's "<c>" and "<d>". Two and three digits carry a syslog facility; they begin a
// line, and are not the "<48> 8b" of a wrapped Code: line. A blank behind a level is the text's
// own.
bool PeelLevel(Peel& peel) {
  const std::string_view s = peel.rest;
  if (IsLevelLetter(At(s, 1)) && At(s, 2) == '>') {
    peel.line->kernel_prefix = true;
    peel.rest.remove_prefix(3);
    return true;
  }
  uint64_t priority = 0;
  const size_t end = ReadNumber(s.substr(0, 5), 1, &priority);
  if (end == kNoMatch || At(s, end) != '>' || priority > 191) return false;
  const bool facility = end > 2;
  if (facility && (peel.stamped || IsBlank(At(s, end + 1)) || end + 1 == s.size())) return false;
  if (!facility && priority > 7) return false;
  SetPriority(*peel.line, priority);
  peel.rest.remove_prefix(end + 1);
  return true;
}

bool PeelSohLevel(Peel& peel) {
  const char level = At(peel.rest, 1);
  if (!IsLevelLetter(level) && (level < '0' || level > '7')) return false;
  if (IsDigit(level)) peel.line->level = level - '0';
  peel.line->kernel_prefix = true;
  peel.rest.remove_prefix(2);
  return true;
}

bool PeelCaretLevel(Peel& peel) {
  if (At(peel.rest, 1) != 'A') return false;
  const char level = At(peel.rest, 2);
  if (!IsLevelLetter(level) && (level < '0' || level > '7')) return false;
  if (IsDigit(level)) peel.line->level = level - '0';
  peel.rest.remove_prefix(3);
  return true;
}

// "[   12.345678]   WARN: text": xen-crashdump-analyser sets the level's name to the right, in a
// column as wide as "NOTICE". "INFO:" of the kernel's own has no blanks before it.
bool PeelLevelColumn(Peel& peel) {
  constexpr size_t kWidth = 6;
  constexpr std::string_view kNames[] = {"EMERG", "ALERT",  "CRIT", "ERR",
                                         "WARN",  "NOTICE", "INFO", "DEBUG"};
  const size_t name = SkipBlanks(peel.rest, 0);
  if (!HasAt(peel.rest, kWidth, ":")) return false;
  for (int level = 0; level < 8; ++level) {
    if (peel.rest.substr(name, kWidth - std::min(name, kWidth)) != kNames[level]) continue;
    peel.line->level = level;
    peel.Take(kWidth + 1);
    return true;
  }
  return false;
}

// "[1:   kworker/1:2:  123] ": CPU, comm, pid. The comm has a letter, which tells it from a SCSI
// address.
bool PeelSamsungCaller(Peel& peel) {
  const std::string_view s = peel.rest;
  const bool interrupt = s[0] == 'I';
  const size_t open = interrupt ? 1 : SkipBlanks(s, 0);
  if (open > 2 || At(s, open) != '[') return false;
  const size_t cpu_end = SkipDigits(s, open + 1);
  if (cpu_end == open + 1 || cpu_end - open > 4 || At(s, cpu_end) != ':') return false;
  const size_t close = s.substr(0, cpu_end + 40).find(']', cpu_end);
  if (close == std::string_view::npos) return false;
  const size_t colon = s.substr(0, close).rfind(':');
  const size_t pid = SkipBlanks(s, colon + 1);
  if (colon <= cpu_end || pid == close || SkipDigits(s, pid) != close) return false;
  const size_t name = SkipBlanks(s, cpu_end + 1);
  if (!IsAlpha(At(s, name))) return false;
  SetCaller(peel, interrupt ? 'C' : 'T',
            interrupt ? s.substr(open + 1, cpu_end - open - 1) : s.substr(pid, close - pid));
  peel.Take(close + 1);
  return true;
}

// "(1)[123:comm]" with '-' or '.' in front for interrupts off and on; the text follows without a
// separator.
bool PeelMediatekCaller(Peel& peel) {
  const std::string_view s = peel.rest;
  size_t at = SkipBlanks(s, 0);
  if (At(s, at) == '-' || At(s, at) == '.') ++at;
  if (At(s, at) != '(') return false;
  at = SkipDigits(s, at + 1);
  if (At(s, at) != ')' || At(s, at + 1) != '[') return false;
  const size_t pid = at + 2;
  const size_t pid_end = SkipDigits(s, pid);
  if (pid_end == pid || At(s, pid_end) != ':') return false;
  const size_t close = s.substr(0, pid_end + 24).find(']', pid_end);
  if (close == std::string_view::npos) return false;
  SetCaller(peel, 'T', s.substr(pid, pid_end - pid));
  peel.rest.remove_prefix(close + 1);
  return true;
}

// "[name:traps&]": the module that printed.
bool PeelMediatekName(Peel& peel) {
  if (!HasAt(peel.rest, 0, "[name:")) return false;
  const size_t close = peel.rest.substr(0, 64).find("&]");
  if (close == std::string_view::npos) return false;
  peel.rest.remove_prefix(close + 2);
  return true;
}

// "[pid:1,cpu4,init]" (Huawei), "(CPU:0-pid:1:init) " (Sony), "[<4>][1, init]" (ZTE).
bool PeelBracketCaller(Peel& peel) {
  const std::string_view s = peel.rest;
  size_t pid = 0;
  char last = ']';
  if (HasAt(s, 0, "[pid:")) {
    pid = 5;
  } else if (HasAt(s, 0, "(CPU:")) {
    pid = SkipDigits(s, 5);
    if (!HasAt(s, pid, "-pid:")) return false;
    pid += 5;
    last = ')';
  } else if (HasAt(s, 0, "[<") && IsDigit(At(s, 2)) && HasAt(s, 3, ">][")) {
    pid = 6;
    if (At(s, SkipDigits(s, pid)) != ',') return false;
    peel.line->level = s[2] - '0';
  } else {
    return false;
  }
  const size_t pid_end = SkipDigits(s, pid);
  const size_t close = s.substr(0, pid + 48).find(last, pid_end);
  if (pid_end == pid || close == std::string_view::npos) return false;
  SetCaller(peel, 'T', s.substr(pid, pid_end - pid));
  if (last == ')') {
    peel.Take(close + 1);
  } else {
    peel.rest.remove_prefix(close + 1);
  }
  return true;
}

// "c2   1452 text" of Unisoc: CPU and pid; "c1 text" of Samsung's CONFIG_PRINTK_CPU_ID. Bytes of a
// hex dump look alike, so a further pair of hex digits refuses it.
bool PeelCpuWord(Peel& peel) {
  const std::string_view s = peel.rest;
  const size_t cpu_end = SkipDigits(s, 1);
  if (cpu_end == 1 || cpu_end > 3 || At(s, cpu_end) != ' ') return false;
  const size_t pid = SkipBlanks(s, cpu_end);
  const size_t pid_end = SkipDigits(s, pid);
  const bool alone = pid_end == pid || At(s, pid_end) != ' ';
  const size_t word = alone ? pid : pid_end + 1;
  const size_t word_end = WordEnd(s, word);
  if (word_end - word == 2 && HexValue(s[word]) >= 0 && HexValue(s[word + 1]) >= 0) return false;
  if (alone) {
    if (s[0] != 'c' || !peel.line->caller.empty()) return false;
    SetCaller(peel, 'C', s.substr(1, cpu_end - 1));
    peel.Take(cpu_end);
    return true;
  }
  SetCaller(peel, 'T', s.substr(pid, pid_end - pid));
  peel.Take(pid_end);
  return true;
}

bool PeelKmsgRecord(Peel& peel) {
  const std::optional<KmsgHeader> header = ReadKmsgHeader(peel.rest);
  if (!header) return false;
  SetPriority(*peel.line, header->priority);
  peel.line->kernel_prefix = true;
  peel.line->monotonic_us = static_cast<int64_t>(header->usec);
  peel.line->caller = header->caller;
  peel.look->kmsg_records = true;
  peel.stamped = true;
  peel.escaped = true;
  peel.rest.remove_prefix(header->size);
  return true;
}

// " SUBSYSTEM=pci" belongs to the record above it and is nothing that the kernel printed.
bool PeelKmsgProperty(Peel& peel) {
  if (!peel.look->kmsg_records) return false;
  const std::string_view s = peel.rest;
  size_t at = 1;
  while (IsUpper(At(s, at)) || IsDigit(At(s, at)) || At(s, at) == '_') ++at;
  if (at == 1 || At(s, at) != '=') return false;
  peel.line->foreign = true;
  peel.stamped = true;
  peel.rest.remove_prefix(1);
  return true;
}

namespace {

bool StampFollows(std::string_view s) {
  int64_t unused = 0;
  if (At(s, 0) == '<' && IsDigit(At(s, 1)) && At(s, 2) == '>') s.remove_prefix(3);
  return ReadStamp(s, &unused) != kNoMatch;
}

bool DateFollows(std::string_view s) {
  if (At(s, 0) == '[')
    return WeekdayAt(s, 1) >= 0 && At(s, 4) == ' ' && s.substr(0, 40).find(']') != s.npos;
  size_t end = ReadSyslogTime(s, 0);
  if (end == kNoMatch) end = ReadIsoTime(s, 0);
  return end != kNoMatch && s.substr(0, end + 90).find(" kernel:", end) != std::string_view::npos;
}

bool FrameFollows(std::string_view s) {
  if (HasAt(s, 0, "[<")) {
    size_t at = 2;
    while (HexValue(At(s, at)) >= 0) ++at;
    return at >= 10 && at <= 18 && HasAt(s, at, ">]");
  }
  if (At(s, 0) != '#') return false;
  const size_t end = SkipDigits(s, 1);
  return end > 1 && HasAt(s, end, " [") && HexValue(At(s, end + 2)) >= 0;
}

// Of kernels before 3.6, whose records have no flag, only a line's start is believed.
bool RecordFollows(std::string_view s) {
  const std::optional<KmsgHeader> header = ReadKmsgHeader(s);
  return header && std::count(s.begin(), s.begin() + header->size, ',') >= 3;
}

}  // namespace

bool LinePrefixFollows(std::string_view s) {
  const char first = At(s, 0);
  if (IsDigit(first) && RecordFollows(s)) return true;
  if (first == '[') return StampFollows(s) || DateFollows(s);
  if (first == '<') return StampFollows(s);
  if (first == 'k') return HasAt(s, 0, "kernel: ");
  if (IsDigit(first) && ReadKmsgHeader(s)) return true;
  return (IsDigit(first) || IsUpper(first)) && DateFollows(s);
}

bool KernelFormFollows(std::string_view s) { return LinePrefixFollows(s) || FrameFollows(s); }

size_t FindInnerRecord(std::string_view s) {
  constexpr size_t kLongestBefore = 160;  // bytes of whatever took the datagram
  constexpr std::string_view kFlag = ",-";
  const std::string_view head = s.substr(0, kLongestBefore);
  for (size_t at = head.find(kFlag); at != head.npos; at = head.find(kFlag, at + 1)) {
    size_t start = at;
    while (start > 0 && (IsDigit(s[start - 1]) || s[start - 1] == ',')) --start;
    if (start < at && RecordFollows(s.substr(start))) return start;
  }
  return kNoMatch;
}

size_t FindInnerStamp(std::string_view s) {
  for (size_t at = s.find('[', 1); at != std::string_view::npos; at = s.find('[', at + 1)) {
    int64_t unused = 0;
    const size_t first = SkipBlanks(s, at + 1);
    if (!IsDigit(At(s, first))) continue;
    const size_t end = ReadStampSeconds(s, first, &unused);
    if (end == kNoMatch || At(s, end) != ']') continue;
    if (end + 1 == s.size() || s[end + 1] == ' ' || s[end + 1] == '[') return at;
  }
  return kNoMatch;
}

}  // namespace oops::log
