// What panic() prints (kernel/panic.c), told apart by the message of its caller. A panic that ends an oops is the
// oops's; the kinds here are for panics that are the whole event.
#include "lib/grammar/headline.h"

namespace oops::grammar {
namespace {

constexpr std::string_view kAnchor = "Kernel panic - not syncing";

// Names of interfaces, files and numbers stay out of the title: {what} is the message up to the first of them.
#define PANIC "Kernel panic - not syncing: +"
#define TEXT(words) PANIC "(?P<panic>" words ".*)"

constexpr Headline kRows[] = {
    {.name = "panic-soft-lockup", .anchor = kAnchor, .pattern = TEXT("softlockup: hung tasks"),
     .kind = KIND_SOFT_LOCKUP, .severity = SEVERITY_PANIC, .join = Join::kPanic,
     .title = "BUG: soft lockup in {f}", .printed_by = "watchdog_timer_fn(), softlockup_panic=1",
     .example = "Kernel panic - not syncing: softlockup: hung tasks"},
    {.name = "panic-hard-lockup", .anchor = kAnchor, .pattern = TEXT("Hard LOCKUP"),
     .kind = KIND_HARD_LOCKUP, .severity = SEVERITY_PANIC, .join = Join::kPanic,
     .title = "BUG: hard lockup in {f}", .printed_by = "watchdog_hardlockup_check(), since 4.0",
     .example = "Kernel panic - not syncing: Hard LOCKUP"},
    {.name = "panic-hung-task", .anchor = kAnchor, .pattern = TEXT("hung_task: blocked tasks"),
     .kind = KIND_HUNG_TASK, .severity = SEVERITY_PANIC, .join = Join::kPanic,
     .title = "kernel panic: hung_task: blocked tasks",
     .printed_by = "check_hung_uninterruptible_tasks(), hung_task_panic=1",
     .example = "Kernel panic - not syncing: hung_task: blocked tasks"},
    {.name = "panic-rcu-stall", .anchor = kAnchor, .pattern = TEXT("RCU Stall"),
     .kind = KIND_RCU_STALL, .severity = SEVERITY_PANIC, .join = Join::kPanic,
     .title = "INFO: rcu detected stall in {f}", .printed_by = "panic_on_rcu_stall()",
     .example = "Kernel panic - not syncing: RCU Stall"},
    {.name = "panic-workqueue-stall", .anchor = kAnchor,
     .pattern = TEXT(R"(workqueue: (?:\d+ stall\(s\) exceeded|stall lasted))"),
     .kind = KIND_WORKQUEUE_LOCKUP, .severity = SEVERITY_PANIC, .join = Join::kPanic,
     .title = "BUG: workqueue lockup", .printed_by = "panic_on_wq_watchdog(), 7.x",
     .example = "Kernel panic - not syncing: workqueue: 2 stall(s) exceeded threshold 1"},
    {.name = "panic-stack-protector", .anchor = kAnchor,
     .pattern = PANIC "(?P<panic>stack-protector: Kernel stack is corrupted in: *"
                      R"((?:(?P<ipaddr>[0-9a-f]{8,16})\b|(?P<func>[^\s\]]+(?: \[[\w-]+\])?))?))",
     .kind = KIND_STACK_PROTECTOR, .severity = SEVERITY_PANIC, .join = Join::kPanic,
     .title = "kernel panic: stack is corrupted in {f}", .printed_by = "__stack_chk_fail()",
     .example = "Kernel panic - not syncing: stack-protector: Kernel stack is corrupted in: foo_ioctl+0x1b5/0x1c0"},
    {.name = "panic-stack-end", .anchor = kAnchor,
     .pattern = TEXT("corrupted (?:shadow )?stack (?:end )?detected inside scheduler"),
     .kind = KIND_STACK_OVERFLOW, .severity = SEVERITY_PANIC, .join = Join::kPanic,
     .title = "kernel panic: corrupted stack end in {f}", .printed_by = "schedule_debug()",
     .example = "Kernel panic - not syncing: corrupted stack end detected inside scheduler"},
    {.name = "panic-stack-overflow", .anchor = kAnchor,
     .pattern = TEXT("(?:[kK]ernel stack overflow|(?:[A-Z]+ )?stack guard hit|Corrupt kernel stack|"
                     "low stack detected by irq handler|Kernel stack pointer invalid|Invalid kernel stack pointer)"),
     .kind = KIND_STACK_OVERFLOW, .severity = SEVERITY_PANIC, .join = Join::kPanic,
     .title = "kernel stack overflow in {f}", .printed_by = "handle_bad_stack() and the like",
     .example = "Kernel panic - not syncing: kernel stack overflow"},
    {.name = "panic-double-fault", .anchor = kAnchor,
     .pattern = TEXT(R"((?:Machine halted\.|cannot return from double fault))"),
     .kind = KIND_DOUBLE_FAULT, .severity = SEVERITY_PANIC, .join = Join::kPanic,
     .title = "PANIC: double fault in {f}", .printed_by = "df_debug(), doublefault_shim()",
     .example = "Kernel panic - not syncing: Machine halted."},
    {.name = "panic-atomic", .anchor = kAnchor, .pattern = TEXT("scheduling while atomic"),
     .kind = KIND_SCHEDULING_WHILE_ATOMIC, .severity = SEVERITY_PANIC, .join = Join::kPanic,
     .title = "BUG: scheduling while atomic in {f}", .printed_by = "__schedule_bug(), panic_on_warn=1",
     .example = "Kernel panic - not syncing: scheduling while atomic"},
    {.name = "panic-um-null", .anchor = kAnchor,
     .pattern = PANIC R"((?P<panic>Kernel mode fault at addr 0x(?P<addr>[0-9a-f]{1,3}), ip 0x(?P<ipaddr>[0-9a-f]+)))",
     .kind = KIND_NULL_DEREF, .severity = SEVERITY_PANIC, .join = Join::kPanic,
     .title = "BUG: unable to handle kernel NULL pointer dereference in {f}",
     .printed_by = "segv(), arch/um/kernel/trap.c", .arch = "um",
     .example = "Kernel panic - not syncing: Kernel mode fault at addr 0x20, ip 0x60039f2a"},
    {.name = "panic-um-fault", .anchor = kAnchor,
     .pattern = PANIC "(?P<panic>(?:Kernel mode fault|Kernel tried to access user memory) at addr "
                      "0x(?P<addr>[0-9a-f]+), ip 0x(?P<ipaddr>[0-9a-f]+))",
     .kind = KIND_PAGE_FAULT, .severity = SEVERITY_PANIC, .join = Join::kPanic,
     .title = "BUG: unable to handle kernel paging request in {f}",
     .printed_by = "segv(), arch/um/kernel/trap.c", .arch = "um",
     .example = "Kernel panic - not syncing: Kernel mode fault at addr 0xdeadbeef, ip 0x60039f2a"},
    {.name = "panic-um-signal", .anchor = kAnchor, .pattern = TEXT(R"(Kernel mode signal \d+)"),
     .kind = KIND_OOPS_OTHER, .severity = SEVERITY_PANIC, .join = Join::kPanic,
     .title = "kernel panic: Kernel mode signal in {f}", .printed_by = "relay_signal(), arch/um",
     .arch = "um", .example = "Kernel panic - not syncing: Kernel mode signal 4"},
    {.name = "panic-mce", .anchor = kAnchor,
     .pattern = PANIC "(?P<panic>(?P<what>Fatal [Mm]achine check(?: on current CPU)?|Fatal local machine check|"
                      "Local fatal machine check|Uncorrected machine check|Machine check from unknown source|"
                      "Timeout: Not all CPUs entered broadcast exception handler|Timeout synchronizing machine check|"
                      "Machine check: [A-Z][a-z]+|Processor context corrupt|Panicing machine check CPU died|"
                      "Unrecoverable Machine check|Caught Machine Check exception|MCA architectural violation|"
                      "mcck: |(?:CPU context corrupt)).*)",
     .kind = KIND_MCE, .severity = SEVERITY_PANIC, .join = Join::kPanic, .title = "kernel panic: {what}",
     .printed_by = "mce_panic() and its kin", .example = "Kernel panic - not syncing: Fatal machine check"},
    {.name = "panic-hardware", .anchor = kAnchor,
     .pattern = PANIC "(?P<panic>(?P<what>(?:GHES: )?Fatal hardware error|Memory failure|UE|EDAC MC\\d+: U[EN]|"
                      "Asynchronous SError Interrupt|"
                      "Unrecoverable (?:nested )?System Reset|System Reset|Non-resumable error|"
                      "DMAR hardware is malfunctioning|Can't handle the cache error|Irrecoverable [A-Z][\\w-]+|"
                      "An NMI occurred)\\b.*)",
     .kind = KIND_HARDWARE_ERROR, .severity = SEVERITY_PANIC, .join = Join::kPanic,
     .title = "kernel panic: {what}", .printed_by = "hardware error handlers of all architectures",
     .example = "Kernel panic - not syncing: Asynchronous SError Interrupt"},
    {.name = "panic-oom", .anchor = kAnchor,
     .pattern = PANIC "(?P<panic>(?P<what>Out of memory and no killable processes|System is deadlocked on memory|"
                      "[oO]ut of memory[:.] [\\w -]*panic_on_oom|out of memory from page fault).*)",
     .kind = KIND_OOM_KILL, .severity = SEVERITY_PANIC, .join = Join::kPanic, .title = "kernel panic: {what}",
     .printed_by = "out_of_memory(), check_panic_on_oom()",
     .example = "Kernel panic - not syncing: Out of memory: system-wide panic_on_oom is enabled"},
    {.name = "panic-fs", .anchor = kAnchor,
     .pattern = PANIC R"((?P<panic>(?P<what>(?:EXT\d|JBD2?|F2FS|BTRFS|XFS|OCFS2|GFS2)\b)(?:[^\n]*(?:panic|error|ERROR|assert|fatal)).*))",
     .kind = KIND_FS_ERROR, .severity = SEVERITY_PANIC, .join = Join::kPanic,
     .title = "kernel panic: {what}: forced after error", .printed_by = "ext4_handle_error() and the like",
     .example = "Kernel panic - not syncing: EXT4-fs (device sda1): panic forced after error"},
    {.name = "panic-cfi", .anchor = kAnchor, .pattern = TEXT("CFI failure"),
     .kind = KIND_CFI, .severity = SEVERITY_PANIC, .join = Join::kPanic, .title = "CFI failure in {f}",
     .printed_by = "handle_cfi_failure(), clang CFI until 6.0",
     .example = "Kernel panic - not syncing: CFI failure (target: foo_probe+0x0/0x10 [foo])"},
    {.name = "panic-root-fs", .anchor = kAnchor, .pattern = TEXT("VFS: Unable to mount root fs"),
     .kind = KIND_PANIC, .severity = SEVERITY_PANIC, .join = Join::kPanic,
     .title = "kernel panic: VFS: Unable to mount root fs", .printed_by = "mount_root_generic()",
     .example = "Kernel panic - not syncing: VFS: Unable to mount root fs on unknown-block(0,0)"},
    {.name = "panic-tty-ldisc", .anchor = kAnchor, .pattern = TEXT("Couldn't open N_TTY ldisc"),
     .kind = KIND_PANIC, .severity = SEVERITY_PANIC, .join = Join::kPanic,
     .title = "kernel panic: Couldn't open N_TTY ldisc", .printed_by = "tty_ldisc_restore()",
     .example = "Kernel panic - not syncing: Couldn't open N_TTY ldisc for pts3 --- error -12."},
    {.name = "panic-init", .anchor = kAnchor,
     .pattern = PANIC R"((?P<panic>Attempted to kill (?P<what>init!|the idle task!|idle task!)(?: +exitcode=0x(?P<err>[0-9a-f]+))?))",
     .kind = KIND_PANIC, .severity = SEVERITY_PANIC, .join = Join::kPanic,
     .title = "kernel panic: Attempted to kill {what}", .printed_by = "do_exit(), make_task_dead()",
     .example = "Kernel panic - not syncing: Attempted to kill init! exitcode=0x00000009"},
    {.name = "panic-no-init", .anchor = kAnchor, .pattern = TEXT("(?P<what>No (?:working )?init found|Requested init)"),
     .kind = KIND_PANIC, .severity = SEVERITY_PANIC, .join = Join::kPanic, .title = "kernel panic: {what}",
     .printed_by = "kernel_init()",
     .example = "Kernel panic - not syncing: No working init found.  Try passing init= option to kernel."},
    {.name = "panic-bug", .anchor = kAnchor, .pattern = PANIC "(?P<panic>BUG!)",
     .kind = KIND_KERNEL_BUG, .severity = SEVERITY_PANIC, .join = Join::kPanic, .title = "kernel BUG in {f}",
     .printed_by = "include/asm-generic/bug.h", .example = "Kernel panic - not syncing: BUG!"},
    {.name = "panic", .anchor = kAnchor,
     .pattern = PANIC R"((?P<panic>(?P<what>[^\s(\d][^(\d]*?)(?:[\s:=,-]*(?:\(|[\w./=:-]*\d).*)?)\s*$)",
     .kind = KIND_PANIC, .severity = SEVERITY_PANIC, .join = Join::kPanic, .title = "kernel panic: {what}",
     .printed_by = "panic()", .example = "Kernel panic - not syncing: Fatal exception in interrupt"},
    {.name = "panic-other-text", .anchor = kAnchor, .pattern = "Kernel panic - not syncing:(?: +(?P<panic>\\S.*))?",
     .kind = KIND_PANIC, .severity = SEVERITY_PANIC, .join = Join::kPanic, .title = "kernel panic",
     .printed_by = "panic(), with a message that begins with a number or is lost",
     .example = "Kernel panic - not syncing: 0x80 unexpected"},
    {.name = "panic-2.4", .anchor = "Kernel panic: ", .pattern = R"(^\s*(?:<\d>)?Kernel panic: (?P<panic>\S.*))",
     .kind = KIND_PANIC, .severity = SEVERITY_PANIC, .join = Join::kPanic, .title = "kernel panic: {panic}",
     .printed_by = "panic() until 2.6.5", .example = "Kernel panic: Aiee, killing interrupt handler!"},
};

#undef TEXT
#undef PANIC

}  // namespace

std::span<const Headline> PanicHeadlines() { return kRows; }

}  // namespace oops::grammar
