#include "lib/analysis/incidents.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/analysis/record.h"

namespace oops::analysis {
namespace {

struct Case {
  std::string shows;
  std::vector<std::string> records;
  std::vector<Role> roles;    // of each
  std::vector<int> incident;  // number of each one's incident, in order of their roots
};

std::string At(int64_t seconds, uint64_t line) {
  return " source { monotonic_us: " + std::to_string(seconds * 1000000) +
         " lines { first: " + std::to_string(line) + " last: " + std::to_string(line + 40) +
         " } } ";
}

const std::string kOops = " kind: KIND_NULL_DEREF severity: SEVERITY_OOPS ip { function: 'foo' } ";
const std::string kTask = " task { pid: 77 comm: 'cat' } cpu: 1 ";
const std::string kSoft =
    " kind: KIND_SOFT_LOCKUP severity: SEVERITY_LOCKUP ip { function: 'foo' } ";

const std::string kWarning =
    " kind: KIND_WARNING severity: SEVERITY_WARNING ip { function: 'foo' } ";
const std::string kOtherWarning =
    " kind: KIND_WARNING severity: SEVERITY_WARNING ip { function: 'bar' } ";
const std::string kThirdWarning =
    " kind: KIND_WARNING severity: SEVERITY_WARNING ip { function: 'baz' } ";
const std::string kSlab = " kind: KIND_SLAB_CORRUPTION severity: SEVERITY_WARNING ";
const std::string kFsError = " kind: KIND_FS_ERROR severity: SEVERITY_INFO ";
const std::string kSpinBug =
    " kind: KIND_SPINLOCK_LOCKUP severity: SEVERITY_WARNING ip { function: 'foo' } ";

std::string Wall(const std::string& time, uint64_t line) {
  return " source { wall_time: '" + time + "' lines { first: " + std::to_string(line) +
         " last: " + std::to_string(line + 40) + " } } ";
}

TEST(Incidents, Table) {
  const std::vector<Case> kCases = {
      {"alone", {kOops + At(10, 1)}, {ROLE_ROOT}, {0}},
      {"two tasks that warn at once, and one that warns again",
       {kWarning + kTask + At(10, 1),
        kOtherWarning + " task { pid: 78 comm: 'dd' } cpu: 2 " + At(10, 5),
        kThirdWarning + kTask + At(10, 10)},
       {ROLE_ROOT, ROLE_ROOT, ROLE_CONSEQUENCE},
       {0, 1, 0}},
      {"the same bug, near and far by the clock on the wall",
       {kWarning + Wall("May  5 11:07:09", 1), kWarning + Wall("May  5 11:07:49", 60),
        kWarning + Wall("May  5 11:09:40", 120)},
       {ROLE_ROOT, ROLE_REPEAT, ROLE_ROOT},
       {0, 0, 1}},
      {"a file system's errors, and another's",
       {kFsError + "device: 'md0' " + At(10, 1), kFsError + "device: 'sda1' " + At(11, 50),
        kFsError + "device: 'md0' title_form: 'shutting down' " + At(12, 100)},
       {ROLE_ROOT, ROLE_ROOT, ROLE_CONSEQUENCE},
       {0, 1, 0}},
      {"init dies, and the machine with it",
       {"kind: KIND_USER_FAULT severity: SEVERITY_INFO task { pid: 1 comm: 'init' }" + At(10, 1),
        "kind: KIND_PANIC severity: SEVERITY_PANIC task { pid: 1 comm: 'init' }" + At(10, 2)},
       {ROLE_ROOT, ROLE_CONSEQUENCE},
       {0, 0}},
      {"a process dies, and the machine by itself",
       {"kind: KIND_USER_FAULT severity: SEVERITY_INFO task { pid: 9 comm: 'foo' }" + At(10, 1),
        "kind: KIND_PANIC severity: SEVERITY_PANIC task { pid: 9 comm: 'foo' }" + At(10, 2)},
       {ROLE_ROOT, ROLE_ROOT},
       {0, 1}},
      {"a slab cache's corruption, and another's",
       {kSlab + "title_form: 'BUG foo: Object already free'" + At(10, 1),
        kSlab + "title_form: 'BUG foo: Wrong object count'" + At(12, 50),
        kSlab + "title_form: 'BUG bar: Redzone overwritten'" + At(14, 100)},
       {ROLE_ROOT, ROLE_CONSEQUENCE, ROLE_ROOT},
       {0, 0, 1}},
      {"a lockup that was quoted twice",
       {kSoft + kTask + At(10, 1), kSoft + kTask + At(10, 100)},
       {ROLE_ROOT, ROLE_REPEAT},
       {0, 0}},
      {"a lock's bad magic, and another's of another type",
       {kSpinBug + "title_form: 'BUG: spinlock bad magic in {f}'" + At(10, 1),
        kSpinBug + "title_form: 'BUG: rwlock bad magic in {f}'" + At(12, 60)},
       {ROLE_ROOT, ROLE_ROOT},
       {0, 1}},
      {"panic after oops",
       {kOops + kTask + At(10, 1), "kind: KIND_PANIC severity: SEVERITY_PANIC" + At(11, 60)},
       {ROLE_ROOT, ROLE_CONSEQUENCE},
       {0, 0}},
      {"panic a day later",
       {kOops + kTask + At(10, 1), "kind: KIND_PANIC severity: SEVERITY_PANIC" + At(90000, 60)},
       {ROLE_ROOT, ROLE_ROOT},
       {0, 1}},
      {"second oops",
       {kOops + "fault { oops_count: 1 }" + kTask + At(10, 1),
        "kind: KIND_GPF severity: SEVERITY_OOPS ip { function: 'bar' } fault { oops_count: 2 }" +
            At(12, 60)},
       {ROLE_ROOT, ROLE_CONSEQUENCE},
       {0, 0}},
      {"soft lockup goes on",
       {kSoft + kTask + At(100, 1), kSoft + kTask + At(122, 60), kSoft + kTask + At(144, 120)},
       {ROLE_ROOT, ROLE_REPEAT, ROLE_REPEAT},
       {0, 0, 0}},
      {"soft lockup of another task on that CPU, much later",
       {kSoft + kTask + At(100, 1), kSoft + " task { pid: 78 comm: 'dd' } cpu: 1 " + At(5000, 60)},
       {ROLE_ROOT, ROLE_ROOT},
       {0, 1}},
      {"stall and lockup of one CPU",
       {kSoft + kTask + At(100, 1),
        "kind: KIND_RCU_STALL severity: SEVERITY_LOCKUP cpu: 1" + At(130, 60)},
       {ROLE_ROOT, ROLE_CONSEQUENCE},
       {0, 0}},
      {"tasks hang after a crash",
       {kOops + kTask + At(100, 1),
        "kind: KIND_HUNG_TASK severity: SEVERITY_LOCKUP task { pid: 5 comm: 'sync' }" +
            At(330, 60)},
       {ROLE_ROOT, ROLE_CONSEQUENCE},
       {0, 0}},
      {"a task's trouble after its corruption",
       {"kind: KIND_KASAN severity: SEVERITY_WARNING ip { function: 'foo' }" + kTask + At(100, 1),
        kOops + kTask + At(100, 60)},
       {ROLE_ROOT, ROLE_CONSEQUENCE},
       {0, 0}},
      {"crash session below its log",
       {kOops + kTask + At(100, 1),
        kOops + kTask + "from_crash_utility: true source { lines { first: 90000 last: 90040 } }"},
       {ROLE_ROOT, ROLE_REPEAT},
       {0, 0}},
      {"crash session that knows its host",
       {kSoft + kTask + At(100, 1),
        kSoft + kTask +
            "from_crash_utility: true source { host: 'a' lines { first: 90 last: 99 } }"},
       {ROLE_ROOT, ROLE_REPEAT},
       {0, 0}},
      {"panic long after a warning",
       {"kind: KIND_WARNING severity: SEVERITY_WARNING ip { function: 'foo' }" + At(1, 1),
        "kind: KIND_PANIC severity: SEVERITY_PANIC" + At(20, 100)},
       {ROLE_ROOT, ROLE_ROOT},
       {0, 1}},
      {"tasks that hang somewhere",
       {"kind: KIND_HUNG_TASK severity: SEVERITY_LOCKUP task { pid: 1 comm: 'a' }" + At(120, 1),
        "kind: KIND_HUNG_TASK severity: SEVERITY_LOCKUP task { pid: 2 comm: 'b' }" + At(120, 9)},
       {ROLE_ROOT, ROLE_CONSEQUENCE},
       {0, 0}},
      {"crash session of something else",
       {kOops + kTask + At(100, 1),
        "kind: KIND_PANIC severity: SEVERITY_PANIC from_crash_utility: true task { pid: 3 comm: "
        "'x' } cpu: 9 "
        "kernel { release: '6.1.0' } source { lines { first: 90000 last: 90040 } }"},
       {ROLE_ROOT, ROLE_ROOT},
       {0, 1}},
      {"reboot between",
       {kOops + kTask + At(500, 1), "kind: KIND_PANIC severity: SEVERITY_PANIC" + At(3, 60)},
       {ROLE_ROOT, ROLE_ROOT},
       {0, 1}},
      {"another host",
       {kOops + kTask + At(500, 1),
        "kind: KIND_PANIC severity: SEVERITY_PANIC source { host: 'b' monotonic_us: 500000000 }"},
       {ROLE_ROOT, ROLE_ROOT},
       {0, 1}},
      {"two reports in one second",
       {"kind: KIND_LOCKDEP severity: SEVERITY_WARNING headline: 'x'" + At(1, 1),
        kOops + kTask + At(1, 50)},
       {ROLE_ROOT, ROLE_CONSEQUENCE},
       {0, 0}},
      {"warning twice",
       {"kind: KIND_WARNING severity: SEVERITY_WARNING ip { function: 'foo' }" + At(1, 1),
        "kind: KIND_WARNING severity: SEVERITY_WARNING ip { function: 'foo' }" + At(2, 50)},
       {ROLE_ROOT, ROLE_REPEAT},
       {0, 0}},
      {"a process that segfaults explains nothing",
       {"kind: KIND_USER_FAULT severity: SEVERITY_INFO" + kTask + At(1, 1),
        kOops + kTask + At(2, 50)},
       {ROLE_ROOT, ROLE_ROOT},
       {0, 1}},
  };
  for (const Case& c : kCases) {
    IncidentGrouper grouper;
    std::vector<std::string> ids;
    for (size_t i = 0; i < c.records.size(); ++i) {
      CrashRecord record = Analyzed(c.records[i]);
      grouper.Add(record);
      const Incident& incident = record.incident();
      EXPECT_EQ(incident.role(), c.roles[i]) << c.shows << " " << i;
      EXPECT_EQ(incident.reason().empty(), incident.role() == ROLE_ROOT) << c.shows << " " << i;
      ASSERT_FALSE(incident.id().empty());
      const auto number = static_cast<size_t>(c.incident[i]);
      if (number == ids.size()) {
        for (const std::string& id : ids) EXPECT_NE(incident.id(), id) << c.shows << " " << i;
        ids.push_back(incident.id());
      } else {
        ASSERT_LT(number, ids.size());
        EXPECT_EQ(incident.id(), ids[number]) << c.shows << " " << i;
      }
    }
  }
}

TEST(Incidents, IdIsTheSameEachTime) {
  std::string first;
  for (int run = 0; run < 2; ++run) {
    IncidentGrouper grouper;
    CrashRecord record = Analyzed(kOops + kTask + At(100, 1));
    grouper.Add(record);
    if (run == 0) first = record.incident().id();
    EXPECT_EQ(record.incident().id(), first);
  }
}

TEST(Incidents, ManyRecords) {
  IncidentGrouper grouper;
  for (int i = 0; i < 10000; ++i) {
    CrashRecord record =
        Analyzed("kind: KIND_WARNING severity: SEVERITY_WARNING ip { function: 'f" +
                 std::to_string(i) + "' }" + At(10 * i, static_cast<uint64_t>(i) * 50));
    grouper.Add(record);
    ASSERT_EQ(record.incident().role(), ROLE_ROOT);
  }
}

}  // namespace
}  // namespace oops::analysis
