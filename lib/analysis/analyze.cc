#include "lib/analysis/analyze.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "lib/analysis/guilty.h"
#include "lib/analysis/signature.h"
#include "lib/analysis/title.h"

namespace oops::analysis {
namespace {

// A CPU that is stuck in an interrupt is sometimes named for the task below it: its other titles.
std::vector<std::string> TitlesOfInterruptedTask(const CrashRecord& record) {
  const bool stuck = record.kind() == KIND_RCU_STALL || record.kind() == KIND_SOFT_LOCKUP ||
                     record.kind() == KIND_HARD_LOCKUP;
  const auto is = [](StackType type) {
    return [type](const Stack& stack) { return stack.type() == type && stack.frames_size() > 0; };
  };
  const auto& stacks = record.stacks();
  const bool interrupted = std::any_of(stacks.begin(), stacks.end(), is(STACK_IRQ)) &&
                           std::any_of(stacks.begin(), stacks.end(), is(STACK_TASK));
  if (!stuck || !interrupted) return {};
  CrashRecord task;
  task.set_kind(record.kind());
  task.set_title_form(record.title_form());
  for (const Stack& stack : stacks) {
    if (stack.type() == STACK_TASK) *task.add_stacks() = stack;
  }
  Titles titles = MakeTitles(task, FindGuilty(task));
  titles.alternatives.push_back(std::move(titles.title));
  return std::move(titles.alternatives);
}

}  // namespace

void Analyze(CrashRecord& record) {
  const Guilty guilty = FindGuilty(record);
  Titles titles = MakeTitles(record, guilty);
  *record.mutable_signature() = MakeSignature(record, guilty, titles.title);
  for (std::string& title : TitlesOfInterruptedTask(record)) {
    const auto& known = titles.alternatives;
    const bool told = title == titles.title || std::find(known.begin(), known.end(), title) != known.end();
    if (!told) titles.alternatives.push_back(std::move(title));
  }
  record.set_title(std::move(titles.title));
  record.clear_alt_titles();
  for (std::string& title : titles.alternatives) record.add_alt_titles(std::move(title));
}

}  // namespace oops::analysis
