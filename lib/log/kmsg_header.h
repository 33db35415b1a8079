// The header of a /dev/kmsg record and of an extended netconsole datagram (info_print_ext_header,
// since 3.5):
//
//   6,339,5140900,-,caller=T1;text            priority, sequence number, microseconds since boot,
//   flag, fields 6.4.0,6,444,501151268,-;text              with the release in front (netconsole's
//   'r', since 6.6) 6,416,1758426,-,ncfrag=16/31; 2nd chunk   a piece of a record that was too long
//   for a datagram
#ifndef OOPS_LIB_LOG_KMSG_HEADER_H_
#define OOPS_LIB_LOG_KMSG_HEADER_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace oops::log {

struct KmsgHeader {
  std::string_view release;
  uint64_t priority = 0;  // facility * 8 + level
  uint64_t sequence = 0;
  uint64_t usec = 0;
  char flag = '-';  // 'c' a line's first piece, '+' a further one (3.6 to 4.8); absent in 3.5
  std::string_view caller;
  bool fragment = false;
  uint64_t fragment_offset = 0;  // in bytes of the whole record's body
  uint64_t fragment_total = 0;
  size_t size = 0;  // the body begins here, behind the ';'
};

// Nothing if the text doesn't begin with a header. The views are into the text.
std::optional<KmsgHeader> ReadKmsgHeader(std::string_view s);

}  // namespace oops::log

#endif  // OOPS_LIB_LOG_KMSG_HEADER_H_
