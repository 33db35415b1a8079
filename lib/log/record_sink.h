// Where decoders of transports with records put what they find.
#ifndef OOPS_LIB_LOG_RECORD_SINK_H_
#define OOPS_LIB_LOG_RECORD_SINK_H_

#include <cstddef>
#include <functional>

#include "lib/log/log_line.h"

namespace oops::log {

// Called with one record at a time. `text` may hold several lines, and prefixes of its own, since a
// journal entry may hold what another daemon had framed: LineFramer::Text() splits and peels it.
// `raw` is empty. All views end with the call.
using RecordSink = std::function<void(const LogLine&)>;

// No transport carries more in one record (journald: 48 KiB by default, /dev/kmsg: 1 KiB); what is
// longer is cut here.
inline constexpr size_t kMaxRecordBytes = size_t{1} << 20;

}  // namespace oops::log

#endif  // OOPS_LIB_LOG_RECORD_SINK_H_
