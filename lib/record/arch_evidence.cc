#include "lib/record/arch_evidence.h"

#include <algorithm>
#include <array>

#include "lib/grammar/headline.h"

namespace oops::record {
namespace {

struct FunctionRow {
  std::string_view name;  // the whole name, or its beginning where it ends in '*'
  std::string_view arch;
};
// Entry code: every trace ends in it, and no two architectures share the names.
constexpr FunctionRow kFunctions[] = {
    {"entry_SYSCALL_64*", "x86_64"},
    {"do_syscall_64", "x86_64"},
    {"system_call_fastpath", "x86_64"},
    {"asm_sysvec_*", "x86_64"},
    {"asm_exc_*", "x86_64"},
    {"asm_common_interrupt", "x86_64"},
    {"x86_64_start_*", "x86_64"},
    {"ret_from_fork_asm", "x86_64"},
    {"entry_SYSENTER_compat*", "x86_64"},
    {"child_rip", "x86_64"},
    {"tracesys", "x86_64"},
    {"ia32_sysret", "x86_64"},
    {"sysenter_past_esp", "i386"},
    {"entry_INT80_32", "i386"},
    {"entry_SYSENTER_32", "i386"},
    {"do_int80_syscall_32", "i386"},
    {"syscall_call", "i386"},
    {"sysenter_do_call", "i386"},
    {"i386_start_kernel", "i386"},
    {"secondary_startup_64*", "x86_64"},
    {"el0_svc*", "arm64"},
    {"el0t_64_*", "arm64"},
    {"el1h_64_*", "arm64"},
    {"el1_*", "arm64"},
    {"el0_sync*", "arm64"},
    {"invoke_syscall*", "arm64"},
    {"__primary_switched", "arm64"},
    {"ret_fast_syscall", "arm"},
    {"__irq_svc", "arm"},
    {"__dabt_svc", "arm"},
    {"__und_svc", "arm"},
    {"unwind_backtrace", "arm"},
    {"system_call_exception", "ppc64"},
    {"system_call_vectored_common", "ppc64"},
    {"interrupt_return_srr*", "ppc64"},
    {"decrementer_common*", "ppc64"},
    {"syscall_exit", "ppc64"},
    {".syscall_exit", "ppc64"},
    {".ret_from_kernel_thread", "ppc64"},
    {"data_access_common*", "ppc64"},
    {"plpar_hcall*", "ppc64"},
    {"sysc_tracego", "s390x"},
    {"sysc_noemu", "s390x"},
    {"pgm_check_handler", "s390x"},
    {"kernel_thread_starter", "s390x"},
    {"ext_int_handler", "s390x"},
    {"do_trap_ecall_u", "riscv64"},
    {"handle_sys*", "mips"},
    {"syscall_common", "mips"},
    {"tlb_do_page_fault_*", "mips"},
    {"handle_syscall", "loongarch64"},
    {"linux_sparc_syscall*", "sparc64"},
    {"arc_unwind_core", "arc"},
    {"EV_Trap", "arc"},
    {"EV_MachineCheck", "arc"},
    {"_timer_handler", "openrisc"},
    {"_external_irq_handler", "openrisc"},
    {"_data_page_fault_handler", "openrisc"},
};

bool Fits(const FunctionRow& row, std::string_view function) {
  if (row.name.ends_with('*')) return function.starts_with(row.name.substr(0, row.name.size() - 1));
  return row.name == function;
}

// What the names begin with. A table: every frame of a trace may be asked.
constexpr std::array<bool, 256> kMayBegin = [] {
  std::array<bool, 256> table = {};
  for (const FunctionRow& row : kFunctions) table[static_cast<unsigned char>(row.name[0])] = true;
  return table;
}();

// Kernel and modules of x86-64 since 2.6.30. mips64 (CKSEG0, its text ends below) and riscv64 have
// the first 16 MiB in common.
bool IsX86Text(std::string_view address) {
  return address.size() == 16 && address.starts_with("ffffffff") && address.substr(8, 2) > "80";
}

struct HardwareRow {
  std::string_view mark;
  std::string_view arch;
};
constexpr HardwareRow kHardware[] = {
    {"linux,dummy-virt", "arm64"}, {"riscv-virtio", "riscv64"}, {"IBM pSeries", "ppc64"},
    {"PowerNV", "ppc64"},          {"PowerMac", "ppc32"},       {"POWER9", "ppc64"},
    {"POWER8", "ppc64"},           {"IBM 3", "s390x"},          {"IBM 8", "s390x"},
    {"IBM 29", "s390x"},           {"BIOS ", "x86_64"},
};

constexpr HardwareRow kMessages[] = {{"riscv", "riscv64"}, {"mips", "mips"}};

constexpr size_t kShort = 8;  // digits

bool HasShortAddresses(const CrashRecord& record) {
  for (const Stack& stack : record.stacks()) {
    for (const Frame& frame : stack.frames()) {
      if (!frame.address().empty()) return frame.address().size() == kShort;
    }
  }
  return record.fault().address().size() == kShort;
}

}  // namespace

std::string_view ArchOfSyndrome(std::string_view esr) {
  if (esr.starts_with("0x")) esr.remove_prefix(2);
  return esr.size() >= 8 ? "arm64" : esr.size() > 1 ? "arm" : "";
}

bool HasShortRegisters(const CrashRecord& record) {
  return record.registers_size() > 0 && record.registers(0).value().size() == kShort;
}

std::string_view ArchOfSmallCallTrace(const CrashRecord& record) {
  return HasShortAddresses(record) ? "arm" : "arm64";
}

std::string_view ArchOfMessage(std::string_view grammar_row) {
  for (const HardwareRow& row : kMessages) {
    if (grammar::Family(grammar_row) == row.mark) return row.arch;
  }
  return {};
}

std::string_view ArchOfEntryCode(const CrashRecord& record) {
  for (const Stack& stack : record.stacks()) {
    for (const Frame& frame : stack.frames()) {
      const std::string_view function = frame.function();
      if (function.empty()) continue;
      const char first = function.front();
      if (!kMayBegin[static_cast<unsigned char>(first)]) continue;
      for (const FunctionRow& row : kFunctions) {
        if (row.name.front() == first && Fits(row, function)) return row.arch;
      }
    }
  }
  return {};
}

std::string_view ArchOfAddresses(const CrashRecord& record) {
  if (record.kind() == KIND_MEMORY_LEAK) return {};  // "[<%p>]", hashed since 4.15
  bool doubtful = false;                             // x86 alone prints '?' before a frame
  size_t widest = 0;
  size_t above_3_gib = 0;  // "c0123456" in brackets, above what processes have
  size_t in_kseg0 = 0;     // "80123456": mips, whose kernel isn't mapped
  for (const Stack& stack : record.stacks()) {
    // A register holds what it holds.
    if (stack.type() == STACK_LINK && stack.label().empty()) continue;
    for (const Frame& frame : stack.frames()) {
      const std::string& address = frame.address();
      // arm64 has the function, too, but prints no such address beside it.
      bool highest = address.starts_with("ffffffff8") || address.starts_with("ffffffe0");
      if (highest && frame.function() == "dump_backtrace") return "riscv64";
      if (address.size() == kShort && frame.function() == "dump_backtrace") return "riscv32";
      if (IsX86Text(address) && frame.function() != "dump_backtrace") return "x86_64";
      if (frame.has_reliable() && !frame.reliable()) doubtful = true;
      widest = std::max(widest, address.size());
      if (address.size() == 8 && address.front() >= 'c') ++above_3_gib;
      if (address.size() == 8 && address.front() == '8') ++in_kseg0;
    }
  }
  widest = std::max({widest, record.ip().address().size(), record.fault().address().size()});
  if (!doubtful && widest == 8 && in_kseg0 > 1) return "mips";
  if (!doubtful && widest == 8 && above_3_gib > 1) return "i386";
  if (!doubtful) return {};
  return widest == 8 ? "i386" : "x86_64";
}

std::string_view ArchOfHardware(std::string_view hardware_name) {
  for (const HardwareRow& row : kHardware) {
    if (hardware_name.find(row.mark) != std::string_view::npos) return row.arch;
  }
  return {};
}

}  // namespace oops::record
