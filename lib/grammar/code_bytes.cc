#include "lib/grammar/code_bytes.h"

#include "lib/grammar/chars.h"

namespace oops::grammar {

std::optional<CodeBytes> TakeCodeBytes(std::string_view& text, size_t min_units) {
  Cursor cursor(text);
  CodeBytes code;
  size_t width = 0;
  size_t units = 0;
  while (true) {
    size_t start = cursor.position();
    cursor.SkipBlanks();
    char closing = cursor.Take('<') ? '>' : cursor.Take('(') ? ')' : 0;
    std::string_view unit = cursor.TakeHex();
    bool unreadable =
        unit.empty() &&
        !(unit = cursor.TakeWhile([](char c) { return c == 'X' || c == '?'; })).empty();
    bool right_width = width == 0 ? (unit.size() == 2 || unit.size() == 4 || unit.size() == 8)
                                  : unit.size() == width;
    // Thumb mixes halfwords and words; the wider ones are two units.
    if (!right_width || (closing && !cursor.Take(closing)) || IsSymbolChar(cursor.Peek())) {
      cursor.Seek(start);
      break;
    }
    width = unit.size();
    code.readable |= !unreadable;
    if (closing) code.trap_index = static_cast<uint32_t>(code.hex.size() / 2);
    if (unreadable) {
      code.hex.append(unit.size(), '0');
    } else {
      code.hex.append(unit);
    }
    ++units;
  }
  if (units < min_units) return std::nullopt;
  text.remove_prefix(cursor.position());
  return code;
}

}  // namespace oops::grammar
