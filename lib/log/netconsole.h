// Puts the datagrams of one netconsole sender together again.
//
// UDP loses, doubles and reorders. Extended records carry a sequence number: they are passed on in
// its order, and one that is missing is waited for until 5 s have passed or 128 records wait behind
// it. Records above a datagram's size come in pieces (ncfrag=offset/total); a piece that never
// comes leaves its record cut. Basic datagrams are plain console text that may end in the middle of
// a line.
#ifndef OOPS_LIB_LOG_NETCONSOLE_H_
#define OOPS_LIB_LOG_NETCONSOLE_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lib/log/kmsg_header.h"
#include "lib/log/log_line.h"
#include "lib/log/record_sink.h"

namespace oops::log {

// Where a record stood in its stream, for senders that were captured into a file.
struct StreamPlace {
  uint64_t number = 0;
  uint64_t begin = 0;
  uint64_t end = 0;
};

// One for each sender. Not thread-safe; at most about 4 MiB wait in it.
class NetconsoleDecoder {
 public:
  // `now_us` is any clock that doesn't go back; records that can be passed on go to the sink at
  // once.
  void Feed(std::string_view datagram, int64_t now_us, const RecordSink& sink,
            const StreamPlace& place = {});

  // Passes on what has waited too long.
  void Tick(int64_t now_us, const RecordSink& sink);

  // Passes on all that waits.
  void Finish(const RecordSink& sink);

 private:
  struct Record {
    uint64_t priority = 0;
    uint64_t usec = 0;
    char flag = '-';
    std::string release;
    std::string caller;
    std::string body;
    std::vector<bool> arrived;  // for each byte of a body that comes in pieces
    size_t missing = 0;         // bytes of it
    int64_t since_us = 0;
    StreamPlace place;
  };

  void FeedText(std::string_view datagram, int64_t now_us, const RecordSink& sink,
                const StreamPlace& place);
  void FlushText(const RecordSink& sink);
  void Store(const KmsgHeader& header, std::string_view body, int64_t now_us,
             const StreamPlace& place);
  void Drain(int64_t now_us, bool all, const RecordSink& sink);
  void Emit(uint64_t sequence, Record& record, const RecordSink& sink);
  void EmitHeld(const RecordSink& sink);

  std::map<uint64_t, Record> waiting_;
  size_t waiting_bytes_ = 0;
  std::optional<uint64_t> next_;  // sequence number that is due
  uint64_t last_usec_ = 0;

  // A line whose further pieces ('+') may follow.
  bool holding_ = false;
  Record held_;
  std::string held_text_;
  uint64_t held_gap_ = 0;

  std::string text_;  // of basic datagrams, an unfinished line
  int64_t text_since_us_ = 0;
  StreamPlace text_place_;
  std::string unescaped_;
};

}  // namespace oops::log

#endif  // OOPS_LIB_LOG_NETCONSOLE_H_
