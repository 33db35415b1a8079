#include "lib/grammar/numbered_registers.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "lib/grammar/chars.h"

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

constexpr std::array<bool, 256> kMayBegin = [] {
  std::array<bool, 256> table = {};
  for (const NumberedRow& row : kNumberedRows)
    table[static_cast<unsigned char>(row.prefix.front())] = true;
  return table;
}();

}  // namespace

bool TakeNumberedRow(std::string_view& text, std::vector<RegisterValue>& out) {
  const std::string_view trimmed = TrimLeft(text);
  if (trimmed.empty() || !kMayBegin[static_cast<unsigned char>(trimmed.front())]) return false;
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
      const size_t gap = cursor.position();
      cursor.SkipBlanks();
      size_t start = cursor.position();
      // mips until 2.6.8 leaves room for k0 and k1, which a handler clobbers.
      if (number == 24 && taken == 2 && row.name == "$" && start > gap + 16) number += 2;
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

}  // namespace oops::grammar
