// The literals of all tables, in an order that depends on the tables alone. Free of the scanner,
// since the build makes the scanner's table from them.
#ifndef OOPS_LIB_GRAMMAR_ANCHOR_LITERALS_H_
#define OOPS_LIB_GRAMMAR_ANCHOR_LITERALS_H_

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace oops::grammar {

// All literals, without doubles.
std::span<const std::string_view> AnchorLiterals();

// Indexes into AllHeadlines() of the rows whose anchor is this literal.
std::span<const size_t> RowsOfLiteral(size_t literal);

}  // namespace oops::grammar

#endif  // OOPS_LIB_GRAMMAR_ANCHOR_LITERALS_H_
