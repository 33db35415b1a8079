// Lines that only powerpc prints.
#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>

#include "lib/grammar/chars.h"
#include "lib/grammar/code_bytes.h"
#include "lib/grammar/symbol.h"
#include "lib/record/captures.h"
#include "lib/record/event.h"

namespace oops::record {
namespace {

using grammar::Cursor;

struct VectorRow {
  uint64_t vector;
  StackType part;
};
// arch/powerpc/include/asm/interrupt.h: what isn't listed is an exception.
constexpr VectorRow kVectors[] = {
    {0x100, STACK_NMI},  // system reset
    {0x500, STACK_IRQ},  // external interrupt
    {0x900, STACK_IRQ},  // decrementer
    {0x980, STACK_IRQ},  // hypervisor decrementer
    {0xa00, STACK_IRQ},  // doorbell
    {0xe80, STACK_IRQ},  // hypervisor doorbell
    {0xea0, STACK_IRQ},  // hypervisor virtualisation
    {0xf00, STACK_IRQ},  // performance monitor
};

StackType PartOf(uint64_t vector) {
  constexpr uint64_t kFlags = 0xf;  // until 5.8: which registers were saved
  for (const VectorRow& row : kVectors) {
    if (row.vector == (vector & ~kFlags)) return row.part;
  }
  return STACK_EXCEPTION;
}

}  // namespace

// show_stack(): " 900 at snooze_loop+0xe8/0x290" where the interrupted kernel code goes on behind
// the handler's frames; " c01 at 0xfe7a3d4" in a process's system call; " 900" behind the
// registers, since 5.10.
void Event::OnInterrupted(std::string_view text, const log::LogLine& line) {
  Cursor cursor(text);
  cursor.SkipBlanks();
  const std::optional<uint64_t> vector = grammar::ParseUint(cursor.TakeHex(), 16);
  cursor.SkipBlanks();
  block_open_ = false;
  if (!vector || !cursor.Take("at ")) return;
  std::string_view place = grammar::TrimLeft(cursor.rest());
  const std::optional<grammar::Symbol> symbol =
      grammar::TakeSymbol(place, grammar::Offset::kRequired);
  if (!symbol || symbol->function.empty()) {
    // The process's registers: the part of the trace may have some of the kernel's.
    const Stack* stack = stacks_.CurrentIfAny();
    block_open_ = stack != nullptr && stack->registers_size() > 0;
    if (block_open_) block_ = Block::kDrop;
    return;
  }
  stacks_.EndPart(PartOf(*vector));
  Stack& stack = stacks_.Current(line.number);
  if (!stack.has_ip()) SetLocation(*symbol, symbol->address, *stack.mutable_ip());
}

// show_regs() until 3.x: "TASK = df4b0bc0[1501] 'modprobe' THREAD: df4a0000 CPU: 2"; of 2.4: "TASK
// = c0197020[0] 'swapper' Last syscall: 120"
bool Event::OnTaskOf(std::string_view text) {
  Cursor cursor(text);
  const std::string_view address = cursor.TakeHex();
  if (address.size() < 8 || !cursor.Take('[')) return false;
  const std::optional<int32_t> pid = grammar::ParseInt32(cursor.TakeDigits());
  if (!pid || !cursor.Take("] '")) return false;
  const std::string_view rest = cursor.rest();
  const size_t end = std::min(rest.find("' THREAD: "), rest.find("' Last syscall: "));
  if (end == std::string_view::npos) return false;
  const std::string_view comm = rest.substr(0, end);
  constexpr std::string_view kCpu = " CPU: ";
  const size_t cpu_at = rest.find(kCpu, end);
  std::optional<int32_t> cpu;
  if (cpu_at != std::string_view::npos)
    cpu = grammar::ParseInt32(Cursor(rest.substr(cpu_at + kCpu.size())).TakeDigits());
  if (stacks_.owner() == Owner::kOwn) {
    Task* task = record_.mutable_task();
    if (!task->has_pid()) task->set_pid(*pid);
    if (task->comm().empty()) task->set_comm(std::string(comm));
    if (cpu && !record_.has_cpu()) record_.set_cpu(*cpu);
  } else {
    Task task;
    task.set_pid(*pid);
    task.set_comm(std::string(comm));
    if (cpu) stacks_.SetCpu(*cpu);
    stacks_.SetTask(task);
  }
  SetTaskAddress(address);
  return true;
}

// wd_lockup_ipi(), watchdog_smp_panic(), since 4.19: "1 TB:12555046012, last heartbeat
// TB:8456776700 (8004ms ago)"
bool Event::OnHeartbeat(std::string_view text) {
  constexpr std::string_view kLast = ", last heartbeat TB:";
  const size_t at = text.find(kLast);
  const size_t open = text.find('(', at);
  if (record_.kind() != KIND_HARD_LOCKUP || text.find(" TB:") == std::string_view::npos)
    return false;
  if (at == std::string_view::npos || open == std::string_view::npos) return true;
  Cursor ago(text.substr(open + 1));
  const std::optional<uint64_t> ms = grammar::ParseUint(ago.TakeDigits(), 10);
  Cursor number(text);
  const std::optional<int32_t> cpu = grammar::ParseInt32(number.TakeDigits());
  constexpr double kMillisecond = 1e-3;
  if (ms && ago.Take("ms ago") && cpu && OwnCpu(*cpu) && !record_.has_duration_seconds())
    record_.set_duration_seconds(static_cast<double>(*ms) * kMillisecond);
  return true;
}

// "a.out[990]: code: 7c0802a6 ...": show_user_instructions(), since 4.20, a line for eight of them.
bool Event::TakeProcessCode(std::string_view& text, const log::LogLine& line) {
  const Task& task = record_.task();
  if (record_.kind() != KIND_USER_FAULT || task.comm().empty()) return false;
  const std::string begin = task.comm() + '[' + std::to_string(task.pid()) + "]: code: ";
  std::string_view rest = grammar::TrimLeft(text);
  if (!rest.starts_with(begin)) return false;
  rest.remove_prefix(begin.size());
  text = {};
  const std::optional<grammar::CodeBytes> words = grammar::TakeCodeBytes(rest, 1);
  if (!words || !words->readable) return true;
  Code* code = record_.mutable_code();
  if (words->trap_index && !code->has_trap_index())
    code->set_trap_index(code->bytes().size() / 2 + *words->trap_index);
  code->set_bytes(code->bytes() + words->hex);
  if (!code->has_lines()) code->mutable_lines()->set_first(line.number);
  code->mutable_lines()->set_last(line.number);
  return true;
}

}  // namespace oops::record
