// The lines that open a crash report: the table's row, and the matcher over all rows.
#ifndef OOPS_LIB_GRAMMAR_HEADLINE_H_
#define OOPS_LIB_GRAMMAR_HEADLINE_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "proto/crash_record.pb.h"

namespace oops::grammar {

// What a headline does to the event that is being read when it comes.
enum class Join {
  kNew,      // begins an event of its own; only "cut here" may stand before it
  kDetail,   // says more of a headline just read, or begins an event where there is none: "Oops:
             // 0002 [#1]"
  kText,     // the words of a WARN() or the message before a BUG(): before or behind the carrier's
             // line
  kCarrier,  // WARNING, kernel BUG: takes the words before it, gives way to a more specific kind
  kPanic,    // ends what went wrong before; an event of its own where nothing did
  kCut,      // "cut here": something begins, nobody knows yet what
};

// One message of the kernel. Adding a message is adding a row and a corpus case.
struct Headline {
  // Unique, for people and for CrashRecord.grammar_row. Its first word is the family, see below.
  std::string_view name;
  std::string_view
      anchor;  // literal, 4 to 64 bytes, that stands in every such line: the scan looks for it
  // RE2. Named groups become fields of the record: see record/captures.cc for the names. Matches at
  // the start of the line, or behind other text where a line end was lost.
  std::string_view pattern;
  Kind kind = KIND_UNSPECIFIED;
  Severity severity = SEVERITY_UNSPECIFIED;
  Join join = Join::kNew;
  // What is wrong with a report of which no better headline is left than this one.
  DamageType damage = DAMAGE_UNSPECIFIED;
  // Title with {f} for the guilty function and {name} for a named group; empty = by kind.
  std::string_view title = {};
  // The kernel's function, the architecture, and since or until when; without a time: in all
  // kernels that have that function.
  std::string_view printed_by = {};
  std::string_view arch = {};  // where the line alone tells it
  std::string_view example = {};
};

// "x86" of "x86-gpf": the architecture, or the part of the kernel, whose message a row is. The rest
// of its reports is as that prints them.
constexpr std::string_view Family(std::string_view row) { return row.substr(0, row.find('-')); }

// All rows, the more specific before the more general.
std::span<const Headline* const> AllHeadlines();

// The families, one table a file.
std::span<const Headline> FaultHeadlines();
std::span<const Headline> ArmHeadlines();
std::span<const Headline> PowerAndS390Headlines();
std::span<const Headline> OtherArchHeadlines();
std::span<const Headline> UserFaultHeadlines();
std::span<const Headline> BugHeadlines();
std::span<const Headline> LockupHeadlines();
std::span<const Headline> SanitizerHeadlines();
std::span<const Headline> LockingHeadlines();
std::span<const Headline> MemoryHeadlines();
std::span<const Headline> SystemHeadlines();
std::span<const Headline> PanicHeadlines();

// A row that matched a line. Views into the line.
struct HeadlineMatch {
  const Headline* row = nullptr;
  size_t begin = 0;  // in the text given to Match()
  size_t end = 0;
  bool at_start = false;  // only blanks stood before it
  std::vector<std::pair<std::string_view, std::string_view>>
      captures;  // group name, text; empty ones left out

  std::string_view Capture(std::string_view group) const;
};

// Whether a symboliser printed the line, once for each inlined function, in front of the kernel's
// own: "BUG: KASAN: use-after-free in atomic_read include/linux/atomic.h:26 [inline]", with
// ", CPU#1: a.out/12" behind it in a WARNING since 6.17, and "at: [<     inline     >] spin_lock
// include/linux/spinlock.h:302" of 2016.
bool IsInlinedCopy(std::string_view text);

// The best row for a line: rows that match at its start before those that match behind other text,
// then the order of the table. Thread-safe.
std::optional<HeadlineMatch> MatchHeadline(std::string_view text);

// As above, restricted to one row; for tests and for text that is known to be of that kind.
std::optional<HeadlineMatch> MatchRow(const Headline& row, std::string_view text);

}  // namespace oops::grammar

#endif  // OOPS_LIB_GRAMMAR_HEADLINE_H_
