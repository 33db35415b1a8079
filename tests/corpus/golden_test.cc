// Each case of the corpus yields just the records that its expectation says. After a change of
// which the diff has been read, tools/update_corpus writes the expectations anew.
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <cctype>
#include <cstdlib>
#include <fstream>

#include "lib/oops.h"
#include "tests/corpus/cases.h"
#include "tests/corpus/expectation.h"
#include "tests/corpus/line_diff.h"

namespace oops::corpus {

void PrintTo(const Case& which, std::ostream* out) { *out << which.name; }

namespace {

bool Regenerating() { return std::getenv("OOPS_REGENERATE") != nullptr; }

class Golden : public testing::TestWithParam<Case> {};

TEST_P(Golden, Records) {
  const Case& which = GetParam();
  const std::string actual = WriteExpectation(ParseLog(which.log, {.file = which.log_name}));
  const std::string path = ExpectationPath(which);
  if (Regenerating()) std::ofstream(path, std::ios::binary) << actual;
  const std::string diff = LineDiff(ReadFile(path), actual);
  EXPECT_TRUE(diff.empty()) << path << " (- expected, + found)\n" << diff;
}

// So that what is edited by hand is at least a record.
TEST_P(Golden, ExpectationIsProtobufText) {
  for (const std::string& text : SplitExpectation(ReadFile(ExpectationPath(GetParam())))) {
    CrashRecord record;
    EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &record)) << text;
  }
}

std::string TestName(const testing::TestParamInfo<Case>& info) {
  std::string name = info.param.name;
  for (char& c : name) {
    if (!std::isalnum(static_cast<unsigned char>(c))) c = '_';
  }
  return name;
}

INSTANTIATE_TEST_SUITE_P(Corpus, Golden, testing::ValuesIn(AllCases()), TestName);

TEST(Corpus, IsThere) { EXPECT_GE(AllCases().size(), 45u); }

}  // namespace
}  // namespace oops::corpus
