// The corpus: one folder per case, named for what it shows.
//
//   log.txt, log.gz ...   the log as it was printed
//   expected.textproto    the records that it must yield (see expectation.h)
//   about.txt             a line or two: what it shows, where it comes from
#ifndef OOPS_TESTS_CORPUS_CASES_H_
#define OOPS_TESTS_CORPUS_CASES_H_

#include <string>
#include <vector>

namespace oops::corpus {

struct Case {
  std::string name;
  std::string log_name;  // of the file in the folder
  std::string log;       // unpacked
};

// All cases, by name. Paths are relative to the root of the workspace, where Bazel runs tests.
std::vector<Case> AllCases();

// Where a case's expectation is kept.
std::string ExpectationPath(const Case& of);

// A whole file; empty if there is none.
std::string ReadFile(const std::string& path);

}  // namespace oops::corpus

#endif  // OOPS_TESTS_CORPUS_CASES_H_
