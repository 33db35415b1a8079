#include "lib/grammar/symbol.h"

#include <utility>

#include "lib/grammar/chars.h"

namespace oops::grammar {
namespace {

// The log ends, or its line was cut, in the offset: "+", "+0x", "+0x1b/", "+0x1b/0x".
bool TakeCutOffset(Cursor& cursor, char mark) {
  const size_t start = cursor.position();
  if (!cursor.Take(mark)) return false;
  cursor.Take("0x");
  if (cursor.AtEnd()) return true;
  cursor.Seek(start);
  return false;
}

// "+0x1b/0x40", "+18", and "+0x0x3d/0x100" as people type it off a screen.
bool TakeOffset(Cursor& cursor, Symbol& symbol) {
  if (!cursor.Take('+')) return false;
  bool hex = cursor.Take("0x");
  if (hex) cursor.Take("0x");
  std::string_view digits = hex ? cursor.TakeWhile(IsHex) : cursor.TakeDigits();
  symbol.offset = hex ? ParseUint32(digits, 16) : ParseUint32(digits, 10);
  if (!symbol.offset) return false;
  size_t before_size = cursor.position();
  if (cursor.Take("/0x")) {
    const std::string_view size = cursor.TakeWhile(IsHex);
    symbol.size = ParseUint32(size, 16);
    // kallsyms takes a variable for as long as it is to the next symbol, which may lie before it.
    if (!symbol.size && !size.empty()) symbol.size = 0;
    if (!symbol.size) cursor.Seek(before_size);
  }
  TakeCutOffset(cursor, '/');
  return true;
}

bool IsModuleChar(char c) { return IsSymbolChar(c) || c == '-'; }

// " [xfs]", " [xfs 0123456789abcdef0123456789abcdef01234567]"; not " [inline]" and not " [<ffff".
// OpenWrt, which has no kallsyms, says where a module lies: " [mt76@00000000b568c4d+0x10000]".
void TakeModule(Cursor& cursor, Symbol& symbol) {
  size_t start = cursor.position();
  cursor.SkipBlanks();
  if (cursor.Take('[')) {
    std::string_view name = cursor.TakeWhile(IsModuleChar);
    if (cursor.Take('@')) {
      cursor.TakeWhile(IsHex);
      if (cursor.Take("+0x")) cursor.TakeWhile(IsHex);
    }
    std::string_view build_id;
    if (cursor.Peek() == ' ') {
      cursor.SkipBlanks();
      build_id = cursor.TakeWhile(IsHex);
    }
    if (!name.empty() && (IsLetter(name.front()) || IsDigit(name.front()) || name.front() == '_') &&
        cursor.Take(']')) {
      if (name == "inline") {
        symbol.inlined = true;
      } else {
        symbol.module = name;
        symbol.build_id = build_id;
      }
      return;
    }
  }
  cursor.Seek(start);
}

bool IsPathChar(char c) { return IsSymbolChar(c) || c == '/' || c == '-' || c == '+' || c == '~'; }

// "fs/foo.c:123" as symbolising tools put it behind a place.
bool TakeFileLine(Cursor& cursor, Symbol& symbol) {
  size_t start = cursor.position();
  cursor.SkipBlanks();
  std::string_view path = cursor.TakeWhile(IsPathChar);
  bool source = path.size() > 2 && (path.ends_with(".c") || path.ends_with(".h") ||
                                    path.ends_with(".S") || path.ends_with(".rs"));
  if (source && cursor.Take(':')) {
    std::optional<uint32_t> line = ParseUint32(cursor.TakeDigits(), 10);
    if (line) {
      symbol.file = path;
      symbol.line = line;
      return true;
    }
  }
  cursor.Seek(start);
  return false;
}

// "(fs/foo.c:123 fs/bar.h:45 (discriminator 2)) module" of scripts/decode_stacktrace.sh.
bool TakeDecoded(Cursor& cursor, Symbol& symbol) {
  size_t start = cursor.position();
  cursor.SkipBlanks();
  if (cursor.Take('(') && TakeFileLine(cursor, symbol)) {
    int depth = 1;
    while (depth > 0 && !cursor.AtEnd()) {
      if (cursor.Peek() == '(') ++depth;
      if (cursor.Peek() == ')') --depth;
      cursor.Seek(cursor.position() + 1);
    }
    if (depth == 0) return true;
  }
  cursor.Seek(start);
  symbol.file = {};
  symbol.line.reset();
  return false;
}

// True with `symbol` filled; else either may have changed.
bool ReadSymbol(Cursor& cursor, Offset offset, Symbol& symbol) {
  if (cursor.Take("0x")) {
    symbol.address = cursor.TakeWhile(IsHex);
    if (symbol.address.empty()) return false;
  } else {
    symbol.function = cursor.TakeSymbolChars();
    const size_t end = cursor.position();
    // A name begins with a letter; powerpc's old ABI puts a dot before it.
    std::string_view bare = symbol.function;
    if (!bare.empty() && bare.front() == '.') bare.remove_prefix(1);
    if (bare.empty() || IsDigit(bare.front())) return false;
    if (!TakeOffset(cursor, symbol)) {
      cursor.Seek(end);
      if (!TakeDecoded(cursor, symbol) && !TakeFileLine(cursor, symbol) &&
          !TakeCutOffset(cursor, '+') && offset == Offset::kRequired) {
        return false;
      }
    } else if (!cursor.AtEnd() && !TakeFileLine(cursor, symbol)) {
      TakeDecoded(cursor, symbol);
    }
  }
  if (!cursor.AtEnd()) TakeModule(cursor, symbol);
  if (!symbol.inlined && symbol.file.size() > 0 && symbol.module.empty())
    TakeModule(cursor, symbol);
  return true;
}

}  // namespace

bool TakeSymbol(Cursor& cursor, Offset offset, Symbol& symbol) {
  const size_t start = cursor.position();
  symbol = {};
  if (ReadSymbol(cursor, offset, symbol)) return true;
  cursor.Seek(start);
  symbol = {};
  return false;
}

std::optional<Symbol> TakeSymbol(std::string_view& text, Offset offset) {
  Cursor cursor(text);
  std::optional<Symbol> symbol(std::in_place);
  if (ReadSymbol(cursor, offset, *symbol)) {
    text.remove_prefix(cursor.position());
  } else {
    symbol.reset();
  }
  return symbol;
}

}  // namespace oops::grammar
