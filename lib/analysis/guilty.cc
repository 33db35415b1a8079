// The guilty function is the innermost one that isn't plumbing. Frames that the unwinder vouches for come first, those
// it only found on the stack ('?') count where there are no others. Inlined functions are passed over, so that a
// symbolised report and a raw one agree.
#include "lib/analysis/guilty.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "lib/analysis/dispatch.h"
#include "lib/analysis/kind_set.h"
#include "lib/analysis/lock_site.h"
#include "lib/analysis/trace.h"

namespace oops::analysis {
namespace {

constexpr size_t kKeyFrames = 3;       // more would tie the key to one compiler's inlining

// A loop, or a recursion, is found at a random place of itself.
constexpr KindSet kKnownByHandler = {KIND_SOFT_LOCKUP, KIND_RCU_STALL, KIND_STACK_OVERFLOW};

// Which steps count: those that the unwinder vouches for; also the others; also what the compiler inlined.
enum class Trust { kReliable, kGuessed, kInlined };

bool Counts(const Step& step, Trust trust) {
  switch (trust) {
    case Trust::kReliable: return step.reliable() && !step.inlined();
    case Trust::kGuessed: return !step.inlined();
    case Trust::kInlined: return true;
  }
  return false;
}

struct Choice {
  const Trace* trace = nullptr;
  size_t index = 0;
  Trust trust = Trust::kReliable;
};

// A trace of nothing but plumbing is not made better by what lay on its stack by chance.
bool HasReliableFrames(const Trace& trace) {
  return std::count_if(trace.begin(), trace.end(), [](const Step& step) { return step.reliable(); }) > 1;
}

std::optional<Choice> FirstBlamable(const std::vector<Trace>& traces) {
  for (const Trace& trace : traces) {
    const bool reliable = HasReliableFrames(trace);
    for (Trust trust : {Trust::kReliable, Trust::kGuessed, Trust::kInlined}) {
      if (trust == Trust::kGuessed && reliable) continue;
      for (size_t i = 0; i < trace.size(); ++i) {
        if (trust == Trust::kInlined && reliable && !trace[i].reliable()) continue;
        if (Counts(trace[i], trust) && trace[i].plumbing() == nullptr) return Choice{&trace, i, trust};
      }
    }
  }
  return std::nullopt;
}

// Only plumbing is left: the way in tells a little, the function that failed a little less.
std::optional<Choice> FirstNamed(const std::vector<Trace>& traces) {
  for (const Trace& trace : traces) {
    for (size_t i = 0; i < trace.size(); ++i) {
      const PlumbingGroup* plumbing = trace[i].plumbing();
      if (trace[i].reliable() && plumbing != nullptr && plumbing->worth == Worth::kEntry) {
        return Choice{&trace, i, Trust::kReliable};
      }
    }
  }
  for (const Trace& trace : traces) {
    if (trace.front().failing()) return Choice{&trace, 0, Trust::kReliable};
  }
  return std::nullopt;
}

// Steps of a handler's trace: the handler itself, and the functions between it and the innermost frame.
struct Handler {
  std::string function;
  std::string callee;
};

// The last function before the first dispatcher; the outermost one where the trace ends before any.
std::optional<Handler> FindHandler(const Choice& choice) {
  constexpr std::string_view kIpiWait = "smp_call_function";  // waits for another CPU, whoever asked
  Handler handler;
  for (size_t i = choice.index; i < choice.trace->size(); ++i) {
    const Step& step = (*choice.trace)[i];
    if (!Counts(step, choice.trust)) continue;
    if (step.function().compare(0, kIpiWait.size(), kIpiWait) == 0) return Handler{step.function(), {}};
    if (IsDispatcher(step.function())) {
      if (!handler.function.empty()) break;
    } else if (step.plumbing() == nullptr) {
      handler.callee = std::move(handler.function);
      handler.function = step.function();
    }
  }
  if (handler.function.empty()) return std::nullopt;
  return handler;
}

std::vector<std::string> KeyFrames(const Choice& choice) {
  std::vector<std::string> frames;
  for (size_t i = choice.index; i < choice.trace->size() && frames.size() < kKeyFrames; ++i) {
    const Step& step = (*choice.trace)[i];
    if (!Counts(step, choice.trust) || step.plumbing() != nullptr) continue;
    if (frames.empty() || frames.back() != step.function()) frames.push_back(step.function());
  }
  return frames;
}

Guilty OfLockSite(std::string function) {
  Guilty guilty;
  if (function.empty()) return guilty;
  guilty.frames = {function};
  guilty.handler = function;
  guilty.function = std::move(function);
  return guilty;
}

}  // namespace

Guilty FindGuilty(const CrashRecord& record) {
  if (std::string site = LockSite(record); !site.empty()) return OfLockSite(std::move(site));
  const std::vector<Trace> traces = TracesOf(record);
  std::optional<Choice> choice = FirstBlamable(traces);
  if (!choice && !kKnownByHandler.Has(record.kind())) choice = FirstNamed(traces);
  if (!choice) return OfLockSite(AnyLockSite(record));

  Guilty guilty;
  const Step& step = (*choice->trace)[choice->index];
  guilty.function = step.function();
  guilty.module = step.module();
  guilty.file = step.file();
  guilty.handler = step.function();
  guilty.frames = KeyFrames(*choice);
  if (guilty.frames.empty()) guilty.frames.push_back(step.function());

  if (kKnownByHandler.Has(record.kind())) {
    if (std::optional<Handler> handler = FindHandler(*choice)) {
      guilty.handler = handler->function;
      guilty.frames = {handler->function};
      if (!handler->callee.empty()) guilty.frames.push_back(handler->callee);
    }
  }
  return guilty;
}

}  // namespace oops::analysis
