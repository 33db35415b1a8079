// The end of a log that was cut in a headline.
#ifndef OOPS_LIB_GRAMMAR_CUT_HEADLINE_H_
#define OOPS_LIB_GRAMMAR_CUT_HEADLINE_H_

#include <optional>
#include <string_view>

#include "lib/grammar/headline.h"

namespace oops::grammar {

// "INFO:", "BUG: unable to ha": a line that is only the beginning of a headline, as far as the word
// with the colon, and so belongs to no row. For the last line of a log alone. Thread-safe.
std::optional<HeadlineMatch> MatchCutHeadline(std::string_view text);

// How bad it was at least: the least severity of the headlines that begin with `text`.
Severity LeastSeverity(std::string_view text);

}  // namespace oops::grammar

#endif  // OOPS_LIB_GRAMMAR_CUT_HEADLINE_H_
