#include "lib/record/event.h"

#include <algorithm>
#include <string>
#include <utility>

#include "lib/grammar/chars.h"
#include "lib/grammar/kernel_id.h"
#include "lib/record/arch_evidence.h"
#include "lib/record/captures.h"
#include "lib/record/fault_access.h"
#include "lib/record/reporter.h"

namespace oops::record {
namespace {

constexpr size_t kMaxHeadline = 512;  // bytes
constexpr size_t kMaxMessage = 2048;  // bytes
constexpr int kMaxDamage = 16;

// A headline ends where the next token was glued to it; text behind a blank or a bracket still
// belongs to it.
std::string_view HeadlineText(const grammar::HeadlineMatch& match, std::string_view text) {
  std::string_view whole = grammar::Trim(text.substr(match.begin));
  size_t length = match.end - match.begin;
  bool glued =
      match.end < text.size() && (grammar::IsLetter(text[match.end]) || text[match.end] == '[');
  if (glued || !match.at_start) whole = grammar::Trim(text.substr(match.begin, length));
  return whole.substr(0, kMaxHeadline);
}

bool IsLockup(Kind kind) {
  return kind == KIND_SOFT_LOCKUP || kind == KIND_HARD_LOCKUP || kind == KIND_RCU_STALL ||
         kind == KIND_WORKQUEUE_LOCKUP || kind == KIND_SPINLOCK_LOCKUP;
}

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

}  // namespace

int Rank(const grammar::Headline& row) {
  if (row.join == grammar::Join::kCarrier) return 1;
  if (row.join == grammar::Join::kPanic && row.kind == KIND_PANIC) return 0;
  if (row.join == grammar::Join::kDetail &&
      (row.kind == KIND_OOPS_OTHER || row.kind == KIND_INVALID_OPCODE ||
       row.kind == KIND_KERNEL_BUG)) {
    return 0;
  }
  return 2;
}

Event::Event(const log::LogLine& line, const StreamContext& context, CrashRecord&& empty)
    : record_(std::move(empty)), stacks_(record_) {
  Source* source = record_.mutable_source();
  source->mutable_lines()->set_first(line.number);
  source->set_first_byte(line.begin);
  if (line.monotonic_us) source->set_monotonic_us(*line.monotonic_us);
  if (!line.wall_time.empty()) source->set_wall_time(std::string(line.wall_time));
  if (!line.host.empty()) {
    source->set_host(std::string(line.host));
  } else if (!context.host.empty()) {
    source->set_host(context.host);
  }
  stamped = line.kernel_prefix;
  Touch(line);
}

void Event::Touch(const log::LogLine& line) {
  Source* source = record_.mutable_source();
  // Lines come in the order in which they were printed, which isn't that of a pstore dump's parts.
  Lines* lines = source->mutable_lines();
  lines->set_first(std::min(lines->first(), line.number));
  lines->set_last(std::max({lines->last(), line.number, line.last_number}));
  source->set_first_byte(std::min(source->first_byte(), line.begin));
  source->set_end_byte(std::max(source->end_byte(), line.end));
  if (line.monotonic_us) {
    // The stamps of a CPU that was stopped by an NMI lag behind.
    source->set_last_monotonic_us(std::max(source->last_monotonic_us(), *line.monotonic_us));
    if (!source->has_monotonic_us()) source->set_monotonic_us(*line.monotonic_us);
  }
  if (source->host().empty() && !line.host.empty()) source->set_host(std::string(line.host));
  if (source->wall_time().empty() && !line.wall_time.empty())
    source->set_wall_time(std::string(line.wall_time));
  if (source->boot_id().empty() && !line.boot_id.empty())
    source->set_boot_id(std::string(line.boot_id));
  if (line.kernel_prefix) stamped = true;
  last_line = line.number;
  last_order = line.order;
  last_byte = line.end;
  strangers = 0;
  unstamped = 0;
  ++lines_taken;
  if (line.repairs.nbsp_as_question) {
    AddDamage(DAMAGE_MANGLED, "no-break spaces had become question marks", line);
  }
  if (line.repairs.bad_utf8) AddDamage(DAMAGE_MANGLED, "bytes that are no UTF-8", line);
}

bool Event::TakeEcho(const log::LogLine& line) {
  echoed = echoed || (record_.source().lines().first() == last_line && strangers == 0);
  if (!echoed) return false;
  Touch(line);
  --lines_taken;
  AddDamage(DAMAGE_INTERLEAVED, "two consoles wrote each line", line);
  return true;
}

void Event::AddDamage(DamageType type, std::string_view reason, const log::LogLine& line) {
  for (Damage& damage : *record_.mutable_damage()) {
    if (damage.type() == type && damage.reason() == reason) {
      damage.mutable_lines()->set_last(line.number);
      return;
    }
  }
  if (record_.damage_size() >= kMaxDamage) return;
  Damage* damage = record_.add_damage();
  damage->set_type(type);
  damage->set_reason(std::string(reason));
  damage->mutable_lines()->set_first(line.number);
  damage->mutable_lines()->set_last(line.number);
}

void Event::AddCutHere(const log::LogLine& line) {
  cut_here_ = true;
  if (line.number > 0) Touch(line);
}

void Event::AddHeadline(const grammar::HeadlineMatch& match, std::string_view text,
                        const log::LogLine& line) {
  const grammar::Headline& row = *match.row;
  bool better = row_ == nullptr || Rank(row) > Rank(*row_);
  bool reporter_is_ip = row_ != nullptr && better && IsLockup(row.kind) && !IsLockup(row_->kind);
  if (reporter_is_ip) record_.clear_ip();  // the WARN() that carries it stands in the watchdog
  std::string title = FillTitle(match);
  if (better) {
    if (!record_.title_form().empty() && record_.title_form() != title) {
      record_.add_alt_title_forms(record_.title_form());
    }
    record_.set_kind(row.kind);
    record_.set_severity(row.severity);
    record_.set_headline(std::string(HeadlineText(match, text)));
    record_.set_title_form(std::move(title));
    record_.set_grammar_row(std::string(row.name));
    row_ = match.row;
    if (line.number > 0 && line.monotonic_us)
      record_.mutable_source()->set_monotonic_us(*line.monotonic_us);
    if (line.number > 0 && !line.wall_time.empty())
      record_.mutable_source()->set_wall_time(std::string(line.wall_time));
  } else {
    if (record_.title_form() != title && !title.empty())
      record_.add_alt_title_forms(std::move(title));
    record_.set_severity(std::max(record_.severity(), row.severity));
  }
  std::string_view words = HeadlineText(match, text);
  reporter_ = std::string(words.substr(0, words.find(": ") + 1));
  ApplyCaptures(match, record_);
  NoteArch(row.arch);
  NotePlaceBehind(text, line);
  // "BUG kmalloc-64 (Tainted: G    B  ): Poison overwritten", "BUG: Bad page state ... Not
  // tainted": slub, old kernels.
  if (std::optional<grammar::KernelId> id = grammar::ParseTaintAndRelease(text)) OnKernelId(*id);
  for (const std::string& option : record_.kernel().options()) {
    if (option == "ARM" || option == "THUMB2") NoteArch("arm");
  }
  if (row.name.starts_with("ppc-")) powerpc_ = true;
  if (row.kind == KIND_KMSAN) stacks_.OpenTrace();  // its frames follow without a word
  std::string_view stalled = match.Capture("rcu_stalled");
  if (!stalled.empty()) OnRcuDetail(stalled);
  if (row.kind == KIND_RCU_STALL) {
    if (record_.rcu().cpus_size() == 0 && record_.has_cpu())
      record_.mutable_rcu()->add_cpus(record_.cpu());
    // Until 3.1 print_cpu_stall() said by naming the CPU that it was its own.
    record_.mutable_rcu()->set_self_detected(row.name.find("self") != std::string_view::npos ||
                                             !match.Capture("cpu").empty());
    record_.mutable_rcu()->set_expedited(row.name.find("expedited") != std::string_view::npos);
  }
  if (line.number > 0) Touch(line);
}

// "XFS (dm-3): First 128 bytes of corrupted metadata buffer:", "{1}[Hardware Error]:   fru_text:
// A3": disks and devices begin each line of a report with their name.
bool Event::TakeReporterLine(std::string_view& text) const {
  constexpr size_t kLeast = 5;
  bool named = record_.kind() == KIND_FS_ERROR || record_.kind() == KIND_HARDWARE_ERROR ||
               record_.kind() == KIND_MCE;
  if (!named || phase_ != Phase::kHeader || reporter_.size() < kLeast) return false;
  if (!grammar::TrimLeft(text).starts_with(reporter_)) return false;
  text = {};
  return true;
}

void Event::ExtendHeadline(const grammar::HeadlineMatch& match, std::string_view text,
                           const log::LogLine& line) {
  const grammar::Headline& row = *match.row;
  row_ = match.row;
  record_.set_kind(row.kind);
  record_.set_title_form(FillTitle(match));
  record_.set_grammar_row(std::string(row.name));
  record_.set_headline(std::string(HeadlineText(match, text)));
  ApplyCaptures(match, record_);
  NoteArch(row.arch);
  NotePlaceBehind(text, line);
  Touch(line);
}

// "... at 0000000000000020 RIP:" of x86-64 until 2.6.23: the place stands on the next line.
void Event::NotePlaceBehind(std::string_view headline, const log::LogLine& line) {
  if (grammar::Trim(headline).ends_with("RIP:")) place_line_ = line.order;
}

void Event::AddPanic(const grammar::HeadlineMatch& match, const log::LogLine& line) {
  std::string_view message = match.Capture("panic");
  if (message.empty()) message = match.row->example;
  if (record_.panic().empty()) record_.set_panic(std::string(grammar::Trim(message)));
  record_.set_severity(SEVERITY_PANIC);
  if (std::string title = FillTitle(match); !title.empty())
    record_.add_alt_title_forms(std::move(title));
  phase_ = Phase::kBody;
  block_open_ = false;
  stacks_.SwitchTo(Owner::kOwn);
  life = Life::kOpen;
  Touch(line);
}

void Event::AddMessage(std::string_view text) {
  text = grammar::Trim(text);
  if (text.empty() || record_.message().size() + text.size() > kMaxMessage) return;
  std::string* message = record_.mutable_message();
  if (!message->empty()) message->push_back('\n');
  message->append(text);
}

bool Event::OwnCpu(int32_t cpu) const {
  if (record_.kind() == KIND_RCU_STALL && record_.rcu().cpus_size() > 0) {
    const auto& cpus = record_.rcu().cpus();
    return std::find(cpus.begin(), cpus.end(), cpu) != cpus.end();
  }
  if (record_.kind() == KIND_RCU_STALL && !record_.has_cpu() && record_.rcu().has_detected_by()) {
    return record_.rcu().detected_by() ==
           cpu;  // no CPU is to blame: the grace-period kthread starved
  }
  return record_.has_cpu() && record_.cpu() == cpu;
}

bool Event::FromStuckCpu() const { return IsLockup(record_.kind()); }

// A panic() in an NMI is about what the NMI interrupted.
bool Event::InterruptedByNmi() const {
  return record_.kind() == KIND_PANIC && stacks_.part() == STACK_NMI;
}

void Event::NoteArch(std::string_view arch) {
  if (arch_.empty() && !arch.empty()) arch_ = std::string(arch);
}

// The link register's function is a caller that the trace may leave out: it then stands in a stack
// of its own.
void Event::AddLinkStack() {
  if (!link_ || link_->function().empty() || link_->function() == record_.ip().function()) return;
  for (const Stack& stack : record_.stacks()) {
    if (stack.type() > STACK_EXCEPTION) continue;
    for (const Frame& frame : stack.frames()) {
      if (frame.function() == link_->function()) return;
    }
  }
  // In printed order the registers come before the trace.
  Stack* stack = record_.add_stacks();
  stack->set_type(STACK_LINK);
  Frame* frame = stack->add_frames();
  frame->set_function(link_->function());
  if (link_->has_offset()) frame->set_offset(link_->offset());
  if (link_->has_size()) frame->set_size(link_->size());
  frame->set_module(link_->module());
  if (link_->has_address()) frame->set_address(link_->address());
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
    CodeLocation* ip = record_.mutable_ip();
    ip->set_function(frame.function());
    if (frame.has_offset()) ip->set_offset(frame.offset());
    if (frame.has_size()) ip->set_size(frame.size());
    ip->set_module(frame.module());
    ip->set_address(address);
    return;
  }
}

bool Event::Finish(const StreamContext& context) {
  CrashSessionReader(*this).Flush(last_line);
  if (session_.active) PromotePanickingStack(record_);
  if (provisional && evidence_ == 0) return false;
  if (row_ == nullptr) {
    bool told = evidence_ > 0 && stacks_.frames() > 0;
    if (!told && !(session_.active && !record_.headline().empty() && evidence_ > 0)) return false;
    if (session_.active) {
      record_.set_kind(KindOfPanicStack(record_));
      bool crash = record_.kind() != KIND_BACKTRACE;
      record_.set_severity(crash ? SEVERITY_PANIC : SEVERITY_INFO);
    } else {
      std::optional<Reporter> reporter = FindReporter(record_);
      record_.set_kind(reporter ? reporter->kind : end_seen_ ? KIND_OOPS_OTHER : KIND_BACKTRACE);
      record_.set_severity(reporter    ? reporter->severity
                           : end_seen_ ? SEVERITY_OOPS
                                       : SEVERITY_INFO);
      log::LogLine none;
      none.number = record_.source().lines().first();
      if (end_seen_ || reporter)
        AddDamage(DAMAGE_NO_HEADLINE, "the report's first lines are missing", none);
    }
  } else if (session_.active && (Rank(*row_) == 0)) {
    Kind kind = KindOfPanicStack(record_);
    if (kind != KIND_BACKTRACE && kind != KIND_PANIC) record_.set_kind(kind);
  }
  if (record_.severity() != SEVERITY_PANIC && !record_.panic().empty())
    record_.set_severity(SEVERITY_PANIC);
  bool out_of_memory = record_.kind() == KIND_OOM_KILL || record_.kind() == KIND_PAGE_ALLOC_FAILURE;
  if (record_.has_oom() && record_.oom().invoker().empty() && out_of_memory) {
    record_.mutable_oom()->set_invoker(record_.task().comm());
  }
  if (record_.severity() == SEVERITY_INFO) {
    for (MachineCheck& check : *record_.mutable_machine_checks()) check.set_corrected(true);
  }
  // Until 4.14 the words of a WARN() that traps come before its "cut here".
  bool trapped = record_.kind() == KIND_WARNING && record_.registers_size() > 0;
  if (trapped && record_.message().empty() && !words_before_.empty()) {
    record_.set_message(words_before_);
    Source* source = record_.mutable_source();
    source->mutable_lines()->set_first(source->lines().first() - 1);
    source->set_first_byte(source->first_byte() - words_before_bytes_);
  }

  NameBareIp();
  JoinCutModules();
  FillIpAddress();
  FillRacePlace();
  PutOwnStacksFirst(record_);
  AddLinkStack();
  Kernel* kernel = record_.mutable_kernel();
  if (kernel->release().empty() && !context.release.empty()) {
    kernel->set_release(context.release);
    kernel->set_release_from_stream(true);
    if (kernel->version().empty()) kernel->set_version(context.version);
  }
  if (kernel->release().empty() && !context.release_hint.empty())
    kernel->set_release_hint(context.release_hint);
  std::string distro = grammar::DistroOf(kernel->release(), kernel->version());
  if (!distro.empty()) kernel->set_distro(std::move(distro));
  if (record_.arch().empty()) {
    std::string_view by_release = ArchOfRelease(kernel->release());
    std::string_view by_entry_code = ArchOfEntryCode(record_);
    std::string_view words = powerpc_ ? "ppc64" : call_trace_small_ ? "arm64" : "";
    if (!arch_.empty()) {
      record_.set_arch(arch_);
    } else if (!by_release.empty()) {
      record_.set_arch(std::string(by_release));
    } else if (!context.arch.empty()) {
      record_.set_arch(context.arch);
    } else if (!by_entry_code.empty()) {
      record_.set_arch(std::string(by_entry_code));
    } else if (!words.empty()) {
      record_.set_arch(std::string(words));
    } else {
      std::string_view by_addresses = ArchOfAddresses(record_);
      if (by_addresses.empty()) by_addresses = ArchOfHardware(record_.machine().hardware_name());
      record_.set_arch(std::string(by_addresses));
    }
  }
  FillInAccess(record_);
  if (record_.has_fault() && record_.fault().ByteSizeLong() == 0) record_.clear_fault();
  if (record_.has_task() && record_.task().ByteSizeLong() == 0) record_.clear_task();
  if (record_.has_kernel() && record_.kernel().ByteSizeLong() == 0) record_.clear_kernel();
  return true;
}

}  // namespace oops::record
