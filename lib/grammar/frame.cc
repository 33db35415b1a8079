#include "lib/grammar/frame.h"

#include <array>
#include <utility>

#include "lib/grammar/chars.h"

namespace oops::grammar {
namespace {

constexpr size_t kMinAddress = 6;
constexpr size_t kMaxAddress = 16;

// "[<ffffffff81234567>]"; also "[<(____ptrval____)>]", an author's "[<...>]", "[<0>]" and the
// "<ffffffff80127ad8>" of old x86-64. A web page that takes "<ffffffff81234567>" for a tag leaves
// "[]": an empty address. "[0xffffffd79598aefc]" of MediaTek's mrdump.
std::optional<std::string_view> TakeBracketedAddress(Cursor& cursor) {
  size_t start = cursor.position();
  bool square = cursor.Take('[');
  if (square && cursor.Peek() == ']' && IsBlank(cursor.Peek(1))) {
    cursor.Take(']');
    return std::string_view();
  }
  if (cursor.Take('<')) {
    std::string_view hex = cursor.TakeHex();
    if (hex.empty())
      hex = cursor.TakeWhile([](char c) { return IsSymbolChar(c) || c == '(' || c == ')'; });
    bool hidden =
        !hex.empty() && !IsAnyHex(hex.front());  // "[<(____ptrval____)>]", but no "<Interrupt>"
    bool enough = hidden ? hex == "..." || hex.find("ptrval") != std::string_view::npos
                         : hex.size() >= (square ? 1 : kMinAddress);
    if (enough && cursor.Take('>') && (!square || cursor.Take(']'))) return hex;
  } else if (square && cursor.Take("0x")) {
    std::string_view hex = cursor.TakeHex();
    if (hex.size() >= kMinAddress && cursor.Take(']') && IsBlank(cursor.Peek())) return hex;
  }
  cursor.Seek(start);
  return std::nullopt;
}

// "[c000000012345678]" of powerpc and sparc.
std::optional<std::string_view> TakeSquareAddress(Cursor& cursor) {
  size_t start = cursor.position();
  if (cursor.Take('[')) {
    std::string_view hex = cursor.TakeHex();
    if (hex.size() >= 8 && hex.size() <= kMaxAddress && cursor.Take(']')) return hex;
  }
  cursor.Seek(start);
  return std::nullopt;
}

// "[c000001feb4a3a00] c0000000001ca910 func+0x30/0x304 (unreliable)" of xmon, powerpc's debugger.
std::optional<std::string_view> TakeXmonAddress(Cursor& cursor) {
  std::string_view hex = cursor.TakeHex();
  if ((hex.size() != 8 && hex.size() != 16) || !IsBlank(cursor.Peek())) return std::nullopt;
  std::string_view rest = TrimLeft(cursor.rest());
  const bool unreliable = rest.starts_with("(unreliable)");
  if (!unreliable && !TakeSymbol(rest, Offset::kRequired)) return std::nullopt;
  return hex;
}

// " (unreliable)" of powerpc, " (P)" and its like of arm64 since 7.x, " (func)" of ftrace's graph
// tracer.
void TakeFlags(Cursor& cursor, Frame& frame) {
  for (int i = 0; i < 3; ++i) {
    size_t start = cursor.position();
    cursor.SkipBlanks();
    if (!cursor.Take('(')) {
      cursor.Seek(start);
      return;
    }
    std::optional<std::string_view> inside = cursor.TakeUntil(')');
    bool arm64_flags = inside && inside->size() <= 6 && !inside->empty() &&
                       inside->find_first_not_of("CTPUFK") == std::string_view::npos;
    bool graph = inside && inside->find("+0x") != std::string_view::npos;
    if (inside == "unreliable") {
      frame.reliable = false;
    } else if (arm64_flags) {
      if (inside->find('U') != std::string_view::npos) frame.reliable = false;
    } else if (!graph) {
      cursor.Seek(start);
      return;
    }
  }
}

// The rest of an offset that a terminal printed over: "+0x", "/", "/0" before the bracket.
void SkipCutOffset(Cursor& cursor) {
  cursor.TakeWhile([](char c) { return IsHex(c) || c == '+' || c == '/' || c == 'x'; });
}

// "(func+0x1/0x2) from [<c0012345>] (caller+0x18/0x1c)" of arm, behind the first address.
bool TakeArmCall(Cursor& cursor, Frame& frame) {
  size_t start = cursor.position();
  const bool remark = cursor.rest().starts_with("(unreliable)");  // of powerpc
  if (!remark && cursor.Take('(') && TakeSymbol(cursor, Offset::kOptional, frame.symbol) &&
      cursor.Take(')')) {
    size_t after_callee = cursor.position();
    cursor.SkipBlanks();
    if (cursor.Take("from ")) {
      cursor.SkipBlanks();
      std::optional<std::string_view> address = TakeBracketedAddress(cursor);
      cursor.SkipBlanks();
      if (address && cursor.Take('(') &&
          TakeSymbol(cursor, Offset::kOptional, frame.caller_symbol)) {
        SkipCutOffset(cursor);
        if (!cursor.Take(')')) return false;
        frame.caller_address = *address;
        frame.arch = "arm";
        frame.caller = frame.caller_symbol.function;
        return true;
      }
    }
    cursor.Seek(after_callee);
    return true;
  }
  cursor.Seek(start);
  return false;
}

// "{func+32}" of x86-64 before 2.6.19: decimal offset, module before the name:
// "{:ext3:ext3_lookup+96}".
bool TakeBraced(Cursor& cursor, Frame& frame) {
  if (!cursor.Take('{')) return false;
  if (cursor.Take(':')) {
    std::optional<std::string_view> module = cursor.TakeUntil(':');
    if (!module) return false;
    frame.symbol.module = *module;
  }
  frame.symbol.function = cursor.TakeWhile(IsSymbolChar);
  if (cursor.Take('+')) frame.symbol.offset = ParseUint32(cursor.TakeDigits(), 10);
  frame.arch = "x86_64";
  return cursor.Take('}') && !frame.symbol.function.empty();
}

// "[__getblk+43/96]" of klogd, which put names and decimal numbers where the kernel had printed
// addresses; kernels with names of their own go on with theirs: "[__getblk+43/96]
// __getblk+0x2b/0x60".
bool TakeKlogdFrame(Cursor& cursor, Frame& frame) {
  size_t start = cursor.position();
  bool square = cursor.Take('[');
  if (square) {
    Symbol symbol;
    // "[ext3:ext3_lookup+12/34]" and "[<...>]" aside, a bracket holds one name.
    std::string_view first = cursor.TakeWhile(IsSymbolChar);
    if (cursor.Take(':')) {
      symbol.module = first;
      first = cursor.TakeWhile(IsSymbolChar);
    }
    symbol.function = first;
    bool named = !first.empty() && !IsDigit(first.front()) && cursor.Take('+');
    if (named) symbol.offset = ParseUint32(cursor.TakeDigits(), 10);
    if (named && symbol.offset && cursor.Take('/'))
      symbol.size = ParseUint32(cursor.TakeDigits(), 10);
    if (named && symbol.size && cursor.Take(']')) {
      size_t end = cursor.position();
      cursor.SkipBlanks();
      Symbol own;
      if (!TakeSymbol(cursor, Offset::kRequired, own) || own.function != symbol.function) {
        cursor.Seek(end);
      } else {
        symbol = own;
      }
      frame.symbol = symbol;
      frame.addressed = true;
      return true;
    }
  }
  cursor.Seek(start);
  return false;
}

// ":ext3:ext3_lookup+0x12/0x34" of x86-64 until 2.6.26: the module stands before the name.
bool TakeModuleFirst(Cursor& cursor, Symbol& symbol) {
  size_t start = cursor.position();
  if (cursor.Take(':')) {
    std::string_view module = cursor.TakeWhile([](char c) { return IsSymbolChar(c) || c == '-'; });
    if (!module.empty() && cursor.Take(':') && TakeSymbol(cursor, Offset::kRequired, symbol)) {
      symbol.module = module;
      return true;
    }
  }
  cursor.Seek(start);
  return false;
}

// The name behind one or two addresses.
bool TakeAddressed(Cursor& cursor, Frame& frame) {
  frame.addressed = true;
  cursor.SkipBlanks();
  if (cursor.Take("? ")) {
    frame.reliable = false;
    cursor.SkipBlanks();
  }
  if (cursor.Peek() == '{') return TakeBraced(cursor, frame);
  if (cursor.Peek() == '(' && TakeArmCall(cursor, frame)) return true;
  std::string_view module_before = frame.symbol.module;
  if (TakeModuleFirst(cursor, frame.symbol)) {
    frame.arch = "x86_64";
    return true;
  }
  if (!TakeSymbol(cursor, Offset::kRequired, frame.symbol)) {
    frame.symbol = {};
    frame.symbol.module = module_before;
    return true;  // CONFIG_KALLSYMS=n: an address alone
  }
  return true;
}

// Nothing may stand behind a frame without an address but what begins the next one or a remark set
// off by dashes.
bool EndsCleanly(std::string_view rest) {
  std::string_view left = TrimLeft(rest);
  return left.empty() || left.starts_with("[<") || left.starts_with("<--") ||
         left.starts_with("//") || left.starts_with("--") || left.starts_with("#") ||
         left.starts_with("? ") || left == "\r";
}

// "func from caller+0x18/0x1c" of arm since 6.1.
bool TakeArmFrom(Cursor& cursor, Frame& frame) {
  size_t start = cursor.position();
  frame.symbol.function = cursor.TakeWhile(IsSymbolChar);
  std::string_view module;
  if (cursor.Take(" [")) {
    std::optional<std::string_view> inside = cursor.TakeUntil(']');
    if (inside) module = *inside;
  }
  if (!frame.symbol.function.empty() && cursor.Take(" from ") &&
      TakeSymbol(cursor, Offset::kRequired, frame.caller_symbol)) {
    frame.symbol.module = module;
    frame.arch = "arm";
    frame.caller = frame.caller_symbol.function.empty() ? frame.caller_symbol.address
                                                        : frame.caller_symbol.function;
    return true;
  }
  cursor.Seek(start);
  frame.symbol = {};
  frame.caller_symbol = {};
  return false;
}

// "(func) from [<c0012345>] (caller+0x18/0x1c)": commit messages leave out the first address.
bool TakeArmCallAlone(Cursor& cursor, Frame& frame) {
  if (cursor.Peek() != '(' || cursor.rest().find(") from [<") == std::string_view::npos)
    return false;
  const size_t start = cursor.position();
  if (TakeArmCall(cursor, frame) && !frame.caller.empty()) {
    frame.addressed = true;
    return true;
  }
  cursor.Seek(start);
  frame = {};
  return false;
}

// "[<     inline     >] func fs/foo.c:12", "[<     inlined    >] caller+0x1/0x2 func fs/foo.c:12"
// and "[<      none      >] func+0x1/0x2 fs/foo.c:12" of the symbolising scripts of 2015 and 2016:
// a word where the kernel had printed an address, or none.
bool TakeScripted(Cursor& cursor, Frame& frame) {
  const size_t start = cursor.position();
  const bool marked = cursor.Take('?');
  if (cursor.Take("[<") && IsBlank(cursor.Peek())) {
    cursor.SkipBlanks();
    const std::string_view word = cursor.TakeWhile(IsSymbolChar);
    cursor.SkipBlanks();
    const bool inlined = word == "inline" || word == "inlined";
    if ((inlined || word == "none") && cursor.Take(">]")) {
      cursor.SkipBlanks();
      const bool taken = TakeSymbol(cursor, Offset::kRequired, frame.symbol);
      cursor.SkipBlanks();
      Symbol inner;
      if (taken && inlined && TakeSymbol(cursor, Offset::kRequired, inner)) frame.symbol = inner;
      if (inlined) frame.symbol.inlined = true;
      frame.addressed = !inlined;
      frame.reliable = !marked;
      if (taken) return true;
    }
  }
  cursor.Seek(start);
  frame = {};
  return false;
}

// "Function entered at [<c00256e0>] from [<c019dca0>]" of arm, CONFIG_KALLSYMS=n.
bool TakeArmAddresses(Cursor& cursor, Frame& frame) {
  const size_t start = cursor.position();
  if (cursor.Take("Function entered at ")) {
    std::optional<std::string_view> callee = TakeBracketedAddress(cursor);
    if (callee && cursor.Take(" from ")) {
      if (std::optional<std::string_view> caller = TakeBracketedAddress(cursor)) {
        frame.address = *callee;
        frame.addressed = true;
        frame.arch = "arm";
        frame.caller_address = frame.caller_symbol.address = frame.caller = *caller;
        return true;
      }
    }
  }
  cursor.Seek(start);
  return false;
}

bool TakeBare(Cursor& cursor, bool indented, Frame& frame) {
  bool marked = cursor.Take("? ");
  frame.reliable = !marked;
  cursor.SkipBlanks();
  size_t start = cursor.position();
  if (TakeSymbol(cursor, Offset::kRequired, frame.symbol)) {
    bool address_only = frame.symbol.function.empty();
    // No symbol has it: sprint_symbol() then prints "0xb".
    const bool alone = indented && Trim(cursor.rest()).empty();
    if (address_only && frame.symbol.address.size() < 8 && !alone) return false;
    // crash's "func+18" is no frame of a trace; the kernel prints sizes.
    bool plain_offset = !address_only && !frame.symbol.size && frame.symbol.file.empty();
    TakeFlags(cursor, frame);
    if (!plain_offset && EndsCleanly(cursor.rest())) return true;
    frame.symbol = {};
    frame.reliable = !marked;
    cursor.Seek(start);
  }
  return TakeArmFrom(cursor, frame) && EndsCleanly(cursor.rest());
}

// True with the cursor behind the frame; else either may have changed.
bool ReadFrame(Cursor& cursor, bool indented, Frame& frame) {
  cursor.SkipBlanks();
  if (TakeArmAddresses(cursor, frame) || TakeArmCallAlone(cursor, frame)) return true;
  // Most begin with the name or with a '?' before it, and nothing but the last form does.
  const char first = cursor.Peek();
  if (IsSymbolChar(first) || (first == '?' && cursor.Peek(1) == ' '))
    return TakeBare(cursor, indented, frame);
  bool s390_paren = cursor.Peek() == '(' && cursor.Peek(1) == '[' && cursor.Take('(');
  std::optional<std::string_view> address = TakeBracketedAddress(cursor);
  const bool square = !address;
  if (!address) {
    address = TakeSquareAddress(cursor);
    if (address) {
      size_t after_first = cursor.position();
      cursor.SkipBlanks();
      std::optional<std::string_view> second = TakeSquareAddress(cursor);
      if (second) {
        frame.stack_pointer = *address;
        frame.arch = address->size() == 8 ? "ppc32" : "ppc64";
        address = second;
      } else if (std::optional<std::string_view> bare = TakeXmonAddress(cursor)) {
        frame.stack_pointer = *address;
        frame.arch = address->size() == 8 ? "ppc32" : "ppc64";
        address = bare;
      } else {
        cursor.Seek(after_first);
      }
    }
  }
  if (address && frame.stack_pointer.empty() && square && TrimLeft(cursor.rest()).starts_with('{'))
    return false;                     // "[f7b1c2d0] {lock}" of rt_mutex
  if (address && address->empty()) {  // "RIP: 0010:[]  [] func": both addresses are gone
    cursor.SkipBlanks();
    TakeBracketedAddress(cursor);
  }
  if (address) {
    frame.address = *address;
    if (!TakeAddressed(cursor, frame)) return false;
    bool named = frame.symbol.offset || !frame.caller.empty();
    if (address->empty() && !named) return false;
    if (s390_paren) {
      frame.reliable = false;
      cursor.Take(')');
    }
    TakeFlags(cursor, frame);
  } else {
    if (s390_paren) return false;
    if (!TakeKlogdFrame(cursor, frame) && !TakeScripted(cursor, frame) &&
        !TakeBare(cursor, indented, frame)) {
      return false;
    }
  }
  return true;
}

}  // namespace

std::optional<Frame> TakeFrame(std::string_view& text) {
  Cursor cursor(text);
  std::optional<Frame> frame(std::in_place);
  if (ReadFrame(cursor, text.starts_with(' '), *frame)) {
    text.remove_prefix(cursor.position());
  } else {
    frame.reset();
  }
  return frame;
}

std::optional<std::string_view> TakeStackMark(std::string_view& text) {
  // arch/x86/kernel/dumpstack*.c, all eras. <EOI> and <<EOE>> end an interrupt's or an exception's
  // part.
  static constexpr std::array<std::string_view, 28> kMarks = {"IRQ",
                                                              "/IRQ",
                                                              "NMI",
                                                              "/NMI",
                                                              "TASK",
                                                              "/TASK",
                                                              "SOFTIRQ",
                                                              "/SOFTIRQ",
                                                              "EOI",
                                                              "EOE",
                                                              "#DF",
                                                              "/#DF",
                                                              "#DB",
                                                              "/#DB",
                                                              "#MC",
                                                              "/#MC",
                                                              "#VC",
                                                              "/#VC",
                                                              "#VC2",
                                                              "/#VC2",
                                                              "UNK",
                                                              "#SS",
                                                              "STACKFAULT",
                                                              "DOUBLEFAULT",
                                                              "ENTRY_TRAMPOLINE",
                                                              "/ENTRY_TRAMPOLINE",
                                                              "DEBUG",
                                                              "MCE"};
  Cursor cursor(text);
  cursor.SkipBlanks();
  if (!cursor.Take('<')) return std::nullopt;
  bool doubled = cursor.Take('<');
  std::string_view name = cursor.TakeWhile([](char c) {
    return (c >= 'A' && c <= 'Z') || IsDigit(c) || c == '#' || c == '/' || c == '_';
  });
  if (!cursor.Take('>') || (doubled && !cursor.Take('>'))) return std::nullopt;
  for (std::string_view mark : kMarks) {
    if (name == mark) {
      text.remove_prefix(cursor.position());
      return mark;
    }
  }
  return std::nullopt;
}

std::optional<CrashFrame> TakeCrashFrame(std::string_view& text) {
  Cursor cursor(text);
  cursor.SkipBlanks();
  if (!cursor.Take('#')) return std::nullopt;
  CrashFrame out;
  std::optional<uint32_t> number = ParseUint32(cursor.TakeDigits(), 10);
  if (!number) return std::nullopt;
  out.number = *number;
  cursor.SkipBlanks();
  if (!cursor.Take('[')) return std::nullopt;
  cursor.Take('<');  // arm
  out.frame.stack_pointer = cursor.TakeHex();
  if (out.frame.stack_pointer.size() < kMinAddress) return std::nullopt;
  cursor.Take('>');
  if (!cursor.Take(']')) return std::nullopt;
  cursor.SkipBlanks();
  cursor.Take('(');
  out.frame.symbol.function = cursor.TakeWhile(IsSymbolChar);
  if (out.frame.symbol.function.empty()) return std::nullopt;
  if (cursor.Take('+')) out.frame.symbol.offset = ParseUint32(cursor.TakeDigits(), 10);
  cursor.Take(')');
  cursor.SkipBlanks();
  if (cursor.Take("(via ")) cursor.TakeUntil(')');
  cursor.SkipBlanks();
  if (!cursor.Take("at ") && !cursor.Take("from ")) return std::nullopt;
  out.frame.address = cursor.TakeHex();
  if (out.frame.address.size() < kMinAddress) return std::nullopt;
  out.frame.addressed = true;
  size_t before_module = cursor.position();
  cursor.SkipBlanks();
  if (cursor.Take('[')) {
    std::optional<std::string_view> module = cursor.TakeUntil(']');
    if (module) {
      out.frame.symbol.module = *module;
    } else {
      cursor.Seek(before_module);
    }
  } else {
    cursor.Seek(before_module);
  }
  text.remove_prefix(cursor.position());
  return out;
}

}  // namespace oops::grammar
