// One decoder for whichever container a stream is.
//
//   RecordDecoder decoder(container);
//   decoder.Feed(bytes, [&](const LogLine& record) {
//     for (std::optional<LogLine> line = framer.Text(record.text, record); line; line =
//     framer.Next()) Use(*line);
//   });
//   decoder.Finish(sink);
//
// Text (Container::kText) has no decoder: its lines are found by the scan, and framed where they
// are.
#ifndef OOPS_LIB_LOG_DECODER_H_
#define OOPS_LIB_LOG_DECODER_H_

#include <string_view>
#include <variant>

#include "lib/log/detect.h"
#include "lib/log/journal_export.h"
#include "lib/log/journal_verbose.h"
#include "lib/log/json_records.h"
#include "lib/log/kmsg_stream.h"
#include "lib/log/pstore.h"
#include "lib/log/record_sink.h"

namespace oops::log {

// Memory is bounded (by about 12 MiB), time is linear, and what is passed on doesn't depend on how
// the bytes are cut. Not thread-safe.
class RecordDecoder {
 public:
  explicit RecordDecoder(Container container);

  void Feed(std::string_view bytes, const RecordSink& sink);
  void Finish(const RecordSink& sink);

 private:
  std::variant<std::monostate, JsonRecordDecoder, JournalExportDecoder, JournalVerboseDecoder,
               KmsgStreamDecoder, PstoreDecoder>
      decoder_;
};

}  // namespace oops::log

#endif  // OOPS_LIB_LOG_DECODER_H_
