// What xmon, powerpc's debugger, prints behind its headline: excprint() and xmon_show_stack()
// (arch/powerpc/xmon/xmon.c).
#include <cstdint>
#include <optional>
#include <string>

#include "lib/grammar/chars.h"
#include "lib/grammar/symbol.h"
#include "lib/record/captures.h"
#include "lib/record/event.h"

namespace oops::record {
namespace {

using grammar::Cursor;

// "c0000000001ad6f0: .follow_page_mask+0x90/0x650 [mod]"
std::optional<CodeLocation> TakePlace(std::string_view text) {
  Cursor cursor(grammar::TrimLeft(text));
  const std::string_view address = cursor.TakeHex();
  if (address.size() != 8 && address.size() != 16) return std::nullopt;
  cursor.Take(':');
  std::string_view rest = grammar::TrimLeft(cursor.rest());
  CodeLocation place;
  if (std::optional<grammar::Symbol> symbol = grammar::TakeSymbol(rest, grammar::Offset::kRequired))
    SetLocation(*symbol, address, place);
  place.set_address(std::string(address));
  return place;
}

// "0:mon> t"
bool IsPrompt(std::string_view text) {
  Cursor cursor(text);
  return !cursor.TakeHex().empty() && cursor.Take(":mon>");
}

constexpr std::string_view kLinkRegister = "[link register   ] ";
constexpr std::string_view kRegisters[] = {"sp", "msr", "dar", "dsisr"};
constexpr std::string_view kOthers[] = {"paca ", "enter ? for help", "SP (", "WARNING: exception"};

}  // namespace

bool Event::TakeXmonLine(std::string_view& text, const log::LogLine& line) {
  const std::string_view trimmed = grammar::TrimLeft(text);
  Cursor cursor(trimmed);
  const std::string_view name = cursor.TakeWhile(grammar::IsLetter);
  const bool value = !name.empty() && cursor.Take(": ");
  const bool own = stacks_.owner() == Owner::kOwn && phase_ == Phase::kHeader;
  if (value && (name == "pc" || name == "lr")) {
    std::optional<CodeLocation> place = TakePlace(cursor.rest());
    if (!place) return false;
    NoteArch(place->address().size() == 8 ? "ppc32" : "ppc64");
    if (own) StoreRegister({std::string(name), place->address(), {}, {}}, line);
    if (own && name == "pc" && record_.ip().function().empty()) {
      *record_.mutable_ip() = *std::move(place);
    } else if (own && name == "lr" && !link_) {
      link_ = *std::move(place);
      link_line_ = line.number;
    }
    ++evidence_;
  } else if (value) {
    bool known = false;
    for (std::string_view reg : kRegisters) known |= reg == name;
    const std::string_view hex = cursor.TakeHex();
    if (!known || hex.empty()) return false;
    if (own) StoreRegister({std::string(name), hex, {}, {}}, line);
  } else if (name == "current" || name == "pid") {
    cursor.SkipBlanks();
    if (!cursor.Take("= ")) return false;
    Task* task = record_.mutable_task();
    if (name == "current") {
      cursor.Take("0x");
      if (own) SetTaskAddress(cursor.TakeHex());
    } else {
      const std::optional<int32_t> pid = grammar::ParseInt32(cursor.TakeDigits());
      if (!pid || !cursor.Take(", comm = ")) return false;
      if (own && !task->has_pid()) task->set_pid(*pid);
      if (own && task->comm().empty()) task->set_comm(std::string(grammar::Trim(cursor.rest())));
    }
  } else if (trimmed.starts_with(kLinkRegister)) {
    if (own && !link_) {
      link_ = TakePlace(trimmed.substr(kLinkRegister.size()));
      link_line_ = line.number;
    }
  } else if (!IsPrompt(trimmed)) {
    bool known = false;
    for (std::string_view other : kOthers) known |= trimmed.starts_with(other);
    if (!known) return false;
  }
  text = {};
  return true;
}

}  // namespace oops::record
