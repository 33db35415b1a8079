// What single kinds of reports add: page-fault details, accesses, locks, RCU stalls, NMI
// backtraces.
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
#include "lib/text/utf8.h"

namespace oops::record {
namespace {

using grammar::Cursor;

struct PageFaultRow {
  std::string_view words;
  Access access;
};

constexpr PageFaultRow kAccesses[] = {{"instruction fetch", ACCESS_EXEC},
                                      {"write access", ACCESS_WRITE},
                                      {"read access", ACCESS_READ}};

// "5.2.0-rc6+ #75 Not tainted" of lockdep's print_kernel_ident(); until 3.2 the line ended behind
// the number.
std::optional<grammar::KernelId> ParseReleaseFirst(std::string_view line) {
  if (!grammar::LooksLikeRelease(line)) return std::nullopt;
  grammar::KernelId id;
  const size_t word = std::min(line.find(' '), line.size());
  const size_t end = std::min({line.find("Not tainted"), line.find("Tainted:"), line.size()});
  if (end < word) return std::nullopt;
  id.release = line.substr(0, word);
  id.version = grammar::Trim(line.substr(word, end - word));
  if (end == line.size()) {
    Cursor number(id.version);
    const bool alone = number.Take('#') && !number.TakeDigits().empty() && number.AtEnd();
    return alone ? std::optional(id) : std::nullopt;
  }
  if (std::optional<grammar::KernelId> taints = grammar::ParseTaintAndRelease(line.substr(end))) {
    id.taint_printed = true;
    id.taint_letters = taints->taint_letters;
  }
  return id;
}

}  // namespace

// "Read of size 8 at addr ffff8880 by task x/12", "Write at 0xffff.. (4B right of kfence-#1):",
// "Free of addr ..".
void Event::OnAccess(std::string_view text) {
  text = grammar::TrimLeft(text);
  Fault* fault = record_.mutable_fault();
  if (fault->access() == ACCESS_UNSPECIFIED) {
    fault->set_access(text.starts_with("Read")    ? ACCESS_READ
                      : text.starts_with("Write") ? ACCESS_WRITE
                                                  : ACCESS_FREE);
  }
  auto behind = [&](std::string_view key) {
    size_t at = text.find(key);
    return at == std::string_view::npos ? Cursor(std::string_view{})
                                        : Cursor(text.substr(at + key.size()));
  };
  Cursor size = behind("of size ");
  if (std::optional<uint32_t> bytes = grammar::ParseUint32(size.TakeDigits(), 10);
      bytes && !fault->has_size()) {
    fault->set_size(*bytes);
  }
  Cursor address = behind("addr ");
  std::string_view hex = address.TakeHex();
  if (!hex.empty() && !fault->has_address()) fault->set_address(std::string(hex));
  size_t by = text.find("by task ");
  if (by == std::string_view::npos) return;
  std::string_view who = grammar::Trim(text.substr(by + 8));
  size_t slash = who.rfind('/');
  if (slash == std::string_view::npos || record_.task().has_pid()) return;
  std::optional<int32_t> pid = grammar::ParseInt32(who.substr(slash + 1));
  if (!pid) return;
  record_.mutable_task()->set_pid(*pid);
  record_.mutable_task()->set_comm(std::string(who.substr(0, slash)));
}

bool Event::TakeLocks(std::string_view& text) {
  StackType stack = STACK_UNSPECIFIED;
  if (!locks_.Take(text, record_, stack)) {
    std::optional<grammar::KernelId> id = ParseReleaseFirst(grammar::Trim(text));
    if (!id) return false;
    OnKernelId(*id);
  } else if (stack != STACK_UNSPECIFIED) {
    stacks_.SwitchTo(Owner::kExtra, stack, grammar::Trim(text));
  }
  text = {};
  return true;
}

// debug_rt_mutex_print_deadlock(), until 5.12: "rtfeed/1580's [blocked] stackdump:", and the same
// for the [current] one.
bool Event::TakeStackdump(std::string_view& text) {
  constexpr std::string_view kBlocked = "'s [blocked] stackdump:";
  constexpr std::string_view kCurrent = "'s [current] stackdump:";
  const std::string_view words = grammar::Trim(text);
  if (words.ends_with(kCurrent)) {
    stacks_.SwitchTo(Owner::kOwn);
  } else if (words.ends_with(kBlocked)) {
    stacks_.SwitchTo(Owner::kOtherTask, STACK_OTHER_TASK, words);
  } else {
    return false;
  }
  text = {};
  return true;
}

// "0x0000000096000047" of an arm64 report whose headline hasn't got it.
void Event::OnSyndrome(std::string_view text) {
  Cursor cursor(text);
  cursor.Take("0x");
  const std::string_view code = cursor.TakeHex();
  if (!code.empty() && !record_.fault().has_esr())
    record_.mutable_fault()->set_esr(std::string(code));
}

// " 000000000133b000 TEID: 000000000133b407" of s390, whose headlines name no address since 3.17.
void Event::OnFailingAddress(std::string_view text) {
  Fault* fault = record_.mutable_fault();
  Cursor cursor(text);
  cursor.SkipBlanks();
  std::string_view address = cursor.TakeHex();
  if (address.size() >= 8 && !fault->has_address()) fault->set_address(std::string(address));
  cursor.SkipBlanks();
  if (!cursor.Take("TEID:")) return;
  cursor.SkipBlanks();
  std::string_view teid = cursor.TakeHex();
  if (!teid.empty() && !fault->has_esr()) fault->set_esr(std::string(teid));
}

// show_registers() of m68k, for the 68040: "eff addr=0a41de6c ssw=0505 faddr=0000000c". RW_040 of
// the special status word marks a read.
void Event::OnAccessError(std::string_view text) {
  constexpr uint64_t kRead = 0x100;
  constexpr std::string_view kStatus = " ssw=", kAddress = " faddr=";
  Fault* fault = record_.mutable_fault();
  const size_t status = text.find(kStatus);
  const size_t address = text.find(kAddress);
  if (status == text.npos || address == text.npos) return;
  const std::string_view hex = Cursor(text.substr(address + kAddress.size())).TakeHex();
  if (!hex.empty() && !fault->has_address()) fault->set_address(std::string(hex));
  const std::optional<uint64_t> ssw =
      grammar::ParseUint(Cursor(text.substr(status + kStatus.size())).TakeHex(), 16);
  if (ssw && fault->access() == ACCESS_UNSPECIFIED)
    fault->set_access((*ssw & kRead) != 0 ? ACCESS_READ : ACCESS_WRITE);
}

void Event::OnPageFaultDetail(std::string_view text) {
  // x86 alone prints it, since 5.0, and the address above in full.
  if (record_.fault().has_address())
    NoteArch(record_.fault().address().size() == 8 ? "i386" : "x86_64");
  for (const PageFaultRow& row : kAccesses) {
    if (text.find(row.words) == std::string_view::npos) continue;
    record_.mutable_fault()->set_access(row.access);
    record_.mutable_fault()->set_mode(text.starts_with("user") ? "user" : "kernel");
    return;
  }
  size_t dash = text.find(" - ");
  Cursor cursor(text);
  if (cursor.Take("error_code(0x")) {
    std::string_view code = cursor.TakeHex();
    if (!record_.fault().has_error_code())
      record_.mutable_fault()->set_error_code(std::string(code));
  }
  if (dash != std::string_view::npos) {
    record_.mutable_fault()->set_reason(std::string(grammar::Trim(text.substr(dash + 3))));
  }
}

// bad_page_fault(), show_fault_oops(): who did it is all that the lines which follow don't say.
void Event::OnFaultForeword(std::string_view text) {
  constexpr std::string_view kUid = "(uid: ";
  size_t at = text.find(kUid);
  if (at == std::string_view::npos) return;
  Cursor cursor(text.substr(at + kUid.size()));
  if (std::optional<uint32_t> uid = grammar::ParseUint32(cursor.TakeDigits(), 10))
    record_.mutable_task()->set_uid(*uid);
}

void Event::OnNmiBacktrace(std::string_view text, const log::LogLine& line) {
  Cursor cursor(text);
  std::optional<int32_t> cpu = grammar::ParseInt32(cursor.TakeDigits());
  block_open_ = false;
  if (!cpu) return;
  Owner owner = Owner::kOtherCpu;
  if (OwnCpu(*cpu)) owner = stacks_.has_own_frames() ? Owner::kResample : Owner::kOwn;
  if (row_ == nullptr && !stacks_.has_own_frames()) owner = Owner::kOwn;
  if (record_.kind() == KIND_RCU_STALL && owner == Owner::kOwn && !record_.has_cpu())
    record_.set_cpu(*cpu);
  stacks_.SwitchTo(owner);
  stacks_.SetCpu(cpu);
  ++evidence_;
  cursor.SkipBlanks();
  if (cursor.Take("skipped:")) {
    Stack& stack = stacks_.Current(line.number);
    stack.set_note("skipped:" + std::string(text::Utf8Head(cursor.rest(), 200)));
    stacks_.NextStack();
  }
}

// Which CPUs and tasks stall: "{ 1 3}", "\t1-...!: (1 GPs behind) idle=...", "(detected by 0,
// t=5252 jiffies, ...)", "Tasks blocked on level-0 rcu_node (CPUs 0-3): P12 P34", "{ 1-...D P1234 }
// 2670 jiffies s: 541".
void Event::OnRcuDetail(std::string_view text) {
  if (record_.kind() != KIND_RCU_STALL) return;
  RcuStall* rcu = record_.mutable_rcu();
  Cursor cursor(text);
  cursor.Take("rcu: ");
  cursor.SkipBlanks();
  auto number_behind = [&](std::string_view key) {
    size_t at = text.find(key);
    // "q=", but no "softirq="
    while (at != std::string_view::npos && at > 0 && grammar::IsLetter(text[at - 1]))
      at = text.find(key, at + 1);
    if (at == std::string_view::npos) return std::optional<uint64_t>();
    Cursor value(text.substr(at + key.size()));
    value.SkipBlanks();
    return grammar::ParseUint(value.TakeDigits(), 10);
  };
  if (auto by = number_behind("detected by ")) rcu->set_detected_by(static_cast<int32_t>(*by));
  if (auto jiffies = number_behind("t=")) rcu->set_jiffies(*jiffies);
  if (auto grace_period = number_behind("g="))
    rcu->set_grace_period(static_cast<int64_t>(*grace_period));
  if (auto grace_period = number_behind("g=-"))
    rcu->set_grace_period(-static_cast<int64_t>(*grace_period));
  // "} 1560 jiffies s: 541" of an expedited grace period.
  if (auto jiffies = number_behind("} ")) rcu->set_jiffies(*jiffies);
  if (auto starved = number_behind("starved for ")) rcu->set_kthread_starved_jiffies(*starved);
  if (auto queued = number_behind("q=")) rcu->set_queued(*queued);
  bool list = cursor.Take('{');
  // 2.6.32: " 1 3 (detected by 0, "
  std::string_view numbers = text.substr(0, text.find('('));
  if (numbers.find_first_not_of("0123456789 ") == std::string_view::npos) list = true;
  do {
    cursor.SkipBlanks();
    if (cursor.Take('P')) {
      std::optional<int32_t> pid = grammar::ParseInt32(cursor.TakeDigits());
      if (pid && rcu->tasks_size() < 64) rcu->add_tasks(*pid);
      if (!pid) break;
    } else {
      std::string_view digits = cursor.TakeDigits();
      std::optional<int32_t> cpu = grammar::ParseInt32(digits);
      bool entry =
          cpu && (cursor.Peek() == '-' ||
                  (list && (cursor.Peek() == ' ' || cursor.Peek() == '}' || cursor.AtEnd())));
      if (!entry) break;
      if (rcu->cpus_size() < 1024) rcu->add_cpus(*cpu);
      if (!record_.has_cpu()) record_.set_cpu(*cpu);
    }
    cursor.TakeWhile([](char c) { return !grammar::IsBlank(c) && c != '}'; });
  } while (list);
  size_t blocked = text.find("blocked on level-");
  if (blocked != std::string_view::npos) {
    Cursor pids(text);
    size_t colon = text.find("):", blocked);
    if (colon == std::string_view::npos) return;
    pids.Seek(colon + 2);
    while (true) {
      pids.SkipBlanks();
      if (!pids.Take('P')) break;
      std::optional<int32_t> pid = grammar::ParseInt32(pids.TakeDigits());
      if (pid && rcu->tasks_size() < 64) rcu->add_tasks(*pid);
      pids.TakeWhile([](char c) { return !grammar::IsBlank(c); });
    }
  }
}

// "\t2-....: (14999 ticks this GP) idle=1ba/140000000000001/0": a stalled CPU, without "rcu:"
// until 4.18.
bool Event::TakeStalledCpu(std::string_view& text) {
  if (record_.kind() != KIND_RCU_STALL || stacks_.has_own_frames()) return false;
  if (TakeHoldout(text)) return true;
  if (!IsStalledCpu(text)) return false;
  OnRcuDetail(text);
  text = {};
  return true;
}

// "CPU3: stopping": ipi_cpu_stop() of arm and arm64, whose CPUs show their stacks when a panic()
// stops them.
bool Event::TakeStoppedCpu(std::string_view& text) {
  Cursor cursor(text);
  cursor.SkipBlanks();
  if (!cursor.Take("CPU")) return false;
  const std::optional<int32_t> cpu = grammar::ParseInt32(cursor.TakeDigits());
  if (!cpu || !cursor.Take(": stopping")) return false;
  stacks_.SwitchTo(Owner::kOtherCpu);
  stacks_.SetCpu(*cpu);
  block_open_ = false;
  phase_ = Phase::kBody;
  text = {};
  return true;
}

// "00000000d1e2f3a4: .. nvcsw: 2/2 holdout: 1 idle_cpu: -1/3": check_holdout_task(), of a task that
// keeps an RCU tasks grace period waiting, and its CPU. The task's own line follows.
bool Event::TakeHoldout(std::string_view& text) {
  constexpr std::string_view kCpu = " idle_cpu: ";
  const size_t at = text.find(kCpu);
  if (at == text.npos || text.find(" holdout: ") == text.npos) return false;
  const size_t slash = text.find('/', at);
  if (slash == text.npos) return false;
  Cursor cursor(text.substr(slash + 1));
  const std::optional<int32_t> cpu = grammar::ParseInt32(cursor.TakeDigits());
  if (cpu && !record_.has_cpu()) record_.set_cpu(*cpu);
  Cursor task(grammar::TrimLeft(text));
  if (const std::string_view address = task.TakeHex(); !address.empty() && task.Peek() == ':')
    SetTaskAddress(address);
  holdout_ = true;
  text = {};
  return true;
}

// "in_atomic(): 1, irqs_disabled(): 0, non_block: 0, pid: 12, name: x"
void Event::OnAtomicDetail(std::string_view text) {
  size_t pid_at = text.find("pid: ");
  size_t name_at = text.find("name: ");
  if (pid_at != std::string_view::npos && !record_.task().has_pid()) {
    Cursor cursor(text.substr(pid_at + 5));
    if (std::optional<int32_t> pid = grammar::ParseInt32(cursor.TakeDigits()))
      record_.mutable_task()->set_pid(*pid);
  }
  if (name_at != std::string_view::npos && record_.task().comm().empty()) {
    record_.mutable_task()->set_comm(std::string(grammar::Trim(text.substr(name_at + 6))));
  }
}

// spin_dump(): "0xffff8801b8c1e0f8, .magic: dead4ead, .owner: x/2391, .owner_cpu: 0"; the lock's
// name since 3.10 where it has one.
bool Event::OnSpinlock(std::string_view text) {
  constexpr std::string_view kOwner = ", .owner: ";
  const size_t magic = text.find(", .magic: ");
  const size_t owner = text.find(kOwner);
  if (record_.kind() != KIND_SPINLOCK_LOCKUP || magic == std::string_view::npos ||
      owner == std::string_view::npos || record_.locks_held_size() > 0) {
    return false;
  }
  std::string_view who = text.substr(owner + kOwner.size());
  who = who.substr(0, who.find(','));
  if (who.starts_with("<none>")) return AddMessage(text);
  Lock* lock = record_.add_locks_held();
  std::string_view name = text.substr(0, magic);
  if (name.starts_with("0x")) name.remove_prefix(2);
  if (name.size() >= 8 && Cursor(name).TakeHex().size() == name.size()) {
    lock->set_address(std::string(name));
  } else {
    lock->set_name(std::string(name));
  }
  lock->set_holder(std::string(who));
  return true;
}

// debug_show_blocker(), since 6.16: "dd:12 is blocked on a mutex likely owned by task cp:34.",
// "... an rw-semaphore, but the owner is not found."
bool Event::OnBlocker(std::string_view text) {
  constexpr std::string_view kOn = " blocked on a";
  constexpr std::string_view kBy = " by task ";
  size_t on = text.find(kOn);
  if (record_.kind() != KIND_HUNG_TASK || on == std::string_view::npos) return false;
  std::string_view lock = text.substr(on + kOn.size());
  lock = grammar::TrimLeft(lock.substr(lock.starts_with('n') ? 1 : 0));
  record_.mutable_blocker()->set_lock(
      std::string(lock.substr(0, std::min(lock.find_first_of(", "), lock.size()))));
  size_t by = text.find(kBy, on);
  if (by == std::string_view::npos) return true;
  std::string_view who = text.substr(by + kBy.size());
  size_t colon = who.rfind(':');
  if (colon == std::string_view::npos) return true;
  Cursor digits(who.substr(colon + 1));
  std::optional<int32_t> pid = grammar::ParseInt32(digits.TakeDigits());
  if (!pid) return true;
  record_.mutable_blocker()->set_comm(std::string(who.substr(0, colon)));
  record_.mutable_blocker()->set_pid(*pid);
  return true;
}

// "CONSTRAINT_MEMCG,nodemask=(null),cpuset=/,mems_allowed=0,oom_memcg=/a,task_memcg=/a,task=x,pid=1,uid=0"
void Event::OnOomSummary(std::string_view text) {
  Oom* oom = record_.mutable_oom();
  oom->set_constraint(std::string(text.substr(0, std::min(text.find(','), text.size()))));
  constexpr std::string_view kMemcg = "oom_memcg=";
  const size_t at = text.find(kMemcg);
  if (at == std::string_view::npos) return;
  std::string_view memcg = text.substr(at + kMemcg.size());
  oom->set_memcg(std::string(memcg.substr(0, std::min(memcg.find(','), memcg.size()))));
}

// "b killed as a result of limit of /a": mem_cgroup_print_oom_info() until 4.19.
bool Event::OnOomLimit(std::string_view text) {
  constexpr std::string_view kWords = " killed as a result of limit of ";
  const size_t at = text.find(kWords);
  if (at == std::string_view::npos || record_.kind() != KIND_OOM_KILL) return false;
  record_.mutable_oom()->set_memcg(std::string(grammar::Trim(text.substr(at + kWords.size()))));
  return true;
}

// process_one_work(): the work item's function, without an offset.
void Event::OnLastFunction(std::string_view text) {
  size_t named = text.find("workfn=");
  if (named != std::string_view::npos) text = text.substr(named + 7);
  std::string_view rest = grammar::TrimLeft(text);
  std::optional<grammar::Symbol> symbol = grammar::TakeSymbol(rest, grammar::Offset::kOptional);
  if (symbol && record_.ip().function().empty()) SetLocation(*symbol, {}, *record_.mutable_ip());
}

// show_regs() of parisc: "       1   CR30: 00000000710a8000 CR31: ffffffffffffffff"
bool Event::OnCpuWithRegisters(std::string_view& text, const log::LogLine& line) {
  Cursor cursor(grammar::TrimLeft(text));
  const std::optional<int32_t> cpu = grammar::ParseInt32(cursor.TakeDigits());
  std::string_view registers = grammar::TrimLeft(cursor.rest());
  if (!cpu || !TakeRegisterRow(registers, line)) return false;
  if (stacks_.owner() == Owner::kOwn && !record_.has_cpu()) record_.set_cpu(*cpu);
  text = registers;
  return true;
}

// show_pwq(): "6: cpus=3 node=0 flags=0x0 nice=0 active=3/256 refcnt=4"
void Event::OnBusyPool(std::string_view text) {
  pool_is_stuck_ = record_.kind() == KIND_WORKQUEUE_LOCKUP &&
                   text.find(": " + record_.message() + ' ') != text.npos;
}

// The same, of the pool that is stuck: "177:tmon_poll_work [tmon], 29532:foo"
void Event::OnInFlight(std::string_view text, const log::LogLine& line) {
  if (!pool_is_stuck_ || !record_.workqueue().empty()) return;
  Cursor cursor(text);
  const std::optional<int32_t> pid = grammar::ParseInt32(cursor.TakeDigits());
  cursor.Take("(RESCUER)");
  if (!pid || !cursor.Take(':')) return;
  std::string_view rest = cursor.rest();
  const std::optional<grammar::Symbol> symbol =
      grammar::TakeSymbol(rest, grammar::Offset::kOptional);
  if (!symbol || symbol->function.empty()) return;
  const std::string_view work = cursor.rest().substr(0, cursor.rest().size() - rest.size());
  record_.set_workqueue(busy_workqueue_ + ' ' + std::string(work));
  stacks_.SwitchTo(Owner::kExtra, STACK_LINK, "in-flight: " + std::to_string(*pid));
  grammar::Frame frame;
  frame.symbol = *symbol;
  frame.reliable = true;
  stacks_.AddFrame(frame, line.number);
  stacks_.SwitchTo(Owner::kOwn);
}

// "modprobe[312] exited with irqs disabled": do_exit(), make_task_dead(). All that names the task
// of an oops whose beginning is lost.
void Event::OnTail(std::string_view text) {
  const size_t exited = text.find("] exited with ");
  const size_t open = text.substr(0, exited).rfind('[');
  if (exited == text.npos || open == text.npos || record_.has_task()) return;
  const std::optional<int32_t> pid = grammar::ParseInt32(text.substr(open + 1, exited - open - 1));
  if (!pid) return;
  record_.mutable_task()->set_pid(*pid);
  record_.mutable_task()->set_comm(std::string(grammar::Trim(text.substr(0, open))));
}

void Event::OnEndTrace(const log::LogLine& line) {
  end_seen_ = true;
  ++evidence_;
  block_open_ = false;
  stacks_.CloseTrace();
  // die() prints the code or the modules behind the trace, and WARN() nothing.
  const int stacks = record_.stacks_size();
  ends_in_trace_ = stacks > 0 && record_.stacks(stacks - 1).lines().last() + 1 == line.number;
}

}  // namespace oops::record
