#include "lib/record/belonging.h"

#include <optional>

#include "lib/text/wall_clock.h"

namespace oops::record {

using grammar::Join;

bool CountsLostMessages(std::string_view text) {
  return text.ends_with(" messages dropped") || text.ends_with(" messages suppressed.") ||
         text.ends_with(" callbacks suppressed");
}

bool MayBeWarnText(const Event& event) {
  return event.phase() == Phase::kHeader &&
         (event.only_cut_here() ||
          (event.row() != nullptr && event.row()->join == Join::kCarrier &&
           event.record().kind() == KIND_WARNING) ||
          event.record().kind() == KIND_UBSAN);
}

namespace {

// The same again is another report, but a machine check has a line for each bank, and disks and
// memory say of one error several things, or the same for each copy.
bool GoesOn(const grammar::HeadlineMatch& match, std::string_view text, const Event& event) {
  const grammar::Headline& row = *match.row;
  if (row.join == Join::kCarrier || row.kind == KIND_MCE) return true;
  if (row.kind != KIND_FS_ERROR && row.kind != KIND_HARDWARE_ERROR) return false;
  std::string_view free = match.Capture("text");
  size_t end = free.empty() ? match.end : static_cast<size_t>(free.data() - text.data());
  return event.record().headline().starts_with(text.substr(match.begin, end - match.begin));
}

// A count of reports ("kmemleak: 2 new suspected memory leaks") has no place in the code; what has
// one is a report itself.
bool OnlyCounts(const grammar::Headline& first, const grammar::Headline& row) {
  constexpr std::string_view kPlace = "{f}";
  return first.join == Join::kNew && first.severity == SEVERITY_INFO && !first.title.empty() &&
         first.title.find(kPlace) == std::string_view::npos &&
         row.title.find(kPlace) != std::string_view::npos;
}

// __bug() of arm until 3.2 told the place and then wrote to NULL.
bool IsDeathOfBug(const grammar::HeadlineMatch& match, const Event& event) {
  return match.row->kind == KIND_NULL_DEREF && event.record().kind() == KIND_KERNEL_BUG &&
         event.row()->join == Join::kCarrier &&
         match.Capture("addr").find_first_not_of("0x") == std::string_view::npos;
}

// bad_mode() of arm64 shows the registers, and die() again, until 4.12.
bool IsDeathOfBadMode(const grammar::HeadlineMatch& match, const Event& event) {
  return match.row->join == Join::kDetail && event.row() != nullptr &&
         event.row()->name == "arm64-bad-mode" && match.Capture("trap") == "Oops - bad mode" &&
         event.record().stacks_size() == 0;
}

// File systems that fail in the same moment, of disks behind one controller, have a record each.
bool OfAnotherDisk(const grammar::HeadlineMatch& match, const Event& event) {
  if (match.row->kind != KIND_FS_ERROR || event.record().kind() != KIND_FS_ERROR) return false;
  const std::string_view here = match.Capture("device");
  const std::string& there = event.record().device();
  return !here.empty() && !there.empty() && here != there;
}

// The CPU, the firmware, the memory controller and the memory manager each tell of one error.
bool TellsOfSame(Kind one, Kind other) {
  const auto hardware = [](Kind kind) { return kind == KIND_MCE || kind == KIND_HARDWARE_ERROR; };
  return one == other || (hardware(one) && hardware(other));
}

}  // namespace

// Since 6.15 the trace of slub's reports, which object_err() and __slab_err() leave to a warning.
bool AwaitsWarning(const Event& event) {
  return event.row() != nullptr && grammar::Family(event.row()->name) == "slub" &&
         event.phase() != Phase::kEnded && !event.stacks().has_own_frames();
}

bool Joins(const grammar::HeadlineMatch& match, std::string_view text, const Event& event) {
  const grammar::Headline& row = *match.row;
  if (IsDeathOfBadMode(match, event)) return true;
  if (row.kind == KIND_WARNING && AwaitsWarning(event))
    return match.Capture("file").ends_with("mm/slub.c");
  if (event.phase() != Phase::kHeader || event.in_session()) return false;
  if (&row == event.row() && !GoesOn(match, text, event)) return false;
  // Without a headline of its own: what a body line opened isn't what this one begins.
  if (event.row() == nullptr) return event.only_cut_here();
  const grammar::Headline& first = *event.row();
  if (OfAnotherDisk(match, event)) return false;
  switch (row.join) {
    case Join::kDetail:
      return Rank(row) == 0 || (TellsOfSame(row.kind, first.kind) && !OnlyCounts(first, row)) ||
             first.join == Join::kText;
    case Join::kText:
      return first.join == Join::kCarrier || row.kind == first.kind;
    case Join::kCarrier:
      return first.join == Join::kText || first.join == Join::kDetail || event.in_xmon();
    case Join::kNew:
      return IsDeathOfBug(match, event);
    case Join::kPanic:
    case Join::kCut:
      return false;
  }
  return false;
}

bool AwaitsVictim(const Event& event) {
  return event.record().kind() == KIND_OOM_KILL && !event.record().oom().has_total_vm_kb();
}

bool IsSession(const Event& event) { return event.in_session(); }

bool CanPanic(const Event& event) {
  Kind kind = event.record().kind();
  return kind != KIND_USER_FAULT && kind != KIND_BACKTRACE && event.row() != nullptr &&
         !event.in_session();
}

bool Explains(const Event& event, const grammar::Headline& row, std::string_view message) {
  if (event.life == Life::kOpen && event.phase() != Phase::kEnded) return true;
  if (row.kind == event.record().kind()) return true;
  struct Row {
    std::string_view words;
    Severity least;
    Severity most;
  };
  // panic() callers that act on an earlier report, and how bad that report was.
  static constexpr Row kRows[] = {
      {"panic_on_warn", SEVERITY_WARNING, SEVERITY_LOCKUP},
      {"system warned too often", SEVERITY_WARNING, SEVERITY_WARNING},
      {"panic_on_taint", SEVERITY_WARNING, SEVERITY_OOPS},
      {"Fatal exception", SEVERITY_OOPS, SEVERITY_PANIC},
      {"Oops", SEVERITY_OOPS, SEVERITY_OOPS},
      {"Aiee", SEVERITY_OOPS, SEVERITY_OOPS},
      {"Attempted to kill", SEVERITY_OOPS, SEVERITY_OOPS},
      {"lockup", SEVERITY_LOCKUP, SEVERITY_LOCKUP},
      {"LOCKUP", SEVERITY_LOCKUP, SEVERITY_LOCKUP},
      {"hung_task", SEVERITY_LOCKUP, SEVERITY_LOCKUP},
      {"RCU Stall", SEVERITY_LOCKUP, SEVERITY_LOCKUP},
      {"stall", SEVERITY_LOCKUP, SEVERITY_LOCKUP},
      {"Non maskable interrupt", SEVERITY_LOCKUP, SEVERITY_LOCKUP},
      {"deadlocked on memory", SEVERITY_INFO, SEVERITY_INFO},
      {"Out of memory", SEVERITY_INFO, SEVERITY_INFO},
      {"panic set", SEVERITY_WARNING, SEVERITY_OOPS},
      {"machine check", SEVERITY_INFO, SEVERITY_OOPS},
      {"hardware error", SEVERITY_INFO, SEVERITY_OOPS},
  };
  Severity severity = event.record().severity();
  for (const Row& known : kRows) {
    bool fits = severity >= known.least && severity <= known.most;
    if (fits && message.find(known.words) != std::string_view::npos) return true;
  }
  return false;
}

bool IsLaterBy(int64_t micros, const Event& event, const log::LogLine& line) {
  const Source& source = event.record().source();
  return line.monotonic_us && source.has_last_monotonic_us() &&
         *line.monotonic_us - source.last_monotonic_us() > micros;
}

bool IsOfLaterBoot(const Event& event, const log::LogLine& line) {
  constexpr int64_t kMaxSkew = 20'000'000;  // of a hypervisor's clock and its guest's
  const Source& source = event.record().source();
  return line.monotonic_us && source.has_last_monotonic_us() && source.host() == line.host &&
         source.last_monotonic_us() - *line.monotonic_us > kMaxSkew;
}

namespace {

constexpr int64_t kMaxPause = 5'000'000;  // microseconds

}  // namespace

bool Paused(const Event& event, const log::LogLine& line) {
  return IsLaterBy(kMaxPause, event, line);
}

bool IsAnotherTime(const Event& event, const log::LogLine& line) {
  const Kind kind = event.record().kind();
  const bool soft = kind == KIND_FS_ERROR || kind == KIND_HARDWARE_ERROR || kind == KIND_MCE;
  if (!soft || line.monotonic_us || line.wall_time.empty() || event.last_wall_time.empty())
    return false;
  const std::optional<int64_t> passed = text::MicrosBetween(event.last_wall_time, line.wall_time);
  return passed && *passed > kMaxPause;
}

bool CanHaveBacktraces(const Event& event) {
  return !event.in_session() && event.record().kind() != KIND_USER_FAULT;
}

}  // namespace oops::record
