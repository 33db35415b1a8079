// The table of line prefixes: every way in which a transport, a daemon or a person puts something
// in front of what the kernel printed. A new prefix is one row in prefix_forms.cc and one function
// in the file of its family.
#ifndef OOPS_LIB_LOG_PREFIX_FORMS_H_
#define OOPS_LIB_LOG_PREFIX_FORMS_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "lib/log/peel.h"

namespace oops::log {

// When a form is tried. A form that could be taken for kernel text is not looked for once the
// kernel's own stamp (or the tag "kernel:") has been peeled, since that is the last thing in front
// of the text.
enum class FormPlace : uint8_t {
  kBeforeStamp = 1,
  kAfterStamp = 2,
  kAnywhere = 3,
};

struct PrefixForm {
  std::string_view name = {};
  std::string_view first = {};  // bytes that it can begin with; "a-z" is a range
  FormPlace place = FormPlace::kAnywhere;
  bool (*peel)(Peel&) = nullptr;  // takes the prefix and returns true, or leaves everything alone
  std::string_view example = {};  // a whole line
  std::string_view text = {};     // what is left of the example
  std::string_view behind = {};   // what follows the blanks, where it begins with one; {}: anything
};

// All rows, in the order in which they are tried.
struct PrefixFormTable {
  const PrefixForm* rows;
  int size;
};
PrefixFormTable PrefixForms();

// Peels prefixes until none fits; they are nested and repeated (quoting, then syslog, then two
// stamps, then a caller). The number of rounds is bounded.
void PeelPrefixes(Peel& peel);

// True if a text begins with something that only a kernel line begins with: a stamp, a level and a
// stamp, a frame's address, a frame of the crash utility. What may stand in front of a line (a
// bullet, an indentation) is believed by this.
bool KernelFormFollows(std::string_view s);

// The same without frames, whose indentation is the kernel's own.
bool LinePrefixFollows(std::string_view s);

// The position of a stamp "[ddd.dddddd]" in the middle of a text, kNoMatch if there is none.
size_t FindInnerStamp(std::string_view s);

// The mark that opened before a text and that may close it: "`", "|", "*" and quotes, which CSV
// doubles within a cell; empty if there is none.
std::string_view OpenerOf(std::string_view before);

// `text` without what closes it because of what opened it before: "`..`", "| .. |", "**..**",
// "msg=\"..\" vm=1", "'..',". Of a text that other ones follow only what surely closes it counts.
std::string_view WithoutMirror(std::string_view before, std::string_view text, bool last = true);

// The same of a /dev/kmsg record, "6,444,501151268,-;", behind what took the datagram.
size_t FindInnerRecord(std::string_view s);

// The length of a bullet that no kernel prints (bullet, middle dot, white, triangular, small
// square); 0 if there is none.
size_t BulletSize(std::string_view s, size_t at);

// The families. kernel: what printk and vendors' printks put there.
bool PeelStamp(Peel&);
bool PeelCutStamp(Peel&);
bool PeelCaller(Peel&);
bool PeelLevel(Peel&);
bool PeelSohLevel(Peel&);
bool PeelCaretLevel(Peel&);
bool PeelLevelColumn(Peel&);
bool PeelSamsungCaller(Peel&);
bool PeelMediatekCaller(Peel&);
bool PeelMediatekName(Peel&);
bool PeelBracketCaller(Peel&);
bool PeelCpuWord(Peel&);
bool PeelKmsgRecord(Peel&);
bool PeelKmsgProperty(Peel&);

// dmesg and logcat.
bool PeelDmesgDate(Peel&);
bool PeelDmesgDelta(Peel&);
bool PeelDmesgFacility(Peel&);
bool PeelTalosctl(Peel&);
bool PeelLogcatThreadtime(Peel&);
bool PeelLogcatBrief(Peel&);

// syslog files and the network, journalctl.
bool PeelSyslogDate(Peel&);
bool PeelForeignSyslogDate(Peel&);
bool PeelWeekdayDate(Peel&);
bool PeelIsoDate(Peel&);
bool PeelRfc5424(Peel&);
bool PeelUnixTime(Peel&);
bool PeelKernelTag(Peel&);
bool PeelWordAfterStamp(Peel&);
bool PeelProgramTag(Peel&);
bool PeelRepeated(Peel&);

// What people, CI systems and consoles put around lines.
bool PeelIndentation(Peel&);
bool PeelQuote(Peel&);
bool PeelBullet(Peel&);
bool PeelWeakBullet(Peel&);
bool PeelListNumber(Peel&);
bool PeelPipe(Peel&);
bool PeelColon(Peel&);
bool PeelFileName(Peel&);
bool PeelVmName(Peel&);
bool PeelClock(Peel&);
bool PeelContainerName(Peel&);
bool PeelHtmlTag(Peel&);
bool PeelBacktick(Peel&);
bool PeelStatusMark(Peel&);
bool PeelLogMark(Peel&);
bool PeelConserverMark(Peel&);
bool PeelXen(Peel&);
bool PeelColumns(Peel&);
bool PeelPrompt(Peel&);

}  // namespace oops::log

#endif  // OOPS_LIB_LOG_PREFIX_FORMS_H_
