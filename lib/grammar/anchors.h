// Where the literals of the tables stand in a text.
#ifndef OOPS_LIB_GRAMMAR_ANCHORS_H_
#define OOPS_LIB_GRAMMAR_ANCHORS_H_

#include <cstddef>
#include <string_view>
#include <vector>

#include "lib/grammar/anchor_literals.h"
#include "lib/text/scanner.h"

namespace oops::grammar {

// Finds them, from a table that the build made. A hit's number is an index into AnchorLiterals().
const text::Scanner& AnchorScanner();

bool HasAnchor(std::string_view text);

// Indexes into AllHeadlines() of the rows whose anchor stands in `text`, in table order.
std::vector<size_t> RowsWithAnchorIn(std::string_view text);

}  // namespace oops::grammar

#endif  // OOPS_LIB_GRAMMAR_ANCHORS_H_
