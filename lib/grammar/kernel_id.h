// Who ran on which kernel: "CPU: 3 PID: 7 Comm: x Tainted: G W 6.1.0 #1" and its relatives
// since 2.6 (dump_stack_print_info(), show_regs_common(), print_tainted()).
#ifndef OOPS_LIB_GRAMMAR_KERNEL_ID_H_
#define OOPS_LIB_GRAMMAR_KERNEL_ID_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace oops::grammar {

// Views into the parsed text, except `taint_letters`.
struct KernelId {
  bool taint_printed = false;
  std::string taint_letters;  // without blanks and dashes; empty for "Not tainted"
  std::string_view release;
  std::string_view
      version;  // "#1 SMP Debian 5.10.223-1"; old kernels put the machine's name behind it
  std::string_view build_id;
  std::string_view options;  // "PREEMPT(full)": since 6.14 behind the version
  std::string_view product;  // the machine, which kernels before 3.9 print on the same line
};

struct Who {
  std::optional<int32_t> cpu;
  std::optional<int32_t> pid;
  std::optional<uint32_t> uid;
  std::string_view comm;
  KernelId kernel;
};

// "(2.6.16-git20 #3)": how i386 printed it behind EFLAGS until 2.6.24.
KernelId ParseReleaseAlone(std::string_view text);

// "CPU: 0 UID: 0 PID: 1 Comm: x ...", "Pid: 1, comm: x ...", "CPU: 0    Not tainted  (2.6.32 #1)".
std::optional<Who> ParseWho(std::string_view text);

// From "Not tainted" or "Tainted:" on; what stands before it is skipped.
std::optional<KernelId> ParseTaintAndRelease(std::string_view text);

// Does the word look like `uname -r`: 2.6.18, 6.12.0-rc1-next-20240102+, 3.10.0-327.el7.x86_64?
bool LooksLikeRelease(std::string_view word);

// A kernel release written in prose, or nothing: "Kernel: 3.10.0-327.el7.x86_64",
// "2.6.32-431.el6.x86 _ 64". Only releases with a distribution's or builder's suffix count; a bare
// version number may be anything's.
std::string FindReleaseInProse(std::string_view text);

// The kernel's name for a taint letter (kernel/panic.c taint_flags); empty where it has none.
std::string_view TaintName(char letter, std::string_view release);

// "rhel7", "debian12", "ubuntu", ...; from the release and version; empty for what can't be told.
std::string DistroOf(std::string_view release, std::string_view version);

}  // namespace oops::grammar

#endif  // OOPS_LIB_GRAMMAR_KERNEL_ID_H_
