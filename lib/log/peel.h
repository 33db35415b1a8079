// What a prefix form works on: the rest of a line that is being peeled, and where to note what its
// prefixes say.
#ifndef OOPS_LIB_LOG_PEEL_H_
#define OOPS_LIB_LOG_PEEL_H_

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "lib/log/log_line.h"

namespace oops::log {

// What earlier lines of a stream have shown of its look.
struct StreamLook {
  bool nbsp_as_question = false;  // no-break spaces arrive as '?'
  bool comm_words = false;        // "comm: " stands behind each caller, as MediaTek's has it
  bool kmsg_records = false;      // /dev/kmsg records, so that " KEY=value" lines are theirs
  int quoted_marks = 0;   // of a mail transfer encoding that was not undone; two are believed
  std::string open_mark;  // what stands for '[' and ']', if these were lost
  std::string close_mark;
  std::array<char, 64> host{};  // last host that wrote a "kernel:" line
  size_t host_size = 0;

  std::string_view Host() const { return {host.data(), host_size}; }
  void RememberHost(std::string_view name) {
    host_size = name.size() <= host.size() ? name.copy(host.data(), host.size()) : 0;
  }
};

// The state of one line's peeling.
struct Peel {
  std::string_view rest;  // behind the prefixes found so far
  LogLine* line;          // result
  StreamLook* look;
  std::string*
      caller;  // where a caller in a vendor's form is spelled anew; lives as long as the line
  bool comm = false;     // "comm: " was peeled
  bool escaped = false;  // a /dev/kmsg record: its text holds \xNN
  bool stamped =
      false;  // the kernel's own stamp or tag was peeled: what follows is nearly always text

  // Drops what was recognised and, of the blanks behind it, the one that separates it from the
  // text: further ones are the kernel's own indentation.
  void Take(size_t bytes) {
    rest.remove_prefix(bytes);
    if (!rest.empty() && rest.front() == ' ') rest.remove_prefix(1);
  }
};

}  // namespace oops::log

#endif  // OOPS_LIB_LOG_PEEL_H_
