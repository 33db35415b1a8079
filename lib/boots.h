// Which records of a stream are of one boot of one machine.
#ifndef OOPS_LIB_BOOTS_H_
#define OOPS_LIB_BOOTS_H_

#include <cstdint>
#include <deque>
#include <optional>
#include <string>

#include "proto/crash_record.pb.h"

namespace oops {

// Fed with the records of a stream in their order.
class Boots {
 public:
  // A number that is the same for the records of one boot: the next record gets a new one if its
  // host is another, or if its time since boot, its boot's id or its release can't be those of the
  // host's last record.
  uint64_t NumberOf(const CrashRecord& record);

 private:
  struct Boot {
    uint64_t number = 0;
    std::string host;
    std::string id;
    std::string release;
    std::optional<int64_t> last_us;  // of the last headline
  };
  static bool Excludes(const Boot& boot, const CrashRecord& record);

  std::deque<Boot> boots_;  // the latest of each host, the host that spoke last first
  uint64_t next_number_ = 1;
};

}  // namespace oops

#endif  // OOPS_LIB_BOOTS_H_
