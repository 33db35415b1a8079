// What opens an event, and whose a headline is.
#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lib/grammar/body.h"
#include "lib/grammar/chars.h"
#include "lib/grammar/cut_headline.h"
#include "lib/record/assembler.h"
#include "lib/record/belonging.h"
#include "lib/record/foreword.h"

namespace oops::record {
namespace {

using grammar::Body;
using grammar::Join;

// A blank line behind a paragraph of prose: what comes indented then may be an example.
bool IsQuotation(const Assembler::LookBack& look_back) {
  constexpr int kWords = 8;
  int number = 0;
  bool prose = false;
  look_back([&](std::string_view raw) {
    if (++number == 1) return grammar::Trim(raw).empty();
    bool indented = raw.empty() || !grammar::IsLetter(raw.front());
    prose = !indented && std::count(raw.begin(), raw.end(), ' ') >= kWords &&
            raw.find_first_of("[]+=<>") == std::string_view::npos;
    return false;
  });
  return prose;
}

bool AnyEvent(const Event&) { return true; }

// These reports stand between lines of '='.
bool BeginsWithRule(Kind kind) {
  switch (kind) {
    case KIND_KASAN:
    case KIND_KFENCE:
    case KIND_KMSAN:
    case KIND_KCSAN:
    case KIND_UBSAN:
    case KIND_LOCKDEP:
    case KIND_RCU_WARNING:
    case KIND_SLAB_CORRUPTION:
      return true;
    default:
      return false;
  }
}

// What may stand before it, the likeliest first.
std::vector<Foreword> ForewordsOf(const grammar::Headline& row) {
  std::vector<Foreword> forewords;
  if (row.damage == DAMAGE_NO_HEADLINE) forewords.push_back(Foreword::kOfOops);
  if (row.join == grammar::Join::kDetail) forewords.push_back(Foreword::kOfTrace);
  if (row.kind == KIND_PAGE_FAULT || row.kind == KIND_NULL_DEREF)
    forewords.push_back(Foreword::kOfFault);
  if (row.kind == KIND_KERNEL_BUG) forewords.push_back(Foreword::kOfAssertion);
  constexpr std::array kWithMessage = {KIND_STACK_OVERFLOW, KIND_SLAB_CORRUPTION, KIND_PANIC,
                                       KIND_OOPS_OTHER, KIND_OTHER};
  if (std::find(kWithMessage.begin(), kWithMessage.end(), row.kind) != kWithMessage.end())
    forewords.push_back(Foreword::kOfMessage);
  return forewords;
}

// What exceptions and watchdogs say, without "cut here" before it.
bool TellsOfFault(Kind kind) {
  switch (kind) {
    case KIND_NULL_DEREF:
    case KIND_PAGE_FAULT:
    case KIND_GPF:
    case KIND_SOFT_LOCKUP:
    case KIND_HARD_LOCKUP:
    case KIND_HUNG_TASK:
    case KIND_RCU_STALL:
      return true;
    default:
      return false;
  }
}

// arm has a mark of its own before all that it says.
bool MayFollow(const grammar::Headline& cut, const grammar::Headline& row) {
  return !cut.arch.empty() || !TellsOfFault(row.kind);
}

bool IsRule(std::string_view text) {
  constexpr size_t kShortest = 20;  // lockdep's are as long as its headlines
  text = grammar::Trim(text);
  return text.size() >= kShortest && text.find_first_not_of('=') == std::string_view::npos;
}

}  // namespace

void Assembler::RememberLineBefore(Event& event, const log::LogLine& line,
                                   const LookBack& look_back) {
  constexpr int64_t kSameBurst = 1000;  // microseconds
  look_back([&](std::string_view raw) {
    log::LogLine before = look_back_framer_.Frame(raw, line.number - 1, 0, 0);
    bool same_burst = before.monotonic_us && line.monotonic_us && !before.foreign &&
                      *line.monotonic_us - *before.monotonic_us <= kSameBurst &&
                      before.caller == line.caller;
    std::string_view other = before.text;  // a frame is another report's, which this one interrupts
    bool words = same_burst && grammar::MatchBody(before.text).body == Body::kNone &&
                 !grammar::TakeFrame(other);
    if (words) event.SetWordsBefore(grammar::Trim(before.text), raw.size() + 1);
    return false;
  });
}

void Assembler::TakeRuleBefore(Event& event, const log::LogLine& line, const LookBack& look_back) {
  if (!BeginsWithRule(event.record().kind()) || unwrapper_.joined()) return;
  look_back([&](std::string_view raw) {
    const log::LogLine before = look_back_framer_.Frame(raw, line.number - 1, 0, 0);
    const bool same_form = before.kernel_prefix == line.kernel_prefix && !before.foreign;
    if (same_form && IsRule(before.text)) event.BeginBefore(1, raw.size() + 1);
    return false;
  });
}

void Assembler::LastLine(const log::LogLine& place, const LookBack& look_back) {
  std::string raw;
  look_back([&raw](std::string_view last) {
    raw = last;
    return false;
  });
  log::LogLine line = look_back_framer_.Frame(raw, place.number, place.begin, place.end);
  line.order = place.order;
  line.last_number = place.number;
  if (line.foreign || line.from_user_space) return;
  const std::optional<grammar::HeadlineMatch> match = grammar::MatchCutHeadline(line.text);
  if (!match) return;
  Event& event = Open(line, [](const auto&) {});
  event.AddHeadline(*match, grammar::Trim(line.text), line);
  event.record().set_severity(grammar::LeastSeverity(line.text));
}

void Assembler::LastLineOfBoot(const log::LogLine& banner, const LookBack& look_back) {
  if (banner.number < 2 || banner.order < 2) return;
  log::LogLine place;
  place.number = banner.number - 1;
  place.order = banner.order - 1;
  place.end = banner.begin;
  look_back([&](std::string_view raw) {
    place.begin = place.end - std::min<uint64_t>(place.end, raw.size() + 1);
    return false;
  });
  LastLine(place, look_back);
}

// How many there are right before it.
uint64_t Assembler::LinesNobodyHas(const log::LogLine& line) const {
  uint64_t next = emitted_order_;
  for (const auto& event : events_) next = std::max(next, event->last_order);
  if (next > 0 || !events_.empty()) ++next;
  return line.order - std::min(line.order, next);
}

// What is left of a report whose beginning is lost; nothing if it is the rest of an event's.
std::vector<std::string> Assembler::LostReportBefore(Foreword what, const log::LogLine& line,
                                                     const LookBack& look_back) {
  const uint64_t free = LinesNobodyHas(line);
  std::vector<std::string> lines = FindForeword(what, free, line, look_back, look_back_framer_);
  if (lines.size() == free && free < line.order) lines.clear();
  return lines;
}

// The same before a line with registers.
std::vector<std::string> Assembler::RestBefore(const log::LogLine& line,
                                               const LookBack& look_back) {
  std::vector<std::string> lines = LostReportBefore(Foreword::kOfSummary, line, look_back);
  return lines.empty() ? LostReportBefore(Foreword::kOfRegisters, line, look_back) : lines;
}

bool Assembler::OpenByBody(std::string_view text, const log::LogLine& line,
                           const LookBack& look_back) {
  grammar::BodyMatch body = grammar::MatchBody(text);
  switch (body.body) {
    case Body::kCrashPid: {
      if (!ParseCrashPid(text)) return false;
      Event* session = Latest(line, IsSession);
      if (session) {
        Reopen(*session);
      } else {
        session = &Open(line, look_back);
      }
      session->Touch(line);
      CrashSessionReader(*session).TakePidLine(text, line);
      return true;
    }
    case Body::kCrashBanner: {
      bool begins = body.rest.empty() || text.find("DUMPFILE:") != std::string_view::npos ||
                    text.find("PANIC:") != std::string_view::npos;
      if (!begins) return false;
      Event& session = Open(line, look_back);
      CrashSessionReader(session).TakeBannerLine(text);
      // "KERNEL: vmlinux" before it says nothing that only a session has.
      look_back([&](std::string_view raw) {
        if (grammar::MatchBody(raw).body != Body::kCrashBanner) return false;
        session.BeginBefore(1, raw.size() + 1);
        return false;
      });
      return true;
    }
    case Body::kNmiBacktrace: {
      Event* event = Latest(line, CanHaveBacktraces);
      if (event) {
        Reopen(*event);
        if (!line.caller.empty()) event->callers.emplace_back(line.caller);
      } else {
        event = &Open(line, look_back);
      }
      std::string_view rest = text;
      event->Take(rest, line);
      event->Touch(line);
      return true;
    }
    case Body::kTrace:
    case Body::kRip: {
      if (line.without_anchor) return false;  // nobody would have seen it but for the line before
      std::vector<std::string> lines;
      if (body.body == Body::kRip) lines = RestBefore(line, look_back);
      const bool rest_before = !lines.empty();
      // A jump to nowhere has no name: "RIP: 0010:0x0".
      bool whole = rest_before || body.body == Body::kTrace || body.rest.starts_with("0x") ||
                   body.rest.find("+0x") != std::string_view::npos;
      if (!whole || !line.kernel_prefix) {
        // Without a stamp only a line of its own is believed.
        if (!whole || grammar::Trim(body.rest).size() > 160) return false;
      }
      const uint64_t free = LinesNobodyHas(line);
      Event& event = Open(line, look_back);
      if (rest_before) {
        event.stacks().OpenTrace();
      } else {
        lines = FindForeword(Foreword::kOfTrace, free, line, look_back, look_back_framer_);
      }
      TakeForeword(std::move(lines), line, look_back_framer_, event);
      std::string_view rest = text;
      while (!rest.empty() && event.Take(rest, line)) {
      }
      return true;
    }
    case Body::kEndTrace: {
      // arm marks its traces with words that are too common to be searched for, or with none.
      std::vector<std::string> lines = LostReportBefore(Foreword::kOfEnd, line, look_back);
      if (lines.empty()) return false;
      Event& event = Open(line, look_back);
      event.stacks().OpenTrace();
      TakeForeword(std::move(lines), line, look_back_framer_, event);
      std::string_view rest = text;
      event.Take(rest, line);
      event.Touch(line);
      return true;
    }
    case Body::kSysRq:
      for (const auto& event : events_) Close(*event);
      return true;
    case Body::kTail: {
      Event* event = Latest(line, AnyEvent);
      if (event) event->Touch(line);
      return event != nullptr;
    }
    default:
      return false;
  }
}

void Assembler::LearnPrefix(std::string_view text, size_t begin, const log::LogLine& line) {
  if (line.behind_learned || text.data() != line.text.data()) return;
  prefix_.Learn(text.substr(0, begin));
}

bool Assembler::HasPrefixOfLineBefore(const LookBack& look_back) {
  bool same = false;
  look_back([&](std::string_view raw) {
    const log::LogLine before = look_back_framer_.Frame(raw, 0, 0, 0);
    same = !before.kernel_prefix && !before.foreign && prefix_.Strip(before.text).has_value();
    return false;
  });
  return same;
}

// Of a headline that a terminal and the log have, the log's counts, whichever comes first.
bool Assembler::IsWallCopy(const log::LogLine& line) {
  if (IsOnWall(line)) return told_.Has(line);
  told_.Remember(line);
  auto copy = std::find_if(events_.begin(), events_.end(), [&](const auto& event) {
    const CrashRecord& record = event->record();
    return event->on_wall && line.monotonic_us &&
           record.source().monotonic_us() == *line.monotonic_us && record.headline() == line.text;
  });
  if (copy != events_.end()) Drop(**copy);
  return false;
}

void Assembler::Drop(Event& event) {
  Close(event);
  pool_.Give(std::move(event.record()));
  std::erase_if(events_, [&event](const auto& one) { return one.get() == &event; });
}

void Assembler::OnHeadline(const grammar::HeadlineMatch& match, std::string_view text,
                           const log::LogLine& line, const LookBack& look_back) {
  if (IsWallCopy(line)) return;
  const grammar::Headline& row = *match.row;
  Event* event = OpenEventFor(line);
  if (event && IsOfLaterBoot(*event, line)) {
    Close(*event);
    event = nullptr;
  }
  if (event && row.join == Join::kDetail) {  // "Oops: 0002 [#1]" of what another CPU interrupted
    const auto resumed = std::find_if(events_.begin(), events_.end(), [](const auto& one) {
      return one->resumed && one->life == Life::kOpen && one->phase() == Phase::kHeader;
    });
    if (resumed != events_.end()) event = resumed->get();
  }
  if (event && event->only_cut_here() && !MayFollow(*event->cut_here(), row)) {
    Drop(*event);  // another CPU's report: whose "cut here" that was comes next, if ever
    event = OpenEventFor(line);
  }
  bool behind_text = !match.at_start;
  // A letter or digit right before it: the line end between two messages was lost. A blank: perhaps
  // prose.
  bool glued = behind_text && grammar::IsSymbolChar(text[match.begin - 1]);
  const bool unknown = behind_text && !glued && !line.kernel_prefix;
  // The line itself has what is learned from it; so must another one.
  if (unknown) LearnPrefix(text, match.begin, line);
  const bool marked = LearnedPrefix::IsMark(text.substr(0, match.begin));
  if (unknown && !marked && row.join != Join::kNew && !HasPrefixOfLineBefore(look_back)) return;
  switch (row.join) {
    case Join::kCut: {
      bool text_before = event && event->phase() == Phase::kHeader && event->row() &&
                         event->row()->join == Join::kText && line.order <= event->last_order + 3;
      if (!text_before && !(event && AwaitsWarning(*event))) {
        event = &Open(line, look_back);
        RememberLineBefore(*event, line, look_back);
      }
      event->AddCutHere(row, line);
      return;
    }
    case Join::kPanic: {
      bool headless = event && !event->row() && !event->in_session() && event->strangers == 0;
      if (headless) {  // "cut here", or a trace that was printed before the panic
        event->AddHeadline(match, text, line);
        return;
      }
      Event* cause = event && CanPanic(*event) ? event : Latest(line, CanPanic);
      if (cause && !IsTooLong(*cause) && Explains(*cause, row, text.substr(match.begin))) {
        Reopen(*cause);
        cause->AddPanic(match, line);
        CloseIfTooLong(*cause, line);
        return;
      }
      break;
    }
    default:
      if (event && !Paused(*event, line) && !IsAnotherTime(*event, line) &&
          (event->only_cut_here() || Joins(match, text, *event))) {
        event->AddHeadline(match, text, line);
        if (match.at_start) event->provisional = false;
        if (glued) event->AddDamage(DAMAGE_JOINED, "line ends were lost", line);
        CloseIfTooLong(*event, line);
        return;
      }
  }
  if (row.kind == KIND_OOM_KILL && row.join == Join::kDetail) {
    if (Event* killer = Latest(line, AwaitsVictim)) {
      Reopen(*killer);
      killer->AddHeadline(match, text, line);
      return;
    }
  }
  const uint64_t free = LinesNobodyHas(line);
  Event& opened = Open(line, look_back);
  // Of such messages the report tells where, if there is one.
  bool vague = row.title.find("{f}") != std::string_view::npos && match.Capture("func").empty();
  bool quoted =
      vague && match.begin > 0 && match.at_start && !line.kernel_prefix && IsQuotation(look_back);
  opened.provisional = (behind_text && !glued) || line.behind_learned || quoted;
  bool foreword = false;
  for (const Foreword what : ForewordsOf(row)) {
    std::vector<std::string> lines = FindForeword(what, free, line, look_back, look_back_framer_);
    foreword = !lines.empty();
    if (!foreword) continue;
    TakeForeword(std::move(lines), line, look_back_framer_, opened);
    break;
  }
  opened.AddHeadline(match, text, line);
  if (free > 0 && !foreword) TakeRuleBefore(opened, line, look_back);
  if (glued) opened.AddDamage(DAMAGE_JOINED, "line ends were lost", line);
}

}  // namespace oops::record
