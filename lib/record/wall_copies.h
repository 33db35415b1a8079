// syslogd writes emergencies to every terminal, too: "Message from syslogd@host at ...:" and then
// " kernel:[  233.001921] Internal error: ...". Who pastes what a terminal shows beside the log has
// these lines twice.
#ifndef OOPS_LIB_RECORD_WALL_COPIES_H_
#define OOPS_LIB_RECORD_WALL_COPIES_H_

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "lib/grammar/chars.h"
#include "lib/log/log_line.h"

namespace oops::record {

// Only there the tag comes first: logs have a time and a host before it.
inline bool IsOnWall(const log::LogLine& line) {
  return grammar::TrimLeft(line.raw).starts_with("kernel:");
}

// The last headlines that a log itself told, to know their copies by: the same words at the same
// microsecond.
class WallCopies {
 public:
  void Remember(const log::LogLine& line) {
    if (!line.monotonic_us) return;
    Told& told = told_[next_++ % told_.size()];
    told.stamp = *line.monotonic_us;
    told.text.assign(line.text);
  }
  bool Has(const log::LogLine& line) const {
    if (!line.monotonic_us) return false;
    return std::any_of(told_.begin(), told_.end(), [&](const Told& told) {
      return told.stamp == *line.monotonic_us && told.text == line.text;
    });
  }

 private:
  struct Told {
    int64_t stamp = -1;
    std::string text;
  };
  std::array<Told, 16> told_;
  size_t next_ = 0;
};

}  // namespace oops::record

#endif  // OOPS_LIB_RECORD_WALL_COPIES_H_
