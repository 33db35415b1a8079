#include "lib/analysis/plumbing.h"

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
  uint64_t lists = Patterns().Lists(function);
  for (size_t list = 0; lists != 0 && list < groups.size(); ++list, lists >>= 1) {
    if ((lists & 1) != 0 && groups[list].kinds.Has(kind)) return &groups[list];
  }
  return nullptr;
}

bool IsNameOfWarning(std::string_view function) {
  static const NamePatterns& patterns = *[] {
    auto* made = new NamePatterns;
    made->Add(0,
              "rcu_note_context_switch kvfree_call_rcu add_timer complete_all "
              "vmap_small_pages_range_noflush __vmap_pages_range_noflush "
              "__rt_mutex_slowlock_locked __ww_mutex_wound __perf_event_overflow "
              "sk_skb_reason_drop sysfs_emit_at");
    return made;
  }();
  return patterns.Lists(function) != 0;
}

}  // namespace oops::analysis
