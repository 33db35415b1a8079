// A report's frames, and the marks between them.
#include <optional>
#include <string_view>

#include "lib/grammar/chars.h"
#include "lib/grammar/frame.h"
#include "lib/grammar/symbol.h"
#include "lib/record/event.h"

namespace oops::record {
namespace {

// "i801_isr [i2c_i801] threaded [<..>] i801_thread [i2c_i801]" behind an interrupt handler's
// address: __report_bad_irq(), since 2.6.39, prints the names with %ps, without an offset.
void TakeHandlerName(std::string_view& text, grammar::Symbol& symbol) {
  constexpr std::string_view kThreaded = "threaded [<";
  std::string_view rest = grammar::TrimLeft(text);
  std::optional<grammar::Symbol> name = grammar::TakeSymbol(rest, grammar::Offset::kOptional);
  if (!name || name->function.empty()) return;
  rest = grammar::TrimLeft(rest);
  if (rest.starts_with(kThreaded)) rest.remove_prefix(kThreaded.size() - 2);
  if (!rest.empty() && !rest.starts_with("[<")) return;
  symbol = *name;
  text = rest;
}

}  // namespace

bool Event::TakeFrames(std::string_view& text, const log::LogLine& line) {
  std::string_view rest = text;
  bool taken = false;
  while (std::optional<std::string_view> mark = grammar::TakeStackMark(rest)) {
    stacks_.ApplyMark(*mark);
    block_open_ = false;
    taken = true;
    ++evidence_;
  }
  std::string_view before = rest;
  std::optional<grammar::Frame> frame = grammar::TakeFrame(rest);
  bool arm_call = frame && !frame->caller.empty();
  bool wanted = frame && (frame->addressed || arm_call || stacks_.trace_open()) && !session_.active;
  if (wanted && frame->addressed && frame->symbol.function.empty() && frame->address.size() < 8)
    wanted = false;
  if (frame) NoteArch(frame->arch);
  bool bare = wanted && frame->addressed && frame->symbol.function.empty();
  if (bare && stacks_.owner() == Owner::kExtra) TakeHandlerName(rest, frame->symbol);
  if (wanted) {
    stacks_.AddFrame(*frame, line.number);
    phase_ = Phase::kBody;
    block_open_ = false;
    taken = true;
    ++evidence_;
  } else {
    rest = before;
  }
  if (taken) text = rest;
  return taken;
}

}  // namespace oops::record
