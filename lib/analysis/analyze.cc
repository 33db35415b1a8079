#include "lib/analysis/analyze.h"

#include <google/protobuf/arena.h>

#include <algorithm>
#include <iterator>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lib/analysis/diagnosis.h"
#include "lib/analysis/guilty.h"
#include "lib/analysis/signature.h"
#include "lib/analysis/title.h"

namespace oops::analysis {
namespace {

constexpr size_t kMaxBacktraces =
    8;  // those behind them are of CPUs that have little to do with it

bool IsStuck(Kind kind) {
  return kind == KIND_RCU_STALL || kind == KIND_SOFT_LOCKUP || kind == KIND_HARD_LOCKUP;
}

StackType PartOf(const Stack& stack) {
  return stack.part() == STACK_UNSPECIFIED ? stack.type() : stack.part();
}

using Backtrace = std::vector<const Stack*>;

// Consecutive stacks up to the part of the task, which ends a backtrace.
std::vector<Backtrace> BacktracesOf(const CrashRecord& record) {
  std::vector<Backtrace> backtraces;
  bool open = false;
  for (const Stack& stack : record.stacks()) {
    if (stack.frames_size() == 0) continue;
    if (!open) backtraces.emplace_back();
    backtraces.back().push_back(&stack);
    open = PartOf(stack) != STACK_TASK;
  }
  return backtraces;
}

// What a title is made from: of a stack's frames, and of its registers, only the names count.
void AddNamesOf(const Stack& stack, CrashRecord& part) {
  Stack& names = *part.add_stacks();
  names.set_type(PartOf(stack));
  if (stack.has_ip()) names.mutable_ip()->set_function(stack.ip().function());
  names.mutable_frames()->Reserve(stack.frames_size());
  for (const Frame& frame : stack.frames()) {
    Frame& name = *names.add_frames();
    name.set_function(frame.function());
    if (frame.has_reliable()) name.set_reliable(frame.reliable());
    if (frame.inlined()) name.set_inlined(true);
  }
}

// A CPU that has nothing to do holds nobody up.
bool IsIdleLoop(std::string_view function) {
  constexpr std::string_view kLoops[] = {"do_idle",           "cpu_idle_loop", "cpu_idle",
                                         "cpu_startup_entry", "rest_init",     "start_kernel"};
  return std::find(std::begin(kLoops), std::end(kLoops), function) != std::end(kLoops);
}

void AddTitlesOf(const CrashRecord& record, std::span<const Stack* const> stacks, bool own,
                 std::vector<std::string>& names) {
  google::protobuf::Arena arena;
  CrashRecord& part = *google::protobuf::Arena::CreateMessage<CrashRecord>(&arena);
  part.set_kind(record.kind());
  part.set_title_form(record.title_form());
  for (const Stack* stack : stacks) AddNamesOf(*stack, part);
  const Guilty guilty = FindGuilty(part);
  if (guilty.function.empty() || (!own && IsIdleLoop(guilty.handler))) return;
  Titles titles = MakeTitles(part, guilty);
  names.push_back(std::move(titles.title));
  std::move(titles.alternatives.begin(), titles.alternatives.end(), std::back_inserter(names));
}

// A CPU that is stuck in an interrupt is sometimes named for the task below it. A stall that RCU
// reports is sometimes named for any of the CPUs and tasks that it shows.
std::vector<std::string> OtherTitles(const CrashRecord& record) {
  std::vector<std::string> names;
  if (!IsStuck(record.kind())) return names;
  std::vector<Backtrace> backtraces = BacktracesOf(record);
  if (backtraces.size() > kMaxBacktraces) backtraces.resize(kMaxBacktraces);
  for (const Backtrace& backtrace : backtraces) {
    const std::span<const Stack* const> parts(backtrace);
    const bool own = parts.front()->type() == PartOf(*parts.front());
    if (!own && record.kind() != KIND_RCU_STALL) continue;
    const bool interrupted = parts.size() > 1 && PartOf(*parts.back()) == STACK_TASK;
    if (interrupted) AddTitlesOf(record, parts.last(1), own, names);
    if (record.kind() != KIND_RCU_STALL) continue;
    AddTitlesOf(record, parts, own, names);
    if (interrupted) AddTitlesOf(record, parts.first(parts.size() - 1), own, names);
  }
  return names;
}

}  // namespace

void Analyze(CrashRecord& record) {
  const Guilty guilty = FindGuilty(record);
  Titles titles = MakeTitles(record, guilty);
  *record.mutable_signature() = MakeSignature(record, guilty, titles.title);
  for (std::string& title : OtherTitles(record)) {
    const auto& known = titles.alternatives;
    const bool told =
        title == titles.title || std::find(known.begin(), known.end(), title) != known.end();
    if (!told) titles.alternatives.push_back(std::move(title));
  }
  record.set_title(std::move(titles.title));
  record.clear_alt_titles();
  for (std::string& title : titles.alternatives) record.add_alt_titles(std::move(title));
  Diagnose(record);
}

}  // namespace oops::analysis
