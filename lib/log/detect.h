// Which container a stream of log bytes is, by its beginning.
#ifndef OOPS_LIB_LOG_DETECT_H_
#define OOPS_LIB_LOG_DETECT_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace oops::log {

enum class Container : uint8_t {
  kText,            // lines: everything that LineFramer peels
  kJson,            // journalctl -o json, dmesg -J, Docker, log shippers
  kJournalExport,   // journalctl -o export
  kJournalVerbose,  // journalctl -o verbose
  kKmsg,            // /dev/kmsg, captured extended netconsole
  kPstore,          // parts of a dump
};

// What a caller need keep of a stream's beginning before it is known what it is.
inline constexpr size_t kDetectBytes = 256;

// `beginning` is what has arrived so far (at least kDetectBytes of it, or all); `complete` says
// that no more will come. Nothing means that more bytes are needed, which is only so for less than
// kDetectBytes bytes that look like a container's.
std::optional<Container> DetectContainer(std::string_view beginning, bool complete);

}  // namespace oops::log

#endif  // OOPS_LIB_LOG_DETECT_H_
