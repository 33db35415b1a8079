// What sanitizers and machine checks print before a trace that no "Call Trace:" announces.
#include <optional>
#include <string>

#include "lib/grammar/chars.h"
#include "lib/record/event.h"

namespace oops::record {
namespace {

using grammar::Cursor;

Cursor Behind(std::string_view text, std::string_view key) {
  size_t at = text.find(key);
  return at == std::string_view::npos ? Cursor(std::string_view{})
                                      : Cursor(text.substr(at + key.size()));
}

}  // namespace

// KCSAN: "write to 0xffff888237c2ab28 of 8 bytes by interrupt on cpu 1:", "read (marked) to 0x.. by
// task 7 on cpu 0:". The first is the access that the report is about, the other ran into it on
// another CPU.
bool Event::OnRaceAccess(std::string_view text) {
  if (record_.kind() != KIND_KCSAN) return false;
  text = grammar::TrimLeft(text);
  std::string_view address = Behind(text, " 0x").TakeHex();
  if (address.empty()) return false;
  std::optional<int32_t> cpu = grammar::ParseInt32(Behind(text, " on cpu ").TakeDigits());
  bool first = !stacks_.has_own_frames() && !record_.fault().has_address();
  if (first) {
    Fault* fault = record_.mutable_fault();
    fault->set_address(std::string(address));
    const std::string_view words = text.substr(0, text.find(" 0x"));
    const bool write = words.find("write") != std::string_view::npos;
    // "assert no writes to": ASSERT_EXCLUSIVE_WRITER() accesses nothing.
    const bool access = words.find("assert no ") == std::string_view::npos;
    if (access) fault->set_access(write ? ACCESS_WRITE : ACCESS_READ);
    std::optional<uint32_t> size = grammar::ParseUint32(Behind(text, " of ").TakeDigits(), 10);
    if (size) fault->set_size(*size);
  }
  stacks_.SwitchTo(first ? Owner::kOwn : Owner::kOtherCpu, STACK_UNSPECIFIED, text);
  stacks_.SetCpu(cpu);
  std::optional<int32_t> pid = grammar::ParseInt32(Behind(text, "by task ").TakeDigits());
  if (first) {
    if (cpu) record_.set_cpu(*cpu);
    if (pid) record_.mutable_task()->set_pid(*pid);
  } else if (pid) {
    Task task;
    task.set_pid(*pid);
    stacks_.SetTask(task);
  }
  stacks_.OpenTrace();
  if (text.find("by interrupt") != std::string_view::npos) stacks_.ApplyMark("IRQ");
  ++evidence_;
  return true;
}

// Who allocated or freed an object: KASAN's "Allocated by task 1288:", KFENCE's "freed by task 655
// on cpu 0 at 61.2s:", SLUB's "Freed in f+0x1/0x2 age=9 cpu=0 pid=1", page_owner's ", pid 12, tgid
// 12".
void Event::OnAllocatingTask(std::string_view text) {
  constexpr std::string_view kTasks[] = {" by task ", " pid=", ", pid "};
  constexpr std::string_view kCpus[] = {" on cpu ", " cpu="};
  for (std::string_view key : kTasks) {
    const std::optional<int32_t> pid = grammar::ParseInt32(Behind(text, key).TakeDigits());
    if (!pid) continue;
    Task task;
    task.set_pid(*pid);
    stacks_.SetTask(task);
    break;
  }
  for (std::string_view key : kCpus) {
    const std::optional<int32_t> cpu = grammar::ParseInt32(Behind(text, key).TakeDigits());
    if (cpu) stacks_.SetCpu(cpu);
  }
}

// kasan's print_track(), 4.8 to 4.10.
bool Event::OnTrackPid(std::string_view text) {
  const std::optional<int32_t> pid = grammar::ParseInt32(Cursor(text).TakeDigits());
  if (!pid || record_.kind() != KIND_KASAN || stacks_.owner() != Owner::kExtra) return false;
  Task task;
  task.set_pid(*pid);
  stacks_.SetTask(task);
  return true;
}

// "Reported by Kernel Concurrency Sanitizer on:": the line that follows tells of the CPU that found
// the race, which is that of either access.
void Event::OnRaceReporter(const grammar::Who& who) {
  reporter_follows_ = false;
  OnKernelId(who.kernel);
  if (who.cpu && record_.cpu() == *who.cpu) {
    record_.mutable_task()->set_comm(std::string(who.comm));
    if (who.pid) record_.mutable_task()->set_pid(*who.pid);
    return;
  }
  for (Stack& stack : *record_.mutable_stacks()) {
    if (!who.cpu || stack.type() != STACK_OTHER_CPU || stack.cpu() != *who.cpu) continue;
    stack.mutable_task()->set_comm(std::string(who.comm));
    if (who.pid) stack.mutable_task()->set_pid(*who.pid);
  }
}

// The headline names the function alone, its first frame also tells where in it.
void Event::FillRacePlace() {
  if (record_.kind() != KIND_KCSAN || record_.ip().has_offset()) return;
  for (const Stack& stack : record_.stacks()) {
    if (stack.type() > STACK_EXCEPTION || stack.frames().empty()) continue;
    const Frame& frame = stack.frames(0);
    if (frame.function() != record_.ip().function()) return;
    if (frame.has_offset()) record_.mutable_ip()->set_offset(frame.offset());
    if (frame.has_size()) record_.mutable_ip()->set_size(frame.size());
    record_.mutable_ip()->set_module(frame.module());
    return;
  }
}

// KFENCE: "Use-after-free read at 0x00000000b2d7c0e8 (in kfence-#24):", "Invalid free of 0x..:".
bool Event::OnBadAccess(std::string_view text) {
  if (record_.kind() != KIND_KFENCE) return false;
  size_t at = text.find(" 0x");
  if (at == std::string_view::npos) return false;
  std::string_view address = Cursor(text.substr(at + 3)).TakeHex();
  Fault* fault = record_.mutable_fault();
  if (!address.empty() && !fault->has_address()) fault->set_address(std::string(address));
  stacks_.SwitchTo(Owner::kOwn);
  stacks_.OpenTrace();
  ++evidence_;
  return true;
}

// " !INEXACT! 10:<ffffffff81062d2c> {native_safe_halt+0x4/0x10}"; the name may come on the next
// line.
bool Event::OnMachineCheckPlace(std::string_view& text, const log::LogLine& line) {
  Cursor cursor(text);
  cursor.SkipBlanks();
  if (cursor.Take("!INEXACT!")) cursor.SkipBlanks();
  bool kernel = cursor.Take("10:<");
  if (!kernel) cursor.TakeUntil('<');
  std::string_view address = cursor.TakeHex();
  if (address.empty() || !cursor.Take('>')) return false;
  text = {};
  if (address.size() == 16) NoteArch("x86_64");
  ++evidence_;
  if (!kernel) return true;
  if (!record_.ip().has_address()) record_.mutable_ip()->set_address(std::string(address));
  place_line_ = line.order - 1;
  std::string_view rest = cursor.rest();
  if (!TakePlaceAlone(rest, line)) place_line_ = line.order;
  return true;
}

}  // namespace oops::record
