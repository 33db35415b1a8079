#include "lib/grammar/body.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "lib/grammar/chars.h"

namespace oops::grammar {
namespace {

constexpr BodyRow kRows[] = {
    // kernel/panic.c, lib/bug.c
    {"---[ end trace", Body::kEndTrace, STACK_UNSPECIFIED, true},
    {"---[ end Kernel panic", Body::kEndPanic},
    {"end Kernel panic", Body::kEndPanic},
    // lib/dump_stack.c, arch show_regs()
    {"CPU: ", Body::kWho},
    {"Pid: ", Body::kWho},
    {"CPU ", Body::kCpuAlone},
    {"Cpu ", Body::kCpuAlone},  // mips until 3.10
    {"Hardware name: ", Body::kHardware},
    {"Hardware name:", Body::kHardware},
    {"Workqueue: ", Body::kWorkqueue},
    {"Stopper: ", Body::kBelongs},
    {"Sched_ext: ", Body::kBelongs},
    {"Showing stack for process ", Body::kBelongs},  // spl_dumpstack() of ZFS
    {"SPL: Showing stack for process ", Body::kBelongs},
    {"Not tainted", Body::kKernelLine},
    {"Tainted: [", Body::kBelongs},
    {"Tainted: ", Body::kKernelLine},
    // kernel/module/main.c print_modules()
    {"Modules linked in:", Body::kModules},
    {"Unloaded tainted modules:", Body::kModulesUnloaded},
    // traces
    {"Call Trace:", Body::kTrace, STACK_TASK, true},
    {"Call trace:", Body::kTrace, STACK_TASK, true},
    {"Call Trace", Body::kTrace, STACK_TASK},
    {"call trace:", Body::kTrace, STACK_TASK},  // typed
    {"Backtrace:", Body::kTrace, STACK_TASK},
    {"backtrace:", Body::kTrace, STACK_TASK},
    {"backtrace (crc ", Body::kTrace, STACK_TASK},
    {"Trace:", Body::kTrace, STACK_TASK},
    {"stack backtrace:", Body::kTrace, STACK_TASK},
    {"Stack backtrace:", Body::kTrace, STACK_TASK},
    {"NMI backtrace for cpu ", Body::kNmiBacktrace, STACK_UNSPECIFIED, true},
    {"Sending NMI ", Body::kBelongs},
    {"Sending NMI", Body::kBelongs},
    {"sending NMI to all CPUs", Body::kBelongs},  // x86, 2.6.29 to 3.x
    // x86
    {"RIP: 0010:", Body::kRip, STACK_UNSPECIFIED, true},
    {"RIP: ", Body::kRip},
    {"RIP:", Body::kRip},
    {"printing eip:", Body::kPrintingEip},
    {"(2.", Body::kReleaseAlone},
    {"(3.", Body::kReleaseAlone},
    {"RIP  ", Body::kRip},
    {"RIP ", Body::kRip},
    {"EIP: 0060:", Body::kRip, STACK_UNSPECIFIED, true},
    {"EIP: ", Body::kRip},
    {"EIP:    ", Body::kRip},
    {"EIP is at ", Body::kIp},
    {"IP: ", Body::kIp},
    {"RIP is at ", Body::kIp},
    {"PGD ", Body::kPageTable},
    {"P4D ", Body::kPageTable},
    {"PUD ", Body::kPageTable},  // lines of their own in 4.10, which ended what was no pr_cont()
    {"PMD ", Body::kPageTable},
    {"PTE ", Body::kPageTable},
    {"*pde", Body::kPageTable},
    {"*pdpt", Body::kPageTable},
    {"#PF: ", Body::kPageFaultDetail},
    {"IDT: 0x", Body::kBelongs},
    {"LDTR: ", Body::kBelongs},
    {"TR: 0x", Body::kBelongs},
    {"Stack:", Body::kStackDump},
    {"Code: ", Body::kCode},
    {"Code:", Body::kCode},
    {"task: ", Body::kTaskPointers},
    {"Process ", Body::kProcess},
    {"RSP <", Body::kOopsEnd},
    {"KASAN: ", Body::kFaultReason},
    {"last sysfs file:", Body::kBelongs},
    {"double fault, tss at ", Body::kBelongs},  // doublefault_fn(), i386 until 5.4
    {"kernel tried to execute ", Body::kFaultForeword},
    {"unable to execute userspace code", Body::kFaultForeword},
    {"Thread overran stack", Body::kBelongs},
    {"Fixing recursive fault", Body::kTail},
    {"Trying to fix it up, but a reboot is needed", Body::kTail},  // bad_page() until 2.6.24
    {"unwind stack type:", Body::kStackDump},                      // unwind_dump()
    // panic() until 2.6.5
    {"In interrupt handler - not syncing", Body::kTail},
    {"In idle task - not syncing", Body::kTail},
    // OpenZFS's spl, Lustre's libcfs
    {"VERIFY", Body::kAssertion},
    {"ASSERT", Body::kAssertion},
    {"SPLError: ", Body::kAssertion},
    {"LustreError: ", Body::kAssertion},
    {"Call Trace TBD:", Body::kBelongs},
    // arm, arm64
    {"PC is at ", Body::kIp},
    {"LR is at ", Body::kLinkRegister},
    {"pc : ", Body::kIp},
    {"lr : ", Body::kLinkRegister},
    {"Mem abort info:", Body::kBelongs},
    {"Data abort info:", Body::kBelongs},
    {"ESR = ", Body::kSyndrome},
    {"ESR: 0x", Body::kSyndrome},        // handle_bad_stack()
    {"FAR: 0x", Body::kFailingAddress},  // handle_bad_stack()
    {"Task stack: ", Body::kBelongs},
    {"IRQ stack: ", Body::kBelongs},
    {"Overflow stack: ", Body::kBelongs},
    {"Exception class = ", Body::kBelongs},
    {"EC = 0x", Body::kBelongs},
    {"SET = ", Body::kBelongs},
    {"EA = ", Body::kBelongs},
    {"FSC = ", Body::kFaultStatus},
    {"ISV = ", Body::kBelongs},
    {"CM = ", Body::kAccessFlags},
    {"GCS = ", Body::kBelongs},
    {"pgd = ", Body::kPageTable},
    {"swapper pgtable:", Body::kPageTableKind},
    {"user pgtable:", Body::kPageTableKind},
    {"Current ", Body::kBelongs},
    {"Flags: ", Body::kBelongs},
    {"Register r", Body::kBelongs},
    {"Exception stack(", Body::kStackDump},
    // powerpc
    {"Caused by (from SRR1=", Body::kFaultStatus},  // machine_check_exception() of 32 bits
    {"NIP ", Body::kIp},
    {"LR ", Body::kLinkRegister},
    {"Kernel attempted to ", Body::kFaultForeword},
    {"Faulting instruction address: ", Body::kBelongs},
    {"LE PAGE_SIZE=", Body::kOptions},
    {"BE PAGE_SIZE=", Body::kOptions},
    {"LE SMP NR_CPUS=", Body::kOptions},
    {"BE SMP NR_CPUS=", Body::kOptions},
    {"SMP NR_CPUS=", Body::kOptions},
    {"PREEMPT SMP NR_CPUS=", Body::kOptions},
    {"Instruction dump:", Body::kCodeDump},
    {"Instruction DUMP: ", Body::kCode},
    {"Instruction DUMP:", Body::kCodeDump},  // one word a line, since 4.9
    {"--- interrupt:", Body::kInterrupted},
    {"---- interrupt:", Body::kInterrupted},
    {"--- Exception:", Body::kInterrupted},
    {"TASK = ", Body::kTaskOf},
    {"watchdog: CPU ", Body::kHeartbeat},
    {"LR = ", Body::kBelongs},
    // s390
    {"Krnl PSW :", Body::kIp},
    {"R:0 T:", Body::kBelongs},
    {"R:1 T:", Body::kBelongs},
    {"Krnl Code:", Body::kCodeDump},
    {"Last Breaking-Event-Address:", Body::kSection},  // a branch long past
    {"User PSW : ", Body::kOfProcess},
    {"Failing address:", Body::kFailingAddress},
    {"failing address:", Body::kFailingAddress},
    {"Fault in ", Body::kBelongs},
    {"AS:", Body::kPageTableKind},
    // alpha
    {"pc is at ", Body::kIp},
    {"ra is at ", Body::kLinkRegister},
    // xtensa
    {"pc = ", Body::kFaultPc},
    // ia64
    {"ip is at ", Body::kIp},
    {"sp=", Body::kFramePointers},
    // m68k: bad_super_trap()
    {"*** TRAP #7 ***", Body::kPreface},
    {"*** ILLEGAL INSTRUCTION ***", Body::kPreface},
    {"*** ZERO DIVIDE ***", Body::kPreface},
    {"*** Exception ", Body::kPreface},
    {"Current process id is ", Body::kPreface},
    // m68k, csky, openrisc
    {"PC: ", Body::kIp},
    {"LR: ", Body::kLinkRegister},
    {"Frame format=", Body::kBelongs},
    {"Frame format=7 ", Body::kAccessError},
    {"wb 1 stat/addr/data: ", Body::kBelongs},
    {"wb 2 stat/addr/data: ", Body::kBelongs},
    {"wb 3 stat/addr/data: ", Body::kBelongs},
    {"push data: ", Body::kBelongs},
    {"CURRENT PROCESS:", Body::kBelongs},
    {"COMM=", Body::kCommPid},
    {"TEXT=", Body::kBelongs},
    {"USER-STACK=", Body::kBelongs},
    {"CPU #: ", Body::kCpuAlone},
    {"Stack dump [0x", Body::kStackDump},
    {"sp + ", Body::kBelongs},
    // sh
    {"PR is at ", Body::kLinkRegister},
    // arc
    {"Oops", Body::kDieWord},  // show_kernel_fault_diag()
    {"Path: ", Body::kBelongs},
    {"[ECR   ]: 0x", Body::kSystemRegister},
    {"[EFA   ]: 0x", Body::kSystemRegister},
    {"[BLINK ]: ", Body::kLinkRegister},
    {"[ERET  ]: ", Body::kIp},
    {"[STAT32]: 0x", Body::kSystemRegister},
    {"Stack Trace:", Body::kTrace, STACK_TASK},
    // parisc
    {"stackcheck: ", Body::kPreface},  // stack_overflow_check()
    {"CPU:     ", Body::kCpuWithRegisters},
    {"IAOQ[0]: ", Body::kIp},
    {"IAOQ[1]: ", Body::kBelongs},
    {"RP(r2): ", Body::kLinkRegister},
    {"YZrvWESTHLNXBCVM", Body::kBelongs},
    {"PSW: ", Body::kTaintBehind},
    // sparc
    {"TPC: <", Body::kIp},
    {"RPC: <", Body::kLinkRegister},
    {"OOPS: RPC <", Body::kLinkRegister},
    {"OOPS: RPC [", Body::kBelongs},
    {"OOPS: Fault was to vaddr[", Body::kBelongs},
    {"I7: <", Body::kBelongs},
    {"Caller[", Body::kBelongs},
    // riscv, mips, loongarch
    {"epc : ", Body::kIp},
    {"epc   : ", Body::kIp},
    {"era   : ", Body::kIp},  // loongarch until 6.1
    {"ExcCode : ", Body::kBelongs},
    {"ra : ", Body::kLinkRegister},
    {"ra    : ", Body::kLinkRegister},
    {"ERA: ", Body::kIp},
    {"ra: ", Body::kLinkRegister},
    {"epc = ", Body::kOfProcess},  // do_page_fault() of mips and loongarch, of a process
    {"era = ", Body::kOfProcess},
    {"ra  = ", Body::kOfProcess},
    {"Stack : ", Body::kStackDump},
    {"Stack from ", Body::kStackDump},
    // hung tasks, scheduler, locks
    {"task:", Body::kTaskState},
    {"\"echo 0 > /proc/sys/kernel/hung", Body::kHungTaskNote},
    {"INFO: task ", Body::kBlocker},
    {"Future hung task reports", Body::kBelongs},
    {"in_atomic(): ", Body::kAtomicDetail},
    {"in_atomic():", Body::kAtomicDetail},
    {"preempt_count: ", Body::kPreemptCount},
    {"RCU nest depth:", Body::kBelongs},
    {"oom-kill:constraint=", Body::kOomSummary},
    {"oom_reaper: reaped process ", Body::kBelongs},
    {"Task in /", Body::kOomLimit},
    {"mce: [Hardware Error]: TSC ", Body::kMachineCheck},
    {"[Hardware Error]: TSC ", Body::kMachineCheck},
    {"last function: ", Body::kLastFunction},
    {"preempt=0x", Body::kLastFunction},
    {"Showing busy workqueues", Body::kBelongs},
    {"Showing backtraces of ", Body::kBelongs},
    {"workqueue ", Body::kBusyWorkqueue},
    {"pwq ", Body::kBusyPool},
    {"in-flight: ", Body::kInFlight},
    {"pending: ", Body::kBelongs},
    {"delayed: ", Body::kBelongs},
    {"inactive: ", Body::kBelongs},
    {"pool ", Body::kBelongs},
    {"handlers:", Body::kSection, STACK_RELATED},
    {"Disabling IRQ #", Body::kTail},
    {"Preemption disabled at:", Body::kSection, STACK_LINK},
    {"INFO: lockdep is turned off.", Body::kBelongs},
    {"no locks held by ", Body::kBelongs},
    {"but there are no more locks to release!", Body::kBelongs},
    {"which lock already depends on the new lock.", Body::kBelongs},
    {"Showing all locks held", Body::kTail},
    {"irq event stamp:", Body::kBelongs},
    {"hardirqs last ", Body::kBelongs},
    {"softirqs last ", Body::kBelongs},
    {"Disabling lock debugging", Body::kBelongs},
    {"Blocked by coredump.", Body::kBelongs},
    {"lock: ", Body::kSpinlock},
    {"caller is ", Body::kIp},                      // check_preemption_disabled()
    {"page dumped because: ", Body::kFaultReason},  // mm/page_alloc.c bad_page()
    // lockdep: where a lock of the chain got its state (kernel/locking/lockdep.c
    // print_lock_class_header())
    {"... which became ", Body::kSection, STACK_HELD_AT},
    {"... acquired at:", Body::kSection, STACK_HELD_AT},
    {"HARDIRQ-ON-W at:", Body::kSection, STACK_HELD_AT},
    {"HARDIRQ-ON-R at:", Body::kSection, STACK_HELD_AT},
    {"SOFTIRQ-ON-W at:", Body::kSection, STACK_HELD_AT},
    {"SOFTIRQ-ON-R at:", Body::kSection, STACK_HELD_AT},
    {"IN-HARDIRQ-W at:", Body::kSection, STACK_HELD_AT},
    {"IN-HARDIRQ-R at:", Body::kSection, STACK_HELD_AT},
    {"IN-SOFTIRQ-W at:", Body::kSection, STACK_HELD_AT},
    {"IN-SOFTIRQ-R at:", Body::kSection, STACK_HELD_AT},
    {"INITIAL USE at:", Body::kSection, STACK_HELD_AT},
    {"INITIAL READ USE at:", Body::kSection, STACK_HELD_AT},
    {"RECLAIM_FS-ON-W at:", Body::kSection, STACK_HELD_AT},
    {"IN-RECLAIM_FS-W at:", Body::kSection, STACK_HELD_AT},
    {"{HARDIRQ-ON-", Body::kSection, STACK_HELD_AT},
    {"{SOFTIRQ-ON-", Body::kSection, STACK_HELD_AT},
    {"{IN-HARDIRQ-", Body::kSection, STACK_HELD_AT},
    {"{IN-SOFTIRQ-", Body::kSection, STACK_HELD_AT},
    {"{RECLAIM_FS-ON-", Body::kSection, STACK_HELD_AT},
    {"{IN-RECLAIM_FS-", Body::kSection, STACK_HELD_AT},
    {"{INITIAL USE}", Body::kSection, STACK_HELD_AT},
    {"... key ", Body::kBelongs},
    // kernel/smp.c csd_lock_wait_toolong(), since 5.9
    {"smp: \tcsd: ", Body::kBelongs},
    {"smp:   ", Body::kBelongs},
    {"smp: csd: CSD lock (#", Body::kTail},
    {"smp: csd: Re-sending ", Body::kBelongs},
    // RCU
    {"rcu: \t", Body::kRcuDetail},
    {"rcu:   ", Body::kRcuDetail},
    {"rcu: rcu_", Body::kRcuDetail},
    {"rcu_preempt kthread starved", Body::kRcuDetail},
    {"rcu_sched kthread starved", Body::kRcuDetail},
    {"rcu: RCU grace-period kthread stack dump:", Body::kSection, STACK_OTHER_TASK},
    {"RCU grace-period kthread stack dump:", Body::kSection, STACK_OTHER_TASK},
    {"rcu: Stack dump where RCU GP kthread last ran:", Body::kBelongs},
    {"rcu: Unless ", Body::kBelongs},
    {"(detected by ", Body::kRcuDetail},
    {"(t=", Body::kRcuDetail},
    {"Task dump for CPU ", Body::kSection, STACK_OTHER_CPU},
    {"Tasks blocked on level-", Body::kRcuDetail},
    // sanitizers: further stacks
    {"The buggy address belongs to the variable:", Body::kSection, STACK_RELATED},
    {"Allocated by task ", Body::kSection, STACK_ALLOCATED},
    {"Allocated:", Body::kSection, STACK_ALLOCATED},
    {"Freed by task ", Body::kSection, STACK_FREED},
    {"Freed:", Body::kSection, STACK_FREED},
    {"allocated by task ", Body::kSection, STACK_ALLOCATED},
    {"freed by task ", Body::kSection, STACK_FREED},
    {"PID = ", Body::kTrackPid},
    {"Object at ", Body::kSlab},  // KASAN, 4.8 to 4.11
    {"rcu freeing by task ", Body::kSection, STACK_FREED},
    {"Last call_rcu():", Body::kSection, STACK_RELATED},
    {"Second to last call_rcu():", Body::kSection, STACK_RELATED},
    {"Last potentially related work creation:", Body::kSection, STACK_RELATED},
    {"Second to last potentially related work creation:", Body::kSection, STACK_RELATED},
    {"page last allocated via ", Body::kSection, STACK_ALLOCATED},
    {"page last free ", Body::kSection, STACK_FREED},
    {"page has been migrated", Body::kBelongs},
    {"Uninit was stored to memory at:", Body::kSection, STACK_STORED},
    {"Uninit was created at:", Body::kSection, STACK_CREATED},
    {"Local variable ", Body::kSection, STACK_CREATED},
    // kernel/dma/debug.c dump_entry_trace(), behind the warning; lib/ref_tracker.c, since 5.17
    {"Mapped at:", Body::kSection, STACK_RELATED},
    {"DMA-API: Mapped at:", Body::kSection, STACK_RELATED},
    {"ref_tracker: ", Body::kSection, STACK_RELATED},
    {"Allocated in ", Body::kSection, STACK_ALLOCATED},
    {"INFO: Allocated in ", Body::kSection, STACK_ALLOCATED},
    {"Freed in ", Body::kSection, STACK_FREED},
    {"INFO: Freed in ", Body::kSection, STACK_FREED},
    {"FIX ", Body::kBelongs},  // mm/slub.c slab_fix()
    // mm/slub.c print_trailer(), list_slab_objects(), slab_out_of_memory()
    {"INFO: 0x", Body::kSlab},
    {"INFO: Slab 0x", Body::kSlab},
    {"INFO: Object 0x", Body::kSlab},
    {"Slab 0x", Body::kSlab},
    {"Object ", Body::kSlab},
    {"Redzone ", Body::kSlab},
    {"Padding ", Body::kSlab},
    {"Bytes b4 ", Body::kSlab},
    {"SLUB ", Body::kSlab},
    {"cache: ", Body::kSlab},
    {"addr:", Body::kPageMapAddress},  // mm/memory.c print_bad_pte()
    // lib/show_mem.c, mm/page_alloc.c show_free_areas(): of the whole machine
    {"Mem-Info:", Body::kBelongs},
    {"active_anon:", Body::kBelongs},
    {"active_file:", Body::kBelongs},
    {"unevictable:", Body::kBelongs},
    {"slab_reclaimable:", Body::kBelongs},
    {"mapped:", Body::kBelongs},
    {"node ", Body::kSlab},
    // mm/slab.c check_poison_obj(), print_objinfo()
    {"Redzone: 0x", Body::kSlab},
    {"Prev obj: start=", Body::kSlabNeighbour},
    {"Next obj: start=", Body::kSlabNeighbour},
    {"Last user: ", Body::kLastUser},
    {"Read of size ", Body::kAccess},
    {"Write of size ", Body::kAccess},
    {"Read at addr ", Body::kAccess},
    {"Write at addr ", Body::kAccess},
    {"Free of addr ", Body::kAccess},
    {"Pointer tag: ", Body::kBelongs},
    {"The buggy address ", Body::kBelongs},
    {"Memory state around ", Body::kBelongs},
    {"This frame has ", Body::kBelongs},
    {"which belongs to the cache", Body::kBelongs},
    {"Reported by Kernel Concurrency", Body::kReporter},
    {"value changed: ", Body::kWords},
    {"inconsistent {", Body::kWords},     // lockdep's print_usage_bug()
    {"current handler: ", Body::kWords},  // __setup_irq() until 3.5
    {"read to 0x", Body::kRaceAccess},
    {"write to 0x", Body::kRaceAccess},
    {"read-write to 0x", Body::kRaceAccess},
    {"read (", Body::kRaceAccess},
    {"write (", Body::kRaceAccess},
    {"read-write (", Body::kRaceAccess},
    {"assert no accesses to 0x", Body::kRaceAccess},
    {"assert no writes to 0x", Body::kRaceAccess},
    {"race at unknown origin, with ", Body::kRaceAccess},
    {"Out-of-bounds read at ", Body::kBadAccess},
    {"Out-of-bounds write at ", Body::kBadAccess},
    {"Use-after-free read at ", Body::kBadAccess},
    {"Use-after-free write at ", Body::kBadAccess},
    {"Corrupted memory at ", Body::kBadAccess},
    {"Invalid read at ", Body::kBadAccess},
    {"Invalid write at ", Body::kBadAccess},
    {"Invalid free of ", Body::kBadAccess},
    {"Invalid access at ", Body::kBadAccess},
    {"kfence-#", Body::kWords},  // kfence_print_object()
    {"flags:0x", Body::kWords},  // bad_page() until 2.6.28
    // mm/kmemleak.c print_unreferenced()
    {"comm \"", Body::kAllocator},
    {"hex dump (first ", Body::kBelongs},
    // arch/x86/kernel/cpu/mce/core.c print_mce()
    {"mce: [Hardware Error]: RIP", Body::kMachineCheckPlace},
    {"mce: [Hardware Error]: PROCESSOR ", Body::kBelongs},
    {"mce: [Hardware Error]: Run the above", Body::kBelongs},
    {"mce: [Hardware Error]: MISC ", Body::kMachineCheck},
    {"mce: [Hardware Error]: ADDR ", Body::kMachineCheck},
    {"mce: [Hardware Error]: Machine check: ", Body::kFaultReason},
    {"[Hardware Error]: RIP", Body::kMachineCheckPlace},
    {"[Hardware Error]: PROCESSOR ", Body::kBelongs},
    {"[Hardware Error]: Run the above", Body::kBelongs},
    {"[Hardware Error]: MISC ", Body::kMachineCheck},
    {"[Hardware Error]: ADDR ", Body::kMachineCheck},
    {"[Hardware Error]: Machine check: ", Body::kFaultReason},
    {"[Hardware Error]: Error Addr: 0x", Body::kMachineCheck},  // amd_decode_mce()
    {"Bank ", Body::kMachineCheckBank},                         // i386 until 2.6.30
    // arch/powerpc/kernel/mce.c machine_check_print_event_info()
    {"MCE: CPU", Body::kMachineCheckLine},
    // arch/powerpc/kernel/eeh.c eeh_dev_check_failure()
    {"EEH: Call Trace:", Body::kTrace, STACK_TASK},
    {"EEH: [", Body::kEehFrame},
    {"EEH: This PCI device has failed ", Body::kBelongs},
    {"EEH: Notify device drivers", Body::kBelongs},
    {"DMAR: DRHD: handling fault", Body::kPreface},  // dmar_fault()
    // unknown_nmi_error()
    {"Uhhuh. NMI received for unknown reason ", Body::kPreface},
    {"Do you have a strange power saving mode enabled?", Body::kPreface},
    // check_bytes_and_report(), since 6.14
    {"[Left Redzone overwritten] 0x", Body::kOverwritten},
    {"[Right Redzone overwritten] 0x", Body::kOverwritten},
    {"[kmalloc Redzone overwritten] 0x", Body::kOverwritten},
    {"[Poison overwritten] 0x", Body::kOverwritten},
    {"[End Poison overwritten] 0x", Body::kOverwritten},
    {"[Alignment padding overwritten] 0x", Body::kOverwritten},
    {"[Object padding overwritten] 0x", Body::kOverwritten},
    {"======", Body::kRule},
    // behind a report
    {"Dazed and confused, but trying to continue", Body::kTail},  // default_do_nmi()
    {"Kernel Offset: ", Body::kTail},
    // mips, loongarch show_kernel_relocation()
    {"Kernel relocated by 0x", Body::kTail},
    {".text @ 0x", Body::kTail},
    {".data @ 0x", Body::kTail},
    {".bss  @ 0x", Body::kTail},
    {"Rebooting in ", Body::kTail},
    {"Dumping ftrace buffer", Body::kTail},
    {"(ftrace buffer empty)", Body::kTail},
    {"SMP: stopping secondary CPUs", Body::kTail},
    {"Shutting down cpus with NMI", Body::kTail},
    {"PHYS_OFFSET: ", Body::kTail},
    {"CPU features: ", Body::kTail},
    {"Memory Limit: ", Body::kTail},
    {"note: ", Body::kTail},
    {"mce: Memory error not recovered", Body::kTail},  // kill_me_maybe()
    {"** ", Body::kDropped},
    // __handle_sysrq(), until 4.19 and since
    {"SysRq : ", Body::kSysRq},
    {"sysrq: ", Body::kSysRq},
    // the crash utility
    {"PID: ", Body::kCrashPid},
    {"KERNEL: ", Body::kCrashBanner},
    {"DUMPFILE: ", Body::kCrashBanner, STACK_UNSPECIFIED, true},
    {"CPUS: ", Body::kCrashBanner},
    {"DATE: ", Body::kCrashBanner},
    {"UPTIME: ", Body::kCrashBanner},
    {"LOAD AVERAGE: ", Body::kCrashBanner},
    {"TASKS: ", Body::kCrashBanner},
    {"NODENAME: ", Body::kCrashBanner},
    {"RELEASE: ", Body::kCrashBanner},
    {"VERSION: ", Body::kCrashBanner},
    {"MACHINE: ", Body::kCrashBanner},
    {"MEMORY: ", Body::kCrashBanner},
    {"PANIC: \"", Body::kCrashBanner},
    {"COMMAND: ", Body::kCrashBanner},
    {"TASK: ", Body::kCrashBanner},
    {"STATE: ", Body::kCrashBanner},
    {"[exception RIP: ", Body::kExceptionRip},
    {"--- <", Body::kCrashMark},
    {"crash> ", Body::kCrashPrompt},
    // init/version.c
    {"Linux version ", Body::kBanner, STACK_UNSPECIFIED, true},
};

// Rows by their first two characters, longest prefix first.
class Index {
 public:
  Index() {
    for (const BodyRow& row : kRows) buckets_[Bucket(row.prefix)].push_back(&row);
    for (auto& bucket : buckets_) {
      std::stable_sort(bucket.begin(), bucket.end(), [](const BodyRow* a, const BodyRow* b) {
        return a->prefix.size() > b->prefix.size();
      });
    }
  }
  const BodyRow* Find(std::string_view text) const {
    if (text.size() < 2) return nullptr;
    const char third = text.size() > 2 ? text[2] : '\0';  // decides for most
    for (const BodyRow* row : buckets_[Bucket(text)]) {
      if (row->prefix.size() > 2 && row->prefix[2] != third) continue;
      if (text.starts_with(row->prefix)) return row;
    }
    return nullptr;
  }

 private:
  static constexpr size_t kBuckets = 1024;
  static size_t Bucket(std::string_view text) {
    return (static_cast<uint8_t>(text[0]) * 31u + static_cast<uint8_t>(text[1])) % kBuckets;
  }

  std::array<std::vector<const BodyRow*>, kBuckets> buckets_;
};

}  // namespace

std::span<const BodyRow> AllBodyRows() { return kRows; }

BodyMatch MatchBody(std::string_view text) {
  static const Index* const index = new Index;
  text = TrimLeft(text);
  const BodyRow* row = index->Find(text);
  if (!row) return {};
  return {row->body, row->stack, text.substr(row->prefix.size())};
}

}  // namespace oops::grammar
