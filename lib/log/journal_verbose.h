// journalctl -o verbose: a line with date and cursor, then "    KEY=value" lines. Further lines of
// a value are indented to where it begins.
#ifndef OOPS_LIB_LOG_JOURNAL_VERBOSE_H_
#define OOPS_LIB_LOG_JOURNAL_VERBOSE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "lib/log/line_splitter.h"
#include "lib/log/record_fields.h"
#include "lib/log/record_sink.h"

namespace oops::log {

// "Mon 2023-10-09 14:40:33.112324 UTC [s=0639...;i=1;b=c1...;m=4;t=5;x=6]"
bool IsJournalVerboseHeader(std::string_view line);

// Lines that belong to no entry are skipped. Not thread-safe.
class JournalVerboseDecoder {
 public:
  // Bytes may be cut anywhere. Entries without a MESSAGE are dropped.
  void Feed(std::string_view bytes, const RecordSink& sink);
  void Finish(const RecordSink& sink);

 private:
  void Take(const RawLine& line, const RecordSink& sink);
  void TakeField(std::string_view text, uint64_t number);
  void EndEntry(const RecordSink& sink);

  LineSplitter lines_;
  RecordFields fields_;
  Field field_ = Field::kNone;
  size_t value_column_ = 0;
  std::string wall_time_;
  LogLine place_;  // of the entry: numbers and bytes
};

}  // namespace oops::log

#endif  // OOPS_LIB_LOG_JOURNAL_VERBOSE_H_
