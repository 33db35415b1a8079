#include "lib/grammar/registers.h"

#include <cstdint>
#include <optional>
#include <utility>

#include "lib/grammar/chars.h"
#include "lib/grammar/register_names.h"

namespace oops::grammar {
namespace {

// "GPR00: c0.. c0.. c0.. c0..", "$ 0   : 00.. 00..", "Krnl GPRS: ...": one name, then numbered
// values.
enum class Numbers { kNone, kFirst, kRange };  // "GPR04:", "r04-07"
struct NumberedRow {
  std::string_view prefix;  // in the text
  std::string_view name;    // of the registers
  Numbers numbers;          // printed behind the prefix
  int width;                // digits of the number in the name
  std::string_view arch;
  size_t least = 1;  // values
};
constexpr NumberedRow kNumberedRows[] = {
    {"GPR", "GPR", Numbers::kFirst, 2, ""},           // arch/powerpc show_regs()
    {"$", "$", Numbers::kFirst, 1, ""},               // arch/mips __show_regs()
    {"Krnl GPRS:", "R", Numbers::kNone, 1, "s390x"},  // arch/s390 show_registers()
    {"User GPRS:", "R", Numbers::kNone, 1, "s390x"},
    {"IASQ:", "IASQ", Numbers::kNone, 1, "parisc"},  // arch/parisc show_regs()
    {"IAOQ:", "IAOQ", Numbers::kNone, 1, "parisc"},
    {"r", "r", Numbers::kRange, 2, "parisc"},  // arch/parisc PRINTREGS()
    {"sr", "sr", Numbers::kRange, 2, "parisc"},
    {"a", "a", Numbers::kFirst, 1, "xtensa", 8},  // arch/xtensa show_regs()
};

std::string NumberedName(const NumberedRow& row, uint32_t number) {
  std::string digits = std::to_string(number);
  std::string name(row.name);
  name.append(row.width > static_cast<int>(digits.size()) ? row.width - digits.size() : 0, '0');
  return name + digits;
}

bool TakeNumberedRow(std::string_view& text, std::vector<RegisterValue>& out) {
  const std::string_view trimmed = TrimLeft(text);
  if (trimmed.empty()) return false;
  for (const NumberedRow& row : kNumberedRows) {
    if (row.prefix.front() != trimmed.front() || !trimmed.starts_with(row.prefix)) continue;
    Cursor cursor(text);
    cursor.SkipBlanks();
    cursor.Take(row.prefix);
    uint32_t number = 0;
    if (row.numbers != Numbers::kNone) {
      cursor.SkipBlanks();
      std::optional<uint32_t> printed = ParseUint32(cursor.TakeDigits(), 10);
      if (!printed || *printed > 31) continue;
      number = *printed;
      cursor.SkipBlanks();
      const bool range = row.numbers == Numbers::kRange;
      if (range ? !cursor.Take('-') || cursor.TakeDigits().size() != 2 : !cursor.Take(':'))
        continue;
    }
    size_t taken = 0;
    const size_t before = out.size();
    while (taken < 8) {
      cursor.SkipBlanks();
      size_t start = cursor.position();
      std::string_view value = cursor.TakeHex();
      if (value.size() != 8 && value.size() != 16) {
        cursor.Seek(start);
        break;
      }
      std::string_view arch = row.arch;
      if (row.name == "GPR") arch = value.size() == 8 ? "ppc32" : "ppc64";
      out.push_back({NumberedName(row, number + taken), value, {}, arch});
      ++taken;
    }
    if (taken < row.least) {
      out.resize(before);
      continue;
    }
    text.remove_prefix(cursor.position());
    // "GPR00: 00000000 GPR01: c1025c68": openrisc names each.
    bool named_each = taken == 1 && row.name == "GPR" && TrimLeft(text).starts_with(row.prefix);
    if (named_each) out.back().arch = "openrisc";
    return true;
  }
  return false;
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
  bool fits = hex.size() >= min && hex.size() <= kMaxValue && !IsLetter(cursor.Peek());
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
    const RegisterName* known = FindRegister(name);
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
    out.push_back(std::move(value));
    consumed = cursor.position();
    if (cursor.Peek() == ',') cursor.Take(',');
  }
  if (consumed == 0) return false;
  text.remove_prefix(consumed);
  return true;
}

}  // namespace oops::grammar
