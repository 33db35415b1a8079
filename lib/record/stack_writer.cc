#include "lib/record/stack_writer.h"

#include <algorithm>
#include <cstdint>
#include <optional>

#include "lib/grammar/chars.h"
#include "lib/record/captures.h"
#include "lib/text/hex.h"

namespace oops::record {
namespace {

struct MarkRow {
  std::string_view mark;
  StackType part;
};
// What stands behind a mark (arch/x86/kernel/dumpstack_64.c). <EOI> and <<EOE>> end a part on
// kernels that mark no beginnings of the part that follows; the closing marks came with 4.10.
constexpr MarkRow kMarks[] = {
    {"IRQ", STACK_IRQ},
    {"NMI", STACK_NMI},
    {"SOFTIRQ", STACK_SOFTIRQ},
    {"TASK", STACK_TASK},
    {"/IRQ", STACK_TASK},
    {"/NMI", STACK_TASK},
    {"/SOFTIRQ", STACK_TASK},
    {"/TASK", STACK_TASK},
    {"EOI", STACK_TASK},
    {"EOE", STACK_TASK},
    {"#DF", STACK_EXCEPTION},
    {"#DB", STACK_EXCEPTION},
    {"#MC", STACK_EXCEPTION},
    {"#VC", STACK_EXCEPTION},
    {"#VC2", STACK_EXCEPTION},
    {"#SS", STACK_EXCEPTION},
    {"UNK", STACK_EXCEPTION},
    {"STACKFAULT", STACK_EXCEPTION},
    {"DOUBLEFAULT", STACK_EXCEPTION},
    {"DEBUG", STACK_EXCEPTION},
    {"MCE", STACK_EXCEPTION},
    {"ENTRY_TRAMPOLINE", STACK_EXCEPTION},
};

StackType PartBehind(std::string_view mark) {
  for (const MarkRow& row : kMarks) {
    if (row.mark == mark) return row.part;
  }
  return STACK_TASK;  // the closing forms of the exception stacks
}

// What stood in front of a closing mark, whose opening one may be lost.
StackType PartBefore(std::string_view mark) {
  if (mark == "EOI" || mark == "/IRQ") return STACK_IRQ;
  if (mark == "/SOFTIRQ") return STACK_SOFTIRQ;
  return mark == "/NMI" ? STACK_NMI : STACK_UNSPECIFIED;
}

// By the addresses alone: some kernels tell where the function begins, others the same once more.
bool IsInFunction(std::string_view address, std::string_view function) {
  constexpr uint64_t kLongest = 0x4000;  // bytes
  const std::optional<uint64_t> begin = text::ParseHex(function);
  const std::optional<uint64_t> inside = text::ParseHex(address);
  return begin && inside && *inside - *begin < kLongest;
}

bool HasType(const CrashRecord& record, StackType type) {
  return std::any_of(record.stacks().begin(), record.stacks().end(),
                     [type](const Stack& stack) { return stack.type() == type; });
}

StackType TypeOf(Owner owner, StackType part, StackType extra) {
  switch (owner) {
    case Owner::kOwn:
      return part;
    case Owner::kResample:
      return STACK_RESAMPLE;
    case Owner::kOtherCpu:
      return STACK_OTHER_CPU;
    case Owner::kOtherTask:
      return STACK_OTHER_TASK;
    case Owner::kExtra:
    case Owner::kNobody:
      return extra;
  }
  return part;
}

}  // namespace

void StackWriter::SwitchTo(Owner owner, StackType extra, std::string_view label) {
  owner_ = owner;
  extra_ = extra;
  part_ = STACK_TASK;
  label_ = std::string(label);
  cpu_.reset();
  task_.Clear();
  stack_ = -1;
  last_caller_.clear();
  trace_open_ = owner == Owner::kExtra;
}

void StackWriter::SetTask(const Task& task) {
  task_ = task;
  if (Stack* stack = CurrentIfAny()) {
    if (owner_ != Owner::kOwn && !stack->has_task()) *stack->mutable_task() = task;
  }
}

void StackWriter::SetTaskAddress(std::string_view address) {
  if (owner_ == Owner::kExtra || owner_ == Owner::kNobody) return;
  task_.set_address(std::string(address));
  Stack* stack = CurrentIfAny();
  if (stack && stack->has_task()) stack->mutable_task()->set_address(task_.address());
}

void StackWriter::SetStackPointer(std::string_view text, uint64_t line) {
  Stack* stack = CurrentIfAny();
  const std::string_view hex = grammar::Cursor(text).TakeHex();
  if (!stack || stack->frames_size() == 0 || hex.empty()) return;
  stack->mutable_frames(stack->frames_size() - 1)->set_stack_pointer(std::string(hex));
  stack->mutable_lines()->set_last(line);
}

void StackWriter::OpenTrace() {
  part_ = STACK_TASK;
  last_caller_.clear();
  trace_open_ = true;
  // Registers printed before a trace belong to the stack that the trace fills.
  if (Stack* stack = CurrentIfAny(); stack && stack->frames_size() == 0) return;
  stack_ = -1;
}

void StackWriter::ApplyMark(std::string_view mark) {
  const StackType before = PartBefore(mark);
  Stack* stack = CurrentIfAny();
  const bool unopened = before != STACK_UNSPECIFIED && part_ == STACK_TASK && stack &&
                        stack->frames_size() > 0 && owner_ == Owner::kOwn;
  if (unopened && !HasType(record_, before)) stack->set_type(before);
  part_ = PartBehind(mark);
  trace_open_ = true;
  if (stack && stack->frames_size() == 0 && owner_ != Owner::kOwn) {
    stack->set_part(part_);
    return;
  }
  stack_ = -1;
}

void StackWriter::EndPart(StackType part) {
  if (Stack* stack = CurrentIfAny()) {
    if (owner_ == Owner::kOwn) {
      stack->set_type(part);
    } else {
      stack->set_part(part);
    }
  }
  part_ = STACK_TASK;
  stack_ = -1;
}

Stack& StackWriter::Current(uint64_t line) {
  if (stack_ < 0) {
    stack_ = record_.stacks_size();
    Stack* stack = record_.add_stacks();
    stack->set_type(TypeOf(owner_, part_, extra_));
    if (owner_ == Owner::kResample || owner_ == Owner::kOtherCpu || owner_ == Owner::kOtherTask) {
      stack->set_part(part_);
    }
    if (cpu_) stack->set_cpu(*cpu_);
    if (task_.has_pid() || !task_.comm().empty()) *stack->mutable_task() = task_;
    if (!label_.empty()) stack->set_label(label_);
    stack->mutable_lines()->set_first(line);
  }
  Stack* stack = record_.mutable_stacks(stack_);
  stack->mutable_lines()->set_last(line);
  return *stack;
}

void StackWriter::AppendFrame(const grammar::Symbol& symbol, std::string_view address,
                              bool reliable, std::string_view stack_pointer, Stack& stack) {
  Frame* frame = stack.add_frames();
  if (!symbol.function.empty()) frame->mutable_function()->assign(symbol.function);
  if (symbol.offset) frame->set_offset(*symbol.offset);
  if (symbol.size.value_or(0) > 0) frame->set_size(*symbol.size);
  if (!symbol.module.empty()) frame->mutable_module()->assign(symbol.module);
  if (!symbol.build_id.empty()) frame->mutable_build_id()->assign(symbol.build_id);
  if (!symbol.file.empty()) frame->mutable_file()->assign(symbol.file);
  if (symbol.line) frame->set_line(*symbol.line);
  if (symbol.inlined) frame->set_inlined(true);
  if (address.empty()) address = symbol.address;
  // "(ptrval)" is no address.
  if (!address.empty() && grammar::IsAnyHex(address.front()))
    frame->mutable_address()->assign(address);
  if (!stack_pointer.empty()) frame->mutable_stack_pointer()->assign(stack_pointer);
  frame->set_reliable(reliable);
  ++frames_;
  if (owner_ == Owner::kOwn) ++own_frames_;
}

void StackWriter::AddFrame(const grammar::Frame& frame, uint64_t line) {
  if (owner_ == Owner::kNobody) return;
  const bool nowhere = frame.symbol.function.empty() && frame.caller_symbol.function.empty();
  if (extra_ == STACK_LINK && nowhere) return;
  Stack& stack = Current(line);
  bool arm_callee = !last_caller_.empty() && last_caller_ == frame.symbol.function;
  if (frame.caller_symbol.function.empty() && frame.caller_symbol.address.empty()) {
    if (arm_callee && stack.frames_size() > 0) return;  // the line broke before its caller
    AppendFrame(frame.symbol, frame.address, frame.reliable, frame.stack_pointer, stack);
    return;
  }
  // arm: "callee from caller": the callee was the line before's caller, unless this is the first
  // line.
  const bool same = frame.symbol.function.empty() ? IsInFunction(last_caller_, frame.address)
                                                  : last_caller_ == frame.symbol.function;
  bool told = same && stack.frames_size() > 0;
  constexpr size_t kTold =
      8;  // bytes of a name that a terminal cut off and that is still enough to know it by
  if (!told && stack.frames_size() > 0 && last_caller_.size() >= kTold &&
      frame.symbol.function.starts_with(last_caller_)) {
    stack.mutable_frames(stack.frames_size() - 1)
        ->mutable_function()
        ->assign(frame.symbol.function);
    told = true;
  }
  if (!told) AppendFrame(frame.symbol, frame.address, frame.reliable, {}, stack);
  AppendFrame(frame.caller_symbol, frame.caller_address, frame.reliable, {}, stack);
  last_caller_ = std::string(frame.caller);
}

}  // namespace oops::record
