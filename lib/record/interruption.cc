#include "lib/record/interruption.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "lib/grammar/body.h"
#include "lib/grammar/chars.h"
#include "lib/grammar/frame.h"
#include "lib/grammar/kernel_id.h"
#include "lib/grammar/registers.h"

namespace oops::record {
namespace {

constexpr int64_t kMoment = 100'000;  // microseconds in which two CPUs speak at once
constexpr uint64_t kMaxLines = 25;    // of the report that interrupts, before its own trace
constexpr uint64_t kMaxWhole = 120;   // of a whole report, behind another one's headline

// Where the traces of x86, arm64, riscv and powerpc end: what comes behind is another's.
constexpr std::string_view kOutermost[] = {
    "ret_from_",  "entry_",     "system_call", "sysenter_", "child_rip",    "kernel_thread",
    "secondary_", "start_",     "x86_64_st",   "i386_st",   "common_start", "el0_",
    "el0t_",      "__primary_", "ret_fast_",   "tracesys",  "stub_",        "do_trap_ecall",
    "handle_sys", "syscall",    "asm_",
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

// The line that names the interrupted report's CPU, or the place that its headline named.
bool NamesIt(const CrashRecord& interrupted, const CrashRecord& newer, grammar::BodyMatch body,
             std::string_view text) {
  if (body.body == grammar::Body::kWho) {
    std::optional<grammar::Who> who = grammar::ParseWho(text);
    return who && who->cpu && interrupted.has_cpu() && *who->cpu == interrupted.cpu() &&
           newer.has_cpu() && *who->cpu != newer.cpu();
  }
  const std::string& place = interrupted.ip().function();
  return body.body == grammar::Body::kRip && !place.empty() && place != newer.ip().function() &&
         interrupted.registers_size() == 0 && body.rest.find(place + "+") != std::string_view::npos;
}

// A report lists the modules once.
bool ListsModulesAgain(const CrashRecord& newer, grammar::BodyMatch body) {
  return body.body == grammar::Body::kModules && newer.modules_size() > 0;
}

// Of the report nothing but its headline came, which told the CPU.
bool HasHeadlineOnly(Event& event) {
  return event.phase() == Phase::kHeader && event.record().has_cpu() &&
         event.record().registers_size() == 0 && !event.stacks().has_own_frames();
}

// What x86 says of a page fault goes on with it, whoever else warns of something meanwhile.
bool IsOfItsFault(const CrashRecord& interrupted, const CrashRecord& newer,
                  grammar::BodyMatch body) {
  const auto fault = [](const CrashRecord& record) {
    return record.kind() == KIND_NULL_DEREF || record.kind() == KIND_PAGE_FAULT;
  };
  const bool told =
      body.body == grammar::Body::kPageFaultDetail || body.body == grammar::Body::kPageTable;
  return told && fault(interrupted) && !fault(newer) && interrupted.fault().error_code().empty();
}

// The line that says who runs on another CPU than the newer report's, or where.
bool NamesAnother(const CrashRecord& newer, grammar::BodyMatch body, std::string_view text) {
  if (body.body == grammar::Body::kWho) {
    const std::optional<grammar::Who> who = grammar::ParseWho(text);
    return who && who->cpu && newer.has_cpu() && *who->cpu != newer.cpu();
  }
  const std::string& place = newer.ip().function();
  return body.body != grammar::Body::kRip || place.empty() ||
         body.rest.find(place + "+") == body.rest.npos;
}

}  // namespace

bool MayGoOn(Event& event, const log::LogLine& line) {
  bool unfinished = event.phase() == Phase::kBody
                        ? event.stacks().trace_open() || !event.stacks().has_own_frames()
                        : event.phase() == Phase::kHeader;
  return unfinished && line.caller.empty() && !event.in_session() &&
         line.order == event.last_order + 1 && SameMoment(event, line);
}

Claim ClaimOf(Event& interrupted, Event& newer, std::string_view text, const log::LogLine& line) {
  const grammar::BodyMatch body = grammar::MatchBody(text);
  if (interrupted.resumed && interrupted.phase() != Phase::kEnded && SameMoment(interrupted, line))
    return NamesAnother(newer.record(), body, text) ? Claim::kItsOwn : Claim::kNone;
  if (HasHeadlineOnly(interrupted) && SameMoment(interrupted, line) &&
      line.order <= interrupted.last_order + kMaxWhole) {
    interrupted.resumed = NamesIt(interrupted.record(), newer.record(), body, text) ||
                          ListsModulesAgain(newer.record(), body);
    return interrupted.resumed ? Claim::kItsOwn : Claim::kNone;
  }
  if (IsOfItsFault(interrupted.record(), newer.record(), body) && SameMoment(interrupted, line)) {
    interrupted.resumed = true;
    return Claim::kItsOwn;
  }
  bool told_apart = newer.phase() == Phase::kHeader || !newer.stacks().trace_open();
  if (!told_apart || newer.stacks().has_own_frames() || interrupted.phase() == Phase::kEnded ||
      line.order > interrupted.last_order + kMaxLines || !SameMoment(interrupted, line)) {
    return Claim::kOver;
  }
  if (NamesIt(interrupted.record(), newer.record(), body, text)) return Claim::kItsOwn;
  if (!interrupted.stacks().trace_open()) return Claim::kNone;
  const Stack* stack = interrupted.stacks().CurrentIfAny();
  std::string_view rest = text;
  if (grammar::TakeStackMark(rest)) return Claim::kItsOwn;
  if (std::optional<grammar::Frame> frame = grammar::TakeFrame(rest)) {
    bool named = !frame->symbol.function.empty();
    return named && IsNextFrame(*frame, stack) ? Claim::kItsOwn : Claim::kNone;
  }
  bool user_mode =
      body.body == grammar::Body::kRip && grammar::TrimLeft(body.rest).starts_with("0033:");
  if (user_mode || body.body == grammar::Body::kEndTrace) return Claim::kItsOwn;
  bool adjacent = line.order == interrupted.last_order + 1;
  return adjacent && stack != nullptr && GoesOnWithRegisters(text, *stack) ? Claim::kItsOwn
                                                                           : Claim::kNone;
}

}  // namespace oops::record
