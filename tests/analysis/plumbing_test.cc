#include "lib/analysis/plumbing.h"

#include <gtest/gtest.h>

#include <iterator>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "lib/analysis/dispatch.h"
#include "lib/analysis/name_patterns.h"

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

std::vector<std::string> Words(std::string_view text) {
  std::istringstream stream{std::string(text)};
  return {std::istream_iterator<std::string>(stream), {}};
}

// NamePatterns numbers lists up to 63, and knows a star at one end of a pattern only.
TEST(Plumbing, GroupsFitThePatterns) {
  EXPECT_LE(PlumbingGroups().size(), 64u);
  for (const PlumbingGroup& group : PlumbingGroups()) {
    for (const std::string& word : Words(group.functions)) {
      EXPECT_TRUE(IsPattern(word)) << group.name << ": " << word;
    }
    EXPECT_TRUE(ArePatterns(group.functions)) << group.name;
  }
}

TEST(Patterns, HaveOneStarAtAnEnd) {
  for (std::string_view word : {"foo", "foo*", "*foo"}) EXPECT_TRUE(IsPattern(word)) << word;
  for (std::string_view word : {"", "*", "**", "*foo*", "f*o", "foo**"}) {
    EXPECT_FALSE(IsPattern(word)) << word;
  }
  EXPECT_TRUE(ArePatterns("foo* bar"));
  for (std::string_view words : {"", "foo  bar", " foo", "foo ", "*foo* bar", "foo b*r"}) {
    EXPECT_FALSE(ArePatterns(words)) << words;
  }
}

TEST(Plumbing, PatternsAreWrittenOnceInAGroup) {
  for (const PlumbingGroup& group : PlumbingGroups()) {
    std::set<std::string> seen;
    for (const std::string& word : Words(group.functions)) {
      EXPECT_TRUE(seen.insert(word).second) << group.name << ": " << word;
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
      {"exc_nmi", KIND_HARD_LOCKUP, "interrupt entry"},
      {"asm_exc_nmi", KIND_HARD_LOCKUP, "interrupt entry"},
      {"__el1_irq", KIND_RCU_STALL, "interrupt entry"},
      {"exc_page_fault", KIND_PAGE_FAULT, "exception entry"},
      {"__el1_pc", KIND_PAGE_FAULT, "exception entry"},
      {"exc_page_fault", KIND_LOCKDEP, "lock of its own"},
      {"pcpu_alloc_noprof", KIND_LOCKDEP, "lock of its own"},
      {"lock_sock_nested", KIND_LOCKDEP, "socket lock"},
      {"lock_sock_nested", KIND_KASAN, "socket lock"},
      {"lock_sock_nested", KIND_HUNG_TASK, ""},
      {"__lock_sock", KIND_HUNG_TASK, "wait"},
      {"iput", KIND_KASAN, "page state"},
      {"rhashtable_lookup_fast", KIND_KASAN, "memory and string helper"},
      {"rhashtable_walk_next", KIND_KASAN, ""},
      {"percpu_counter_add_batch", KIND_GPF, ""},
      {"ret_from_exception", KIND_PAGE_FAULT, "exception entry"},
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
      {"exit_to_usermode_loop", KIND_SCHEDULING_WHILE_ATOMIC, "system call entry"},
      // Every architecture's way in, every kind of lock, every conversion of printf.
      {"xen_hvm_callback_vector", KIND_NULL_DEREF, "interrupt entry"},
      {"doorbell_super_common_virt", KIND_RCU_STALL, "interrupt entry"},
      {"bcm2836_arm_irqchip_handle_irq", KIND_RCU_STALL, "interrupt entry"},
      {"do_fpe", KIND_OOPS_OTHER, "exception entry"},
      {"linux_sparc_syscall32", KIND_GPF, "system call entry"},
      {"el0_sync_compat_handler", KIND_KASAN, "system call entry"},
      {"check_flags", KIND_WARNING, "lock debugging"},
      {"lookup_chain_cache_add", KIND_SOFT_LOCKUP, "lock debugging"},
      {"__raw_callee_save___kvm_vcpu_is_preempted", KIND_RCU_STALL, "lock"},
      {"down_trylock", KIND_LOCKDEP, "semaphore"},
      {"ip6_compressed_string", KIND_KASAN, "number and name formatting"},
      {"seq_vprintf", KIND_KASAN, "memory and string helper"},
      {"simple_copy_to_iter", KIND_KMSAN, "user copy"},
      {"copy_from_kernel_nofault", KIND_PAGE_FAULT, "user copy"},
      {"fault_in_readable", KIND_PAGE_FAULT, "user access check"},
      {"pl011_console_write", KIND_RCU_STALL, "console"},
      {"__dynamic_pr_debug", KIND_KASAN, "printk"},
      {"cache_from_obj", KIND_WARNING, "allocator"},
      {"check_slabp", KIND_SLAB_CORRUPTION, "allocator"},
      {"arch_trigger_all_cpu_backtrace_handler", KIND_SOFT_LOCKUP, "watchdog"},
      {"handle_edge_irq", KIND_SOFT_LOCKUP, "interrupt handling"},
      {"handle_edge_irq", KIND_NULL_DEREF, ""},
      {"wb_wait_for_completion", KIND_HUNG_TASK, "wait"},
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
      {"deactivate_slab", KIND_WARNING, ""},
      {"lookup_object", KIND_PAGE_FAULT, ""},
      {"dcache_dir_open", KIND_KASAN, ""},
      {"snd_seq_write", KIND_KASAN, ""},
      {"migration_entry_wait", KIND_HUNG_TASK, ""},
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

TEST(Plumbing, NamedAnyway) {
  EXPECT_TRUE(IsNamedAnyway("add_timer", KIND_WARNING));
  EXPECT_TRUE(IsNamedAnyway("vfree", KIND_SLEEPING_IN_ATOMIC));
  EXPECT_TRUE(IsNamedAnyway("sk_skb_reason_drop", KIND_KASAN));
  EXPECT_TRUE(IsNamedAnyway("timer_delete_sync", KIND_GPF));
  EXPECT_FALSE(IsNamedAnyway("add_timer", KIND_HUNG_TASK));
  EXPECT_FALSE(IsNamedAnyway("pcpu_alloc", KIND_MEMORY_LEAK));
  EXPECT_FALSE(IsNamedAnyway("mod_timer", KIND_WARNING));
  EXPECT_FALSE(IsNamedAnyway("foo_open", KIND_WARNING));
}

TEST(Dispatcher, RunsCallbacks) {
  EXPECT_TRUE(RunsCallbacks("__run_timers"));
  EXPECT_TRUE(RunsCallbacks("process_one_work"));
  EXPECT_TRUE(RunsCallbacks("handle_irq_event"));
  EXPECT_TRUE(RunsCallbacks("rcu_do_batch"));
  EXPECT_FALSE(RunsCallbacks("vfs_write"));
  EXPECT_FALSE(RunsCallbacks("foo_timeout"));
}

TEST(Dispatcher, StandsOnManyWays) {
  for (std::string_view name :
       {"vfs_open", "chrdev_open", "run_timer_softirq", "__handle_irq_event_percpu",
        "tasklet_action", "do_init_module", "__x64_sys_finit_module", "____fput", "sysfs_read_file",
        "kernfs_seq_show", "seq_read_iter", "timer_expire_remote", "usb_probe_interface",
        "genl_rcv_msg", "vfs_write"}) {
    EXPECT_TRUE(IsOnManyWays(name)) << name;
  }
  for (std::string_view name : {"ext4_file_open", "foo_probe", "genl_bind", "usb_unlink_urb", ""}) {
    EXPECT_FALSE(IsOnManyWays(name)) << name;
  }
}

TEST(Dispatcher, CallsHandlers) {
  for (std::string_view name :
       {"do_syscall_64", "vfs_write", "__x64_sys_ioctl", "process_one_work", "call_timer_fn",
        "__netif_receive_skb_core", "rtnetlink_rcv_msg", "invoke_syscall"}) {
    EXPECT_TRUE(IsDispatcher(name)) << name;
  }
  for (std::string_view name : {"ext4_file_write_iter", "kvm_vcpu_ioctl", "ipv6_rcv", "schedule",
                                "rcu_core", "netlink_sendmsg", "genl_rcv_msg", ""}) {
    EXPECT_FALSE(IsDispatcher(name)) << name;
  }
}

}  // namespace
}  // namespace oops::analysis
