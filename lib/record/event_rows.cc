// Lines that nothing marks but those before them: the place of a fault on a line of its own, rows
// of a memory dump, what a wrap left of modules and code.
#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lib/grammar/body.h"
#include "lib/grammar/chars.h"
#include "lib/grammar/code_bytes.h"
#include "lib/record/captures.h"
#include "lib/record/event.h"
#include "lib/record/words.h"

namespace oops::record {

using grammar::Body;
using grammar::Cursor;

bool Event::TakePageTableWalk(std::string_view& text) {
  const std::string_view trimmed = grammar::TrimLeft(text);
  if (!IsPageTableWalk(trimmed)) return false;
  AddPageTable(trimmed);
  Cursor walk(trimmed.substr(1));
  Fault* fault = record_.mutable_fault();
  if (!fault->has_address()) fault->set_address(std::string(walk.TakeHex()));
  text = {};
  return true;
}

void Event::AddPageTable(std::string_view walk) {
  constexpr int kMost = 8;
  if (record_.fault().page_table_size() >= kMost) return;
  record_.mutable_fault()->add_page_table(std::string(grammar::Trim(walk)));
}

// do_page_fault() of i386 until 2.6.24: what is left of the place where a page ate the brackets.
bool Event::TakeEip(std::string_view& text) {
  Cursor cursor(text);
  const std::string_view hex = cursor.TakeHex();
  if (hex.size() != 8 || grammar::IsLetter(cursor.Peek())) return false;
  if (!record_.has_ip()) record_.mutable_ip()->set_address(std::string(hex));
  text = cursor.rest();
  return true;
}

void Event::OnPrintingEip(std::string_view& text, const log::LogLine& line) {
  text = grammar::TrimLeft(text);
  if (!TakeEip(text)) place_line_ = line.order;
}

// The place of the fault on a line of its own, behind one that only announced it: "RIP:", "RIP
// 10:<ffff..>".
bool Event::TakePlaceAlone(std::string_view& text, const log::LogLine& line) {
  if (place_line_ == 0 || line.order != place_line_ + 1) return false;
  std::string_view rest = grammar::TrimLeft(text);
  bool braced = rest.starts_with('{');
  if (braced) rest.remove_prefix(1);
  grammar::Frame place;
  if (std::string_view eip = rest; TakeEip(eip)) {
    text = eip;
    return true;
  }
  if (braced) {
    std::optional<grammar::Symbol> symbol = grammar::TakeSymbol(rest, grammar::Offset::kRequired);
    if (!symbol || !rest.starts_with('}')) return false;
    rest.remove_prefix(1);
    place.symbol = *symbol;
  } else {
    std::optional<grammar::Frame> frame = grammar::TakeFrame(rest);
    if (!frame) return false;
    place = *frame;
    NoteArch(place.arch);
  }
  if (place.symbol.function.empty()) return false;
  if (stacks_.owner() == Owner::kOwn && record_.ip().function().empty()) {
    SetLocation(place.symbol, place.address, *record_.mutable_ip());
  }
  text = rest;
  return true;
}

// A row of a memory dump: "ffff8800 ..." or "5e60: 00000008 bf000590".
bool Event::TakeWords(std::string_view& text, const log::LogLine& line) {
  constexpr uint64_t kMaxGap = 16;  // lines of other messages between two rows
  if (words_line_ == 0 || line.order > words_line_ + kMaxGap) return false;
  std::string_view rest = text;
  for (int words = 0;; ++words) {
    rest = grammar::TrimLeft(rest);
    Cursor cursor(rest);
    std::string_view word = cursor.TakeWhile(grammar::IsHex);
    bool label = words == 0 && word.size() >= 4 && cursor.Take(':');
    bool end = !label && word.size() != 8 && word.size() != 16;
    // A wrap, or another CPU's message in the midst of the row, leaves single words.
    bool alone = words == 1 && grammar::Trim(rest).empty();
    if (words == 0 && rest == "...") {
      words_line_ = line.order;
      text = {};
      return true;
    }
    if (end && words < 2 && !alone) return false;
    if (end) break;
    rest = cursor.rest();
  }
  words_line_ = word_row_ = line.order;
  text = rest;
  return true;
}

// print_hex_dump() right behind a headline: "00000010: 0c 00 00 00 03 00 00 00  ........"
bool Event::TakeHexDump(std::string_view& text, const log::LogLine& line) {
  if (phase_ != Phase::kHeader || line.order != last_order + 1) return false;
  Cursor cursor(grammar::TrimLeft(text));
  if (cursor.TakeHex().size() != 8 || !cursor.Take(": ")) return false;
  if (cursor.TakeHex().size() != 2 || !cursor.Take(' ') || cursor.TakeHex().size() != 2)
    return false;
  text = {};
  return true;
}

bool Event::TakeContinuation(std::string_view& text, const log::LogLine& line) {
  bool next_to_modules = modules_line_ > 0 && line.order <= modules_line_ + 1;
  bool next_to_code = code_line_ > 0 && line.order == code_line_ + 1 && !line.kernel_prefix;
  if (!next_to_modules && !next_to_code) return false;
  std::string_view trimmed = grammar::Trim(text);
  std::string_view names =
      trimmed.substr(0, std::min(trimmed.find(" [last unloaded:"), trimmed.size()));
  bool own_line = grammar::MatchBody(trimmed).body != Body::kNone;
  if (next_to_modules && !own_line && names.find_first_of(":=[<,;") == std::string_view::npos) {
    std::vector<std::string_view> words;
    std::string_view rest = names;
    while (!rest.empty()) {
      size_t end = std::min(rest.find(' '), rest.size());
      std::string_view word = rest.substr(0, end);
      std::string_view name = word.substr(0, std::min(word.find('('), word.size()));
      if (!IsModuleName(name)) return false;
      words.push_back(word);
      rest = grammar::TrimLeft(rest.substr(end));
    }
    bool wrapped = !line.kernel_prefix;
    if (wrapped) {
      AddDamage(DAMAGE_WRAPPED, "the module list was wrapped", line);
      module_wraps_.push_back({record_.modules_size(), modules_width_, text.starts_with(' ')});
    }
    OnModules(trimmed, false);
    modules_width_ = WidthOf(line.raw);
    modules_line_ = line.order;
    text = {};
    return true;
  }
  if (next_to_code) {
    std::string_view rest = text;
    std::optional<grammar::CodeBytes> more = grammar::TakeCodeBytes(rest, 1);
    if (more && grammar::Trim(rest).empty() && record_.has_code()) {
      Code* code = record_.mutable_code();
      if (more->trap_index && !code->has_trap_index()) {
        code->set_trap_index(code->bytes().size() / 2 + *more->trap_index);
      }
      code->set_bytes(code->bytes() + more->hex);
      code->mutable_lines()->set_last(line.number);
      code_line_ = line.order;
      AddDamage(DAMAGE_WRAPPED, "the Code: line was wrapped", line);
      text = {};
      return true;
    }
  }
  return false;
}

}  // namespace oops::record
