#include "lib/knownbugs/status.h"

#include <string>

#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"

namespace oops::knownbugs {
namespace {

KnownBug Bug(const std::string& text) {
  KnownBug bug;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &bug));
  return bug;
}

struct Case {
  const char* release;
  const char* version;
  Status status;
  const char* reason;  // must be contained
};

void Judge(const KnownBug& bug, const Case& expected) {
  SCOPED_TRACE(expected.release);
  const Verdict verdict = JudgeStatus(bug, ParseKernelVersion(expected.release, expected.version));
  EXPECT_EQ(verdict.status, expected.status) << verdict.reason;
  EXPECT_NE(verdict.reason.find(expected.reason), std::string::npos) << verdict.reason;
}

TEST(Status, Upstream) {
  const KnownBug bug = Bug(R"(
      affected { distro: "upstream" introduced: "3.9" fixed: "4.5-rc6" also_fixed: "4.4.18"
                 also_fixed: "3.18.30" })");
  for (const Case& c : {
           Case{"3.8.0", "", STATUS_UNKNOWN, "brought the bug in"},
           Case{"3.9.0", "", STATUS_AFFECTED, "4.5-rc6"},
           Case{"3.18.29", "", STATUS_AFFECTED, "3.18.30"},
           Case{"3.18.30", "", STATUS_FIXED, "3.18.30"},
           Case{"4.3.9", "", STATUS_AFFECTED, "4.5-rc6"},
           Case{"4.4.17", "", STATUS_AFFECTED, "4.4.18"},
           Case{"4.4.180", "", STATUS_FIXED, "4.4.18"},
           Case{"4.5.0-rc5", "", STATUS_AFFECTED, "4.5-rc6"},
           Case{"4.5.0-rc6", "", STATUS_FIXED, "4.5-rc6"},
           Case{"4.5.0", "", STATUS_FIXED, "4.5-rc6"},
           Case{"6.1.90", "", STATUS_FIXED, "4.5-rc6"},
           // A base with the fix has it, whoever built it; a base without may have it as a patch.
           Case{"4.20.0-mine", "", STATUS_FIXED, "4.20"},
           Case{"3.12.47-clouder1", "", STATUS_UNKNOWN, "own build"},
           Case{"4.18.0-553.el8_10.x86_64", "", STATUS_FIXED, "4.18"},
           Case{"3.10.0-327.el7.x86_64", "", STATUS_UNKNOWN, "el7 package"},
           Case{"4.4.20-1-pve", "", STATUS_FIXED, "4.4.18"},
           Case{"", "", STATUS_UNKNOWN, "names no kernel release"},
       }) {
    Judge(bug, c);
  }
}

TEST(Status, RpmUpdateBranches) {
  const KnownBug bug = Bug(R"(
      affected { distro: "el6" introduced: "2.6.32-220.el6" fixed: "2.6.32-520.el6"
                 also_fixed: "2.6.32-431.37.1.el6" })");
  for (const Case& c : {
           Case{"2.6.32-131.0.15.el6.x86_64", "", STATUS_UNKNOWN, "first that is known"},
           Case{"2.6.32-358.el6.x86_64", "", STATUS_AFFECTED, "2.6.32-520.el6"},
           Case{"2.6.32-431.20.3.el6.x86_64", "", STATUS_AFFECTED, "2.6.32-431.37.1.el6"},
           Case{"2.6.32-431.37.1.el6.x86_64", "", STATUS_FIXED, "2.6.32-431.37.1.el6"},
           Case{"2.6.32-504.el6.x86_64", "", STATUS_AFFECTED, "2.6.32-520.el6"},
           Case{"2.6.32-573.el6.i686", "", STATUS_FIXED, "2.6.32-520.el6"},
           Case{"2.6.32-431.el6.ourfix.x86_64", "", STATUS_UNKNOWN, ""},
           Case{"3.10.0-327.el7.x86_64", "", STATUS_UNKNOWN, "nothing is known"},
       }) {
    Judge(bug, c);
  }
}

TEST(Status, NoFixKnown) {
  Judge(Bug(R"(affected { distro: "el7" })"),
        {"3.10.0-1160.el7.x86_64", "", STATUS_AFFECTED, "no el7 kernel is known to have the fix"});
  Judge(Bug(R"(affected { distro: "upstream" })"),
        {"6.1.90", "", STATUS_AFFECTED, "no kernel.org release is known"});
}

TEST(Status, DebianAndUbuntu) {
  const KnownBug bug = Bug(R"(
      affected { distro: "debian" fixed: "5.10.5-1" also_fixed: "4.19.171-2" }
      affected { distro: "ubuntu" fixed: "5.11.0-16.17" also_fixed: "4.15.0-137.141" })");
  for (const Case& c : {
           Case{"4.19.0-13-amd64", "#1 SMP Debian 4.19.160-2 (2020-11-28)", STATUS_AFFECTED,
                "4.19.171-2"},
           Case{"4.19.0-14-amd64", "#1 SMP Debian 4.19.171-2 (2021-01-30)", STATUS_FIXED,
                "4.19.171-2"},
           Case{"5.10.0-1-amd64", "#1 SMP Debian 5.10.5-1~exp1 (2021-01-01)", STATUS_AFFECTED,
                "5.10.5-1"},
           Case{"6.1.0-18-amd64", "#1 SMP PREEMPT_DYNAMIC Debian 6.1.76-1 (2024-02-01)",
                STATUS_FIXED, "5.10.5-1"},
           Case{"4.19.0-13-amd64", "", STATUS_UNKNOWN, ""},
           Case{"4.15.0-136-generic", "#140-Ubuntu SMP", STATUS_AFFECTED, "4.15.0-137.141"},
           Case{"4.15.0-136-generic", "", STATUS_AFFECTED, "4.15.0-137.141"},
           Case{"4.15.0-137-generic", "", STATUS_UNKNOWN, "says no more than 4.15.0-137"},
           Case{"4.15.0-137-generic", "#141-Ubuntu SMP", STATUS_FIXED, "4.15.0-137.141"},
           Case{"4.15.0-213-generic", "#224-Ubuntu SMP", STATUS_FIXED, "4.15.0-137.141"},
           Case{"5.8.0-50-generic", "#56-Ubuntu SMP", STATUS_AFFECTED, "5.11.0-16.17"},
       }) {
    Judge(bug, c);
  }
}

TEST(Status, SelfInflictedIsNoReleases) {
  Judge(Bug(R"(self_inflicted: true affected { distro: "upstream" })"),
        {"4.18.0", "", STATUS_UNKNOWN, "self-inflicted"});
}

TEST(Status, OpenBugIsKnownOnlyWhereItWasSeen) {
  const KnownBug bug = Bug(R"(open: true seen_in: "4.19.90-23.15.v2101.ky10")");
  Judge(bug, {"4.19.90-23.15.v2101.ky10.x86_64", "", STATUS_AFFECTED, "seen on"});
  Judge(bug, {"4.19.90-24.4.v2101.ky10.x86_64", "", STATUS_UNKNOWN, "no fix is known"});
}

TEST(Status, ReleaseIsTakenFromTheRecordThenACompanionThenTheProse) {
  CrashRecord record;
  CrashRecord companion;
  const CrashRecord* const companions[] = {&companion};
  using Source = RecordKernel::Source;

  EXPECT_EQ(KernelOf(record, companions).source, Source::kNone);
  companion.mutable_kernel()->set_release_hint("2.6.32-1.el6.x86 _ 64");
  EXPECT_EQ(KernelOf(record, companions).source, Source::kHint);
  EXPECT_EQ(KernelOf(record, companions).version.release, "2.6.32-1.el6");
  record.mutable_kernel()->set_release_hint("2.6.32-2.el6.x86_64");
  EXPECT_EQ(KernelOf(record, companions).version.release, "2.6.32-2.el6");
  companion.mutable_kernel()->set_release("2.6.32-3.el6.x86_64");
  EXPECT_EQ(KernelOf(record, companions).source, Source::kCompanion);
  record.mutable_kernel()->set_release("2.6.32-4.el6.x86_64");
  EXPECT_EQ(KernelOf(record, companions).source, Source::kRecord);
  EXPECT_EQ(KernelOf(record, companions).version.release, "2.6.32-4.el6");
}

}  // namespace
}  // namespace oops::knownbugs
