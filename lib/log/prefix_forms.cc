#include "lib/log/prefix_forms.h"

#include <array>
#include <cstddef>

#include "lib/log/scan.h"

namespace oops::log {
namespace {

constexpr FormPlace kBefore = FormPlace::kBeforeStamp;
constexpr FormPlace kAfter = FormPlace::kAfterStamp;
constexpr FormPlace kAny = FormPlace::kAnywhere;

// Where one row could take another's line, the more particular one stands first.
constexpr PrefixForm kForms[] = {
    // print_time(), print_prefix() in kernel/printk; printk.time=1, all eras. journalctl -o
    // short-monotonic has the same.
    {"stamp", "[", kAny, PeelStamp, "[   12.345678] Call Trace:", "Call Trace:"},
    {"stamp, delta", "[", kAny, PeelStamp,
     "[    8.000000 <    7.000000>] Call Trace:", "Call Trace:"},
    {"stamp, journal delta", "[", kAny, PeelStamp,
     "[  166.112324 <    0.000004 >] RIP: 0010:f+0x1/0x2", "RIP: 0010:f+0x1/0x2"},
    {"stamp, cut", "0-9 ", kBefore, PeelCutStamp, "12.345678] Call Trace:", "Call Trace:"},
    {"padded stamp, cut", "0-9 ", kBefore, PeelCutStamp,
     "   12.345678] Call Trace:", "Call Trace:"},
    // CONFIG_PRINTK_CALLER, since 5.1
    {"caller", "[", kAny, PeelCaller, "[   12.345678][ T1452]  f+0x1/0x2", " f+0x1/0x2"},
    {"caller, dmesg 2.40", "[", kAny, PeelCaller, "[   12.345678] [T1] Call Trace:", "Call Trace:"},
    {"level", "<", kAny, PeelLevel, "<4>[   12.345678] Call Trace:", "Call Trace:"},
    // crash> log -m prints it behind the stamp
    {"level after stamp", "<", kAny, PeelLevel, "[   12.345678] <4>Call Trace:", "Call Trace:"},
    // KERN_SOH, since 3.6: leaks where a level doesn't begin a format
    {"SOH level", "\001", kAny, PeelSohLevel, "[   12.345678] \0014 RSP <ffff88013fc03e78>",
     " RSP <ffff88013fc03e78>"},
    {"caret level", "^", kAny, PeelCaretLevel, "[   12.345678] ^A4Call Trace:", "Call Trace:"},
    {"conserver mark", "[", kBefore, PeelConserverMark, "[-- MARK -- Mon Oct  9 14:40:33 2023]",
     "MARK -- Mon Oct  9 14:40:33 2023]"},
    {"systemd status", "[", kBefore, PeelStatusMark, "[  OK  ] Started x.", "Started x."},
    {"systemd job", "[", kBefore, PeelStatusMark, "[ ***  ] (1 of 2) A start job is running",
     "(1 of 2) A start job is running"},
    {"journal mark", "-M", kBefore, PeelLogMark, "-- Boot 0123456789abcdef0123456789abcdef --",
     "-- Boot 0123456789abcdef0123456789abcdef --"},
    {"HTML tag", "<", kBefore, PeelHtmlTag, "<pre>[   12.345678] Call Trace:<br/>", "Call Trace:"},
    {"HTML tag with attributes", "<", kBefore, PeelHtmlTag,
     "<span class=\"line\">[   12.345678] Call Trace:</span>", "Call Trace:"},
    {"Markdown fence", "`", kBefore, PeelBacktick, "```text", ""},
    {"Markdown", "`", kBefore, PeelBacktick, "`[   12.345678] Call Trace:`", "Call Trace:"},
    // dmesg -T, in any locale; console loggers
    {"dmesg -T", "[", kAny, PeelDmesgDate, "[Fri Feb 13 23:31:30 2009] Call Trace:", "Call Trace:"},
    {"dmesg -d -T", "[", kAny, PeelDmesgDate,
     "[Fri Feb 13 23:31:30 2009 <    7.000000>] Call Trace:", "Call Trace:"},
    {"dmesg -e", "[", kAny, PeelDmesgDate, "[Feb13 23:31] Call Trace:", "Call Trace:"},
    {"bracketed ISO date", "[", kBefore, PeelDmesgDate,
     "[2023-10-09T14:40:33.112Z] [   12.345678] Call Trace:", "Call Trace:"},
    {"bracketed clock", "[", kBefore, PeelDmesgDate,
     "[14:40:33.112] [   12.345678] Call Trace:", "Call Trace:"},
    {"dmesg -e, same minute", "[", kAny, PeelDmesgDelta,
     "[  +0.123456] Call Trace:", "Call Trace:"},
    {"dmesg -H, decimal comma", "[", kAny, PeelDmesgDelta,
     "[  +0,010730] Call Trace:", "Call Trace:"},
    {"dmesg --time-format delta", "[", kAny, PeelDmesgDelta,
     "[<    7.000000>] Call Trace:", "Call Trace:"},
    // vendors' printk: Samsung "%c[%1d:%15s:%5d] ", MediaTek "(%d)[%d:%s]", others
    {"Samsung caller", " I[", kAfter, PeelSamsungCaller,
     "[   12.345678]  [1:   kworker/1:2:  123] Call Trace:", "Call Trace:", "["},
    {"Samsung caller, interrupt", " I[", kAfter, PeelSamsungCaller,
     "[   12.345678] I[0:      swapper/0:    0] Call Trace:", "Call Trace:", "["},
    {"MediaTek caller", "(. -", kAfter, PeelMediatekCaller,
     "[   12.345678](1)[123:comm]Call Trace:", "Call Trace:", "(.-"},
    {"MediaTek caller, old", "(. -", kAfter, PeelMediatekCaller,
     "<0>[  12.345678] -(1)[123:comm]Call Trace:", "Call Trace:", "(.-"},
    {"MediaTek name", "[", kAny, PeelMediatekName,
     "[   12.345678][name:traps&]Call Trace:", "Call Trace:"},
    {"MediaTek name alone", "[", kAny, PeelMediatekName, "[name:traps&]Call Trace:", "Call Trace:"},
    {"MediaTek task and name", "a-zA-Z", kAfter, PeelWordAfterStamp,
     "[   12.345678][  T123] init: [name:traps&]Call Trace:", "Call Trace:"},
    {"stamp with date, LG's caller", "[", kAny, PeelStamp,
     "[   12.345678 / 10-09 14:40:33.112][2][123][comm] Call Trace:", "Call Trace:"},
    {"stamp with date, LG's CPU", "[", kAny, PeelStamp,
     "[   12.345678 / 10-09 14:40:33.112][2] Call Trace:", "Call Trace:"},
    {"Huawei caller", "[(", kAfter, PeelBracketCaller,
     "[   12.345678s][pid:1,cpu4,init]Call Trace:", "Call Trace:"},
    {"Unisoc CPU", "cC", kAfter, PeelCpuWord,
     "<4>[   12.345678] c2   1452 Call Trace:", "Call Trace:"},
    {"Samsung CPU", "cC", kAfter, PeelCpuWord, "<4>[   12.345678] c1  r7:00000006 r6:00000021",
     " r7:00000006 r6:00000021"},
    {"ZTE caller", "[(", kAfter, PeelBracketCaller,
     "[12.345678] [<2>][123, comm]Call Trace:", "Call Trace:"},
    // info_print_ext_header(); netconsole prepends the release with 'r', since 6.6
    {"kmsg record", "0-9", kBefore, PeelKmsgRecord, "3,1187,25171342,-,caller=T1452;BUG: x\\x09y",
     "BUG: x\ty"},
    {"kmsg record, release", "0-9", kBefore, PeelKmsgRecord,
     "6.4.0,6,444,501151268,-;Call Trace:", "Call Trace:"},
    {"level column", " N", kAfter, PeelLevelColumn,
     "[   12.345678]   WARN: Call Trace:", "Call Trace:", "EACWNID"},
    {"talosctl dmesg", "a-zA-Z0-9", kBefore, PeelTalosctl,
     "10.1.1.2: kern: warning: [2023-10-09T14:40:33.112328123Z]: Call Trace:", "Call Trace:"},
    {"dmesg -x", "a-z", kBefore, PeelDmesgFacility,
     "kern  :emerg : [    0.000000] Call Trace:", "Call Trace:"},
    // RFC 3164 files, journalctl -o short
    {"syslog", "JFMASOND", kBefore, PeelSyslogDate,
     "Oct  9 14:40:33 host kernel: [  166.112328] Call Trace:", "Call Trace:"},
    {"syslog, glued tag", "JFMASOND", kBefore, PeelSyslogDate,
     "Oct 09 14:40:33.112324 host kernel:[  166.112328]  f", " f"},
    {"syslog with priority", "<", kBefore, PeelLevel,
     "<2>Oct  9 14:40:33 host kernel: Call Trace:", "Call Trace:"},
    {"syslog without tag", "JFMASOND", kBefore, PeelSyslogDate,
     "Oct  9 14:40:33 10.0.0.1 [  166.112328] Call Trace:", "Call Trace:"},
    {"syslog of a netconsole listener", "JFMASOND", kBefore, PeelSyslogDate,
     "Oct  9 14:40:33 host 3,1187,25171342,-,caller=T1452;Call Trace:", "Call Trace:"},
    {"syslog of a crash log", "JFMASOND", kBefore, PeelSyslogDate,
     "Oct  9 14:40:33 crashlog: <0>Call Trace:", "Call Trace:"},
    {"syslog, another program", "JFMASOND", kBefore, PeelSyslogDate,
     "Oct  9 14:40:33 host sshd[123]: BUG: x", "BUG: x"},
    {"busybox syslog", "JFMASOND", kBefore, PeelSyslogDate,
     "Jan  1 00:00:09 host kern.warn kernel: [    9.1234] Oops", "Oops"},
    {"syslog, in another language", "a-zA-Z0-9\x80-\xFF", kBefore, PeelForeignSyslogDate,
     "Mai 07 21:02:55 host kernel: Call Trace:", "Call Trace:"},
    {"syslog, in another script", "a-zA-Z0-9\x80-\xFF", kBefore, PeelForeignSyslogDate,
     "10\u6708 19 20:09:17 host kernel: Call Trace:", "Call Trace:"},
    {"journal short-full", "MTWFS", kBefore, PeelWeekdayDate,
     "Mon 2023-10-09 14:40:33 UTC host kernel: Call Trace:", "Call Trace:"},
    {"logread", "MTWFS", kBefore, PeelWeekdayDate,
     "Mon Oct  9 14:40:33 2023 kern.warn kernel: [  166.112328] Oops", "Oops"},
    {"RFC 5424", "1", kBefore, PeelRfc5424,
     "1 2023-10-09T14:40:33.112328+00:00 host kernel - - - [  166.112328] Call Trace:",
     "Call Trace:"},
    {"RFC 5424 with priority", "<", kBefore, PeelLevel,
     "<3>1 2023-10-09T14:40:33.112328+00:00 host kernel - - [x@1 k=\"v]\"] Call Trace:",
     "Call Trace:"},
    {"dmesg --time-format iso", "0-9", kAny, PeelIsoDate,
     "2009-02-13T23:31:30,123456+00:00 Call Trace:", "Call Trace:"},
    {"rsyslog", "0-9", kAny, PeelIsoDate,
     "2023-11-01T14:24:39.378331+00:00 host kernel: [  166.112328] Call Trace:", "Call Trace:"},
    {"rsyslog with facility", "0-9", kAny, PeelIsoDate,
     "2023-11-01T14:24:39.378331+00:00 host kern.info kernel: Oops", "Oops"},
    {"ChromeOS", "0-9", kAny, PeelIsoDate,
     "2023-10-09T14:40:33.112328Z ERR kernel: [  166.112328] Call Trace:", "Call Trace:"},
    {"CRI container log", "0-9", kAny, PeelIsoDate,
     "2023-10-09T14:40:33.112328123Z stderr F [  166.112328] Oops", "Oops"},
    {"CI date", "0-9", kAny, PeelIsoDate,
     "2023-10-09T14:40:33 [  166.1123] Call Trace:", "Call Trace:"},
    {"journal short-unix", "0-9", kBefore, PeelUnixTime,
     "1696862433.112324 host kernel: Call Trace:", "Call Trace:"},
    {"logcat threadtime", "0-9", kBefore, PeelLogcatThreadtime,
     "10-09 14:40:33.112     0     0 I : Call Trace:", "Call Trace:"},
    {"logcat brief", "VDIWEF", kBefore, PeelLogcatBrief,
     "E/KERNEL  (  123): [   12.345678] Call Trace:", "Call Trace:"},
    {"logcat time", "0-9", kBefore, PeelLogcatThreadtime,
     "10-09 14:40:33.112 W/        (    0): Call Trace:", "Call Trace:"},
    {"logcat threadtime, with names", "0-9", kBefore, PeelLogcatThreadtime,
     "10-09 14:40:33.112  root     0     0 I kernel  : Call Trace:", "Call Trace:"},
    {"CI clock", "0-9", kBefore, PeelClock, "14:40:33 [  166.112328] Call Trace:", "Call Trace:"},
    // syslogd's wall messages
    {"kernel tag", " k", kAny, PeelKernelTag, " kernel:watchdog: BUG: soft lockup",
     "watchdog: BUG: soft lockup", "k"},
    {"journal short-monotonic", "a-zA-Z0-9", kAfter, PeelWordAfterStamp,
     "[  166.112324] host kernel: Call Trace:", "Call Trace:"},
    {"program behind stamp", "a-zA-Z", kAfter, PeelWordAfterStamp,
     "[    6.345678] systemd[1]: Starting.", "Starting."},
    {"program tag", "NCacdiklps", kBefore, PeelProgramTag, "systemd[1]: Starting.", "Starting."},
    // rsyslog's and syslogd's count of what they left out
    {"repeated", "m", kAny, PeelRepeated,
     "Oct  9 14:40:33 host kernel: message repeated 3 times: [ [   12.345678] Oops]", "Oops"},
    {"last repeated", "l-", kAny, PeelRepeated,
     "Oct  9 14:40:33 10.0.0.1 last message repeated 3 times", "last message repeated 3 times"},
    {"kmsg property", " ", kBefore, PeelKmsgProperty, "", ""},
    {"bullet", "\xE2\xC2 ", kBefore, PeelBullet,
     "  \u2022 [   12.345678] Call Trace:", "Call Trace:"},
    {"indentation", " \t", kBefore, PeelIndentation,
     "    [   12.345678] Call Trace:", "Call Trace:"},
    {"mail quote", ">", kBefore, PeelQuote, "> > [   12.345678] Call Trace:", "Call Trace:"},
    {"mail quote, tight", ">", kBefore, PeelQuote, ">>[   12.345678] Call Trace:", "Call Trace:"},
    {"weak bullet", "*#+-", kBefore, PeelWeakBullet, "* [   12.345678] Call Trace:", "Call Trace:"},
    {"list number", "0-9", kBefore, PeelListNumber,
     "12. [   12.345678] Call Trace:", "Call Trace:"},
    {"list number, grep -C", "0-9", kBefore, PeelListNumber,
     "1262024-Oct  9 14:40:33 host kernel: Call Trace:", "Call Trace:"},
    {"list number, ktest", "0-9", kBefore, PeelListNumber, "00034 kernel BUG at fs/foo.c:12!",
     "kernel BUG at fs/foo.c:12!"},
    {"pipe", "|", kBefore, PeelPipe, "> | BUG: Bad page state in process a  pfn:5c001",
     "BUG: Bad page state in process a  pfn:5c001"},
    {"pipe, indented", " \t", kBefore, PeelIndentation, ">> >   | BUG: Bad page state",
     "BUG: Bad page state"},
    {"libreport", ":", kBefore, PeelColon, ":[   12.345678] Call Trace:", "Call Trace:"},
    {"comment", "*#+-", kBefore, PeelWeakBullet, "# [   12.345678] Call Trace:", "Call Trace:"},
    {"VM name", "v", kBefore, PeelVmName, "vm-0: [   12.345678] Call Trace:", "Call Trace:"},
    {"container name", "a-z", kBefore, PeelContainerName,
     "node_1  | [   12.345678] Call Trace:", "Call Trace:"},
    {"grep", "a-zA-Z0-9./_", kBefore, PeelFileName,
     "/var/log/messages:Oct  9 14:40:33 host kernel: Call Trace:", "Call Trace:"},
    {"grep -n", "a-zA-Z0-9./_", kBefore, PeelFileName,
     "dmesg.txt:12:[   12.345678] Call Trace:", "Call Trace:"},
    {"gh run view", "a-zA-Z", kBefore, PeelColumns,
     "build\tRun tests\t2023-10-09T14:40:33.1123241Z Call Trace:", "Call Trace:"},
    {"shell prompt", "a-zA-Z0-9_[", kBefore, PeelPrompt,
     "root@host:~# Kernel panic - not syncing: x", "Kernel panic - not syncing: x"},
    {"shell prompt in brackets", "a-zA-Z0-9_[", kBefore, PeelPrompt,
     "[root@host log]# Kernel panic - not syncing: x", "Kernel panic - not syncing: x"},
    {"login prompt", "a-zA-Z0-9_[", kBefore, PeelPrompt,
     "host login: Kernel panic - not syncing: x", "Kernel panic - not syncing: x"},
    {"Xen", "(", kBefore, PeelXen, "(XEN) Panic on CPU 0:", "Panic on CPU 0:"},
    {"Xen, a guest's console", "(", kBefore, PeelXen,
     "(XEN) [2023-10-09 14:40:33.112] (d1) Call Trace:", "Call Trace:"},
};
constexpr int kFormCount = static_cast<int>(sizeof(kForms) / sizeof(kForms[0]));

// More than any line has: quoting of a reply to a reply, two dates, host, two stamps, level,
// caller.
constexpr int kMaxRounds = 24;

using PeelFunction = bool (*)(Peel&);

// Which functions to call, as a bit mask, by the first byte of what is left; where that is a blank,
// as of most frames, by the first byte behind the blanks. Rows that differ only in what they show
// share a function, and are one bit.
class Dispatch {
 public:
  Dispatch() {
    for (const PrefixForm& form : kForms) {
      const uint64_t bit = BitOf(form.peel);
      const bool blank = form.first.find(' ') != std::string_view::npos;
      for (const FormPlace place : {kBefore, kAfter}) {
        if (form.place != place && form.place != kAny) continue;
        ByFirst& masks = place == kBefore ? before_ : after_;
        Add(form.first, bit, masks.byte);
        if (blank) Add(form.behind.empty() ? "\x01-\xFF" : form.behind, bit, masks.behind_blanks);
        // Nothing but blanks.
        if (blank && form.behind.empty()) masks.behind_blanks[0] |= bit;
      }
    }
  }

  bool PeelOne(Peel& peel) const {
    const std::string_view s = peel.rest;
    const ByFirst& masks = peel.stamped ? after_ : before_;
    uint64_t calls = s.front() != ' '
                         ? masks.byte[static_cast<unsigned char>(s.front())]
                         : masks.behind_blanks[static_cast<unsigned char>(At(s, SkipBlanks(s, 1)))];
    for (; calls != 0; calls &= calls - 1) {
      if (functions_[static_cast<size_t>(__builtin_ctzll(calls))](peel)) return true;
    }
    return false;
  }

 private:
  using Masks = std::array<uint64_t, 256>;
  struct ByFirst {
    Masks byte{};
    Masks behind_blanks{};
  };

  // 64 functions are room enough; a further one's examples would fail in the test.
  uint64_t BitOf(PeelFunction function) {
    size_t i = 0;
    while (i < count_ && functions_[i] != function) ++i;
    if (i == functions_.size()) return 0;
    functions_[i] = function;
    if (i == count_) ++count_;
    return uint64_t{1} << i;
  }

  static void Add(std::string_view first, uint64_t bit, Masks& masks) {
    for (size_t i = 0; i < first.size(); ++i) {
      const auto from = static_cast<unsigned char>(first[i]);
      const bool range = i + 2 < first.size() && first[i + 1] == '-';
      const size_t to = range ? static_cast<unsigned char>(first[i + 2]) : from;
      for (size_t c = from; c <= to; ++c) masks[c] |= bit;
      if (range) i += 2;
    }
  }

  std::array<PeelFunction, 64> functions_{};
  size_t count_ = 0;
  ByFirst before_;
  ByFirst after_;
};

}  // namespace

PrefixFormTable PrefixForms() { return {kForms, kFormCount}; }

void PeelPrefixes(Peel& peel) {
  static const Dispatch dispatch;
  for (int round = 0; round < kMaxRounds && !peel.rest.empty(); ++round) {
    if (!dispatch.PeelOne(peel)) return;
  }
}

}  // namespace oops::log
