#include "lib/record/event.h"

#include <algorithm>
#include <string>
#include <utility>

#include "lib/grammar/chars.h"
#include "lib/grammar/kernel_id.h"
#include "lib/record/arch_evidence.h"
#include "lib/record/authors_cut.h"
#include "lib/record/captures.h"
#include "lib/record/fault_access.h"
#include "lib/record/reporter.h"
#include "lib/record/wall_copies.h"
#include "lib/text/utf8.h"

namespace oops::record {
namespace {

constexpr size_t kMaxHeadline = 512;  // bytes
constexpr size_t kMaxMessage = 2048;  // bytes
constexpr int kMaxDamage = 16;
constexpr std::string_view kLeftOut = "somebody left lines out";

// What containers and callers say of a line may be any bytes.
std::string Utf8(std::string_view bytes) {
  std::string repaired;
  return std::string(text::RepairUtf8(bytes, &repaired));
}

uint64_t FirstNumber(const log::LogLine& line) {
  return line.first_number > 0 ? line.first_number : line.number;
}

// A headline ends where the next token was glued to it; text behind a blank or a bracket still
// belongs to it.
std::string_view HeadlineText(const grammar::HeadlineMatch& match, std::string_view text) {
  std::string_view whole = grammar::Trim(text.substr(match.begin));
  size_t length = match.end - match.begin;
  bool glued =
      match.end < text.size() && (grammar::IsLetter(text[match.end]) || text[match.end] == '[');
  if (glued || !match.at_start) whole = grammar::Trim(text.substr(match.begin, length));
  return text::Utf8Head(whole, kMaxHeadline);
}

bool IsLockup(Kind kind) {
  return kind == KIND_SOFT_LOCKUP || kind == KIND_HARD_LOCKUP || kind == KIND_RCU_STALL ||
         kind == KIND_WORKQUEUE_LOCKUP || kind == KIND_SPINLOCK_LOCKUP;
}

}  // namespace

int Rank(const grammar::Headline& row) {
  if (row.join == grammar::Join::kCarrier) return 1;
  if (row.join == grammar::Join::kPanic && row.kind == KIND_PANIC) return 0;
  if (row.damage == DAMAGE_NO_HEADLINE) return 0;
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
  source->mutable_lines()->set_first(FirstNumber(line));
  source->set_first_byte(line.begin);
  if (line.monotonic_us) source->set_monotonic_us(*line.monotonic_us);
  if (!line.wall_time.empty()) source->set_wall_time(Utf8(line.wall_time));
  if (!line.host.empty()) {
    source->set_host(Utf8(line.host));
  } else if (!context.host.empty()) {
    source->set_host(Utf8(context.host));
  }
  stamped = line.kernel_prefix;
  Touch(line);
}

bool Event::TakeAuthorsLine(std::string_view text, const log::LogLine& line) {
  constexpr uint64_t kDumpGap = 2;  // lines from a row of a dump to the "..." that cuts it off
  const std::string_view trimmed = grammar::TrimLeft(text);
  const char first = trimmed.empty() ? '?' : trimmed.front();
  const bool name = grammar::IsSymbolChar(first) && first != '.';
  if (name || first == '?') return false;  // as most lines begin
  const bool remark = IsRemark(text);
  if (!remark && !IsEllipsis(text)) return false;
  // Dumps of a stack end in such a line (mips, loongarch), and lockdep prints one until 4.20
  // (print_bad_irq_dependency()).
  const bool kernels = line.kernel_prefix || record_.kind() == KIND_LOCKDEP ||
                       (!stamped && word_row_ > 0 && line.order <= word_row_ + kDumpGap);
  if (kernels && grammar::Trim(text) == "...") return false;
  if (phase_ == Phase::kEnded) return true;
  const Stack* stack = stacks_.CurrentIfAny();
  const bool for_frames = stacks_.trace_open() && (!stack || stack->frames_size() == 0);
  if (for_frames) {
    AddDamage(DAMAGE_TRUNCATED, kLeftOut, line);
  } else if (!remark) {
    ellipsis_line_ = line.number;
    ellipsis_order_ = line.order;
  }
  if (remark) {
    remark_line_ = line.number;
    remark_order_ = line.order;
  }
  return true;
}

void Event::NoteAuthorsLines(uint64_t next_order) {
  constexpr uint64_t kMaxGap = 4;  // lines
  log::LogLine at;
  at.number = ellipsis_line_;
  if (at.number > 0 && next_order <= ellipsis_order_ + kMaxGap)
    AddDamage(DAMAGE_TRUNCATED, kLeftOut, at);
  at.number = remark_line_;
  if (at.number > 0 && next_order <= remark_order_ + kMaxGap)
    AddDamage(DAMAGE_ANNOTATED, "somebody wrote between the kernel's lines", at);
  ellipsis_line_ = remark_line_ = 0;
}

void Event::Touch(const log::LogLine& line) {
  if (ellipsis_line_ > 0 || remark_line_ > 0) NoteAuthorsLines(line.order);
  Source* source = record_.mutable_source();
  // Lines come in the order in which they were printed, which isn't that of a pstore dump's parts.
  Lines* lines = source->mutable_lines();
  lines->set_first(std::min(lines->first(), FirstNumber(line)));
  lines->set_last(std::max({lines->last(), line.number, line.last_number}));
  source->set_first_byte(std::min(source->first_byte(), line.begin));
  source->set_end_byte(std::max(source->end_byte(), line.end));
  if (line.monotonic_us) {
    // The stamps of a CPU that was stopped by an NMI lag behind.
    source->set_last_monotonic_us(std::max(source->last_monotonic_us(), *line.monotonic_us));
    if (!source->has_monotonic_us()) source->set_monotonic_us(*line.monotonic_us);
  }
  if (source->host().empty() && !line.host.empty()) source->set_host(Utf8(line.host));
  if (source->wall_time().empty() && !line.wall_time.empty())
    source->set_wall_time(Utf8(line.wall_time));
  if (source->boot_id().empty() && !line.boot_id.empty()) source->set_boot_id(Utf8(line.boot_id));
  if (!line.monotonic_us && !line.wall_time.empty()) last_wall_time.assign(line.wall_time);
  if (line.kernel_prefix) stamped = true;
  if (line.behind_learned) learned = true;
  on_wall = on_wall && IsOnWall(line);
  last_line = line.number;
  last_order = line.order;
  last_byte = line.end;
  strangers = 0;
  unstamped = 0;
  ++lines_taken;
  if (line.repairs.nbsp_as_question) {
    AddDamage(DAMAGE_MANGLED, "no-break spaces had become question marks", line);
  }
  if (line.repairs.filled_rows) {
    AddDamage(DAMAGE_WRAPPED, "a terminal's rows were copied with the blanks that fill them", line);
  }
  NoteCutAtColumn(line);
  if (line.repairs.bad_utf8) AddDamage(DAMAGE_MANGLED, "bytes that are no UTF-8", line);
}

// Where a pager or a page cut the headline it cut all lines that are as long, and there is no
// longer one.
void Event::NoteCutAtColumn(const log::LogLine& line) {
  const size_t width = line.text.size();
  if (width > cut_width_) cut_width_ = 0;
  if (cut_width_ > 0 && width == cut_width_ && line.number != headline_line_)
    AddDamage(DAMAGE_TRUNCATED, "lines were cut at a column", line);
}

void Event::BeginBefore(uint64_t lines, uint64_t bytes) {
  Source* source = record_.mutable_source();
  if (source->lines().first() <= lines || source->first_byte() < bytes) return;
  source->mutable_lines()->set_first(source->lines().first() - lines);
  source->set_first_byte(source->first_byte() - bytes);
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

// What the report lacks where it begins.
void Event::NoteMissing(DamageType type) {
  const bool cut = type == DAMAGE_TRUNCATED;
  log::LogLine first;
  first.number = cut ? headline_line_ : record_.source().lines().first();
  AddDamage(type, cut ? "the headline was cut" : "the report's first lines are missing", first);
}

void Event::AddCutHere(const grammar::Headline& row, const log::LogLine& line) {
  cut_here_ = &row;
  NoteArch(row.arch);
  // Behind tables and further stacks a report's own warning.
  if (row_ != nullptr) stacks_.SwitchTo(Owner::kOwn);
  phase_ = Phase::kHeader;
  if (line.number > 0) Touch(line);
}

void Event::AddHeadline(const grammar::HeadlineMatch& match, std::string_view text,
                        const log::LogLine& line) {
  const grammar::Headline& row = *match.row;
  // What a BUG() dies of says less than that it was one.
  const bool of_bug = record_.kind() == KIND_KERNEL_BUG && row.kind == KIND_NULL_DEREF;
  bool better = row_ == nullptr || (Rank(row) > Rank(*row_) && !of_bug);
  bool reporter_is_ip = row_ != nullptr && better && IsLockup(row.kind) && !IsLockup(row_->kind);
  if (reporter_is_ip) record_.clear_ip();  // the WARN() that carries it stands in the watchdog
  std::string title = FillTitle(match);
  if (better) {
    if (record_.title_form() != title) AddAltTitle(record_.title_form());
    record_.set_kind(row.kind);
    record_.set_severity(row.severity);
    record_.set_headline(std::string(HeadlineText(match, text)));
    record_.set_title_form(std::move(title));
    record_.set_grammar_row(std::string(row.name));
    row_ = match.row;
    headline_line_ = line.number;
    headline_caller_ = std::string(line.caller);
    if (line.number > 0 && line.monotonic_us)
      record_.mutable_source()->set_monotonic_us(*line.monotonic_us);
    if (line.number > 0 && !line.wall_time.empty())
      record_.mutable_source()->set_wall_time(Utf8(line.wall_time));
  } else {
    if (record_.title_form() != title) AddAltTitle(title);
    record_.set_severity(std::max(record_.severity(), row.severity));
  }
  std::string_view words = HeadlineText(match, text);
  reporter_ = std::string(words.substr(0, words.find(": ") + 1));
  ApplyCaptures(match, record_);
  NoteArch(row.arch);
  const std::string_view family = grammar::Family(row.name);
  if (family == "arm") NoteArch(ArchOfSyndrome(match.Capture("esr")));
  NotePlaceBehind(text, line);
  // "BUG kmalloc-64 (Tainted: G    B  ): Poison overwritten", "BUG: Bad page state ... Not
  // tainted": slub, old kernels.
  if (std::optional<grammar::KernelId> id = grammar::ParseTaintAndRelease(text)) OnKernelId(*id);
  for (const std::string& option : record_.kernel().options()) {
    if (option == "ARM" || option == "THUMB2") NoteArch("arm");
  }
  if (phase_ == Phase::kBody) block_open_ = false;  // die() shows the registers once more
  if (family == "xmon") xmon_ = true;
  if (family == "ppc" || xmon_) powerpc_ = true;
  if (row.damage == DAMAGE_TRUNCATED) cut_width_ = line.text.size();
  if (row.kind == KIND_KMSAN) stacks_.OpenTrace();  // its frames follow without a word
  std::string_view stalled = match.Capture("rcu_stalled");
  if (!stalled.empty()) OnRcuDetail(stalled);
  if (row.kind == KIND_RCU_STALL) {
    if (record_.rcu().cpus_size() == 0 && record_.has_cpu())
      record_.mutable_rcu()->add_cpus(record_.cpu());
    // Until 3.1 print_cpu_stall() said by naming the CPU that it was its own.
    if (!match.Capture("cpu").empty()) record_.mutable_rcu()->set_self_detected(true);
  }
  if (line.number > 0) Touch(line);
}

// "XFS (dm-3): First 128 bytes of corrupted metadata buffer:", "{1}[Hardware Error]:   fru_text:
// A3": disks and devices begin each line of a report with their name.
bool Event::TakeReporterLine(std::string_view& text) {
  constexpr size_t kLeast = 5;
  bool named = record_.kind() == KIND_FS_ERROR || record_.kind() == KIND_HARDWARE_ERROR ||
               record_.kind() == KIND_MCE;
  if (!named || phase_ != Phase::kHeader || reporter_.size() < kLeast) return false;
  // "BTRFS error (device sda2): block=30539776 read time tree block corruption detected" behind
  // what btrfs_crit() says of the block
  const std::string_view device =
      std::string_view(reporter_).substr(std::min(reporter_.find("(device "), reporter_.size()));
  const bool verdict = !device.empty() && text.find(device) != text.npos &&
                       text.find(" time tree block corruption detected") != text.npos;
  if (!grammar::TrimLeft(text).starts_with(reporter_) && !verdict) return false;
  NoteAssertion(text);
  NotePhysicalAddress(text);
  // decode_smca_error() of AMD: "Execution Unit Ext. Error Code: 0, Watchdog Timeout error."
  if (!verdict && text.find(" Ext. Error Code: ") != text.npos)
    AddMessage(grammar::TrimLeft(text).substr(reporter_.size()));
  text = {};
  return true;
}

// "  function = gfs2_dinode_dealloc, file = fs/gfs2/super.c, line = 1419": gfs2_consist_i() and its
// kin, of the check that failed.
void Event::NoteAssertion(std::string_view text) {
  constexpr std::string_view kFunction = "function = ", kFile = ", file = ", kLine = ", line = ";
  const size_t function = text.find(kFunction);
  const size_t file = text.find(kFile);
  const size_t line = text.find(kLine);
  if (function == text.npos || file == text.npos || line == text.npos || file > line) return;
  if (!record_.ip().function().empty() || function > file) return;
  const size_t name = function + kFunction.size(), path = file + kFile.size();
  record_.mutable_ip()->set_function(std::string(text.substr(name, file - name)));
  record_.set_file(std::string(text.substr(path, line - path)));
  grammar::Cursor number(text.substr(line + kLine.size()));
  if (std::optional<uint32_t> value = grammar::ParseUint32(number.TakeDigits(), 10))
    record_.set_line(*value);
}

void Event::ExtendHeadline(const grammar::HeadlineMatch& match, std::string_view text,
                           const log::LogLine& line) {
  const grammar::Headline& row = *match.row;
  row_ = match.row;
  headline_line_ = line.number;
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
  AddAltTitle(FillTitle(match));
  phase_ = Phase::kBody;
  block_open_ = false;
  stacks_.SwitchTo(Owner::kOwn);
  life = Life::kOpen;
  Touch(line);
}

bool Event::AddMessage(std::string_view text) {
  constexpr int kMaxLines = 16;
  text = grammar::Trim(text);
  std::string* message = record_.mutable_message();
  if (text.empty() || message->size() + text.size() > kMaxMessage ||
      std::count(message->begin(), message->end(), '\n') + 1 >= kMaxLines) {
    return false;
  }
  if (!message->empty()) message->push_back('\n');
  message->append(text);
  return true;
}

void Event::TakeBackMessage(std::string_view text) {
  if (record_.message() == text) record_.clear_message();
}

// Reports that say the same again and again have few titles.
void Event::AddAltTitle(const std::string& form) {
  constexpr int kMost = 16;
  const auto& known = record_.alt_title_forms();
  if (form.empty() || known.size() >= kMost ||
      std::find(known.begin(), known.end(), form) != known.end()) {
    return;
  }
  record_.add_alt_title_forms(form);
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

// "{1}[Hardware Error]:   physical_address: 0x00000012a4c00000": cper_print_mem(). "NON-RESUMABLE
// ERROR: insn effective address [0x000000c5b62b2ddc]": sun4v_log_error().
void Event::NotePhysicalAddress(std::string_view text) {
  for (const std::string_view words : {" physical_address: 0x", " insn effective address [0x"}) {
    const size_t at = text.find(words);
    if (at == text.npos || record_.fault().has_address()) continue;
    grammar::Cursor cursor(text.substr(at + words.size()));
    if (const std::string_view hex = cursor.TakeHex(); !hex.empty())
      record_.mutable_fault()->set_address(std::string(hex));
  }
}

namespace {

bool StopsAtUd2(const Code& code) {
  constexpr std::string_view kUd2 = "0f0b";
  const size_t at = 2 * size_t{code.trap_index()};  // digits
  return code.has_trap_index() && at <= code.bytes().size() &&
         std::string_view(code.bytes()).substr(at).starts_with(kUd2);
}

}  // namespace

// What a report without a headline ends with tells what it was of: WARN() has the end mark, too,
// and on x86 the instruction that BUG() has.
std::optional<Reporter> Event::ReporterByEnd() const {
  if (hung_task_) return Reporter{KIND_HUNG_TASK, SEVERITY_LOCKUP};
  const bool x86 = arch_ == "x86_64" || arch_ == "i386";
  if (!end_seen_ && x86 && StopsAtUd2(record_.code()))
    return Reporter{KIND_WARNING, SEVERITY_WARNING};
  if (!end_seen_) return std::nullopt;
  if (record_.fault().has_address()) return Reporter{KIND_PAGE_FAULT, SEVERITY_OOPS};
  if (die_seen_ && x86 && StopsAtUd2(record_.code()))
    return Reporter{KIND_KERNEL_BUG, SEVERITY_OOPS};
  if (die_seen_ || (record_.has_code() && !x86)) return Reporter{KIND_OOPS_OTHER, SEVERITY_OOPS};
  if (x86 || ends_in_trace_) return Reporter{KIND_WARNING, SEVERITY_WARNING};
  return Reporter{KIND_OOPS_OTHER, SEVERITY_OOPS};
}

// What kind of report it is, as far as its headline leaves that open. False if it is none.
bool Event::FillKind() {
  if (row_ == nullptr) {
    constexpr int kSomeRegisters = 3;
    const bool dump = record_.has_code() && record_.registers_size() >= kSomeRegisters;
    const bool place = (end_seen_ || dump) && !record_.ip().function().empty();
    bool told = evidence_ > 0 && (stacks_.frames() > 0 || place);
    if (!told && !(session_.active && !record_.headline().empty() && evidence_ > 0)) return false;
    if (session_.active) {
      record_.set_kind(KindOfPanicStack(record_));
      bool crash = record_.kind() != KIND_BACKTRACE;
      record_.set_severity(crash ? SEVERITY_PANIC : SEVERITY_INFO);
      const bool wordless = record_.headline().starts_with("PID: ");  // nothing but "bt" was asked
      if (wordless && record_.kind() == KIND_PANIC) record_.set_title_form("kernel panic in {f}");
    } else {
      std::optional<Reporter> reporter = FindReporter(record_);
      if (!reporter) reporter = ReporterByEnd();
      record_.set_kind(reporter ? reporter->kind : KIND_BACKTRACE);
      record_.set_severity(reporter ? reporter->severity : SEVERITY_INFO);
      if (reporter) NoteMissing(DAMAGE_NO_HEADLINE);
    }
  } else if (row_->damage != DAMAGE_UNSPECIFIED) {
    NoteMissing(row_->damage);
  } else if (session_.active && (Rank(*row_) == 0)) {
    Kind kind = KindOfPanicStack(record_);
    if (kind != KIND_BACKTRACE && kind != KIND_PANIC) record_.set_kind(kind);
  } else if (row_->join == grammar::Join::kPanic && (die_seen_ || end_seen_)) {
    NoteMissing(DAMAGE_NO_HEADLINE);  // of the oops that it ends
  }
  if (session_.active && record_.task().state().ends_with("(PANIC)"))
    record_.set_severity(SEVERITY_PANIC);
  if (record_.severity() != SEVERITY_PANIC && !record_.panic().empty())
    record_.set_severity(SEVERITY_PANIC);
  return true;
}

}  // namespace oops::record
