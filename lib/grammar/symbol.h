// What %pS and its relatives print: a place in kernel code (lib/vsprintf.c symbol_string(),
// kernel/kallsyms.c).
#ifndef OOPS_LIB_GRAMMAR_SYMBOL_H_
#define OOPS_LIB_GRAMMAR_SYMBOL_H_

#include <cstdint>
#include <optional>
#include <string_view>

#include "lib/grammar/chars.h"

namespace oops::grammar {

// Views into the parsed text.
struct Symbol {
  std::string_view function;       // empty where only an address was printed
  std::optional<uint32_t> offset;  // bytes
  std::optional<uint32_t> size;    // bytes
  std::string_view module;
  std::string_view build_id;
  std::string_view address;  // hex without 0x, where no symbol was found
  std::string_view file;     // from symbolising tools
  std::optional<uint32_t> line;
  bool inlined = false;
};

// Whether a place must have an offset to be one: a bare word may be prose.
enum class Offset { kRequired, kOptional };

// Parses a place at the start of `text` and removes it from there. Understood: func+0x1/0x2,
// func+18 (crash), 0xffffffff81234567, each with [module] and [module buildid], and what
// symbolising tools add: func+0x1/0x2 fs/foo.c:12 [inline], func (fs/foo.c:12 fs/bar.h:3) module.
std::optional<Symbol> TakeSymbol(std::string_view& text, Offset offset);

// The same from a cursor into a symbol, which is emptied first; both are much to copy for each
// frame. False, with the cursor where it was and the symbol empty, where there is no place.
bool TakeSymbol(Cursor& cursor, Offset offset, Symbol& symbol);

}  // namespace oops::grammar

#endif  // OOPS_LIB_GRAMMAR_SYMBOL_H_
