// Lines in, records out: which lines make one event, and when it is over.
//
// An event is OPEN while its lines come, CLOSED when nothing fits any more, and leaves when nothing
// can be added to it: after kSealLines lines, kSealBytes bytes, kSealMicros of log time, at a boot
// banner or at the stream's end. Events leave in the order of their headlines. All bounds count the
// stream's lines and bytes, so that the records don't depend on how it was cut into chunks.
#ifndef OOPS_LIB_RECORD_ASSEMBLER_H_
#define OOPS_LIB_RECORD_ASSEMBLER_H_

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "lib/grammar/headline.h"
#include "lib/log/line_framer.h"
#include "lib/log/log_line.h"
#include "lib/record/context.h"
#include "lib/record/echo.h"
#include "lib/record/event.h"
#include "lib/record/foreword.h"
#include "lib/record/learned_prefix.h"
#include "lib/record/record_pool.h"
#include "lib/record/unwrap.h"
#include "lib/record/wall_copies.h"
#include "proto/crash_record.pb.h"

namespace oops::record {

class Assembler {
 public:
  using Callback = std::function<void(CrashRecord&&)>;
  using LookBack = record::LookBack;

  // `pool`: where new records come from; those given to `callback` are the caller's to give back.
  Assembler(RecordPool& pool, Callback callback) : pool_(pool), callback_(std::move(callback)) {}

  // True while every line must be given to Line(). Otherwise only lines with an anchor need be.
  bool WantsLines() const { return open_ > 0 || !head_.empty() || unwrapper_.holds(); }

  // A line with an anchor, or any line while WantsLines(). Nothing is left in it that its caller
  // could use: a LogLine is much to copy for each line.
  void Line(log::LogLine&& line, const LookBack& look_back);

  // Looks back on the log's last line, which may have been cut in a headline. `place` is where it
  // stands; no more is read of it.
  void LastLine(const log::LogLine& place, const LookBack& look_back);

  // No line comes any more that could be the rest of the last one.
  void EndLines(const LookBack& look_back);

  // Emits what waits since before `now_us` - 60 s of the caller's clock.
  void Tick(int64_t now_us);

  void Finish();

  StreamContext& context() { return context_; }

 private:
  void ReadHeld(const LookBack& look_back);
  void Number(log::LogLine& line);
  void LearnPrefix(std::string_view text, size_t begin, const log::LogLine& line);
  bool HasPrefixOfLineBefore(const LookBack& look_back);
  bool BeganEarlier(const log::LogLine& line, const LookBack& look_back);
  void LastLineOfBoot(const log::LogLine& banner, const LookBack& look_back);
  void ReadWhole(const log::LogLine& line, const LookBack& look_back);
  void ReadText(std::string_view text, const log::LogLine& line, const LookBack& look_back);
  void KeepHead(std::string_view text, const log::LogLine& line);
  bool JoinWrapped(std::string_view& text, const log::LogLine& line, const LookBack& look_back);
  void ReadBody(std::string_view text, const log::LogLine& line, const LookBack& look_back);
  void OnHeadline(const grammar::HeadlineMatch& match, std::string_view text,
                  const log::LogLine& line, const LookBack& look_back);
  bool IsWallCopy(const log::LogLine& line);
  void RememberLineBefore(Event& event, const log::LogLine& line, const LookBack& look_back);
  void TakeRuleBefore(Event& event, const log::LogLine& line, const LookBack& look_back);
  uint64_t LinesNobodyHas(const log::LogLine& line) const;
  std::vector<std::string> LostReportBefore(Foreword what, const log::LogLine& line,
                                            const LookBack& look_back);
  std::vector<std::string> RestBefore(const log::LogLine& line, const LookBack& look_back);
  bool OpenByBody(std::string_view text, const log::LogLine& line, const LookBack& look_back);

  Event* OpenEventFor(const log::LogLine& line);
  Event* InterruptedBy(Event& newer, std::string_view text, const log::LogLine& line);
  Event* Latest(const log::LogLine& line, bool (*fits)(const Event&));
  Event& Open(const log::LogLine& line, const LookBack& look_back);
  void Close(Event& event);
  void Drop(Event& event);
  void Reopen(Event& event);
  static bool IsTooLong(const Event& event);
  void CloseIfTooLong(Event& event, const log::LogLine& line);
  void AddStranger(Event& event, std::string_view text, const log::LogLine& line);
  void LookForRelease(const log::LogLine& line);
  void SealOld(const log::LogLine& line);
  void EmitSealed(size_t keep);
  void SealAll();

  RecordPool& pool_;
  Callback callback_;
  StreamContext context_;
  log::LineFramer look_back_framer_;
  std::deque<std::unique_ptr<Event>> events_;  // in the order of their headlines
  int open_ = 0;
  static constexpr size_t kMaxWrapped = 400;  // bytes of a line that may be a part of a wrapped one
  // A line that holds a headline's anchor and may have been wrapped: the next line may be the rest
  // of it.
  std::string head_;
  uint64_t head_line_ = 0;  // of its last part
  struct {
    uint64_t number = 0;
    uint64_t byte = 0;
    std::optional<int64_t> monotonic_us;
  } head_begin_;
  bool head_prefixed_ = false;
  const grammar::Headline* head_row_ = nullptr;  // the row that it matched, if it did
  int head_parts_ = 0;
  size_t head_captures_ = 0;  // of that row's match
  int64_t sealed_at_ = -1;    // seconds of the log's clock
  Unwrapper unwrapper_;
  Echo echo_;
  LearnedPrefix prefix_;
  WallCopies told_;
  uint64_t uncounted_ = 0;  // lines that don't count in the order
  uint64_t blanks_ = 0;     // blank lines since the last other one
  int spaced_ = 0;          // lines in a row with one blank line before each
  int64_t last_tick_us_ = 0;
  uint64_t ticked_line_ = 0;
  uint64_t last_line_ = 0;
  uint64_t emitted_order_ = 0;  // the last line of what was emitted
};

}  // namespace oops::record

#endif  // OOPS_LIB_RECORD_ASSEMBLER_H_
