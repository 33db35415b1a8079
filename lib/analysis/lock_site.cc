#include "lib/analysis/lock_site.h"

#include <array>
#include <string_view>
#include <vector>

#include "lib/analysis/function_name.h"
#include "lib/analysis/plumbing.h"

namespace oops::analysis {
namespace {

enum class Site { kAcquired, kHeld };

struct Problem {
  std::string_view words;  // of the report's headline
  Site site;               // whose "at:" names the bug
};

// kernel/locking/lockdep.c. What stands in none of the rows (unlock imbalance, inconsistent state,
// lock order between interrupt contexts, invalid wait context, unregistered keys) is known by a
// stack.
constexpr std::array<Problem, 9> kProblems = {{
    {"possible circular locking", Site::kAcquired},
    {"possible recursive locking", Site::kAcquired},
    {"possible irq lock inversion", Site::kAcquired},
    {"circular locking deadlock", Site::kAcquired},
    {"Nested lock was not taken", Site::kAcquired},
    {"held lock freed", Site::kAcquired},
    {"still has locks held", Site::kHeld},
    {"lock held when returning to user", Site::kHeld},
    {"lock held at task exit", Site::kHeld},
}};

// print_lock(): "(&mm->mmap_sem){++++}, at: [<addr>] do_page_fault+0x1/0x2"; the address went away
// in 4.15.
std::string_view FunctionAt(std::string_view lock) {
  constexpr std::string_view kAt = "at: ";
  const size_t at = lock.rfind(kAt);
  if (at == lock.npos) return {};
  lock.remove_prefix(at + kAt.size());
  if (lock.substr(0, 2) == "[<") {
    const size_t end = lock.find(">] ");
    if (end == lock.npos) return {};
    lock.remove_prefix(end + 3);
  }
  return lock.substr(0, lock.find_first_of("+ "));
}

// Where the locks were taken, the one that the report is about first.
std::vector<std::string_view> Sites(const CrashRecord& record, Site site) {
  std::vector<std::string_view> sites;
  const Lockdep& lockdep = record.lockdep();
  if (site == Site::kAcquired) {
    for (const std::string& lock : lockdep.acquiring()) sites.push_back(FunctionAt(lock));
  } else {
    for (const Lock& lock : record.locks_held()) sites.push_back(lock.at().function());
  }
  for (const std::string& lock : lockdep.holding()) sites.push_back(FunctionAt(lock));
  return sites;
}

std::string FirstBlamable(const CrashRecord& record, Site site) {
  for (std::string_view place : Sites(record, site)) {
    std::string function = SourceName(place);
    const PlumbingGroup* plumbing = FindPlumbing(function, record.kind());
    if (!function.empty() && (plumbing == nullptr || plumbing->worth == Worth::kLockSite))
      return function;
  }
  return {};
}

}  // namespace

std::string LockSite(const CrashRecord& record) {
  if (record.kind() != KIND_LOCKDEP) return {};
  for (const Problem& problem : kProblems) {
    if (record.headline().find(problem.words) != std::string::npos ||
        record.lockdep().problem().find(problem.words) != std::string::npos) {
      return FirstBlamable(record, problem.site);
    }
  }
  return {};
}

std::string AnyLockSite(const CrashRecord& record) {
  return record.kind() == KIND_LOCKDEP ? FirstBlamable(record, Site::kAcquired) : std::string();
}

}  // namespace oops::analysis
