#include "lib/record/foreword.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "lib/grammar/body.h"
#include "lib/grammar/chars.h"
#include "lib/grammar/task_state.h"
#include "lib/record/words.h"

namespace oops::record {
namespace {

using grammar::Body;

constexpr size_t kMostLines = 8;
constexpr int64_t kSameBurst = 100'000;  // microseconds; a serial console takes its time

bool Fits(Foreword what, std::string_view text) {
  const Body body = grammar::MatchBody(text).body;
  if (what == Foreword::kOfFault) return body == Body::kFaultForeword;
  switch (body) {
    case Body::kTaskState:
    case Body::kWorkqueue:
    // dump_stack_print_info() and show_regs(); the words of the stack stood behind them until 4.9
    case Body::kModules:
    case Body::kWho:
    case Body::kHardware:
    case Body::kBelongs:
      return true;
    case Body::kNone:
      return grammar::Trim(text).empty() || grammar::ParseOldTaskState(text) || AreStackWords(text);
    default:
      return false;
  }
}

bool SameBurst(const log::LogLine& before, const log::LogLine& first) {
  if (before.foreign || before.caller != first.caller) return false;
  if (before.monotonic_us.has_value() != first.monotonic_us.has_value()) return false;
  return !first.monotonic_us || (*before.monotonic_us <= *first.monotonic_us &&
                                 *first.monotonic_us - *before.monotonic_us <= kSameBurst);
}

}  // namespace

void TakeForeword(Foreword what, const log::LogLine& first, const LookBack& look_back,
                  log::LineFramer& framer, Event& event) {
  std::vector<std::string> lines;  // nearest first
  look_back([&](std::string_view raw) {
    const log::LogLine before = framer.Frame(raw, 0, 0, 0);
    if (!SameBurst(before, first) || !Fits(what, before.text)) return false;
    lines.emplace_back(raw);
    return lines.size() < kMostLines;
  });
  // A container's record may hold several lines.
  const uint64_t back = std::min<uint64_t>({lines.size(), first.number - 1, first.order});
  uint64_t number = first.number - back;
  uint64_t order = first.order - back;
  uint64_t begin = first.begin;
  for (const std::string& raw : lines) begin -= std::min<uint64_t>(begin, raw.size() + 1);
  for (; !lines.empty(); lines.pop_back()) {
    const uint64_t end = begin + lines.back().size() + 1;
    log::LogLine before = framer.Frame(lines.back(), number, begin, end);
    before.order = order;
    if (number < first.number) ++number;
    if (order < first.order) ++order;
    std::string_view text = before.text;
    if (event.Take(text, before)) event.Touch(before);
    begin = end;
  }
}

}  // namespace oops::record
