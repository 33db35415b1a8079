// Two consoles on one serial line: every line comes twice.
#ifndef OOPS_LIB_RECORD_ECHO_H_
#define OOPS_LIB_RECORD_ECHO_H_

#include <cstdint>
#include <optional>
#include <string>

#include "lib/log/log_line.h"

namespace oops::record {

class Echo {
 public:
  // Whether the line is the one before once more: the same words at the same microsecond.
  bool Repeats(const log::LogLine& line) {
    const bool same = line.monotonic_us && line.monotonic_us == stamp_ && line.text == text_;
    stamp_ = line.monotonic_us;
    if (!same) text_.assign(line.text);
    return same;
  }

 private:
  std::string text_;
  std::optional<int64_t> stamp_;
};

}  // namespace oops::record

#endif  // OOPS_LIB_RECORD_ECHO_H_
