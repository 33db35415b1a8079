// All families of headlines in one order: the more specific before those that would steal their
// lines.
#include <vector>

#include "lib/grammar/headline.h"

namespace oops::grammar {

std::span<const Headline* const> AllHeadlines() {
  static const auto* const rows = [] {
    auto* all = new std::vector<const Headline*>;
    for (std::span<const Headline> family :
         {LockupHeadlines(), SanitizerHeadlines(), MemoryHeadlines(), LockingHeadlines(),
          SystemHeadlines(), BugHeadlines(), FaultHeadlines(), OtherArchHeadlines(),
          PowerAndS390Headlines(), ArmHeadlines(), UserFaultHeadlines(), PanicHeadlines()}) {
      for (const Headline& row : family) all->push_back(&row);
    }
    return all;
  }();
  return *rows;
}

}  // namespace oops::grammar
