// What is only known when the event is over: fields that follow from others, and from the stream.
#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "lib/grammar/arch_rows.h"
#include "lib/grammar/chars.h"
#include "lib/grammar/kernel_id.h"
#include "lib/record/arch_evidence.h"
#include "lib/record/authors_cut.h"
#include "lib/record/event.h"
#include "lib/record/fault_access.h"

namespace oops::record {
namespace {

// The event's own stacks first, in printed order: the report of an RCU stall may begin with the
// grace-period kthread's.
void PutOwnStacksFirst(CrashRecord& record) {
  if (record.lockdep().chain_size() > 0) return;  // counts its stacks, and all are its own
  auto own = [](const Stack* stack) {
    return stack->type() != STACK_OTHER_CPU && stack->type() != STACK_OTHER_TASK;
  };
  auto* stacks = record.mutable_stacks();
  if (std::is_partitioned(stacks->pointer_begin(), stacks->pointer_end(), own)) return;
  std::stable_partition(stacks->pointer_begin(), stacks->pointer_end(), own);
}

// Some panics have the form of what they are about.
void ClearRepeatedForms(CrashRecord& record) {
  auto* forms = record.mutable_alt_title_forms();
  forms->erase(std::remove(forms->begin(), forms->end(), record.title_form()), forms->end());
}

// m68k names the trap before it says that it is a bad one.
void NameTrap(CrashRecord& record) {
  struct Row {
    std::string_view message;
    Kind kind;
    std::string_view title;
  };
  static constexpr Row kRows[] = {
      {"*** TRAP #7 ***", KIND_KERNEL_BUG, grammar::kBugTitle},  // __builtin_trap() of BUG()
      {"*** ILLEGAL INSTRUCTION ***", KIND_INVALID_OPCODE, "invalid opcode in {f}"},
      {"*** ZERO DIVIDE ***", KIND_DIVIDE_ERROR, "divide error in {f}"},
  };
  for (const Row& row : kRows) {
    if (record.kind() != KIND_OOPS_OTHER || !record.message().starts_with(row.message)) continue;
    record.set_kind(row.kind);
    record.set_title_form(std::string(row.title));
  }
}

// Reports that dump_stack() ends, whatever else they show. Of lockdep's, those of a lock that a
// task wants.
bool EndsWithTrace(const CrashRecord& record) {
  switch (record.kind()) {
    case KIND_LOCKDEP:
      return record.lockdep().acquiring_size() > 0;
    case KIND_RCU_WARNING:
    case KIND_KASAN:
    case KIND_KMSAN:
    case KIND_SCHEDULING_WHILE_ATOMIC:
    case KIND_SLEEPING_IN_ATOMIC:
      return true;
    default:
      return false;
  }
}

// Reports of which a headline alone is left only where somebody cut them.
bool HasBody(const CrashRecord& record) {
  switch (record.kind()) {
    case KIND_NULL_DEREF:
    case KIND_PAGE_FAULT:
    case KIND_GPF:
    case KIND_KERNEL_BUG:
    case KIND_SOFT_LOCKUP:
      return true;
    default:
      return EndsWithTrace(record);
  }
}

}  // namespace

void Event::NoteMissingTrace() {
  const bool nothing = stacks_.frames() == 0 && evidence_ == 0 && record_.registers_size() == 0 &&
                       record_.modules_size() == 0 && record_.code().ByteSizeLong() == 0;
  log::LogLine last;
  last.number = record_.source().lines().last();
  if (session_.active) return;
  const bool registers_alone = row_ == nullptr && record_.registers_size() > 0;
  if (registers_alone && stacks_.frames() == 0)
    AddDamage(DAMAGE_TRUNCATED, "the report ends before its trace", last);
  if (row_ == nullptr || row_->damage != DAMAGE_UNSPECIFIED) return;
  if (row_->join == grammar::Join::kPanic) return;
  if (nothing && HasBody(record_)) {
    AddDamage(DAMAGE_TRUNCATED, "the report's body is missing", last);
  } else if (EndsWithTrace(record_) && !stacks_.has_own_frames()) {
    AddDamage(DAMAGE_TRUNCATED, "the report ends before its trace", last);
  }
}

// Until 2.6.2x a WARN() names its function without the module, and messages name a bare function;
// the frame has it.
void Event::FillIpModule() {
  CodeLocation& ip = *record_.mutable_ip();
  if (ip.function().empty() || !ip.module().empty()) return;
  for (const Stack& stack : record_.stacks()) {
    if (stack.type() > STACK_EXCEPTION) continue;
    for (const Frame& frame : stack.frames()) {
      // A message that names a function alone says no more of the place.
      const bool same =
          frame.function() == ip.function() && (!ip.has_offset() || frame.offset() == ip.offset());
      if (!same || frame.module().empty()) continue;
      ip.set_module(frame.module());
      return;
    }
  }
}

// CONFIG_PRINTK_CALLER: "T41" in a task, "C3" in an interrupt. Reports of what others do are
// printed by watchdogs.
void Event::FillCaller() {
  switch (record_.kind()) {
    case KIND_SOFT_LOCKUP:
    case KIND_HARD_LOCKUP:
    case KIND_RCU_STALL:
    case KIND_WORKQUEUE_LOCKUP:
    case KIND_HUNG_TASK:
    case KIND_MEMORY_LEAK:
    case KIND_USER_FAULT:
    case KIND_KCSAN:
      return;
    default:
      break;
  }
  const bool task = headline_caller_.starts_with('T');
  const std::optional<int32_t> number =
      headline_caller_.size() > 1 ? grammar::ParseInt32(headline_caller_.substr(1)) : std::nullopt;
  if (!number || record_.has_cpu() || record_.task().has_pid()) return;
  if (task) {
    record_.mutable_task()->set_pid(*number);
  } else {
    record_.set_cpu(*number);
  }
}

// What the stream tells of its kernel, where the report itself doesn't.
void Event::FillKernel(const StreamContext& context) {
  Kernel* kernel = record_.mutable_kernel();
  if (kernel->release().empty() && !context.release.empty()) {
    kernel->set_release(context.release);
    kernel->set_release_from_stream(true);
    if (kernel->version().empty()) kernel->set_version(context.version);
  }
  if (kernel->options().empty()) AddOptionsOfVersion(kernel->version());
  if (kernel->options().empty() && !context.release.empty() && kernel->release() == context.release)
    AddOptionsOfVersion(context.version);
  if (kernel->release().empty() && !context.release_hint.empty())
    kernel->set_release_hint(context.release_hint);
  std::string words = kernel->version();
  if (kernel->release() == context.release) words += ' ' + context.package;
  std::string distro = grammar::DistroOf(kernel->release(), words);
  if (!distro.empty()) kernel->set_distro(std::move(distro));
}

std::string_view Event::FindArch(const StreamContext& context) const {
  std::string_view arch = arch_;
  if (arch.empty()) arch = ArchOfRelease(record_.kernel().release());
  if (arch.empty()) arch = context.arch;
  if (arch.empty()) arch = ArchOfEntryCode(record_);
  if (arch.empty() && powerpc_) arch = "ppc64";
  if (arch.empty() && call_trace_small_) arch = ArchOfSmallCallTrace(record_);
  if (arch.empty()) arch = ArchOfAddresses(record_);
  if (arch.empty()) arch = ArchOfHardware(record_.machine().hardware_name());
  if (arch.empty()) arch = ArchOfMessage(record_.grammar_row());
  return arch;
}

bool Event::Finish(const StreamContext& context) {
  CrashSessionReader(*this).Flush(last_line);
  if (session_.active) PromotePanickingStack(record_);
  if (provisional && evidence_ == 0) return false;
  if (!FillKind()) return false;
  bool out_of_memory = record_.kind() == KIND_OOM_KILL || record_.kind() == KIND_PAGE_ALLOC_FAILURE;
  if (out_of_memory && record_.oom().invoker().empty() && !record_.task().comm().empty()) {
    record_.mutable_oom()->set_invoker(record_.task().comm());
  }
  if (record_.severity() == SEVERITY_INFO) {
    for (MachineCheck& check : *record_.mutable_machine_checks()) check.set_corrected(true);
  }
  // Until 4.14 the words of a WARN() that traps come before its "cut here".
  bool trapped = record_.kind() == KIND_WARNING && record_.registers_size() > 0;
  if (trapped && record_.message().empty() && !words_before_.empty()) {
    record_.set_message(words_before_);
    BeginBefore(1, words_before_bytes_);
  }

  if (const uint64_t end = LineOfShortenedTrace(record_); end > 0) {
    log::LogLine last;
    last.number = end;
    AddDamage(DAMAGE_TRUNCATED, "the second trace stops before the first one's end", last);
  }
  // Tiny RCU has one CPU and doesn't say which.
  if (record_.rcu().self_detected() && record_.rcu().cpus_size() == 0 && record_.has_cpu())
    record_.mutable_rcu()->add_cpus(record_.cpu());
  NoteMissingTrace();
  NameTrap(record_);
  ClearRepeatedForms(record_);
  NameBareIp();
  FillInterruptedIp();
  JoinCutModules();
  FillIpAddress();
  if (record_.has_ip()) FillIpModule();
  FillRacePlace();
  FillCaller();
  FillSlabTracks();
  FillKernel(context);
  if (record_.arch().empty()) record_.set_arch(std::string(FindArch(context)));
  if (record_.arch() == "s390x" && HasShortRegisters(record_)) record_.set_arch("s390");
  MoveProcessRegisters();
  PutOwnStacksFirst(record_);
  AddLinkStack();
  FillTrapIndex();
  TellProcessFault(record_, evidence_);
  FillInFault(record_, row_ != nullptr && row_->damage == DAMAGE_NO_HEADLINE);
  if (record_.has_fault() && record_.fault().ByteSizeLong() == 0) record_.clear_fault();
  if (record_.has_task() && record_.task().ByteSizeLong() == 0) record_.clear_task();
  if (record_.has_kernel() && record_.kernel().ByteSizeLong() == 0) record_.clear_kernel();
  return true;
}

}  // namespace oops::record
