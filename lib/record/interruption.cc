#include "lib/record/interruption.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "lib/grammar/body.h"
#include "lib/grammar/chars.h"
#include "lib/grammar/frame.h"
#include "lib/grammar/registers.h"

namespace oops::record {
namespace {

constexpr int64_t kMoment = 100'000;  // microseconds in which two CPUs speak at once
constexpr uint64_t kMaxLines = 25;    // of the report that interrupts, before its own trace

// Where the traces of x86, arm64, riscv and powerpc end: what comes behind is another's.
constexpr std::string_view kOutermost[] = {
    "ret_from_",   "entry_",     "system_call", "sysenter_", "child_rip",    "kernel_thread",
    "secondary_",  "start_",     "x86_64_st",   "i386_st",   "common_start", "el0_",
    "el0t_",       "__primary_", "ret_fast_",   "tracesys",  "stub_",        "do_trap_ecall",
    "handle_sys",  "syscall",    "asm_",
};

bool SameMoment(const Event& event, const log::LogLine& line) {
  const Source& source = event.record().source();
  return line.monotonic_us && source.has_last_monotonic_us() &&
         *line.monotonic_us - source.last_monotonic_us() <= kMoment;
}

bool IsNextFrame(const grammar::Frame& frame, const Stack* stack) {
  if (stack == nullptr || stack->frames_size() == 0) return frame.caller.empty();
  std::string_view last = stack->frames(stack->frames_size() - 1).function();
  if (!frame.caller.empty()) return frame.symbol.function == last;
  return std::none_of(std::begin(kOutermost), std::end(kOutermost),
                      [last](std::string_view begin) { return last.starts_with(begin); });
}

// The registers of user mode, with which traces of x86-64 end since 4.10.
bool GoesOnWithRegisters(std::string_view text, const Stack& stack) {
  if (!stack.user_mode()) return false;
  std::vector<grammar::RegisterValue> values;
  return grammar::MatchBody(text).body == grammar::Body::kCode ||
         grammar::TakeRegisters(text, values);
}

}  // namespace

bool MayGoOn(Event& event, const log::LogLine& line) {
  return line.caller.empty() && !event.in_session() && event.phase() == Phase::kBody &&
         event.stacks().trace_open() && line.number == event.last_line + 1 &&
         SameMoment(event, line);
}

Claim ClaimOf(Event& interrupted, Event& newer, std::string_view text, const log::LogLine& line) {
  bool told_apart = newer.phase() == Phase::kHeader || !newer.stacks().trace_open();
  if (!told_apart || newer.stacks().has_own_frames() || interrupted.phase() == Phase::kEnded ||
      line.number > interrupted.last_line + kMaxLines || !SameMoment(interrupted, line)) {
    return Claim::kOver;
  }
  const Stack* stack = interrupted.stacks().CurrentIfAny();
  std::string_view rest = text;
  if (grammar::TakeStackMark(rest)) return Claim::kItsOwn;
  if (std::optional<grammar::Frame> frame = grammar::TakeFrame(rest)) {
    bool named = !frame->symbol.function.empty();
    return named && IsNextFrame(*frame, stack) ? Claim::kItsOwn : Claim::kNone;
  }
  grammar::BodyMatch body = grammar::MatchBody(text);
  bool user_mode = body.body == grammar::Body::kRip &&
                   grammar::TrimLeft(body.rest).starts_with("0033:");
  if (user_mode || body.body == grammar::Body::kEndTrace) return Claim::kItsOwn;
  bool adjacent = line.number == interrupted.last_line + 1;
  return adjacent && stack != nullptr && GoesOnWithRegisters(text, *stack) ? Claim::kItsOwn
                                                                           : Claim::kNone;
}

}  // namespace oops::record
