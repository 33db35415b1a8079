// Faults of processes, which show_unhandled_signals and its kin report: registers may follow, but
// no kernel bug. x86's stand with its other faults.
#include "lib/grammar/headline.h"

namespace oops::grammar {
namespace {

constexpr Headline kRows[] = {
    {.name = "ppc-user-segfault",
     .anchor = ": segfault (",
     .pattern =
         R"((?P<comm>\S.{0,30}?)\[(?P<pid>\d+)\]: (?P<trap>segfault) \(\d+\) at (?P<addr>[0-9a-f]+) nip (?P<userip>[0-9a-f]+))",
     .kind = KIND_USER_FAULT,
     .severity = SEVERITY_INFO,
     .title = "{trap} in {comm}",
     .printed_by = "show_signal_msg(), powerpc since 4.19",
     .arch = "ppc64",
     .example = "a.out[412]: segfault (11) at 8 nip 100004d8 lr 7fff8a1c4b2c code 1 in "
                "a.out[10000000+10000]"},
    {.name = "user-unhandled-signal",
     .anchor = ": unhandled signal ",
     .pattern =
         R"((?P<comm>\S.{0,30}?)\[(?P<pid>\d+)\]: (?P<trap>unhandled signal) \d+ (?:code 0x[0-9a-f]+ )?at (?:0x)?(?P<addr>[0-9a-f]+))",
     .kind = KIND_USER_FAULT,
     .severity = SEVERITY_INFO,
     .title = "{trap} in {comm}",
     .printed_by = "_exception(), powerpc until 4.18; do_trap(), riscv",
     .example =
         "a.out[412]: unhandled signal 11 code 0x1 at 0x0000000000000008 in a.out[10000+1000]"},
    {.name = "arm64-user-fault",
     .anchor = "]: unhandled ",
     .pattern =
         R"((?P<comm>\S.{0,30}?)\[(?P<pid>\d+)\]: unhandled (?:exception: )?(?P<trap>[a-zA-Z0-9/() -]+?)(?: \((?:0x)?\d+\))?(?: at 0x(?P<addr>[0-9a-f]+))?, (?:esr|ESR) (?P<esr>0x[0-9a-f]+))",
     .kind = KIND_USER_FAULT,
     .severity = SEVERITY_INFO,
     .title = "{trap} in {comm}",
     .printed_by = "arm64_show_signal(), since 3.7",
     .arch = "arm64",
     .example = "a.out[412]: unhandled level 2 translation fault (11) at 0x00000008, esr "
                "0x92000006, in a.out[400000+1000]"},
    {.name = "arm-user-fault",
     .anchor = ": unhandled page fault (",
     .pattern =
         R"((?P<comm>\S.{0,30}?): (?P<trap>unhandled page fault) \(\d+\) at 0x(?P<addr>[0-9a-f]{8}), c(?:ode|ause) (?P<esr>0x[0-9a-f]+))",
     .kind = KIND_USER_FAULT,
     .severity = SEVERITY_INFO,
     .title = "{trap} in {comm}",
     .printed_by = "__do_user_fault(), arm with user_debug=",
     .arch = "arm",
     .example = "a.out: unhandled page fault (11) at 0x00000008, code 0x817"},
    {.name = "sparc-user-segfault",
     .anchor = ": segfault at ",
     .pattern =
         R"((?P<comm>\S.{0,30}?)\[(?P<pid>\d+)\]: (?P<trap>segfault) at (?P<addr>[0-9a-f]+) ip (?P<userip>[0-9a-f]+) \(rpc [0-9a-f]+\) sp [0-9a-f]+ error (?P<err>[0-9a-f]+))",
     .kind = KIND_USER_FAULT,
     .severity = SEVERITY_INFO,
     .title = "{trap} in {comm}",
     .printed_by = "show_signal_msg(), sparc, since 2.6.24",
     .arch = "sparc64",
     .example = "a.out[412]: segfault at 8 ip 00000000001004d8 (rpc 00000000001004b0) sp "
                "000007feffd0a1c1 error 1 in a.out[100000+2000]"},
    {.name = "s390-user-fault",
     .anchor = "User process fault: ",
     .pattern = R"((?P<trap>User process fault): interruption code (?:0x)?(?P<err>[0-9a-fA-F]+))",
     .kind = KIND_USER_FAULT,
     .severity = SEVERITY_INFO,
     .title = "User process fault",
     .printed_by = "report_user_fault()",
     .arch = "s390x",
     .example = "User process fault: interruption code 003b ilc:3 in a.out[1000000+1000]"},
    {.name = "mips-user-fault",
     .anchor = ": sending SIGSEGV to ",
     .pattern =
         R"(do_page_fault\(\): sending SIGSEGV to (?P<comm>.{1,30}?) for invalid (?P<access>read|write) access from (?P<addr>[0-9a-f]+))",
     .kind = KIND_USER_FAULT,
     .severity = SEVERITY_INFO,
     .title = "segfault in {comm}",
     .printed_by = "do_page_fault(), mips, loongarch",
     .example = "do_page_fault(): sending SIGSEGV to a.out for invalid read access from 00000008"},
};

}  // namespace

std::span<const Headline> UserFaultHeadlines() { return kRows; }

}  // namespace oops::grammar
