#include "lib/record/assembler.h"

#include <algorithm>
#include <utility>

#include "lib/grammar/anchors.h"
#include "lib/grammar/body.h"
#include "lib/grammar/chars.h"
#include "lib/grammar/frame.h"
#include "lib/grammar/headline.h"
#include "lib/grammar/kernel_id.h"
#include "lib/record/belonging.h"
#include "lib/record/interruption.h"
#include "lib/record/joined_lines.h"
#include "lib/record/words.h"

namespace oops::record {
namespace {

using grammar::Body;

constexpr int kMaxStrangers = 25;   // lines in a row that fit nothing
constexpr int kMaxUnstamped = 400;  // the same, of lines without a prefix between lines with one
constexpr int kMaxStrangersAfterEnd = 4;
constexpr int kMaxStrangersAfterCut = 8;
constexpr uint64_t kSealLines = 2000;
constexpr uint64_t kSealBytes = 1 << 20;
constexpr int64_t kSealMicros = 60'000'000;
constexpr uint64_t kMaxEventLines = 20'000;
constexpr uint64_t kMaxEventBytes = 4 << 20;
constexpr size_t kMaxEvents = 16;
constexpr int kMaxOpen = 4;
constexpr std::string_view kMixed = "lines of two reports were mixed";
constexpr int kMaxTokensInLine = 4096;

// Lines that hold a headline's words but are none.
bool NeverHeadline(Body body) {
  switch (body) {
    case Body::kEndPanic:
    case Body::kEndTrace:
    case Body::kCrashBanner:
    case Body::kCrashPid:
    case Body::kCrashPrompt:
    case Body::kBanner:
      return true;
    default:
      return false;
  }
}

// Kernels until 2.6.28 printed a level in the midst of a line that had begun without one: "
// <0>Kernel panic".
std::string_view WithoutLevel(std::string_view text) {
  std::string_view trimmed = grammar::TrimLeft(text);
  bool level = trimmed.size() > 3 && trimmed[0] == '<' && trimmed[1] >= '0' && trimmed[1] <= '7' &&
               trimmed[2] == '>';
  return level ? trimmed.substr(3) : text;
}

// "[] ? plover_wait+0x6c/0x90": a web page took "<ffffffffa01b04d6>" for a tag.
bool LostBrackets(std::string_view text) {
  const size_t at = text.find("[] ");
  if (at == std::string_view::npos) return false;
  const bool behind_segment = at > 0 && text[at - 1] == ':';  // "EIP:    0060:[]    Tainted: P"
  return behind_segment || text.find("+0x", at) != std::string_view::npos;
}

// What a wrap can leave behind the words that a row needs: nothing, or the beginning of " at
// virtual address ".
bool MayEndInWrap(std::string_view rest) {
  constexpr size_t kMost = 24;
  auto word = [](char c) { return grammar::IsLetter(c) || grammar::IsBlank(c) || c == ','; };
  return rest.size() <= kMost && std::all_of(rest.begin(), rest.end(), word);
}

}  // namespace

Event* Assembler::OpenEventFor(const log::LogLine& line) {
  Event* newest = nullptr;
  int open = open_;
  for (auto at = events_.rbegin(); open > 0 && at != events_.rend(); ++at) {
    Event& event = **at;
    if (event.life != Life::kOpen) continue;
    --open;
    if (line.caller.empty() || event.callers.empty()) {
      if (!newest) newest = &event;
      if (line.caller.empty()) break;
      continue;
    }
    if (std::find(event.callers.begin(), event.callers.end(), line.caller) != event.callers.end())
      return &event;
  }
  return newest;
}

// The event whose trace another report interrupted, if the line is more of that trace.
Event* Assembler::InterruptedBy(Event& newer, std::string_view text, const log::LogLine& line) {
  for (auto at = events_.rbegin(); at != events_.rend(); ++at) {
    Event& event = **at;
    if (&event == &newer || !event.interrupted || event.life != Life::kOpen) continue;
    switch (ClaimOf(event, newer, text, line)) {
      case Claim::kOver:
        Close(event);
        break;
      case Claim::kNone:
        break;
      case Claim::kItsOwn:
        event.AddDamage(DAMAGE_INTERLEAVED, kMixed, line);
        if (newer.last_line > newer.record().source().lines().first())  // a single line is whole
          newer.AddDamage(DAMAGE_INTERLEAVED, kMixed, line);
        return &event;
    }
  }
  return nullptr;
}

Event* Assembler::Latest(const log::LogLine& line, bool (*fits)(const Event&)) {
  for (auto at = events_.rbegin(); at != events_.rend(); ++at) {
    Event& event = **at;
    const bool close = !IsLaterBy(kSealMicros, event, line) && !IsOfLaterBoot(event, line);
    if (close && fits(event)) return &event;
  }
  return nullptr;
}

Event& Assembler::Open(const log::LogLine& line, const LookBack& look_back) {
  // What is open and has its body makes room: without a caller's id two reports can't be told
  // apart.
  for (auto& event : events_) {
    if (event->life != Life::kOpen) continue;
    event->interrupted = open_ < kMaxOpen && MayGoOn(*event, line);
    if (event->interrupted) continue;
    if (line.caller.empty() || event->callers.empty() || event->callers.front() == line.caller) {
      Close(*event);
    }
  }
  EmitSealed(kMaxEvents - 1);
  if (context_.release.empty() && context_.release_hint.empty()) {
    look_back([&](std::string_view raw) {
      if (look_back_framer_.Frame(raw, 0, 0, 0).kernel_prefix) return true;
      context_.release_hint = grammar::FindReleaseInProse(raw);
      return context_.release_hint.empty();
    });
  }
  events_.push_back(std::make_unique<Event>(line, context_, pool_.Take()));
  if (!line.caller.empty()) events_.back()->callers.emplace_back(line.caller);
  ++open_;
  return *events_.back();
}

void Assembler::Close(Event& event) {
  if (event.life == Life::kClosed) return;
  event.life = Life::kClosed;
  --open_;
}

void Assembler::Reopen(Event& event) {
  if (event.life == Life::kOpen) return;
  event.life = Life::kOpen;
  event.strangers = 0;
  ++open_;
}

// Another program's line doesn't part what stands around it, nor does a blank line if there is one
// behind each line: line ends were doubled.
void Assembler::Number(log::LogLine& line) {
  constexpr int kSpaced = 3;
  if (line.foreign) {
    ++uncounted_;
  } else if (grammar::IsBlankText(line.text)) {
    ++blanks_;
  } else {
    spaced_ = blanks_ == 1 ? spaced_ + 1 : 0;
    if (spaced_ >= kSpaced) ++uncounted_;
    blanks_ = 0;
  }
  line.order -= uncounted_;
}

void Assembler::Line(log::LogLine&& line, const LookBack& look_back) {
  if (!line.kernel_prefix && !line.foreign) {
    const std::optional<std::string_view> text = prefix_.Strip(line.text);
    line.behind_learned = text.has_value();
    if (text) line.text = *text;
  }
  if (echo_.Repeats(line)) {
    if (unwrapper_.holds()) ReadHeld(look_back);
    log::LogLine again = line;
    again.order -= ++uncounted_;
    Event* event = OpenEventFor(line);
    if (event && event->TakeEcho(again)) return;
    --uncounted_;
  }
  Number(line);
  if (unwrapper_.holds()) {
    bool blank = grammar::IsBlankText(line.text);
    if (blank && unwrapper_.SkipBlankLine(line)) return;
    if (!blank && unwrapper_.Append(line)) {
      ++uncounted_;
      return;
    }
    ReadHeld(look_back);
  } else if (open_ == 0 && BeganEarlier(line, look_back)) {
    return;
  }
  const bool may_open = line.kernel_prefix && !line.without_anchor;
  if ((open_ > 0 || may_open) && unwrapper_.Hold(line)) return;
  ReadWhole(line, look_back);
}

// While nothing is open only lines with an anchor come: it may stand in the rest of a line that was
// wrapped.
bool Assembler::BeganEarlier(const log::LogLine& line, const LookBack& look_back) {
  if (line.kernel_prefix || line.without_anchor || line.foreign) return false;
  bool joined = false;
  look_back([&](std::string_view raw) {
    const uint64_t size = raw.size() + 1;
    log::LogLine before = look_back_framer_.Frame(
        raw, line.number - 1, line.begin - std::min(line.begin, size), line.begin);
    before.order = line.order - 1;
    if (!before.kernel_prefix || !unwrapper_.Hold(before)) return false;
    joined = unwrapper_.Append(line);
    if (!joined) unwrapper_.Release();
    return false;
  });
  uncounted_ += joined ? 1 : 0;
  return joined;
}

void Assembler::ReadHeld(const LookBack& look_back) {
  const log::LogLine& line = unwrapper_.Release();
  // The line that let the held one go looks back on that one first.
  LookBack before_held = [&](const std::function<bool(std::string_view)>& visit) {
    int held = unwrapper_.parts();
    look_back([&](std::string_view raw) { return held-- > 0 || visit(raw); });
  };
  ReadWhole(line, before_held);
  if (!unwrapper_.joined()) return;
  uint64_t whole = line.number;
  auto begin_earlier = [&](Lines* lines) {
    if (lines->first() != whole) return;
    lines->set_first(line.first_number);
    lines->set_last(std::max<uint64_t>(lines->last(), line.last_number));
  };
  Event* event = OpenEventFor(line);
  if (!event) return;
  event->AddDamage(DAMAGE_WRAPPED, kBrokenAtColumn, line);
  for (Damage& damage : *event->record().mutable_damage()) begin_earlier(damage.mutable_lines());
  for (Stack& stack : *event->record().mutable_stacks()) begin_earlier(stack.mutable_lines());
  if (event->record().has_code()) begin_earlier(event->record().mutable_code()->mutable_lines());
}

void Assembler::ReadWhole(const log::LogLine& line, const LookBack& look_back) {
  last_line_ = line.number;
  SealOld(line);
  if (grammar::IsBlankText(line.text)) return;
  if (line.foreign) {
    if (Event* event = OpenEventFor(line)) AddStranger(*event, {}, line);
    return;
  }
  std::string_view text = line.text;
  if (!head_.empty() && JoinWrapped(text, line, look_back) && text.empty()) return;
  // A banner is one of the scan's literals, and what is never a headline needs no telling where
  // there can be none.
  grammar::BodyMatch body;
  if (!line.without_anchor) body = grammar::MatchBody(text);
  if (body.body == Body::kBanner) {
    Event* event = OpenEventFor(line);
    const bool of_debugger = event && event->in_xmon() && event->strangers == 0;
    if (of_debugger) {
      event->Touch(line);
    } else {
      if (open_ == 0) LastLineOfBoot(line, look_back);
      SealAll();
    }
    ReadBanner(body.rest, context_);
    return;
  }
  if (std::vector<std::string_view> lines = SplitJoinedLines(text); !lines.empty()) {
    for (std::string_view one : lines) ReadText(one, line, look_back);
    head_.clear();
    if (Event* event = OpenEventFor(line))
      event->AddDamage(DAMAGE_JOINED, "line ends were lost", line);
  } else if (NeverHeadline(body.body)) {
    ReadBody(text, line, look_back);
  } else {
    ReadText(text, line, look_back);
  }
}

void Assembler::ReadText(std::string_view text, const log::LogLine& line,
                         const LookBack& look_back) {
  text = WithoutLevel(text);
  for (int tokens = 0; tokens < kMaxTokensInLine; ++tokens) {
    std::optional<grammar::HeadlineMatch> match;
    if (!line.without_anchor) match = grammar::MatchHeadline(text);
    if (!match) {
      bool anchored = tokens == 0 && !line.without_anchor && text.size() <= kMaxWrapped &&
                      !grammar::RowsWithAnchorIn(text).empty();
      if (anchored) {
        KeepHead(text, line);
      }
      break;
    }
    if (MayEndInWrap(text.substr(match->end)) && text.size() <= kMaxWrapped) {
      KeepHead(text.substr(match->begin), line);
      head_row_ = match->row;
      head_captures_ = match->captures.size();
    }
    std::string_view before = text.substr(0, match->begin);
    if (!grammar::IsBlankText(before)) ReadBody(before, line, look_back);
    OnHeadline(*match, text, line, look_back);
    text.remove_prefix(std::max<size_t>(match->end, 1));
    if (grammar::IsBlankText(text)) return;
    // What stands behind a headline on its own line is its own words, unless another token was
    // glued to it.
    bool glued = match->begin > 0 || grammar::IsLetter(text.front()) || text.front() == '[' ||
                 grammar::MatchBody(text).body != Body::kNone;
    if (!glued) return;
  }
  ReadBody(text, line, look_back);
}

void Assembler::ReadBody(std::string_view text, const log::LogLine& line,
                         const LookBack& look_back) {
  std::string_view whole = text;
  Event* event = OpenEventFor(line);
  if (event && open_ > 1) {
    if (Event* interrupted = InterruptedBy(*event, text, line)) event = interrupted;
  }
  bool quotation = event && event->strangers > 0 && !line.kernel_prefix &&
                   (event->stamped || (event->learned && !line.behind_learned));
  if (event && event->TakeAuthorsLine(text, line)) return AddStranger(*event, {}, line);
  if (event && !quotation) {
    int taken = 0;
    while (!text.empty() && taken < kMaxTokensInLine && event->Take(text, line)) ++taken;
    if (taken > 0) {
      event->Touch(line);
      if (taken > 3 && !IsRowOfAddresses(whole))
        event->AddDamage(DAMAGE_JOINED, "line ends were lost", line);
      if (whole.ends_with("+0x") || whole.ends_with("/0x"))
        event->AddDamage(DAMAGE_TRUNCATED, "a line was cut in its offset", line);
      if (LostBrackets(whole))
        event->AddDamage(DAMAGE_MANGLED, "what stood in angle brackets was lost", line);
      bool remark = grammar::Trim(text).size() > 2 &&
                    text.find_first_not_of("-=<>* \t") != std::string_view::npos;
      if (remark)
        event->AddDamage(DAMAGE_ANNOTATED, "somebody wrote behind the kernel's words", line);
      CloseIfTooLong(*event, line);
      return;
    }
  }
  if (OpenByBody(whole, line, look_back)) return;
  if (event) AddStranger(*event, whole, line);
}

bool Assembler::IsTooLong(const Event& event) {
  const Source& source = event.record().source();
  return event.lines_taken > kMaxEventLines ||
         source.end_byte() - source.first_byte() > kMaxEventBytes;
}

void Assembler::CloseIfTooLong(Event& event, const log::LogLine& line) {
  if (!IsTooLong(event)) return;
  event.AddDamage(DAMAGE_CUT, "the report is longer than this parser reads", line);
  Close(event);
}

void Assembler::AddStranger(Event& event, std::string_view text, const log::LogLine& line) {
  const bool paused = Paused(event, line);
  const bool next_line = line.order == event.last_order + 1;
  if (next_line && grammar::IsInlinedCopy(text)) {
    event.Touch(line);
    return;
  }
  if (MayBeWarnText(event) && next_line && line.kernel_prefix >= event.stamped && !paused &&
      event.strangers < 3 && !text.empty() && !CountsLostMessages(text) && event.AddMessage(text)) {
    event.Touch(line);
    return;
  }
  if (event.stamped && !line.kernel_prefix) {
    // What programs write to the same console doesn't end a report of the kernel's.
    event.strangers = std::max(event.strangers, 1);
    int limit = event.phase() == Phase::kBody ? kMaxUnstamped : kMaxStrangers;
    if (++event.unstamped >= limit) Close(event);
    LookForRelease(line);
    return;
  }
  ++event.strangers;
  LookForRelease(line);
  int limit = event.phase() == Phase::kEnded ? kMaxStrangersAfterEnd
              : event.only_cut_here()        ? kMaxStrangersAfterCut
                                             : kMaxStrangers;
  if (paused || event.strangers >= limit) Close(event);
}

void Assembler::LookForRelease(const log::LogLine& line) {
  if (!line.kernel_prefix && context_.release.empty() && context_.release_hint.empty()) {
    context_.release_hint = grammar::FindReleaseInProse(line.raw);
  }
}

void Assembler::SealOld(const log::LogLine& line) {
  // Whatever fits its form after so long a time is another report's. Looked at once a second.
  const int64_t second = line.monotonic_us.value_or(0) / 1'000'000;
  if (second != sealed_at_) {
    sealed_at_ = second;
    for (auto& event : events_) {
      if (IsLaterBy(kSealMicros, *event, line)) Close(*event);
    }
  }
  while (!events_.empty()) {
    const Event& event = *events_.front();
    if (event.life == Life::kOpen) return;
    bool late = IsLaterBy(kSealMicros, event, line);
    bool far =
        line.order > event.last_order + kSealLines || line.begin > event.last_byte + kSealBytes;
    if (!late && !far) return;
    EmitSealed(events_.size() - 1);
  }
}

void Assembler::EmitSealed(size_t keep) {
  while (events_.size() > keep) {
    std::unique_ptr<Event> event = std::move(events_.front());
    events_.pop_front();
    Close(*event);
    emitted_order_ = std::max(emitted_order_, event->last_order);
    if (event->Finish(context_)) {
      LearnRelease(event->record(), context_);
      callback_(std::move(event->record()));
    } else {
      pool_.Give(std::move(event->record()));
    }
  }
}

void Assembler::SealAll() { EmitSealed(0); }

void Assembler::Tick(int64_t now_us) {
  // Lines that came since the last tick restart the wait.
  if (last_line_ != ticked_line_ || last_tick_us_ == 0) {
    ticked_line_ = last_line_;
    last_tick_us_ = now_us;
    return;
  }
  if (now_us - last_tick_us_ >= kSealMicros) Finish();
}

void Assembler::EndLines(const LookBack& look_back) {
  if (unwrapper_.holds()) ReadHeld(look_back);
}

void Assembler::Finish() {
  EndLines([](const auto&) {});
  SealAll();
}

}  // namespace oops::record
