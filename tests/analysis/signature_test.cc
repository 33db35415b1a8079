#include <gtest/gtest.h>

#include <regex>
#include <string>
#include <string_view>

#include "tests/analysis/record.h"

namespace oops::analysis {
namespace {

struct Report {
  std::string_view record;
  std::string_view stack;
};

struct Case {
  std::string_view shows;
  Report one, other;
  bool same;
};

constexpr Case kCases[] = {
    {"another build of the same code",
     {"kind: KIND_WARNING ip { function: 'foo' offset: 16 } kernel { release: '5.10.0' } cpu: 1 "
      "line: 10",
      "bar.isra.1 baz"},
     {"kind: KIND_WARNING ip { function: 'foo.cold' offset: 99 } kernel { release: '6.1.0' } cpu: "
      "7 line: 12",
      "bar baz.part.0"},
     true},
    {"stale words on the stack",
     {"kind: KIND_GPF ip { function: 'foo' }", "?old bar baz"},
     {"kind: KIND_GPF ip { function: 'foo' }", "bar ?other baz"},
     true},
    {"another way in",
     {"kind: KIND_GPF ip { function: 'foo' }",
      "bar baz do_syscall_64 entry_SYSCALL_64_after_hwframe"},
     {"kind: KIND_GPF ip { function: 'foo' }", "bar baz do_fast_syscall_32 entry_SYSENTER_compat"},
     true},
    {"a timer that interrupted different tasks",
     {"kind: KIND_WARNING ip { function: 'foo_timeout' }",
      "call_timer_fn run_timer_softirq __do_softirq irq_exit apic_timer_interrupt bar_write"},
     {"kind: KIND_WARNING ip { function: 'foo_timeout' }",
      "call_timer_fn run_timer_softirq __do_softirq irq_exit apic_timer_interrupt baz_read"},
     true},
    {"one bad pointer, two faults",
     {"kind: KIND_GPF ip { function: 'foo' }", "bar baz"},
     {"kind: KIND_PAGE_FAULT ip { function: 'foo' }", "bar baz"},
     true},
    {"symbolised and raw",
     {"kind: KIND_NULL_DEREF ip { function: 'strlen' }", "helper~ foo bar"},
     {"kind: KIND_NULL_DEREF ip { function: 'strlen' }", "foo bar"},
     true},
    {"two places of one loop",
     {"kind: KIND_SOFT_LOCKUP ip { function: 'memcpy' }",
      "a_decode a_transfer foo_write2 foo_write vfs_write"},
     {"kind: KIND_SOFT_LOCKUP ip { function: 'a_next' }",
      "a_transfer foo_write2 foo_write vfs_write"},
     true},
    {"system calls of two eras",
     {"kind: KIND_WARNING ip { function: 'foo' }", "SyS_bar entry_SYSCALL_64_fastpath"},
     {"kind: KIND_WARNING ip { function: 'foo' }", "__x64_sys_bar do_syscall_64"},
     true},
    {"a call that wraps another way to write",
     {"kind: KIND_WARNING ip { function: 'foo' }", "foo_write __vfs_write vfs_write SyS_write"},
     {"kind: KIND_WARNING ip { function: 'foo' }", "foo_write new_sync_write vfs_write ksys_write"},
     true},
    {"IPIs for two reasons",
     {"kind: KIND_SOFT_LOCKUP ip { function: 'smp_call_function_many' }",
      "on_each_cpu clock_was_set"},
     {"kind: KIND_SOFT_LOCKUP ip { function: 'smp_call_function_many_cond' }",
      "on_each_cpu text_poke_bp"},
     false},
    {"damage in the outer frames",
     {"kind: KIND_KERNEL_BUG ip { function: 'foo' }", "bar baz qux quux"},
     {"kind: KIND_KERNEL_BUG ip { function: 'foo' }", "bar baz"},
     true},
    {"another function",
     {"kind: KIND_GPF ip { function: 'foo' }", "baz"},
     {"kind: KIND_GPF ip { function: 'bar' }", "baz"},
     false},
    {"another caller",
     {"kind: KIND_GPF ip { function: 'foo' }", "bar"},
     {"kind: KIND_GPF ip { function: 'foo' }", "baz"},
     false},
    {"another kind",
     {"kind: KIND_GPF ip { function: 'foo' }", ""},
     {"kind: KIND_WARNING ip { function: 'foo' }", ""},
     false},
    {"messages with other numbers",
     {"kind: KIND_OTHER headline: 'disk 3 at 0x10 failed'", ""},
     {"kind: KIND_OTHER headline: 'disk 44 at 0x20 failed'", ""},
     true},
    {"other messages",
     {"kind: KIND_OTHER headline: 'disk 3 failed'", ""},
     {"kind: KIND_OTHER headline: 'tape 3 failed'", ""},
     false},
};

TEST(Bucket, SameBugSameBucket) {
  for (const Case& c : kCases) {
    const CrashRecord one = Analyzed(std::string(c.one.record), c.one.stack);
    const CrashRecord other = Analyzed(std::string(c.other.record), c.other.stack);
    EXPECT_EQ(one.signature().bucket() == other.signature().bucket(), c.same)
        << c.shows << ": " << one.signature().ShortDebugString() << " | "
        << other.signature().ShortDebugString();
  }
}

TEST(Bucket, HasItsVersion) {
  const CrashRecord record = Analyzed("kind: KIND_WARNING ip { function: 'foo' }", "bar baz");
  EXPECT_TRUE(std::regex_match(record.signature().bucket(), std::regex("1-[0-9a-f]{16}")));
  ASSERT_EQ(record.signature().frames_size(), 3);
  EXPECT_EQ(record.signature().frames(0), "foo");
  EXPECT_EQ(record.signature().frames(2), "baz");
}

TEST(Bucket, CommonWaysTellNothing) {
  const std::string record = "kind: KIND_NULL_DEREF ip { function: 'foo_get' }";
  const CrashRecord newer =
      Analyzed(record,
               "foo_open chrdev_open do_dentry_open vfs_open path_openat do_filp_open "
               "do_sys_openat2 __x64_sys_openat do_syscall_64");
  EXPECT_EQ(newer.signature().frames_size(), 2);
  EXPECT_EQ(newer.signature().bucket(), Analyzed(record, "foo_open").signature().bucket());
  EXPECT_NE(newer.signature().bucket(), Analyzed(record, "bar_open").signature().bucket());
}

// A dispatcher too may be the guilty one.
TEST(Bucket, GuiltyFunctionIsInTheKey) {
  const Signature signature =
      Analyzed("kind: KIND_GPF ip { function: 'chrdev_open' }", "do_dentry_open foo_exec")
          .signature();
  EXPECT_EQ(signature.guilty_function(), "chrdev_open");
  ASSERT_EQ(signature.frames_size(), 2);
  EXPECT_EQ(signature.frames(0), "chrdev_open");
  EXPECT_EQ(signature.frames(1), "foo_exec");
}

// Of an empty record too: stored records may be of any shape.
TEST(Bucket, AlwaysThere) {
  EXPECT_FALSE(Analyzed("").signature().bucket().empty());
  EXPECT_FALSE(Analyzed("kind: KIND_HUNG_TASK", "schedule").signature().bucket().empty());
}

TEST(Subsystem, FromFileNameAndModule) {
  constexpr struct {
    std::string_view record, subsystem;
  } kSubsystems[] = {
      {"ip { function: 'ext4_finish_bio' }", "fs/ext4"},
      {"ip { function: 'foo' file: 'drivers/net/ethernet/intel/e1000e/netdev.c' }", "drivers/net"},
      {"ip { function: 'foo' file: '/build/linux-abc/mm/slub.c' }", "mm"},
      {"ip { function: 'foo' module: 'xfs' }", "fs/xfs"},
      {"ip { function: 'foo' } file: 'net/core/dev.c'", "net/core"},
      {"ip { function: 'kvm_vcpu_ioctl' }", "virt/kvm"},
      {"ip { function: 'foo' }", ""},
      {"ip { function: 'skb_walk_done' }", "net/core"},
      {"ip { function: 'skb_walk_done' module: 'skbwalk' }", ""},
      {"ip { function: 'sysrq_handle_crash' }", "drivers/tty"},
      {"ip { function: 'mount_block_root' }", "init"},
      {"ip { function: 'hash_ip4_expire' }", "net/netfilter"},
      {"ip { function: 'deactivate_slab' }", ""},
      {"ip { function: 'can_rcv' }", "net/can"},
      {"ip { function: 'nr_rx_frame' }", "net/netrom"},
      {"ip { function: 'll_device_want_to_wakeup' }", "drivers/bluetooth"},
      {"ip { function: 'hci_uart_tty_ioctl' }", "drivers/bluetooth"},
      {"ip { function: 'hci_rx_work' }", "net/bluetooth"},
      {"ip { function: 'ip_vs_in' }", "net/netfilter"},
      {"ip { function: 'tcp_v6_rcv' }", "net/ipv6"},
      {"ip { function: 'tcp_v4_rcv' }", "net/ipv4"},
      {"ip { function: 'sync_inodes_sb' }", "fs"},
      {"ip { function: 'sync_rcu_exp_select_cpus' }", "kernel/rcu"},
      // What only begins like them.
      {"ip { function: 'can_migrate_task' }", ""},
      {"ip { function: 'nr_iowait' }", ""},
      {"ip { function: 'll_rw_block' }", ""},
      {"ip { function: 'bcm_setup' }", ""},
      {"ip { function: 'sync_regs' }", ""},
  };
  for (const auto& c : kSubsystems) {
    EXPECT_EQ(Analyzed("kind: KIND_WARNING " + std::string(c.record)).signature().subsystem(),
              c.subsystem)
        << c.record;
  }
}

}  // namespace
}  // namespace oops::analysis
