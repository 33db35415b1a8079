// What records of one stream say of each other.
#include <gtest/gtest.h>

#include <string>

#include "lib/boots.h"
#include "lib/companions.h"
#include "lib/knownbugs/matcher.h"
#include "tests/corpus/cases.h"
#include "tests/facade/sample.h"

namespace oops::facade {
namespace {

using Records = std::vector<CrashRecord>;

constexpr int64_t kSecond = 1'000'000;

// An overwritten thread_info, seen twice: the preempt count is half a pointer, and the CPU number
// is nonsense. The first alone could be anything.
std::string PreemptCount() {
  return R"(BUG: scheduling while atomic: xfslogd/5/1203/0xffff8802
Modules linked in: xfs exportfs
Pid: 1203, comm: xfslogd/5 Not tainted 2.6.32-220.el6.x86_64 #1
Call Trace:
 [<ffffffff814ec9c0>] ? thread_return+0x4e/0x76e
 [<ffffffff8105f0aa>] ? __cond_resched+0x2a/0x40)";
}

std::string NonsenseCpu() {
  return R"(BUG: unable to handle kernel paging request at 0000000412345678
IP: [<ffffffff8105412b>] task_rq_lock+0x4b/0xa0
PGD 0
Oops: 0000 [#1] SMP
CPU 5
Modules linked in: xfs exportfs
Pid: 1203, comm: xfslogd/5 Not tainted 2.6.32-220.el6.x86_64 #1
RIP: 0010:[<ffffffff8105412b>]  [<ffffffff8105412b>] task_rq_lock+0x4b/0xa0
RSP: 0018:ffff88042a1c3c40  EFLAGS: 00010082
RAX: 0000000088042a1c RBX: 0000000000015f80 RCX: 0000000000000000
Call Trace:
 [<ffffffff8105e1e4>] try_to_wake_up+0x34/0x430
 [<ffffffff8105e635>] wake_up_process+0x15/0x20
 [<ffffffff810961aa>] __up+0x2a/0x40
 [<ffffffff81096254>] up+0x44/0x50
 [<ffffffffa03be1da>] xfs_buf_unlock+0x1a/0x20 [xfs]
 [<ffffffffa03be3c5>] xfs_buf_ioend+0x75/0x80 [xfs]
Code: 41 54 49 89 f4 53 48 89 fb 48 c7 c7 80 5f 01 00 9c 58 48 89 06 fa 48 8b 43 08 8b 40 18 <4c> 03 2c c5 00 d0 bf 81 4c 89 ef e8 66 4c 49 00
---[ end trace 1f0c2b3a4d5e6f70 ]---)";
}

std::string Together(const std::string& first, const std::string& second) {
  return AsDmesg(Split(first, 900 * kSecond)) + AsDmesg(Split(second, 901 * kSecond));
}

const KnownBugMatch* Known(const CrashRecord& record) {
  return record.known_bugs().empty() ? nullptr : &record.known_bugs(0);
}

TEST(Companions, AloneALaterOneIsMissed) {
  const Records records = ParseLog(AsDmesg(Split(PreemptCount(), 900 * kSecond)));
  ASSERT_EQ(records.size(), 1u);
  EXPECT_EQ(Known(records[0]), nullptr);
}

TEST(Companions, TellBothWays) {
  const Records alone = ParseLog(AsDmesg(Split(NonsenseCpu(), 901 * kSecond)));
  ASSERT_EQ(alone.size(), 1u);
  ASSERT_NE(Known(alone[0]), nullptr);
  for (const bool swapped : {false, true}) {
    const Records records = ParseLog(swapped ? Together(NonsenseCpu(), PreemptCount())
                                             : Together(PreemptCount(), NonsenseCpu()));
    ASSERT_EQ(records.size(), 2u);
    const CrashRecord& fault = records[swapped ? 0 : 1];
    const CrashRecord& count = records[swapped ? 1 : 0];
    ASSERT_NE(Known(fault), nullptr) << swapped;
    ASSERT_NE(Known(count), nullptr) << swapped;
    EXPECT_EQ(Known(count)->id(), Known(fault)->id()) << swapped;
    EXPECT_GT(Known(fault)->confidence(), Known(alone[0])->confidence()) << swapped;
  }
}

TEST(Companions, OfAnotherBootTellNothing) {
  const std::string log =
      AsDmesg(Split(PreemptCount(), 900 * kSecond)) + AsDmesg(Split(NonsenseCpu(), 20 * kSecond));
  const Records records = ParseLog(log);
  ASSERT_EQ(records.size(), 2u);
  EXPECT_EQ(Known(records[0]), nullptr);
}

TEST(Companions, AreNotAskedForWithoutMatching) {
  for (const CrashRecord& record :
       ParseLog(Together(PreemptCount(), NonsenseCpu()), {.match_known_bugs = false})) {
    EXPECT_TRUE(record.known_bugs().empty());
  }
}

// Whatever pattern is added to the database: what it reads of companions must be in the digest.
TEST(Companions, DigestsMatchAsRecordsDo) {
  Records records;
  for (const corpus::Case& which : corpus::AllCases()) {
    for (CrashRecord& record : ParseLog(which.log, {.match_known_bugs = false})) {
      records.push_back(std::move(record));
    }
  }
  records.push_back(ParseLog(AsDmesg(Split(PreemptCount(), 0)))[0]);
  records.push_back(ParseLog(AsDmesg(Split(NonsenseCpu(), 0)))[0]);
  const auto& matcher = knownbugs::Matcher::BuiltIn();
  for (const CrashRecord& companion : records) {
    CrashRecord digest;
    DigestForCompanion(companion, digest);
    EXPECT_LE(digest.ByteSizeLong(), companion.ByteSizeLong());
    // It finds the same for itself as what it was made of ...
    CrashRecord of_digest = digest;
    CrashRecord of_record = companion;
    matcher.Match({}, of_digest);
    matcher.Match({}, of_record);
    ASSERT_EQ(of_digest.known_bugs_size(), of_record.known_bugs_size()) << companion.title();
    for (int i = 0; i < of_record.known_bugs_size(); ++i) {
      EXPECT_EQ(of_digest.known_bugs(i).id(), of_record.known_bugs(i).id()) << companion.title();
    }
    // ... and lends the same to others.
    const CrashRecord* with_digest[] = {&digest};
    const CrashRecord* with_record[] = {&companion};
    CrashRecord a = records.back();
    CrashRecord b = records.back();
    matcher.Match(with_digest, a);
    matcher.Match(with_record, b);
    EXPECT_EQ(a.SerializeAsString(), b.SerializeAsString()) << companion.title();
  }
}

TEST(Incidents, CauseAndConsequences) {
  const Records records = ParseLog(AsDmesg(Log()));
  ASSERT_EQ(records.size(), 3u);
  EXPECT_EQ(records[0].incident().role(), ROLE_ROOT);
  EXPECT_EQ(records[0].incident().reason(), "");
  EXPECT_EQ(records[1].incident().role(), ROLE_ROOT);
  EXPECT_NE(records[1].incident().id(), records[0].incident().id());
  EXPECT_EQ(records[2].incident().role(), ROLE_CONSEQUENCE);
  EXPECT_EQ(records[2].incident().id(), records[1].incident().id());
  EXPECT_NE(records[2].incident().reason(), "");
}

TEST(Architecture, IsThatOfTheBootsOtherRecords) {
  const std::string hung = AsDmesg(Split(HungTask(), 300 * kSecond));
  const std::string fault = AsDmesg(Split(NullDereference(1), 301 * kSecond));
  ASSERT_EQ(ParseLog(hung).size(), 1u);
  EXPECT_EQ(ParseLog(hung)[0].arch(), "");
  for (const std::string& log : {hung + fault, fault + AsDmesg(Split(HungTask(), 302 * kSecond))}) {
    const Records records = ParseLog(log);
    ASSERT_EQ(records.size(), 2u);
    EXPECT_EQ(records[0].arch(), "x86_64");
    EXPECT_EQ(records[1].arch(), "x86_64");
  }
  // A later boot may be another machine's.
  const Records records = ParseLog(hung + AsDmesg(Split(NullDereference(1), 5 * kSecond)));
  ASSERT_EQ(records.size(), 2u);
  EXPECT_EQ(records[0].arch(), "");
}

CrashRecord At(const std::string& host, int64_t us, const std::string& release = "") {
  CrashRecord record;
  record.mutable_source()->set_host(host);
  record.mutable_source()->set_monotonic_us(us);
  record.mutable_kernel()->set_release(release);
  return record;
}

TEST(Boots, ByTimeHostAndRelease) {
  Boots boots;
  const uint64_t first = boots.NumberOf(At("a", 50 * kSecond));
  EXPECT_EQ(boots.NumberOf(At("a", 60 * kSecond, "5.10.0")), first);
  EXPECT_EQ(boots.NumberOf(At("a", 60 * kSecond - 5)), first) << "printed out of order";
  const uint64_t other_host = boots.NumberOf(At("b", 61 * kSecond));
  EXPECT_NE(other_host, first);
  EXPECT_EQ(boots.NumberOf(At("a", 62 * kSecond, "5.10.0-9-amd64")), first)
      << "its end was lost before";
  EXPECT_EQ(boots.NumberOf(CrashRecord(At("b", 70 * kSecond))), other_host);
  const uint64_t second = boots.NumberOf(At("a", 1 * kSecond));
  EXPECT_NE(second, first);
  EXPECT_NE(boots.NumberOf(At("a", 90 * kSecond, "6.1.0")), 0u);
  EXPECT_NE(boots.NumberOf(At("a", 91 * kSecond, "5.4.0")), second) << "another kernel";
}

TEST(Boots, ByIdIfBothHaveOne) {
  Boots boots;
  CrashRecord record = At("a", 50 * kSecond);
  record.mutable_source()->set_boot_id("one");
  const uint64_t first = boots.NumberOf(record);
  EXPECT_EQ(boots.NumberOf(record), first);
  record.mutable_source()->set_boot_id("two");
  EXPECT_NE(boots.NumberOf(record), first);
}

TEST(Boots, CrashSessionNamesTheHostThatItsDmesgDoesNot) {
  Boots boots;
  const uint64_t pasted = boots.NumberOf(At("", 50 * kSecond, "4.18.0"));
  CrashRecord session = At("db1", 51 * kSecond, "4.18.0");
  EXPECT_NE(Boots(boots).NumberOf(session), pasted) << "a host of its own";
  session.set_from_crash_utility(true);
  EXPECT_EQ(Boots(boots).NumberOf(session), pasted);
  session.mutable_kernel()->set_release("5.10.0");
  EXPECT_NE(boots.NumberOf(session), pasted);
}

}  // namespace
}  // namespace oops::facade
