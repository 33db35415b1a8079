#include "lib/record/fault_access.h"

#include <cstdint>
#include <optional>
#include <string_view>

#include "lib/grammar/chars.h"

namespace oops::record {
namespace {

struct CodeRow {
  std::string_view arch;
  uint32_t mask;
  uint32_t value;  // of the code's bits under `mask`
  Access access;
};

// The first row of the architecture that fits. What is no page fault has none.
constexpr CodeRow kRows[] = {
    // enum x86_pf_error_code
    {"x86", 0x10, 0x10, ACCESS_EXEC},
    {"x86", 0x02, 0x02, ACCESS_WRITE},
    {"x86", 0x00, 0x00, ACCESS_READ},
    // asm/esr.h: ESR_ELx_EC is 0x21 for an instruction abort, 0x25 for a data abort, of which bit 6
    // is WnR
    {"arm64", 0xfc000000, 0x84000000, ACCESS_EXEC},
    {"arm64", 0xfc000040, 0x94000040, ACCESS_WRITE},
    {"arm64", 0xfc000040, 0x94000000, ACCESS_READ},
    // arch/arm/mm/fault.h: FSR_LNX_PF, FSR_WRITE
    {"arm", 0x80000000, 0x80000000, ACCESS_EXEC},
    {"arm", 0x800, 0x800, ACCESS_WRITE},
    {"arm", 0x800, 0x000, ACCESS_READ},
    // asm/reg.h: DSISR_ISSTORE
    {"ppc", 0x02000000, 0x02000000, ACCESS_WRITE},
    {"ppc", 0x02000000, 0x00000000, ACCESS_READ},
};

std::string_view FamilyOf(const CrashRecord& record) {
  const std::string_view arch = record.arch();
  // A process's fault is one line, which may not tell the width.
  if (record.grammar_row().starts_with("x86-")) return "x86";
  if (arch == "x86_64" || arch == "i386" || arch == "x86") return "x86";
  if (arch.starts_with("ppc")) return "ppc";
  return arch;
}

}  // namespace

void FillInAccess(CrashRecord& record) {
  Fault& fault = *record.mutable_fault();
  const bool of_process = record.kind() == KIND_USER_FAULT;
  if (of_process) fault.set_mode("user");
  for (const Register& reg : record.registers()) {
    if (reg.name() == "DSISR" && !fault.has_esr()) fault.set_esr(reg.value());
  }
  const bool page_fault = record.kind() == KIND_NULL_DEREF || record.kind() == KIND_PAGE_FAULT ||
                          (of_process && fault.trap().empty());
  if (!page_fault) return;
  const std::string_view family = FamilyOf(record);
  const std::string_view printed = family == "x86" ? fault.error_code() : fault.esr();
  const std::optional<uint64_t> code = grammar::ParseUint(printed, 16);
  if (fault.access() != ACCESS_UNSPECIFIED || printed.empty() || !code) return;
  for (const CodeRow& row : kRows) {
    if (row.arch != family || (*code & row.mask) != row.value) continue;
    fault.set_access(row.access);
    return;
  }
}

}  // namespace oops::record
