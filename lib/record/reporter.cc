#include "lib/record/reporter.h"

#include <algorithm>
#include <string_view>

namespace oops::record {
namespace {

// lib/dump_stack.c and each architecture's traces.c: everybody prints through them.
constexpr std::string_view kPrinters[] = {
    "dump_stack",
    "dump_stack_lvl",
    "__dump_stack",
    "show_stack",
    "show_trace",
    "show_trace_log_lvl",
    "dump_backtrace",
    "unwind_backtrace",
    "print_trace",
    "sched_show_task",
    "arch_trigger_all_cpu_backtrace",
    "arch_trigger_cpumask_backtrace",
    "nmi_trigger_cpumask_backtrace",
    "nmi_cpu_backtrace",
    "rcu_dump_cpu_stacks",
    "trigger_all_cpu_backtrace",
    "dump_trace",
    "spl_dumpstack",
    "spl_debug_dumpstack",
    "libcfs_debug_dumpstack",
    "libcfs_call_trace",
};

struct Row {
  std::string_view function;
  Reporter reporter;
};
constexpr Row kReporters[] = {
    {"print_cpu_stall", {KIND_RCU_STALL, SEVERITY_LOCKUP}},
    {"check_cpu_stall", {KIND_RCU_STALL, SEVERITY_LOCKUP}},
    {"__rcu_pending", {KIND_RCU_STALL, SEVERITY_LOCKUP}},
    {"rcu_pending", {KIND_RCU_STALL, SEVERITY_LOCKUP}},
    {"rcu_check_callbacks", {KIND_RCU_STALL, SEVERITY_LOCKUP}},
    {"rcu_sched_clock_irq", {KIND_RCU_STALL, SEVERITY_LOCKUP}},
    {"watchdog_timer_fn", {KIND_SOFT_LOCKUP, SEVERITY_LOCKUP}},
    {"softlockup_tick", {KIND_SOFT_LOCKUP, SEVERITY_LOCKUP}},
    {"warn_slowpath_common", {KIND_WARNING, SEVERITY_WARNING}},
    {"warn_slowpath_fmt", {KIND_WARNING, SEVERITY_WARNING}},
    {"warn_slowpath_null", {KIND_WARNING, SEVERITY_WARNING}},
    {"__warn", {KIND_WARNING, SEVERITY_WARNING}},
    {"__schedule_bug", {KIND_SCHEDULING_WHILE_ATOMIC, SEVERITY_WARNING}},
    {"__might_sleep", {KIND_SLEEPING_IN_ATOMIC, SEVERITY_WARNING}},
    {"___might_sleep", {KIND_SLEEPING_IN_ATOMIC, SEVERITY_WARNING}},
    {"__might_resched", {KIND_SLEEPING_IN_ATOMIC, SEVERITY_WARNING}},
    {"lockdep_rcu_suspicious", {KIND_RCU_WARNING, SEVERITY_WARNING}},
    {"bad_page", {KIND_BAD_PAGE, SEVERITY_WARNING}},
    {"print_bad_pte", {KIND_BAD_PAGE, SEVERITY_WARNING}},
    {"__report_bad_irq", {KIND_IRQ_NOBODY_CARED, SEVERITY_WARNING}},
    {"spin_dump", {KIND_SPINLOCK_LOCKUP, SEVERITY_LOCKUP}},
    {"spin_bug", {KIND_SPINLOCK_LOCKUP, SEVERITY_LOCKUP}},
    {"ubsan_epilogue", {KIND_UBSAN, SEVERITY_WARNING}},
    {"kasan_report", {KIND_KASAN, SEVERITY_WARNING}},
    {"print_report", {KIND_KASAN, SEVERITY_WARNING}},
    {"print_address_description", {KIND_KASAN, SEVERITY_WARNING}},
    {"spl_panic", {KIND_KERNEL_BUG, SEVERITY_OOPS}},
    {"spl_debug_bug", {KIND_KERNEL_BUG, SEVERITY_OOPS}},
    {"vcmn_err", {KIND_KERNEL_BUG, SEVERITY_OOPS}},
    {"lbug_with_loc", {KIND_KERNEL_BUG, SEVERITY_OOPS}},
    {"warn_alloc", {KIND_PAGE_ALLOC_FAILURE, SEVERITY_INFO}},
    {"warn_alloc_failed", {KIND_PAGE_ALLOC_FAILURE, SEVERITY_INFO}},
    {"dump_header", {KIND_OOM_KILL, SEVERITY_INFO}},
};

std::string_view Bare(std::string_view function) { return function.substr(0, function.find('.')); }

}  // namespace

std::optional<Reporter> FindReporter(const CrashRecord& record) {
  for (const Stack& stack : record.stacks()) {
    if (stack.type() > STACK_EXCEPTION) continue;
    for (const Frame& frame : stack.frames()) {
      std::string_view function = Bare(frame.function());
      if (std::find(std::begin(kPrinters), std::end(kPrinters), function) != std::end(kPrinters))
        continue;
      for (const Row& row : kReporters) {
        if (row.function == function) return row.reporter;
      }
      return std::nullopt;
    }
  }
  return std::nullopt;
}

}  // namespace oops::record
