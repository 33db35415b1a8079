// What a line must hold for a pattern to match it.
#ifndef OOPS_LIB_GRAMMAR_REQUIRED_LITERAL_H_
#define OOPS_LIB_GRAMMAR_REQUIRED_LITERAL_H_

#include <string>
#include <string_view>
#include <vector>

namespace oops::grammar {

// Runs of plain characters that every match of an RE2 pattern holds; empty where a simple look at
// the pattern finds none. It passes over what is in parentheses with alternatives or may be left
// out, and gives up on flags and on alternatives at the top.
struct RequiredLiterals {
  std::string first;  // what every match begins with
  std::vector<std::string>
      runs;  // of three bytes or more, in their order; the first may be of them
};

RequiredLiterals FindRequiredLiterals(std::string_view pattern);

}  // namespace oops::grammar

#endif  // OOPS_LIB_GRAMMAR_REQUIRED_LITERAL_H_
