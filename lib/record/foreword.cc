#include "lib/record/foreword.h"

#include <algorithm>
#include <cstdint>

#include "lib/grammar/body.h"
#include "lib/grammar/chars.h"
#include "lib/grammar/frame.h"
#include "lib/grammar/registers.h"
#include "lib/grammar/task_state.h"
#include "lib/record/words.h"

namespace oops::record {
namespace {

using grammar::Body;

// A serial console takes its time, the more the longer the report is.
struct Bounds {
  size_t lines;
  int64_t microseconds;
};
Bounds BoundsOf(Foreword what) {
  constexpr Bounds kHead = {12, 100'000};  // dump_stack() until 4.9 shows eight rows of the stack
  constexpr Bounds kReport = {60, 2'000'000};
  const bool report =
      what == Foreword::kOfRegisters || what == Foreword::kOfEnd || what == Foreword::kOfSummary;
  return report ? kReport : kHead;
}

bool IsStackRow(std::string_view text) {
  text = grammar::Trim(text);
  const size_t word = std::min(text.find(' '), text.size());
  return (word == 8 || word == 16) && text.find_first_not_of("0123456789abcdef ") == text.npos;
}

bool IsFrame(std::string_view text) {
  while (grammar::TakeStackMark(text)) {
  }
  return grammar::Trim(text).empty() || grammar::TakeFrame(text).has_value();
}

bool IsRegisterRow(std::string_view text) {
  std::vector<grammar::RegisterValue> values;
  return grammar::TakeRegisters(text, values);
}

// __die() of x86 ends with it: "RIP  [<ffffffff81234567>] f+0x1/0x2".
bool TellsPlace(std::string_view text) {
  return grammar::MatchBody(text).body == Body::kRip && text.find("+0x") != text.npos;
}

bool IsOfReport(Body body, std::string_view text) {
  switch (body) {
    case Body::kBelongs:
    case Body::kCode:
    case Body::kEndTrace:
    case Body::kHardware:
    case Body::kModules:
    case Body::kProcess:
    case Body::kRip:
    case Body::kStackDump:
    case Body::kTaskPointers:
    case Body::kTrace:
    case Body::kWho:
    case Body::kWorkqueue:
      return true;
    case Body::kNone:
      return IsFrame(text) || IsRegisterRow(text) || IsStackRow(text);
    default:
      return false;
  }
}

bool IsOfFault(Body body) {
  switch (body) {
    case Body::kAccessFlags:
    case Body::kBelongs:
    case Body::kFailingAddress:
    case Body::kFaultStatus:
    case Body::kIp:
    case Body::kPageFaultDetail:
    case Body::kPageTable:
    case Body::kPageTableKind:
    case Body::kSyndrome:
      return true;
    default:
      return false;
  }
}

bool Fits(Foreword what, std::string_view text) {
  const Body body = grammar::MatchBody(text).body;
  switch (what) {
    case Foreword::kOfRegisters:
      return body == Body::kNone && IsFrame(text);
    case Foreword::kOfEnd:
    case Foreword::kOfSummary:
      return IsOfReport(body, text);
    case Foreword::kOfFault:
      return body == Body::kFaultForeword;
    case Foreword::kOfOops:
      return IsOfFault(body) || IsPageTableWalk(text);
    case Foreword::kOfAssertion:
      return body == Body::kAssertion;
    case Foreword::kOfTrace:
      break;
  }
  switch (body) {
    case Body::kBelongs:
    case Body::kCpuAlone:
    case Body::kHardware:
    case Body::kKernelLine:
    case Body::kModules:
    case Body::kTaskPointers:
    case Body::kTaskState:
    case Body::kWho:
    case Body::kWorkqueue:
      return true;
    default:
      return body == Body::kNone && (grammar::ParseOldTaskState(text) || IsStackRow(text));
  }
}

// May the nearest line be so?
bool FitsLast(Foreword what, std::string_view text) {
  if (what == Foreword::kOfRegisters) return !grammar::Trim(text).empty();
  return what != Foreword::kOfSummary || grammar::MatchBody(text).body == Body::kEndTrace;
}

bool SameBurst(const log::LogLine& before, const log::LogLine& first, int64_t longest) {
  if (before.foreign || before.caller != first.caller) return false;
  if (before.monotonic_us.has_value() != first.monotonic_us.has_value()) return false;
  return !first.monotonic_us || (*before.monotonic_us <= *first.monotonic_us &&
                                 *first.monotonic_us - *before.monotonic_us <= longest);
}

void BeginAt(const log::LogLine& before, Event& event) {
  event.Touch(before);
  Source& source = *event.record().mutable_source();
  if (before.monotonic_us && source.monotonic_us() > *before.monotonic_us)
    source.set_monotonic_us(*before.monotonic_us);
}

}  // namespace

std::vector<std::string> FindForeword(Foreword what, const log::LogLine& first,
                                      const LookBack& look_back, log::LineFramer& framer) {
  const Bounds bounds = BoundsOf(what);
  std::vector<std::string> lines;
  bool place = what != Foreword::kOfEnd;
  look_back([&](std::string_view raw) {
    const log::LogLine before = framer.Frame(raw, 0, 0, 0);
    if (!SameBurst(before, first, bounds.microseconds) || !Fits(what, before.text)) return false;
    if (lines.empty() && !FitsLast(what, before.text)) return false;
    place = place || TellsPlace(before.text);
    lines.emplace_back(raw);
    return lines.size() < bounds.lines;
  });
  if (!place) lines.clear();
  return lines;
}

void TakeForeword(std::vector<std::string> lines, const log::LogLine& first,
                  log::LineFramer& framer, Event& event) {
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
    bool taken = false;
    while (!text.empty() && event.Take(text, before)) taken = true;
    if (taken) BeginAt(before, event);
    begin = end;
  }
}

}  // namespace oops::record
