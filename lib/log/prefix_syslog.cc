// What syslog daemons and the journal put in front of a line: dates, hosts, tags.
#include "lib/log/level_names.h"
#include "lib/log/prefix_forms.h"
#include "lib/log/scan.h"

namespace oops::log {
namespace {

constexpr std::string_view kChromeOsLevels[] = {"EMERG",   "ALERT",  "CRIT", "ERR",
                                                "WARNING", "NOTICE", "INFO", "DEBUG"};
// Programs that write to the kernel's log or to a console. "systemd-udevd" is covered by "systemd".
constexpr std::string_view kPrograms[] = {
    "systemd", "dracut", "udevd", "plymouth", "abrt",     "sshd",           "cron", "dbus",
    "init",    "agetty", "login", "sudo",     "kdumpctl", "NetworkManager", "CRON"};

int ChromeOsLevel(std::string_view word) {
  for (int level = 0; level < 8; ++level) {
    if (kChromeOsLevels[level] == word) return level;
  }
  return -1;
}

// "kern.warn"
bool SetFacilityAndLevel(std::string_view word, LogLine& line) {
  const size_t dot = word.find('.');
  if (dot == std::string_view::npos) return false;
  const std::string_view facility = word.substr(0, dot);
  const int level = LevelNamed(word.substr(dot + 1));
  if (level < 0 || !IsFacilityName(facility)) return false;
  line.level = level;
  line.from_user_space = facility != "kern";
  return true;
}

// "kernel:", "sshd[123]:"
struct Tag {
  std::string_view name;
  bool has_pid = false;
  size_t end = 0;  // behind the colon
};

bool ReadTag(std::string_view s, size_t at, Tag* tag) {
  const size_t start = at;
  const size_t limit = s.size() < start + 64 ? s.size() : start + 64;
  while (at < limit && s[at] != ':' && s[at] != '[' && !IsBlank(s[at])) ++at;
  if (at == start || at == limit) return false;
  tag->name = s.substr(start, at - start);
  if (s[at] == '[') {
    const size_t close = SkipDigits(s, at + 1);
    if (close == at + 1 || At(s, close) != ']') return false;
    tag->has_pid = true;
    at = close + 1;
  }
  if (At(s, at) != ':') return false;
  tag->end = at + 1;
  return tag->name == "kernel" || tag->end == s.size() || IsBlank(s[tag->end]);
}

// The kernel prints some lines in the form of a program's: "a.out[123]: segfault at ...",
// show_signal_msg() and the like.
bool IsKernelOnTask(std::string_view text) {
  text.remove_prefix(SkipBlanks(text, 0));
  for (std::string_view start : {"segfault", "unhandled ", "bad frame", "bad page", "trap ",
                                 "potentially unexpected", "syscall ", "User-space", "invalid "}) {
    if (StartsWith(text, start)) return true;
  }
  return false;
}

bool IsProgram(std::string_view name) {
  for (std::string_view program : kPrograms) {
    if (StartsWith(name, program)) return true;
  }
  return false;
}

void TakeKernelTag(Peel& peel, size_t end) {
  peel.line->kernel_prefix = true;
  peel.line->foreign = false;
  peel.stamped = true;
  peel.Take(end);
}

// A level in front of a program's text: it passes on what pstore or a crash log kept of the kernel.
bool LevelFollows(std::string_view s) {
  return At(s, 0) == '<' && At(s, 1) >= '0' && At(s, 1) <= '7' && At(s, 2) == '>';
}

// Another program's line, unless the program only passes on what the kernel printed: `logger <
// dmesg`.
void TakeForeignTag(Peel& peel, size_t end) {
  peel.Take(end);
  peel.line->foreign = !LinePrefixFollows(peel.rest) && !LevelFollows(peel.rest);
  peel.stamped |= peel.line->foreign;
}

bool LooksLikeAddress(std::string_view word) {
  if (word.size() < 7 || word.find_first_of(".:") == std::string_view::npos) return false;
  return word.find_first_not_of("0123456789abcdef.:") == std::string_view::npos &&
         word.back() != ':';
}

// "kernel - - - text" of RFC 5424: app, procid, msgid, structured data. Returns where the text
// begins.
size_t SkipStructuredData(std::string_view s, size_t at) {
  if (At(s, at) == '-') return at + 1;
  while (At(s, at) == '[') {
    bool in_value = false;
    for (++at; at < s.size() && (in_value || s[at] != ']'); ++at) {
      if (s[at] == '\\') {
        ++at;
      } else if (s[at] == '"') {
        in_value = !in_value;
      }
    }
    if (at >= s.size()) return kNoMatch;
    ++at;
  }
  return at;
}

bool TakeRfc5424Header(Peel& peel, size_t host_at) {
  const std::string_view s = peel.rest;
  const size_t host_end = WordEnd(s, host_at);
  const size_t app = host_end + 1;
  const size_t app_end = WordEnd(s, app);
  const size_t proc_end = WordEnd(s, app_end + 1);
  const size_t msgid_end = proc_end < s.size() ? WordEnd(s, proc_end + 1) : s.size();
  if (msgid_end >= s.size()) return false;
  const size_t data = msgid_end + 1;
  if (s[data == s.size() ? data - 1 : data] != '-' && At(s, data) != '[') return false;
  const size_t data_end = SkipStructuredData(s, data);
  if (data_end == kNoMatch || (data_end < s.size() && s[data_end] != ' ')) return false;
  const std::string_view host = s.substr(host_at, host_end - host_at);
  const std::string_view name = s.substr(app, app_end - app);
  peel.line->host = host == "-" ? std::string_view() : host;
  if (name == "kernel" || name == "-") {
    peel.look->RememberHost(peel.line->host);
    TakeKernelTag(peel, data_end);
  } else {
    TakeForeignTag(peel, data_end);
  }
  return true;
}

bool TakeTag(Peel& peel, const Tag& tag, std::string_view host) {
  const bool known_host = !host.empty() && host == peel.look->Host();
  if (tag.name == "kernel") {
    peel.line->host = host;
    if (!host.empty()) peel.look->RememberHost(host);
    TakeKernelTag(peel, tag.end);
    return true;
  }
  const bool foreign =
      tag.has_pid ? !IsKernelOnTask(peel.rest.substr(tag.end)) : known_host || IsProgram(tag.name);
  const size_t text = SkipBlanks(peel.rest, tag.end);
  if (!foreign && !LevelFollows(peel.rest.substr(text))) return false;
  peel.line->host = host;
  TakeForeignTag(peel, tag.end);
  return true;
}

// What stands behind a date: a container's stream, a level, a host, a facility, a tag, in many
// combinations; or nothing of these, if the date is a console logger's. A host is only believed if
// something behind it shows that it is one.
void PeelHostAndTag(Peel& peel) {
  const std::string_view s = peel.rest;
  if (s.empty() || s[0] == '[' || s[0] == '<' || IsBlank(s[0])) return;
  size_t at = 0;
  size_t end = WordEnd(s.substr(0, 256), 0);
  std::string_view word = s.substr(0, end);
  if (word == "stderr" || word == "stdout") {
    if (HasAt(s, end, " F ") || HasAt(s, end, " P ")) peel.rest.remove_prefix(end + 3);
    return;
  }
  const int chromeos_level = ChromeOsLevel(word);
  if (chromeos_level >= 0) peel.line->level = chromeos_level;
  if (chromeos_level >= 0 || SetFacilityAndLevel(word, *peel.line)) {
    at = SkipBlanks(s, end);
    end = WordEnd(s.substr(0, at + 256), at);
    word = s.substr(at, end - at);
  }
  Tag tag;
  if (ReadTag(s, at, &tag)) {
    TakeTag(peel, tag, {});
    return;
  }
  const std::string_view host = word;
  const size_t behind_host = SkipBlanks(s, end);
  at = behind_host;
  end = WordEnd(s.substr(0, at + 256), at);
  if (SetFacilityAndLevel(s.substr(at, end - at), *peel.line)) at = SkipBlanks(s, end);
  if (ReadTag(s, at, &tag) && TakeTag(peel, tag, host)) return;
  if (HasAt(s, at, "kernel - - ") &&
      TakeRfc5424Header(peel, static_cast<size_t>(host.data() - s.data())))
    return;
  if (LinePrefixFollows(s.substr(at)) || LooksLikeAddress(host) ||
      (!host.empty() && host == peel.look->Host())) {
    peel.line->host = host;
    peel.rest.remove_prefix(at);
  }
}

// A date was recognised: what is left of its line begins behind one blank.
bool TakeDate(Peel& peel, size_t start, size_t end) {
  if (end != peel.rest.size() && !IsBlank(peel.rest[end])) return false;
  peel.line->wall_time = peel.rest.substr(start, end - start);
  peel.Take(end);
  PeelHostAndTag(peel);
  return true;
}

}  // namespace

bool PeelSyslogDate(Peel& peel) {
  const size_t end = ReadSyslogTime(peel.rest, 0);
  return end != kNoMatch && TakeDate(peel, 0, end);
}

// "Mai 07 21:02:55 host kernel: ", "10月 19 20:09:17 host kernel: ": strftime()'s %b of other
// languages. Any word could be a month's name, so that only a tag behind the host makes it one.
bool PeelForeignSyslogDate(Peel& peel) {
  constexpr size_t kLongestMonth = 16;  // bytes
  const std::string_view s = peel.rest;
  const size_t month_end = WordEnd(s.substr(0, kLongestMonth), 0);
  if (s.substr(0, month_end).find_first_of(":-") != s.npos) return false;  // grep -n, before a date
  const size_t day = SkipBlanks(s, month_end);
  const size_t day_end = SkipDigits(s, day);
  if (day == month_end || day_end == day || day_end - day > 2 || At(s, day_end) != ' ')
    return false;
  const size_t end = ReadClock(s, day_end + 1);
  if (end == kNoMatch || At(s, end) != ' ') return false;
  Tag tag;
  const size_t behind_host = SkipBlanks(s, WordEnd(s.substr(0, end + 256), end + 1));
  if (!ReadTag(s, end + 1, &tag) && !ReadTag(s, behind_host, &tag)) return false;
  return TakeDate(peel, 0, end);
}

// "Mon 2023-10-09 14:40:33 UTC", "Mon Oct  9 14:40:33 2023", "Mon Oct  9 14:40:33 UTC 2023"
bool PeelWeekdayDate(Peel& peel) {
  const std::string_view s = peel.rest;
  if (WeekdayAt(s, 0) < 0 || At(s, 3) != ' ') return false;
  size_t end = ReadIsoTime(s, 4);
  const bool iso = end != kNoMatch;
  if (!iso) end = ReadSyslogTime(s, 4);
  if (end == kNoMatch) return false;
  if (At(s, end) == ' ' && IsUpper(At(s, end + 1)) && IsUpper(At(s, end + 2))) {
    const size_t zone_end = WordEnd(s, end + 1);
    if (zone_end - end <= 6) end = zone_end;
  }
  if (!iso && At(s, end) == ' ') {
    const size_t year = ExactDigits(s, end + 1, 4);
    if (year != kNoMatch) end = year;
  }
  return TakeDate(peel, 0, end);
}

bool PeelIsoDate(Peel& peel) {
  const size_t end = ReadIsoTime(peel.rest, 0);
  return end != kNoMatch && TakeDate(peel, 0, end);
}

bool PeelRfc5424(Peel& peel) {
  const std::string_view s = peel.rest;
  if (At(s, 1) != ' ') return false;
  const size_t end = ReadIsoTime(s, 2);
  if (end == kNoMatch || At(s, end) != ' ') return false;
  const std::string_view date = s.substr(2, end - 2);
  if (!TakeRfc5424Header(peel, end + 1)) return false;
  peel.line->wall_time = date;
  return true;
}

// "1696862433.112324 host kernel: "
bool PeelUnixTime(Peel& peel) {
  const std::string_view s = peel.rest;
  int64_t unused = 0;
  const size_t end = ReadSeconds(s, 0, &unused);
  if (end == kNoMatch || end < 14 || At(s, end) != ' ') return false;
  const size_t host_end = WordEnd(s.substr(0, end + 100), end + 1);
  Tag tag;
  if (!LinePrefixFollows(s.substr(end + 1)) && !ReadTag(s, host_end + 1, &tag)) return false;
  return TakeDate(peel, 0, end);
}

bool PeelKernelTag(Peel& peel) {
  const size_t at = SkipBlanks(peel.rest, 0);
  if (at > 1 || !HasAt(peel.rest, at, "kernel:")) return false;
  TakeKernelTag(peel, at + 7);
  return true;
}

namespace {

// "host kernel: ", "host sshd[123]: " behind a journal's monotonic stamp.
bool PeelHostWord(Peel& peel, size_t word_end) {
  const std::string_view s = peel.rest;
  const std::string_view host = s.substr(0, word_end);
  if (!HasAt(s, word_end + 1, "kernel:") && host != peel.look->Host()) return false;
  Tag tag;
  return ReadTag(s, word_end + 1, &tag) && TakeTag(peel, tag, host);
}

// MediaTek's "kworker/1:2: [name:traps&]text" behind a caller, and "kworker/1:2: text" where other
// lines show that a comm stands there.
bool PeelComm(Peel& peel, size_t colon) {
  constexpr size_t kLongest = 17;  // TASK_COMM_LEN and what follows it
  const std::string_view s = peel.rest;
  const size_t end = s.substr(0, kLongest).find(": ", colon);
  if (end == s.npos || peel.comm) return false;
  const bool named = HasAt(s, end, ": [name:");
  if (!named && (!peel.look->comm_words || peel.line->caller.empty())) return false;
  if (named && !peel.line->caller.empty()) peel.look->comm_words = true;
  peel.comm = true;
  peel.rest.remove_prefix(end + 2);
  return true;
}

}  // namespace

// Words that can stand between a stamp and the text. One look at the word's end tells nearly every
// line that it has none.
bool PeelWordAfterStamp(Peel& peel) {
  const std::string_view s = peel.rest;
  const size_t limit = s.size() < 65 ? s.size() : 65;
  size_t end = 0;
  while (end < limit && s[end] != ' ' && s[end] != ':' && s[end] != '[') ++end;
  if (end >= limit) return false;
  if (s[end] == ' ') return PeelHostWord(peel, end);
  if (s[end] == '[') return PeelProgramTag(peel);
  return PeelComm(peel, end);
}

// "message repeated 3 times: [ text]", and "last message repeated 3 times", which has no text of
// its own.
bool PeelRepeated(Peel& peel) {
  std::string_view s = peel.rest;
  const bool last = StartsWith(s, "last ") || StartsWith(s, "--- last ");
  if (last) s.remove_prefix(s[0] == 'l' ? 5 : 9);
  constexpr std::string_view kWords = "message repeated ";
  uint64_t times = 0;
  if (!StartsWith(s, kWords)) return false;
  const size_t end = ReadNumber(s.substr(0, kWords.size() + 9), kWords.size(), &times);
  if (end == kNoMatch || !HasAt(s, end, " times") || peel.line->repeated != 0) return false;
  if (!last && !HasAt(s, end, " times: [")) return false;
  peel.line->repeated = static_cast<uint32_t>(times);
  if (last) {
    peel.line->foreign = true;
    return true;
  }
  peel.rest = s;
  if (peel.rest.back() == ']') peel.rest.remove_suffix(1);
  peel.Take(end + std::string_view(" times: [").size());
  return true;
}

bool PeelProgramTag(Peel& peel) {
  if (!IsProgram(peel.rest.substr(0, 24))) return false;
  Tag tag;
  if (!ReadTag(peel.rest, 0, &tag) || !(tag.has_pid || StartsWith(tag.name, "abrt-dump")))
    return false;
  return TakeTag(peel, tag, {});
}

}  // namespace oops::log
