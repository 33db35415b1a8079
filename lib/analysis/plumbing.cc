#include "lib/analysis/plumbing.h"

#include <bit>
#include <vector>

#include "lib/analysis/name_patterns.h"

namespace oops::analysis {
namespace {

const NamePatterns& Patterns() {
  static const NamePatterns& patterns = *[] {
    auto* made = new NamePatterns;
    unsigned list = 0;
    for (const PlumbingGroup& group : PlumbingGroups()) made->Add(list++, group.functions);
    return made;
  }();
  return patterns;
}

}  // namespace

std::span<const PlumbingGroup> PlumbingGroups() {
  static const std::vector<PlumbingGroup>& groups = *[] {
    auto* all = new std::vector<PlumbingGroup>;
    for (std::span<const PlumbingGroup> part : {HelperGroups(), EntryGroups()})
      all->insert(all->end(), part.begin(), part.end());
    return all;
  }();
  return groups;
}

const PlumbingGroup* FindPlumbing(std::string_view function, Kind kind) {
  const std::span<const PlumbingGroup> groups = PlumbingGroups();
  for (uint64_t lists = Patterns().Lists(function); lists != 0; lists &= lists - 1) {
    const PlumbingGroup& group = groups[static_cast<size_t>(std::countr_zero(lists))];
    if (group.kinds.Has(kind)) return &group;
  }
  return nullptr;
}

bool IsNamedAnyway(std::string_view function, Kind kind) {
  struct Row {
    KindSet kinds;
    std::string_view functions;
  };
  // Neither stuck nor a question of who owns memory: somebody was caught at what he did.
  static constexpr KindSet kCaught =
      ~(kLockup | kMemory |
        KindSet{KIND_HUNG_TASK, KIND_SCHEDULING_WHILE_ATOMIC, KIND_STACK_OVERFLOW, KIND_BACKTRACE,
                KIND_UNREGISTER_NETDEVICE, KIND_SLAB_CORRUPTION});
  static constexpr Row kRows[] = {
      // They check how they were called, or their caller hands them the object itself.
      {kCaught,
       "kvfree_call_rcu add_timer complete_all vmap_small_pages_range_noflush "
       "__vmap_pages_range_noflush __rt_mutex_slowlock_locked rt_mutex_adjust_prio_chain "
       "__ww_mutex_wound __perf_event_overflow sk_skb_reason_drop vfree pcpu_alloc "
       "pcpu_alloc_noprof mempool_alloc mempool_alloc_noprof vrealloc_noprof timer_delete* "
       "__timer_delete* timer_shutdown* rhashtable_walk_enter sysfs_emit* __lock_sock lockref_* "
       "copy_from_kernel_nofault"},
      {{KIND_WARNING}, "rcu_note_context_switch format_decode"},
      {{KIND_SLEEPING_IN_ATOMIC}, "__set_page_owner"},
      {{KIND_KASAN, KIND_KMSAN}, "_find_* strnchr __show_regs"},
      {{KIND_REFCOUNT}, "__reset_page_owner"},
  };
  static const NamePatterns& patterns = *[] {
    auto* made = new NamePatterns;
    unsigned list = 0;
    for (const Row& row : kRows) made->Add(list++, row.functions);
    return made;
  }();
  uint64_t lists = patterns.Lists(function);
  for (const Row& row : kRows) {
    if ((lists & 1) != 0 && row.kinds.Has(kind)) return true;
    lists >>= 1;
  }
  return false;
}

bool IsOfReport(const PlumbingGroup& group) {
  for (std::string_view name : {"report", "unwinder", "sanitizer", "debug objects",
                                "lock debugging", "lock", "atomic-context check"}) {
    if (group.name == name) return true;
  }
  return false;
}

}  // namespace oops::analysis
