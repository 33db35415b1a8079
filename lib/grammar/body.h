// The lines of a report behind its headline, told apart by how they begin.
#ifndef OOPS_LIB_GRAMMAR_BODY_H_
#define OOPS_LIB_GRAMMAR_BODY_H_

#include <span>
#include <string_view>

#include "proto/crash_record.pb.h"

namespace oops::grammar {

enum class Body {
  kNone,
  kAccessFlags,    // CM = 0, WnR = 1
  kAccess,         // Read of size 8 at addr ffff.. by task x/1
  kAssertion,      // VERIFY3(a == b) failed (1 == 2): what OpenZFS and Lustre say before they stop
  kAtomicDetail,   // in_atomic(): 1, irqs_disabled(): 0, pid: 7, name: x
  kBanner,         // Linux version ...: a boot begins
  kBadAccess,      // KFENCE: Use-after-free read at 0xffff.. (in kfence-#1):
  kBelongs,        // part of reports, without data that we keep
  kHungTaskNote,   // "echo 0 > /proc/sys/kernel/hung_task_timeout_secs" disables this message.
  kBlocker,        // INFO: task x:1 is blocked on a mutex likely owned by task y:2.
  kBusyPool,       // pwq 6: cpus=3 node=0 flags=0x0 nice=0 active=3/256
  kBusyWorkqueue,  // workqueue events: flags=0x0
  kCode,           // Code: bytes
  kCodeDump,       // Instruction dump:, Krnl Code: bytes on the next lines
  kCommPid,        // csky: COMM=modprobe PID=412
  kCpuAlone,       // CPU 3
  kCpuWithRegisters,  // parisc:       CPU:        1   CR30: 00000000710a8000 CR31: ffffffffffffffff
  kCrashBanner,       // KEY: value of the crash utility's opening screen
  kCrashMark,         // --- <NMI exception stack> ---
  kCrashPid,          // PID: 1  TASK: ffff..  CPU: 2  COMMAND: "x"
  kCrashPrompt,       // crash> bt
  kDropped,           // ** 12 printk messages dropped **
  kEndPanic,
  kEndTrace,
  kFailingAddress,  // Failing address: ffff.. TEID: ffff.. of s390, FAR: 0xffff.. of arm64
  kFaultForeword,   // kernel tried to execute NX-protected page - exploit attempt? (uid: 0)
  kFaultPc,         // xtensa: pc = d0241f7c, ra = d0241f60: all that is said before die()
  kFaultReason,     // KASAN: null-ptr-deref in range [..]
  kEehFrame,        // EEH: [00000000a3c1d20e] func+0x1/0x2
  kAccessError,     // m68k: Frame format=7 eff addr=0a41de6c ssw=0505 faddr=0000000c
  kPreemptCount,    // preempt_count: 1, expected: 0
  kPrintingEip,     // printing eip: f8a21b3e, the value until 2.6.22 on the next line
  kWords,           // value changed: 0x1 -> 0x2: what the message has beside the headline
  kSysRq,           // sysrq: Show State: somebody asked for what follows
  kTrackPid,        // KASAN, 4.8 to 4.10: PID = 840
  kDieWord,         // arc: Oops: a line of its own, before the registers
  kOopsEnd,         // x86-64 until 4.9:  RSP <ffff9796acfefd40>
  kFramePointers,   // ia64: sp=e0000703253d4350 bsp=e000070389c53060
  kFaultStatus,     // arm64: FSC = 0x06: level 2 translation fault
  kExceptionRip,    // [exception RIP: func+12]
  kHardware,
  kInFlight,           // in-flight: 177:func [mod]: what a pool of workers is busy with
  kInterrupted,        // powerpc: --- interrupt: 900 at func+0x1/0x2: whom an exception interrupted
  kIp,                 // IP: [<addr>] func: the place of the fault
  kKernelLine,         // "Not tainted 5.10.0 #1" alone: a hung task's second line
  kHeartbeat,          // powerpc: watchdog: CPU 1 TB:5, last heartbeat TB:2 (8004ms ago)
  kLastFunction,       // last function: f; preempt=0x.. lock=.. workfn=f: whom a worker blames
  kLastUser,           // Last user: [<addr>](func+0x1/0x2): mm/slab.c, of an object
  kLinkRegister,       // a second place beside the place of the fault: the caller's
  kMachineCheckPlace,  // mce: [Hardware Error]: RIP 10:<ffff..> {func+0x1/0x2}
  kMachineCheckBank,   // Bank 3: b200000000070f0f at 000000001ad5f1c0
  kMachineCheckLine,   // MCE: CPU22: NIP: [addr] func+0x1/0x2
  kMachineCheck,       // TSC 0 ADDR 5000 MISC 8c
  kModules,
  kModulesUnloaded,
  kNmiBacktrace,
  kOfProcess,        // epc = 004009a0 in a.out[400000+1000]
  kOomLimit,         // Task in /a/b killed as a result of limit of /a
  kOomSummary,       // oom-kill:constraint=..,oom_memcg=..
  kOptions,          // LE PAGE_SIZE=64K MMU=Radix SMP NR_CPUS=2048 NUMA pSeries
  kPageFaultDetail,  // #PF: supervisor read access in kernel mode
  kPageTable,
  kPageTableKind,   // user pgtable: 4k pages, 48-bit VAs, pgdp=..: all of the line
  kPageMapAddress,  // addr:00007f3a1c200000 vm_flags:08000070 of a bad page map
  kOverwritten,     // [Right Redzone overwritten] 0x..-0x..: comes before the headline, too
  kPreface,         // stackcheck: ringd will most likely overflow ..: comes before the headline
  kProcess,         // Process x (pid: 1, ...)
  kAllocator,       // comm "x", pid 1, jiffies ...: who allocated what leaked
  kRaceAccess,      // KCSAN: write to 0xffff.. of 8 bytes by task 1 on cpu 0:
  kRcuDetail,       // a line of an RCU stall's list of CPUs
  kReleaseAlone,    // (2.6.16 #3) behind EFLAGS
  kReporter,        // the lines about the reporting CPU follow
  kRip,             // RIP: 0010:func: opens a register block
  kRule,            // ==========
  kSection,         // a line that opens a further stack; `stack` says which
  kSlab,            // Object 0xffff..: 6b 6b: a line of the slab allocators' reports
  kSlabNeighbour,   // Prev obj: start=ffff..: mm/slab.c tells of other objects
  kSpinlock,        // lock: 0xffff.., .magic: dead4ead, .owner: x/1, .owner_cpu: 0
  kStackDump,       // Stack: words
  kSystemRegister,  // arc: [STAT32]: 0x00077e12 : K     E1 E2     IE
  kSyndrome,        // ESR: 0x96000047 -- DABT (current EL)
  kTaintBehind,     // parisc: PSW: 00001000000001000000000000001111 Tainted: G
  kTail,            // comes after a report and belongs to it
  kTaskPointers,    // task: ffff.. ti: ffff..
  kTaskState,       // task:x state:D stack:0 pid:1
  kTrace,           // Call Trace:
  kTaskOf,          // powerpc: TASK = df4b0bc0[1501] 'modprobe' THREAD: df4a0000
  kWho,
  kWorkqueue,
};

struct BodyRow {
  std::string_view prefix;  // blanks before it are skipped
  Body body = Body::kNone;
  StackType stack = STACK_UNSPECIFIED;
  // A line like this may open an event whose headline was lost; the prefix is then one of the
  // scan's literals.
  bool opens = false;
};

std::span<const BodyRow> AllBodyRows();

struct BodyMatch {
  Body body = Body::kNone;
  StackType stack = STACK_UNSPECIFIED;
  std::string_view rest;  // behind the prefix
};

// The row with the longest prefix that `text` begins with. Body::kNone where there is none.
BodyMatch MatchBody(std::string_view text);

}  // namespace oops::grammar

#endif  // OOPS_LIB_GRAMMAR_BODY_H_
