// What a line must hold for a pattern to match it.
#ifndef OOPS_LIB_GRAMMAR_REQUIRED_LITERAL_H_
#define OOPS_LIB_GRAMMAR_REQUIRED_LITERAL_H_

#include <string>
#include <string_view>

namespace oops::grammar {

// Runs of plain characters that every match of an RE2 pattern holds; empty where a simple look at
// the pattern finds none. It sees the parts outside of parentheses, and gives up on flags and on
// alternatives at the top.
struct RequiredLiterals {
  std::string first;    // what every match begins with
  std::string longest;  // may be the first
};

RequiredLiterals FindRequiredLiterals(std::string_view pattern);

}  // namespace oops::grammar

#endif  // OOPS_LIB_GRAMMAR_REQUIRED_LITERAL_H_
