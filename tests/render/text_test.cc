// What the golden files don't show: words, summaries, records with little in them.
#include "lib/render/text.h"

#include <gtest/gtest.h>

#include <string>

#include "lib/render/facts.h"
#include "lib/render/markdown.h"
#include "lib/render/words.h"
#include "tests/render/testdata.h"

namespace oops::render {
namespace {

CrashRecord Of(Kind kind, Severity severity) {
  CrashRecord record;
  record.set_kind(kind);
  record.set_severity(severity);
  return record;
}

TEST(Words, EveryKindHasItsOwn) {
  for (int value = Kind_MIN; value <= Kind_MAX; ++value) {
    if (!Kind_IsValid(value) || value == KIND_UNSPECIFIED) continue;
    EXPECT_EQ(WordsFor(static_cast<Kind>(value)).kind, value)
        << Kind_Name(static_cast<Kind>(value));
  }
  EXPECT_EQ(WordsFor(static_cast<Kind>(999)).kind, KIND_OTHER);
}

TEST(Words, EveryStackHasALabelThatFits) {
  for (int value = StackType_MIN; value <= StackType_MAX; ++value) {
    if (!StackType_IsValid(value)) continue;
    const auto label = StackLabel(static_cast<StackType>(value));
    EXPECT_LE(label.size(), 8u);
    EXPECT_EQ(label == "STACK", value == STACK_UNSPECIFIED);
  }
}

TEST(Words, TimesAndSizes) {
  EXPECT_EQ(Seconds(23), "23 s");
  EXPECT_EQ(Seconds(22.5), "22.5 s");
  EXPECT_EQ(Seconds(427149.717151), "427149.717 s");
  EXPECT_EQ(Seconds(1e300).substr(0, 5), "10000");
  EXPECT_EQ(Uptime(59'999'999), "59s");
  EXPECT_EQ(Uptime(760'000'000), "12m 40s");
  EXPECT_EQ(Uptime(427149'717151), "4d 22h 39m");
  EXPECT_EQ(Size(12), "12 KiB");
  EXPECT_EQ(Size(3145728), "3.0 GiB");
}

TEST(Words, FunctionsWithoutCompilerSuffixes) {
  EXPECT_EQ(BareFunction("foo.isra.0.cold"), "foo");
  EXPECT_EQ(BareFunction("foo"), "foo");
  EXPECT_EQ(BareFunction(".foo"), "foo");
  EXPECT_EQ(BareFunction("__pfx_foo"), "foo");
  EXPECT_EQ(BareFunction(""), "");
}

TEST(Tally, SumsAFileUp) {
  Tally tally;
  EXPECT_EQ(tally.Summary(0), "no crash in 0 lines");
  EXPECT_FALSE(tally.crash());
  tally.Add(Of(KIND_OOM_KILL, SEVERITY_INFO));
  EXPECT_FALSE(tally.crash());
  EXPECT_EQ(tally.Summary(1), "no crash, 1 note (1 OOM kill) in 1 line");
  CrashRecord lockup = Of(KIND_HARD_LOCKUP, SEVERITY_LOCKUP);
  lockup.add_known_bugs()->set_id("one");
  Tally alone;
  alone.Add(lockup);
  EXPECT_EQ(alone.Summary(219), "1 crash (1 hard lockup, 1 known bug) in 219 lines");
  tally.Add(alone);
  tally.Add(lockup);
  tally.Add(Of(KIND_KASAN, SEVERITY_WARNING));
  EXPECT_TRUE(tally.crash());
  EXPECT_EQ(
      tally.Summary(9),
      "3 crashes (2 hard lockups, 1 KASAN report, 1 known bug), 1 note (1 OOM kill) in 9 lines");
}

TEST(Text, EmptyRecordOfAnyKindIsShort) {
  for (int value = Kind_MIN; value <= Kind_MAX; ++value) {
    const std::string text = ToText(Of(static_cast<Kind>(value), SEVERITY_UNSPECIFIED));
    EXPECT_EQ(SplitLines(text).size(), 1u) << text;
  }
}

TEST(Text, OpeningTellsWhatMatters) {
  CrashRecord warning = Of(KIND_WARNING, SEVERITY_WARNING);
  warning.set_file("net/core/dev.c");
  warning.set_line(12);
  warning.set_message("refused");
  warning.mutable_signature()->set_guilty_function("dev_watch");
  warning.mutable_signature()->set_guilty_module("e1000");
  EXPECT_EQ(OpeningText(warning), "in dev_watch [e1000] at net/core/dev.c:12: refused");

  CrashRecord hung = Of(KIND_HUNG_TASK, SEVERITY_LOCKUP);
  hung.mutable_task()->set_comm("jbd2");
  hung.mutable_task()->set_pid(4);
  hung.set_duration_seconds(120);
  EXPECT_EQ(OpeningText(hung), "jbd2 [4] blocked for 120 s");

  CrashRecord gpf = Of(KIND_GPF, SEVERITY_OOPS);
  gpf.set_title("general protection fault in f");
  EXPECT_EQ(OpeningText(gpf), "general protection fault in f");
  gpf.mutable_ip()->set_function("f.isra.0");
  gpf.mutable_ip()->set_module("m");
  EXPECT_EQ(OpeningText(gpf), "in f [m]");

  CrashRecord kasan = Of(KIND_KASAN, SEVERITY_WARNING);
  kasan.set_title("KASAN: use-after-free Read in f");
  EXPECT_EQ(OpeningText(kasan), "use-after-free Read in f");
}

TEST(Text, SaysWhetherTheKernelHasTheFix) {
  KnownBugMatch bug;
  bug.set_id("some-bug");
  bug.set_confidence(0.8);
  Fix* fix = bug.add_fixes();
  fix->set_commit("0123456789abcdef");
  fix->set_released_in("4.5");
  fix->add_packages("kernel-3.10.0-1");
  bug.set_status(STATUS_AFFECTED);
  bug.set_status_reason("4.4 is older than 4.5");
  EXPECT_EQ(KnownBugLines(bug), std::vector<std::string>(
                                    {"some-bug, 0.80", "fix 0123456789ab (in 4.5, kernel-3.10.0-1)",
                                     "this kernel: lacks the fix, 4.4 is older than 4.5"}));
  bug.set_status(STATUS_FIXED);
  EXPECT_EQ(KnownBugLines(bug).back(), "this kernel: has the fix, 4.4 is older than 4.5");
  bug.clear_fixes();
  bug.set_status(STATUS_AFFECTED);
  EXPECT_EQ(KnownBugLines(bug).back(), "this kernel: is affected, 4.4 is older than 4.5");
}

TEST(Text, LongStacksStayShort) {
  CrashRecord record = Of(KIND_GPF, SEVERITY_OOPS);
  Stack* stack = record.add_stacks();
  stack->set_type(STACK_TASK);
  for (int i = 0; i < 5000; ++i) stack->add_frames()->set_function("f" + std::to_string(i));
  EXPECT_LE(SplitLines(ToText(record)).size(), 15u);
  EXPECT_GE(SplitLines(ToText(record, {.color = false, .all_stacks = true})).size(), 5000u);
}

TEST(Markdown, LogTextStaysInItsSpan) {
  CrashRecord record = Of(KIND_WARNING, SEVERITY_WARNING);
  record.set_title("`@everyone` **bold** | cell");
  record.mutable_machine()->set_hardware_name("a | b ``` c");
  record.add_stacks()->add_frames()->set_function("```\n# heading");
  const std::string text = ToMarkdown(record);
  EXPECT_NE(text.find("### `` `@everyone` **bold** | cell ``\n"), std::string::npos) << text;
  EXPECT_NE(text.find("| machine | ```` a \\| b ``` c ```` |\n"), std::string::npos) << text;
  EXPECT_NE(text.find("\n````text\n"), std::string::npos) << text;
  EXPECT_EQ(text.find("\n# heading"), std::string::npos);
}

}  // namespace
}  // namespace oops::render
