#include "lib/knownbugs/record_view.h"

#include <algorithm>
#include <cctype>

namespace oops::knownbugs {
namespace {

constexpr size_t kCodeWindowBytes = 64;  // before the trapping instruction, and from it on

// The stacks that are traces of code being run, as against histories of an object or a lock.
bool IsTrace(const Stack& stack) {
  switch (stack.type()) {
    case STACK_ALLOCATED:
    case STACK_FREED:
    case STACK_STORED:
    case STACK_CREATED:
    case STACK_HELD_AT:
    case STACK_RELATED:
      return false;
    default:
      return true;
  }
}

bool IsOwn(const Stack& stack) {
  return stack.type() != STACK_OTHER_CPU && stack.type() != STACK_OTHER_TASK;
}

Part PartOf(const Stack& stack) {
  const bool has_part = !IsOwn(stack) || stack.type() == STACK_RESAMPLE;
  switch (has_part ? stack.part() : stack.type()) {
    case STACK_LINK:
      return Part::kPlace;
    case STACK_NMI:
    case STACK_EXCEPTION:
      return Part::kNmi;
    case STACK_IRQ:
    case STACK_SOFTIRQ:
      return Part::kIrq;
    default:
      return Part::kTask;
  }
}

std::string Who(const Stack& stack) {
  std::string who;
  if (stack.has_cpu()) who = "CPU " + std::to_string(stack.cpu());
  if (!stack.task().comm().empty()) who += (who.empty() ? "" : ", ") + stack.task().comm();
  if (stack.task().has_pid()) {
    who += (who.empty() ? "pid " : " [") + std::to_string(stack.task().pid()) +
           (who.empty() ? "" : "]");
  }
  return who.empty() ? "another CPU or task" : who;
}

void AddFrames(const Stack& stack, Trace& trace) {
  const size_t room = trace.frames.size() + static_cast<size_t>(stack.frames_size()) + 2;
  if (room > trace.frames.capacity()) {
    trace.frames.reserve(std::max(room, 2 * trace.frames.capacity()));
  }
  if (!stack.ip().function().empty()) {
    trace.frames.push_back({BareFunctionName(stack.ip().function()), Part::kPlace, true});
  }
  const auto is_reliable = [](const Frame& frame) {
    return !frame.has_reliable() || frame.reliable();
  };
  // Kernels without frame pointers mark every frame with '?': then the mark says nothing.
  const bool marks_tell = std::any_of(stack.frames().begin(), stack.frames().end(), is_reliable);
  for (const Frame& frame : stack.frames()) {
    trace.frames.push_back(
        {BareFunctionName(frame.function()), PartOf(stack), !marks_tell || is_reliable(frame)});
  }
}

// A part continues the trace of the stack before it, if it is of the same CPU and task and further
// from the interrupt's top: NMI, then interrupt, then task.
bool Continues(const Stack& before, const Stack& stack) {
  return before.type() != STACK_RESAMPLE && stack.type() != STACK_RESAMPLE &&
         IsOwn(before) == IsOwn(stack) && PartOf(before) != Part::kTask &&
         PartOf(before) <= PartOf(stack) &&
         (IsOwn(stack) ||
          (before.cpu() == stack.cpu() && before.task().pid() == stack.task().pid()));
}

std::vector<Trace> Traces(const CrashRecord& record) {
  std::vector<Trace> traces;
  const Stack* before = nullptr;
  for (const Stack& stack : record.stacks()) {
    if (!IsTrace(stack)) {
      before = nullptr;
      continue;
    }
    if (before == nullptr || !Continues(*before, stack)) {
      Trace& trace = traces.emplace_back();
      trace.own = IsOwn(stack);
      if (!trace.own) trace.who = Who(stack);
    }
    AddFrames(stack, traces.back());
    before = &stack;
  }
  // The place of the event stands on top of each of its own traces; a record without any has that
  // one frame.
  const std::string_view place = BareFunctionName(record.ip().function());
  if (place.empty()) return traces;
  if (std::none_of(traces.begin(), traces.end(), [](const Trace& t) { return t.own; })) {
    traces.emplace(traces.begin());
  }
  for (Trace& trace : traces) {
    if (trace.own) trace.frames.insert(trace.frames.begin(), {place, Part::kPlace, true});
  }
  return traces;
}

std::string SpacedLowerHex(std::string_view bytes) {
  std::string text;
  text.reserve(bytes.size() / 2 * 3);
  for (size_t i = 0; i + 1 < bytes.size(); i += 2) {
    for (const char c : bytes.substr(i, 2)) {
      text.push_back(static_cast<char>(std::tolower(static_cast<unsigned char>(c))));
    }
    text.push_back(' ');
  }
  return text;
}

std::vector<std::string> Facts(const CrashRecord& record) {
  std::vector<std::string> facts;
  const auto add = [&facts](std::string_view name, std::string_view value) {
    if (!value.empty()) facts.push_back(std::string(name) + "=" + std::string(value));
  };
  add("message", record.message());
  add("panic", record.panic());
  add("workqueue", record.workqueue());
  add("comm", record.task().comm());
  add("preempt_count", record.preempt_count());
  for (const Register& value : record.registers()) add(value.name(), value.value());
  for (const Lock& lock : record.locks_held()) add("lock", lock.name());
  for (const Module& module : record.modules()) add("module", module.name());
  return facts;
}

}  // namespace

std::string_view BareFunctionName(std::string_view function) {
  if (!function.empty() && function[0] == '.') function.remove_prefix(1);
  return function.substr(0, function.find('.'));
}

RecordView::RecordView(const CrashRecord& from) : record(from), traces(Traces(from)) {
  if (!from.code().has_trap_index()) return;
  const std::string_view bytes = from.code().bytes();
  const size_t trap_byte = from.code().trap_index();
  if (trap_byte * 2 >= bytes.size()) return;
  // Loops are short, and no pattern needs more; kernels print 64 bytes at most.
  const size_t first_byte = trap_byte - std::min(trap_byte, kCodeWindowBytes);
  code = SpacedLowerHex(bytes.substr(first_byte * 2, kCodeWindowBytes * 4));
  trap = (trap_byte - first_byte) * 3;
}

const std::vector<std::string>& RecordView::facts() const {
  if (!facts_) facts_ = Facts(record);
  return *facts_;
}

}  // namespace oops::knownbugs
