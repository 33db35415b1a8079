// What changed between two texts, for a person to read.
#ifndef OOPS_TESTS_CORPUS_LINE_DIFF_H_
#define OOPS_TESTS_CORPUS_LINE_DIFF_H_

#include <string>
#include <string_view>

namespace oops::corpus {

// A unified diff: "-" before lines of `expected` alone, "+" before those of `actual` alone, three
// lines around each change. Empty if the texts are the same. Quadratic in what is left when the
// common beginning and end are taken off.
std::string LineDiff(std::string_view expected, std::string_view actual);

}  // namespace oops::corpus

#endif  // OOPS_TESTS_CORPUS_LINE_DIFF_H_
