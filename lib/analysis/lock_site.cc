#include "lib/analysis/lock_site.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>
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

struct Place {
  std::string_view function;
  std::string_view module;
};

// print_lock(): "(&mm->mmap_sem){++++}, at: [<addr>] do_page_fault+0x1/0x2"; the address went away
// in 4.15. A module's name follows in brackets.
Place PlaceAt(std::string_view lock) {
  constexpr std::string_view kAt = "at: ";
  const size_t at = lock.rfind(kAt);
  if (at == lock.npos) return {};
  lock.remove_prefix(at + kAt.size());
  if (lock.substr(0, 2) == "[<") {
    const size_t end = lock.find(">] ");
    if (end == lock.npos) return {};
    lock.remove_prefix(end + 3);
  }
  Place place{lock.substr(0, lock.find_first_of("+ ")), {}};
  const size_t open = lock.find(" [");
  const size_t close = lock.find(']', std::min(open, lock.size()));
  if (close != lock.npos) place.module = lock.substr(open + 2, close - open - 2);
  return place;
}

// Where the locks were taken, the one that the report is about first.
std::vector<Place> Sites(const CrashRecord& record, Site site) {
  std::vector<Place> sites;
  const Lockdep& lockdep = record.lockdep();
  if (site == Site::kAcquired) {
    for (const std::string& lock : lockdep.acquiring()) sites.push_back(PlaceAt(lock));
  } else {
    for (const Lock& lock : record.locks_held()) {
      sites.push_back({lock.at().function(), lock.at().module()});
    }
  }
  for (const std::string& lock : lockdep.holding()) sites.push_back(PlaceAt(lock));
  return sites;
}

LockPlace FirstBlamable(const CrashRecord& record, Site site) {
  for (const Place& place : Sites(record, site)) {
    std::string function = SourceName(place.function);
    const PlumbingGroup* plumbing = FindPlumbing(function, record.kind());
    if (!function.empty() && (plumbing == nullptr || plumbing->worth == Worth::kLockSite))
      return {std::move(function), std::string(place.module)};
  }
  return {};
}

}  // namespace

LockPlace LockSite(const CrashRecord& record) {
  if (record.kind() != KIND_LOCKDEP) return {};
  for (const Problem& problem : kProblems) {
    if (record.headline().find(problem.words) != std::string::npos ||
        record.lockdep().problem().find(problem.words) != std::string::npos) {
      return FirstBlamable(record, problem.site);
    }
  }
  return {};
}

LockPlace AnyLockSite(const CrashRecord& record) {
  return record.kind() == KIND_LOCKDEP ? FirstBlamable(record, Site::kAcquired) : LockPlace();
}

}  // namespace oops::analysis
