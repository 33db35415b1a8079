#include "lib/record/fault_access.h"

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

#include "lib/grammar/arch_rows.h"
#include "lib/grammar/chars.h"
#include "lib/grammar/headline.h"

namespace oops::record {
namespace {

struct CodeRow {
  std::string_view arch;
  std::string_view reg;  // that holds the code; empty: the report names it
  uint64_t mask;
  uint64_t value;  // of the code's bits under `mask`
  Access access;
};

constexpr uint64_t kEsrClass = 0xfc000000;
constexpr uint64_t kEsrClassAndWnR = 0xfc000040;
constexpr uint64_t kCause = 0x80000000800000ff;  // with the bits that mark an interrupt
constexpr uint64_t kExcCode = 0x7c;
constexpr uint64_t kECode = 0x3f0000;
constexpr uint64_t kECodes = 0x7fff0000;  // with EsubCode
constexpr uint64_t kFetchStore = 0xc00;
constexpr uint64_t kIa64Access = 0x700000000;

// The first row of the architecture that fits. What is no access has none; of some accesses the
// code doesn't tell the kind.
constexpr CodeRow kRows[] = {
    // enum x86_pf_error_code
    {"x86", "", 0x10, 0x10, ACCESS_EXEC},
    {"x86", "", 0x02, 0x02, ACCESS_WRITE},
    {"x86", "", 0x00, 0x00, ACCESS_READ},
    // asm/esr.h: ESR_ELx_EC is 0x20 or 0x21 for an instruction abort, 0x24 or 0x25 for a data
    // abort, of which bit 6 is WnR
    {"arm64", "", kEsrClass, 0x80000000, ACCESS_EXEC},
    {"arm64", "", kEsrClass, 0x84000000, ACCESS_EXEC},
    {"arm64", "", kEsrClassAndWnR, 0x90000040, ACCESS_WRITE},
    {"arm64", "", kEsrClassAndWnR, 0x90000000, ACCESS_READ},
    {"arm64", "", kEsrClassAndWnR, 0x94000040, ACCESS_WRITE},
    {"arm64", "", kEsrClassAndWnR, 0x94000000, ACCESS_READ},
    // arch/arm/mm/fault.h: FSR_LNX_PF, FSR_WRITE
    {"arm", "", 0x80000000, 0x80000000, ACCESS_EXEC},
    {"arm", "", 0x800, 0x800, ACCESS_WRITE},
    {"arm", "", 0x800, 0x000, ACCESS_READ},
    // asm/reg.h: DSISR_ISSTORE
    {"ppc", "", 0x02000000, 0x02000000, ACCESS_WRITE},
    {"ppc", "", 0x02000000, 0x00000000, ACCESS_READ},
    // arch/s390/mm/fault.c: TEID_FSI_STORE, TEID_FSI_FETCH
    {"s390x", "", kFetchStore, 0x400, ACCESS_WRITE},
    {"s390x", "", kFetchStore, 0x800, ACCESS_READ},
    // asm/ia64regs.h: ISR.x, ISR.w, ISR.r
    {"ia64", "", kIa64Access, 0x100000000, ACCESS_EXEC},
    {"ia64", "", 0x200000000, 0x200000000, ACCESS_WRITE},
    {"ia64", "", kIa64Access, 0x400000000, ACCESS_READ},
    // asm/csr.h: EXC_INST_MISALIGNED .. EXC_STORE_PAGE_FAULT
    {"riscv", "cause", kCause, 0, ACCESS_EXEC},
    {"riscv", "cause", kCause, 1, ACCESS_EXEC},
    {"riscv", "cause", kCause, 4, ACCESS_READ},
    {"riscv", "cause", kCause, 5, ACCESS_READ},
    {"riscv", "cause", kCause, 6, ACCESS_WRITE},
    {"riscv", "cause", kCause, 7, ACCESS_WRITE},
    {"riscv", "cause", kCause, 12, ACCESS_EXEC},
    {"riscv", "cause", kCause, 13, ACCESS_READ},
    {"riscv", "cause", kCause, 15, ACCESS_WRITE},
    // asm/mipsregs.h: EXCCODE_MOD .. EXCCODE_ADES
    {"mips", "Cause", kExcCode, 1 << 2, ACCESS_WRITE},
    {"mips", "Cause", kExcCode, 2 << 2, ACCESS_READ},
    {"mips", "Cause", kExcCode, 3 << 2, ACCESS_WRITE},
    {"mips", "Cause", kExcCode, 4 << 2, ACCESS_READ},
    {"mips", "Cause", kExcCode, 5 << 2, ACCESS_WRITE},
    // do_page_fault() gives die() its write_acc
    {"openrisc", "", ~uint64_t{0}, 1, ACCESS_WRITE},
    {"openrisc", "", ~uint64_t{0}, 0, ACCESS_READ},
    // asm/loongarch.h: EXCCODE_TLBL .. EXCCODE_ALE; of EXCCODE_ADE the subcode tells
    {"loongarch64", "ESTAT", kECode, 1 << 16, ACCESS_READ},
    {"loongarch64", "ESTAT", kECode, 2 << 16, ACCESS_WRITE},
    {"loongarch64", "ESTAT", kECode, 3 << 16, ACCESS_EXEC},
    {"loongarch64", "ESTAT", kECode, 4 << 16, ACCESS_WRITE},
    {"loongarch64", "ESTAT", kECode, 5 << 16, ACCESS_READ},
    {"loongarch64", "ESTAT", kECode, 6 << 16, ACCESS_EXEC},
    {"loongarch64", "ESTAT", kECodes, 8 << 16, ACCESS_EXEC},
    {"loongarch64", "ESTAT", kECode, 8 << 16, ACCESS_UNSPECIFIED},
    {"loongarch64", "ESTAT", kECode, 9 << 16, ACCESS_UNSPECIFIED},
};

// Where the address stands beside the other registers.
struct AddressRow {
  std::string_view arch;
  std::string_view reg;
};
constexpr AddressRow kAddresses[] = {
    {"x86", "CR2"},           {"ppc", "DAR"},        {"ppc", "DEAR"},
    {"mips", "BadVA"},        {"riscv", "badaddr"},  {"loongarch64", "BADV"},
    {"loongarch64", "BadVA"}, {"microblaze", "ear"}, {"xtensa", "excvaddr"},
};

std::string_view FamilyOf(const CrashRecord& record) {
  const std::string_view arch = record.arch();
  // A process's fault is one line, which may not tell the width.
  if (grammar::Family(record.grammar_row()) == "x86") return "x86";
  if (arch == "x86_64" || arch == "i386" || arch == "x86") return "x86";
  for (const std::string_view family : {"ppc", "mips", "riscv"}) {
    if (arch.starts_with(family)) return family;
  }
  return arch;
}

// loongarch prints "estat" until 6.1 and "ESTAT" since.
bool SameName(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](unsigned char x, unsigned char y) {
    return std::tolower(x) == std::tolower(y);
  });
}

std::string_view RegisterValue(const CrashRecord& record, std::string_view name) {
  for (const Register& reg : record.registers()) {
    if (SameName(reg.name(), name)) return reg.value();
  }
  return {};
}

bool IsPageFault(const CrashRecord& record) {
  return record.kind() == KIND_NULL_DEREF || record.kind() == KIND_PAGE_FAULT;
}

// Whether the code that was printed is one of an access: that of arm64, riscv, s390 ... tells
// itself, those of the others have another meaning for another trap.
bool HasAccessCode(const CrashRecord& record, std::string_view family) {
  constexpr std::string_view kPageFaultVector = "0e";
  const bool of_process = record.kind() == KIND_USER_FAULT;
  if (IsPageFault(record)) return true;
  if (family == "x86")
    return of_process ? record.fault().trap().empty() : record.fault().trap() == kPageFaultVector;
  if (family == "arm") {
    // "Internal error: Oops: 817 [#1]" of a BUG() that writes to NULL
    return of_process || record.kind() == KIND_ALIGNMENT || record.fault().trap() == "Oops" ||
           record.grammar_row().starts_with("arm-unhandled-fault");
  }
  return family != "ppc";
}

std::optional<Access> AccessOf(const CrashRecord& record, std::string_view family) {
  const Fault& fault = record.fault();
  if (!HasAccessCode(record, family)) return std::nullopt;
  for (const CodeRow& row : kRows) {
    if (row.arch != family) continue;
    const bool die_code = family == "x86" || family == "ia64" || family == "openrisc";
    const std::string_view printed = !row.reg.empty() ? RegisterValue(record, row.reg)
                                     : die_code       ? std::string_view(fault.error_code())
                                                      : std::string_view(fault.esr());
    // die() of ia64 prints the ISR as a decimal number
    const std::optional<uint64_t> code = grammar::ParseUint(printed, family == "ia64" ? 10 : 16);
    if (code && (*code & row.mask) == row.value) return row.access;
  }
  return std::nullopt;
}

std::string_view AddressOf(const CrashRecord& record, std::string_view family) {
  for (const AddressRow& row : kAddresses) {
    if (row.arch != family) continue;
    if (const std::string_view value = RegisterValue(record, row.reg); !value.empty()) return value;
  }
  return {};
}

bool InFirstPage(const CrashRecord& record) {
  uint64_t page = 4096;
  for (const std::string& option : record.kernel().options()) {
    if (option == "PAGE_SIZE=64K") page = 65536;  // powerpc says so
  }
  const std::optional<uint64_t> address = grammar::ParseUint(record.fault().address(), 16);
  return address && *address < page;
}

}  // namespace

void TellProcessFault(CrashRecord& record, int evidence) {
  constexpr uint64_t kModules = 0xbf000000;  // the lowest that the kernel has behind 3 GiB
  const Fault& fault = record.fault();
  if (!record.grammar_row().starts_with("arm-unhandled-fault") || evidence > 0) return;
  // The page table is the last that it prints; without it the log may be cut.
  if (fault.page_table_size() == 0 || fault.has_oops_count()) return;
  const std::optional<uint64_t> address = grammar::ParseUint(fault.address(), 16);
  if (!address || *address >= kModules) return;
  record.set_kind(KIND_USER_FAULT);
  record.set_severity(SEVERITY_INFO);
  record.set_title_form("Unhandled fault: " + fault.trap());
}

void FillInFault(CrashRecord& record, bool headless) {
  Fault& fault = *record.mutable_fault();
  if (record.kind() == KIND_USER_FAULT) fault.set_mode("user");
  const std::string_view family = FamilyOf(record);
  constexpr std::pair<std::string_view, std::string_view> kSyndromes[] = {{"ppc", "DSISR"},
                                                                          {"loongarch64", "ESTAT"}};
  for (const auto& [arch, reg] : kSyndromes) {
    if (family != arch || fault.has_esr()) continue;
    if (const std::string_view value = RegisterValue(record, reg); !value.empty())
      fault.set_esr(std::string(value));
  }
  const std::optional<Access> access = AccessOf(record, family);
  if (access && fault.access() == ACCESS_UNSPECIFIED) fault.set_access(*access);
  // Of another trap the register may hold an older fault's.
  const bool has_address =
      IsPageFault(record) || access || (family == "ppc" && record.kind() == KIND_ALIGNMENT);
  if (has_address && !fault.has_address()) {
    if (const std::string_view address = AddressOf(record, family); !address.empty())
      fault.set_address(std::string(address));
  }
  // "Faulting instruction address: 0xc008.." of powerpc: what was to be fetched.
  if (IsPageFault(record) && fault.access() == ACCESS_EXEC && !fault.has_address() &&
      record.ip().has_address())
    fault.set_address(record.ip().address());
  // mips and loongarch die of bus errors with the same word.
  if (headless && record.kind() == KIND_OOPS_OTHER && access) record.set_kind(KIND_PAGE_FAULT);
  // The headline may not have known: it is lost, or names no address, or no first page.
  if (record.kind() == KIND_PAGE_FAULT && InFirstPage(record)) {
    record.set_kind(KIND_NULL_DEREF);
    if (record.title_form() == grammar::kPagingTitle)
      record.set_title_form(std::string(grammar::kNullTitle));
  }
}

}  // namespace oops::record
