#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "tests/analysis/record.h"

namespace oops::analysis {
namespace {

struct Case {
  std::string_view shows;
  std::string_view record;  // textproto
  std::string_view stack;   // see record.h
  std::string_view title;
  std::string_view guilty;
};

constexpr Case kCases[] = {
    // Where the instruction pointer is to blame, and where it isn't.
    {"fault at its own place", "kind: KIND_NULL_DEREF ip { function: 'foo_read.isra.3' }",
     "vfs_read ksys_read", "BUG: unable to handle kernel NULL pointer dereference in foo_read",
     "foo_read"},
    {"fault in a helper", "kind: KIND_NULL_DEREF ip { function: 'strlen' }",
     "?foo_show foo_dump vfs_read",
     "BUG: unable to handle kernel NULL pointer dereference in foo_dump", "foo_dump"},
    {"fault in a lock", "kind: KIND_GPF ip { function: '__lock_acquire' }",
     "lock_acquire _raw_spin_lock_irqsave foo_wake bar_poll",
     "general protection fault in foo_wake", "foo_wake"},
    {"a helper whose caller the link register confirms",
     "kind: KIND_NULL_DEREF ip { function: 'ioread32be' } registers { name: 'LR' value: 'f103c0f4' "
     "} "
     "stacks { type: STACK_TASK frames { function: 'foo_read' reliable: false offset: 56 size: 176 "
     "address: 'f103c0d8' } frames { function: '__vfs_read' reliable: true } }",
     "", "BUG: unable to handle kernel NULL pointer dereference in foo_read", "foo_read"},
    {"a link register that leads elsewhere",
     "kind: KIND_NULL_DEREF ip { function: 'ioread32be' } registers { name: 'LR' value: 'f103d0f4' "
     "} "
     "stacks { type: STACK_TASK frames { function: 'foo_read' reliable: false offset: 56 size: 176 "
     "address: 'f103c0d8' } frames { function: 'bar_read' reliable: true } }",
     "", "BUG: unable to handle kernel NULL pointer dereference in bar_read", "bar_read"},
    {"what brought a watchdog there",
     "kind: KIND_HUNG_TASK title_form: 'kernel panic: hung_task: blocked tasks'",
     "dump_stack panic watchdog kthread ret_from_fork", "kernel panic: hung_task: blocked tasks",
     ""},
    {"a machine check while nothing ran",
     "kind: KIND_MCE title_form: 'kernel panic: Fatal machine check'",
     "panic do_machine_check machine_check cpuidle_enter_state do_idle cpu_startup_entry",
     "kernel panic: Fatal machine check", ""},
    {"waits for other CPUs", "kind: KIND_SOFT_LOCKUP ip { function: 'smp_call_function_many' }",
     "foo_flush", "BUG: soft lockup in smp_call_function", "smp_call_function_many"},
    {"warns about the wait for other CPUs",
     "kind: KIND_WARNING ip { function: 'smp_call_function_many' }", "foo_flush",
     "WARNING in smp_call_function_many", "smp_call_function_many"},
    {"jump to nowhere", "kind: KIND_NULL_DEREF", "?foo_autobind foo_sendmsg sock_sendmsg",
     "BUG: unable to handle kernel NULL pointer dereference in foo_sendmsg", "foo_sendmsg"},
    {"only guesses", "kind: KIND_GPF", "?dump_stack ?foo_sendmsg ?sock_sendmsg",
     "general protection fault in foo_sendmsg", "foo_sendmsg"},
    {"plumbing and guesses", "kind: KIND_GPF ip { function: 'memcpy' }",
     "asm_exc_general_protection ?stale do_syscall_64",
     "general protection fault in asm_exc_general_protection", "asm_exc_general_protection"},
    {"an instruction printed twice, and guesses",
     "kind: KIND_RCU_STALL ip { function: 'memcpy' } "
     "stacks { type: STACK_IRQ ip { function: 'memcpy' } }",
     "?foo_inner ?foo_ioctl ?do_syscall_64", "INFO: rcu detected stall in foo_ioctl", "foo_inner"},
    {"nothing known", "kind: KIND_GPF", "", "general protection fault", ""},
    {"nothing known, damaged", "kind: KIND_GPF damage { type: DAMAGE_INTERLEAVED }", "",
     "general protection fault in corrupted", ""},
    {"cut in its trace",
     "kind: KIND_GPF damage { type: DAMAGE_TRUNCATED } stacks { frames { address: 'ffff' } }", "",
     "general protection fault in corrupted", ""},
    {"a headline, cut, and nothing else", "kind: KIND_GPF damage { type: DAMAGE_TRUNCATED }", "",
     "general protection fault", ""},
    {"inlined functions are passed over", "kind: KIND_WARNING ip { function: '__do_kernel_fault' }",
     "__do_kernel_fault do_mem_abort el1_abort foo_find~ foo_unregister",
     "WARNING in foo_unregister", "foo_unregister"},
    {"powerpc's dot", "kind: KIND_PAGE_FAULT ip { function: '.foo_ioctl' }", "",
     "BUG: unable to handle kernel paging request in foo_ioctl", "foo_ioctl"},
    {"the grammar's form wins over the kind's",
     "kind: KIND_PAGE_FAULT title_form: 'Unhandled fault in {f}' ip { function: 'memset' }",
     "memset foo_set_termios", "Unhandled fault in foo_set_termios", "foo_set_termios"},

    // Warnings.
    {"warning", "kind: KIND_WARNING ip { function: 'foo_run' }", "", "WARNING in foo_run",
     "foo_run"},
    {"warning by trap, with panic_on_warn", "kind: KIND_WARNING ip { function: 'ida_free' }",
     "dump_stack panic __warn report_bug do_error_trap invalid_op foo_conn_del",
     "WARNING in foo_conn_del", "foo_conn_del"},
    {"allocation of a bad size", "kind: KIND_WARNING ip { function: 'kmalloc_slab' }",
     "__kmalloc_track_caller krealloc foo_get", "WARNING: kmalloc bug in foo_get", "foo_get"},
    {"lockdep's own warning",
     "kind: KIND_WARNING ip { function: 'hlock_class' } file: 'kernel/locking/lockdep.c'",
     "__lock_acquire lock_acquire _raw_spin_lock_bh lock_sock_nested foo_cb",
     "WARNING: locking bug in foo_cb", "foo_cb"},
    {"object debugging", "kind: KIND_WARNING ip { function: 'debug_print_object' }",
     "debug_check_no_obj_freed kmem_cache_free foo_release", "WARNING: ODEBUG bug in foo_release",
     "foo_release"},
    {"USB core names itself", "kind: KIND_WARNING ip { function: 'usb_submit_urb' }",
     "foo_open input_open_device", "WARNING in foo_open/usb_submit_urb", "foo_open"},
    {"refcount", "kind: KIND_REFCOUNT ip { function: 'refcount_warn_saturate' }",
     "kobject_put put_device foo_disconnect", "WARNING: refcount bug in foo_disconnect",
     "foo_disconnect"},
    {"list", "kind: KIND_LIST_CORRUPTION ip { function: '__list_del_entry_valid.cold' }",
     "foo_remove_pack", "BUG: corrupted list in foo_remove_pack", "foo_remove_pack"},
    {"user copy", "kind: KIND_USERCOPY ip { function: 'usercopy_abort' }",
     "__check_object_size.cold foo_io", "BUG: bad usercopy in foo_io", "foo_io"},

    // Lockups: known by the handler, since the place in the loop is chance.
    {"soft lockup below a file operation", "kind: KIND_SOFT_LOCKUP ip { function: 'memcpy' }",
     "foo_decode foo_transfer foo_write vfs_write ksys_write do_syscall_64",
     "BUG: soft lockup in foo_write", "foo_decode"},
    {"stall below a system call", "kind: KIND_RCU_STALL ip { function: 'bar_spin' }",
     "foo_msg __x64_sys_foo do_syscall_64", "INFO: rcu detected stall in sys_foo", "bar_spin"},
    {"stall in a timer", "kind: KIND_RCU_STALL ip { function: 'lock_acquire' }",
     "foo_send foo_timeout call_timer_fn __run_timers vfs_write",
     "INFO: rcu detected stall in foo_timeout", "foo_send"},
    {"stall found from the timer interrupt", "kind: KIND_RCU_STALL ip { function: 'foo_tx' }",
     "dump_stack rcu_dump_cpu_stacks rcu_sched_clock_irq update_process_times hrtimer_interrupt "
     "smp_apic_timer_interrupt apic_timer_interrupt foo_tx foo_timeout call_timer_fn "
     "run_timer_softirq __do_softirq irq_exit smp_apic_timer_interrupt apic_timer_interrupt "
     "bar_copy bar_write vfs_write",
     "INFO: rcu detected stall in foo_timeout", "foo_tx"},
    {"stall found from an NMI in what the timer interrupt left to do",
     "kind: KIND_RCU_STALL ip { function: 'foo_dequeue' }",
     "foo_xmit foo_timeout call_timer_fn run_timer_softirq __do_softirq irq_exit "
     "smp_apic_timer_interrupt apic_timer_interrupt bar_copy bar_write vfs_write",
     "INFO: rcu detected stall in bar_write", "foo_dequeue"},
    {"stall in an idle CPU's timer", "kind: KIND_RCU_STALL ip { function: 'foo_tx' }",
     "foo_timeout call_timer_fn __do_softirq irq_exit smp_apic_timer_interrupt",
     "INFO: rcu detected stall in foo_timeout", "foo_tx"},
    {"stall on the way out of a system call", "kind: KIND_RCU_STALL",
     "exit_mmap do_exit get_signal exit_to_user_mode_loop syscall_exit_to_user_mode do_syscall_64",
     "INFO: rcu detected stall in syscall_exit_to_user_mode", "exit_mmap"},
    {"stall in a socket option", "kind: KIND_RCU_STALL",
     "foo_scan foo_getsockopt do_sock_getsockopt __sys_getsockopt do_syscall_64",
     "INFO: rcu detected stall in foo_getsockopt", "foo_scan"},
    {"stall in a timer whose caller was inlined", "kind: KIND_RCU_STALL",
     "foo_send foo_timeout __run_timers run_timer_softirq handle_softirqs",
     "INFO: rcu detected stall in foo_timeout", "foo_send"},
    {"waits for other CPUs", "kind: KIND_SOFT_LOCKUP ip { function: 'smp_call_function_single' }",
     "on_each_cpu clock_was_set do_syscall_64", "BUG: soft lockup in smp_call_function",
     "smp_call_function_single"},
    {"hard lockup stays where it is", "kind: KIND_HARD_LOCKUP ip { function: 'foo_finish_bio' }",
     "bio_endio vfs_write", "BUG: hard lockup in foo_finish_bio", "foo_finish_bio"},
    {"stack overflow by recursion",
     "kind: KIND_STACK_OVERFLOW title_form: 'BUG: stack guard page was hit in {f}'",
     "a_event notifier_call_chain b_event a_event foo_newlink rtnetlink_rcv_msg",
     "BUG: stack guard page was hit in foo_newlink", "a_event"},

    // Waiting.
    {"hung in a mutex", "kind: KIND_HUNG_TASK",
     "__schedule schedule schedule_preempt_disabled __mutex_lock foo_put blkdev_close",
     "INFO: task hung in foo_put", "foo_put"},
    {"what stands before schedule() is noise", "kind: KIND_HUNG_TASK",
     "__noise_start __switch_to __schedule schedule schedule_timeout wait_for_common exit_foo",
     "INFO: task hung in exit_foo", "exit_foo"},
    {"hung in any grace period", "kind: KIND_HUNG_TASK",
     "__schedule schedule synchronize_rcu_expedited foo_net_exit",
     "INFO: task hung in synchronize_rcu", "synchronize_rcu_expedited"},
    {"sleeps in atomic context", "kind: KIND_SLEEPING_IN_ATOMIC ip { function: 'default_idle' }",
     "dump_stack_lvl __might_resched kmem_cache_alloc_node foo_alloc",
     "BUG: sleeping function called from invalid context in foo_alloc", "foo_alloc"},

    {"a place that the report mentions",
     "kind: KIND_SCHEDULING_WHILE_ATOMIC stacks { type: STACK_TASK frames { function: 'mentioned' "
     "} }",
     "dump_stack_lvl __schedule_bug __schedule schedule exit_to_user_mode_prepare",
     "BUG: scheduling while atomic in exit_to_user_mode_prepare", "exit_to_user_mode_prepare"},

    // Sanitizers.
    {"access known",
     "kind: KIND_KASAN title_form: 'KASAN: use-after-free {access} in {f}' fault { access: "
     "ACCESS_WRITE } "
     "ip { function: 'rb_erase' }",
     "dump_stack kasan_report __asan_report_store8_noabort rb_erase foo_del",
     "KASAN: use-after-free Write in foo_del", "foo_del"},
    {"access unknown",
     "kind: KIND_KASAN title_form: 'KASAN: slab-out-of-bounds {access} in {f}' ip { function: "
     "'foo' }",
     "", "KASAN: slab-out-of-bounds in foo", "foo"},
    {"race of two",
     "kind: KIND_KCSAN title_form: 'KCSAN: data-race in {f}' "
     "headline: 'BUG: KCSAN: data-race in foo_b.part.0 / foo_a'",
     "foo_b", "KCSAN: data-race in foo_a / foo_b", "foo_b"},
    {"leak", "kind: KIND_MEMORY_LEAK",
     "kmemleak_alloc kmem_cache_alloc sk_prot_alloc sk_alloc foo_create",
     "memory leak in foo_create", "foo_create"},
    {"Rust",
     "kind: KIND_KERNEL_BUG ip { function: 'rust_helper_BUG' } title_form: 'attempt to add with "
     "overflow in {f}'",
     "_RNvCscSpY9Juk0HT_7___rustc17rust_begin_unwind _RNvNtCs9jEwPDbx20M_4core9panicking9panic_fmt "
     "_RNvXs1_CscPPBqWtAqum_11ashmem_rustNtB5_6AshmemNtNtCs43vyB533jt3_"
     "6kernel10miscdevice10MiscDevice4mmap",
     "attempt to add with overflow in <ashmem_rust::Ashmem as "
     "kernel::miscdevice::MiscDevice>::mmap",
     "<ashmem_rust::Ashmem as kernel::miscdevice::MiscDevice>::mmap"},

    // Lockdep.
    {"who tries to take the lock",
     "kind: KIND_LOCKDEP headline: 'WARNING: possible circular locking dependency detected' "
     "lockdep { acquiring: '(console_lock){+.+.}, at: [<000000001c8cd30e>] foo_read+0x129/0xae0' }",
     "dump_stack lock_acquire console_lock foo_read", "possible deadlock in foo_read", "foo_read"},
    {"by a helper",
     "kind: KIND_LOCKDEP headline: 'WARNING: possible circular locking dependency detected' "
     "lockdep { acquiring: '00000000 (&x){+.+.}-{2:2}, at: lock_sock_nested+0x1/0x2' }",
     "dump_stack __lock_acquire lock_acquire lock_sock_nested foo_setsockopt",
     "possible deadlock in foo_setsockopt", "foo_setsockopt"},
    {"no stack",
     "kind: KIND_LOCKDEP headline: 'WARNING: inconsistent lock state' "
     "lockdep { acquiring: '(&x){+.?.}-{2:2}, at: foo_put+0x1/0x2' }",
     "", "possible deadlock in foo_put", "foo_put"},
    {"a tracepoint's lock, and the one held",
     "kind: KIND_LOCKDEP headline: 'WARNING: possible circular locking dependency detected' "
     "lockdep { acquiring: '(event_mutex){+.+.}-{3:3}, at: perf_trace_destroy+0x1/0x2' "
     "holding: '(&x->lock){+.+.}-{3:3}, at: foo_release+0x1/0x2' }",
     "dump_stack lock_acquire foo_close", "possible deadlock in foo_release", "foo_release"},
    {"waits for work",
     "kind: KIND_LOCKDEP headline: 'WARNING: possible circular locking dependency detected' "
     "lockdep { acquiring: '((work_completion)(&foo)){+.+.}-{0:0}, at: __flush_work+0x1/0x2' }",
     "dump_stack lock_acquire __flush_work foo_close", "possible deadlock in __flush_work",
     "__flush_work"},
    {"work that was never set up",
     "kind: KIND_LOCKDEP headline: 'INFO: trying to register non-static key.' "
     "title_form: 'INFO: trying to register non-static key in {f}'",
     "dump_stack register_lock_class __lock_acquire lock_acquire __flush_work foo_close",
     "INFO: trying to register non-static key in foo_close", "foo_close"},
    {"who holds it",
     "kind: KIND_LOCKDEP title_form: 'WARNING: lock held when returning to user space in {f}' "
     "headline: 'WARNING: lock held when returning to user space!' locks_held { at { function: "
     "'foo_lock_inode' } }",
     "", "WARNING: lock held when returning to user space in foo_lock_inode", "foo_lock_inode"},
    {"the use in an interrupt",
     "kind: KIND_LOCKDEP headline: 'WARNING: HARDIRQ-safe -> HARDIRQ-unsafe lock order detected' "
     "stacks { type: STACK_HELD_AT label: '... which became HARDIRQ-irq-safe at:' frames { "
     "function: 'lock_acquire' } "
     "frames { function: '_raw_spin_lock_irqsave' } frames { function: 'foo_event' } }",
     "dump_stack lock_acquire _raw_read_lock bar_fasync", "possible deadlock in foo_event",
     "foo_event"},

    // Others.
    {"who allocated the page",
     "kind: KIND_BAD_PAGE stacks { type: STACK_ALLOCATED frames { function: 'post_alloc_hook' } "
     "frames { function: 'get_page_from_freelist' } frames { function: 'foo_get_metapage' } }",
     "dump_stack bad_page free_unref_page bar_batch", "BUG: Bad page state in foo_get_metapage",
     "foo_get_metapage"},
    {"no function in the form", "kind: KIND_PANIC title_form: 'kernel panic: bad mode'",
     "dump_stack panic foo", "kernel panic: bad mode", "foo"},
    {"no form at all", "kind: KIND_OTHER headline: 'foo: device 3 at 0x1000 went away'", "",
     "foo: device NUM at ADDR went away", ""},
};

TEST(Title, Table) {
  for (const Case& c : kCases) {
    const CrashRecord record = Analyzed(std::string(c.record), c.stack);
    EXPECT_EQ(record.title(), c.title) << c.shows;
    EXPECT_EQ(record.signature().guilty_function(), c.guilty) << c.shows;
  }
}

bool HasAlternative(const CrashRecord& record, std::string_view title) {
  return std::find(record.alt_titles().begin(), record.alt_titles().end(), title) !=
         record.alt_titles().end();
}

TEST(Title, AlternativesKeepTheOtherNames) {
  const CrashRecord stall = Analyzed("kind: KIND_RCU_STALL ip { function: 'bar_spin' }",
                                     "foo_msg __x64_sys_foo do_syscall_64");
  EXPECT_TRUE(HasAlternative(stall, "INFO: rcu detected stall in __x64_sys_foo"));
  EXPECT_TRUE(HasAlternative(stall, "INFO: rcu detected stall in bar_spin"));
  EXPECT_TRUE(HasAlternative(stall, "stall in sys_foo"));
  EXPECT_FALSE(HasAlternative(stall, stall.title()));

  const CrashRecord fault =
      Analyzed("kind: KIND_GPF ip { function: 'foo' } alt_title_forms: 'WARNING in {f}'");
  EXPECT_TRUE(HasAlternative(fault, "bad-access in foo"));
  EXPECT_TRUE(HasAlternative(fault, "WARNING in foo"));
}

// rcu_dump_cpu_stacks() shows CPUs in their order: whoever holds up the grace period first is as
// good as the one that reports, but a CPU of trigger_all_cpu_backtrace() may be idle.
TEST(Title, FirstBacktraceOfAStall) {
  const auto stall = [](std::string_view shown_by) {
    CrashRecord record = Record("kind: KIND_RCU_STALL");
    AddStack(record, STACK_OTHER_TASK, "schedule schedule_timeout rcu_gp_kthread kthread");
    AddStack(record, STACK_OTHER_CPU, "foo_poll foo_ioctl vfs_ioctl");
    record.mutable_stacks(1)->set_part(STACK_TASK);
    AddStack(record, STACK_IRQ, std::string("dump_stack ") + std::string(shown_by));
    AddStack(record, STACK_TASK, "bar_wait bar_write vfs_write");
    Analyze(record);
    return record;
  };
  const CrashRecord only_stalled = stall("rcu_dump_cpu_stacks rcu_sched_clock_irq");
  EXPECT_EQ(only_stalled.title(), "INFO: rcu detected stall in foo_ioctl");
  EXPECT_TRUE(HasAlternative(only_stalled, "INFO: rcu detected stall in bar_write"));
  EXPECT_FALSE(HasAlternative(only_stalled, "INFO: rcu detected stall in rcu_gp_kthread"));

  const CrashRecord all = stall("arch_trigger_all_cpu_backtrace rcu_check_callbacks");
  EXPECT_EQ(all.title(), "INFO: rcu detected stall in bar_write");
  EXPECT_TRUE(HasAlternative(all, "INFO: rcu detected stall in foo_ioctl"));
}

TEST(Title, InterruptedTaskIsAnAlternative) {
  CrashRecord record = Record("kind: KIND_HARD_LOCKUP");
  AddStack(record, STACK_IRQ, "foo_end_io bio_endio");
  AddStack(record, STACK_TASK, "bar_map bar_write vfs_write");
  AddStack(record, STACK_OTHER_CPU, "unrelated vfs_read");
  Analyze(record);
  EXPECT_EQ(record.title(), "BUG: hard lockup in foo_end_io");
  EXPECT_TRUE(HasAlternative(record, "BUG: hard lockup in bar_map"));
  EXPECT_FALSE(HasAlternative(record, "BUG: hard lockup in unrelated"));
}

TEST(Title, LockdepsWordsAreAnAlternativeWhereNobodyIsNamed) {
  const std::string text =
      "kind: KIND_LOCKDEP title_form: 'possible deadlock in {f}' "
      "headline: 'WARNING: possible circular locking dependency detected' ";
  constexpr std::string_view kWords = "WARNING: possible circular locking dependency detected";
  EXPECT_TRUE(HasAlternative(Analyzed(text), kWords));
  EXPECT_FALSE(HasAlternative(Analyzed(text, "lock_acquire foo_lock"), kWords));
}

TEST(Title, IsMadeAnew) {
  CrashRecord record = Analyzed("kind: KIND_GPF ip { function: 'foo' }");
  const CrashRecord once = record;
  Analyze(record);
  EXPECT_EQ(record.SerializeAsString(), once.SerializeAsString());
}

}  // namespace
}  // namespace oops::analysis
