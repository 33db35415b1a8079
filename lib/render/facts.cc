#include "lib/render/facts.h"

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <utility>

#include "lib/render/words.h"

namespace oops::render {
namespace {

// The parts that are not empty, with `glue` between them.
std::string Join(std::initializer_list<std::string> parts, std::string_view glue = ", ") {
  std::string out;
  for (const std::string& part : parts) {
    if (part.empty()) continue;
    if (!out.empty()) out += glue;
    out += part;
  }
  return out;
}

// `text` with `before` and `after` around it, or nothing at all.
std::string Around(std::string_view before, std::string_view text, std::string_view after = "") {
  if (text.empty()) return {};
  return std::string(before).append(text).append(after);
}

template <typename Strings>
std::string JoinAll(const Strings& strings, std::string_view glue) {
  std::string out;
  for (const auto& s : strings) {
    if (!out.empty()) out += glue;
    out += s;
  }
  return out;
}

void Add(std::vector<Fact>& facts, std::string_view label, std::string text) {
  if (!text.empty()) facts.push_back({label, std::move(text)});
}

std::string TaskText(const Task& task) {
  const std::string pid = task.has_pid() ? "[" + std::to_string(task.pid()) + "]" : "";
  return Join({task.comm(), pid}, " ");
}

std::string Cpu(const CrashRecord& record) {
  return record.has_cpu() ? "CPU " + std::to_string(record.cpu()) : "";
}

std::string Who(const CrashRecord& record) {
  const Task& task = record.task();
  const std::string uid = task.has_uid() ? "uid " + std::to_string(task.uid()) : "";
  return Join({TaskText(task), Cpu(record), uid, Around("state ", task.state()),
               Around("workqueue ", record.workqueue())});
}

std::string TaintText(const Kernel& kernel) {
  if (!kernel.has_tainted()) return {};
  if (kernel.tainted().empty()) return "not tainted";
  std::string letters = kernel.tainted();
  letters.erase(std::remove(letters.begin(), letters.end(), ' '), letters.end());
  std::string names;
  for (const Taint& taint : kernel.taints()) {
    // G says that no proprietary module is loaded: no taint, though it stands among the letters.
    if (taint.letter() == "G") continue;
    names = Join({names, taint.name()});
  }
  std::replace(names.begin(), names.end(), '_', ' ');
  std::transform(names.begin(), names.end(), names.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return "tainted " + letters + Around(" (", names, ")");
}

std::string KernelText(const CrashRecord& record) {
  const Kernel& kernel = record.kernel();
  const std::string origin =
      kernel.release_from_stream() && !kernel.release().empty() ? "(boot banner)" : "";
  const std::string hint =
      kernel.release().empty() ? Around("", kernel.release_hint(), " (says the prose)") : "";
  return Join({Join({kernel.release(), origin, kernel.version()}, " "), hint, kernel.distro(),
               record.arch(), TaintText(kernel)});
}

std::string MachineText(const Machine& machine) {
  return Join(
      {machine.hardware_name(), machine.hypervisor().empty() ? "" : "on " + machine.hypervisor()});
}

std::string When(const Source& source) {
  std::string uptime, span;
  if (source.has_monotonic_us()) {
    const int64_t at = source.monotonic_us();
    uptime = Seconds(static_cast<double>(at) / 1e6);
    uptime += at >= 60'000'000 ? " (" + Uptime(at) + " up)" : " after boot";
    // What ends within the same second tells nobody anything.
    // As doubles: a record that no parser made may hold times too far apart for an integer.
    const double last = static_cast<double>(source.last_monotonic_us());
    const double later = (last - static_cast<double>(at)) / 1e6;
    if (source.has_last_monotonic_us() && later >= 1) {
      span = "last line " + Seconds(std::round(later * 10) / 10) + " later";
    }
  }
  return Join({source.wall_time(), uptime, span, Around("host ", source.host())});
}

std::string_view AccessVerb(Access access) {
  switch (access) {
    case ACCESS_READ:
      return "read";
    case ACCESS_WRITE:
      return "write";
    case ACCESS_EXEC:
      return "jump";
    case ACCESS_FREE:
      return "free";
    default:
      return {};
  }
}

// "write of 8 bytes to ffff888012345678".
std::string AccessText(const Fault& fault) {
  if (!fault.has_address() && fault.access() == ACCESS_UNSPECIFIED) return {};
  std::string text(AccessVerb(fault.access()));
  if (text.empty()) text = "access";
  if (fault.has_size()) text += " of " + CountOf(fault.size(), "byte", "bytes");
  if (!fault.has_address()) return text;
  const bool from = fault.access() == ACCESS_READ;
  const bool of = fault.access() == ACCESS_FREE && !fault.has_size();
  return text + (of ? " of " : from ? " from " : " to ") + fault.address();
}

std::string FaultText(const Fault& fault) {
  return Join({AccessText(fault), fault.reason(), fault.trap(),
               fault.has_error_code() ? "error " + fault.error_code() : "",
               fault.has_esr() ? "esr " + fault.esr() : "",
               fault.has_oops_count() ? "oops #" + std::to_string(fault.oops_count()) : "",
               fault.mode() == "user" ? "from user mode" : ""});
}

std::string RcuText(const RcuStall& rcu) {
  std::string cpus, tasks;
  for (const int cpu : rcu.cpus()) cpus = Join({cpus, std::to_string(cpu)}, " ");
  for (const int pid : rcu.tasks()) tasks = Join({tasks, std::to_string(pid)}, " ");
  const std::string detector =
      rcu.has_detected_by() ? "detected by CPU " + std::to_string(rcu.detected_by()) : "";
  const std::string starved =
      rcu.has_kthread_starved_jiffies()
          ? "its kthread starved for " + std::to_string(rcu.kthread_starved_jiffies()) + " jiffies"
          : "";
  return Join({rcu.flavour(), rcu.expedited() ? "expedited" : "", Around("stalled CPUs ", cpus),
               Around("blocking tasks ", tasks), rcu.self_detected() ? "self-detected" : detector,
               rcu.has_jiffies() ? std::to_string(rcu.jiffies()) + " jiffies" : "", starved});
}

std::string BlockerText(const Blocker& blocker) {
  Task holder;
  holder.set_comm(blocker.comm());
  if (blocker.has_pid()) holder.set_pid(blocker.pid());
  return Join({Around("on a ", blocker.lock()), Around("likely held by ", TaskText(holder))});
}

std::string OomText(const Oom& oom) {
  Task victim;
  victim.set_comm(oom.victim());
  if (oom.has_victim_pid()) victim.set_pid(oom.victim_pid());
  return Join({Around("killed ", TaskText(victim)),
               oom.has_total_vm_kb() ? "total-vm " + Size(oom.total_vm_kb()) : "",
               oom.has_anon_rss_kb() ? "anon-rss " + Size(oom.anon_rss_kb()) : "",
               oom.has_file_rss_kb() ? "file-rss " + Size(oom.file_rss_kb()) : "",
               oom.has_score_adj() ? "score_adj " + std::to_string(oom.score_adj()) : "",
               Around("for ", oom.invoker()),
               oom.has_order() ? "order " + std::to_string(oom.order()) : "", oom.gfp_mask(),
               oom.constraint(), Around("memcg ", oom.memcg())});
}

std::string MachineCheckText(const MachineCheck& mce) {
  return Join({mce.has_cpu() ? "CPU " + std::to_string(mce.cpu()) : "",
               mce.has_bank() ? "bank " + std::to_string(mce.bank()) : "",
               mce.corrected() ? "corrected" : "", mce.has_status() ? "status " + mce.status() : "",
               mce.has_address() ? "address " + mce.address() : "",
               mce.has_misc() ? "misc " + mce.misc() : "",
               mce.has_mcg_status() ? "MCG status " + mce.mcg_status() : ""});
}

std::string LockText(const Lock& lock) {
  return Join({lock.name(), Around("at ", PlaceText(lock.at())), Around("by ", lock.holder())});
}

// `text` without the words that the kind has said: "KASAN: use-after-free Read in f" ->
// "use-after-free Read in f".
std::string_view WithoutKind(std::string_view text, std::string_view shout) {
  for (const std::string_view lead :
       {shout, std::string_view("BUG"), std::string_view("INFO"), std::string_view("WARNING")}) {
    const std::string_view rest = text.substr(std::min(lead.size(), text.size()));
    if (text.substr(0, lead.size()) == lead && rest.substr(0, 2) == ": ") return rest.substr(2);
  }
  return text;
}

std::string Place(const CrashRecord& record) {
  const std::string_view function = GuiltyFunction(record);
  if (function.empty()) return {};
  const std::string& guilty = record.signature().guilty_module();
  const bool at_ip = guilty.empty() && BareFunction(record.ip().function()) == function;
  return std::string(function) + Around(" [", at_ip ? record.ip().module() : guilty, "]");
}

std::string FileLine(const CrashRecord& record) {
  if (record.file().empty()) return {};
  return record.file() + (record.has_line() ? ":" + std::to_string(record.line()) : "");
}

std::string ForSoLong(const CrashRecord& record) {
  return record.has_duration_seconds() ? " for " + Seconds(record.duration_seconds()) : "";
}

// Empty where the report doesn't say who.
std::string Stuck(const CrashRecord& record) {
  std::string who = Cpu(record);
  if (record.rcu().cpus_size() > 0) {
    who = record.rcu().cpus_size() > 1 ? "CPUs" : "CPU";
    for (const int cpu : record.rcu().cpus()) who += " " + std::to_string(cpu);
  }
  if (who.empty()) who = TaskText(record.task());
  if (who.empty()) return {};
  // The hard lockup detectors fire where not even the timer interrupt gets through.
  const bool no_interrupts = record.kind() == KIND_HARD_LOCKUP;
  return who + " stuck" + Around(" in ", Place(record)) + ForSoLong(record) +
         (no_interrupts ? ", interrupts off" : "");
}

}  // namespace

std::string_view GuiltyFunction(const CrashRecord& record) {
  const std::string& guilty = record.signature().guilty_function();
  return guilty.empty() ? BareFunction(record.ip().function()) : std::string_view(guilty);
}

std::string OpeningText(const CrashRecord& record) {
  const KindWords& words = WordsFor(record.kind());
  const std::string& name = record.title().empty() ? record.headline() : record.title();
  std::string text;
  switch (words.opening) {
    case Opening::kTitle:
      break;
    case Opening::kPlace:
      text = Join({Around("in ", Place(record)), Around("at ", FileLine(record))}, " ");
      if (!text.empty()) text += Around(": ", record.message());
      break;
    case Opening::kAccess:
      text = Join({AccessText(record.fault()), Around("in ", Place(record))}, " ");
      break;
    case Opening::kStuck:
      text = Stuck(record);
      break;
    case Opening::kBlocked:
      text = TaskText(record.task());
      if (!text.empty()) text += " blocked" + Around(" in ", Place(record)) + ForSoLong(record);
      break;
  }
  return text.empty() ? std::string(WithoutKind(name, words.shout)) : text;
}

std::vector<Fact> Circumstances(const CrashRecord& record) {
  std::vector<Fact> facts;
  Add(facts, "who", Who(record));
  Add(facts, "kernel", KernelText(record));
  Add(facts, "machine", MachineText(record.machine()));
  Add(facts, "when", When(record.source()));
  return facts;
}

std::vector<Fact> Particulars(const CrashRecord& record) {
  std::vector<Fact> facts;
  Add(facts, "fault", FaultText(record.fault()));
  Add(facts, "walk", JoinAll(record.fault().page_table(), " "));
  Add(facts, "waits", BlockerText(record.blocker()));
  Add(facts, "stall", RcuText(record.rcu()));
  Add(facts, "oom", OomText(record.oom()));
  for (const MachineCheck& mce : record.machine_checks()) Add(facts, "bank", MachineCheckText(mce));
  const Lockdep& lockdep = record.lockdep();
  Add(facts, "problem", lockdep.problem());
  for (const std::string& lock : lockdep.acquiring()) Add(facts, "wants", lock);
  for (const std::string& lock : lockdep.holding()) Add(facts, "holds", lock);
  for (const Lock& lock : record.locks_held()) Add(facts, "lock", LockText(lock));
  if (record.has_preempt_count()) Add(facts, "preempt", "count " + record.preempt_count());
  Add(facts, "panic", record.panic());
  return facts;
}

std::vector<Fact> Remarks(const CrashRecord& record) {
  std::vector<Fact> facts;
  std::string damage;
  for (const Damage& d : record.damage()) {
    const std::string where = d.has_lines() ? LineRange(d.lines()) : "";
    const std::string what = Join({std::string(BareName(d.type())), where}, " ");
    damage = Join({damage, Join({what, d.reason()})}, "; ");
  }
  Add(facts, "damage", std::move(damage));
  const Incident& incident = record.incident();
  if (!incident.id().empty()) {
    const std::string role = incident.role() == ROLE_ROOT          ? "its root"
                             : incident.role() == ROLE_CONSEQUENCE ? "a consequence"
                             : incident.role() == ROLE_REPEAT      ? "a repeat"
                                                                   : "";
    Add(facts, "incident", Join({Join({incident.id(), role}), incident.reason()}, ": "));
  }
  return facts;
}

std::vector<std::string> KnownBugLines(const KnownBugMatch& bug) {
  std::vector<std::string> lines;
  const std::string certain = bug.confidence() > 0 ? Fixed(bug.confidence(), 2) : "";
  lines.push_back(Join({Join({bug.id(), certain}), bug.title()}, ": "));
  if (bug.evidence_size() > 0) lines.push_back(JoinAll(bug.evidence(), ", "));
  for (const Fix& fix : bug.fixes()) {
    const std::string commit = Join({fix.tree(), fix.commit().substr(0, 12)}, " ");
    const std::string since = Join({fix.released_in(), JoinAll(fix.packages(), ", ")});
    // What has no commit is told, not named.
    const std::string subject =
        fix.commit().empty() ? Around(": ", fix.subject()) : Around(" \"", fix.subject(), "\"");
    lines.push_back("fix" + Around(" ", commit) + subject + Around(" (in ", since, ")"));
  }
  const bool has_fix = bug.fixes_size() > 0;
  const std::string verdict = bug.status() == STATUS_AFFECTED
                                  ? (has_fix ? "lacks the fix" : "is affected")
                              : bug.status() == STATUS_FIXED ? "has the fix"
                                                             : "UNKNOWN";
  lines.push_back("this kernel: " + Join({verdict, bug.status_reason()}));
  if (!bug.workaround().empty()) lines.push_back("workaround: " + bug.workaround());
  if (bug.references_size() > 0) lines.push_back("see " + JoinAll(bug.references(), " "));
  return lines;
}

std::string SourceText(const Source& source) {
  const std::string name = source.file() == "-" ? "stdin" : source.file();
  return Join({name, source.has_lines() ? LineRange(source.lines()) : ""}, ":");
}

}  // namespace oops::render
