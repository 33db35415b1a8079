// The lines of a report behind its headline: which of them takes what.
#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "lib/grammar/chars.h"
#include "lib/grammar/kernel_id.h"
#include "lib/record/captures.h"
#include "lib/record/event.h"
#include "lib/record/words.h"

namespace oops::record {
namespace {

using grammar::Body;
using grammar::Cursor;

// slab_bug() opens with it what KASAN had it print until 4.9; the sanitizers' own are shorter.
constexpr size_t kSlubRule = 77;

bool ClosesWithRule(Kind kind) {
  return kind == KIND_KASAN || kind == KIND_KFENCE || kind == KIND_KMSAN || kind == KIND_KCSAN ||
         kind == KIND_UBSAN || kind == KIND_HUNG_TASK;  // behind the list of all locks
}

// "func+0x1/0x2": no line but a frame begins so.
bool BeginsWithPlace(std::string_view text) {
  const size_t end = grammar::SymbolEnd(text);
  return end > 0 && text.substr(end).starts_with("+0x");
}

}  // namespace

bool Event::Take(std::string_view& text, const log::LogLine& line) {
  std::string_view trimmed = grammar::TrimLeft(text);
  if (trimmed.empty()) return false;
  char first = trimmed.front();
  if (xmon_ && TakeXmonLine(text, line)) return true;
  if (gprs_open_ && TakeUnnamedRegisters(text, line)) return true;
  if (dump_taken_ && lines_taken == *dump_taken_ + 1 && TakeCodeDump(text, line)) return true;
  if (first == '[' && TakePageTableWalk(text)) return true;
  if (TakePlaceAlone(text, line)) return true;
  // Frames and marks are most of a report: they go first where they can begin so.
  if (first == '[' || first == '<' || first == '?' || first == '(' || BeginsWithPlace(trimmed)) {
    if (TakeFrames(text, line)) return true;
  }
  if (TakeContinuation(text, line)) return true;
  if (TakeWords(text, line)) return true;
  if (grammar::IsHex(first) && TakeHexDump(text, line)) return true;
  if (TakeBody(text, line)) return true;
  if (TakeRegisterRow(text, line)) return true;
  if (TakeFrames(text, line)) return true;
  if (TakeTaskState(text) || TakeStalledCpu(text) || TakeStoppedCpu(text)) return true;
  return TakeReporterLine(text) || TakeProcessCode(text, line) || TakeDieOptions(text) ||
         TakeSlabDump(text) || TakeLocks(text) || TakeStackdump(text);
}

bool Event::TakeBody(std::string_view& text, const log::LogLine& line) {
  CrashSessionReader session(*this);
  if (session_.active) {
    std::string_view trimmed = grammar::TrimLeft(text);
    if (trimmed.starts_with('#') && session.TakeFrame(text, line)) return true;
    if (trimmed.starts_with('[') && session.TakeExceptionRip(text)) return true;
    if (session_.frames_wanted && session.TakeRegisters(text, line)) return true;
    if (session_.banner && session.TakeBannerLine(text)) return true;
  }
  grammar::BodyMatch match = grammar::MatchBody(text);
  std::string_view rest = match.rest;
  Phase phase = phase_;
  switch (match.body) {
    case Body::kNone:
    case Body::kBanner:
    case Body::kCrashBanner:
    case Body::kSysRq:
      return false;
    case Body::kCrashPrompt:  // what the next command says may be no part of the report
      session_.frames_wanted = false;
      session_.banner = false;
      return false;
    case Body::kCrashPid:
      if (!session_.active && row_ != nullptr) return false;  // a session is an event of its own
      if (!session.TakePidLine(text, line)) return false;
      rest = {};
      break;
    case Body::kCrashMark:
      if (!session.TakeMark(rest)) return false;
      rest = {};
      break;
    case Body::kExceptionRip:
      return false;
    case Body::kAssertion:
      if (phase_ != Phase::kHeader || text.find(" failed") == text.npos) return false;
      AddMessage(text);
      rest = {};
      break;
    case Body::kWho:
    case Body::kCpuAlone:
      if (!grammar::ParseWho(text)) return false;
      words_line_ = line.order;
      OnWho(text);
      rest = {};
      break;
    case Body::kKernelLine:
      if (std::optional<grammar::KernelId> id = grammar::ParseTaintAndRelease(text))
        OnKernelId(*id);
      rest = {};
      break;
    case Body::kHardware:
      words_line_ = line.order;  // dump_stack() until 4.9 shows the stack without a header
      OnHardware(rest);
      rest = {};
      break;
    case Body::kWorkqueue:
      words_line_ = line.order;
      if (stacks_.owner() == Owner::kOwn && record_.workqueue().empty()) {
        record_.set_workqueue(std::string(WithoutArrow(rest)));
      }
      rest = {};
      break;
    case Body::kModules:
    case Body::kModulesUnloaded:
      if (match.body == Body::kModules && record_.modules_size() == 0) {
        // The last name may be half a name.
        const bool cut = cut_width_ > 0 && line.text.size() == cut_width_;
        OnModules(cut ? rest.substr(0, rest.rfind(' ') + 1) : rest, false);
        modules_line_ = line.order;
        modules_width_ = WidthOf(line.raw);
      }
      rest = {};
      break;
    case Body::kTrace:
      if (session_.active) return false;
      if (end_seen_ && phase_ == Phase::kEnded && stacks_.has_own_frames()) return false;
      call_trace_small_ = call_trace_small_ || grammar::TrimLeft(text).starts_with("Call trace:");
      if (stacks_.owner() == Owner::kExtra || stacks_.owner() == Owner::kNobody)
        stacks_.SwitchTo(Owner::kOwn);
      // print_unreferenced(): who allocated what nobody refers to; "(crc 12ab):" since 6.9.
      if (record_.kind() == KIND_MEMORY_LEAK) {
        stacks_.SwitchTo(Owner::kExtra, STACK_ALLOCATED);
        if (rest.ends_with("):")) rest = {};
      }
      stacks_.OpenTrace();
      block_open_ = false;
      phase = Phase::kBody;
      ++evidence_;
      break;
    case Body::kSection:
      if (match.stack == STACK_UNSPECIFIED) {
        stacks_.SwitchTo(Owner::kNobody);
        rest = {};
        break;
      }
      if (match.stack == STACK_LINK) {  // one place, on this line until 4.13 or on the next
        std::string_view label = grammar::Trim(text.substr(0, text.size() - rest.size()));
        stacks_.SwitchTo(Owner::kExtra, STACK_LINK, label);
        block_open_ = false;
        break;
      }
      stacks_.SwitchTo(match.stack == STACK_OTHER_TASK  ? Owner::kOtherTask
                       : match.stack == STACK_OTHER_CPU ? Owner::kOtherCpu
                                                        : Owner::kExtra,
                       match.stack, grammar::Trim(text));
      if (match.stack == STACK_OTHER_CPU) {
        std::optional<int32_t> cpu =
            grammar::ParseInt32(rest.substr(0, std::min(rest.find(':'), rest.size())));
        if (cpu && OwnCpu(*cpu) && !stacks_.has_own_frames()) stacks_.SwitchTo(Owner::kOwn);
        stacks_.SetCpu(cpu);
      }
      if (match.stack == STACK_ALLOCATED || match.stack == STACK_FREED) {
        OnAllocatingTask(text);
        OnSlabTrack(rest, line);
      }
      task_wanted_ = match.stack == STACK_OTHER_CPU || match.stack == STACK_OTHER_TASK;
      block_open_ = false;
      rest = {};
      break;
    case Body::kCode:
      text = rest;
      return OnCode(text, line);
    case Body::kCodeDump:
      if (grammar::TrimLeft(rest).starts_with("Bad PSW")) {
        text = rest;
        return OnCode(text, line);
      }
      dump_taken_ = lines_taken;
      ++evidence_;
      TakeCodeDump(rest, line);
      rest = {};
      break;
    case Body::kRip: {
      // The anchors' rows take the kernel's code segment along: "RIP: 0010:".
      constexpr size_t kSelector = 5;
      size_t taken = text.size() - rest.size();
      NoteArch(grammar::TrimLeft(text).front() == 'R' ? "x86_64" : "i386");
      text.remove_prefix(grammar::IsDigit(text[taken - 2]) ? taken - kSelector : taken);
      OnRip(text, line);
      return true;
    }
    case Body::kIp: {
      std::string_view values = rest;
      if (!OnPlace(rest, line)) return false;
      StorePlaceRegisters(text, values, line);
      ++evidence_;
      break;
    }
    case Body::kLinkRegister: {
      std::string_view values = rest;
      if (!OnLinkRegister(rest, line)) return false;
      StorePlaceRegisters(text, values, line);
      break;
    }
    case Body::kFaultPc: {
      constexpr std::string_view kCaller = ", ra = ";
      if (phase_ != Phase::kHeader || !grammar::IsHex(rest.empty() ? ' ' : rest.front()))
        return false;
      if (const size_t at = rest.find(kCaller); at != rest.npos)
        AddUntold("ra", Cursor(rest.substr(at + kCaller.size())).TakeHex(), line);
      rest = {};
    } break;
    case Body::kDieWord:
      if (row_ != nullptr || !grammar::Trim(rest).empty()) return false;
      rest = {};
      break;
    case Body::kPreface:
      if (row_ != nullptr || phase_ != Phase::kHeader) return false;
      AddMessage(text);
      rest = {};
      break;
    case Body::kOverwritten:
      if (row_ != nullptr || phase_ != Phase::kHeader) return false;
      AddMessage(text);
      if (!record_.fault().has_address())
        record_.mutable_fault()->set_address(std::string(Cursor(rest).TakeHex()));
      rest = {};
      break;
    case Body::kCpuWithRegisters:
      if (!OnCpuWithRegisters(rest, line)) return false;
      break;
    case Body::kCommPid:
      if (!OnCommPid(rest)) return false;
      rest = {};
      break;
    case Body::kTaintBehind:
      if (std::optional<grammar::KernelId> id = grammar::ParseTaintAndRelease(rest))
        OnKernelId(*id);
      rest = {};
      break;
    case Body::kInterrupted:
      OnInterrupted(rest, line);
      rest = {};
      break;
    case Body::kTaskOf:
      if (!OnTaskOf(rest)) return false;
      rest = {};
      break;
    case Body::kHeartbeat:
      if (!OnHeartbeat(rest)) return false;
      rest = {};
      break;
    case Body::kFaultForeword:
      // Behind another report's headline it is the next one's.
      if (row_ != nullptr || phase_ != Phase::kHeader) return false;
      OnFaultForeword(rest);
      rest = {};
      break;
    case Body::kPageTable: {
      if (rest.empty() || !(grammar::IsHex(rest.front()) || rest.find('=') != rest.npos))
        return false;
      size_t end = rest.find_first_not_of("0123456789abcdefPGDUMT4ERS*=:pgmx, BADte[]");
      std::string_view walk =
          text.substr(0, text.size() - rest.size() + std::min(end, rest.size()));
      AddPageTable(walk);
      rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end);
    } break;
    case Body::kPageMapAddress:
      if (record_.kind() != KIND_BAD_PAGE) return false;
      OnFailingAddress(rest);
      rest = {};
      break;
    case Body::kFailingAddress:
      OnFailingAddress(rest);
      rest = {};
      break;
    case Body::kSyndrome:
      OnSyndrome(rest);
      rest = {};
      break;
    case Body::kPageFaultDetail:
      OnPageFaultDetail(rest);
      rest = {};
      break;
    case Body::kTaskPointers:
      OnTaskPointers(rest);
      rest = {};
      break;
    case Body::kProcess:
      OnProcess(rest);
      rest = {};
      break;
    case Body::kAllocator:
      if (!OnAllocator(rest)) return false;
      rest = {};
      break;
    case Body::kTaskState:
      if (std::optional<grammar::TaskState> state = grammar::ParseTaskState(rest))
        OnTaskState(*state);
      rest = {};
      break;
    case Body::kRaceAccess:
      if (!OnRaceAccess(text)) return false;
      phase = Phase::kBody;
      rest = {};
      break;
    case Body::kBadAccess:
      if (!OnBadAccess(text)) return false;
      phase = Phase::kBody;
      rest = {};
      break;
    case Body::kReporter:
      stacks_.SwitchTo(Owner::kOwn);
      reporter_follows_ = true;
      rest = {};
      break;
    case Body::kReleaseAlone:
      OnKernelId(grammar::ParseReleaseAlone(text));
      rest = {};
      break;
    case Body::kMachineCheckPlace:
      if (!OnMachineCheckPlace(rest, line)) return false;
      break;
    case Body::kNmiBacktrace:
      OnNmiBacktrace(rest, line);
      phase = Phase::kBody;
      rest = {};
      break;
    case Body::kRcuDetail:
      OnRcuDetail(text);
      rest = {};
      break;
    case Body::kAtomicDetail:
      OnAtomicDetail(text);
      rest = {};
      break;
    case Body::kEndTrace:
      OnEndTrace(line);
      phase = Phase::kEnded;
      rest = {};
      break;
    case Body::kEndPanic:
      phase = Phase::kEnded;
      rest = {};
      break;
    case Body::kDropped:
      if (rest.find("printk messages dropped") == std::string_view::npos) return false;
      AddDamage(DAMAGE_LINES_DROPPED, "the kernel dropped messages", line);
      rest = {};
      break;
    case Body::kTail:
      OnTail(rest);
      rest = {};
      break;
    case Body::kHungTaskNote:
      hung_task_ = true;
      break;
    case Body::kBelongs:
      break;
    case Body::kFaultStatus:
      if (const size_t words = rest.find(": ");
          words != std::string_view::npos && record_.fault().reason().empty()) {
        record_.mutable_fault()->set_reason(std::string(grammar::Trim(rest.substr(words + 2))));
      }
      rest = {};
      break;
    case Body::kFaultReason:
      // Other reports show the page that they are about with dump_page(), too.
      if (record_.kind() != KIND_BAD_PAGE && grammar::TrimLeft(text).starts_with("page dumped ")) {
        rest = {};
        break;
      }
      if (record_.fault().reason().empty())
        record_.mutable_fault()->set_reason(std::string(grammar::Trim(rest)));
      rest = {};
      break;
    case Body::kAccessFlags:
      if (record_.fault().access() == ACCESS_UNSPECIFIED &&
          rest.find("WnR = ") != std::string_view::npos) {
        bool write = rest.find("WnR = 1") != std::string_view::npos;
        record_.mutable_fault()->set_access(write ? ACCESS_WRITE : ACCESS_READ);
      }
      rest = {};
      break;
    case Body::kOptions:
      OnOptions(grammar::Trim(text));
      rest = {};
      break;
    case Body::kPageTableKind:
      AddPageTable(text);
      rest = {};
      break;
    case Body::kSlab:
      if (!OnSlabLine(text)) return false;
      rest = {};
      break;
    case Body::kSlabNeighbour:
      if (!OnSlabLine({})) return false;
      stacks_.SwitchTo(Owner::kNobody);
      rest = {};
      break;
    case Body::kLastUser:
      if (!OnLastUser(grammar::Trim(text.substr(0, text.size() - rest.size())))) return false;
      break;
    case Body::kRule:
      if (grammar::Trim(text).size() == kSlubRule) {
        if (record_.kind() != KIND_KASAN || phase_ != Phase::kHeader) return false;
        rest = {};
        break;
      }
      // These close a report with it, others open the next one.
      if (rule_read_ || !ClosesWithRule(record_.kind())) return false;
      rule_read_ = true;
      rest = {};
      break;
    case Body::kAccessError:
      OnAccessError(rest);
      rest = {};
      break;
    case Body::kPreemptCount:
      if (!record_.has_preempt_count())
        record_.set_preempt_count(std::string(Cursor(rest).TakeHex()));
      rest = {};
      break;
    case Body::kPrintingEip:
      OnPrintingEip(rest, line);
      break;
    case Body::kWords:
      AddMessage(text);
      rest = {};
      break;
    case Body::kTrackPid:
      if (!OnTrackPid(rest)) return false;
      rest = {};
      break;
    case Body::kOopsEnd: {
      const std::string_view hex = Cursor(rest).TakeHex();
      if (stacks_.owner() == Owner::kOwn && !hex.empty()) AddUntold("RSP", hex, line);
      rest = {};
      break;
    }
    case Body::kFramePointers:
      stacks_.SetStackPointer(rest, line.number);
      rest = {};
      break;
    case Body::kSystemRegister:
      if (!OnSystemRegister(text, rest, line)) return false;
      rest = {};
      break;
    case Body::kBlocker:
      if (!OnBlocker(rest)) return false;
      rest = {};
      break;
    case Body::kOfProcess:
      if (record_.kind() != KIND_USER_FAULT) return false;
      StorePlaceRegisters(text, rest, line);
      rest = {};
      break;
    case Body::kBusyWorkqueue:
      busy_workqueue_ = std::string(rest.substr(0, std::min(rest.find(':'), rest.size())));
      rest = {};
      break;
    case Body::kBusyPool:
      OnBusyPool(rest);
      rest = {};
      break;
    case Body::kInFlight:
      OnInFlight(rest, line);
      rest = {};
      break;
    case Body::kOomLimit:
      if (!OnOomLimit(rest)) return false;
      rest = {};
      break;
    case Body::kOomSummary:
      OnOomSummary(rest);
      rest = {};
      break;
    case Body::kMachineCheckBank:
      if (!OnMachineCheckBank(rest)) return false;
      rest = {};
      break;
    case Body::kMachineCheckLine:
      if (!OnMachineCheckLine(rest)) return false;
      rest = {};
      break;
    case Body::kEehFrame:
      if (!OnEehFrame(rest, line)) return false;
      rest = {};
      break;
    case Body::kMachineCheck:
      OnMachineCheck(text);
      rest = {};
      break;
    case Body::kLastFunction:
      OnLastFunction(rest);
      rest = {};
      break;
    case Body::kAccess:
      OnAccess(text);
      rest = {};
      break;
    case Body::kSpinlock:
      if (!OnSpinlock(rest)) return false;
      rest = {};
      break;
    case Body::kStackDump:
      stacks_.CloseTrace();
      words_line_ = line.order;
      rest = {};
      break;
  }
  phase_ = phase;
  // A line end was lost where frames follow on the line of something else.
  size_t bracket = rest.find("[<");
  bool glued_frames =
      bracket != std::string_view::npos && rest.find("[<", bracket + 2) != std::string_view::npos;
  if (match.body == Body::kBelongs || match.body == Body::kHungTaskNote)
    rest = glued_frames ? rest.substr(bracket) : std::string_view{};
  text = rest;
  return true;
}

}  // namespace oops::record
