#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "tests/analysis/record.h"

namespace oops::analysis {
namespace {

struct Case {
  std::string_view record;  // textproto
  std::string_view stack;
  std::string_view statement;  // part of the only one; empty: there is none
  std::string_view evidence;   // the first
  double confidence = 0.9;
};

constexpr Case kCases[] = {
    {"kind: KIND_PAGE_FAULT fault { address: 'dead000000000108' }", "", "list_del()",
     "the address dead000000000108 is LIST_POISON1 + 0x8"},
    {"kind: KIND_GPF registers { name: 'RAX' value: 'dead000000200200' }", "", "list_del()",
     "RAX dead000000200200 is LIST_POISON2", 0.4},
    // list_del() loads both.
    {"kind: KIND_GPF registers { name: 'RAX' value: 'dead000000000100' } "
     "registers { name: 'RCX' value: 'dead000000000122' }",
     "", "", ""},
    {"kind: KIND_GPF registers { name: 'RAX' value: 'dead000000000100' } "
     "registers { name: 'RCX' value: 'dead000000000122' } "
     "registers { name: 'RDX' value: '6b6b6b6b6b6b6b6b' }",
     "", "given back", "RDX 6b6b6b6b6b6b6b6b is POISON_FREE", 0.7},
    {"kind: KIND_PAGE_FAULT registers { name: 'RAX' value: '6b6b6b6b6b6b6b6b' }", "", "", ""},
    // mov 0x18(%rax),%rdx; mov 0x8(%r12),%eax; mov 0x8(%rbp),%rax; the last byte is lost;
    // mov (%rax,%rcx,8),%rdx
    {"kind: KIND_GPF arch: 'x86_64' code { bytes: '904889488b5018' trap_index: 4 } "
     "registers { name: 'RAX' value: 'dead000000000100' } "
     "registers { name: 'RCX' value: 'dead000000000122' }",
     "", "list_del()", "RAX dead000000000100 is LIST_POISON1"},
    {"kind: KIND_GPF arch: 'x86_64' code { bytes: '418b442408' trap_index: 0 } "
     "registers { name: 'R12' value: '6b6b6b6b6b6b6b6b' }",
     "", "given back", "R12 6b6b6b6b6b6b6b6b is POISON_FREE"},
    {"kind: KIND_OOPS_OTHER arch: 'x86_64' fault { trap: 'stack segment' } "
     "code { bytes: '488b4508' trap_index: 0 } registers { name: 'RBP' value: '6b6b6b6b6b6b6b6b' }",
     "", "given back", "RBP 6b6b6b6b6b6b6b6b is POISON_FREE"},
    {"kind: KIND_GPF arch: 'x86_64' code { bytes: '488b45' trap_index: 0 } "
     "registers { name: 'RBP' value: '6b6b6b6b6b6b6b6b' }",
     "", "given back", "RBP 6b6b6b6b6b6b6b6b is POISON_FREE", 0.7},
    {"kind: KIND_GPF arch: 'x86_64' code { bytes: '488b14c8' trap_index: 0 } "
     "registers { name: 'RAX' value: '6b6b6b6b6b6b6b6b' }",
     "", "given back", "RAX 6b6b6b6b6b6b6b6b is POISON_FREE", 0.7},
    // The access went through another register.
    {"kind: KIND_GPF arch: 'x86_64' code { bytes: '488b5018' trap_index: 0 } "
     "registers { name: 'RAX' value: '0123456789abcdef' } "
     "registers { name: 'RBX' value: '6b6b6b6b6b6b6b6b' }",
     "", "", ""},
    {"kind: KIND_KASAN fault { address: 'dead000000000100' }", "", "list_del()",
     "the address dead000000000100 is LIST_POISON1"},
    {"kind: KIND_PAGE_FAULT fault { address: '0x5deadbeef0000108' }", "", "list_del()",
     "the address 0x5deadbeef0000108 is LIST_POISON1 + 0x8"},
    {"kind: KIND_PAGE_FAULT fault { address: '0x5deadbeef0000122' }", "", "list_del()",
     "the address 0x5deadbeef0000122 is LIST_POISON2"},
    {"kind: KIND_PAGE_FAULT fault { address: '0x5deadbeef0000200' }", "", "list_del()",
     "the address 0x5deadbeef0000200 is LIST_POISON2"},
    {"kind: KIND_GPF fault { address: 'aaaaaaaaaaaaaaba' }", "", "a variable on the stack",
     "the address aaaaaaaaaaaaaaba is PAGE_POISON + 0x10", 0.6},
    {"kind: KIND_PAGE_FAULT fault { address: '00100104' }", "", "list_del()",
     "the address 00100104 is LIST_POISON1 + 0x4"},
    {"kind: KIND_GPF fault { address: '6b6b6b6b6b6b6be3' }", "", "given back",
     "the address 6b6b6b6b6b6b6be3 is POISON_FREE + 0x78"},
    {"kind: KIND_PAGE_FAULT fault { address: '6b6b6b6b' }", "", "given back",
     "the address 6b6b6b6b is POISON_FREE"},
    {"kind: KIND_GPF registers { name: 'RDI' value: '5a5a5a5a5a5a5a5a' }", "", "nobody had set",
     "RDI 5a5a5a5a5a5a5a5a is POISON_INUSE", 0.7},
    // The address is known: what else a register holds says nothing. Nor does it in a warning.
    {"kind: KIND_GPF fault { address: 'abcd000000000108' } "
     "registers { name: 'RAX' value: 'dead000000000100' }",
     "", "", ""},
    {"kind: KIND_WARNING registers { name: 'RAX' value: 'dead000000000100' }", "", "", ""},

    {"kind: KIND_NULL_DEREF fault { address: '0000000000000018' access: ACCESS_READ }", "",
     "0x18 bytes into it", "the address 0000000000000018"},
    // mov %r12,(%rdx); mov 0x18(%rax),%rdx; mov 0x14(%esi),%eax
    {"kind: KIND_NULL_DEREF arch: 'x86_64' fault { address: '0000000000000008' } "
     "code { bytes: '4c8922' trap_index: 0 }",
     "", "a pointer is 0x8", "the address 0000000000000008", 0.6},
    {"kind: KIND_NULL_DEREF arch: 'x86_64' fault { address: '0000000000000018' } "
     "code { bytes: '488b5018' trap_index: 0 }",
     "", "0x18 bytes into it", "the address 0000000000000018"},
    {"kind: KIND_NULL_DEREF arch: 'i386' fault { address: '00000014' } "
     "code { bytes: '8b4614' trap_index: 0 }",
     "", "0x14 bytes into it", "the address 00000014"},
    // LIST_POISON1 and LIST_POISON2 where nothing is added to them.
    {"kind: KIND_NULL_DEREF arch: 'i386' fault { address: '00000104' }", "", "", ""},
    {"kind: KIND_NULL_DEREF arch: 'arm' fault { address: '00000122' }", "", "", ""},
    {"kind: KIND_NULL_DEREF arch: 'mips' fault { address: '00000207' }", "", "", ""},
    {"kind: KIND_NULL_DEREF arch: 'arm' fault { address: '00000108' }", "", "0x108 bytes into it",
     "the address 00000108"},
    {"kind: KIND_NULL_DEREF arch: 'x86_64' fault { address: '0000000000000100' }", "",
     "0x100 bytes into it", "the address 0000000000000100"},
    {"kind: KIND_NULL_DEREF fault { address: '(null)' access: ACCESS_EXEC }", "",
     "a function is called", "the address (null)"},
    {"kind: KIND_NULL_DEREF fault { address: '0000000000000000' access: ACCESS_READ }", "", "", ""},
    {"kind: KIND_GPF arch: 'x86_64' fault { address: '0xdffffc0000000003' }", "",
     "0x18 to 0x1f bytes into it",
     "the address 0xdffffc0000000003 is KASAN's shadow of the first page"},
    {"kind: KIND_NULL_DEREF fault { address: '0000000000000086' access: ACCESS_EXEC }", "", "", ""},
    {"kind: KIND_GPF arch: 'x86_64' fault { address: '0xdffffc0000000000' }", "",
     "a pointer is NULL", "the address 0xdffffc0000000000 is KASAN's shadow of the first page"},
    {"kind: KIND_GPF arch: 'x86_64' fault { address: '0xdffffc1000000003' }", "", "", ""},
    // A kernel that says what it was built with, and not with KASAN.
    {"kind: KIND_GPF arch: 'x86_64' fault { address: '0xdffffc0000000003' oops_count: 1 } "
     "kernel { options: 'PREEMPT' options: 'SMP' }",
     "", "", ""},
    {"kind: KIND_GPF arch: 'x86_64' fault { address: '0xdffffc0000000003' oops_count: 1 } "
     "kernel { options: 'SMP' options: 'KASAN' }",
     "", "0x18 to 0x1f bytes into it",
     "the address 0xdffffc0000000003 is KASAN's shadow of the first page"},
    {"kind: KIND_PAGE_FAULT fault { address: 'fffffffffffffff4' }", "", "ERR_PTR()",
     "the address fffffffffffffff4 is -12", 0.6},
    {"kind: KIND_PAGE_FAULT fault { address: 'ffffffd8' }", "", "ERR_PTR()",
     "the address ffffffd8 is -40", 0.6},
    {"kind: KIND_PAGE_FAULT fault { address: 'ffffffffffff0000' }", "", "", ""},

    {"kind: KIND_DOUBLE_FAULT registers { name: 'RSP' value: 'ffffc90000a10000' } "
     "registers { name: 'CR2' value: 'ffffc90000a0fff8' }",
     "", "the stack is used up", "CR2 0xffffc90000a0fff8"},
    {"kind: KIND_DOUBLE_FAULT registers { name: 'RSP' value: 'ffffc90000a10000' } "
     "registers { name: 'CR2' value: '0000000000000018' }",
     "", "", ""},
    {"kind: KIND_STACK_OVERFLOW arch: 'arm64' fault { address: 'ffff800012a37ff0' } "
     "registers { name: 'sp' value: 'ffff800012a38010' }",
     "", "the stack is used up", "FAR 0xffff800012a37ff0"},
    {"kind: KIND_STACK_OVERFLOW arch: 'arm64' fault { address: 'ffff800012a37ff0' } "
     "registers { name: 'sp' value: 'ffff800012a3bc80' }",
     "", "", ""},
    {"kind: KIND_STACK_OVERFLOW",
     "foo_walk bar_next foo_walk bar_next foo_walk bar_next foo_walk bar_next foo_walk bar_next "
     "foo_walk bar_next foo_walk bar_next foo_walk bar_next foo_start",
     "foo_walk calls itself", "it stands 8 times in a trace of 17 frames"},
    {"kind: KIND_STACK_OVERFLOW", "foo_walk bar_next foo_walk bar_next foo_start", "", ""},
    {"kind: KIND_STACK_OVERFLOW",
     ".notifier_call_chain .foo_event.isra.0 .notifier_call_chain .foo_event "
     ".notifier_call_chain .foo_event.isra.0 .notifier_call_chain .foo_event "
     ".notifier_call_chain .foo_event.isra.0 .notifier_call_chain .foo_event "
     ".notifier_call_chain .foo_event.isra.0 .notifier_call_chain .foo_event",
     "foo_event calls itself", "it stands 8 times in a trace of 16 frames"},
    {"kind: KIND_STACK_OVERFLOW",
     "notifier_call_chain foo_event notifier_call_chain foo_event notifier_call_chain foo_event "
     "notifier_call_chain foo_event notifier_call_chain foo_event notifier_call_chain foo_event "
     "notifier_call_chain foo_event notifier_call_chain foo_event",
     "foo_event calls itself", "it stands 8 times in a trace of 16 frames"},

    {"kind: KIND_SOFT_LOCKUP ip { function: 'native_queued_spin_lock_slowpath' }",
     "_raw_spin_lock foo_poll do_syscall_64", "spins on a lock that foo_poll takes and didn't get",
     "the CPU was found in native_queued_spin_lock_slowpath", 0.7},
    {"kind: KIND_SOFT_LOCKUP ip { function: '._raw_spin_lock' }", ".foo_poll .do_syscall_64",
     "spins on a lock that foo_poll takes", "the CPU was found in _raw_spin_lock", 0.7},
    {"kind: KIND_SOFT_LOCKUP ip { function: '_raw_spin_trylock' }", "foo_poll", "", ""},
    {"kind: KIND_SOFT_LOCKUP ip { function: 'mutex_spin_on_owner' }", "foo_poll", "", ""},
    {"kind: KIND_SOFT_LOCKUP ip { function: '_raw_spin_unlock_irqrestore' }",
     "foo_poll do_syscall_64", "", ""},
    {"kind: KIND_RCU_STALL ip { function: '__srcu_read_lock' }", "foo_poll", "", ""},
    {"kind: KIND_GPF ip { function: 'native_queued_spin_lock_slowpath' }", "foo_poll", "", ""},
    {"kind: KIND_SOFT_LOCKUP ip { function: 'smp_call_function_many_cond' }",
     "on_each_cpu_cond_mask foo_flush", "waits for another CPU",
     "the CPU was found in smp_call_function_many_cond", 0.7},
    {"kind: KIND_HUNG_TASK ip { function: 'smp_call_function_many_cond' }", "foo_flush", "", ""},
    // pause; mov (%r12),%rcx; and $0x10,%cl; jne; lock bts $0x4,(%r12)
    {"kind: KIND_HARD_LOCKUP arch: 'x86_64' ip { function: 'foo_end_io' } "
     "code { bytes: 'f390498b0c2480e11075f5f0410fba2c2404' trap_index: 0 } "
     "registers { name: 'R12' value: 'ffff880826272138' }",
     "foo_end_io", "spins until somebody clears bit 4 of the word at 0xffff880826272138",
     "the CPU was found at pause, next to lock bts of bit 4 through R12"},
    {"kind: KIND_HARD_LOCKUP arch: 'x86_64' ip { function: 'foo_end_io' } "
     "code { bytes: 'f390498b0c2480e11075f5f0410fba2c2404' trap_index: 2 } "
     "registers { name: 'R12' value: 'ffff880826272138' }",
     "foo_end_io", "spins until somebody clears bit 4",
     "the CPU was found at pause, next to lock bts of bit 4 through R12"},
    {"kind: KIND_HARD_LOCKUP arch: 'x86_64' ip { function: 'foo_end_io' } "
     "code { bytes: 'f390498b0c2480e11075f5f0410fba2c2404' trap_index: 6 } "
     "registers { name: 'R12' value: 'ffff880826272138' }",
     "foo_end_io", "", ""},
    {"kind: KIND_HARD_LOCKUP arch: 'x86_64' "
     "ip { function: 'native_queued_spin_lock_slowpath' } "
     "code { bytes: 'f3908b03ebf6f00fba2b08' trap_index: 0 } "
     "registers { name: 'RBX' value: 'ffff8cba0472a2c0' }",
     "_raw_spin_lock foo_poll", "spins on a lock that foo_poll takes",
     "the CPU was found in native_queued_spin_lock_slowpath", 0.7},

    {"kind: KIND_HUNG_TASK blocker { lock: 'mutex' comm: 'food' pid: 12 }", "schedule foo_read",
     "waits for the mutex that food [12] probably holds",
     "the kernel says: mutex likely owned by food [12]", 0.7},
    {"kind: KIND_HUNG_TASK blocker { lock: 'semaphore' comm: 'food' pid: 12 }", "schedule foo_read",
     "waits for a semaphore that food [12] took last",
     "the kernel says: semaphore likely last held by food [12]", 0.7},
    {"kind: KIND_HUNG_TASK blocker { lock: 'rw-semaphore' comm: 'food' }", "schedule foo_read",
     "waits for the rw-semaphore that food probably holds",
     "the kernel says: rw-semaphore likely owned by food", 0.7},
    {"kind: KIND_LIST_CORRUPTION "
     "headline: 'list_del corruption, ffff88003f4b6a08->next is LIST_POISON1 (dead000000000100)'",
     "foo_del", "had taken off before", "is LIST_POISON1"},
    {"kind: KIND_LIST_CORRUPTION headline: 'list_add corruption. prev->next should be next "
     "(ffffffffc0442a80), but was dead000000000122. (prev=ffff9b8a0c3f5010).'",
     "foo_add", "had taken off its list", "dead000000000122 is LIST_POISON2"},
    {"kind: KIND_SLAB_CORRUPTION message: 'First byte 0x0 instead of 0x6b'", "",
     "written to after it had been given back", "First byte 0x0 instead of 0x6b, POISON_FREE"},
    {"kind: KIND_SLAB_CORRUPTION message: 'First byte 0x41 instead of 0xcc'", "",
     "memory beside an object", "First byte 0x41 instead of 0xcc, SLUB_RED_ACTIVE"},
    {"kind: KIND_SLAB_CORRUPTION message: 'First byte 0x41 instead of 0x6c'", "", "", ""},
    {"kind: KIND_SLAB_CORRUPTION headline: 'Slab corruption: size-64 start=c1b3f0a8, len=64'", "",
     "written to after it had been given back",
     "the slab allocator found that a free object was not filled with POISON_FREE"},
};

TEST(Diagnosis, SaysWhatTheValuesMean) {
  for (const Case& c : kCases) {
    const CrashRecord record = Analyzed(std::string(c.record), c.stack);
    if (c.statement.empty()) {
      EXPECT_EQ(record.diagnosis_size(), 0) << c.record << "\n" << record.diagnosis(0).statement();
      continue;
    }
    ASSERT_EQ(record.diagnosis_size(), 1) << c.record;
    const Diagnosis& diagnosis = record.diagnosis(0);
    EXPECT_NE(diagnosis.statement().find(c.statement), std::string::npos) << diagnosis.statement();
    ASSERT_GT(diagnosis.evidence_size(), 0) << c.record;
    EXPECT_EQ(diagnosis.evidence(0), c.evidence);
    EXPECT_EQ(diagnosis.confidence(), c.confidence) << c.record;
  }
}

// A stored record may be analysed again.
TEST(Diagnosis, IsSaidOnce) {
  CrashRecord record = Analyzed("kind: KIND_NULL_DEREF fault { address: '18' }", "foo_read");
  Analyze(record);
  EXPECT_EQ(record.diagnosis_size(), 1);
}

}  // namespace
}  // namespace oops::analysis
