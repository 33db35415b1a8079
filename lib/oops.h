// oops: kernel logs in, crash records out.
//
//   oops::Parser parser({.file = "dmesg.txt"}, [](oops::CrashRecord&& record) { ... });
//   parser.Feed(bytes);   // as often as there are bytes, cut anywhere
//   parser.Finish();
//
// A parser reads one stream; open one for each (host, file). It never throws and never aborts on
// anything that a log holds, and its memory is bounded whatever arrives. A parser may be moved to
// another thread between calls, but two threads must not call it at once. Different parsers are
// independent.
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

inline constexpr char kVersion[] = "0.1.0";

struct ParserOptions {
  std::string file = {};  // goes into CrashRecord.source.file
  std::string host = {};  // used where the text names no host
  bool match_known_bugs = true;
};

// What a transport that has records (netconsole, journal, kmsg) knows of one of them. The views
// need only live as long as the call.
struct RecordMeta {
  std::string_view host = {};
  std::optional<int64_t> monotonic_us = {};  // since boot
  std::string_view wall_time = {};
  std::string_view caller = {};  // "T1452" or "C3"
  int level = -1;
  std::string_view boot_id = {};
};

// Where in a piece of a stream a crash may begin. That depends on nothing but the bytes, so that
// other threads can find it ahead of the parser, which takes the pieces in order.
class Scan {
 public:
  Scan();
  ~Scan();
  Scan(Scan&&) noexcept;
  Scan& operator=(Scan&&) noexcept;

  // Scans `bytes`, which must stay as they are until the parser has taken them. Its memory is used
  // again; it grows with the number of hits.
  void Run(std::string_view bytes);

 private:
  friend class Parser;
  struct Found;
  std::unique_ptr<Found> found_;
};

class Parser {
 public:
  // Called with each record, in the order of their headlines, from inside Feed, FeedRecord, Tick or
  // Finish. It must not call the parser.
  using Callback = std::function<void(CrashRecord&&)>;

  Parser(ParserOptions options, Callback callback);
  ~Parser();
  Parser(Parser&&) noexcept;
  Parser& operator=(Parser&&) noexcept;

  // The next bytes of a stream. Its beginning tells what it is: text of any transport, journalctl's
  // JSON or export form, dmesg -J, container and shipper logs in JSON, /dev/kmsg, or a pstore dump.
  // The records don't depend on how the stream is cut. `bytes` may be freed on return.
  void Feed(std::string_view bytes);

  // Feed() of the bytes that were scanned, with the same outcome, sooner.
  void Feed(const Scan& scan);

  // One record of a transport that has records. `text` may hold several lines, and prefixes of its
  // own, which are peeled. Lines in the CrashRecord count records, from 1, and bytes count the
  // texts as if each were followed by a line end. Not to be mixed with Feed. Texts with the header
  // of netconsole's extended form are put in order and joined first; one that is missing is waited
  // for until 128 more have come, or 5 s by the clock of Tick.
  void FeedRecord(const RecordMeta& meta, std::string_view text);

  // Emits what has waited for a minute up to `now_us`. Any clock will do, if it is always the same.
  // A stream that stays open needs it, once in a while: a report may stop in its middle, and a
  // record waits for the three that follow it, since they may tell more of it.
  void Tick(int64_t now_us);

  // The stream is over: emits what is left. Only lines() and destruction may follow.
  void Finish();

  // Lines seen up to now; with FeedRecord, records.
  uint64_t lines() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

// All records of a whole log.
std::vector<CrashRecord> ParseLog(std::string_view log, ParserOptions options = {});

}  // namespace oops

#endif  // OOPS_LIB_OOPS_H_
