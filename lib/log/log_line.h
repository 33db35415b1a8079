// One line of a kernel log, with what its transport says of it.
//
// Everything is a view into memory that belongs to the caller or to the framer; a LogLine is good
// until the next call of the function that gave it.
#ifndef OOPS_LIB_LOG_LOG_LINE_H_
#define OOPS_LIB_LOG_LOG_LINE_H_

#include <cstdint>
#include <optional>
#include <string_view>

namespace oops::log {

// What had to be repaired in a line.
struct Repairs {
  bool nbsp_as_question = false;  // no-break spaces that a web page turned into '?'
  bool html_entities = false;
  bool quoted = false;  // mail quoting, bullets, list numbers
  bool quoted_printable = false;
  bool bad_utf8 = false;
  bool filled_rows = false;  // a terminal's rows, filled up with blanks, were one line
};

struct LogLine {
  std::string_view text;      // the kernel's words: prefixes peeled, trailing blanks and CR removed
  std::string_view raw;       // the line as it stood in the stream, without its line end
  uint64_t number = 0;        // from 1; of a record of several lines that of its text
  uint64_t first_number = 0;  // of the first line, if that is another one
  uint64_t last_number = 0;   // of the last line, if it is a record of several
  uint64_t order = 0;  // what stands next to what: lines are counted, or a container's records
  uint64_t begin = 0;  // byte offset of the line's first byte
  uint64_t end = 0;    // one past its line end

  bool kernel_prefix = false;   // a transport's prefix was recognised: a stamp, a level, "kernel:"
  bool behind_learned = false;  // what stood in front is only known from other lines
  std::optional<int64_t> monotonic_us;  // kernel time stamp, microseconds since boot
  std::string_view wall_time;           // as printed
  std::string_view host;
  std::string_view boot_id;      // journald's
  std::string_view caller;       // printk caller: "T1452", "C3"; vendor prefixes give the same form
  int level = -1;                // 0 emergency .. 7 debug; -1 not printed
  bool from_user_space = false;  // facility is not kern
  bool foreign = false;          // another program's line in the same file: "host sshd[123]: ..."

  // A further line of the message above it, by its indentation; stamp and caller are that one's.
  bool continuation = false;

  // How often more it stood there, as a daemon says: "message repeated 3 times".
  uint32_t repeated = 0;

  // Records that are missing in front of this one, by sequence numbers. /dev/kmsg lost them;
  // netconsole may as well have left them out as too unimportant for a console.
  uint64_t sequence_gap = 0;

  bool cut = false;     // pieces of this record were lost
  bool closed = false;  // it was quoted, and the quote ends with it: the next line is no rest of it

  bool without_anchor = false;  // it is known that no literal of the grammar stands in `text`
  Repairs repairs;
};

}  // namespace oops::log

#endif  // OOPS_LIB_LOG_LOG_LINE_H_
