#include "lib/grammar/registers.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <utility>

#include "lib/grammar/chars.h"
#include "lib/grammar/numbered_registers.h"

namespace oops::grammar {
namespace {

// One row a family of names. `prefix` followed by `digits` digits; the architecture is told where
// it is unique.
struct RegisterName {
  std::string_view name;
  std::string_view arch;
};

// Sorted.
constexpr RegisterName kRegisters[] = {
    {"BADV", "loongarch64"},
    {"BTA", "arc"},
    {"BadVA", "mips"},
    {"CFAR", "ppc64"},
    {"CR", ""},
    {"CR0", ""},
    {"CR1", ""},
    {"CR2", ""},
    {"CR3", ""},
    {"CR4", ""},
    {"CRMD", "loongarch64"},
    {"CS", ""},
    {"CTR", ""},
    {"Cause", "mips"},
    {"Control", ""},
    {"DAC", ""},
    {"DAR", ""},
    {"DEAR", "ppc32"},
    {"DR0", ""},
    {"DR1", ""},
    {"DR2", ""},
    {"DR3", ""},
    {"DR6", ""},
    {"DR7", ""},
    {"DS", ""},
    {"DSISR", ""},
    {"EAX", "i386"},
    {"EBP", "i386"},
    {"EBX", "i386"},
    {"ECFG", "loongarch64"},
    {"ECX", "i386"},
    {"EDI", "i386"},
    {"EDX", "i386"},
    {"EFLAGS", ""},
    {"ERA", "loongarch64"},
    {"ES", ""},
    {"ESI", "i386"},
    {"ESP", "i386"},
    {"ESR", ""},
    {"ESTAT", "loongarch64"},
    {"EUEN", "loongarch64"},
    {"FP", ""},
    {"FS", ""},
    {"GBR", "sh"},
    {"GS", ""},
    {"Hi", "mips"},
    {"IIR", "parisc"},
    {"IOR", "parisc"},
    {"IRQMASK", "ppc64"},
    {"ISR", "parisc"},
    {"LPC", "arc"},
    {"LPE", "arc"},
    {"LPS", "arc"},
    {"LR", ""},
    {"Lo", "mips"},
    {"MACH", "sh"},
    {"MACL", "sh"},
    {"MSR", ""},
    {"NIP", ""},
    {"ORIG_D0", "m68k"},
    {"ORIG_R28", "parisc"},
    {"ORIG_RAX", "x86_64"},
    {"PACATMSCRATCH", "ppc64"},
    {"PC", ""},
    {"PKRU", "x86_64"},
    {"PR", "sh"},
    {"PRID", "loongarch64"},
    {"PRMD", "loongarch64"},
    {"PSR", ""},
    {"PT_REGS", "csky"},
    {"PrId", "mips"},
    {"R0", "sh"},
    {"R08", "x86_64"},
    {"R09", "x86_64"},
    {"R1", "sh"},
    {"R10", "x86_64"},
    {"R11", "x86_64"},
    {"R12", "x86_64"},
    {"R13", "x86_64"},
    {"R14", "x86_64"},
    {"R15", "x86_64"},
    {"R2", "sh"},
    {"R3", "sh"},
    {"R4", "sh"},
    {"R5", "sh"},
    {"R6", "sh"},
    {"R7", "sh"},
    {"R8", "x86_64"},
    {"R9", "x86_64"},
    {"RAX", "x86_64"},
    {"RBP", "x86_64"},
    {"RBX", "x86_64"},
    {"RCX", "x86_64"},
    {"RDI", "x86_64"},
    {"RDX", "x86_64"},
    {"REGS", ""},
    {"RES", "openrisc"},
    {"RFLAGS", "x86_64"},
    {"RIP", "x86_64"},
    {"RSI", "x86_64"},
    {"RSP", "x86_64"},
    {"SOFTE", "ppc64"},
    {"SP", ""},
    {"SR", ""},
    {"SS", ""},
    {"Status", "mips"},
    {"TEA", "sh"},
    {"TNPC", "sparc64"},
    {"TPC", "sparc64"},
    {"TRAP", ""},
    {"TSTATE", "sparc64"},
    {"Table", ""},
    {"XER", ""},
    {"Y", ""},
    {"a0", ""},
    {"a1", ""},
    {"a2", ""},
    {"a3", ""},
    {"a4", ""},
    {"a5", ""},
    {"a6", ""},
    {"a7", ""},
    {"at", "alpha"},
    {"b0", "ia64"},
    {"b6", "ia64"},
    {"b7", "ia64"},
    {"badaddr", "riscv64"},
    {"bsps", "ia64"},
    {"cause", "riscv64"},
    {"ccv", "ia64"},
    {"crmd", "loongarch64"},
    {"cs", ""},
    {"csd", "ia64"},
    {"d0", "m68k"},
    {"d1", "m68k"},
    {"d2", "m68k"},
    {"d3", "m68k"},
    {"d4", "m68k"},
    {"d5", "m68k"},
    {"depc", "xtensa"},
    {"ds", ""},
    {"ea", "nios2"},
    {"ear", "microblaze"},
    {"eax", "i386"},
    {"ebp", "i386"},
    {"ebx", "i386"},
    {"ecfg", "loongarch64"},
    {"ecx", "i386"},
    {"edi", "i386"},
    {"edx", "i386"},
    {"eflags", ""},
    {"eip", "i386"},
    {"epc", ""},
    {"es", ""},
    {"esi", "i386"},
    {"esp", "i386"},
    {"esr", ""},
    {"estat", "loongarch64"},
    {"euen", "loongarch64"},
    {"excvaddr", "xtensa"},
    {"fp", ""},
    {"fpsr", "ia64"},
    {"fs", ""},
    {"fsr", "microblaze"},
    {"g0", ""},
    {"g1", ""},
    {"g2", ""},
    {"g3", ""},
    {"g4", ""},
    {"g5", ""},
    {"g6", ""},
    {"g7", ""},
    {"gp", ""},
    {"gs", ""},
    {"hi", "csky"},
    {"i0", ""},
    {"i1", ""},
    {"i2", ""},
    {"i3", ""},
    {"i4", ""},
    {"i5", ""},
    {"i6", ""},
    {"i7", ""},
    {"ifs", "ia64"},
    {"ip", ""},
    {"knlGS", "x86_64"},
    {"l0", ""},
    {"l1", ""},
    {"l2", ""},
    {"l3", ""},
    {"l4", ""},
    {"l5", ""},
    {"l6", ""},
    {"l7", ""},
    {"lbeg", "xtensa"},
    {"lcount", "xtensa"},
    {"ldrs", "ia64"},
    {"lend", "xtensa"},
    {"lo", "csky"},
    {"lr", ""},
    {"msr", ""},
    {"o0", ""},
    {"o1", ""},
    {"o2", ""},
    {"o3", ""},
    {"o4", ""},
    {"o5", ""},
    {"oGPR11", "openrisc"},
    {"orig_a0", "csky"},
    {"pc", ""},
    {"pfs", "ia64"},
    {"pmr", "arm64"},
    {"pmr_save", "arm64"},
    {"pr", "ia64"},
    {"prmd", "loongarch64"},
    {"ps", ""},
    {"psr", ""},
    {"pstate", "arm64"},
    {"pv", "alpha"},
    {"r0", ""},
    {"r00", "arc"},
    {"r01", "arc"},
    {"r02", "arc"},
    {"r03", "arc"},
    {"r04", "arc"},
    {"r05", "arc"},
    {"r06", "arc"},
    {"r07", "arc"},
    {"r08", "arc"},
    {"r09", "arc"},
    {"r1", ""},
    {"r10", ""},
    {"r11", ""},
    {"r12", ""},
    {"r13", ""},
    {"r14", ""},
    {"r15", ""},
    {"r16", ""},
    {"r17", ""},
    {"r18", ""},
    {"r19", ""},
    {"r2", ""},
    {"r20", ""},
    {"r21", ""},
    {"r22", ""},
    {"r23", ""},
    {"r24", ""},
    {"r25", ""},
    {"r26", ""},
    {"r27", ""},
    {"r28", ""},
    {"r29", ""},
    {"r3", ""},
    {"r30", ""},
    {"r31", ""},
    {"r4", ""},
    {"r5", ""},
    {"r6", ""},
    {"r7", ""},
    {"r8", ""},
    {"r9", ""},
    {"ra", ""},
    {"ret_pc", "sparc64"},
    {"rnat", "ia64"},
    {"rsc", "ia64"},
    {"s0", ""},
    {"s1", ""},
    {"s10", "riscv64"},
    {"s11", "riscv64"},
    {"s2", ""},
    {"s3", ""},
    {"s4", ""},
    {"s5", ""},
    {"s6", ""},
    {"s7", ""},
    {"s8", ""},
    {"s9", ""},
    {"sar", "xtensa"},
    {"sbadaddr", "riscv64"},
    {"scause", "riscv64"},
    {"sp", ""},
    {"ss", ""},
    {"ssd", "ia64"},
    {"ssp", ""},
    {"sstatus", "riscv64"},
    {"status", "riscv64"},
    {"syscallno", "openrisc"},
    {"t0", ""},
    {"t1", ""},
    {"t10", "alpha"},
    {"t11", "alpha"},
    {"t2", ""},
    {"t3", ""},
    {"t4", ""},
    {"t5", ""},
    {"t6", ""},
    {"t7", ""},
    {"t8", ""},
    {"t9", "alpha"},
    {"task.ti", ""},
    {"tls", "csky"},
    {"tp", ""},
    {"u0", "loongarch64"},
    {"unat", "ia64"},
    {"v0", "alpha"},
    {"x0", "arm64"},
    {"x1", "arm64"},
    {"x10", "arm64"},
    {"x11", "arm64"},
    {"x12", "arm64"},
    {"x13", "arm64"},
    {"x14", "arm64"},
    {"x15", "arm64"},
    {"x16", "arm64"},
    {"x17", "arm64"},
    {"x18", "arm64"},
    {"x19", "arm64"},
    {"x2", "arm64"},
    {"x20", "arm64"},
    {"x21", "arm64"},
    {"x22", "arm64"},
    {"x23", "arm64"},
    {"x24", "arm64"},
    {"x25", "arm64"},
    {"x26", "arm64"},
    {"x27", "arm64"},
    {"x28", "arm64"},
    {"x29", "arm64"},
    {"x3", "arm64"},
    {"x4", "arm64"},
    {"x5", "arm64"},
    {"x6", "arm64"},
    {"x7", "arm64"},
    {"x8", "arm64"},
    {"x9", "arm64"},
};
constexpr bool Less(const RegisterName& a, const RegisterName& b) { return a.name < b.name; }
static_assert(std::is_sorted(std::begin(kRegisters), std::end(kRegisters), Less));

// Where the names with each first character begin in kRegisters.
constexpr std::array<uint16_t, 129> kFirst = [] {
  std::array<uint16_t, 129> first = {};
  size_t row = 0;
  for (size_t c = 0; c < first.size(); ++c) {
    while (row < std::size(kRegisters) && static_cast<uint8_t>(kRegisters[row].name[0]) < c) ++row;
    first[c] = static_cast<uint16_t>(row);
  }
  return first;
}();

const RegisterName* Find(std::string_view name) {
  const auto c = static_cast<uint8_t>(name.empty() ? 0x80 : name.front());
  if (c >= 0x80) return nullptr;
  for (size_t row = kFirst[c]; row < kFirst[c + 1u]; ++row) {
    if (kRegisters[row].name == name) return &kRegisters[row];
  }
  return nullptr;
}

constexpr size_t kMaxValue = 16;

// "[<c0012345>]", "0018:ffff...", "0000000000000000(0000)", "ffff8880..."; at least `min` digits.
bool TakeValue(Cursor& cursor, size_t min, RegisterValue& out) {
  size_t start = cursor.position();
  bool bracketed = cursor.Take("[<");
  cursor.Take("0x");
  std::string_view hex = cursor.TakeHex();
  if (hex.size() == 4 && cursor.Peek() == ':' && IsAnyHex(cursor.Peek(1))) {
    out.selector = hex;
    cursor.Take(':');
    hex = cursor.TakeHex();
  }
  // Where a line end was lost, the next line's word follows a whole value.
  const bool ends = !IsLetter(cursor.Peek()) || hex.size() == kMaxValue;
  bool fits = hex.size() >= min && hex.size() <= kMaxValue && ends;
  if (!fits || (bracketed && !cursor.Take(">]"))) {
    cursor.Seek(start);
    return false;
  }
  if (cursor.Peek() == '(' && IsHex(cursor.Peek(1))) {  // FS and GS: the selector behind the base
    cursor.Take('(');
    out.selector = cursor.TakeHex();
    cursor.Take(')');
  }
  out.value = hex;
  return true;
}

// "MSR: 00029032 EE: 1 PR: 0 FP: 0 ME: 1 IR/DR: 11", ppc until 2.6.16: bits of what stands before.
void SkipMsrBits(Cursor& cursor) {
  for (std::string_view bit : {" EE: ", " PR: ", " FP: ", " ME: ", " IR/DR: "}) {
    if (cursor.Take(bit)) cursor.TakeDigits();
  }
}

}  // namespace

bool TakeRegisters(std::string_view& text, std::vector<RegisterValue>& out) {
  bool numbered = false;
  while (TakeNumberedRow(text, out)) numbered = true;
  if (numbered) return true;
  Cursor cursor(text);
  size_t consumed = 0;
  while (true) {
    cursor.SkipBlanks();
    size_t name_at = cursor.position();
    cursor.Take("CSR ");  // loongarch until 6.1
    std::string_view name =
        cursor.TakeWhile([](char c) { return IsLetter(c) || IsDigit(c) || c == '_' || c == '.'; });
    const RegisterName* known = Find(name);
    if (name.empty() || !known) break;
    cursor.SkipBlanks();
    bool colon = cursor.Take(':');
    bool equals = !colon && cursor.Take('=');
    cursor.SkipBlanks();
    RegisterValue value{{}, {}, {}, known->arch};
    // Without a colon (loongarch; alpha's "v0 = ..") only a full-width value makes a register.
    // alpha's "ps = 0000" and nios2's "cause = 14" are the ones that are shorter.
    const bool shorter = name == "ps" || (name == "cause" && !out.empty());
    const size_t least = colon || shorter ? 1 : equals ? 8 : 16;
    if (!TakeValue(cursor, least, value)) {
      cursor.Seek(name_at);
      break;
    }
    value.name = name;
    if (value.arch == "riscv64" && value.value.size() == 8) value.arch = "riscv32";
    const bool word = value.value.size() == 8;
    if (word && value.arch == "x86_64" && name.front() == 'R') value.arch = "sh";
    if (!word && value.arch == "sh" && name.front() == 'R') value.arch = {};
    if (name == "MSR") SkipMsrBits(cursor);
    out.push_back(std::move(value));
    consumed = cursor.position();
    if (cursor.Peek() == ',') cursor.Take(',');
  }
  if (consumed == 0) return false;
  text.remove_prefix(consumed);
  return true;
}

}  // namespace oops::grammar
