// What dmesg(1) and Android's logcat put in front of a line.
#include <cstring>

#include "lib/log/level_names.h"
#include "lib/log/prefix_forms.h"
#include "lib/log/scan.h"

namespace oops::log {

// "[Fri Feb 13 23:31:30 2009] " in any locale, "[Feb13 23:31] ", and console loggers'
// "[2023-10-09T14:40:33Z] " and "[14:40:33.112] ".
bool PeelDmesgDate(Peel& peel) {
  const std::string_view s = peel.rest;
  const size_t close = s.substr(0, 72).find(']');
  if (close == std::string_view::npos) return false;
  const std::string_view date = s.substr(1, close - 1);
  const size_t colon = date.find(':');
  if (colon == std::string_view::npos || colon < 2) return false;
  const size_t clock = ReadClock(date, colon - 2);
  bool by_dmesg = false;
  if (clock == kNoMatch) {
    const size_t day_end = SkipDigits(date, 3);
    if (MonthAt(date, 0) < 0 || day_end == 3 || day_end + 6 != date.size() || day_end + 3 != colon)
      return false;
    by_dmesg = true;
  } else {
    const char before = colon == 2 ? ' ' : date[colon - 3];
    if (before != ' ' && before != 'T') return false;
    for (char c : date.substr(clock)) {
      if (std::strchr(" .+-:<>Z", c) == nullptr && !IsDigit(c) && !IsUpper(c)) return false;
    }
    if (At(date, clock) == ':') return false;
    by_dmesg = At(date, clock) == ' ' && colon > 6;
  }
  peel.line->wall_time = date;
  if (by_dmesg) {
    peel.line->kernel_prefix = true;
    peel.stamped = true;
  }
  peel.Take(close + 1);
  return true;
}

// "[  +0.123456] ", "[<    7.000000>] ": the distance to the line before.
bool PeelDmesgDelta(Peel& peel) {
  const std::string_view s = peel.rest;
  size_t at = SkipBlanks(s, 1);
  const bool angle = At(s, at) == '<';
  if (!angle && At(s, at) != '+') return false;
  int64_t unused = 0;
  at = ReadSeconds(s, SkipBlanks(s, at + 1), &unused);
  if (at == kNoMatch) return false;
  at = SkipBlanks(s, at);
  if (angle) at = At(s, at) == '>' ? at + 1 : s.size();
  if (At(s, at) != ']') return false;
  peel.line->kernel_prefix = true;
  peel.stamped = true;
  peel.Take(at + 1);
  return true;
}

// dmesg -x: "%-6s:%-6s: "
bool PeelDmesgFacility(Peel& peel) {
  const std::string_view s = peel.rest.substr(0, 32);
  const size_t colon = s.find(':');
  if (colon == std::string_view::npos) return false;
  const size_t second = s.find(':', colon + 1);
  if (second == std::string_view::npos) return false;
  const std::string_view facility = s.substr(0, WordEnd(s.substr(0, colon), 0));
  const std::string_view rest = s.substr(colon + 1, second - colon - 1);
  const int level = LevelNamed(rest.substr(0, WordEnd(rest, 0)));
  if (level < 0 || !IsFacilityName(facility) || At(s, second + 1) != ' ') return false;
  peel.line->level = level;
  peel.line->from_user_space = facility != "kern";
  peel.line->kernel_prefix |= facility == "kern";
  peel.Take(second + 1);
  return true;
}

// "10.1.1.2: kern: warning: [2022-01-25T10:36:07.525878566Z]: text" of talosctl dmesg: node,
// facility, level, time. What /dev/kmsg escaped stays so.
bool PeelTalosctl(Peel& peel) {
  const std::string_view s = peel.rest;
  constexpr std::string_view kMark = ": ";
  const std::string_view head = s.substr(0, 120);
  size_t at = head.find(kMark);
  if (at == head.npos) return false;
  const size_t facility = IsFacilityName(s.substr(0, at)) ? 0 : at + kMark.size();
  if (facility > 0) at = head.find(kMark, facility);
  if (at == head.npos || !IsFacilityName(s.substr(facility, at - facility))) return false;
  const size_t level = SkipBlanks(s, at + 1);
  const size_t level_end = head.find(": [", level);
  if (level_end == head.npos) return false;
  const int number = LevelNamed(s.substr(level, level_end - level));
  const size_t time = level_end + 3;
  const size_t time_end = ReadIsoTime(s, time);
  if (number < 0 || time_end == kNoMatch || !HasAt(s, time_end, "]:")) return false;
  peel.line->level = number;
  peel.line->from_user_space = s.substr(facility, at - facility) != "kern";
  peel.line->kernel_prefix |= !peel.line->from_user_space;
  peel.line->wall_time = s.substr(time, time_end - time);
  if (facility > 0) peel.line->host = s.substr(0, facility - kMark.size());
  peel.stamped = true;
  peel.escaped = true;
  peel.Take(time_end + 2);
  return true;
}

namespace {

int LogcatLevel(char letter) {
  switch (letter) {
    case 'V':
    case 'D':
      return 7;
    case 'I':
      return 6;
    case 'W':
      return 4;
    case 'E':
      return 3;
    case 'F':
      return 2;
    default:
      return -1;
  }
}

}  // namespace

// "E/KERNEL  (  123): text". The kernel has pid 0.
bool PeelLogcatBrief(Peel& peel) {
  const std::string_view s = peel.rest;
  const int level = LogcatLevel(s[0]);
  if (level < 0 || At(s, 1) != '/') return false;
  const size_t open = s.substr(0, 48).find('(');
  if (open == std::string_view::npos) return false;
  const size_t pid = SkipBlanks(s, open + 1);
  const size_t pid_end = SkipDigits(s, pid);
  if (pid_end == pid || !HasAt(s, pid_end, "):")) return false;
  const bool kernel = s.substr(pid, pid_end - pid) == "0";
  peel.line->level = level;
  peel.Take(pid_end + 2);
  peel.line->kernel_prefix |= kernel;
  peel.line->foreign = !kernel && !LinePrefixFollows(peel.rest);
  return true;
}

// "10-09 14:40:33.112     0     0 I tag: text" and, of logcat -v time, "10-09 14:40:33.112 I/tag
// (    0): text"; the kernel has pid 0 and often no tag. -v uid puts the user's name first.
bool PeelLogcatThreadtime(Peel& peel) {
  const std::string_view s = peel.rest;
  size_t at = ExactDigits(s, 0, 2);
  if (at == kNoMatch || At(s, at) != '-') return false;
  at = ExactDigits(s, at + 1, 2);
  if (at == kNoMatch || At(s, at) != ' ') return false;
  const size_t date_end = ReadClock(s, at + 1);
  if (date_end == kNoMatch) return false;
  size_t pid = SkipBlanks(s, date_end);
  if (At(s, pid + 1) == '/') {
    const std::string_view whole = s;
    peel.rest.remove_prefix(pid);
    if (!PeelLogcatBrief(peel)) {
      peel.rest = whole;
      return false;
    }
    peel.line->wall_time = whole.substr(0, date_end);
    return true;
  }
  if (IsAlpha(At(s, pid))) pid = SkipBlanks(s, WordEnd(s, pid));
  const size_t pid_end = SkipDigits(s, pid);
  const size_t tid = SkipBlanks(s, pid_end);
  const size_t tid_end = SkipDigits(s, tid);
  const int level = LogcatLevel(At(s, tid_end + 1));
  if (pid_end == pid || tid_end == tid || level < 0 || At(s, tid_end + 2) != ' ') return false;
  size_t text = SkipBlanks(s, tid_end + 2);
  if (!LinePrefixFollows(s.substr(text))) {
    const size_t colon = s.substr(0, text + 64).find(':', text);
    if (colon != std::string_view::npos) text = colon + 1;
  }
  peel.line->wall_time = s.substr(0, date_end);
  peel.line->level = level;
  peel.line->foreign = s.substr(pid, pid_end - pid) != "0";
  peel.line->kernel_prefix |= !peel.line->foreign;
  peel.Take(text);
  return true;
}

}  // namespace oops::log
