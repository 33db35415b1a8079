// The forms in which kernels of all eras print a report's body, and what happens to them on their way.
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/record/summary.h"

namespace oops::record {
namespace {

struct Case {
  std::string_view name;
  std::string_view log;
  size_t records;
  std::vector<std::pair<std::string_view, std::string_view>> fields;  // of the first record
};

class FormsTest : public testing::TestWithParam<Case> {};

TEST_P(FormsTest, FieldsAreAsPrinted) {
  std::vector<CrashRecord> records = Parse(GetParam().log);
  ASSERT_EQ(records.size(), GetParam().records);
  for (const auto& [field, value] : GetParam().fields) {
    EXPECT_EQ(FieldOf(records.front(), field), value) << field << "\n" << records.front().Utf8DebugString();
  }
}

const Case kEras[] = {
    {"X86_64Of2_6_15", R"(Unable to handle kernel paging request at ffff81002c9c3000 RIP:
<ffffffff8812a0f4>{:widget:widget_poll+36}
PGD 8063 PUD 9063 PMD 1a7063 PTE 0
Oops: 0002 [1] SMP
CPU 1
Modules linked in: widget ipv6
Pid: 411, comm: polld Not tainted 2.6.15-1-amd64 #2
RIP: 0010:[<ffffffff8812a0f4>] <ffffffff8812a0f4>{:widget:widget_poll+36}
RSP: 0018:ffff81003d1b1e88  EFLAGS: 00010216
RAX: 0000000000000001 RBX: ffff81002c9c3000 RCX: 0000000000000000
Process polld (pid: 411, threadinfo ffff81003d1b0000, task ffff81003e0a1100)
Stack: 0000000000000000 ffff81003d1b1f50 0000000000000015 ffffffff8013d96a
Call Trace:<ffffffff8013d96a>{do_sys_poll+122} <ffffffff8012a75f>{sys_poll+111}
       <ffffffff8010e5ba>{system_call+126}

Code: 89 03 c3 66 90 48 8b 04 25 00
RIP <ffffffff8812a0f4>{:widget:widget_poll+36} RSP <ffff81003d1b1e88>
CR2: ffff81002c9c3000
 <0>Kernel panic - not syncing: Fatal exception
)", 1, {{"kind", "PAGE_FAULT"}, {"arch", "x86_64"}, {"cpu", "1"}, {"pid", "411"}, {"comm", "polld"},
        {"ip", "widget_poll"}, {"ip.module", "widget"}, {"fault", "ffff81002c9c3000"},
        {"release", "2.6.15-1-amd64"}, {"modules", "2"}, {"stacks", "TASK: do_sys_poll sys_poll system_call"},
        {"code", "8903c36690488b042500"}, {"panic", "Fatal exception"}}},
    {"I386Of2_6_16", R"(BUG: unable to handle kernel paging request at virtual address 5a5a5a6e
 printing eip:
c02157f1
*pde = 00000000
Oops: 0000 [#1]
PREEMPT
Modules linked in: vfat fat
CPU:    0
EIP:    0060:[<c02157f1>]    Tainted: P      VLI
EFLAGS: 00010202   (2.6.16-rc4 #3)
EIP is at kobj_walk+0x2d/0xe0
eax: 00000000   ebx: 00000001   ecx: ffffffff   edx: 00000000
esi: e35e9e74   edi: 5a5a5a6e   ebp: 000007a5   esp: dcea1e5c
ds: 007b   es: 007b   ss: 0068
Process mounter (pid: 407, threadinfo=dcea0000 task=dd334a30)
Stack: <0>c038cad3 dcea1ea0 00000008 dcea1e9c e2765200 e35e9e0c df304158 000007a5
Call Trace:
 <c020bb5d> dev_uevent+0x10d/0x210   <c020ba50> dev_change+0x0/0x210
 <c010306f> sysenter_past_esp+0x54/0x75
Code: d2 57 56 53 <f2> ae f7 d1
)", 1, {{"kind", "PAGE_FAULT"}, {"arch", "i386"}, {"ip", "kobj_walk"}, {"fault", "5a5a5a6e"}, {"tainted", "P"},
        {"release", "2.6.16-rc4"}, {"pid", "407"}, {"comm", "mounter"}, {"registers", "12"},
        {"stacks", "TASK: dev_uevent dev_change sysenter_past_esp"}, {"damage", "-"}}},
    {"KlogdNames", R"(Unable to handle kernel paging request at virtual address 0386c028
Oops: 0000 [#1]
EIP:    0060:[path_step+1862/3520]    Not tainted
EIP is at path_step+0x746/0xdc0
Call Trace:
 [getblk_slow+43/96] getblk_slow+0x2b/0x60
 [ext3:ext3_find+71/224]
)", 1, {{"ip", "path_step"}, {"stacks", "TASK: getblk_slow ext3_find"}}},
    {"ModuleBeforeNameAndPlaceOnNextLine", R"(Unable to handle kernel NULL pointer dereference at 0000000000000018 RIP:
 [<ffffffff8830cb6a>] :nfs:cache_drop+0xc/0x3b
PGD 0
Oops: 0000 [1] SMP
CPU 3
Pid: 99, comm: reader Not tainted 2.6.18-8.el5 #1
Call Trace:
 [<ffffffff88313f22>] :nfs:check_access+0x12f/0x1b2
 [<ffffffff8000d0f9>] permission+0x81/0xc8
)", 1, {{"kind", "NULL_DEREF"}, {"ip", "cache_drop"}, {"ip.module", "nfs"}, {"arch", "x86_64"}, {"cpu", "3"},
        {"stacks", "TASK: check_access permission"}}},
    {"HungTaskOf2_6_26", R"(INFO: task hubd:1966 blocked for more than 120 seconds.
"echo 0 > /proc/sys/kernel/hung_task_timeout_secs" disables this message.
hubd          D ffff81003dca9bc0     0  1966      2
 ffff81003dca9bb0 0000000000000046 ffff81003eeb6220 ffff81003f0ea7d0
Call Trace:
 [<ffffffff80245e8f>] ? kthread_stop+0x7f/0x90
 [<ffffffffa0099645>] :core:unregister_all+0xb5/0x100
)", 1, {{"kind", "HUNG_TASK"}, {"pid", "1966"}, {"state", "D"}, {"ppid", "2"}, {"arch", "x86_64"},
        {"stacks", "TASK: kthread_stop? unregister_all"}}},
    {"HungTaskOf4_19", R"([  605.100000] INFO: task rsync:20711 blocked for more than 120 seconds.
[  605.200000]       Not tainted 4.19.0-8-amd64 #1 Debian 4.19.98-1
[  605.300000] rsync           D    0 20711  20709 0x00000000
[  605.400000] Call Trace:
[  605.500000]  __schedule+0x2a2/0x870
)", 1, {{"state", "D"}, {"ppid", "20709"}, {"pid", "20711"}, {"stacks", "TASK: __schedule"}}},
    {"ArmCallsBrokenByTheTerminal", R"(Unable to handle kernel NULL pointer dereference at virtual address 00000002
pgd = c218c000
[00000002] *pgd=a20ec031, *pte=00000000, *ppte=00000000
Internal error: Oops: 17 [#1]
PC is at name_len+0xc/0x30
LR is at name_path+0x2c/0xc0
Backtrace:
[<c00ee560>] (name_len+0x0/0x30) from [<c00eb724>]
(name_path+0x2c/0xc0)
[<c00eb6f8>] (name_path+0x0/0xc0) from [<c00e2edc>] (dev_event+0x11c/)
)", 1, {{"arch", "arm"}, {"stacks", "TASK: name_len name_path dev_event"}, {"fault", "00000002"}}},
    {"TwoPowerpcAddresses", R"(kernel BUG at kernel/foo.c:49!
Oops: Exception in kernel mode, sig: 5 [#1]
NIP [c0011474] trap_entry+0x60/0x164
Call Trace:
[e2f75f00] [00009000] 0x9000 (unreliable)
[e2f75f30] [c001604c] ret_from_syscall+0x0/0x28
)", 1, {{"kind", "KERNEL_BUG"}, {"arch", "ppc32"}, {"ip", "trap_entry"}}},
};

const Case kSanitizers[] = {
    {"KcsanTwoAccesses", R"([   70.265411] BUG: KCSAN: data-race in tick_do / tick_undo
[   70.265430]
[   70.265433] write to 0xffffffff8483fef8 of 8 bytes by interrupt on cpu 0:
[   70.265440]  tick_do+0x8e/0x140
[   70.265452]  tick_advance+0x1e/0x40
[   70.265500]
[   70.265501] read to 0xffffffff8483fef8 of 8 bytes by task 2917 on cpu 3:
[   70.265510]  tick_undo+0x12/0x20
[   70.265520]
[   70.265521] value changed: 0x0000000000000001 -> 0x0000000000000002
[   70.265522]
[   70.265523] Reported by Kernel Concurrency Sanitizer on:
[   70.265524] CPU: 3 UID: 0 PID: 2917 Comm: undoer Not tainted 6.12.0 #1
)", 1, {{"kind", "KCSAN"}, {"fault", "ffffffff8483fef8"}, {"cpu", "0"}, {"comm", "-"}, {"release", "6.12.0"},
        {"stacks", "IRQ: tick_do tick_advance; OTHER_CPU: tick_undo"}}},
    {"KfenceWithoutCallTrace", R"([   14.998426] BUG: KFENCE: use-after-free read in widget_show+0x54/0x23c
[   14.998427]
[   15.007061] Use-after-free read at 0x00000000b2d7c0e8 (in kfence-#24):
[   15.010906]  widget_show+0x54/0x23c
[   15.015633]  dev_show+0x5c/0xd0
[   15.015640]
[   15.015641] kfence-#24: 0x00000000b2d7c0e0-0x00000000b2d7c0ff, size=32, cache=kmalloc-32
[   15.015642]
[   15.015643] allocated by task 99 on cpu 0 at 14.1s:
[   15.015644]  widget_new+0x14/0x90
[   15.034251] CPU: 0 PID: 111 Comm: cat Tainted: G    B
5.12.0-rc1-dev #4674
)", 1, {{"kind", "KFENCE"}, {"fault", "00000000b2d7c0e8"}, {"pid", "111"}, {"tainted", "GB"},
        {"release", "5.12.0-rc1-dev"}, {"stacks", "TASK: widget_show dev_show; ALLOCATED: widget_new"}}},
    {"KmsanFramesFollowTheHeadline", R"(BUG: KMSAN: uninit-value in range_begin+0x8c0/0x1460 fs/range.c:825
 range_begin+0x8c0/0x1460 fs/range.c:825
 range_iter+0x9b7/0x1540 fs/iter.c:110

Local variable lcn created at:
 range_begin+0x15d/0x1460 fs/range.c:786
)", 1, {{"kind", "KMSAN"}, {"stacks", "TASK: range_begin range_iter; CREATED: range_begin"}}},
    {"MachineCheckPlaceOnTwoLines", R"([  106.962373] mce: [Hardware Error]: CPU 18: Machine Check Exception: 5 Bank 7: be00000001010091
[  106.962377] mce: [Hardware Error]: RIP !INEXACT! 10:<ffffffffac58472a>
[  106.996488] {idle_enter+0x4a/0x60}
[  107.001057] mce: [Hardware Error]: TSC ae4b410af0b8 ADDR 314d193000 MISC 200400c008002086
)", 1, {{"kind", "MCE"}, {"cpu", "18"}, {"ip", "idle_enter"}, {"arch", "x86_64"}}},
    {"OomVictimBehindTheTables", R"([  310.100000] imgconv invoked oom-killer: gfp_mask=0x6200ca(GFP_HIGHUSER_MOVABLE), order=0, oom_score_adj=0
[  310.200000] CPU: 2 PID: 8123 Comm: imgconv Not tainted 4.19.0-8-amd64 #1
[  310.300000] Call Trace:
[  310.400000]  dump_stack+0x66/0x90
[  310.500000]  dump_header+0x6b/0x290
[  310.600000] Mem-Info:
[  310.700000] active_anon:466077 inactive_anon:1521 isolated_anon:0
[  310.800000] [ pid ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name
[  310.900000] [  8123]  1000  8123   490112   466080  3821568        0             0 imgconv
[  311.000000] Out of memory: Kill process 8123 (imgconv) score 902 or sacrifice child
[  311.100000] Killed process 8123 (imgconv) total-vm:1960448kB, anon-rss:1864308kB, file-rss:16kB, shmem-rss:0kB
)", 1, {{"kind", "OOM_KILL"}, {"victim", "imgconv"}, {"comm", "imgconv"}, {"stacks", "TASK: dump_stack dump_header"}}},
    {"KasanSymbolisedWithInlinedFunctions", R"([  300.000001][ T5131] BUG: KASAN: slab-use-after-free in instrument_atomic_read include/linux/instrumented.h:68 [inline]
[  300.000002][ T5131] BUG: KASAN: slab-use-after-free in atomic_read include/linux/atomic/atomic-instrumented.h:32 [inline]
[  300.000003][ T5131] BUG: KASAN: slab-use-after-free in widget_get+0x45/0x100 drivers/widget/core.c:12
[  300.000004][ T5131] Read of size 4 at addr ffff888011223344 by task a.out/5131
[  300.000005][ T5131]
[  300.000006][ T5131] Call Trace:
[  300.000007][ T5131]  <TASK>
[  300.000008][ T5131]  kasan_report+0x142/0x170 mm/kasan/report.c:601
[  300.000009][ T5131]  widget_get+0x45/0x100 drivers/widget/core.c:12
)", 1, {{"kind", "KASAN"}, {"ip", "widget_get"}, {"stacks", "TASK: kasan_report widget_get"}}},
    {"LockdepSymbolisedWithInlinedFunctions", R"([  300.000001][ T5131] WARNING: possible recursive locking detected
[  300.000002][ T5131] 6.8.0-rc1 #0 Not tainted
[  300.000003][ T5131] --------------------------------------------
[  300.000004][ T5131] a.out/5131 is trying to acquire lock:
[  300.000005][ T5131] ffff888021f0a0e0 (&w->lock){+.+.}-{2:2}, at: inode_lock include/linux/fs.h:795 [inline]
[  300.000006][ T5131] ffff888021f0a0e0 (&w->lock){+.+.}-{2:2}, at: widget_get+0x45/0x100 drivers/widget/core.c:12
[  300.000007][ T5131]
[  300.000008][ T5131] but task is already holding lock:
[  300.000009][ T5131] ffff888021f0a0e8 (&w->lock){+.+.}-{2:2}, at: widget_put+0x45/0x100 drivers/widget/core.c:30
)", 1, {{"kind", "LOCKDEP"},
        {"acquiring", "ffff888021f0a0e0 (&w->lock){+.+.}-{2:2}, at: widget_get+0x45/0x100 drivers/widget/core.c:12"}}},
    {"LeakWithChecksum", R"([  300.000000][ T5131] BUG: memory leak
[  300.000001][ T5131] unreferenced object 0xffff888012f3a200 (size 64):
[  300.000002][ T5131]   comm "a.out", pid 5131, jiffies 4294942000
[  300.000003][ T5131]   hex dump (first 32 bytes):
[  300.000004][ T5131]     00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00  ................
[  300.000005][ T5131]   backtrace (crc 1fc49a04):
[  300.000006][ T5131]     __kmalloc_cache_noprof+0xab/0x2f0
[  300.000007][ T5131]     widget_new+0x49/0x210
)", 1, {{"kind", "MEMORY_LEAK"}, {"stacks", "ALLOCATED: __kmalloc_cache_noprof widget_new"}}},
};

const Case kWrapped[] = {
    {"HeadlineTwice", R"(Jul  6 10:55:44 box kernel: Unable to handle kernel paging request at
virtual
address 0386c028
Jul  6 10:55:44 box kernel: Oops: 0000 [#1]
Jul  6 10:55:44 box kernel: EIP is at path_step+0x746/0xdc0
)", 1, {{"kind", "PAGE_FAULT"}, {"fault", "0386c028"}, {"ip", "path_step"}}},
    {"CutInTheMidstOfWords", R"(Jan 18 10:28:29 box-test kernel: [56245.286007] BUG: scheduling while atomic: kworker/0:1/12/0x00000002
Jan 18 10:28:29 box-test kernel: [56245.286007] Call Trace:
Jan 18 10:28:29 box-test kernel: [56245.286007]  [<ffffffff8102a04e>] widget_trigger_all_cpu_bac
ktrace+0x5e/0xa0
Jan 18 10:28:29 box-test kernel: [56245.286007]  [<ffffffff810bca09>] __widget_pending+0x169/0x3b
0
Jan 18 10:28:29 box-test kernel: [56245.286007]  [<ffffffff8108a250>] ? widget_timer_long+0x0/0
xc0
)", 1, {{"stacks", "TASK: widget_trigger_all_cpu_backtrace __widget_pending widget_timer_long?"},
        {"damage", "WRAPPED"}}},
    {"RegistersAndPid", R"([   10.308290] Unable to handle kernel NULL pointer dereference at virtual address 0000000000000010
[   10.375483] CPU: 3 UID: 0 PID: 307 Comm: (udev-worker) Not tainted
6.13.0-rc4-00032-ga27a3464e6ab-dirty #16
[   10.393576] epc : widget_get_state+0x22/0xca
[   10.402651] epc : ffffffff804f8d48 ra : ffffffff804f81f4 sp :
ffffffc600f1b5c0
[   10.591415] [<ffffffff018b1020>]
widget_driver_init+0x20/0x1000 [widget]
)", 1, {{"release", "6.13.0-rc4-00032-ga27a3464e6ab-dirty"}, {"comm", "(udev-worker)"}, {"registers", "3"},
        {"stacks", "TASK: widget_driver_init"}}},
    {"QuotedPrintable", R"(> BUG: Kernel NULL pointer dereference on read at =
0x00000588
> Faulting instruction address: 0xc00000000020fac0
> Oops: Kernel access of bad area, sig: 11 [#1]
> Call Trace:
> [c000000061da6d30] [c00000000020fc10] =
chain_user_64+0x2d0/0x490 (unreliable)
> [c000000061da6dc0] [c00000000020f92c] =
chain_user+0x1c/0x30
)", 1, {{"kind", "NULL_DEREF"}, {"fault", "00000588"}, {"arch", "ppc64"},
        {"stacks", "TASK: chain_user_64? chain_user"}}},
    {"PastedWithoutLineEnds", R"(Unable to handle kernel paging request at virtual address
ffff000008effe40  Internal error: Oops: 96000007 [#1] SMP  Process
mover/0 (pid: 12, stack limit = 0x00000000084e3736)
 pstate: 20000085 (nzCv daIf -PAN -UAO)  pc :
cmpxchg_acq_4+0x4/0x20
 Call trace:
  cmpxchg_acq_4+0x4/0x20
  move_task+0xc8/0xe0
)", 1, {{"fault", "ffff000008effe40"}, {"pid", "12"}, {"comm", "mover/0"}, {"ip", "cmpxchg_acq_4"},
        {"arch", "arm64"}, {"stacks", "TASK: cmpxchg_acq_4 move_task"}}},
    {"ModulesUpToTheLastUnloaded", R"([110417.280426] WARNING: at mm/page_alloc.c:2204 alloc_it+0x231/0x8f0()
[110417.280431] Modules linked in: vfat fat usb_storage
joydev parport video [last unloaded: scsi_wait_scan]
[110417.280525] Pid: 3, comm: softirqd/0 Tainted: P    B D    O 3.3.7-1.fc16.x86_64 #1
)", 1, {{"modules", "7"}, {"tainted", "PBDO"}}},
};

const Case kSeveral[] = {
    {"SameHeadlineAgainIsAnotherReport", R"(> [   75.213852] NMI watchdog: Watchdog detected hard LOCKUP on cpu 0
> [   75.213926] NMI watchdog: Watchdog detected hard LOCKUP on cpu 2
)", 2, {{"cpu", "0"}}},
    {"HeadlessStall", R"([16109.346170] Call Trace:
[16109.346179] ([<0000000000100920>] show_trace+0x128/0x12c)
[16109.346195]  [<00000000001cd320>] rcu_check_callbacks+0x458/0xccc
[16109.346209]  [<0000000000140f2e>] update_process_times+0x4a/0x74
)", 1, {{"kind", "RCU_STALL"}, {"damage", "NO_HEADLINE"}}},
    {"TraceBehindTheEndMarker", R"( list_add corruption. next->prev should be prev (ffffffc1b0a33a08), \
 but was dead000000000200. (next=ffffffc03ac77de0).
 ------------[ cut here ]------------
 CPU: 3 PID: 2138 Comm: bluetoothd Tainted: G           O    4.4.238+ #9
 ---[ end trace 0adc2158f0646eac ]---
 Call trace:
 [<ffffffc000443f78>] list_put+0x38/0xb0
 [<ffffffc0000f0d04>] queue_put+0x4c/0x68
)", 1, {{"kind", "LIST_CORRUPTION"}, {"arch", "arm64"}, {"tainted", "GO"}, {"stacks", "TASK: list_put queue_put"}}},
    // The entry's frame, below the interrupt's stack, belongs to what was interrupted.
    {"CrashSessionOverAnInterrupt", R"(PID: 2857   TASK: ffff92ad555497c0  CPU: 1   COMMAND: "fio"
 #0 [ffff92adf5c43d48] machine_kexec at ffffffffbc05bf3e
 #1 [ffff92adf5c43ff0] call_function_single_interrupt at ffffffffbca01e0f
--- <IRQ stack> ---
 #2 [ffffa3b34223f728] call_function_single_interrupt at ffffffffbca01e0f
    [exception RIP: widget_poll+109]
    RIP: ffffffffc0667f0d  RSP: ffffa3b34223f7d0  RFLAGS: 00000246
 #3 [ffffa3b34223f7f8] widget_ioctl at ffffffffc06680cc [widget]
)", 1, {{"ip", "widget_poll"}, {"stacks", "IRQ: machine_kexec call_function_single_interrupt; "
                                          "TASK: call_function_single_interrupt widget_ioctl"}}},
    {"CrashSessionOverAFault", R"(PID: 2857   TASK: ffff92ad555497c0  CPU: 1   COMMAND: "fio"
 #0 [ffffa3b34223f600] machine_kexec at ffffffffbc05bf3e
 #1 [ffffa3b34223f728] page_fault at ffffffffbca0119e
    [exception RIP: widget_poll+109]
    RIP: ffffffffc0667f0d  RSP: ffffa3b34223f7d0  RFLAGS: 00000246
 #2 [ffffa3b34223f7f8] widget_ioctl at ffffffffc06680cc [widget]
)", 1, {{"ip", "widget_poll"}, {"stacks", "EXCEPTION: machine_kexec page_fault; TASK: widget_ioctl"}}},
    {"StalledCpusOwnTaskDump", R"([   95.890386] rcu: INFO: rcu_preempt detected stalls on CPUs/tasks:
[   95.890857] rcu:     3-...0: (201 ticks this GP) idle=e33c/1/0x4000000000000000 softirq=5844/5846 fqs=4984
[   95.900212] rcu:     (detected by 2, t=21016 jiffies, g=7753, q=296 ncpus=4)
[   95.906972] Task dump for CPU 3:
[   95.910178] task:bash            state:R  running task     stack:0     pid:205   ppid:1      flags:0x00000202
[   95.920059] Call trace:
[   95.922485]  __switch_to+0xe4/0x168
)", 1, {{"cpu", "3"}, {"pid", "205"}, {"comm", "bash"}, {"stacks", "TASK: __switch_to"}}},
    {"HeadsOfTwoReportsAreMixed", R"([  512.100010] WARNING: CPU: 0 PID: 811 at net/abc.c:212 abc_xmit+0x1a2/0x1f0 [abc]
[  512.100011] WARNING: CPU: 1 PID: 42 at kernel/foo.c:77 foo_work+0x33/0x40
[  512.100012] CPU: 0 PID: 811 Comm: iperf3 Not tainted 5.10.28 #3
[  512.100013] CPU: 1 PID: 42 Comm: kworker/1:1 Not tainted 5.10.28 #3
[  512.100014] RIP: 0010:abc_xmit+0x1a2/0x1f0 [abc]
[  512.100015] RIP: 0010:foo_work+0x33/0x40
)", 2, {{"cpu", "0"}, {"comm", "iperf3"}, {"release", "5.10.28"}, {"ip", "abc_xmit"}, {"damage", "INTERLEAVED"}}},
    {"FramesOfAnInterruptedTrace", R"([  512.100090] Call Trace:
[  512.100100]  dev_hard_start_xmit+0x8d/0x1d0
[  512.100115] INFO: task dd:411 blocked for more than 120 seconds.
[  512.100120]  __dev_queue_xmit+0x6e3/0xa20
[  512.100125]  ret_from_fork+0x22/0x30
[  512.100130]  chance+0x22/0x30
)", 2, {{"stacks", "TASK: dev_hard_start_xmit __dev_queue_xmit ret_from_fork"}, {"damage", "INTERLEAVED"}}},
    {"FramesASecondLaterAreNobodys", R"([  512.100010] BUG: scheduling while atomic: cat/411/0x00000002
[  512.100090] Call Trace:
[  512.100100]  dev_hard_start_xmit+0x8d/0x1d0
[  512.100115] INFO: task dd:411 blocked for more than 120 seconds.
[  513.100120]  __dev_queue_xmit+0x6e3/0xa20
)", 2, {{"stacks", "TASK: dev_hard_start_xmit"}, {"damage", "-"}}},
    {"APanicMinutesLaterIsAnotherEvent", R"([ 5521.770000] NMI watchdog: Watchdog detected hard LOCKUP on cpu 1
[ 5521.770030] Call Trace:
[ 5521.770040]  [<ffffffff812fcd4e>] foo_spin+0x1e/0x30 [foo]
[ 5721.770000] Kernel panic - not syncing: VFS: Unable to mount root fs on unknown-block(0,0)
)", 2, {{"kind", "HARD_LOCKUP"}, {"panic", "-"}}},
};

std::string NameOf(const testing::TestParamInfo<Case>& info) { return std::string(info.param.name); }

INSTANTIATE_TEST_SUITE_P(Eras, FormsTest, testing::ValuesIn(kEras), NameOf);
INSTANTIATE_TEST_SUITE_P(Sanitizers, FormsTest, testing::ValuesIn(kSanitizers), NameOf);
INSTANTIATE_TEST_SUITE_P(Wrapped, FormsTest, testing::ValuesIn(kWrapped), NameOf);
INSTANTIATE_TEST_SUITE_P(Several, FormsTest, testing::ValuesIn(kSeveral), NameOf);

}  // namespace
}  // namespace oops::record
