// Records that stand in JSON objects: journalctl -o json, dmesg -J, Docker's and log shippers'
// files. Which dialect it is shows by the keys (record_fields.cc); all others are skipped.
#ifndef OOPS_LIB_LOG_JSON_RECORDS_H_
#define OOPS_LIB_LOG_JSON_RECORDS_H_

#include <string>
#include <string_view>

#include "lib/log/json_objects.h"
#include "lib/log/record_fields.h"
#include "lib/log/record_sink.h"

namespace oops::log {

// What is no JSON, and objects with no known text, are passed on as text. Not thread-safe.
class JsonRecordDecoder {
 public:
  // Bytes may be cut anywhere.
  void Feed(std::string_view bytes, const RecordSink& sink);
  void Finish(const RecordSink& sink);

 private:
  void Take(const JsonObject& object, const RecordSink& sink);
  void TakePiece(LogLine& line, const RecordSink& sink);

  JsonObjects objects_;
  RecordFields fields_;
  std::string pieces_;  // of a line that its container's log cuts
};

}  // namespace oops::log

#endif  // OOPS_LIB_LOG_JSON_RECORDS_H_
