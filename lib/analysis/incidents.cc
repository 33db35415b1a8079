// Each rule looks at one earlier record and the new one. Rules are tried in order of how sure they
// are, each against all remembered records, the newest first. A rule never looks past a reboot.
#include "lib/analysis/incidents.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "lib/analysis/kind_set.h"
#include "lib/analysis/stable_hash.h"
#include "lib/text/wall_clock.h"

namespace oops::analysis {
namespace {

constexpr size_t kMaxPast = 48;
constexpr int64_t kSecond = 1'000'000;  // microseconds

// How far apart two records of one incident may be. Lines count where one of them has no time since
// boot; a clock on the wall only tells what is too far: of what was logged late it gives one time.
struct Reach {
  int64_t us;
  uint64_t lines;
};
constexpr Reach kClose = {60 * kSecond, 2000};
// Without a time, only what stands between each other's lines.
constexpr Reach kNow = {kSecond, 0};
// khungtaskd looks every 120 s, RCU repeats a stall after three times its timeout.
constexpr Reach kStillStuck = {600 * kSecond, 20000};

constexpr KindSet kStuck = {KIND_SOFT_LOCKUP,         KIND_HARD_LOCKUP,      KIND_HUNG_TASK,
                            KIND_RCU_STALL,           KIND_WORKQUEUE_LOCKUP, KIND_SPINLOCK_LOCKUP,
                            KIND_UNREGISTER_NETDEVICE};
constexpr KindSet kStuckCpu = {KIND_SOFT_LOCKUP, KIND_HARD_LOCKUP, KIND_RCU_STALL,
                               KIND_SPINLOCK_LOCKUP, KIND_WORKQUEUE_LOCKUP};
constexpr KindSet kOutOfMemory = {KIND_OOM_KILL, KIND_PAGE_ALLOC_FAILURE};
// Found by a checker before, or instead of, the damage that it does.
constexpr KindSet kCorruption = {
    KIND_KASAN,           KIND_KFENCE,          KIND_UBSAN,
    KIND_SLAB_CORRUPTION, KIND_LIST_CORRUPTION, KIND_REFCOUNT,
    KIND_STACK_OVERFLOW,  KIND_BAD_PAGE,        KIND_SCHEDULING_WHILE_ATOMIC};
// See ObjectOf().
constexpr KindSet kWithObject = {KIND_FS_ERROR, KIND_SLAB_CORRUPTION};
constexpr KindSet kNoCrash = {KIND_USER_FAULT};
constexpr int32_t kInit = 1;

bool SameCpu(const PastRecord& past, const PastRecord& now) {
  return past.cpu && now.cpu && *past.cpu == *now.cpu;
}
bool SameTask(const PastRecord& past, const PastRecord& now) {
  return past.pid && now.pid && *past.pid == *now.pid && past.comm == now.comm;
}
bool Idle(const PastRecord& record) { return record.pid && *record.pid == 0; }
bool IsCrash(const PastRecord& record) {
  return record.severity == SEVERITY_OOPS || record.severity == SEVERITY_PANIC;
}

// What spin_bug() says of a lock holds nobody up yet.
bool IsStuck(const PastRecord& record) {
  const bool spin_bug = record.kind == KIND_SPINLOCK_LOCKUP && record.severity == SEVERITY_WARNING;
  return kStuck.Has(record.kind) && !spin_bug;
}
bool IsStuckCpu(const PastRecord& record) { return kStuckCpu.Has(record.kind) && IsStuck(record); }

std::optional<int64_t> MicrosecondsBetween(const PastRecord& past, const PastRecord& now) {
  if (!past.last_us || !now.first_us) return std::nullopt;
  return std::max<int64_t>(0, *now.first_us - *past.last_us);
}

bool Within(const Reach& reach, const PastRecord& past, const PastRecord& now) {
  if (const std::optional<int64_t> apart = MicrosecondsBetween(past, now))
    return *apart <= reach.us;
  // Of two lengths they are of two forms.
  if (past.wall_time.size() == now.wall_time.size()) {
    const std::optional<int64_t> apart = text::MicrosBetween(past.wall_time, now.wall_time);
    if (apart && *apart > reach.us) return false;
  }
  return now.first_line < past.last_line || now.first_line - past.last_line <= reach.lines;
}

// A crash session knows its machine's name, which most logs don't print.
bool SameHost(const PastRecord& past, const PastRecord& now) {
  if (past.host == now.host) return true;
  return past.crash_session != now.crash_session && (past.host.empty() || now.host.empty());
}

// One crash as the kernel told it and as a session with the crash utility shows it. The session
// prints no time.
bool CrashSessionOf(const PastRecord& past, const PastRecord& now) {
  if (past.crash_session == now.crash_session) return false;
  if (!past.release.empty() && !now.release.empty() && past.release != now.release) return false;
  if (SameTask(past, now) && (!past.cpu || !now.cpu || SameCpu(past, now))) return true;
  if (!past.panic.empty() && past.panic == now.panic) return true;
  return !past.guilty_function.empty() && past.guilty_function == now.guilty_function &&
         (SameCpu(past, now) || !past.pid);
}

bool PrintedAgain(const PastRecord& past, const PastRecord& now) {
  return IsStuck(now) && past.kind == now.kind && past.first_us && past.first_us == now.first_us &&
         past.cpu == now.cpu && past.pid && past.pid == now.pid;
}

bool StillStuck(const PastRecord& past, const PastRecord& now) {
  if (!IsStuck(now) || past.kind != now.kind) return false;
  if (now.kind == KIND_HUNG_TASK) return SameTask(past, now);
  if (IsStuckCpu(now) && SameCpu(past, now)) {
    return SameTask(past, now) || past.bucket == now.bucket || !past.pid || !now.pid;
  }
  return past.bucket == now.bucket && !(past.cpu && now.cpu);
}

bool OtherSightOfStuckCpu(const PastRecord& past, const PastRecord& now) {
  return past.kind != now.kind && IsStuckCpu(past) && IsStuckCpu(now) && SameCpu(past, now);
}

bool NextOops(const PastRecord& past, const PastRecord& now) {
  return past.oops_count && now.oops_count && *now.oops_count > *past.oops_count;
}

bool PanicAfter(const PastRecord& past, const PastRecord& now) {
  return now.kind == KIND_PANIC && past.severity > SEVERITY_WARNING;
}

bool SameTaskAfterCrash(const PastRecord& past, const PastRecord& now) {
  return (IsCrash(past) || kCorruption.Has(past.kind)) && now.severity > SEVERITY_INFO &&
         SameTask(past, now) && !Idle(now);
}

bool StuckAfterCrash(const PastRecord& past, const PastRecord& now) {
  return IsCrash(past) && IsStuck(now);
}

bool HungWithStuckCpu(const PastRecord& past, const PastRecord& now) {
  return IsStuckCpu(past) && IsStuck(now) && past.kind != now.kind;
}

bool HungTogether(const PastRecord& past, const PastRecord& now) {
  return past.kind == KIND_HUNG_TASK && now.kind == KIND_HUNG_TASK;
}

bool StuckTogether(const PastRecord& past, const PastRecord& now) {
  return IsStuckCpu(past) && past.kind == now.kind;
}

// Tasks that hang without a word about where have no more than that in common.
bool SameBug(const PastRecord& past, const PastRecord& now) {
  if (IsStuck(now) && now.guilty_function.empty()) return false;
  if (past.object != now.object) return false;
  return !now.bucket.empty() && past.bucket == now.bucket && past.kind == now.kind &&
         past.title_form == now.title_form;  // "spinlock bad magic", "rwlock bad magic"
}

// What a file system does after its first error, what a slab cache shows of the same corruption.
bool SameObject(const PastRecord& past, const PastRecord& now) {
  return !now.object.empty() && past.kind == now.kind && past.object == now.object;
}

bool InitDied(const PastRecord& past, const PastRecord& now) {
  return past.kind == KIND_USER_FAULT && now.kind == KIND_PANIC && SameTask(past, now) &&
         now.pid == kInit;
}

bool MemoryStillShort(const PastRecord& past, const PastRecord& now) {
  return kOutOfMemory.Has(past.kind) && kOutOfMemory.Has(now.kind);
}

// Two that each warn of something else may do so at the same moment by chance.
bool AtOnce(const PastRecord& past, const PastRecord& now) {
  const bool strangers =
      past.cpu && now.cpu && !SameCpu(past, now) && past.pid && now.pid && !SameTask(past, now);
  if (strangers && past.kind == KIND_WARNING && now.kind == KIND_WARNING) return false;
  return past.severity > SEVERITY_INFO && now.severity > SEVERITY_INFO;
}

bool BacktraceAfter(const PastRecord& past, const PastRecord& now) {
  return now.kind == KIND_BACKTRACE && past.kind != KIND_BACKTRACE && past.severity > SEVERITY_INFO;
}

struct Rule {
  KindSet kinds;  // of the later record; of all others it can't hold, and isn't asked
  bool (*holds)(const PastRecord& past, const PastRecord& now);
  Reach reach;
  Role role;
  std::string_view reason;
};

constexpr KindSet kAny = KindSet::All();

constexpr std::array kRules = {
    Rule{kAny,
         CrashSessionOf,
         {INT64_MAX, UINT64_MAX},
         ROLE_REPEAT,
         "the same crash, once from its log and once from the crash utility"},
    Rule{kStuck,
         PrintedAgain,
         {INT64_MAX, UINT64_MAX},
         ROLE_REPEAT,
         "the same report, printed twice"},
    Rule{kStuck, StillStuck, kStillStuck, ROLE_REPEAT, "still stuck"},
    Rule{kStuckCpu, OtherSightOfStuckCpu, kStillStuck, ROLE_CONSEQUENCE,
         "the same stuck CPU, noticed by another watchdog"},
    Rule{kAny,
         NextOops,
         {INT64_MAX, UINT64_MAX},
         ROLE_CONSEQUENCE,
         "a further oops of the same boot"},
    Rule{{KIND_PANIC}, PanicAfter, kClose, ROLE_CONSEQUENCE, "the panic follows"},
    Rule{kAny, SameBug, kClose, ROLE_REPEAT, "the same bug again"},
    Rule{{KIND_PANIC}, InitDied, kClose, ROLE_CONSEQUENCE, "the machine stops without init"},
    Rule{kWithObject, SameObject, kClose, ROLE_CONSEQUENCE,
         "the same file system or slab cache, after its first report"},
    Rule{kAny, SameTaskAfterCrash, kClose, ROLE_CONSEQUENCE,
         "the same task, after its first report"},
    Rule{kStuck, StuckAfterCrash, kStillStuck, ROLE_CONSEQUENCE,
         "waits, after a crash that may have left locks taken"},
    Rule{kStuck, HungWithStuckCpu, kStillStuck, ROLE_CONSEQUENCE, "waits while a CPU is stuck"},
    Rule{{KIND_HUNG_TASK},
         HungTogether,
         kClose,
         ROLE_CONSEQUENCE,
         "hangs together with other tasks"},
    Rule{kStuckCpu, StuckTogether, kClose, ROLE_CONSEQUENCE, "stuck at the same time"},
    Rule{kAny, AtOnce, kNow, ROLE_CONSEQUENCE, "at the same moment"},
    Rule{kOutOfMemory, MemoryStillShort, kClose, ROLE_REPEAT, "memory is still short"},
    Rule{{KIND_BACKTRACE},
         BacktraceAfter,
         kClose,
         ROLE_CONSEQUENCE,
         "a backtrace printed after the report"},
};

// The time since boot went back, or the boot's id changed: a new boot of that host.
bool Rebooted(const PastRecord& past, const PastRecord& now) {
  if (!past.boot_id.empty() && !now.boot_id.empty()) return past.boot_id != now.boot_id;
  return past.first_us && now.first_us && *now.first_us + kSecond < *past.first_us;
}

std::string Words(const Rule& rule, const PastRecord& past, const PastRecord& now) {
  std::string words(rule.reason);
  if (past.first_line != 0) words += ", see line " + std::to_string(past.first_line);
  if (past.first_us && now.first_us && *now.first_us > *past.first_us + kSecond) {
    words += ", " + std::to_string((*now.first_us - *past.first_us) / kSecond) + " s earlier";
  }
  return words;
}

std::string IncidentId(const PastRecord& root) {
  StableHash hash;
  hash.Add(root.host);
  hash.Add(root.boot_id);
  hash.Add(root.first_us ? std::to_string(*root.first_us)
                         : "line " + std::to_string(root.first_line));
  hash.Add(root.bucket);
  return hash.Hex().substr(0, 12);
}

// What is broken: a file system's disk, "foo" of "BUG foo: ...".
std::string ObjectOf(const CrashRecord& record) {
  constexpr std::string_view kBug = "BUG ";
  if (record.kind() == KIND_FS_ERROR) return record.device();
  if (record.kind() != KIND_SLAB_CORRUPTION) return {};
  const std::string& title = record.title_form();
  if (title.compare(0, kBug.size(), kBug) != 0) return {};
  return title.substr(kBug.size(), title.find(':') - kBug.size());
}

}  // namespace

PastRecord::PastRecord(const CrashRecord& record)
    : kind(record.kind()),
      severity(record.severity()),
      comm(record.task().comm()),
      host(record.source().host()),
      boot_id(record.source().boot_id()),
      release(record.kernel().release()),
      bucket(record.signature().bucket()),
      guilty_function(record.signature().guilty_function()),
      panic(record.panic()),
      title_form(record.title_form()),
      object(ObjectOf(record)),
      first_line(record.source().lines().first()),
      last_line(std::max(first_line, record.source().lines().last())),
      crash_session(record.from_crash_utility()) {
  const Source& source = record.source();
  wall_time = source.wall_time();
  if (record.has_cpu()) cpu = record.cpu();
  if (record.task().has_pid()) pid = record.task().pid();
  if (record.fault().has_oops_count()) oops_count = record.fault().oops_count();
  if (source.has_monotonic_us()) first_us = last_us = source.monotonic_us();
  if (first_us && source.has_last_monotonic_us())
    last_us = std::max(*first_us, source.last_monotonic_us());
}

void IncidentGrouper::Add(CrashRecord& record) {
  PastRecord now(record);
  past_.erase(std::remove_if(past_.begin(), past_.end(),
                             [&now](const PastRecord& past) {
                               return past.host == now.host && Rebooted(past, now);
                             }),
              past_.end());

  Incident& incident = *record.mutable_incident();
  incident.Clear();
  incident.set_role(ROLE_ROOT);
  if (!kNoCrash.Has(now.kind)) {
    std::array<const PastRecord*, kMaxPast> related;
    size_t count = 0;
    for (auto past = past_.rbegin(); past != past_.rend(); ++past) {
      if (SameHost(*past, now) && (!kNoCrash.Has(past->kind) || past->pid == kInit))
        related[count++] = &*past;
    }
    for (const Rule& rule : kRules) {
      if (!rule.kinds.Has(now.kind)) continue;
      const auto end = related.begin() + count;
      const auto found = std::find_if(related.begin(), end, [&](const PastRecord* past) {
        return rule.holds(*past, now) && Within(rule.reach, *past, now);
      });
      if (found == end) continue;
      const PastRecord& cause = **found;
      now.incident = cause.incident;
      incident.set_role(rule.role);
      incident.set_reason(Words(rule, cause, now));
      break;
    }
  }
  if (now.incident.empty()) now.incident = IncidentId(now);
  incident.set_id(now.incident);

  past_.push_back(std::move(now));
  if (past_.size() > kMaxPast) past_.pop_front();
}

}  // namespace oops::analysis
