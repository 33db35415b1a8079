// Faults and die() of arm and arm64 (arch/arm*/mm/fault.c, arch/arm*/kernel/traps.c), among them
// the words of show_pte()'s callers that most architectures but x86 have taken over.
#include "lib/grammar/arch_rows.h"
#include "lib/grammar/headline.h"

namespace oops::grammar {
namespace {

// The code of arm has up to three digits: "Internal error: Oops: 96000004 [#1] PREEMPT SMP".
#define INTERNAL(words) \
  "Internal error: (?P<trap>" words "): (?P<esr>[0-9a-f]{1,16}) " OOPS_COUNT OOPS_OPTIONS

constexpr std::string_view kInternalTitle = "Internal error in {f}";

constexpr Headline kRows[] = {
    {.name = "arm-null-deref",
     .anchor = "Unable to handle kernel NULL",
     .pattern = "Unable to handle kernel NULL pointer dereference at virtual address " OOPS_ADDRESS
                " when (?P<access>read|write|execute)",
     .kind = KIND_NULL_DEREF,
     .severity = SEVERITY_OOPS,
     .title = kNullTitle,
     .printed_by = "die_kernel_fault(), arm since 6.2",
     .arch = "arm",
     .example =
         "Unable to handle kernel NULL pointer dereference at virtual address 00000014 when read"},
    OOPS_FAULT(
        "null-deref", "Unable to handle kernel NULL",
        R"(Unable to handle kernel NULL pointer dereference(?: at(?: virtual address)?| \(address) *)" OOPS_ADDRESS
        R"(\)?)",
        KIND_NULL_DEREF, kNullTitle, "arm, arm64, riscv, m68k, openrisc, ia64, um ...",
        "Unable to handle kernel NULL pointer dereference at virtual address 0000000000000018"),
    OOPS_FAULT(
        "null-deref-no-address", "Unable to handle kernel NULL",
        R"(Unable to handle kernel NULL pointer dereference(?: at(?: virtual(?: address)?)?)?\s*$)",
        KIND_NULL_DEREF, kNullTitle, "do_kernel_fault(), sparc; or wrapped by a mailer",
        "Unable to handle kernel NULL pointer dereference"),
    {.name = "arm-paging-request",
     .anchor = "Unable to handle kernel paging",
     .pattern = "Unable to handle kernel paging request at virtual address " OOPS_ADDRESS
                " when (?P<access>read|write|execute)",
     .kind = KIND_PAGE_FAULT,
     .severity = SEVERITY_OOPS,
     .title = kPagingTitle,
     .printed_by = "die_kernel_fault(), arm since 6.2",
     .arch = "arm",
     .example = "Unable to handle kernel paging request at virtual address c0c9ca00 when write"},
    OOPS_FAULT("paging-request", "Unable to handle kernel paging",
               "Unable to handle kernel paging request at(?: virtual address)? *" OOPS_ADDRESS,
               KIND_PAGE_FAULT, kPagingTitle, "arm, arm64, riscv, sparc, alpha, ia64, xtensa ...",
               "Unable to handle kernel paging request at virtual address ffff800012345678"),
    OOPS_FAULT("paging-request-cut", "Unable to handle kernel paging",
               R"(Unable to handle kernel paging request(?: at(?: virtual(?: address)?)?)?\s*$)",
               KIND_PAGE_FAULT, kPagingTitle, "as above, wrapped by a mailer",
               "Unable to handle kernel paging request at virtual address"),
    OOPS_FAULT(
        "fault-permissions", "Unable to handle kernel ",
        "Unable to handle kernel (?P<access>read|write|execut)(?: from unreadable memory| to "
        "read-only memory|"
        "e from non-executable memory|ion of (?:user )?memory) at virtual address " OOPS_ADDRESS,
        KIND_PAGE_FAULT, kPagingTitle, "__do_kernel_fault(), arm64 since 4.13, arm",
        "Unable to handle kernel write to read-only memory at virtual address ffff800012345678"),
    OOPS_FAULT(
        "fault-user-memory", "Unable to handle kernel access",
        R"(Unable to handle kernel access to user memory(?: (?:without|outside|with)(?: uaccess(?: routines)?| fs=KERNEL_DS)?)?(?: at virtual address )" OOPS_ADDRESS
        ")?",
        KIND_PAGE_FAULT, "BUG: unable to handle kernel access to user memory in {f}",
        "do_page_fault(), arm64 since 4.13, riscv since 5.17",
        "Unable to handle kernel access to user memory outside uaccess routines at virtual address "
        "0000000020000040"),
    OOPS_FAULT("fault-other", "Unable to handle kernel ",
               R"(Unable to handle kernel (?:[a-z-]+ ){1,6}at virtual address )" OOPS_ADDRESS,
               KIND_PAGE_FAULT, kPagingTitle, "arm64 since 7.0, m68k, microblaze",
               "Unable to handle kernel access at virtual address deadbeef"),
    {.name = "arm-alignment-trap",
     .anchor = "Alignment trap: not handling",
     .pattern =
         R"(Alignment trap: not handling instruction (?P<instruction>[0-9a-f]+) at \[<(?P<ipaddr>[0-9a-f]{8})>\])",
     .kind = KIND_ALIGNMENT,
     .severity = SEVERITY_OOPS,
     .title = "Alignment trap in {f}",
     .printed_by = "do_alignment()",
     .arch = "arm",
     .example = "Alignment trap: not handling instruction e1932f9f at [<8028bd58>]"},
    OOPS_DETAIL(
        "arm-unhandled-alignment", "Unhandled fault: ",
        R"(Unhandled fault: (?P<trap>alignment [a-z]+) \((?P<esr>0x[0-9a-f]+)\) at 0x(?P<addr>[0-9a-f]+))",
        KIND_ALIGNMENT, "Unhandled fault in {f}", "do_DataAbort(), do_mem_abort()",
        "Unhandled fault: alignment exception (0x001) at 0x000008ad"),
    // The exception's class, the uppermost six bits of the ESR, tells that user mode was aborted.
    {.name = "arm64-unhandled-user-fault",
     .anchor = "Unhandled fault: ",
     .pattern =
         R"(Unhandled fault: (?P<trap>[a-z][^()]*) \((?P<esr>0x(?:8[0-3]|9[0-3])[0-9a-f]{6})\) at 0x(?P<addr>[0-9a-f]{16}))",
     .kind = KIND_USER_FAULT,
     .severity = SEVERITY_INFO,
     .title = "Unhandled fault: {trap}",
     .printed_by = "do_mem_abort() until 4.14",
     .arch = "arm64",
     .example = "Unhandled fault: synchronous external abort (0x92000210) at 0x0000007f87888000"},
    OOPS_FAULT(
        "arm-unhandled-fault", "Unhandled fault: ",
        R"(Unhandled fault: (?P<trap>[a-z][^()]*) \((?P<esr>0x[0-9a-f]+)\) at 0x(?P<addr>[0-9a-f]+))",
        KIND_PAGE_FAULT, "Unhandled fault in {f}", "do_DataAbort(); do_mem_abort() until 4.14",
        "Unhandled fault: page domain fault (0x81b) at 0x00001044"),
    {.name = "arm64-unhandled-fault",
     .anchor = "Unhandled fault at 0x",
     .pattern = R"(Unhandled fault at 0x(?P<addr>[0-9a-f]{16}))",
     .kind = KIND_PAGE_FAULT,
     .severity = SEVERITY_OOPS,
     .title = "Unhandled fault in {f}",
     .printed_by = "do_mem_abort(), 4.16 to 5.15",
     .arch = "arm64",
     .example = "Unhandled fault at 0xffff800012345678"},
    {.name = "arm-prefetch-abort",
     .anchor = "Unhandled prefetch abort",
     .pattern =
         R"(Unhandled prefetch abort: (?P<trap>[^()]*) \((?P<esr>0x[0-9a-f]+)\) at 0x(?P<addr>[0-9a-f]+))",
     .kind = KIND_OOPS_OTHER,
     .severity = SEVERITY_OOPS,
     .title = "Unhandled prefetch abort in {f}",
     .printed_by = "do_PrefetchAbort()",
     .arch = "arm",
     .example = "Unhandled prefetch abort: unknown 25 (0x409) at 0x00000000"},
    {.name = "arm64-external-abort",
     .anchor = "Synchronous External Abort",
     .pattern =
         R"(Synchronous External Abort: (?P<trap>[^()]*) \((?P<esr>0x[0-9a-f]+)\) at 0x(?P<addr>[0-9a-f]+))",
     .kind = KIND_OOPS_OTHER,
     .severity = SEVERITY_OOPS,
     .title = kInternalTitle,
     .printed_by = "do_sea(), 4.13 to 4.15",
     .arch = "arm64",
     .example = "Synchronous External Abort: synchronous external abort (0x96000210) at "
                "0xffff800012345678"},
    {.name = "arm64-bad-mode",
     .anchor = "Bad mode in ",
     .pattern =
         R"(Bad mode in (?P<type>[\w ]+) handler detected(?: on CPU ?(?P<cpu>\d+))?, code (?P<esr>0x[0-9a-f]+)(?: -- (?P<trap>.*))?)",
     .kind = KIND_OOPS_OTHER,
     .severity = SEVERITY_OOPS,
     .title = "kernel panic: bad mode",
     .printed_by = "bad_mode(), until 5.12: panics with just these words",
     .arch = "arm64",
     .example = "Bad mode in Synchronous Abort handler detected on CPU2, code 0x8600000e -- IABT "
                "(current EL)"},
    {.name = "arm-bad-mode",
     .anchor = "Bad mode in ",
     .pattern = R"(Bad mode in (?P<type>[\w ]+) handler detected)",
     .kind = KIND_OOPS_OTHER,
     .severity = SEVERITY_OOPS,
     .title = "Bad mode in {f}",
     .printed_by = "bad_mode(), arm",
     .arch = "arm",
     .example = "Bad mode in data abort handler detected"},
    {.name = "arm64-unhandled-exception",
     .anchor = " exception on CPU",
     .pattern =
         R"(Unhandled (?P<type>[\w -]+) exception on CPU(?P<cpu>\d+), ESR (?P<esr>0x[0-9a-f]+)(?: -- (?P<trap>.*))?)",
     .kind = KIND_OOPS_OTHER,
     .severity = SEVERITY_PANIC,
     .title = "Unhandled exception in {f}",
     .printed_by = "__panic_unhandled(), since 5.13",
     .arch = "arm64",
     .example = "Unhandled 64-bit el1h sync exception on CPU2, ESR 0x000000008600000e -- IABT "
                "(current EL)"},
    {.name = "arm64-serror",
     .anchor = "SError Interrupt on CPU",
     .pattern =
         R"(SError Interrupt on CPU ?(?P<cpu>\d+), code (?P<esr>0x[0-9a-f]+)(?: -- (?P<trap>.*))?)",
     .kind = KIND_HARDWARE_ERROR,
     .severity = SEVERITY_PANIC,
     .title = "SError Interrupt in {f}",
     .printed_by = "arm64_serror_panic(), since 4.15",
     .arch = "arm64",
     .example = "SError Interrupt on CPU1, code 0x00000000bf000002 -- SError"},
    OOPS_FAULT("stack-space", "Insufficient stack space to",
               "Insufficient stack space to handle exception!", KIND_STACK_OVERFLOW,
               "kernel stack overflow in {f}",
               "handle_bad_stack(), arm64, riscv, arm, arm64 since 4.14",
               "Insufficient stack space to handle exception!"),
    {.name = "arm-division-by-zero",
     .anchor = "Division by zero in kernel",
     .pattern = R"(Division by zero in kernel\.)",
     .kind = KIND_DIVIDE_ERROR,
     .severity = SEVERITY_WARNING,
     .title = "divide error in {f}",
     .printed_by = "__div0()",
     .arch = "arm",
     .example = "Division by zero in kernel."},
    {.name = "arm-kernel-fp",
     .anchor = "FP instruction ",
     .pattern = "BUG: (?:unsupported FP instruction in|FP instruction issued in) kernel mode",
     .kind = KIND_INVALID_OPCODE,
     .severity = SEVERITY_OOPS,
     .title = "BUG: FP instruction in kernel mode in {f}",
     .printed_by = "vfp_kmode_exception(), since 3.14",
     .arch = "arm",
     .example = "BUG: unsupported FP instruction in kernel mode"},
    OOPS_DETAIL("arm-die-bug", "Internal error: Oops - BUG", INTERNAL("Oops - BUG"),
                KIND_KERNEL_BUG, kBugTitle, "die(), arm and arm64",
                "Internal error: Oops - BUG: 0 [#1] PREEMPT SMP"),
    OOPS_DETAIL("arm-die-undefined", "Internal error: Oops - ",
                INTERNAL("Oops - [uU]ndefined instruction"), KIND_INVALID_OPCODE, kInternalTitle,
                "die(), arm and arm64", "Internal error: Oops - undefined instruction: 0 [#1] ARM"),
    OOPS_DETAIL("arm-die-alignment", "Internal error: Oops - ",
                INTERNAL("Oops - [A-Z/]+ alignment exception"), KIND_ALIGNMENT, kInternalTitle,
                "die(), arm64, since 4.10",
                "Internal error: Oops - SP/PC alignment exception: 8a000000 [#1] PREEMPT SMP"),
    OOPS_DETAIL("arm-die-cfi", "Internal error: Oops - CFI", INTERNAL("Oops - CFI"), KIND_CFI,
                "CFI failure in {f}", "die(), arm64 since 6.1",
                "Internal error: Oops - CFI: 00000000f2008228 [#1] PREEMPT SMP"),
    OOPS_DETAIL("arm-die-stack-overflow", "Internal error: kernel stack",
                INTERNAL("kernel stack overflow"), KIND_STACK_OVERFLOW,
                "kernel stack overflow in {f}", "handle_bad_stack(), arm since 5.18",
                "Internal error: kernel stack overflow: 0 [#1] SMP ARM"),
    {.name = "arm64-die-oops",
     .anchor = "Internal error: Oops: ",
     .pattern = "Internal error: (?P<trap>Oops): (?P<esr>[0-9a-f]{8}|[0-9a-f]{16}) " OOPS_COUNT
         OOPS_OPTIONS,
     .kind = KIND_OOPS_OTHER,
     .severity = SEVERITY_OOPS,
     .join = Join::kDetail,
     .title = kPagingTitle,
     .printed_by = "die(), arm64",
     .arch = "arm64",
     .example = "Internal error: Oops: 0000000096000004 [#1] PREEMPT SMP"},
    {.name = "arm-die-oops",
     .anchor = "Internal error: Oops: ",
     .pattern = "Internal error: (?P<trap>Oops): (?P<esr>[0-9a-f]{1,4}) " OOPS_COUNT OOPS_OPTIONS,
     .kind = KIND_OOPS_OTHER,
     .severity = SEVERITY_OOPS,
     .join = Join::kDetail,
     .title = kPagingTitle,
     .printed_by = "die(), arm",
     .arch = "arm",
     .example = "Internal error: Oops: 817 [#1] PREEMPT SMP ARM"},
    OOPS_DETAIL("arm-die", "Internal error: ", INTERNAL("[^\\n]{0,80}?"), KIND_OOPS_OTHER,
                kInternalTitle, "die(), arm and arm64",
                "Internal error: synchronous external abort: 96000010 [#1] PREEMPT SMP"),
};

#undef INTERNAL

}  // namespace

std::span<const Headline> ArmHeadlines() { return kRows; }

}  // namespace oops::grammar
