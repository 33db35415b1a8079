#include "lib/record/foreword.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>

#include "lib/grammar/body.h"
#include "lib/grammar/chars.h"
#include "lib/grammar/frame.h"
#include "lib/grammar/registers.h"
#include "lib/grammar/task_state.h"
#include "lib/record/words.h"

namespace oops::record {
namespace {

using grammar::Body;

constexpr size_t kMostOfHeadline = 12;  // lines
constexpr size_t kMostOfReport = 60;
constexpr int64_t kSameBurst = 100'000;  // microseconds; a serial console takes its time

// Some lines are a report's wherever they stand, others only between those.
enum class Fit { kNo, kBetween, kYes };

// "bd60: c7d1bd8c c7d1bd70 c01a2b24": a row of the stack.
bool IsWordRow(std::string_view text) {
  constexpr size_t kWord = 8;  // digits
  constexpr int kLeast = 3;
  grammar::Cursor cursor(text);
  int words = 0;
  while (!grammar::Trim(cursor.rest()).empty()) {
    cursor.SkipBlanks();
    const size_t digits = cursor.TakeHex().size();
    const bool label = words == 0 && digits == kWord / 2 && cursor.Take(':');
    if (!label && digits != kWord && digits != 2 * kWord) return false;
    ++words;
  }
  return words >= kLeast;
}

Fit FitOfRegisters(std::string_view text) {
  std::vector<grammar::RegisterValue> values;
  text = grammar::TrimLeft(text);
  if (!grammar::TakeRegisters(text, values)) return Fit::kNo;
  return values.size() > 1 ? Fit::kYes : Fit::kBetween;
}

bool IsFrame(std::string_view text) {
  while (grammar::TakeStackMark(text)) {
  }
  return grammar::Trim(text).empty() || grammar::TakeFrame(text).has_value();
}

// A report with its trace.
bool IsWhole(Foreword what) { return what == Foreword::kOfEnd || what == Foreword::kOfSummary; }

Fit FitOfReport(Foreword what, std::string_view text) {
  switch (grammar::MatchBody(text).body) {
    case Body::kTaskState:
    case Body::kWorkqueue:
    case Body::kWho:
    case Body::kHardware:
    case Body::kKernelLine:
    case Body::kModules:
    case Body::kIp:
    case Body::kLinkRegister:
    case Body::kRip:
    case Body::kTaskPointers:
    case Body::kProcess:
    case Body::kTaskOf:
    case Body::kHungTaskNote:
      return Fit::kYes;
    case Body::kBelongs:
      // show_regs() of arc begins with it
      return grammar::TrimLeft(text).starts_with("Path: ") ? Fit::kYes : Fit::kBetween;
    case Body::kDieWord:
      return grammar::Trim(grammar::MatchBody(text).rest).empty() ? Fit::kYes : Fit::kNo;
    case Body::kStackDump:
    case Body::kFramePointers:
    case Body::kOopsEnd:
    case Body::kPrintingEip:
    case Body::kPreemptCount:
    case Body::kAccessError:
    case Body::kSystemRegister:
    case Body::kPageTable:
    case Body::kTaintBehind:
    case Body::kCpuAlone:
      return Fit::kBetween;
    case Body::kTrace:
    case Body::kCode:
    case Body::kCodeDump:
      return IsWhole(what) ? Fit::kYes : Fit::kNo;
    case Body::kEndTrace:
      return what == Foreword::kOfSummary ? Fit::kYes : Fit::kNo;
    case Body::kNone:
      break;
    default:
      return Fit::kNo;
  }
  const std::string_view trimmed = grammar::Trim(text);
  if (trimmed.empty() || trimmed == "..." || IsWordRow(text)) return Fit::kBetween;
  if (grammar::ParseOldTaskState(text)) return Fit::kYes;
  if (IsWhole(what) && IsFrame(text)) return Fit::kYes;
  return FitOfRegisters(text);
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

Fit FitOf(Foreword what, std::string_view text) {
  const auto fits = [](bool yes) { return yes ? Fit::kYes : Fit::kNo; };
  const Body body = grammar::MatchBody(text).body;
  switch (what) {
    case Foreword::kOfFault:
      return fits(body == Body::kFaultForeword);
    case Foreword::kOfMessage:
      if (body == Body::kRule) return Fit::kBetween;
      return fits(body == Body::kPreface || body == Body::kOverwritten);
    case Foreword::kOfOops:
      return fits(IsOfFault(body) || IsPageTableWalk(text));
    case Foreword::kOfAssertion:
      return fits(body == Body::kAssertion);
    case Foreword::kOfRegisters:
      return fits(body == Body::kNone && IsFrame(text));
    case Foreword::kOfTrace:
    case Foreword::kOfEnd:
    case Foreword::kOfSummary:
      break;
  }
  return FitOfReport(what, text);
}

// May the nearest line be so?
bool FitsLast(Foreword what, std::string_view text) {
  if (what == Foreword::kOfRegisters) return !grammar::Trim(text).empty();
  return what != Foreword::kOfSummary || grammar::MatchBody(text).body == Body::kEndTrace;
}

size_t Most(Foreword what) {
  return what == Foreword::kOfTrace || what == Foreword::kOfRegisters || IsWhole(what)
             ? kMostOfReport
             : kMostOfHeadline;
}

// Where something happened: __die() of x86 ends with it, "RIP  [<ffffffff81234567>] f+0x1/0x2",
// arm64's with what was executed, "Code: f9400261 (f9400262)"; and what else could have put a trace
// of addresses there?
bool TellsPlace(std::string_view text) {
  const Body body = grammar::MatchBody(text).body;
  if (body == Body::kCode) return true;
  if (body == Body::kRip) return text.find("+0x") != text.npos;
  const std::optional<grammar::Frame> frame = grammar::TakeFrame(text);
  return frame && (frame->addressed || !frame->caller.empty());
}

bool SameBurst(const log::LogLine& before, const log::LogLine& behind) {
  if (before.foreign || before.caller != behind.caller) return false;
  // What is kept of a transport's records is their text.
  if (before.kernel_prefix && !behind.kernel_prefix) return false;
  if (before.monotonic_us.has_value() != behind.monotonic_us.has_value()) return false;
  return !behind.monotonic_us || (*before.monotonic_us <= *behind.monotonic_us &&
                                  *behind.monotonic_us - *before.monotonic_us <= kSameBurst);
}

void BeginAt(const log::LogLine& before, Event& event) {
  event.Touch(before);
  Source& source = *event.record().mutable_source();
  if (before.monotonic_us && source.monotonic_us() > *before.monotonic_us)
    source.set_monotonic_us(*before.monotonic_us);
}

}  // namespace

std::vector<std::string> FindForeword(Foreword what, uint64_t most, const log::LogLine& first,
                                      const LookBack& look_back, log::LineFramer& framer) {
  // A container's record may hold several lines.
  most = std::min<uint64_t>({most, first.number - 1, first.order, Most(what)});
  std::vector<std::string> lines;
  size_t sure = 0;
  bool place = what != Foreword::kOfEnd;
  log::LogLine behind = first;
  look_back([&](std::string_view raw) {
    if (lines.size() >= most) return false;
    const log::LogLine before = framer.Frame(raw, 0, 0, 0);
    const bool blank = grammar::Trim(before.text).empty() && !before.kernel_prefix;
    const Fit fit = blank || SameBurst(before, behind) ? FitOf(what, before.text) : Fit::kNo;
    if (fit == Fit::kNo || (lines.empty() && !FitsLast(what, before.text))) return false;
    if (!blank) behind.monotonic_us = before.monotonic_us;
    lines.emplace_back(raw);
    if (fit == Fit::kYes) sure = lines.size();
    place = place || TellsPlace(before.text);
    return true;
  });
  lines.resize(place ? sure : 0);
  return lines;
}

void TakeForeword(std::vector<std::string> lines, const log::LogLine& first,
                  log::LineFramer& framer, Event& event) {
  uint64_t number = first.number - lines.size();
  uint64_t order = first.order - lines.size();
  uint64_t begin = first.begin;
  for (const std::string& raw : lines) begin -= std::min<uint64_t>(begin, raw.size() + 1);
  for (; !lines.empty(); lines.pop_back()) {
    const uint64_t end = begin + lines.back().size() + 1;
    log::LogLine before = framer.Frame(lines.back(), number++, begin, end);
    before.order = order++;
    std::string_view text = before.text;
    bool taken = false;
    while (!text.empty() && event.Take(text, before)) taken = true;
    if (taken) BeginAt(before, event);
    begin = end;
  }
  event.Touch(first);
}

}  // namespace oops::record
