// journalctl -o export: entries of "KEY=value" lines with a blank line between them. A value that
// isn't plain text stands as "KEY\n", its length (64 bits, little endian), its bytes and "\n".
#ifndef OOPS_LIB_LOG_JOURNAL_EXPORT_H_
#define OOPS_LIB_LOG_JOURNAL_EXPORT_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "lib/log/record_fields.h"
#include "lib/log/record_sink.h"

namespace oops::log {

// Of a damaged stream it skips what makes no sense until the next line. Not thread-safe.
class JournalExportDecoder {
 public:
  // Bytes may be cut anywhere. Entries without a MESSAGE are dropped.
  void Feed(std::string_view bytes, const RecordSink& sink);
  void Finish(const RecordSink& sink);

 private:
  enum class State : uint8_t { kKey, kValue, kLength, kBytes, kBytesEnd };

  size_t Step(std::string_view bytes, const RecordSink& sink);
  size_t ReadKey(std::string_view bytes, const RecordSink& sink);
  size_t ReadValue(std::string_view bytes);
  size_t ReadLength(std::string_view bytes);
  size_t ReadBytes(std::string_view bytes);
  void Keep(std::string_view piece);
  void EndEntry(const RecordSink& sink);

  State state_ = State::kKey;
  std::string key_;
  Field field_ = Field::kNone;
  uint64_t length_ = 0;  // of a binary value: first being read, then what is still to come
  int length_bytes_ = 0;
  RecordFields fields_;
  uint64_t offset_ = 0;
  uint64_t number_ = 1;
  uint64_t entry_begin_ = 0;
  uint64_t entry_number_ = 1;
  uint64_t text_number_ = 1;
};

}  // namespace oops::log

#endif  // OOPS_LIB_LOG_JOURNAL_EXPORT_H_
