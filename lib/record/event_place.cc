// Where the event was, told by what the report prints beside its registers.
#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>

#include "lib/grammar/chars.h"
#include "lib/record/captures.h"
#include "lib/record/event.h"

namespace oops::record {
namespace {

void SetLocation(const Frame& frame, CodeLocation& place) {
  place.set_function(frame.function());
  if (frame.has_offset()) place.set_offset(frame.offset());
  if (frame.has_size()) place.set_size(frame.size());
  place.set_module(frame.module());
  place.set_address(frame.address());
}

// MSR_PR of powerpc
bool IsUserMsr(const Register& reg) {
  return (grammar::ParseUint(reg.value(), 16).value_or(0) & 0x4000) != 0;
}

// The privilege level at which the registers were saved.
struct ModeRow {
  std::string_view arch;
  std::string_view reg;
  uint64_t mask;
  uint64_t user;  // of these bits, of a process
};
constexpr ModeRow kModes[] = {
    {"riscv", "status", 0x100, 0},      // asm/csr.h: SR_SPP
    {"arm64", "pstate", 0xf, 0},        // asm/ptrace.h: PSR_MODE_EL0t
    {"mips", "Status", 0x18, 0x10},     // asm/mipsregs.h: KSU_USER
    {"loongarch64", "PRMD", 0x3, 0x3},  // asm/loongarch.h: CSR_PRMD_PPLV
    {"ppc64", "MSR", 0x4000, 0x4000},  {"ppc32", "MSR", 0x4000, 0x4000},
};

bool AreOfProcess(const CrashRecord& record) {
  for (const Register& reg : record.registers()) {
    for (const ModeRow& row : kModes) {
      if (reg.name() != row.reg || !record.arch().starts_with(row.arch)) continue;
      const std::optional<uint64_t> value = grammar::ParseUint(reg.value(), 16);
      return value && (*value & row.mask) == row.user;
    }
  }
  return false;
}

}  // namespace

// A CPU that is stuck may have been found in a process: x86 shows such registers behind a trace.
void Event::MoveProcessRegisters() {
  if (!FromStuckCpu() || !record_.ip().function().empty() || !AreOfProcess(record_)) return;
  Stack* stack = record_.stacks_size() > 0 ? record_.mutable_stacks(0) : nullptr;
  if (stack == nullptr || stack->type() != STACK_TASK || stack->registers_size() > 0) {
    stack = record_.add_stacks();
    stack->set_type(STACK_TASK);
  }
  stack->set_user_mode(true);
  stack->mutable_registers()->Swap(record_.mutable_registers());
  record_.clear_ip();
}

// The link register's function is a caller that the trace may leave out: it then stands in a stack
// of its own.
void Event::AddLinkStack() {
  if (!link_ || link_->function().empty() || link_->function() == record_.ip().function()) return;
  for (const Stack& stack : record_.stacks()) {
    if (stack.type() > STACK_EXCEPTION) continue;
    for (const Frame& frame : stack.frames()) {
      // powerpc's trace begins with what it read from the stack, "(unreliable)": the register makes
      // that sure where the code that was called has no name.
      const bool sure = frame.reliable() || !record_.ip().function().empty();
      if (frame.function() == link_->function() && sure) return;
    }
  }
  // In printed order the registers come before the trace.
  Stack* stack = record_.add_stacks();
  stack->set_type(STACK_LINK);
  stack->mutable_lines()->set_first(link_line_);
  stack->mutable_lines()->set_last(link_line_);
  Frame* frame = stack->add_frames();
  SetFrame(*link_, *frame);
  frame->set_reliable(false);
  for (int at = record_.stacks_size() - 1; at > 0; --at)
    record_.mutable_stacks()->SwapElements(at, at - 1);
  for (LockChainEntry& entry : *record_.mutable_lockdep()->mutable_chain())
    entry.set_stack(entry.stack() + 1);
  if (record_.lockdep().ByteSizeLong() == 0) record_.clear_lockdep();
}

// "epc: ffffffe000208a3e ra : ..", riscv's show_regs() until 5.11: only a number. The trace of the
// trapping task begins there and has the name.
void Event::NameBareIp() {
  if (!record_.ip().function().empty()) return;
  std::string address = record_.ip().address();
  for (const Register& reg : record_.registers()) {
    if (address.empty() && reg.name() == "epc") address = reg.value();
  }
  if (address.empty()) return;
  for (const Stack& stack : record_.stacks()) {
    if (stack.type() > STACK_EXCEPTION || stack.frames_size() == 0) continue;
    const Frame& frame = stack.frames(0);
    if (frame.address() != address || frame.function().empty()) continue;
    SetLocation(frame, *record_.mutable_ip());
    return;
  }
}

// Where the place is printed as a name alone, the registers beside it have its address: "PC is at
// func+0x10/0x20", "pc : [<7f02c1d8>]    lr : ..." of arm. xtensa, openrisc and i386's
// doublefault_fn() name nothing.
void Event::FillIpAddress() {
  for (Stack& stack : *record_.mutable_stacks()) {
    if (stack.ip().function().empty() || stack.ip().has_address()) continue;
    for (const Register& reg : stack.registers()) {
      if (reg.name() != "pc" && reg.name() != "epc" && reg.name() != "TPC") continue;
      stack.mutable_ip()->set_address(reg.value());
      break;
    }
  }
  if (record_.ip().has_address()) return;
  const bool named = !record_.ip().function().empty();
  const auto of_process = [](const Register& reg) { return reg.name() == "MSR" && IsUserMsr(reg); };
  const auto& registers = record_.registers();
  if (!named && std::any_of(registers.begin(), registers.end(), of_process)) return;
  for (const Register& reg : registers) {
    const std::string_view name = reg.name();  // compared by its size first
    const bool arm_kernel = arch_ == "arm" && reg.value().front() >= '8';  // without kallsyms
    const bool pc = name == "pc" && (named || arch_ == "xtensa" || arm_kernel);
    const bool bare = name == "eip" || name == "PC" || name == "NIP" || name == "IAOQ0" ||
                      (name == "ip" && arch_ == "ia64") || (name == "ea" && arch_ == "nios2");
    const bool epc = name == "epc" && (named || reg.value().front() >= '8');  // the kernel's half
    if (!pc && !bare && !epc && !(name == "TPC" && named)) continue;
    record_.mutable_ip()->set_address(reg.value());
    return;
  }
}

// nmi of x86-64 (arch/x86/kernel/entry_64.S, since 3.3) keeps copies of the interrupted frame above
// its own stack: until 4.9 the trace shows what the NMI interrupted as several doubtful frames with
// one address, behind end_repeat_nmi, where no registers are printed.
void Event::FillInterruptedIp() {
  if (record_.has_ip() || !FromStuckCpu()) return;
  for (const Stack& stack : record_.stacks()) {
    const int size = stack.frames_size();
    if (stack.type() != STACK_NMI || size < 3) continue;
    const Frame& last = stack.frames(size - 1);
    const Frame& copy = stack.frames(size - 2);
    if (last.reliable() || copy.reliable() || last.address().empty()) return;
    if (last.address() != copy.address()) return;
    int at = size - 2;
    while (at > 0 && !stack.frames(at).reliable()) --at;
    if (stack.frames(at).function() != "end_repeat_nmi") return;
    SetLocation(last, *record_.mutable_ip());
    return;
  }
}

}  // namespace oops::record
