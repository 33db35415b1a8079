// How the records of a case are written down.
#ifndef OOPS_TESTS_CORPUS_EXPECTATION_H_
#define OOPS_TESTS_CORPUS_EXPECTATION_H_

#include <string>
#include <string_view>
#include <vector>

#include "proto/crash_record.pb.h"

namespace oops::corpus {

// The text of expected.textproto: a comment line before each record, or one that says there is
// none. Of a known bug only the identity, confidence and status stand there: the words are the
// database's.
std::string WriteExpectation(const std::vector<CrashRecord>& records);

// The texts of the single records in it.
std::vector<std::string> SplitExpectation(std::string_view text);

}  // namespace oops::corpus

#endif  // OOPS_TESTS_CORPUS_EXPECTATION_H_
