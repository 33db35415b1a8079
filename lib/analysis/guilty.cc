// The guilty function is the innermost one that isn't plumbing. Frames that the unwinder vouches
// for come first, those it only found on the stack ('?') count where there are no others. Inlined
// functions are passed over, so that a symbolised report and a raw one agree.
#include "lib/analysis/guilty.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "lib/analysis/dispatch.h"
#include "lib/analysis/function_name.h"
#include "lib/analysis/kind_set.h"
#include "lib/analysis/lock_site.h"
#include "lib/analysis/name_patterns.h"
#include "lib/analysis/trace.h"

namespace oops::analysis {
namespace {

constexpr size_t kKeyFrames = 3;  // more would tie the key to one compiler's inlining

// A loop, or a recursion, is found at a random place of itself.
constexpr KindSet kKnownByHandler = {KIND_SOFT_LOCKUP, KIND_RCU_STALL, KIND_STACK_OVERFLOW};

// Which steps count: those that the unwinder vouches for; also the others; also what the compiler
// inlined.
enum class Trust { kReliable, kGuessed, kInlined };

bool Counts(const Step& step, Trust trust) {
  switch (trust) {
    case Trust::kReliable:
      return step.reliable() && !step.inlined();
    case Trust::kGuessed:
      return !step.inlined();
    case Trust::kInlined:
      return true;
  }
  return false;
}

struct Choice {
  const Trace* trace = nullptr;
  size_t index = 0;
  Trust trust = Trust::kReliable;
};

// A trace of nothing but plumbing is not made better by what lay on its stack by chance. A failing
// instruction, however often it was printed, is no trace yet.
bool HasReliableFrames(const Trace& trace) {
  int frames = 0;
  bool failing = false;
  for (const Step& step : trace) {
    if (step.failing()) {
      failing = true;
    } else if (step.reliable()) {
      ++frames;
    }
  }
  return frames + (failing ? 1 : 0) > 1;
}

bool IsInterruptEntry(const Step& step) {
  return step.plumbing() != nullptr && step.plumbing()->name == "interrupt entry";
}

// Where the failing instruction is an interrupt entry's own (iret takes a bad frame, an IPI a bad
// list), what the interrupt stopped has nothing to do with it. An exception entry reports others.
bool FailsInInterruptEntry(const Trace& trace, Kind kind) {
  return trace.front().failing() && !kLockup.Has(kind) && IsInterruptEntry(trace.front());
}

std::optional<Choice> FirstBlamable(const std::vector<Trace>& traces, Kind kind) {
  for (const Trace& trace : traces) {
    if (FailsInInterruptEntry(trace, kind)) return Choice{&trace, 0, Trust::kReliable};
    const bool reliable = HasReliableFrames(trace);
    for (Trust trust : {Trust::kReliable, Trust::kGuessed, Trust::kInlined}) {
      if (trust == Trust::kGuessed && reliable) continue;
      bool reporting = true;
      for (size_t i = 0; i < trace.size(); ++i) {
        if (trust == Trust::kInlined && reliable && !trace[i].reliable()) continue;
        if (!Counts(trace[i], trust)) continue;
        const PlumbingGroup* plumbing = trace[i].plumbing();
        if (plumbing == nullptr || (reporting && IsNamedAnyway(trace[i].function(), kind)))
          return Choice{&trace, i, trust};
        reporting = reporting && IsOfReport(*plumbing);
      }
    }
  }
  return std::nullopt;
}

// A user's page fault or system call that found no memory, or a bad page, is not to blame for that;
// nor is whatever the timer of a watchdog interrupted.
constexpr KindSet kNoEntry =
    kKnownByHandler | KindSet{KIND_OOM_KILL, KIND_BAD_PAGE, KIND_WORKQUEUE_LOCKUP};

// The machine broke while nothing ran.
bool IsIdle(const Trace& trace) {
  return std::any_of(trace.begin(), trace.end(), [](const Step& step) {
    return step.plumbing() != nullptr && step.plumbing()->name == "idle loop";
  });
}

// Only plumbing is left: the way in tells a little, the function that failed a little less. What
// brought a watchdog there tells nothing.
std::optional<Choice> FirstNamed(const std::vector<Trace>& traces) {
  for (const Trace& trace : traces) {
    if (IsIdle(trace)) continue;
    const PlumbingGroup* callee = nullptr;
    for (size_t i = 0; i < trace.size(); ++i) {
      if (!trace[i].reliable()) continue;
      const PlumbingGroup* plumbing = trace[i].plumbing();
      if (plumbing != nullptr && plumbing->worth == Worth::kEntry) {
        if (callee != nullptr && callee->name == "watchdog") break;
        return Choice{&trace, i, Trust::kReliable};
      }
      callee = plumbing;
    }
  }
  for (const Trace& trace : traces) {
    if (trace.front().failing() && !IsIdle(trace)) return Choice{&trace, 0, Trust::kReliable};
  }
  return std::nullopt;
}

struct Handler {
  std::string function;
  std::vector<std::string> frames;  // for the key
};

// Where the guilty function stands for the last time: an interrupt above it is the watchdog's.
size_t LastPlace(const Choice& choice) {
  const Trace& trace = *choice.trace;
  size_t at = trace.size() - 1;
  while (at > choice.index && trace[at].function() != trace[choice.index].function()) --at;
  return at;
}

// The guilty function, and the next ones that tell its bugs apart: plumbing and dispatchers are on
// the way of many, and what an interrupt interrupted is chance.
std::vector<std::string> KeyFrames(const Choice& choice) {
  const Trace& trace = *choice.trace;
  std::vector<std::string> frames = {KeyName(trace[choice.index].function())};
  std::optional<size_t> last_place;  // looked for where it matters only
  for (size_t i = choice.index + 1; i < trace.size() && frames.size() < kKeyFrames; ++i) {
    const Step& step = trace[i];
    if (RunsCallbacks(step.function())) break;
    if (!Counts(step, choice.trust)) continue;
    if (IsInterruptEntry(step)) {
      if (!last_place) last_place = LastPlace(choice);
      if (i > *last_place) break;
    }
    if (step.plumbing() != nullptr || IsOnManyWays(step.function())) continue;
    std::string name = KeyName(step.function());
    if (frames.back() != name) frames.push_back(std::move(name));
  }
  return frames;
}

bool IsTimerInterrupt(std::string_view function) {
  static const NamePatterns& patterns = *[] {
    auto* made = new NamePatterns;
    made->Add(0,
              "apic_timer_interrupt smp_apic_timer_interrupt* asm_sysvec_apic_timer_interrupt "
              "sysvec_apic_timer_interrupt __sysvec_apic_timer_interrupt arch_timer_handler_* "
              "timer_interrupt riscv_timer_interrupt constant_timer_interrupt");
    return made;
  }();
  return patterns.Lists(function) != 0;
}

// rcu_sched_clock_irq() runs in the timer interrupt: a stall is known by what that interrupted,
// also where another CPU's NMI found this one already in what the interrupt left to do.
size_t InterruptedAt(const Choice& choice) {
  const Trace& trace = *choice.trace;
  const auto counts = [&](const Step& step) { return Counts(step, choice.trust); };
  const auto interrupt = std::find_if(trace.begin(), trace.end(), [&](const Step& step) {
    return counts(step) && IsTimerInterrupt(step.function());
  });
  const auto task = std::find_if(interrupt, trace.end(), [&](const Step& step) {
    return counts(step) && step.plumbing() == nullptr && !IsDispatcher(step.function());
  });
  if (task == trace.end()) return choice.index;
  return std::max(choice.index, static_cast<size_t>(task - trace.begin()));
}

// The last function before the first dispatcher; the outermost one where the trace ends before any.
std::optional<Handler> FindHandler(const Choice& choice, size_t start) {
  constexpr std::string_view kIpiWait =
      "smp_call_function";  // waits for another CPU, whoever asked
  std::string_view handler, callee;
  for (size_t i = start; i < choice.trace->size(); ++i) {
    const Step& step = (*choice.trace)[i];
    if (!Counts(step, choice.trust)) continue;
    if (step.function().compare(0, kIpiWait.size(), kIpiWait) == 0) {
      return Handler{std::string(step.function()), KeyFrames({choice.trace, i, choice.trust})};
    }
    if (IsDispatcher(step.function())) {
      if (!handler.empty()) break;
    } else if (step.plumbing() == nullptr) {
      callee = handler;
      handler = step.function();
    }
  }
  if (handler.empty()) return std::nullopt;
  Handler found{std::string(handler), {KeyName(handler)}};
  if (!callee.empty()) found.frames.push_back(KeyName(callee));
  return found;
}

// A kernel thread or an idle CPU that was found between two pieces of work: its loop is nobody's
// fault, but says more than nothing.
std::string LoopOfThread(const std::vector<Trace>& traces) {
  static const NamePatterns& loops = *[] {
    auto* made = new NamePatterns;
    made->Add(0, "worker_thread kthread_worker_fn smpboot_thread_fn do_idle cpu_idle_loop");
    return made;
  }();
  for (const Trace& trace : traces) {
    for (const Step& step : trace) {
      if (step.reliable() && loops.Lists(step.function()) != 0) return std::string(step.function());
    }
  }
  return {};
}

// Without kallsyms addresses have no names, and only those of modules have an owner.
std::string NamelessModule(const CrashRecord& record) {
  return record.ip().function().empty() ? record.ip().module() : std::string();
}

Guilty OfLockSite(LockPlace place) {
  Guilty guilty;
  if (place.function.empty()) return guilty;
  guilty.frames = {KeyName(place.function)};
  guilty.handler = place.function;
  guilty.function = std::move(place.function);
  guilty.module = std::move(place.module);
  return guilty;
}

}  // namespace

Guilty FindGuilty(const CrashRecord& record) {
  if (LockPlace site = LockSite(record); !site.function.empty()) return OfLockSite(std::move(site));
  const std::vector<Trace> traces = TracesOf(record);
  std::optional<Choice> choice = FirstBlamable(traces, record.kind());
  if (!choice && !kNoEntry.Has(record.kind())) choice = FirstNamed(traces);
  if (!choice) {
    Guilty nobody = OfLockSite(AnyLockSite(record));
    if (kKnownByHandler.Has(record.kind())) nobody.handler = LoopOfThread(traces);
    if (nobody.module.empty()) nobody.module = NamelessModule(record);
    return nobody;
  }

  Guilty guilty;
  const Step& step = (*choice->trace)[choice->index];
  guilty.function = step.function();
  guilty.module = step.module();
  guilty.file = step.file();
  guilty.handler = step.function();
  guilty.frames = KeyFrames(*choice);

  if (kKnownByHandler.Has(record.kind())) {
    const size_t start = record.kind() == KIND_RCU_STALL ? InterruptedAt(*choice) : choice->index;
    if (std::optional<Handler> handler = FindHandler(*choice, start)) {
      guilty.handler = std::move(handler->function);
      guilty.frames = std::move(handler->frames);
    }
  }
  return guilty;
}

}  // namespace oops::analysis
