// One crash report while it is being read.
#ifndef OOPS_LIB_RECORD_EVENT_H_
#define OOPS_LIB_RECORD_EVENT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lib/grammar/body.h"
#include "lib/grammar/headline.h"
#include "lib/grammar/kernel_id.h"
#include "lib/grammar/task_state.h"
#include "lib/log/log_line.h"
#include "lib/record/context.h"
#include "lib/record/crash_session.h"
#include "lib/record/lock_report.h"
#include "lib/record/reporter.h"
#include "lib/record/stack_writer.h"
#include "proto/crash_record.pb.h"

namespace oops::record {

// How far a report has come.
enum class Phase {
  kHeader,  // headlines only
  kBody,
  kEnded,  // an end marker was read; a summary may follow
};

// Why lines are DAMAGE_WRAPPED.
inline constexpr std::string_view kBrokenAtColumn = "lines were broken at a column";

// OPEN events are asked about every line; CLOSED ones wait for what may still belong to them.
enum class Life { kOpen, kClosed };

class Event {
 public:
  // `empty`: a record to write into.
  Event(const log::LogLine& line, const StreamContext& context, CrashRecord&& empty);
  Event(const Event&) = delete;
  Event& operator=(const Event&) = delete;

  // A headline of this event. `text` is the line that it stands in.
  void AddHeadline(const grammar::HeadlineMatch& match, std::string_view text,
                   const log::LogLine& line);
  // The whole of a headline of which AddHeadline() got the first line.
  void ExtendHeadline(const grammar::HeadlineMatch& match, std::string_view text,
                      const log::LogLine& line);
  void AddCutHere(const grammar::Headline& row, const log::LogLine& line);
  void AddPanic(const grammar::HeadlineMatch& match, const log::LogLine& line);
  // Words of a WARN() that no row knows.
  // False if there is no room for it.
  bool AddMessage(std::string_view text);
  // They were the first part of a headline.
  void TakeBackMessage(std::string_view text);
  // The line before "cut here", should it turn out to be the words of the WARN().
  // `bytes`: its length in the stream, line end included.
  void SetWordsBefore(std::string_view text, uint64_t bytes) {
    words_before_ = std::string(text);
    words_before_bytes_ = bytes;
  }
  void NoteMissing(DamageType type);
  void AddDamage(DamageType type, std::string_view reason, const log::LogLine& line);

  // Takes what it can from the start of `text`. False, with `text` as it was, if that is nothing of
  // a report.
  bool Take(std::string_view& text, const log::LogLine& line);

  // A line between the kernel's that its author wrote. False if the kernel itself writes such a one
  // here.
  bool TakeAuthorsLine(std::string_view text, const log::LogLine& line);

  // It begins so many lines and bytes earlier.
  void BeginBefore(uint64_t lines, uint64_t bytes);

  // A line of this event was read.
  void Touch(const log::LogLine& line);

  // The line before once more. True if all lines of this event come twice, as its first one did:
  // alone it could be a call that recurses.
  bool TakeEcho(const log::LogLine& line);

  // Nothing more comes. False if there turned out to be no event.
  bool Finish(const StreamContext& context);

  CrashRecord& record() { return record_; }
  const CrashRecord& record() const { return record_; }
  const grammar::Headline* row() const { return row_; }
  Phase phase() const { return phase_; }
  bool only_cut_here() const { return row_ == nullptr && cut_here_ && phase_ == Phase::kHeader; }
  const grammar::Headline* cut_here() const { return cut_here_; }
  bool in_session() const { return session_.active; }
  bool in_xmon() const { return xmon_; }
  const CrashSession& session() const { return session_; }
  StackWriter& stacks() { return stacks_; }
  const StackWriter& stacks() const { return stacks_; }

  // The assembler's bookkeeping.
  Life life = Life::kOpen;
  bool provisional =
      false;  // the headline stood in the middle of a line: believed only with a body
  bool interrupted = false;    // another report began in the midst of its trace
  bool resumed = false;        // and was in turn interrupted by it
  bool on_wall = true;         // all its lines are syslogd's copies for terminals
  bool stamped = false;        // its lines have a transport's prefix
  bool learned = false;        // or one that was learned
  int strangers = 0;           // lines in a row that fit nothing
  std::string last_wall_time;  // of the last line, where the kernel's own time isn't printed
  int unstamped = 0;           // of them, those without the prefix that the event's lines have
  uint64_t last_line = 0;
  uint64_t last_order = 0;
  uint64_t last_byte = 0;
  uint64_t lines_taken = 0;
  bool echoed = false;               // two consoles wrote each of its lines
  std::vector<std::string> callers;  // printk callers that speak in it

 private:
  friend class CrashSessionReader;

  std::optional<Reporter> ReporterByEnd() const;
  bool FillKind();
  void FillKernel(const StreamContext& context);
  std::string_view FindArch(const StreamContext& context) const;
  bool TakeFrames(std::string_view& text, const log::LogLine& line);
  bool TakeEip(std::string_view& text);
  bool TakePlaceAlone(std::string_view& text, const log::LogLine& line);
  bool TakeTaskState(std::string_view& text);
  bool TakeStalledCpu(std::string_view& text);
  bool TakeStoppedCpu(std::string_view& text);
  bool TakeHoldout(std::string_view& text);
  bool TakePageTableWalk(std::string_view& text);
  void AddPageTable(std::string_view walk);
  bool TakeBody(std::string_view& text, const log::LogLine& line);
  bool TakeRegisterRow(std::string_view& text, const log::LogLine& line);
  bool TakeWords(std::string_view& text, const log::LogLine& line);
  bool TakeHexDump(std::string_view& text, const log::LogLine& line);
  bool TakeContinuation(std::string_view& text, const log::LogLine& line);

  void OnWho(std::string_view text);
  void OnKernelId(const grammar::KernelId& id);
  void AddOptionsOfVersion(std::string_view version);
  void OnOptions(std::string_view text);
  bool TakeDieOptions(std::string_view& text);
  void OnHardware(std::string_view text);
  void OnModules(std::string_view text, bool unloaded);
  void JoinCutModules();
  bool OnCode(std::string_view& text, const log::LogLine& line);
  void OnRip(std::string_view& text, const log::LogLine& line);
  bool OnPlace(std::string_view& text, const log::LogLine& line);
  bool OnLinkRegister(std::string_view& text, const log::LogLine& line);
  void StorePlaceRegisters(std::string_view named, std::string_view values,
                           const log::LogLine& line);
  bool OnSystemRegister(std::string_view named, std::string_view value, const log::LogLine& line);
  void FillIpAddress();
  void FillTrapIndex();
  void FillIpModule();
  bool TakeUnnamedRegisters(std::string_view& text, const log::LogLine& line);
  bool TakeStackdump(std::string_view& text);
  bool TakeLocks(std::string_view& text);
  bool TakeReporterLine(std::string_view& text);
  void NoteMissingTrace();
  void NoteCutAtColumn(const log::LogLine& line);
  void NoteAssertion(std::string_view text);
  void NotePhysicalAddress(std::string_view text);
  bool TakeProcessCode(std::string_view& text, const log::LogLine& line);
  bool TakeCodeDump(std::string_view& text, const log::LogLine& line);
  void OnAccess(std::string_view text);
  void OnSyndrome(std::string_view text);
  void OnFailingAddress(std::string_view text);
  bool OnRaceAccess(std::string_view text);
  void OnRaceReporter(const grammar::Who& who);
  void FillRacePlace();
  void MoveProcessRegisters();
  void FillCaller();
  bool OnBadAccess(std::string_view text);
  bool OnMachineCheckPlace(std::string_view& text, const log::LogLine& line);
  void OnInterrupted(std::string_view text, const log::LogLine& line);
  bool OnTaskOf(std::string_view text);
  bool TakeXmonLine(std::string_view& text, const log::LogLine& line);
  void OnAccessError(std::string_view text);
  bool OnCpuWithRegisters(std::string_view& text, const log::LogLine& line);
  void OnPrintingEip(std::string_view& text, const log::LogLine& line);
  bool OnTrackPid(std::string_view text);
  void AddUntold(std::string_view name, std::string_view value, const log::LogLine& line);
  void OnAllocatingTask(std::string_view text);
  bool OnCommPid(std::string_view text);
  bool OnHeartbeat(std::string_view text);
  void OnPageFaultDetail(std::string_view text);
  void OnFaultForeword(std::string_view text);
  void OnTaskState(const grammar::TaskState& state);
  void OnProcess(std::string_view text);
  bool OnAllocator(std::string_view text);
  void OnTaskPointers(std::string_view text);
  void SetTaskAddress(std::string_view address);
  void OnNmiBacktrace(std::string_view text, const log::LogLine& line);
  void OnRcuDetail(std::string_view text);
  void OnAtomicDetail(std::string_view text);
  bool OnSpinlock(std::string_view text);
  bool OnBlocker(std::string_view text);
  bool OnOomLimit(std::string_view text);
  void OnSlabTrack(std::string_view text, const log::LogLine& line);
  void FillSlabTracks();
  bool OnSlabLine(std::string_view text);
  bool TakeSlabDump(std::string_view& text);
  bool OnLastUser(std::string_view label);
  void OnOomSummary(std::string_view text);
  void OnMachineCheck(std::string_view text);
  bool OnMachineCheckBank(std::string_view text);
  bool OnMachineCheckLine(std::string_view text);
  bool OnEehFrame(std::string_view text, const log::LogLine& line);
  void OnLastFunction(std::string_view text);
  void OnBusyPool(std::string_view text);
  void OnInFlight(std::string_view text, const log::LogLine& line);
  void OnEndTrace(const log::LogLine& line);
  void OnTail(std::string_view text);
  void AddAltTitle(const std::string& form);
  void NoteAuthorsLines(uint64_t next_order);
  void AddLinkStack();
  void NameBareIp();
  void FillInterruptedIp();

  bool OwnCpu(int32_t cpu) const;
  bool FromStuckCpu() const;
  bool InterruptedByNmi() const;
  void NoteArch(std::string_view arch);
  void NotePlaceBehind(std::string_view headline, const log::LogLine& line);
  void StoreRegister(const grammar::RegisterValue& value, const log::LogLine& line);

  // Where a block of registers goes.
  enum class Block { kRecord, kStack, kDrop };
  Block ChooseBlock(bool user_mode) const;

  CrashRecord record_;
  StackWriter stacks_;
  CrashSession session_;
  LockReport locks_;
  const grammar::Headline* row_ = nullptr;
  Phase phase_ = Phase::kHeader;
  const grammar::Headline* cut_here_ = nullptr;
  bool end_seen_ = false;
  bool hung_task_ = false;         // told how to silence khungtaskd
  bool die_seen_ = false;          // what only an oops ends with
  bool ends_in_trace_ = false;     // with nothing between
  bool reporter_follows_ = false;  // KCSAN tells of the CPU that found the race
  bool rule_read_ = false;         // the line of '=' that closes the report
  Block block_ = Block::kRecord;
  bool block_open_ = false;  // registers that follow belong to the block of the last RIP line
  int untold_ = 0;           // registers that only the report's end told
  bool mirrored_ = false;    // the block stands in a trace, but tells where the event itself is
  std::optional<uint64_t> rip_taken_;  // lines that were taken before the last RIP line
  uint64_t place_line_ = 0;        // line whose next holds the place of the fault and nothing else
  bool powerpc_ = false;           // a message of powerpc was printed, of either width
  bool xmon_ = false;              // powerpc's debugger tells of it
  bool call_trace_small_ = false;  // "Call trace:" was printed, as only arm and arm64 write it
  uint64_t modules_line_ = 0;      // last line of the module list
  size_t modules_width_ = 0;       // of that line
  struct ModuleWrap {
    int next;            // module that begins the further line
    size_t width;        // of the line that was broken
    bool between_names;  // a blank begins the further line
  };
  std::vector<ModuleWrap> module_wraps_;
  size_t cut_width_ = 0;  // of the headline's line behind its prefix, where that was cut
  uint64_t code_line_ = 0;
  uint64_t headline_line_ = 0;
  std::string headline_caller_;
  uint64_t words_line_ = 0;     // last row of a memory dump
  uint64_t word_row_ = 0;       // the same, where one was read
  uint64_t ellipsis_line_ = 0;  // author's lines, which count if the report goes on behind them
  uint64_t ellipsis_order_ = 0;
  uint64_t remark_line_ = 0;
  uint64_t remark_order_ = 0;
  std::optional<uint64_t> dump_taken_;  // lines that were taken before the last one of a code dump
  uint32_t last_instruction_ = 0;       // where in its bytes the instruction on that line begins
  bool gprs_open_ = false;              // s390 goes on with registers on lines without a name
  size_t gprs_ = 0;                     // how many of them were read
  bool task_wanted_ =
      false;              // a line with a task's state follows: "bash  R running task  0 205 1 0x0"
  bool holdout_ = false;  // the task whose line follows keeps a grace period waiting
  std::string arch_;
  std::string reporter_;        // what stands before the first colon of the last headline
  std::string busy_workqueue_;  // of those that are listed
  bool pool_is_stuck_ = false;  // what follows is of the pool that the report is about
  std::string words_before_;
  uint64_t words_before_bytes_ = 0;
  std::optional<CodeLocation> link_;  // whom the trapping function would return to
  uint64_t link_line_ = 0;
  int evidence_ = 0;  // body lines that only a report has
};

// Which of two kinds says more: carriers give way to what they carry.
int Rank(const grammar::Headline& row);

}  // namespace oops::record

#endif  // OOPS_LIB_RECORD_EVENT_H_
