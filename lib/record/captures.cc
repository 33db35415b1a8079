#include "lib/record/captures.h"

#include <optional>

#include "lib/grammar/chars.h"

namespace oops::record {
namespace {

using grammar::ParseInt32;
using grammar::ParseUint;
using grammar::ParseUint32;

Access AccessFromWord(std::string_view word) {
  struct Row {
    std::string_view word;
    Access access;
  };
  static constexpr Row kRows[] = {
      {"read", ACCESS_READ},        {"Read", ACCESS_READ},         {"write", ACCESS_WRITE},
      {"Write", ACCESS_WRITE},      {"exec", ACCESS_EXEC},         {"instruction", ACCESS_EXEC},
      {"exposure", ACCESS_READ},    {"overwrite", ACCESS_WRITE},   {"prefetch", ACCESS_EXEC},
      {"Free", ACCESS_FREE},        {"free", ACCESS_FREE},         {"double-free", ACCESS_FREE},
      {"Double free", ACCESS_FREE}, {"invalid-free", ACCESS_FREE},
  };
  for (const Row& row : kRows) {
    if (word.starts_with(row.word)) return row.access;
  }
  return ACCESS_UNSPECIFIED;
}

std::string_view WithoutZeroX(std::string_view hex) {
  return hex.starts_with("0x") ? hex.substr(2) : hex;
}

void SetAddress(std::string_view text, CrashRecord& record) {
  if (record.fault().has_address()) return;
  // The kernel's printf writes NULL so; the value is what it means.
  record.mutable_fault()->set_address(text == "(null)" ? "0" : std::string(WithoutZeroX(text)));
}
void SetFunction(std::string_view text, CrashRecord& record) {
  if (!record.ip().function().empty()) return;
  std::string_view rest = text;
  std::optional<grammar::Symbol> symbol = grammar::TakeSymbol(rest, grammar::Offset::kOptional);
  if (symbol && !(symbol->function.empty() && symbol->address == "0")) {
    SetLocation(*symbol, symbol->address, *record.mutable_ip());
  }
}
void SetIpAddress(std::string_view text, CrashRecord& record) {
  if (!record.ip().has_address()) record.mutable_ip()->set_address(std::string(WithoutZeroX(text)));
}
void SetCpu(std::string_view text, CrashRecord& record) {
  std::optional<int32_t> cpu = ParseInt32(text);
  if (cpu && !record.has_cpu()) record.set_cpu(*cpu);
}
void SetCpuHex(std::string_view text, CrashRecord& record) {
  std::optional<uint64_t> cpu = ParseUint(text, 16);
  constexpr uint64_t kMost = 1 << 16;
  if (cpu && *cpu < kMost && !record.has_cpu()) record.set_cpu(static_cast<int32_t>(*cpu));
}
void SetPid(std::string_view text, CrashRecord& record) {
  std::optional<int32_t> pid = ParseInt32(text);
  if (pid && !record.task().has_pid()) record.mutable_task()->set_pid(*pid);
}
void SetComm(std::string_view text, CrashRecord& record) {
  if (record.task().comm().empty()) record.mutable_task()->set_comm(std::string(text));
}
void SetUid(std::string_view text, CrashRecord& record) {
  std::optional<uint32_t> uid = ParseUint32(text, 10);
  if (uid && !record.task().has_uid()) record.mutable_task()->set_uid(*uid);
}
void SetSeconds(std::string_view text, CrashRecord& record) {
  std::optional<uint64_t> seconds = ParseUint(text, 10);
  if (seconds && !record.has_duration_seconds())
    record.set_duration_seconds(static_cast<double>(*seconds));
}
void SetMilliseconds(std::string_view text, CrashRecord& record) {
  std::optional<uint64_t> value = ParseUint(text, 10);
  if (value && !record.has_duration_seconds())
    record.set_duration_seconds(static_cast<double>(*value) / 1e3);
}
void SetNanoseconds(std::string_view text, CrashRecord& record) {
  std::optional<uint64_t> value = ParseUint(text, 10);
  if (value && !record.has_duration_seconds())
    record.set_duration_seconds(static_cast<double>(*value) / 1e9);
}
void SetFile(std::string_view text, CrashRecord& record) {
  if (record.file().empty()) record.set_file(std::string(text));
}
void SetLine(std::string_view text, CrashRecord& record) {
  std::optional<uint32_t> line = ParseUint32(text, 10);
  if (line && !record.has_line()) record.set_line(*line);
}
void SetErrorCode(std::string_view text, CrashRecord& record) {
  if (!record.fault().has_error_code()) record.mutable_fault()->set_error_code(std::string(text));
}
void SetEsr(std::string_view text, CrashRecord& record) {
  if (!record.fault().has_esr()) record.mutable_fault()->set_esr(std::string(WithoutZeroX(text)));
}
void SetLock(std::string_view text, CrashRecord& record) {
  if (record.locks_held_size() == 0) record.add_locks_held()->set_address(std::string(text));
}
void SetOopsCount(std::string_view text, CrashRecord& record) {
  std::optional<uint32_t> count = ParseUint32(text, 10);
  if (count && !record.fault().has_oops_count()) record.mutable_fault()->set_oops_count(*count);
}
void SetOptions(std::string_view text, CrashRecord& record) {
  if (record.kernel().options_size() > 0) return;
  while (!text.empty()) {
    text = grammar::TrimLeft(text);
    size_t end = std::min(text.find(' '), text.size());
    if (end > 0) record.mutable_kernel()->add_options(std::string(text.substr(0, end)));
    text.remove_prefix(end);
  }
}
void SetTrap(std::string_view text, CrashRecord& record) {
  if (record.fault().trap().empty()) record.mutable_fault()->set_trap(std::string(text));
}
void SetAccess(std::string_view text, CrashRecord& record) {
  Access access = AccessFromWord(text);
  if (record.fault().access() == ACCESS_UNSPECIFIED && access != ACCESS_UNSPECIFIED) {
    record.mutable_fault()->set_access(access);
  }
}
void SetSize(std::string_view text, CrashRecord& record) {
  std::optional<uint32_t> size = ParseUint32(text, 10);
  if (size && !record.fault().has_size()) record.mutable_fault()->set_size(*size);
}
void SetBits(std::string_view text, CrashRecord& record) {
  std::optional<uint32_t> bits = ParseUint32(text, 10);
  if (bits && !record.fault().has_size()) record.mutable_fault()->set_size(*bits / 8);
}
void SetReason(std::string_view text, CrashRecord& record) {
  if (record.fault().reason().empty()) record.mutable_fault()->set_reason(std::string(text));
}
void SetMessage(std::string_view text, CrashRecord& record) {
  if (record.message().empty()) record.set_message(std::string(text));
}
void SetPreemptCount(std::string_view text, CrashRecord& record) {
  if (!record.has_preempt_count()) record.set_preempt_count(std::string(text));
}
void SetGfpMask(std::string_view text, CrashRecord& record) {
  record.mutable_oom()->set_gfp_mask(std::string(text));
}
void SetOrder(std::string_view text, CrashRecord& record) {
  if (std::optional<int32_t> order = ParseInt32(text)) record.mutable_oom()->set_order(*order);
}
void SetScoreAdj(std::string_view text, CrashRecord& record) {
  if (std::optional<int32_t> score = ParseInt32(text)) record.mutable_oom()->set_score_adj(*score);
}
void SetVictim(std::string_view text, CrashRecord& record) {
  record.mutable_oom()->set_victim(std::string(text));
}
void SetVictimPid(std::string_view text, CrashRecord& record) {
  if (std::optional<int32_t> pid = ParseInt32(text)) record.mutable_oom()->set_victim_pid(*pid);
}
void SetTotalVm(std::string_view text, CrashRecord& record) {
  if (std::optional<uint64_t> kb = ParseUint(text, 10)) record.mutable_oom()->set_total_vm_kb(*kb);
}
void SetAnonRss(std::string_view text, CrashRecord& record) {
  if (std::optional<uint64_t> kb = ParseUint(text, 10)) record.mutable_oom()->set_anon_rss_kb(*kb);
}
void SetFileRss(std::string_view text, CrashRecord& record) {
  if (std::optional<uint64_t> kb = ParseUint(text, 10)) record.mutable_oom()->set_file_rss_kb(*kb);
}
MachineCheck& LastCheck(CrashRecord& record) {
  if (record.machine_checks_size() == 0) record.add_machine_checks();
  return *record.mutable_machine_checks(record.machine_checks_size() - 1);
}
void SetBank(std::string_view text, CrashRecord& record) {
  std::optional<int32_t> bank = ParseInt32(text);
  constexpr int kMaxChecks = 256;
  if (!bank || record.machine_checks_size() >= kMaxChecks) return;
  bool begun = record.machine_checks_size() > 0 && !LastCheck(record).has_bank();
  bool same = record.machine_checks_size() > 0 && LastCheck(record).bank() == *bank && !begun;
  MachineCheck* check = begun || same ? &LastCheck(record) : record.add_machine_checks();
  check->set_bank(*bank);
}
void SetStatus(std::string_view text, CrashRecord& record) {
  LastCheck(record).set_status(std::string(text));
}
void SetMcgStatus(std::string_view text, CrashRecord& record) {
  // It stands before the bank's number, so that it begins a bank's entry.
  const bool next = record.machine_checks_size() > 0 && LastCheck(record).has_mcg_status() &&
                    LastCheck(record).has_status() && record.machine_checks_size() < 256;
  if (next) record.add_machine_checks();
  LastCheck(record).set_mcg_status(std::string(text));
}
void SetFlavour(std::string_view text, CrashRecord& record) {
  record.mutable_rcu()->set_flavour(std::string(text));
}
void SetJiffies(std::string_view text, CrashRecord& record) {
  std::optional<uint64_t> jiffies = ParseUint(text, 10);
  if (jiffies) record.mutable_rcu()->set_jiffies(*jiffies);
}

void SetSelfDetected(std::string_view, CrashRecord& record) {
  record.mutable_rcu()->set_self_detected(true);
}

void SetExpedited(std::string_view, CrashRecord& record) {
  record.mutable_rcu()->set_expedited(true);
}

void SetProblem(std::string_view text, CrashRecord& record) {
  record.mutable_lockdep()->set_problem(std::string(text));
}

void SetDevice(std::string_view text, CrashRecord& record) {
  if (record.device().empty()) record.set_device(std::string(text));
}

struct Row {
  std::string_view group;
  void (*set)(std::string_view text, CrashRecord& record);
};
constexpr Row kSetters[] = {
    {"addr", SetAddress},
    {"func", SetFunction},
    {"ipaddr", SetIpAddress},
    {"cpu", SetCpu},
    {"cpu_hex", SetCpuHex},
    {"pid", SetPid},
    {"comm", SetComm},
    {"uid", SetUid},
    {"secs", SetSeconds},
    {"msecs", SetMilliseconds},
    {"nsecs", SetNanoseconds},
    {"file", SetFile},
    {"line", SetLine},
    {"err", SetErrorCode},
    {"esr", SetEsr},
    {"lock", SetLock},
    {"n", SetOopsCount},
    {"options", SetOptions},
    {"trap", SetTrap},
    {"access", SetAccess},
    {"size", SetSize},
    {"bits", SetBits},
    {"reason", SetReason},
    {"text", SetMessage},
    {"gfp_mask", SetGfpMask},
    {"order", SetOrder},
    {"score_adj", SetScoreAdj},
    {"victim", SetVictim},
    {"victim_pid", SetVictimPid},
    {"total_vm_kb", SetTotalVm},
    {"anon_rss_kb", SetAnonRss},
    {"file_rss_kb", SetFileRss},
    {"bank", SetBank},
    {"status", SetStatus},
    {"mcg_status", SetMcgStatus},
    {"preempt", SetPreemptCount},
    {"flavour", SetFlavour},
    {"jiffies", SetJiffies},
    {"self", SetSelfDetected},
    {"expedited", SetExpedited},
    {"problem", SetProblem},
    {"device", SetDevice},
};

}  // namespace

void SetLocation(const grammar::Symbol& symbol, std::string_view address, CodeLocation& location) {
  if (!symbol.function.empty()) location.mutable_function()->assign(symbol.function);
  if (symbol.offset) location.set_offset(*symbol.offset);
  if (symbol.size.value_or(0) > 0) location.set_size(*symbol.size);
  if (!symbol.module.empty()) location.mutable_module()->assign(symbol.module);
  if (!symbol.build_id.empty()) location.mutable_build_id()->assign(symbol.build_id);
  if (!symbol.file.empty()) location.mutable_file()->assign(symbol.file);
  if (symbol.line) location.set_line(*symbol.line);
  if (!address.empty()) location.mutable_address()->assign(address);
}

void ApplyCaptures(const grammar::HeadlineMatch& match, CrashRecord& record) {
  for (const auto& [group, text] : match.captures) {
    for (const Row& row : kSetters) {
      if (row.group == group) row.set(grammar::Trim(text), record);
    }
  }
  // The banks of one machine check may be those of several CPUs.
  std::optional<int32_t> cpu = ParseInt32(match.Capture("cpu"));
  if (cpu && !match.Capture("bank").empty()) LastCheck(record).set_cpu(*cpu);
}

std::string FillTitle(const grammar::HeadlineMatch& match) {
  std::string_view form = match.row->title;
  std::string title;
  while (!form.empty()) {
    size_t open = form.find('{');
    size_t close = open == std::string_view::npos ? open : form.find('}', open);
    if (close == std::string_view::npos) break;
    std::string_view name = form.substr(open + 1, close - open - 1);
    std::string_view value = match.Capture(name);
    title.append(form.substr(0, open));
    if (name == "f" || name == "access") {
      title.append(form.substr(open, close - open + 1));
    } else {
      title.append(grammar::Trim(value));
    }
    form.remove_prefix(close + 1);
  }
  return title.append(form);
}

void SetFrame(const CodeLocation& place, Frame& frame) {
  frame.set_function(place.function());
  if (place.has_offset()) frame.set_offset(place.offset());
  if (place.has_size()) frame.set_size(place.size());
  frame.set_module(place.module());
  if (place.has_address()) frame.set_address(place.address());
}

}  // namespace oops::record
