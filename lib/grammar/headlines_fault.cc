// x86: page faults, traps and what die() prints (arch/x86/mm/fault.c, arch/x86/kernel/dumpstack.c,
// traps.c).
#include "lib/grammar/arch_rows.h"
#include "lib/grammar/headline.h"

namespace oops::grammar {
namespace {

// "0002 [#1] PREEMPT SMP KASAN" of a die line; people lose the blank behind "Oops:".
#define DIE_TAIL \
  R"(: ?(?P<err>[0-9a-f]{4,8}) \[#?(?P<n>\d+)\](?P<options>(?: [A-Z_]{2,}(?:\([a-z]+\))?)*))"

// exc_general_protection(), since 5.5; of linear address separation since 6.19, which also a stack
// segment may break.
#define HINT                                                                          \
  R"((?:, (?:(?:probably|maybe) (?:LASS violation )?for (?:non-canonical )?address|)" \
  R"(kernel NULL pointer dereference) 0x(?P<addr>[0-9a-f]+))?)"

// A trap that die() names and that says nothing else.
#define TRAP(id, literal, words, by)                                                               \
  {                                                                                                \
    .name = "x86-" id, .anchor = literal, .pattern = R"((?:Oops: )?(?P<trap>)" words ")" DIE_TAIL, \
    .kind = KIND_OOPS_OTHER, .severity = SEVERITY_OOPS, .join = Join::kDetail,                     \
    .title = kTrapTitle, .printed_by = by, .example = words ": 0000 [#1] SMP"                      \
  }

// What comes before the kernel can handle it, by its vector.
#define EARLY(id, vector, cr2, what, number)                                                    \
  {                                                                                             \
    .name = "x86-early-" id, .anchor = "PANIC: early exception",                                \
    .pattern = "PANIC: early exception (?:0x)?(?P<trap>" vector                                 \
               ") (?:IP|rip) (?:[0-9a-f]+:)?(?P<ipaddr>[0-9a-f]+) error (?P<err>[0-9a-f]+) cr2" \
               " 0x(" cr2 "[0-9a-f]+)",                                                         \
    .kind = what, .severity = SEVERITY_PANIC, .title = "PANIC: early exception in {f}",         \
    .printed_by = "early_fixup_exception(), since 2.6.23",                                      \
    .example = "PANIC: early exception 0x" number                                               \
               " IP 10:ffffffff81f5c1f1 error 0 cr2 0xffffffffff20c000"                         \
  }

constexpr Headline kRows[] = {
    {.name = "x86-null-deref",
     .anchor = "BUG: unable to handle kernel NULL",
     .pattern =
         R"(BUG: unable to handle kernel NULL pointer dereference at(?: virtual address)? *(?P<addr>[0-9a-f]{8,16}|\(null\)))",
     .kind = KIND_NULL_DEREF,
     .severity = SEVERITY_OOPS,
     .title = kNullTitle,
     .printed_by = "show_fault_oops(), 2.6.24 to 5.0",
     .example = "BUG: unable to handle kernel NULL pointer dereference at 0000000000000018"},
    {.name = "x86-paging-request",
     .anchor = "BUG: unable to handle kernel paging",
     .pattern =
         R"(BUG: unable to handle kernel paging request at(?: virtual address)? *(?P<addr>[0-9a-f]{8,16}))",
     .kind = KIND_PAGE_FAULT,
     .severity = SEVERITY_OOPS,
     .title = kPagingTitle,
     .printed_by = "show_fault_oops(), 2.6.24 to 5.0",
     .example = "BUG: unable to handle kernel paging request at ffffffffffffffd8"},
    {.name = "x86-null-deref-5.1",
     .anchor = "BUG: kernel NULL pointer",
     .pattern = R"(BUG: kernel NULL pointer dereference, address: (?P<addr>[0-9a-f]{8,16}))",
     .kind = KIND_NULL_DEREF,
     .severity = SEVERITY_OOPS,
     .title = kNullTitle,
     .printed_by = "show_fault_oops(), since 5.1",
     .example = "BUG: kernel NULL pointer dereference, address: 0000000000000008"},
    {.name = "x86-page-fault-5.1",
     .anchor = "BUG: unable to handle page fault",
     .pattern = R"(BUG: unable to handle page fault for address: (?P<addr>[0-9a-f]{8,16}))",
     .kind = KIND_PAGE_FAULT,
     .severity = SEVERITY_OOPS,
     .title = kPagingTitle,
     .printed_by = "show_fault_oops(), since 5.1",
     .example = "BUG: unable to handle page fault for address: ffffed1020a7c000"},
    {.name = "x86-fault-cut",
     .anchor = "BUG: unable to handle kernel",
     .pattern = R"(BUG: unable to handle kernel *(?:$|\[ *\d+\.\d{6}\]))",
     .kind = KIND_PAGE_FAULT,
     .severity = SEVERITY_OOPS,
     .damage = DAMAGE_TRUNCATED,
     .title = "BUG: unable to handle kernel",
     .printed_by = "show_fault_oops(), built with pr_cont until 4.18: another CPU cut in",
     .example = "BUG: unable to handle kernel "},
    {.name = "x86-null-deref-2.4",
     .anchor = "Unable to handle kernel NULL",
     .pattern =
         R"(Unable to handle kernel NULL pointer dereference at (?:RIP|(?:virtual address )?(?P<addr>[0-9a-f]{8}|[0-9a-f]{16}) RIP))",
     .kind = KIND_NULL_DEREF,
     .severity = SEVERITY_OOPS,
     .title = kNullTitle,
     .printed_by = "do_page_fault(), x86-64 until 2.6.23",
     .arch = "x86_64",
     .example = "Unable to handle kernel NULL pointer dereference at 0000000000000008 RIP:"},
    {.name = "x86-paging-request-2.4",
     .anchor = "Unable to handle kernel paging",
     .pattern = R"(Unable to handle kernel paging request at (?P<addr>[0-9a-f]{16}) RIP)",
     .kind = KIND_PAGE_FAULT,
     .severity = SEVERITY_OOPS,
     .title = kPagingTitle,
     .printed_by = "do_page_fault(), x86-64 until 2.6.23",
     .arch = "x86_64",
     .example = "Unable to handle kernel paging request at ffff81002c9c3000 RIP:"},
    {.name = "x86-stack-guard",
     .anchor = "stack guard page was hit",
     .pattern =
         R"(BUG: (?:[#A-Z_0-9]+ )?stack guard page was hit at (?P<addr>[0-9a-f]{8,16}) \(stack is)",
     .kind = KIND_STACK_OVERFLOW,
     .severity = SEVERITY_OOPS,
     .title = "BUG: stack guard page was hit in {f}",
     .printed_by = "handle_stack_overflow(), since 4.9",
     .arch = "x86_64",
     .example = "BUG: TASK stack guard page was hit at ffffc90003d5ff58 (stack is "
                "ffffc90003d60000..ffffc90003d68000)"},
    {.name = "x86-double-fault-panic",
     .anchor = "PANIC: double fault",
     .pattern =
         R"(PANIC: (?P<trap>double fault), (?:error_code: 0x(?P<err>[0-9a-f]+)|gdt at [0-9a-f]{8} \[\d+ bytes\]))",
     .kind = KIND_DOUBLE_FAULT,
     .severity = SEVERITY_PANIC,
     .title = "PANIC: double fault in {f}",
     .printed_by = "exc_double_fault(), df_debug(), since 3.17",
     .example = "PANIC: double fault, error_code: 0x0"},
    EARLY("page-fault", "0e", "?P<addr>", KIND_PAGE_FAULT, "0e"),
    EARLY("invalid-opcode", "06", "?:", KIND_INVALID_OPCODE, "06"),
    EARLY("gpf", "0d", "?:", KIND_GPF, "0d"),
    EARLY("exception", "[0-9a-f]{2}", "?:", KIND_OOPS_OTHER, "0c"),
    {.name = "x86-gpf",
     .anchor = "general protection fault",
     .pattern =
         R"((?:Oops: )?(?P<trap>(?:segment-related )?general protection fault))" HINT DIE_TAIL,
     .kind = KIND_GPF,
     .severity = SEVERITY_OOPS,
     .join = Join::kDetail,
     .title = "general protection fault in {f}",
     .printed_by = "__die(), exc_general_protection()",
     .example = "general protection fault, probably for non-canonical address 0xdffffc0000000003: "
                "0000 [#1] PREEMPT SMP KASAN"},
    {.name = "x86-gpf-cut",
     .anchor = "general protection fault",
     .pattern =
         R"((?P<trap>general protection fault), (?:probably|maybe) for (?:non-canonical )?address 0x(?P<addr>[0-9a-f]+):?\s*$)",
     .kind = KIND_GPF,
     .severity = SEVERITY_OOPS,
     .join = Join::kDetail,
     .damage = DAMAGE_TRUNCATED,
     .title = "general protection fault in {f}",
     .printed_by = "die_addr(), since 5.5, of which a narrow page left the rest to the next line",
     .example = "general protection fault, probably for non-canonical address 0xdffffc0000000003"},
    {.name = "x86-invalid-opcode",
     .anchor = "invalid opcode: ",
     .pattern = R"((?:Oops: )?(?P<trap>invalid opcode))" DIE_TAIL,
     .kind = KIND_INVALID_OPCODE,
     .severity = SEVERITY_OOPS,
     .join = Join::kDetail,
     .title = "invalid opcode in {f}",
     .printed_by = "__die(), exc_invalid_op()",
     .example = "invalid opcode: 0000 [#1] SMP"},
    {.name = "x86-divide-error",
     .anchor = "divide error: ",
     .pattern = R"((?:Oops: )?(?P<trap>divide error))" DIE_TAIL,
     .kind = KIND_DIVIDE_ERROR,
     .severity = SEVERITY_OOPS,
     .join = Join::kDetail,
     .title = "divide error in {f}",
     .printed_by = "__die()",
     .example = "divide error: 0000 [#1] PREEMPT SMP"},
    {.name = "x86-double-fault",
     .anchor = "double fault: ",
     .pattern = R"((?:Oops: )?(?P<trap>double fault))" DIE_TAIL,
     .kind = KIND_DOUBLE_FAULT,
     .severity = SEVERITY_OOPS,
     .join = Join::kDetail,
     .title = "PANIC: double fault in {f}",
     .printed_by = "__die(), exc_double_fault()",
     .example = "double fault: 0000 [#1] SMP"},
    {.name = "x86-stack-guard-die",
     .anchor = "stack guard page: ",
     .pattern = R"((?:Oops: )?(?P<trap>stack guard page))" DIE_TAIL,
     .kind = KIND_STACK_OVERFLOW,
     .severity = SEVERITY_OOPS,
     .join = Join::kDetail,
     .damage = DAMAGE_NO_HEADLINE,
     .title = "BUG: stack guard page was hit in {f}",
     .printed_by = "__die(), handle_stack_overflow() since 5.16",
     .example = "stack guard page: 0000 [#1] PREEMPT SMP"},
    {.name = "x86-stack-overflow-die",
     .anchor = "kernel stack overflow (",
     .pattern = R"((?P<trap>kernel stack overflow \((?:double-fault|page fault)\)))" DIE_TAIL,
     .kind = KIND_STACK_OVERFLOW,
     .severity = SEVERITY_OOPS,
     .join = Join::kDetail,
     .damage = DAMAGE_NO_HEADLINE,
     .title = "BUG: stack guard page was hit in {f}",
     .printed_by = "__die(), 4.9 to 5.15",
     .example = "kernel stack overflow (double-fault): 0000 [#1] SMP"},
    {.name = "x86-alignment-check",
     .anchor = "alignment check: ",
     .pattern = R"((?:Oops: )?(?P<trap>alignment check))" DIE_TAIL,
     .kind = KIND_ALIGNMENT,
     .severity = SEVERITY_OOPS,
     .join = Join::kDetail,
     .title = "alignment check in {f}",
     .printed_by = "__die()",
     .example = "alignment check: 0000 [#1] SMP"},
    {.name = "x86-corrupted-page-table",
     .anchor = ": Corrupted page table at ",
     .pattern = R"((?P<comm>\S.{0,30}?): Corrupted page table at address (?P<addr>[0-9a-f]+))",
     .kind = KIND_PAGE_FAULT,
     .severity = SEVERITY_OOPS,
     .title = "Bad pagetable in {f}",
     .printed_by = "pgtable_bad(), since 2.6.18",
     .example = "a.out: Corrupted page table at address 7f1c20a00000"},
    {.name = "x86-bad-pagetable",
     .anchor = "Bad pagetable: ",
     .pattern = R"((?:Oops: )?(?P<trap>Bad pagetable))" DIE_TAIL,
     .kind = KIND_PAGE_FAULT,
     .severity = SEVERITY_OOPS,
     .join = Join::kDetail,
     .damage = DAMAGE_NO_HEADLINE,
     .title = "Bad pagetable in {f}",
     .printed_by = "die() of pgtable_bad(), since 2.6.18",
     .example = "Bad pagetable: 000d [#1] SMP"},
    {.name = "x86-stack-segment",
     .anchor = "stack segment: ",
     .pattern = R"((?:Oops: )?(?P<trap>stack segment))" HINT DIE_TAIL,
     .kind = KIND_OOPS_OTHER,
     .severity = SEVERITY_OOPS,
     .join = Join::kDetail,
     .title = "stack segment fault in {f}",
     .printed_by = "do_stack_segment()",
     .example = "stack segment: 0000 [#1] SMP"},
    TRAP("bounds", ": 0000 [#", "bounds", "do_bounds(), exc_bounds()"),
    TRAP("overflow", ": 0000 [#", "overflow", "do_overflow(), exc_overflow()"),
    TRAP("invalid-tss", "invalid TSS: ", "invalid TSS", "do_invalid_TSS()"),
    TRAP("segment-not-present", "segment not present: ", "segment not present",
         "do_segment_not_present()"),
    TRAP("coprocessor-segment-overrun", "segment overrun: ", "coprocessor segment overrun",
         "do_coprocessor_segment_overrun()"),
    TRAP("int3", "int3: ", "int3", "do_int3(), exc_int3()"),
    TRAP("fpu-exception", "fpu exception: ", "fpu exception", "math_error(), x87"),
    TRAP("simd-exception", "simd exception: ", "simd exception", "math_error(), SSE"),
    TRAP("iret-exception", "iret exception: ", "iret exception", "do_iret_error(), since 2.6.33"),
    TRAP("unexpected-nm-exception", "#NM exception: ", "unexpected #NM exception",
         "do_device_not_available(), since 4.10"),
    {.name = "x86-split-lock-detected",
     .anchor = "Split lock detected",
     .pattern = R"((?:Oops: )?(?P<trap>Split lock detected)\s*$)",
     .kind = KIND_OOPS_OTHER,
     .severity = SEVERITY_OOPS,
     .join = Join::kDetail,
     .title = kTrapTitle,
     .printed_by =
         "__exc_alignment_check(), since 5.7: a line end in its name parts it from its code",
     .example = "Split lock detected"},
    {.name = "x86-split-lock-code",
     .anchor = ": 0000 [#",
     .pattern = R"(^\s*)" DIE_TAIL,
     .kind = KIND_OOPS_OTHER,
     .severity = SEVERITY_OOPS,
     .join = Join::kDetail,
     .damage = DAMAGE_NO_HEADLINE,
     .title = "Split lock detected in {f}",
     .printed_by = "__die() behind a name that ends its line: __exc_alignment_check(), since 5.7",
     .example = ": 0000 [#1] PREEMPT SMP"},
    {.name = "x86-fred-event",
     .anchor = "or fatal FRED event; ",
     .pattern =
         R"((?:BUG|PANIC): invalid or fatal FRED event; event type \d+ vector \d+ error 0x(?P<err>[0-9a-f]+) aux 0x[0-9a-f]+ at [0-9a-f]+:(?P<ipaddr>[0-9a-f]+))",
     .kind = KIND_OOPS_OTHER,
     .severity = SEVERITY_OOPS,
     .title = "invalid or fatal FRED event in {f}",
     .printed_by = "fred_bad_type(), since 6.9",
     .example = "BUG: invalid or fatal FRED event; event type 5 vector 1 error 0x0 aux 0x0 at "
                "0010:ffffffff8103d8a4"},
    {.name = "x86-fred-event-die",
     .anchor = "or fatal FRED event: ",
     .pattern = R"((?:Oops: )?(?P<trap>[Ii]nvalid or fatal FRED event))" DIE_TAIL,
     .kind = KIND_OOPS_OTHER,
     .severity = SEVERITY_OOPS,
     .join = Join::kDetail,
     .damage = DAMAGE_NO_HEADLINE,
     .title = "invalid or fatal FRED event in {f}",
     .printed_by = "die() of fred_bad_type(), since 6.9",
     .example = "Oops: Invalid or fatal FRED event: 0000 [#1] SMP"},
    {.name = "x86-oops",
     .anchor = "Oops:",
     .pattern = R"((?:Oops: )?Oops)" DIE_TAIL,
     .kind = KIND_PAGE_FAULT,
     .severity = SEVERITY_OOPS,
     .join = Join::kDetail,
     .damage = DAMAGE_NO_HEADLINE,
     .title = kPagingTitle,
     .printed_by = "__die(), page faults",
     .example = "Oops: 0002 [#1] PREEMPT SMP KASAN"},
    {.name = "x86-user-segfault",
     .anchor = ": segfault at ",
     .pattern =
         R"((?P<comm>\S.{0,30})\[(?P<pid>\d+)\]: segfault at (?P<addr>[0-9a-f]+) (?:ip|rip) +(?P<userip>[0-9a-f]+|\(null\)) (?:sp|rsp) +(?:[0-9a-f]+|\(null\)) error (?P<err>[0-9a-f]+)(?:.{0,200} likely on CPU (?P<cpu>\d+))?)",
     .kind = KIND_USER_FAULT,
     .severity = SEVERITY_INFO,
     .title = "segfault in {comm}",
     .printed_by = "show_signal_msg(): a process, not the kernel, since 2.6.24",
     .example = "segv[512]: segfault at 0 ip 0000561c5cbd4139 sp 00007ffc7d0dbb60 error 6 in "
                "segv[561c5cbd4000+1000]"},
    {.name = "x86-user-trap",
     .anchor = " ip:",
     .pattern =
         R"((?:traps: )?(?P<comm>\S.{0,30})\[(?P<pid>\d+)\]:? (?:trap )?(?P<trap>[a-z][a-z0-9 ]+) r?ip:(?P<userip>[0-9a-f]+) r?sp:[0-9a-f]+ error:(?P<err>[0-9a-f]+))",
     .kind = KIND_USER_FAULT,
     .severity = SEVERITY_INFO,
     .title = "traps: {trap} in {comm}",
     .printed_by = "show_signal(), traps.c: a process, not the kernel, since 2.6.24",
     .example = "traps: a.out[1180] general protection fault ip:55f2 sp:7ffe error:0"},
};

#undef EARLY
#undef TRAP
#undef HINT
#undef DIE_TAIL

}  // namespace

std::span<const Headline> FaultHeadlines() { return kRows; }

}  // namespace oops::grammar
