// oops: kernel logs in, crash records out.
//
//   oops::Parser parser({.file = "dmesg.txt"}, [](oops::CrashRecord&& record) { ... });
//   parser.Feed(bytes);   // as often as there are bytes, cut anywhere
//   parser.Finish();
//
// A parser reads one stream of text; open one for each stream (host, file). It never throws and never aborts on
// anything that a log holds, and its memory is bounded whatever arrives. A parser may be moved to another thread
// between calls, but two threads must not call it at once. Different parsers are independent.
#ifndef OOPS_LIB_OOPS_H_
#define OOPS_LIB_OOPS_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "proto/crash_record.pb.h"

namespace oops {

struct ParserOptions {
  std::string file = {};        // goes into CrashRecord.source.file
  std::string host = {};        // used where the text names no host
  bool match_known_bugs = true;
};

// What a transport that has records (netconsole, journal, kmsg) knows of one of them.
struct RecordMeta {
  std::string_view host = {};
  std::optional<int64_t> monotonic_us = {};  // since boot
  std::string_view wall_time = {};
  std::string_view caller = {};              // "T1452" or "C3"
  int level = -1;
};

class Parser {
 public:
  // Called with each record, in the order of their headlines, from inside Feed, FeedRecord, Tick or Finish.
  using Callback = std::function<void(CrashRecord&&)>;

  Parser(ParserOptions options, Callback callback);
  ~Parser();
  Parser(Parser&&) noexcept;
  Parser& operator=(Parser&&) noexcept;

  // The next bytes of a text stream. The records don't depend on how the stream is cut. `bytes` may be freed on
  // return.
  void Feed(std::string_view bytes);

  // One record of a transport that has records. `text` may hold several lines. Not to be mixed with Feed.
  void FeedRecord(const RecordMeta& meta, std::string_view text);

  // Emits what has waited for more since before `now_us` minus 60 s. Any clock will do, if it is always the same;
  // a stream that ends in the middle of a report and stays open needs it.
  void Tick(int64_t now_us);

  // The stream is over: emits what is left. Only destruction may follow.
  void Finish();

  // Lines seen up to now.
  uint64_t lines() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

// All records of a whole log.
std::vector<CrashRecord> ParseLog(std::string_view log, ParserOptions options = {});

}  // namespace oops

#endif  // OOPS_LIB_OOPS_H_
