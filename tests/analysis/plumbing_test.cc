#include "lib/analysis/plumbing.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <string_view>

#include "lib/analysis/dispatch.h"

namespace oops::analysis {
namespace {

TEST(Plumbing, GroupsSayWhy) {
  std::set<std::string_view> names;
  for (const PlumbingGroup& group : PlumbingGroups()) {
    EXPECT_TRUE(names.insert(group.name).second) << group.name;
    EXPECT_FALSE(group.reason.empty()) << group.name;
    EXPECT_FALSE(group.functions.empty()) << group.name;
  }
}

TEST(Plumbing, PatternsAreWrittenOnceInAGroup) {
  for (const PlumbingGroup& group : PlumbingGroups()) {
    std::set<std::string> seen;
    std::string pattern;
    for (char c : std::string(group.functions) + ' ') {
      if (c != ' ') {
        pattern += c;
        continue;
      }
      EXPECT_TRUE(pattern.empty() || seen.insert(pattern).second) << group.name << ": " << pattern;
      pattern.clear();
    }
  }
}

struct Case {
  std::string_view function;
  Kind kind;
  std::string_view group;  // empty: may be guilty
};

TEST(Plumbing, ByKind) {
  constexpr Case kCases[] = {
      {"dump_stack_lvl", KIND_WARNING, "report"},
      {"asm_exc_page_fault", KIND_PAGE_FAULT, "exception entry"},
      {"el1h_64_sync_handler", KIND_KASAN, "exception entry"},
      {"sysvec_apic_timer_interrupt", KIND_SOFT_LOCKUP, "interrupt entry"},
      {"__kasan_slab_free", KIND_KASAN, "sanitizer"},
      {"_raw_spin_lock_irqsave", KIND_NULL_DEREF, "lock"},
      {"native_queued_spin_lock_slowpath", KIND_SOFT_LOCKUP, "lock"},
      {"kfree", KIND_GPF, "allocator"},
      {"kfree", KIND_SLAB_CORRUPTION, "allocator"},
      {"__alloc_pages_noprof", KIND_WARNING, "allocator"},
      {"schedule", KIND_HUNG_TASK, "scheduler"},
      {"schedule", KIND_GPF, ""},
      {"wait_for_completion", KIND_HUNG_TASK, "timer and work"},
      {"rcu_barrier", KIND_HUNG_TASK, "wait"},
      {"rcu_barrier", KIND_WARNING, ""},
      {"__flush_work", KIND_WARNING, "timer and work"},
      {"usb_submit_urb", KIND_WARNING, "transfer request"},
      {"usb_submit_urb", KIND_KASAN, ""},
      {"__alloc_skb", KIND_MEMORY_LEAK, "memory reclaim and charging"},
      {"__alloc_skb", KIND_SLEEPING_IN_ATOMIC, ""},
      {"ext4_finish_bio", KIND_HARD_LOCKUP, ""},
      {"put_compound_page", KIND_HARD_LOCKUP, ""},
      {"rtnl_lock", KIND_HUNG_TASK, ""},
      {"remove_wait_queue", KIND_PAGE_FAULT, ""},
      {"copy_page_range", KIND_PAGE_FAULT, ""},
      {"clear_page_dirty_for_io", KIND_WARNING, ""},
      {"netdev_run_todo", KIND_HUNG_TASK, ""},
      {"exit_to_usermode_loop", KIND_SCHEDULING_WHILE_ATOMIC, ""},
      {"ldsem_down_read", KIND_HUNG_TASK, "lock"},
      {"lockref_get_not_dead", KIND_KASAN, "lock"},
      {"__do_kmalloc_node", KIND_WARNING, "allocator"},
      {"_parse_integer", KIND_KASAN, "memory and string helper"},
      {"__pi_memcpy", KIND_PAGE_FAULT, "memory and string helper"},
      {"bitmap_weight", KIND_KASAN, "memory and string helper"},
      {"device_remove_groups", KIND_WARNING, "driver core"},
      {"syscall_exit_to_user_mode", KIND_WARNING, "system call exit"},
      // What only begins like a helper.
      {"bitmap_ip_add", KIND_KASAN, ""},
      {"rht_deferred_worker", KIND_KASAN, ""},
      {"copy_user_highpage", KIND_KMSAN, ""},
      {"kcov_remote_start", KIND_LOCKDEP, ""},
      {"ftrace_profile_set_filter", KIND_MEMORY_LEAK, ""},
      {"memdup_user", KIND_WARNING, ""},
  };
  for (const Case& c : kCases) {
    const PlumbingGroup* group = FindPlumbing(c.function, c.kind);
    EXPECT_EQ(group == nullptr ? "" : group->name, c.group)
        << c.function << " " << Kind_Name(c.kind);
  }
}

TEST(Dispatcher, RunsCallbacks) {
  EXPECT_TRUE(RunsCallbacks("__run_timers"));
  EXPECT_TRUE(RunsCallbacks("process_one_work"));
  EXPECT_FALSE(RunsCallbacks("vfs_write"));
  EXPECT_FALSE(RunsCallbacks("foo_timeout"));
}

TEST(Dispatcher, CallsHandlers) {
  for (std::string_view name :
       {"do_syscall_64", "vfs_write", "__x64_sys_ioctl", "process_one_work", "call_timer_fn",
        "__netif_receive_skb_core", "rtnetlink_rcv_msg", "invoke_syscall"}) {
    EXPECT_TRUE(IsDispatcher(name)) << name;
  }
  for (std::string_view name :
       {"ext4_file_write_iter", "kvm_vcpu_ioctl", "ipv6_rcv", "schedule", ""}) {
    EXPECT_FALSE(IsDispatcher(name)) << name;
  }
}

}  // namespace
}  // namespace oops::analysis
