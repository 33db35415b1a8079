#include "lib/grammar/registers.h"

#include <cstdint>
#include <utility>

#include "lib/grammar/chars.h"
#include "lib/grammar/numbered_registers.h"
#include "lib/grammar/register_names.h"

namespace oops::grammar {
namespace {

constexpr size_t kMaxValue = 16;
constexpr size_t kUsualRow = 4;  // registers
constexpr size_t kFloat = 21;    // digits of a floating-point register of ia64

// "[<c0012345>]", "0018:ffff...", "0000000000000000(0000)", "ffff8880..."; at least `min` digits,
// or `most`.
bool TakeValue(Cursor& cursor, size_t min, size_t most, RegisterValue& out) {
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
  const bool known_size = hex.size() <= kMaxValue || hex.size() == most;
  bool fits = hex.size() >= min && known_size && ends;
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
    const bool is_float = value.arch == "ia64" && name.front() == 'f' && IsDigit(name[1]);
    if (!TakeValue(cursor, least, is_float ? kFloat : kMaxValue, value)) {
      cursor.Seek(name_at);
      break;
    }
    value.name = name;
    // Both in one row only riscv has.
    if (name == "tp" && !out.empty() && out.back().name == "gp") value.arch = "riscv64";
    if (value.arch == "riscv64" && value.value.size() == 8) value.arch = "riscv32";
    const bool word = value.value.size() == 8;
    if (word && value.arch == "x86_64" && name.front() == 'R') value.arch = "sh";
    if (!word && value.arch == "sh" && name.front() == 'R') value.arch = {};
    if (name == "MSR") SkipMsrBits(cursor);
    if (out.empty()) out.reserve(kUsualRow);
    out.push_back(std::move(value));
    consumed = cursor.position();
    if (cursor.Peek() == ',') cursor.Take(',');
  }
  if (consumed == 0) return false;
  text.remove_prefix(consumed);
  return true;
}

}  // namespace oops::grammar
