#include "lib/knownbugs/matcher.h"

#include <chrono>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"

namespace oops::knownbugs {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

template <typename Message>
Message Parse(const std::string& text) {
  Message message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message)) << text;
  return message;
}

// A bug of one identity, of soft lockups, with `identity` as the rest of it.
KnownBug Bug(const std::string& id, const std::string& identity) {
  return Parse<KnownBug>("id: '" + id +
                         "' title: 't' identity { kind: KIND_SOFT_LOCKUP confidence: 0.5 " +
                         identity + "}");
}

Matcher Make(std::vector<KnownBug> bugs) {
  auto matcher = Matcher::Create(std::move(bugs));
  EXPECT_TRUE(matcher.ok()) << matcher.status();
  return *std::move(matcher);
}

std::vector<std::string> Match(const Matcher& matcher, const std::string& record_text,
                               std::vector<const CrashRecord*> companions = {}) {
  auto record = Parse<CrashRecord>("kind: KIND_SOFT_LOCKUP " + record_text);
  matcher.Match(companions, record);
  std::vector<std::string> ids;
  for (const KnownBugMatch& match : record.known_bugs()) ids.push_back(match.id());
  return ids;
}

bool Fits(const std::string& identity, const std::string& record) {
  return !Match(Make({Bug("b", identity)}), record).empty();
}

TEST(Matcher, Order) {
  const std::string inner_first = "stack { in_order: 'inner' in_order: 'outer' }";
  EXPECT_TRUE(
      Fits(inner_first,
           "stacks { type: STACK_TASK frames { function: 'inner' } frames { function: 'x' } "
           "frames { function: 'outer.isra.0' } }"));
  EXPECT_FALSE(Fits(inner_first,
                    "stacks { type: STACK_TASK frames { function: 'outer' } "
                    "frames { function: 'inner' } }"));
  EXPECT_FALSE(Fits(inner_first, "stacks { type: STACK_TASK frames { function: 'inner' } }"));
}

TEST(Matcher, PlaceStandsOnTopOfTheTrace) {
  EXPECT_TRUE(Fits("stack { in_order: 'inner' in_order: 'outer' }",
                   "ip { function: 'inner' } "
                   "stacks { type: STACK_TASK frames { function: 'outer' } }"));
  EXPECT_TRUE(Fits("stack { anywhere: 'inner' }", "ip { function: 'inner' }"));
  EXPECT_FALSE(Fits("stack { in_order: 'task:inner' }",
                    "ip { function: 'inner' } "
                    "stacks { type: STACK_TASK frames { function: 'outer' } }"));
}

TEST(Matcher, LinkRegisterStandsBetweenPlaceAndTrace) {
  EXPECT_TRUE(Fits("stack { in_order: 'inner' in_order: 'caller' in_order: 'outer' }",
                   "ip { function: 'inner' } "
                   "stacks { type: STACK_LINK frames { function: 'caller' } } "
                   "stacks { type: STACK_TASK frames { function: 'outer' } }"));
}

TEST(Matcher, PartsOfOneTrace) {
  const std::string identity = "stack { in_order: 'irq:f' in_order: 'task:g' }";
  const std::string irq = "stacks { type: STACK_IRQ frames { function: 'f' } } ";
  const std::string task = "stacks { type: STACK_TASK frames { function: 'g' } } ";
  EXPECT_TRUE(Fits(identity, irq + task));
  EXPECT_FALSE(Fits(identity, task + irq));
  EXPECT_FALSE(Fits(
      identity, "stacks { type: STACK_TASK frames { function: 'f' } frames { function: 'g' } }"));
}

TEST(Matcher, PartsOfDifferentCpusAreDifferentTraces) {
  const std::string identity = "stack { in_order: 'irq:f' in_order: 'task:g' others_too: true }";
  const auto other = [](int cpu, const std::string& part, const std::string& function) {
    return "stacks { type: STACK_OTHER_CPU cpu: " + std::to_string(cpu) + " part: " + part +
           " frames { function: '" + function + "' } } ";
  };
  EXPECT_TRUE(Fits(identity, other(1, "STACK_IRQ", "f") + other(1, "STACK_TASK", "g")));
  EXPECT_FALSE(Fits(identity, other(1, "STACK_IRQ", "f") + other(2, "STACK_TASK", "g")));
  EXPECT_FALSE(Fits("stack { in_order: 'irq:f' in_order: 'task:g' }",
                    other(1, "STACK_IRQ", "f") + other(1, "STACK_TASK", "g")));
}

TEST(Matcher, UnreliableFrames) {
  const std::string identity = "stack { in_order: 'f' }";
  const std::string f = "frames { function: 'f' reliable: false } ";
  const std::string sure = "frames { function: 'g' reliable: true } ";
  EXPECT_FALSE(Fits(identity, "stacks { type: STACK_TASK " + f + sure + "}"));
  EXPECT_TRUE(Fits("stack { in_order: 'f' unreliable_too: true }",
                   "stacks { type: STACK_TASK " + f + sure + "}"));
  // Where every frame is marked, the mark says nothing.
  EXPECT_TRUE(Fits(identity, "stacks { type: STACK_TASK " + f + "}"));
}

TEST(Matcher, AnyAndNone) {
  const std::string identity = "stack { any_of: 'f' any_of: 'g_*' none_of: '*_slowpath' }";
  EXPECT_TRUE(Fits(identity, "stacks { type: STACK_TASK frames { function: 'g_1' } }"));
  EXPECT_FALSE(Fits(identity, "stacks { type: STACK_TASK frames { function: 'h' } }"));
  EXPECT_FALSE(Fits(identity,
                    "ip { function: 'q_slowpath' } "
                    "stacks { type: STACK_TASK frames { function: 'f' } }"));
}

TEST(Matcher, HistoriesAreNoTraces) {
  EXPECT_FALSE(
      Fits("stack { anywhere: 'f' }", "stacks { type: STACK_FREED frames { function: 'f' } }"));
}

TEST(Matcher, Site) {
  EXPECT_TRUE(Fits("site { function: 'f|g' }", "ip { function: 'g.cold' }"));
  EXPECT_FALSE(Fits("site { function: 'f|g' }", "ip { function: 'h' }"));
  EXPECT_FALSE(Fits("site { function: 'f' }", ""));
  EXPECT_TRUE(Fits("site { function: 'f' function: '' }", ""));
  EXPECT_FALSE(Fits("site { function: '' }", "ip { function: 'f' }"));
  EXPECT_TRUE(
      Fits("site { headline: 'CPU#\\\\d+ stuck' }", "headline: 'soft lockup - CPU#0 stuck'"));
  EXPECT_FALSE(Fits("site { headline: 'CPU#\\\\d+ stuck' }", "headline: 'rcu stall'"));
}

TEST(Matcher, WhatIsNotPrintedDoesNotSpeakAgainst) {
  EXPECT_TRUE(Fits("site { arch: 'x86_64' fault_address: '^dead' }", ""));
  EXPECT_FALSE(Fits("site { arch: 'x86_64' }", "arch: 'arm64'"));
  EXPECT_FALSE(Fits("site { fault_address: '^dead' }", "fault { address: 'beef' }"));
  EXPECT_TRUE(Fits("site { fault_address: '^dead' }", "fault { address: 'deadbeef' }"));
}

TEST(Matcher, Facts) {
  EXPECT_TRUE(Fits("site { text: '^RAX=.*ff$' }", "registers { name: 'RAX' value: '00ff' }"));
  EXPECT_FALSE(Fits("site { text: '^RAX=.*ff$' }", "registers { name: 'RBX' value: '00ff' }"));
  EXPECT_TRUE(Fits("site { text: '^workqueue=events ' }", "workqueue: 'events f'"));
}

TEST(Matcher, CodeMustCoverTheTrappingInstruction) {
  const std::string identity =
      "site { code { arch: 'x86_64' bytes: 'f3 90 8b .. 75 ' what: 'l' } }";
  const auto code = [](const char* bytes, int trap) {
    return "arch: 'x86_64' code { bytes: '" + std::string(bytes) +
           "' trap_index: " + std::to_string(trap) + " }";
  };
  EXPECT_TRUE(Fits(identity, code("00F3908B0375f9", 1)));
  EXPECT_TRUE(Fits(identity, code("00f3908b0375f9", 5)));
  EXPECT_FALSE(Fits(identity, code("00f3908b0375f9", 0)));
  EXPECT_FALSE(Fits(identity, code("00f3908b0375f9", 6)));
  EXPECT_FALSE(Fits(identity, code("000000", 0)));
  // A trap behind the end is no trap, and so no code.
  EXPECT_TRUE(Fits(identity, code("000000", 600)));
  // The second of two loops; half bytes are no bytes.
  EXPECT_TRUE(Fits(identity, code("f3908b0375f9f3908b0375f9", 8)));
  EXPECT_FALSE(Fits(identity, code("0f3908b0375f90", 2)));
  // Code of another architecture, or none, says nothing.
  EXPECT_TRUE(Fits(identity, "arch: 'arm64' code { bytes: 'd503203f' trap_index: 0 }"));
  EXPECT_TRUE(Fits(identity, "arch: 'x86_64'"));
}

TEST(Matcher, CluesRaiseTheConfidence) {
  const Matcher matcher = Make({Bug("b", R"(stack { anywhere: 'f' }
      clue { what: 'a g' weight: 0.5 stack { anywhere: 'g' } }
      clue { what: 'an oops too' weight: 0.2 together_with: KIND_GPF })")});
  const auto confidence = [&](const std::string& text, std::vector<const CrashRecord*> companions) {
    auto record = Parse<CrashRecord>("kind: KIND_SOFT_LOCKUP " + text);
    matcher.Match(companions, record);
    return record.known_bugs(0).confidence();
  };
  const std::string f = "stacks { type: STACK_TASK frames { function: 'f' } ";
  const auto gpf = Parse<CrashRecord>("kind: KIND_GPF");
  EXPECT_DOUBLE_EQ(confidence(f + "}", {}), 0.5);
  EXPECT_DOUBLE_EQ(confidence(f + "frames { function: 'g' } }", {}), 0.75);
  EXPECT_DOUBLE_EQ(confidence(f + "}", {&gpf}), 0.6);
}

TEST(Matcher, SurestFirst) {
  KnownBug sure = Bug("sure", "stack { anywhere: 'f' }");
  sure.mutable_identity(0)->set_confidence(0.9);
  const Matcher matcher =
      Make({Bug("a", "stack { anywhere: 'f' }"), sure, Bug("b", "stack { anywhere: 'f' }"),
            Bug("other", "stack { anywhere: 'g' }")});
  EXPECT_THAT(Match(matcher, "ip { function: 'f' }"), ElementsAre("sure", "a", "b"));
}

TEST(Matcher, ReplacesWhatWasThere) {
  const Matcher matcher = Make({});
  auto record = Parse<CrashRecord>("known_bugs { id: 'old' }");
  matcher.Match({}, record);
  EXPECT_EQ(record.known_bugs_size(), 0);
}

TEST(Matcher, CompanionNeverMatchesAlone) {
  const Matcher matcher = Make({Parse<KnownBug>(R"(id: 'b' title: 't'
          identity { kind: KIND_GPF confidence: 0.5 stack { anywhere: 'f' } }
          identity { kind: KIND_SOFT_LOCKUP confidence: 0.5 companion { what: 'beside' }
                     stack { anywhere: 'g' } })")});
  const auto crash = Parse<CrashRecord>("kind: KIND_GPF ip { function: 'f' }");
  const auto victim = Parse<CrashRecord>("kind: KIND_SOFT_LOCKUP ip { function: 'g' }");
  EXPECT_THAT(Match(matcher, "ip { function: 'g' }", {&crash}), ElementsAre("b"));
  EXPECT_THAT(Match(matcher, "ip { function: 'h' }", {&crash}), ElementsAre());
  // A companion that needs one itself doesn't count, nor does the record count as its own.
  EXPECT_THAT(Match(matcher, "ip { function: 'g' }", {&victim}), ElementsAre());
  auto record = victim;
  const CrashRecord* const companions[] = {&record};
  matcher.Match(companions, record);
  EXPECT_EQ(record.known_bugs_size(), 0);
}

TEST(Matcher, LooksIntoKindsThatAreAnInstanceByThemselves) {
  const Matcher matcher = Make({Parse<KnownBug>(R"(id: 'b' title: 't'
          identity { kind: KIND_GPF confidence: 0.5 stack { anywhere: 'f' } }
          identity { kind: KIND_SOFT_LOCKUP confidence: 0.5 companion { what: 'beside' }
                     stack { anywhere: 'g' } })")});
  EXPECT_TRUE(matcher.LooksInto(KIND_GPF));
  EXPECT_FALSE(matcher.LooksInto(KIND_SOFT_LOCKUP));
  EXPECT_FALSE(matcher.LooksInto(KIND_KASAN));
}

TEST(Matcher, RefusesBadBugs) {
  const auto error = [](std::vector<KnownBug> bugs) {
    return std::string(Matcher::Create(std::move(bugs)).status().message());
  };
  EXPECT_THAT(error({Bug("b", "site { headline: '(' }")}), HasSubstr("'b'"));
  EXPECT_THAT(error({Bug("b", "stack { in_order: '' }")}), HasSubstr("empty"));
  EXPECT_THAT(error({Bug("b", "stack { in_order: 'a*b*' }")}), HasSubstr("more than one"));
  EXPECT_THAT(error({Bug("b", "stack { in_order: 'soft:f' }")}), HasSubstr("strange"));
  EXPECT_THAT(error({Bug("b", "clue { weight: 2 }")}), HasSubstr("weight"));
  EXPECT_THAT(error({Bug("b", ""), Bug("b", "")}), HasSubstr("twice"));
  EXPECT_THAT(error({Parse<KnownBug>("id: 'b' title: 't'")}), HasSubstr("identity"));
  EXPECT_THAT(error({Parse<KnownBug>("id: 'b' title: 't' identity { confidence: 0.5 }")}),
              HasSubstr("kind"));
}

// With one try of each bug this would take hours.
TEST(Matcher, ManyBugs) {
  constexpr int kBugs = 10000;
  constexpr int kRecords = 20000;
  std::vector<KnownBug> bugs;
  for (int i = 0; i < kBugs; ++i) {
    const std::string number = std::to_string(i);
    bugs.push_back(Bug("bug" + number, "stack { in_order: 'f" + number +
                                           "' in_order: 'process_one_work' in_order: 'kthread' }"));
  }
  const Matcher matcher = Make(std::move(bugs));
  auto record = Parse<CrashRecord>(
      "kind: KIND_SOFT_LOCKUP stacks { type: STACK_TASK frames { function: 'f77' } "
      "frames { function: 'process_one_work' } frames { function: 'kthread' } }");
  const auto start = std::chrono::steady_clock::now();
  for (int i = 0; i < kRecords; ++i) matcher.Match({}, record);
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  ASSERT_EQ(record.known_bugs_size(), 1);
  EXPECT_EQ(record.known_bugs(0).id(), "bug77");
  RecordProperty("microseconds_per_record", static_cast<int>(seconds.count() / kRecords * 1e6));
  EXPECT_LT(seconds.count(), 60);
}

}  // namespace
}  // namespace oops::knownbugs
