// A file of /dev/kmsg records or of captured extended netconsole datagrams (`cat /dev/kmsg`, `nc -u
// -l`): a header and text in a line, " KEY=value" lines behind it.
#ifndef OOPS_LIB_LOG_KMSG_STREAM_H_
#define OOPS_LIB_LOG_KMSG_STREAM_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "lib/log/line_splitter.h"
#include "lib/log/netconsole.h"
#include "lib/log/record_sink.h"

namespace oops::log {

// Lines that belong to no record are passed on as they are. Not thread-safe.
class KmsgStreamDecoder {
 public:
  // Bytes may be cut anywhere.
  void Feed(std::string_view bytes, const RecordSink& sink);
  void Finish(const RecordSink& sink);

 private:
  void Take(const RawLine& line, const RecordSink& sink);
  void TakePieces(std::string_view text, const KmsgHeader& header, const RecordSink& sink);
  void FlushRecord(const RecordSink& sink);

  LineSplitter lines_;
  NetconsoleDecoder records_;
  std::string record_;  // header, text, dictionary
  StreamPlace place_;
  int64_t now_us_ = 0;  // the kernel's own clock is the only one that a file has
};

}  // namespace oops::log

#endif  // OOPS_LIB_LOG_KMSG_STREAM_H_
