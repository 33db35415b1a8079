// Each testdata/NAME.textproto, rendered, is NAME.txt and NAME.md. To write them anew after a
// change, and read the diff: OOPS_REGENERATE=1 bazel-bin/tests/render/golden_test, run in the root
// of the workspace.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "lib/render/display.h"
#include "lib/render/markdown.h"
#include "lib/render/text.h"
#include "lib/text/utf8.h"
#include "tests/render/testdata.h"

namespace oops::render {
namespace {

bool Regenerating() { return std::getenv("OOPS_REGENERATE") != nullptr; }

void ExpectGolden(const std::string& rendered, const std::string& path) {
  if (Regenerating()) std::ofstream(path, std::ios::binary) << rendered;
  EXPECT_EQ(rendered, ReadTestFile(path)) << path;
}

class Golden : public testing::TestWithParam<std::string> {
 protected:
  CrashRecord Record() const { return ReadRecord(GetParam() + ".textproto"); }
};

TEST_P(Golden, Text) { ExpectGolden(ToText(Record()), GetParam() + ".txt"); }

TEST_P(Golden, TextWithAllStacks) {
  const TextOptions all = {.color = false, .all_stacks = true};
  ExpectGolden(ToText(Record(), all), GetParam() + ".all.txt");
}

TEST_P(Golden, Markdown) { ExpectGolden(ToMarkdown(Record()), GetParam() + ".md"); }

TEST_P(Golden, FitsThePage) {
  for (const bool all : {false, true}) {
    for (const std::string& line :
         SplitLines(ToText(Record(), {.color = false, .all_stacks = all}))) {
      EXPECT_LE(DisplayWidth(line), 100) << line;
    }
  }
}

TEST_P(Golden, ColourChangesNothingElse) {
  const std::string colored = ToText(Record(), {.color = true, .all_stacks = false});
  EXPECT_NE(colored, ToText(Record()));
  EXPECT_EQ(WithoutEscapes(colored), ToText(Record()));
}

TEST_P(Golden, SendsNoControlCharacters) {
  for (const std::string& form : {ToText(Record()), ToMarkdown(Record())}) {
    for (const char c : form) EXPECT_TRUE(c == '\n' || static_cast<unsigned char>(c) >= 0x20);
    EXPECT_TRUE(text::IsValidUtf8(form));
  }
}

INSTANTIATE_TEST_SUITE_P(Records, Golden, testing::ValuesIn(RecordNames()),
                         [](const auto& info) { return BaseName(info.param); });

}  // namespace
}  // namespace oops::render
