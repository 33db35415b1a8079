// Who ran where: task, CPU, kernel, machine, modules.
#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "lib/grammar/chars.h"
#include "lib/grammar/code_bytes.h"
#include "lib/grammar/kernel_id.h"
#include "lib/record/captures.h"
#include "lib/record/event.h"
#include "lib/record/words.h"

namespace oops::record {
namespace {

using grammar::Cursor;

constexpr size_t kMaxModules = 4096;

struct HypervisorRow {
  std::string_view mark;
  std::string_view name;
};

constexpr HypervisorRow kHypervisors[] = {
    {"VMware", "VMware"},
    {"QEMU", "QEMU"},
    {"qemu", "QEMU"},
    {"KVM", "KVM"},
    {"Xen", "Xen"},
    {"VirtualBox", "VirtualBox"},
    {"Virtual Machine", "Hyper-V"},
    {"Google Compute Engine", "GCE"},
    {"Amazon EC2", "EC2"},
    {"OpenStack", "OpenStack"},
    {"Bochs", "QEMU"},
    {"z/VM", "z/VM"},
};

void AddOption(std::string_view option, Kernel& kernel) {
  const auto& known = kernel.options();
  if (option.empty() || std::find(known.begin(), known.end(), option) != known.end()) return;
  kernel.add_options(std::string(option));
}

}  // namespace

// __die() of powerpc: "LE PAGE_SIZE=64K MMU=Radix SMP NR_CPUS=2048 NUMA pSeries". The platform
// comes last.
void Event::OnOptions(std::string_view text) {
  static constexpr std::string_view kWords[] = {
      "LE", "BE", "PREEMPT", "PREEMPT_RT", "SMP", "DEBUG_PAGEALLOC", "NUMA", "KASAN"};
  while (!text.empty()) {
    std::string_view word = text.substr(0, text.find(' '));
    text = grammar::TrimLeft(text.substr(word.size()));
    bool known = std::find(std::begin(kWords), std::end(kWords), word) != std::end(kWords);
    if (known || word.find('=') != std::string_view::npos) {
      AddOption(word, *record_.mutable_kernel());
    }
  }
}

bool Event::TakeDieOptions(std::string_view& text) {
  if (phase_ != Phase::kHeader || !record_.fault().has_oops_count() || !AreDieOptions(text))
    return false;
  OnOptions(grammar::Trim(text));
  text = {};
  return true;
}

void Event::OnKernelId(const grammar::KernelId& id) {
  Kernel* kernel = record_.mutable_kernel();
  // slab_bug() prints the taint in the headline, adds its own, and shows the trace.
  const bool grown = record_.kind() == KIND_SLAB_CORRUPTION && record_.panic().empty() &&
                     id.taint_letters.size() > kernel->tainted().size() &&
                     id.taint_letters.find('B') != std::string::npos;
  if (grown) {
    kernel->clear_tainted();
    kernel->clear_taints();
  }
  if (id.taint_printed && !kernel->has_tainted()) {
    kernel->set_tainted(id.taint_letters);
    for (char letter : id.taint_letters) {
      Taint* taint = kernel->add_taints();
      taint->set_letter(std::string(1, letter));
      taint->set_name(std::string(grammar::TaintName(letter, id.release)));
    }
  }
  AddOption(id.options, *kernel);
  if (!id.product.empty() && record_.machine().hardware_name().empty()) OnHardware(id.product);
  if (kernel->build_id().empty() && kernel->release() == id.release && !id.build_id.empty())
    kernel->set_build_id(std::string(id.build_id));
  if (kernel->release().empty() && grammar::LooksLikeRelease(id.release)) {
    kernel->mutable_release()->assign(id.release);
    kernel->mutable_version()->assign(id.version);
    if (!id.build_id.empty()) kernel->set_build_id(std::string(id.build_id));
  }
}

// "#1 SMP PREEMPT_DYNAMIC Debian 6.1.192-2", the version as the banner has it.
void Event::AddOptionsOfVersion(std::string_view version) {
  while (!version.empty()) {
    const std::string_view word = version.substr(0, version.find(' '));
    version = grammar::TrimLeft(version.substr(word.size()));
    if (word == "SMP" || word.starts_with("PREEMPT")) AddOption(word, *record_.mutable_kernel());
  }
}

void Event::OnWho(std::string_view text) {
  std::optional<grammar::Who> who = grammar::ParseWho(WithoutArrow(text));
  if (!who) return;
  if (reporter_follows_) return OnRaceReporter(*who);
  bool stuck_cpu_at_last = stacks_.owner() != Owner::kOwn && !stacks_.has_own_frames() &&
                           FromStuckCpu() && who->cpu && OwnCpu(*who->cpu);
  bool aside =
      stacks_.owner() == Owner::kExtra || (stacks_.owner() == Owner::kNobody && !session_.active);
  if (aside || stuck_cpu_at_last) stacks_.SwitchTo(Owner::kOwn);
  // csd_lock_wait_toolong() shows the CPU that doesn't answer, and last the one that waits.
  bool waiter = record_.grammar_row() == "csd-lock" && who->cpu && record_.has_cpu() &&
                *who->cpu != record_.cpu();
  if (waiter && stacks_.owner() == Owner::kOwn) stacks_.SwitchTo(Owner::kOtherCpu);
  // A report's own task is known by now; another one's line opens that one's part.
  bool stranger = stacks_.owner() == Owner::kOwn && who->pid && record_.task().has_pid() &&
                  record_.task().pid() != *who->pid;
  if (stranger && (stacks_.has_own_frames() || record_.kind() == KIND_HUNG_TASK)) {
    bool other_cpu = who->cpu && record_.has_cpu() && *who->cpu != record_.cpu();
    stacks_.SwitchTo(other_cpu ? Owner::kOtherCpu : Owner::kOtherTask);
  }
  if (stacks_.owner() == Owner::kOwn && !stranger) {
    if (who->cpu && !record_.has_cpu()) record_.set_cpu(*who->cpu);
    Task* task = record_.mutable_task();
    if (who->pid && !task->has_pid()) task->set_pid(*who->pid);
    if (task->comm().empty()) task->set_comm(std::string(who->comm));
    if (who->uid && !task->has_uid()) task->set_uid(*who->uid);
    OnKernelId(who->kernel);
    return;
  }
  if (stacks_.owner() == Owner::kOwn) {
    OnKernelId(who->kernel);
    return;
  }
  Task task;
  if (who->pid) task.set_pid(*who->pid);
  task.set_comm(std::string(who->comm));
  if (who->cpu) stacks_.SetCpu(*who->cpu);
  stacks_.SetTask(task);
  // The taint of a later line may come from this very event; only the release is sure.
  if (record_.kernel().release().empty() && grammar::LooksLikeRelease(who->kernel.release)) {
    record_.mutable_kernel()->set_release(std::string(who->kernel.release));
    record_.mutable_kernel()->set_version(std::string(who->kernel.version));
  }
}

void Event::OnHardware(std::string_view text) {
  text = WithoutArrow(text);
  if (!record_.machine().hardware_name().empty() || text.empty()) return;
  Machine* machine = record_.mutable_machine();
  machine->mutable_hardware_name()->assign(text);
  size_t bios = text.find("BIOS ");
  if (bios != std::string_view::npos) machine->mutable_bios()->assign(text.substr(bios + 5));
  for (const HypervisorRow& row : kHypervisors) {
    if (text.find(row.mark) == std::string_view::npos) continue;
    machine->set_hypervisor(std::string(row.name));
    return;
  }
}

void Event::OnModules(std::string_view text, bool unloaded) {
  text = grammar::Trim(text);
  while (!text.empty() && static_cast<size_t>(record_.modules_size()) < kMaxModules) {
    if (text.front() == '[') {
      Cursor cursor(text);
      if (!cursor.Take("[last unloaded: ")) return;
      OnModules(cursor.TakeUntil(']').value_or(std::string_view{}), true);
      text = grammar::TrimLeft(cursor.rest());
      continue;
    }
    size_t end = std::min(text.find(' '), text.size());
    std::string_view word = text.substr(0, end);
    text = grammar::TrimLeft(text.substr(end));
    size_t open = word.find('(');
    std::string_view name = word.substr(0, std::min(open, word.size()));
    if (!name.empty() && name.back() == ',') name.remove_suffix(1);
    if (!IsModuleName(name)) {
      if (text.starts_with("tainted modules:")) return;
      continue;
    }
    if (const int last = record_.modules_size() - 1; last >= 0) {
      const Module& before = record_.modules(last);
      if (before.name() == name && before.unloaded() == unloaded) continue;  // by two consoles
    }
    Module* module = record_.add_modules();
    module->set_name(std::string(name));
    if (unloaded) module->set_unloaded(true);
    if (open != std::string_view::npos) {
      std::string_view flags = word.substr(open + 1);
      module->set_flags(std::string(flags.substr(0, std::min(flags.find(')'), flags.size()))));
    }
  }
}

// A break at a column, whatever stands there, leaves lines of one width, but for the blanks that
// were lost at their ends: those of full width were broken within a name.
void Event::JoinCutModules() {
  constexpr size_t kLeastWidth = 70;
  constexpr size_t kLostBlanks = 2;
  constexpr size_t kTerminalWidth = 80;
  size_t full = kLeastWidth;
  for (const ModuleWrap& wrap : module_wraps_) full = std::max(full, wrap.width);
  int of_full_width = 0;
  for (const ModuleWrap& wrap : module_wraps_) {
    if (wrap.width + kLostBlanks < full) return;  // broken between words
    of_full_width += wrap.width == full ? 1 : 0;
  }
  // One break alone tells no column: printk() has one, too, at about a thousand bytes.
  if (of_full_width < 2 && full != kTerminalWidth) return;
  for (auto wrap = module_wraps_.rbegin(); wrap != module_wraps_.rend(); ++wrap) {
    if (wrap->width < full || wrap->between_names || wrap->next == 0) continue;
    if (wrap->next >= record_.modules_size() || record_.modules(wrap->next).unloaded()) continue;
    Module& head = *record_.mutable_modules(wrap->next - 1);
    const Module& rest = record_.modules(wrap->next);
    head.set_name(head.name() + rest.name());
    head.set_flags(head.flags() + rest.flags());
    record_.mutable_modules()->DeleteSubrange(wrap->next, 1);
  }
}

// show_regs() of csky: "modprobe PID=412"
bool Event::OnCommPid(std::string_view text) {
  constexpr std::string_view kPid = " PID=";
  const size_t at = text.rfind(kPid);
  if (at == std::string_view::npos) return false;
  Cursor digits(text.substr(at + kPid.size()));
  const std::optional<int32_t> pid = grammar::ParseInt32(digits.TakeDigits());
  if (!pid) return false;
  if (stacks_.owner() != Owner::kOwn || record_.task().has_pid()) return true;
  record_.mutable_task()->set_pid(*pid);
  record_.mutable_task()->set_comm(std::string(text.substr(0, at)));
  return true;
}

void Event::OnTaskPointers(std::string_view text) {
  Cursor cursor(text);
  std::string_view address = cursor.TakeHex();
  if (address.size() >= 8) SetTaskAddress(address);
}

void Event::SetTaskAddress(std::string_view address) {
  if (stacks_.owner() != Owner::kOwn) {
    stacks_.SetTaskAddress(address);
  } else if (record_.task().address().empty()) {
    record_.mutable_task()->set_address(std::string(address));
  }
}

// "x (pid: 1, threadinfo ffff.., task ffff..)", "x (pid: 1, ti=c0.. task=c1.. task.ti=c0..)"
void Event::OnProcess(std::string_view text) {
  size_t open = text.rfind(" (pid: ");
  if (open == std::string_view::npos || stacks_.owner() != Owner::kOwn) return;
  Cursor cursor(text.substr(open));
  cursor.Take(" (pid: ");
  std::optional<int32_t> pid = grammar::ParseInt32(cursor.TakeDigits());
  Task* task = record_.mutable_task();
  if (pid && !task->has_pid()) task->set_pid(*pid);
  if (task->comm().empty()) task->set_comm(std::string(grammar::Trim(text.substr(0, open))));
  constexpr std::string_view kTask = " task";
  size_t at = text.find(kTask, open);
  if (at == std::string_view::npos) return;
  Cursor address(text.substr(at + kTask.size()));
  if (!address.Take('=')) {
    address.Take(':');  // s390
    address.SkipBlanks();
  }
  std::string_view hex = address.TakeHex();
  if (hex.size() >= 8) SetTaskAddress(hex);
}

// "x", pid 1, jiffies 4294871523 (age 311.240s)
bool Event::OnAllocator(std::string_view text) {
  constexpr std::string_view kPid = "\", pid ";
  size_t quote = text.rfind(kPid);
  if (record_.kind() != KIND_MEMORY_LEAK || quote == std::string_view::npos) return false;
  Cursor cursor(text.substr(quote + kPid.size()));
  std::optional<int32_t> pid = grammar::ParseInt32(cursor.TakeDigits());
  if (!pid || record_.task().has_pid()) return pid.has_value();
  record_.mutable_task()->set_pid(*pid);
  record_.mutable_task()->set_comm(std::string(text.substr(0, quote)));
  return true;
}

// A hung task tells its own state first; the lines that follow a stalled CPU's or task's name are
// the stalled one's.
void Event::OnTaskState(const grammar::TaskState& state) {
  const bool announced =
      task_wanted_ && (stacks_.owner() == Owner::kOtherCpu || stacks_.owner() == Owner::kOtherTask);
  task_wanted_ = false;
  Task task;
  if (state.pid) task.set_pid(*state.pid);
  if (state.ppid) task.set_ppid(*state.ppid);
  if (state.tgid) task.set_tgid(*state.tgid);
  task.set_comm(std::string(state.comm));
  task.set_state(std::string(state.state));
  task.set_flags(std::string(state.flags));
  if (holdout_ && task.has_pid() && record_.rcu().tasks_size() < 64)
    record_.mutable_rcu()->add_tasks(task.pid());
  holdout_ = false;
  const auto& stalled = record_.rcu().tasks();
  bool named = record_.task().has_pid() && task.has_pid() && record_.task().pid() == task.pid();
  bool stalls = record_.kind() == KIND_RCU_STALL && !record_.task().has_pid() && task.has_pid() &&
                ((stacks_.owner() == Owner::kOwn && stacks_.cpu() && OwnCpu(*stacks_.cpu())) ||
                 std::find(stalled.begin(), stalled.end(), task.pid()) != stalled.end());
  // The line right before a trace without a headline tells whose it is.
  bool headless = row_ == nullptr && !session_.active && !record_.task().has_pid();
  bool own = named || stalls || headless;
  if (own && !stacks_.has_own_frames()) {
    if (!record_.task().comm().empty()) task.set_comm(record_.task().comm());
    if (!record_.task().address().empty()) task.set_address(record_.task().address());
    *record_.mutable_task() = task;
    stacks_.SwitchTo(Owner::kOwn);
  } else if (!own) {
    if (!announced) stacks_.SwitchTo(Owner::kOtherTask);
    stacks_.SetTask(task);
  }
}

// "rsync           D    0 20711  20709 0x00000000" until 5.7: nothing marks the line but its form.
bool Event::TakeTaskState(std::string_view& text) {
  bool headless = row_ == nullptr;
  bool expected = task_wanted_ || headless || record_.kind() == KIND_HUNG_TASK ||
                  stacks_.owner() == Owner::kOtherTask;
  if (!expected) return false;
  std::optional<grammar::TaskState> state = grammar::ParseOldTaskState(text);
  if (!state) return false;
  OnTaskState(*state);
  text = {};
  return true;
}

}  // namespace oops::record
