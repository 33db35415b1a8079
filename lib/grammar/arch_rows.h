// What the tables of several architectures share: titles, parts of patterns, forms of rows.
#ifndef OOPS_LIB_GRAMMAR_ARCH_ROWS_H_
#define OOPS_LIB_GRAMMAR_ARCH_ROWS_H_

#include <string_view>

namespace oops::grammar {

inline constexpr std::string_view kNullTitle =
    "BUG: unable to handle kernel NULL pointer dereference in {f}";
inline constexpr std::string_view kPagingTitle =
    "BUG: unable to handle kernel paging request in {f}";
inline constexpr std::string_view kBugTitle = "kernel BUG in {f}";
inline constexpr std::string_view kTrapTitle = "{trap} in {f}";

}  // namespace oops::grammar

// Macros, since the parts of a pattern are joined by the compiler.
#define OOPS_ADDRESS R"((?:0x)?(?P<addr>[0-9a-f]{7,16}|\(null\)))"
// The number of the oops, and the words behind it, which only some architectures print.
#define OOPS_COUNT R"(\[#(?P<n>\d+)\])"
// "[#1]SMP ", s390 since 6.15.
#define OOPS_OPTIONS "(?P<options>(?:SMP|PREEMPT)?(?: [A-Z_0-9]{2,}(?:=\\S+)?)*)"

// Rows for a message that begins a report, and for what die() prints behind one.
#define OOPS_FAULT(id, literal, regex, which, words, by, sample)                               \
  {                                                                                            \
    .name = id, .anchor = literal, .pattern = regex, .kind = which, .severity = SEVERITY_OOPS, \
    .title = words, .printed_by = by, .example = sample                                        \
  }
#define OOPS_DETAIL(id, literal, regex, which, words, by, sample)                              \
  {                                                                                            \
    .name = id, .anchor = literal, .pattern = regex, .kind = which, .severity = SEVERITY_OOPS, \
    .join = Join::kDetail, .title = words, .printed_by = by, .example = sample                 \
  }

// What die() prints of a page fault: the line before it names the address.
#define OOPS_DIE(id, literal, regex, which, by, sample)                                           \
  {                                                                                               \
    .name = id, .anchor = literal, .pattern = regex, .kind = which, .severity = SEVERITY_OOPS,    \
    .join = Join::kDetail, .damage = DAMAGE_NO_HEADLINE, .title = kPagingTitle, .printed_by = by, \
    .example = sample                                                                             \
  }

#endif  // OOPS_LIB_GRAMMAR_ARCH_ROWS_H_
