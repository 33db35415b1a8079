// Peels one line: what stands in front of the kernel's words (stamps, callers, levels, hosts,
// dates, quoting) and what happened to its bytes on the way (terminal sequences, entities, lost
// blanks). The forms are the rows of prefix_forms.cc.
//
// Meant for the lines in and around crash reports. Not thread-safe; one framer per stream, since
// what one line shows of a stream's look (that '?' are lost blanks, which host writes it) serves
// the next ones.
#ifndef OOPS_LIB_LOG_LINE_FRAMER_H_
#define OOPS_LIB_LOG_LINE_FRAMER_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "lib/log/line_repair.h"
#include "lib/log/log_line.h"
#include "lib/log/peel.h"

namespace oops::log {

class LineFramer {
 public:
  // Frames a line, given without its line end. `number` counts from 1; [begin, end) are its bytes
  // in the stream, line end included. Any bytes are fine, and the time is linear. The result is
  // valid until the next call of Frame, Next or Text and as long as `raw_line` lives.
  LogLine Frame(std::string_view raw_line, uint64_t number, uint64_t begin, uint64_t end);

  // Whether a line goes on in the next one, as quoted-printable marks it. Asked before the line is
  // framed.
  bool EndsInSoftBreak(std::string_view raw_line) {
    return raw_line.ends_with('=') || raw_line.ends_with("=\r")
               ? repairer_.EndsInSoftBreak(raw_line, look_)
               : false;
  }

  // A further message in the line that was framed last, if there is one: two messages may stand in
  // one line (a lost line end; "** 7 printk messages dropped ** [   12.345678] text" of 4.4 to
  // 4.14), and an escaped /dev/kmsg record may hold several lines. Call until it gives nothing.
  std::optional<LogLine> Next();

  // Frames the text of a record whose transport gave the rest (`like`: stamp, level, caller, host),
  // for FeedRecord: repairs bytes, and peels what stands in the text itself, as a journal entry
  // does that holds a syslog line. Call Next() for the further lines of the text.
  LogLine Text(std::string_view text, const LogLine& like);

 private:
  void PeelInto(LogLine& line, std::string_view body);
  bool ContinueLast(LogLine& line, std::string_view body) const;
  void RememberWidth(const LogLine& line, std::string_view body);
  void DropShownLineEnd(LogLine& line);
  bool SplitAtLineEnd(LogLine& line);
  void SplitOff(LogLine& line);

  StreamLook look_;
  LineRepairer repairer_;
  std::string unescaped_;
  std::string repaired_;  // that, where it was no UTF-8
  std::string caller_;
  bool may_hold_line_end_ = false;  // the line that was framed last, or its rest
  std::string_view pending_;        // rest of the line, for Next()
  std::string opener_;              // what its messages are quoted by, if they are
  uint64_t shown_end_number_ = 0;   // of the last line with a '$' at its end
  LogLine last_;                    // whose number, range and prefix hold for the pending rest too

  // dmesg and journalctl indent the further lines of a message by the width of its prefix. The last
  // stamped line's:
  size_t prefix_width_ = 0;
  uint64_t stamped_number_ = 0;
  std::optional<int64_t> stamped_us_;
  std::string stamped_caller_;
  std::string stamped_host_;
};

}  // namespace oops::log

#endif  // OOPS_LIB_LOG_LINE_FRAMER_H_
