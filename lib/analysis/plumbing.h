// Functions that are never the guilty one: they report, wait, lock, copy, allocate or dispatch for
// somebody else.
#ifndef OOPS_LIB_ANALYSIS_PLUMBING_H_
#define OOPS_LIB_ANALYSIS_PLUMBING_H_

#include <span>
#include <string_view>

#include "lib/analysis/kind_set.h"
#include "proto/crash_record.pb.h"

namespace oops::analysis {

// A CPU makes no progress: the place where it was found is chance.
inline constexpr KindSet kLockup = {KIND_SOFT_LOCKUP, KIND_HARD_LOCKUP, KIND_RCU_STALL,
                                    KIND_SPINLOCK_LOCKUP, KIND_WORKQUEUE_LOCKUP};

// Memory is missing, or its owner is.
inline constexpr KindSet kMemory = {KIND_MEMORY_LEAK, KIND_BAD_PAGE, KIND_PAGE_ALLOC_FAILURE,
                                    KIND_OOM_KILL};

// What a function that is not to blame may still be named for.
enum class Worth {
  kNothing,
  kEntry,     // a way into the kernel: where nothing else is left, better than no name at all
  kLockSite,  // lockdep knows a lock that is taken here by this name
};

struct PlumbingGroup {
  std::string_view name;
  std::string_view reason;  // why none of them is to blame
  KindSet kinds;            // the kinds of records for which that holds
  Worth worth;
  std::string_view functions;  // patterns, see name_patterns.h, parted by blanks
};

std::span<const PlumbingGroup> HelperGroups();  // plumbing_helpers.cc
std::span<const PlumbingGroup> EntryGroups();   // plumbing_entries.cc

// All groups, in the order in which they are asked.
std::span<const PlumbingGroup> PlumbingGroups();

// The first group that keeps `function` (a source name) from being the guilty one of a record of
// this kind; null if it may be. Thread safe.
const PlumbingGroup* FindPlumbing(std::string_view function, Kind kind);

// Whether a record of this kind that `function` (a source name) itself reports goes by its name,
// though it is plumbing wherever another failed. Thread safe.
bool IsNamedAnyway(std::string_view function, Kind kind);

// Whether what stands below such functions still is the report.
bool IsOfReport(const PlumbingGroup& group);

}  // namespace oops::analysis

#endif  // OOPS_LIB_ANALYSIS_PLUMBING_H_
