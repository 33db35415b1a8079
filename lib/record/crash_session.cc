#include "lib/record/crash_session.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "lib/grammar/chars.h"
#include "lib/grammar/frame.h"
#include "lib/grammar/headline.h"
#include "lib/grammar/kernel_id.h"
#include "lib/grammar/registers.h"
#include "lib/record/captures.h"
#include "lib/record/event.h"

namespace oops::record {
namespace {

using grammar::Cursor;

// A banner's value ends at a run of dashes: people write their remarks behind one.
std::string_view WithoutRemark(std::string_view value) {
  size_t dashes = value.find("---");
  if (dashes != std::string_view::npos && dashes > 0) value = value.substr(0, dashes);
  return grammar::Trim(value);
}

std::string_view Unquoted(std::string_view value) {
  if (!value.starts_with('"')) return value;
  value.remove_prefix(1);
  size_t end = value.rfind('"');
  return value.substr(0, end == std::string_view::npos ? value.size() : end);
}

std::string_view FirstWord(std::string_view value) {
  return value.substr(0, std::min(value.find_first_of(" \t["), value.size()));
}

void SetPanicText(std::string_view value, CrashRecord& record) {
  record.set_headline(std::string(Unquoted(value)));
}
void SetPid(std::string_view value, CrashRecord& record) {
  std::optional<int32_t> pid = grammar::ParseInt32(FirstWord(value));
  if (pid) record.mutable_task()->set_pid(*pid);
}
void SetCpu(std::string_view value, CrashRecord& record) {
  std::optional<int32_t> cpu = grammar::ParseInt32(FirstWord(value));
  if (cpu) record.set_cpu(*cpu);
}
void SetCommand(std::string_view value, CrashRecord& record) {
  record.mutable_task()->set_comm(std::string(Unquoted(value)));
}
void SetTaskAddress(std::string_view value, CrashRecord& record) {
  record.mutable_task()->set_address(std::string(FirstWord(value)));
}
void SetState(std::string_view value, CrashRecord& record) {
  record.mutable_task()->set_state(std::string(value));
}
void SetRelease(std::string_view value, CrashRecord& record) {
  record.mutable_kernel()->set_release(std::string(FirstWord(value)));
}
void SetVersion(std::string_view value, CrashRecord& record) {
  record.mutable_kernel()->set_version(std::string(value));
}
void SetNode(std::string_view value, CrashRecord& record) {
  record.mutable_source()->set_host(std::string(value));
}
void SetDate(std::string_view value, CrashRecord& record) {
  record.mutable_source()->set_wall_time(std::string(value));
}
void SetMachine(std::string_view value, CrashRecord& record) {
  const std::string_view machine = FirstWord(value);  // of uname: "aarch64", "ppc64le", "armv7l"
  const std::string_view arch = ArchOfRelease(machine);
  record.set_arch(std::string(arch.empty() ? machine : arch));
}
void Ignore(std::string_view, CrashRecord&) {}

struct BannerRow {
  std::string_view key;
  void (*set)(std::string_view value, CrashRecord& record);
};
// display_sys_stats() and `sys` of the crash utility.
constexpr BannerRow kBanner[] = {
    {"PANIC:", SetPanicText},  {"PID:", SetPid},         {"COMMAND:", SetCommand},
    {"TASK:", SetTaskAddress}, {"CPU:", SetCpu},         {"STATE:", SetState},
    {"RELEASE:", SetRelease},  {"VERSION:", SetVersion}, {"NODENAME:", SetNode},
    {"DATE:", SetDate},        {"MACHINE:", SetMachine}, {"KERNEL:", Ignore},
    {"DUMPFILE:", Ignore},     {"CPUS:", Ignore},        {"UPTIME:", Ignore},
    {"LOAD AVERAGE:", Ignore}, {"TASKS:", Ignore},       {"MEMORY:", Ignore},
    {"DEBUGINFO:", Ignore},    {"TASK INFO:", Ignore},
};

struct CauseRow {
  std::string_view function;
  Kind kind;
};
// Which function called panic() or crash_kexec(), and what that means.
constexpr CauseRow kCauses[] = {
    {"watchdog_timer_fn", KIND_SOFT_LOCKUP},
    {"softlockup_tick", KIND_SOFT_LOCKUP},
    {"watchdog_overflow_callback", KIND_HARD_LOCKUP},
    {"watchdog_hardlockup_check", KIND_HARD_LOCKUP},
    {"nmi_watchdog_tick", KIND_HARD_LOCKUP},
    {"die_nmi", KIND_HARD_LOCKUP},
    {"check_hung_task", KIND_HUNG_TASK},
    {"check_hung_uninterruptible_tasks", KIND_HUNG_TASK},
    {"panic_on_rcu_stall", KIND_RCU_STALL},
    {"check_cpu_stall", KIND_RCU_STALL},
    {"sysrq_handle_crash", KIND_PANIC},
    {"out_of_memory", KIND_OOM_KILL},
    {"do_machine_check", KIND_MCE},
    {"mce_panic", KIND_MCE},
    {"mca_timed_out", KIND_MCE},
    {"__stack_chk_fail", KIND_STACK_PROTECTOR},
    {"do_double_fault", KIND_DOUBLE_FAULT},
    {"exc_double_fault", KIND_DOUBLE_FAULT},
    {"handle_stack_overflow", KIND_STACK_OVERFLOW},
    {"do_general_protection", KIND_GPF},
    {"general_protection", KIND_GPF},
    {"exc_general_protection", KIND_GPF},
    {"asm_exc_general_protection", KIND_GPF},
    {"do_divide_error", KIND_DIVIDE_ERROR},
    {"divide_error", KIND_DIVIDE_ERROR},
    {"do_invalid_op", KIND_KERNEL_BUG},
    {"exc_invalid_op", KIND_KERNEL_BUG},
    {"invalid_op", KIND_KERNEL_BUG},
    {"page_fault_oops", KIND_PAGE_FAULT},
    {"no_context", KIND_PAGE_FAULT},
    {"page_fault", KIND_PAGE_FAULT},
    {"async_page_fault", KIND_PAGE_FAULT},
    {"asm_exc_page_fault", KIND_PAGE_FAULT},
    {"do_mem_abort", KIND_PAGE_FAULT},
};

// Names without the compiler's suffixes: watchdog_timer_fn.cold.8.
std::string_view Bare(std::string_view function) {
  return function.substr(0, std::min(function.find('.'), function.size()));
}

bool ScheduledOut(std::string_view function) {
  std::string_view bare = Bare(function);
  return bare == "__schedule" || bare == "schedule" || bare == "__switch_to" ||
         bare == "thread_return" || bare == "context_switch";
}

StackType PartOfMark(std::string_view name) {
  struct Row {
    std::string_view word;
    StackType part;
  };
  static constexpr Row kRows[] = {
      {"NMI", STACK_NMI}, {"SOFTIRQ", STACK_SOFTIRQ}, {"soft IRQ", STACK_SOFTIRQ},
      {"IRQ", STACK_IRQ}, {"<interrupt", STACK_IRQ},
  };
  for (const Row& row : kRows) {
    if (name.find(row.word) != std::string_view::npos) return row.part;
  }
  return STACK_EXCEPTION;
}

// Of the panicking CPU alone: the others' stacks begin with crash_nmi_callback().
bool CallsCrashKernel(std::string_view function) {
  static constexpr std::string_view kNames[] = {
      "machine_kexec", "__crash_kexec", "crash_kexec", "panic", "oops_end", "die", "__die"};
  return std::find(std::begin(kNames), std::end(kNames), function) != std::end(kNames);
}

bool SameTask(const CrashRecord& record, int32_t pid) {
  for (const Stack& stack : record.stacks()) {
    if (stack.task().has_pid() && stack.task().pid() == pid) return true;
  }
  return false;
}

}  // namespace

std::optional<CrashPid> ParseCrashPid(std::string_view text) {
  Cursor cursor(text);
  CrashPid out;
  cursor.SkipBlanks();
  if (!cursor.Take("PID:")) return std::nullopt;
  cursor.SkipBlanks();
  std::optional<int32_t> pid = grammar::ParseInt32(cursor.TakeDigits());
  cursor.SkipBlanks();
  if (!pid || !cursor.Take("TASK:")) return std::nullopt;
  out.pid = *pid;
  cursor.SkipBlanks();
  out.task = cursor.TakeHex();
  cursor.SkipBlanks();
  if (cursor.Take("CPU:")) {
    cursor.SkipBlanks();
    out.cpu = grammar::ParseInt32(cursor.TakeDigits());
    cursor.SkipBlanks();
  }
  if (!cursor.Take("COMMAND:")) return std::nullopt;
  cursor.SkipBlanks();
  out.comm = Unquoted(WithoutRemark(cursor.rest()));
  return out;
}

Kind KindOfPanicStack(const CrashRecord& record) {
  for (const Stack& stack : record.stacks()) {
    if (stack.type() > STACK_EXCEPTION) continue;
    for (const Frame& frame : stack.frames()) {
      for (const CauseRow& row : kCauses) {
        if (row.function == Bare(frame.function())) return row.kind;
      }
    }
  }
  for (const Stack& stack : record.stacks()) {
    for (const Frame& frame : stack.frames()) {
      if (frame.function() == "panic") return KIND_PANIC;
      if (frame.function() == "oops_end" || frame.function() == "die") return KIND_OOPS_OTHER;
    }
  }
  return KIND_BACKTRACE;
}

void PromotePanickingStack(CrashRecord& record) {
  bool own_panicked = false;
  bool own_stopped = false;
  const Stack* panicked = nullptr;
  for (const Stack& stack : record.stacks()) {
    bool own = stack.type() <= STACK_EXCEPTION;
    for (const Frame& frame : stack.frames()) {
      std::string_view function = Bare(frame.function());
      bool panics = CallsCrashKernel(function);
      own_panicked |= own && panics;
      own_stopped |= own && function == "crash_nmi_callback";
      if (!own && panics && !panicked && stack.task().has_pid()) panicked = &stack;
    }
  }
  if (own_panicked || !own_stopped || !panicked) return;
  const Task task = panicked->task();
  const std::optional<int32_t> cpu =
      panicked->has_cpu() ? std::optional(panicked->cpu()) : std::nullopt;
  const Task stopped = record.task();
  bool first = true;
  record.clear_ip();
  for (Stack& stack : *record.mutable_stacks()) {
    if (stack.type() <= STACK_EXCEPTION) {
      stack.set_part(stack.type());
      stack.set_type(STACK_OTHER_CPU);
      if (record.has_cpu()) stack.set_cpu(record.cpu());
      *stack.mutable_task() = stopped;
      if (stack.has_ip()) stack.mutable_registers()->Swap(record.mutable_registers());
    } else if (stack.task().pid() == task.pid()) {
      stack.set_type(stack.part() == STACK_UNSPECIFIED ? STACK_TASK : stack.part());
      stack.clear_part();
      stack.clear_task();
      stack.clear_cpu();
      if (!stack.has_ip() || !first) continue;
      first = false;
      *record.mutable_ip() = stack.ip();
      record.mutable_registers()->Swap(stack.mutable_registers());
    }
  }
  *record.mutable_task() = task;
  if (cpu) record.set_cpu(*cpu);
  auto* stacks = record.mutable_stacks();
  std::stable_partition(stacks->pointer_begin(), stacks->pointer_end(),
                        [](const Stack* stack) { return stack->type() <= STACK_EXCEPTION; });
}

bool CrashSessionReader::TakeBannerLine(std::string_view& text) {
  std::string_view line = grammar::TrimLeft(text);
  for (const BannerRow& row : kBanner) {
    if (!line.starts_with(row.key)) continue;
    std::string_view value = grammar::Trim(line.substr(row.key.size()));
    std::string_view words = row.key == "PANIC:" ? value : WithoutRemark(value);
    row.set(words, event_.record_);
    text = value.substr(words.size());
    event_.session_.active = true;
    event_.session_.banner = true;
    event_.record_.set_from_crash_utility(true);
    if (row.key == "PANIC:") {
      std::string headline = event_.record_.headline();
      std::optional<grammar::HeadlineMatch> match = grammar::MatchHeadline(headline);
      const bool says = match && match->row->join != grammar::Join::kCut;
      if (says && match->at_start) {
        event_.row_ = nullptr;
        event_.AddHeadline(*match, headline, {});
      }
    }
    return true;
  }
  return false;
}

bool CrashSessionReader::TakePidLine(std::string_view text, const log::LogLine& line) {
  std::optional<CrashPid> pid = ParseCrashPid(text);
  if (!pid) return false;
  Flush(line.number);
  CrashSession& session = event_.session_;
  CrashRecord& record = event_.record_;
  bool first = !session.active || (!event_.stacks_.has_own_frames() && !record.task().has_pid());
  session.active = true;
  session.banner = false;
  session.next_frame = 0;
  session.frames_wanted = true;
  event_.block_open_ = false;
  record.set_from_crash_utility(true);
  Task task;
  task.set_pid(pid->pid);
  task.set_comm(std::string(pid->comm));
  task.set_address(std::string(pid->task));
  bool own = first || record.task().pid() == pid->pid;
  if (own && !event_.stacks_.has_own_frames()) {
    event_.stacks_.SwitchTo(Owner::kOwn);
    std::string state = record.task().state();
    *record.mutable_task() = task;
    record.mutable_task()->set_state(state);
    if (pid->cpu && !record.has_cpu()) record.set_cpu(*pid->cpu);
    if (record.headline().empty()) record.set_headline(std::string(grammar::Trim(text)));
  } else if (own || SameTask(record, pid->pid)) {
    event_.stacks_.SwitchTo(Owner::kNobody);  // `bt` and `bt -a` show the same stack twice
  } else {
    event_.stacks_.SwitchTo(Owner::kOtherCpu);
    event_.stacks_.SetCpu(pid->cpu);
    event_.stacks_.SetTask(task);
  }
  ++event_.evidence_;
  return true;
}

bool CrashSessionReader::TakeFrame(std::string_view& text, const log::LogLine& line) {
  CrashSession& session = event_.session_;
  std::string_view rest = text;
  std::optional<grammar::CrashFrame> frame = grammar::TakeCrashFrame(rest);
  if (!frame) return false;
  // Frames told out of order are quotations: `bt -f`, the output of grep.
  if (!session.frames_wanted || frame->number != session.next_frame) return false;
  text = rest;
  if (frame->number == 0 && event_.stacks_.owner() == Owner::kOtherCpu &&
      ScheduledOut(frame->frame.symbol.function)) {
    Stack& stack = event_.stacks_.Current(line.number);
    stack.set_type(STACK_OTHER_TASK);
  }
  session.next_frame = frame->number + 1;
  // Below an interrupt's own stack the interrupted one begins with the interrupt's entry and its
  // exception frame. Without a mark between the stacks the exception was taken on the task's own.
  const Stack* stack = event_.stacks_.CurrentIfAny();
  bool entry = session.behind_interrupt && stack && stack->frames_size() == 1;
  if (session.pending_ip && stack && !entry) event_.stacks_.EndPart(STACK_EXCEPTION);
  session.behind_interrupt = session.behind_interrupt && !stack;
  event_.stacks_.AddFrame(frame->frame, line.number);
  Flush(line.number);
  event_.phase_ = Phase::kBody;
  event_.block_open_ = false;
  ++event_.evidence_;
  return true;
}

bool CrashSessionReader::TakeExceptionRip(std::string_view& text) {
  Cursor cursor(text);
  cursor.SkipBlanks();
  if (!event_.session_.frames_wanted || !cursor.Take("[exception RIP: ")) return false;
  std::string_view rest = cursor.rest();
  std::optional<grammar::Symbol> symbol = grammar::TakeSymbol(rest, grammar::Offset::kOptional);
  size_t end = rest.find(']');
  text = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
  CrashSession& session = event_.session_;
  session.pending_ip.emplace();
  session.pending_registers.clear();
  if (symbol) SetLocation(*symbol, {}, *session.pending_ip);
  event_.block_open_ = true;
  return true;
}

bool CrashSessionReader::TakeMark(std::string_view rest) {
  if (!event_.session_.frames_wanted) return false;
  size_t end = rest.find('>');
  if (end == std::string_view::npos) return false;
  StackType part = PartOfMark(rest.substr(0, end));
  event_.stacks_.EndPart(part);
  event_.session_.behind_interrupt = part == STACK_IRQ || part == STACK_SOFTIRQ;
  event_.block_open_ = false;
  return true;
}

bool CrashSessionReader::TakeRegisters(std::string_view& text, const log::LogLine& line) {
  CrashSession& session = event_.session_;
  std::vector<grammar::RegisterValue> values;
  if (!session.frames_wanted || !grammar::TakeRegisters(text, values)) return false;
  bool exception_frame = session.pending_ip.has_value();
  for (const grammar::RegisterValue& value : values) {
    event_.NoteArch(value.arch);
    if (event_.stacks_.owner() == Owner::kNobody) continue;
    Register reg;
    reg.set_name(value.name);
    reg.set_value(std::string(value.value));
    if (exception_frame) {
      bool is_ip = value.name == "RIP" || value.name == "EIP" || value.name == "PC";
      if (is_ip) session.pending_ip->set_address(std::string(value.value));
      session.pending_registers.push_back(std::move(reg));
    } else if (event_.stacks_.CurrentIfAny() && !event_.stacks_.CurrentIfAny()->has_ip()) {
      // Without an exception frame these are the registers with which user mode entered the kernel.
      Stack& stack = event_.stacks_.Current(line.number);
      stack.set_user_mode(true);
      *stack.add_registers() = std::move(reg);
    }
  }
  return true;
}

void CrashSessionReader::Flush(uint64_t line) {
  CrashSession& session = event_.session_;
  if (!session.pending_ip) return;
  CodeLocation ip = std::move(*session.pending_ip);
  session.pending_ip.reset();
  std::vector<Register> registers = std::move(session.pending_registers);
  session.pending_registers.clear();
  if (event_.stacks_.owner() == Owner::kNobody) return;
  CrashRecord& record = event_.record_;
  if (event_.stacks_.owner() == Owner::kOwn && record.registers_size() == 0) {
    if (!record.has_ip() || record.ip().function().empty()) *record.mutable_ip() = ip;
    for (const Register& reg : registers) *record.add_registers() = reg;
  }
  Stack& stack = event_.stacks_.Current(line);
  if (stack.has_ip()) return;
  *stack.mutable_ip() = std::move(ip);
  if (event_.stacks_.owner() == Owner::kOwn) return;
  for (Register& reg : registers) *stack.add_registers() = std::move(reg);
}

}  // namespace oops::record
