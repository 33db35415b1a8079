// Every bug in the built-in database is found in records of other machines, and no other bug is;
// what only looks like one is not taken for it.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"
#include "lib/knownbugs/matcher.h"
#include "tests/knownbugs/match_case.pb.h"

namespace oops::knownbugs {
namespace {

using testing::MatchCase;

constexpr char kCases[] = "tests/knownbugs/testdata";

std::vector<std::string> CaseFiles() {
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(kCases)) {
    if (entry.path().extension() == ".textproto") files.push_back(entry.path().stem().string());
  }
  std::sort(files.begin(), files.end());
  return files;
}

MatchCase ReadCase(const std::string& name) {
  std::ifstream file(std::string(kCases) + "/" + name + ".textproto");
  std::stringstream text;
  text << file.rdbuf();
  MatchCase read;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text.str(), &read)) << name;
  return read;
}

std::string Describe(const CrashRecord& record) {
  std::string text;
  for (const KnownBugMatch& match : record.known_bugs()) text += match.DebugString();
  return text;
}

class DatabaseCase : public ::testing::TestWithParam<std::string> {};

TEST_P(DatabaseCase, Matches) {
  MatchCase expected = ReadCase(GetParam());
  std::vector<const CrashRecord*> companions;
  for (const CrashRecord& companion : expected.companion()) companions.push_back(&companion);
  CrashRecord record = expected.record();
  Matcher::BuiltIn().Match(companions, record);

  if (expected.expect().empty()) {
    EXPECT_EQ(record.known_bugs_size(), 0) << Describe(record);
    return;
  }
  ASSERT_EQ(record.known_bugs_size(), 1) << Describe(record);
  const KnownBugMatch& match = record.known_bugs(0);
  EXPECT_EQ(match.id(), expected.expect());
  EXPECT_EQ(Status_Name(match.status()), Status_Name(expected.status())) << Describe(record);
  EXPECT_THAT(match.status_reason(), ::testing::HasSubstr(expected.reason()));
  for (const std::string& evidence : expected.evidence()) {
    EXPECT_THAT(match.evidence(), ::testing::Contains(::testing::HasSubstr(evidence)));
  }
  EXPECT_GE(match.confidence(), expected.at_least());
  if (expected.at_most() > 0) {
    EXPECT_LE(match.confidence(), expected.at_most());
  }
}

INSTANTIATE_TEST_SUITE_P(Cases, DatabaseCase, ::testing::ValuesIn(CaseFiles()),
                         [](const auto& info) {
                           std::string name = info.param;
                           std::replace_if(
                               name.begin(), name.end(), [](char c) { return !std::isalnum(c); },
                               '_');
                           return name;
                         });

TEST(Database, EachBugHasACase) {
  std::set<std::string> expected;
  for (const std::string& name : CaseFiles()) expected.insert(ReadCase(name).expect());
  for (const KnownBug& bug : Matcher::BuiltIn().bugs()) {
    EXPECT_TRUE(expected.contains(bug.id())) << bug.id();
  }
}

TEST(Database, EachBugSaysWhatAReaderNeeds) {
  EXPECT_GE(Matcher::BuiltIn().bugs().size(), 5u);
  for (const KnownBug& bug : Matcher::BuiltIn().bugs()) {
    SCOPED_TRACE(bug.id());
    EXPECT_FALSE(bug.cause().empty());
    EXPECT_FALSE(bug.workaround().empty());
    EXPECT_FALSE(bug.subsystem().empty());
    EXPECT_FALSE(bug.references().empty());
    EXPECT_TRUE(bug.open() || !bug.fixes().empty());
    for (const Identity& identity : bug.identity()) EXPECT_FALSE(identity.what().empty());
  }
}

// Addresses, offsets and hosts are no part of an identity: a record without any is matched the
// same.
TEST(Database, OffsetsAndAddressesDontMatter) {
  for (const std::string& name : CaseFiles()) {
    SCOPED_TRACE(name);
    MatchCase expected = ReadCase(name);
    std::vector<const CrashRecord*> companions;
    for (const CrashRecord& companion : expected.companion()) companions.push_back(&companion);
    CrashRecord record = expected.record();
    record.mutable_ip()->set_offset(0xabc);
    record.mutable_ip()->set_address("ffffffff9abcdef0");
    for (Stack& stack : *record.mutable_stacks()) {
      for (Frame& frame : *stack.mutable_frames()) {
        frame.set_offset(0x123);
        frame.set_address("ffffffff81234567");
        frame.set_function(frame.function() + ".constprop.7");
      }
    }
    Matcher::BuiltIn().Match(companions, record);
    ASSERT_EQ(record.known_bugs_size(), expected.expect().empty() ? 0 : 1) << Describe(record);
  }
}

}  // namespace
}  // namespace oops::knownbugs
