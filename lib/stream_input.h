// The two doors of a parser: bytes of whichever container, and records of a transport. Both lead to
// the assembler.
#ifndef OOPS_LIB_STREAM_INPUT_H_
#define OOPS_LIB_STREAM_INPUT_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "lib/log/decoder.h"
#include "lib/log/detect.h"
#include "lib/log/line_framer.h"
#include "lib/log/log_line.h"
#include "lib/log/netconsole.h"
#include "lib/record/assembler.h"
#include "lib/record/reader.h"
#include "lib/text/scanner.h"
#include "lib/text/utf16.h"

namespace oops {

class StreamInput {
 public:
  explicit StreamInput(record::Assembler& assembler);
  StreamInput(const StreamInput&) = delete;
  StreamInput& operator=(const StreamInput&) = delete;

  // Keeps at most log::kDetectBytes until it is known which container the stream is.
  void Feed(std::string_view bytes);
  // The same for bytes whose anchors were found before.
  void Feed(std::string_view bytes, const text::ScanResult& anchors);

  // One record of a transport: `meta` says what it knows of it. Numbers and places are counted
  // here.
  void FeedRecord(const log::LogLine& meta, std::string_view text);

  // A beginning that is too short to tell a container is taken for what it looks like when it has
  // waited for a minute.
  void Tick(int64_t now_us);

  void Finish();

  uint64_t lines() const;

 private:
  // True for the beginning of a stream of which too little is there to tell its encoding.
  bool KeepMark(std::string_view bytes);
  void FeedText(std::string_view bytes);
  void Detect(bool complete);
  void Read(std::string_view bytes);
  void TakeRecord(const log::LogLine& record);
  void TakeDatagram(const log::LogLine& datagram);
  void KeepTail(const log::LogLine& record);
  void ReadLastLine();
  void LookBack(const std::function<bool(std::string_view)>& visit) const;

  record::Assembler& assembler_;
  record::Reader reader_;   // for text
  log::LineFramer framer_;  // for records
  const log::RecordSink sink_;
  const record::Assembler::LookBack look_back_;

  // Records with an extended header come from netconsole, which loses, doubles and cuts them.
  log::NetconsoleDecoder netconsole_;
  const log::RecordSink from_netconsole_;
  std::string sender_, received_;  // what the transport says of the last datagram: host, time
  int64_t now_us_ = 0;             // of the last Tick()

  std::string mark_;  // the first bytes, until the encoding is known
  bool encoding_known_ = false;
  std::optional<text::Utf16Reader> utf16_;
  std::string decoded_;
  std::optional<log::Container> container_;
  std::optional<log::RecordDecoder> decoder_;
  std::string beginning_;
  std::optional<int64_t> waits_since_us_;
  std::string tail_;          // the last records' texts
  log::LogLine tail_place_;   // of the last one; without views
  uint64_t quiet_lines_ = 0;  // lines() when the stream fell silent
  std::optional<int64_t> quiet_since_us_;
  uint64_t last_read_lines_ = 0;  // lines() when ReadLastLine() looked

  uint64_t decoded_lines_ = 0;
  uint64_t taken_ = 0;  // records, whatever they came in
  uint64_t records_ = 0;
  uint64_t record_bytes_ = 0;
  bool line_open_ = false;  // the last byte was no line end
  bool finished_ = false;
};

}  // namespace oops

#endif  // OOPS_LIB_STREAM_INPUT_H_
