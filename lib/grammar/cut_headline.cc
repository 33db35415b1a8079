#include "lib/grammar/cut_headline.h"

#include <algorithm>

#include "lib/grammar/chars.h"

namespace oops::grammar {
namespace {

// What happened nobody knows any more.
constexpr Headline CutAt(std::string_view name, std::string_view opening, std::string_view title) {
  return {.name = name,
          .anchor = opening,
          .pattern = opening,
          .kind = KIND_OTHER,
          .severity = SEVERITY_INFO,
          .damage = DAMAGE_TRUNCATED,
          .title = title,
          .printed_by = "whatever begins so",
          .example = opening};
}
constexpr Headline kRows[] = {
    CutAt("cut-bug", "BUG:", "BUG: corrupted"),
    CutAt("cut-info", "INFO:", "INFO: corrupted"),
    CutAt("cut-warning", "WARNING:", "WARNING: corrupted"),
    CutAt("cut-oops", "Oops:", "Oops: corrupted"),
    CutAt("cut-panic", "Kernel panic -", "kernel panic: corrupted"),
};

bool BeginsHeadline(std::string_view text) {
  const auto rows = AllHeadlines();
  return std::any_of(rows.begin(), rows.end(),
                     [text](const Headline* row) { return row->example.starts_with(text); });
}

}  // namespace

Severity LeastSeverity(std::string_view text) {
  text = Trim(text);
  Severity least = SEVERITY_PANIC;
  for (const Headline* row : AllHeadlines()) {
    if (row->example.starts_with(text)) least = std::min(least, row->severity);
  }
  return least;
}

std::optional<HeadlineMatch> MatchCutHeadline(std::string_view text) {
  text = Trim(text);
  for (const Headline& row : kRows) {
    if (!text.starts_with(row.anchor) || !BeginsHeadline(text) || MatchHeadline(text)) continue;
    HeadlineMatch match;
    match.row = &row;
    match.end = text.size();
    match.at_start = true;
    return match;
  }
  return std::nullopt;
}

}  // namespace oops::grammar
