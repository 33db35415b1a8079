#include "lib/analysis/trace.h"

#include <algorithm>
#include <array>
#include <limits>
#include <optional>

#include "lib/analysis/function_name.h"
#include "lib/analysis/kind_set.h"
#include "lib/text/hex.h"

namespace oops::analysis {
namespace {

// A stack that overflowed shows where it came from only at its far end.
constexpr size_t kMaxSteps = 4096;

// How deep into a trace the functions that made the report may stand.
constexpr size_t kNear = 8;

// Of the backtraces of other CPUs and tasks the first few tell whether any of them helps.
constexpr size_t kMaxOthers = 16;

// Kinds whose report is made by a function that was called to make it: what registers there are
// belong to whatever an interrupt stopped.
constexpr KindSet kReportedByCall = {KIND_HUNG_TASK,   KIND_LOCKDEP,
                                     KIND_RCU_WARNING, KIND_SLEEPING_IN_ATOMIC,
                                     KIND_BAD_PAGE,    KIND_UBSAN,
                                     KIND_MEMORY_LEAK, KIND_SCHEDULING_WHILE_ATOMIC,
                                     KIND_OOM_KILL,    KIND_PAGE_ALLOC_FAILURE};

// Kinds where a CPU tells of another one, whose backtrace then stands among those of all CPUs.
constexpr KindSet kToldByOthers = {KIND_RCU_STALL, KIND_HARD_LOCKUP, KIND_SOFT_LOCKUP,
                                   KIND_WORKQUEUE_LOCKUP};

// The owner of a page or of leaked memory is who allocated it.
constexpr KindSet kOwnerAllocated = {KIND_BAD_PAGE, KIND_MEMORY_LEAK};

bool IsOwn(const Stack& stack) {
  switch (stack.type()) {
    case STACK_TASK:
    case STACK_IRQ:
    case STACK_SOFTIRQ:
    case STACK_NMI:
    case STACK_EXCEPTION:
    case STACK_UNSPECIFIED:
      return true;
    default:
      return false;
  }
}

bool IsOfStalledCpu(const CrashRecord& record, const Stack& stack) {
  if (stack.type() != STACK_OTHER_CPU || !stack.has_cpu()) return false;
  const auto& cpus = record.rcu().cpus();
  return std::find(cpus.begin(), cpus.end(), stack.cpu()) != cpus.end();
}

// Interrupts stand on top of what they interrupted: the part of the task comes last.
bool EndsBacktrace(const Stack& stack) {
  return stack.part() == STACK_TASK || stack.part() == STACK_UNSPECIFIED;
}

// print_bad_irq_dependency(): where the lock was first taken in an interrupt is what the new order
// collides with.
bool IsIrqSafeUse(const Stack& stack) {
  return stack.type() == STACK_HELD_AT && stack.label().find("which became") != std::string::npos;
}

// print_unlock_imbalance_bug(): says where the lock is released before it shows the stack.
bool IsRelease(const Stack& stack) {
  return stack.type() == STACK_LINK &&
         stack.label().find("trying to release lock") != std::string::npos;
}

// rcu_check_gp_kthread_starvation() dumps the kthread that waits, which is the victim.
bool IsGracePeriodKthread(const Stack& stack) {
  return std::any_of(stack.frames().begin(), stack.frames().end(),
                     [](const Frame& frame) { return frame.function() == "rcu_gp_kthread"; });
}

// rcu_dump_cpu_stacks() and rcu_print_detail_task_stall() show only those who hold up the grace
// period, so that the first of them is as good as the CPU that reports. What older kernels show,
// trigger_all_cpu_backtrace()'s, are all CPUs, idle ones too.
bool ShowsOnlyStalled(const CrashRecord& record) {
  for (const Stack& stack : record.stacks()) {
    if (!IsOwn(stack)) continue;
    for (const Frame& frame : stack.frames()) {
      if (frame.function() == "rcu_dump_cpu_stacks") return true;
    }
  }
  return false;
}

// Where the link register leads into the first frame's function, no stack of its own tells that.
bool HoldsLinkRegister(const Frame& frame, const CrashRecord& record) {
  const std::optional<uint64_t> address = text::ParseHex(frame.address());
  if (!address || frame.size() == 0) return false;
  for (const Register& reg : record.registers()) {
    if (reg.name() != "LR") continue;
    const std::optional<uint64_t> link = text::ParseHex(reg.value());
    const uint64_t begin = *address - frame.offset();
    return link && *link >= begin && *link - begin < frame.size();
  }
  return false;
}

// Where the code that failed has no name, as a callback whose module is gone, or is somebody's
// helper, the caller counts. powerpc's trace begins with one that it doesn't rely on; the link
// register may confirm it.
const Frame* ConfirmedCaller(const CrashRecord& record) {
  const Frame* link = nullptr;
  for (const Stack& stack : record.stacks()) {
    if (stack.frames_size() == 0) continue;
    const Frame& first = stack.frames(0);
    if (stack.type() == STACK_LINK && stack.label().empty()) link = &first;
    if (!IsOwn(stack)) continue;
    if (link != nullptr) return link->function() == first.function() ? link : nullptr;
    return HoldsLinkRegister(first, record) ? &first : nullptr;
  }
  return nullptr;
}

void Append(const CodeLocation& ip, Kind kind, Trace& trace) {
  if (!ip.function().empty()) trace.emplace_back(ip, kind);
}

// A call that never returns, as that of panic(), may be the last of its function: the address
// behind it is the next function's. The first frame may be where a function begins, as do the ways
// out of the kernel that the ways in leave for others to return to; and lists of handlers are no
// calls.
bool IsBehindAnother(const Stack& stack, const Frame& frame, const Step& step) {
  return frame.has_offset() && frame.offset() == 0 && &frame != &stack.frames(0) &&
         stack.type() != STACK_RELATED && step.plumbing() == nullptr;
}

// Of a task that runs, another CPU only knows where it had been when it was last switched out. What
// has since been written over that place shows by not being the scheduler, and by ending in
// addresses of no code.
bool IsOverwritten(const Stack& stack) {
  if (stack.frames_size() < 3 || stack.frames(0).function() != "__switch_to") return false;
  const PlumbingGroup* caller =
      FindPlumbing(SourceName(stack.frames(1).function()), KIND_HUNG_TASK);
  const bool scheduler = caller != nullptr && caller->name == "scheduler";
  const Frame& last = stack.frames(stack.frames_size() - 1);
  return !scheduler && last.function().empty() && last.module().empty();
}

// `begin`: where in the trace its stacks begin.
void Append(const Stack& stack, Kind kind, Trace& trace, size_t begin = 0) {
  if (IsOverwritten(stack)) return;
  const size_t room = trace.size() + static_cast<size_t>(stack.frames_size()) + 1;
  if (room > trace.capacity()) trace.reserve(std::max(room, 2 * trace.capacity()));
  if (!kReportedByCall.Has(kind)) Append(stack.ip(), kind, trace);
  for (const Frame& frame : stack.frames()) {
    if (trace.size() - begin >= kMaxSteps) return;
    if (frame.function().empty()) continue;
    trace.emplace_back(frame, kind);
    if (IsBehindAnother(stack, frame, trace.back())) trace.back().Distrust();
  }
}

// `from`: where in the trace the stacks begin.
// A hung task's backtrace begins in schedule(); symbols of what the unwinder met before it mean
// nothing.
void DropBeforeSchedule(Trace& trace, size_t from) {
  const auto begin = trace.begin() + static_cast<std::ptrdiff_t>(from);
  const auto end = begin + static_cast<std::ptrdiff_t>(std::min(trace.size() - from, kNear));
  const auto schedule = std::find_if(begin, end, [](const Step& step) {
    return step.reliable() && step.function() == "schedule";
  });
  if (schedule != end) trace.erase(begin, schedule);
}

// A report made by a call begins with the functions that print it. What was printed as a frame
// before them is a place that the report mentions ("Preemption disabled at:").
void DropBeforeReport(Trace& trace, size_t from) {
  const auto begin = trace.begin() + static_cast<std::ptrdiff_t>(from);
  const auto end = begin + static_cast<std::ptrdiff_t>(std::min(trace.size() - from, kNear));
  const auto report = std::find_if(begin, end, [](const Step& step) {
    return step.reliable() && step.plumbing() != nullptr && step.plumbing()->name == "report";
  });
  if (report != end) trace.erase(begin, report);
}

// Where the registers of the failing instruction stand in the midst of the backtrace (always so in
// the crash utility's), the frames above them are the exception's handlers.
const Stack* StackOfFailure(const CrashRecord& record) {
  const auto first = std::find_if(
      record.stacks().begin(), record.stacks().end(),
      [](const Stack& stack) { return IsOwn(stack) && stack.type() != STACK_EXCEPTION; });
  if (first == record.stacks().end() || first->ip().function().empty()) return nullptr;
  const bool failure = first->ip().function() == record.ip().function() &&
                       first->ip().offset() == record.ip().offset();
  return failure ? &*first : nullptr;
}

template <typename Wanted>
void AppendStacks(const CrashRecord& record, Wanted wanted, Trace& trace) {
  const size_t begin = trace.size();
  for (const Stack& stack : record.stacks()) {
    if (!wanted(stack)) continue;
    if (record.kind() == KIND_RCU_STALL && IsGracePeriodKthread(stack)) continue;
    Append(stack, record.kind(), trace, begin);
  }
}

template <typename Wanted>
Trace TraceOf(const CrashRecord& record, Wanted wanted) {
  Trace trace;
  AppendStacks(record, wanted, trace);
  return trace;
}

// Where the event's own trace was printed, 0 if nobody knows; the record has it before the others'
// anyway.
uint64_t FirstLineOfOwn(const CrashRecord& record) {
  uint64_t first = std::numeric_limits<uint64_t>::max();
  for (const Stack& stack : record.stacks()) {
    if (IsOwn(stack)) first = std::min(first, uint64_t{stack.lines().first()});
  }
  return first;
}

enum class Range { kAll, kBeforeOwn };

// One trace for each backtrace of another CPU or task, whose parts follow each other.
template <typename Wanted>
std::vector<Trace> TracesOfOthers(const CrashRecord& record, Wanted wanted,
                                  Range range = Range::kAll) {
  std::vector<Trace> traces;
  bool open = false;
  bool seen_own = false;
  const uint64_t own_line = FirstLineOfOwn(record);
  for (const Stack& stack : record.stacks()) {
    seen_own = seen_own || IsOwn(stack);
    const bool behind = own_line > 0 ? stack.lines().first() >= own_line : seen_own;
    const bool late = range == Range::kBeforeOwn && behind;
    if (late || !wanted(stack) || IsGracePeriodKthread(stack)) {
      open = false;
      continue;
    }
    if (!open) traces.emplace_back();
    Append(stack, record.kind(), traces.back());
    open = !EndsBacktrace(stack);
    if (traces.size() > kMaxOthers) break;
  }
  return traces;
}

}  // namespace

Step::Step(const Frame& frame, Kind kind)
    : printed_(frame.function()),
      module_(frame.module()),
      file_(frame.file()),
      kind_(kind),
      reliable_(!frame.has_reliable() || frame.reliable()),
      inlined_(frame.inlined()) {}

Step::Step(const CodeLocation& failing, Kind kind)
    : printed_(failing.function()),
      module_(failing.module()),
      file_(failing.file()),
      kind_(kind),
      failing_(true) {}

void Step::LookUp() const {
  known_ = true;
  name_ = SourceNameIn(printed_, demangled_);
  plumbing_ = FindPlumbing(Name(), kind_);
}

std::vector<Trace> TracesOf(const CrashRecord& record) {
  const Kind kind = record.kind();
  std::vector<Trace> traces;
  const auto add = [&traces](Trace trace) {
    if (!trace.empty()) traces.push_back(std::move(trace));
  };

  if (kind == KIND_LOCKDEP) {
    for (const Stack& stack : record.stacks()) {
      if (!IsIrqSafeUse(stack)) continue;
      Trace trace;
      Append(stack, kind, trace);
      add(std::move(trace));
      break;
    }
  }
  if (kOwnerAllocated.Has(kind)) {
    add(TraceOf(record, [](const Stack& stack) { return stack.type() == STACK_ALLOCATED; }));
  }

  // __report_bad_irq(): whom the line belongs to. The report's own trace is the interrupt's.
  if (kind == KIND_IRQ_NOBODY_CARED || kind == KIND_OTHER) {
    add(TraceOf(record, [](const Stack& stack) { return stack.type() == STACK_RELATED; }));
  }
  if (kind == KIND_RCU_STALL) {
    const bool only_stalled = ShowsOnlyStalled(record);
    for (Trace& trace : TracesOfOthers(
             record,
             [only_stalled](const Stack& stack) {
               return stack.type() == STACK_OTHER_TASK ||
                      (only_stalled && stack.type() == STACK_OTHER_CPU);
             },
             Range::kBeforeOwn)) {
      add(std::move(trace));
    }
  }

  Trace own;
  // With CONFIG_UBSAN_TRAP the check is an instruction of the function itself.
  const bool by_call =
      kReportedByCall.Has(kind) && !(kind == KIND_UBSAN && record.severity() >= SEVERITY_OOPS);
  if (!by_call) Append(record.ip(), kind, own);
  const bool blamable = !own.empty() && own.front().plumbing() == nullptr;
  const Frame* caller = by_call || blamable ? nullptr : ConfirmedCaller(record);
  if (caller != nullptr) own.push_back(Step::Trusted(*caller, kind));
  const Stack* failure = by_call ? nullptr : StackOfFailure(record);
  const size_t before_stacks = own.size();
  const auto is_own = [failure](const Stack& stack) mutable {
    if (&stack == failure) failure = nullptr;
    return failure == nullptr && IsOwn(stack);
  };
  AppendStacks(record, is_own, own);
  if (kind == KIND_HUNG_TASK) {
    DropBeforeSchedule(own, before_stacks);
  } else if (by_call) {
    DropBeforeReport(own, before_stacks);
  }
  add(std::move(own));

  if (kind == KIND_LOCKDEP) add(TraceOf(record, IsRelease));
  if (kind == KIND_SLAB_CORRUPTION) {
    add(TraceOf(record, [](const Stack& stack) { return stack.type() == STACK_ALLOCATED; }));
    add(TraceOf(record, [](const Stack& stack) { return stack.type() == STACK_FREED; }));
  }
  if (kToldByOthers.Has(kind)) {
    const auto add_others = [&](auto wanted) {
      for (Trace& trace : TracesOfOthers(record, wanted)) add(std::move(trace));
    };
    add_others([](const Stack& stack) { return stack.type() == STACK_RESAMPLE; });
    add_others([&record](const Stack& stack) { return IsOfStalledCpu(record, stack); });
    add_others([](const Stack& stack) { return stack.type() == STACK_OTHER_TASK; });
    add_others([](const Stack& stack) { return stack.type() == STACK_OTHER_CPU; });
  }
  return traces;
}

}  // namespace oops::analysis
