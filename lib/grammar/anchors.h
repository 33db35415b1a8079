// The literals that the scan looks for: every headline's anchor and every body line that may open an event.
// Derived from the tables, so that a message can't be known to the grammar and not to the scan.
#ifndef OOPS_LIB_GRAMMAR_ANCHORS_H_
#define OOPS_LIB_GRAMMAR_ANCHORS_H_

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "lib/text/scanner.h"

namespace oops::grammar {

// All literals, without doubles, in an order that depends on the tables alone.
std::span<const std::string_view> AnchorLiterals();

// Finds them.
const text::Scanner& AnchorScanner();

// Indexes into AllHeadlines() of the rows whose anchor stands in `text`, in table order.
std::vector<size_t> RowsWithAnchorIn(std::string_view text);

}  // namespace oops::grammar

#endif  // OOPS_LIB_GRAMMAR_ANCHORS_H_
