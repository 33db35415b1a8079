// Undoes what terminals, mail programs, web pages and daemons do to the bytes of a line, before its
// prefixes are peeled.
#ifndef OOPS_LIB_LOG_LINE_REPAIR_H_
#define OOPS_LIB_LOG_LINE_REPAIR_H_

#include <string>
#include <string_view>

#include "lib/log/log_line.h"
#include "lib/log/peel.h"

namespace oops::log {

// Repairs one line: syslog's octal escapes, quoted-printable, HTML entities, terminal sequences,
// blanks of other kinds, bad UTF-8, and no-break spaces that became '?'. Gives the line itself
// where nothing is to be done (nearly always, after one look at its bytes), else a view into a
// buffer of the repairer's, valid until the next call.
class LineRepairer {
 public:
  std::string_view Repair(std::string_view line, StreamLook& look, Repairs& repairs);

  // Whether what Repair() gave last may hold a line end, which was escaped on its way.
  bool may_hold_line_end() const { return may_hold_line_end_; }

  // Whether quoted-printable broke a line that ends with '='.
  bool EndsInSoftBreak(std::string_view line, StreamLook& look);

 private:
  // Each step reads the last step's buffer and writes the other.
  std::string buffers_[2];
  bool may_hold_line_end_ = false;
};

// Decodes the \xNN of /dev/kmsg records (info_print_ext_header) into `out`.
void UnescapeKmsg(std::string_view text, std::string& out);

}  // namespace oops::log

#endif  // OOPS_LIB_LOG_LINE_REPAIR_H_
