#include "lib/record/unwrap.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "lib/grammar/anchors.h"
#include "lib/grammar/body.h"
#include "lib/grammar/chars.h"
#include "lib/grammar/code_bytes.h"
#include "lib/grammar/frame.h"
#include "lib/grammar/headline.h"
#include "lib/grammar/kernel_id.h"
#include "lib/grammar/registers.h"
#include "lib/record/words.h"

namespace oops::record {
namespace {

using grammar::Body;
using grammar::Cursor;

constexpr int kMaxParts = 6;
constexpr int kMaxPartsByWidth = 48;      // a list of modules is long
constexpr size_t kMaxText = 1024;         // bytes of a line that may be one part of several
constexpr size_t kMaxRest = 200;          // bytes of a rest
constexpr size_t kNarrowest = 40;         // nobody wraps narrower: bytes
constexpr size_t kNarrowestStamped = 20;  // with its stamp: what follows may be a long word
constexpr size_t kNarrowestColumn = 65;   // of mails, where the width is all that tells it

// Nothing but frames, the last with its function and offset or with the address that the kernel
// prints where it knows no name, and marks.
bool WholeFrames(std::string_view text) {
  bool whole = false;
  while (!grammar::Trim(text).empty()) {
    while (grammar::TakeStackMark(text)) whole = true;
    if (whole && grammar::Trim(text).empty()) return true;
    std::optional<grammar::Frame> frame = grammar::TakeFrame(text);
    if (!frame) return false;
    const grammar::Symbol& symbol = frame->symbol;
    whole =
        !frame->caller.empty() || !symbol.address.empty() ||
        (!symbol.function.empty() && (symbol.offset || symbol.inlined || !symbol.file.empty())) ||
        (!frame->reliable && !frame->stack_pointer.empty());  // powerpc says so behind it
  }
  return whole;
}

// "[<c00eb6f8>] (f+0x0/0xc0) from [<c00e2edc>]" of arm, which goes on with the caller.
bool WantsCaller(std::string_view text) {
  text = grammar::TrimRight(text);
  return text.ends_with(" from") ||
         (text.ends_with(">]") && text.find(" from [<") != std::string_view::npos);
}

// The part of a line that holds frames: behind "RIP: 0010:", "pc : ", "Call Trace:".
std::string_view FramePart(std::string_view text) {
  grammar::BodyMatch match = grammar::MatchBody(text);
  switch (match.body) {
    case Body::kRip:
    case Body::kIp:
    case Body::kLinkRegister:
    case Body::kTrace:
      break;
    default:
      return text;
  }
  Cursor cursor(match.rest);
  cursor.SkipBlanks();
  size_t start = cursor.position();
  if (cursor.TakeHex().size() != 4 || !cursor.Take(':')) cursor.Seek(start);
  return cursor.rest();
}

// "[__getblk+43/96]" and "__getblk+0x2b/0x60" on the next line: klogd's name and the kernel's.
bool SameFunction(std::string_view klogd, std::string_view next) {
  if (!klogd.starts_with('[') || !klogd.ends_with(']')) return false;
  std::optional<grammar::Frame> first = grammar::TakeFrame(klogd);
  std::optional<grammar::Frame> second = grammar::TakeFrame(next);
  return first && second && first->address.empty() && !second->addressed &&
         first->symbol.function == second->symbol.function;
}

// The name of a register whose value is missing, or "pc :" without the place.
bool EndsInName(std::string_view text) {
  if (!text.ends_with(':')) return false;
  text = grammar::TrimRight(text.substr(0, text.size() - 1));
  size_t blank = text.rfind(' ');
  const std::string_view name = blank == std::string_view::npos ? text : text.substr(blank + 1);
  // Some names are words, too: "created at:" is no register of alpha.
  const bool word =
      std::all_of(name.begin(), name.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  if (word && name.size() < text.size()) {
    std::vector<grammar::RegisterValue> before;
    if (!grammar::TakeRegisters(text, before)) return false;
  }
  std::string probe(name);
  probe += ": 00000000";
  std::string_view rest = probe;
  std::vector<grammar::RegisterValue> values;
  return grammar::TakeRegisters(rest, values);
}

// Bytes of the last value of a row of registers that has nothing behind it.
size_t LastValueWidth(std::string_view text) {
  std::vector<grammar::RegisterValue> values;
  std::string_view rest = grammar::TrimLeft(text);
  if (!grammar::TakeRegisters(rest, values) || !grammar::Trim(rest).empty()) return 0;
  return values.back().value.size();
}

// "$ 4   : 9a5d9c1483fa8a60 ffffffffdc620000 0000000000000000" of mips and "GPR04: .." of powerpc
// name the first of four or eight values.
bool GoesOnUnnamed(std::string_view text, std::string_view next) {
  constexpr size_t kWord = 8;  // digits
  text = grammar::TrimLeft(text);
  const bool power = text.starts_with("GPR");
  const size_t width = LastValueWidth(text);
  if ((!power && !text.starts_with('$')) || (width != kWord && width != 2 * kWord)) return false;
  std::vector<grammar::RegisterValue> values;
  grammar::TakeRegisters(text, values);
  size_t more = 0;
  for (Cursor cursor(next); !grammar::Trim(cursor.rest()).empty(); ++more) {
    cursor.SkipBlanks();
    if (cursor.TakeHex().size() != width) return false;
  }
  return values.size() + more <= (power && width == kWord ? 8 : 4);
}

bool BeginsWithAny(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return text.starts_with(word); });
}

std::string_view FirstWord(std::string_view text) {
  return text.substr(0, std::min(text.find(' '), text.size()));
}

// "SMP NR_CPUS=2048 [  512.206928] SMP NR_CPUS=2048 NUMA NUMA PowerNV" and "PowerNV": two consoles
// wrote a line in pieces.
bool IsSecondCopy(std::string_view text, std::string_view next) {
  const bool words = std::any_of(next.begin(), next.end(), [](char c) {
    return grammar::IsLetter(c) && !grammar::IsAnyHex(c);
  });
  text = grammar::TrimRight(text);
  return words && text.ends_with(next) && text.size() > next.size() &&
         text[text.size() - next.size() - 1] == ' ';
}

bool LooksUnfinished(std::string_view text) {
  constexpr std::string_view kUnfinished = ":=>]\\";
  return kUnfinished.find(text.back()) != std::string_view::npos || OpenBracket(text) != '\0';
}

// "Comm: x Tainted: G    B" with the release, or a part of the version, on the next line.
bool WantsRelease(std::string_view text, std::string_view next) {
  if (next.starts_with('#')) return true;
  size_t taint = text.find("ainted");
  if (taint == std::string_view::npos) return false;
  bool has_release = false;
  std::string_view rest = text.substr(taint);
  while (!rest.empty()) {
    std::string_view word = FirstWord(rest);
    has_release =
        has_release || grammar::LooksLikeRelease(word.starts_with('(') ? word.substr(1) : word);
    rest = grammar::TrimLeft(rest.substr(word.size()));
  }
  if (has_release) return false;
  while (next.size() > 1 && next[1] == ' ' && grammar::IsLetter(next[0]))
    next = grammar::TrimLeft(next.substr(1));
  return grammar::LooksLikeRelease(next.starts_with('(') ? next.substr(1) : next);
}

// "Comm: x Not tainted 6.10.0-12691-" and "g52e8c345c9f0 #106": mailers break behind hyphens.
bool CutInRelease(std::string_view text, std::string_view next) {
  const size_t blank = text.rfind(' ');
  if (!text.ends_with('-') || blank == text.npos || next.find('#') == next.npos) return false;
  std::string_view last = text.substr(blank + 1);
  return grammar::LooksLikeRelease(last.starts_with('(') ? last.substr(1) : last);
}

// "01/05/2017", the last word of "Hardware name: .., BIOS version date" (dmi_format_ids()).
bool IsDate(std::string_view word) {
  constexpr std::string_view kForm = "dd/dd/dddd";
  return word.size() == kForm.size() &&
         std::equal(word.begin(), word.end(), kForm.begin(), [](char c, char form) {
           return form == 'd' ? grammar::IsDigit(c) : c == form;
         });
}

bool CutInDate(std::string_view text, std::string_view next) {
  if (text.find("BIOS ") == std::string_view::npos) return false;
  std::string last(text.substr(text.rfind(' ') + 1));
  return !IsDate(last) && IsDate(last.append(next));
}

// Most streams have none or one of these, the same for each line.
inline void Keep(std::string_view value, std::string& kept) {
  const bool same = value.size() == kept.size() && (value.empty() || value == kept);
  if (!same) kept.assign(value);
}

bool BeginsWithHeadline(std::string_view text) {
  std::optional<grammar::HeadlineMatch> match = grammar::MatchHeadline(text);
  return match && match->at_start;
}

bool BareNames(std::string_view text) {
  constexpr int kSome = 3;
  return text.find_first_of(":=[<(,;+/") == std::string_view::npos &&
         std::count(text.begin(), text.end(), '_') >= kSome;
}

// What a terminal shows of it.
std::string_view WithoutReturn(std::string_view raw) {
  while (raw.ends_with('\r')) raw.remove_suffix(1);
  return raw;
}

// Bytes of a line; 0 if it ends in a word so long that no column can have broken it.
size_t BreakableWidth(std::string_view raw) {
  constexpr size_t kLongestWord = 40;
  size_t blank = raw.rfind(' ');
  bool unbreakable = blank == std::string_view::npos || raw.size() - blank > kLongestWord;
  return unbreakable ? 0 : raw.size();
}

}  // namespace

bool Unwrapper::Hold(const log::LogLine& line) {
  if (line.foreign || line.closed || line.text.empty() || line.text.size() > kMaxText) return false;
  const bool wide = line.raw.size() >= (line.kernel_prefix ? kNarrowestStamped : kNarrowest);
  if (!wide && !LooksUnfinished(line.text)) return false;
  line_ = line;
  raw_.assign(WithoutReturn(line.raw));
  const bool as_printed = std::less_equal<>()(line.raw.data(), line.text.data()) &&
                          std::less<>()(line.text.data(), line.raw.data() + line.raw.size());
  if (as_printed) {
    line_.text = std::string_view(raw_).substr(line.text.data() - line.raw.data());
    line_.text = line_.text.substr(0, line.text.size());
  } else {  // repaired
    text_.assign(line.text);
    line_.text = text_;
  }
  Keep(line.wall_time, wall_time_);
  Keep(line.host, host_);
  Keep(line.boot_id, boot_id_);
  Keep(line.caller, caller_);
  last_width_ = raw_.size();
  if (last_width_ > widest_) widest_ = std::max(widest_, BreakableWidth(raw_));
  first_number_ = line.first_number > 0 ? line.first_number : line.number;
  blank_ = false;
  parts_ = 1;
  return true;
}

const log::LogLine& Unwrapper::Release() {
  line_.raw = raw_;
  line_.wall_time = wall_time_;
  line_.host = host_;
  line_.boot_id = boot_id_;
  line_.caller = caller_;
  if (parts_ > 1) {  // of a pstore dump the first part may be the one that stands further down
    line_.last_number = std::max({line_.last_number, line_.number, first_number_});
    line_.first_number = std::min(line_.number, first_number_);
  }
  released_parts_ = parts_;
  parts_ = 0;
  return line_;
}

Unwrapper::Seam Unwrapper::SeamByForm(std::string_view next) const {
  std::string_view text = grammar::TrimRight(line_.text);
  if (text.ends_with('\\')) return Seam::kBlank;
  bool own = grammar::MatchBody(next).body != Body::kNone;
  if (own) return Seam::kNone;

  std::string_view frames = grammar::TrimLeft(FramePart(text));
  bool whole = WholeFrames(frames);
  bool next_whole = WholeFrames(next);
  if (WantsCaller(text) && next.starts_with(text.ends_with(" from") ? "[<" : "("))
    return Seam::kBlank;
  if (next.starts_with("from [<") && text.ends_with(')')) return Seam::kBlank;
  if (!frames.empty() && !(whole && next_whole)) {
    std::string glued = std::string(frames).append(next);
    std::string spaced = std::string(frames).append(" ").append(next);
    bool tail = whole && (next.starts_with('[') || (line_.kernel_prefix && next.size() <= 4));
    bool addressed = frames.starts_with('[') || frames.starts_with('<');
    if (!whole && WholeFrames(spaced)) return Seam::kBlank;
    if (!whole && addressed && WholeFrames(glued))
      return Seam::kGlue;  // cut in the midst of the name
    if ((!whole || tail) && !next_whole && WholeFrames(next.starts_with('[') ? spaced : glued)) {
      return next.starts_with('[') ? Seam::kBlank : Seam::kGlue;
    }
  }
  if (text.ends_with(" Process") && next.find(" (pid: ") != std::string_view::npos)
    return Seam::kBlank;
  if (next_whole) {
    bool announced = (!frames.empty() && EndsInName(text)) || text.ends_with(" is at") ||
                     SameFunction(frames, next);
    return announced ? Seam::kBlank : Seam::kNone;
  }

  if (IsCutInPath(text, next)) return Seam::kGlue;
  char open = OpenBracket(text);
  size_t close = next.find(open == '{' ? '}' : ')');
  if (open != '\0' && close != std::string_view::npos && next.find(open) >= close) {
    return open == '{' ? Seam::kGlue : Seam::kBlank;
  }
  if (GoesOnUnnamed(text, next)) return Seam::kBlank;
  std::string_view hex = FirstWord(next);
  hex = hex.substr(0, Cursor(hex).TakeHex().size());
  if (!hex.empty()) {
    if (EndsInName(text)) return Seam::kBlank;
    size_t width = LastValueWidth(text);
    size_t sum = width + hex.size();
    if (width > 0 && width != 8 && (sum == 8 || sum == 16)) return Seam::kGlue;
  }
  switch (grammar::MatchBody(text).body) {
    case Body::kIp:  // "Krnl PSW : 0704d00180000000 0000021761df6538" of s390
      if (next.starts_with('(') && next.find("+0x") != next.npos) return Seam::kBlank;
      break;
    case Body::kWho:
    case Body::kCpuAlone:
    case Body::kKernelLine:
      if (CutInRelease(text, next)) return Seam::kGlue;
      if (WantsRelease(text, next)) return Seam::kBlank;
      break;
    case Body::kHardware:
      if (CutInDate(text, next)) return Seam::kGlue;
      if (text.ends_with(',') ||
          (next.find("BIOS ") != std::string_view::npos && last_width_ > kNarrowest)) {
        return Seam::kBlank;
      }
      break;
    case Body::kTaskState:
      if (BeginsWithAny(next, {"stack:", "pid:", "tgid:", "ppid:", "flags:"})) return Seam::kBlank;
      break;
    default:
      break;
  }
  return last_width_ == column_ && line_.kernel_prefix ? Seam::kGlue : Seam::kNone;
}

// Each line of a log has a stamp but this one, and its first word had no room in the line above.
Unwrapper::Seam Unwrapper::SeamByWidth(std::string_view next) const {
  constexpr size_t kTerminals[] = {80, 100, 120, 132, 160};
  constexpr size_t kIndentation = 4;  // a message of several lines has it
  if (!line_.kernel_prefix || parts_ >= kMaxPartsByWidth) return Seam::kNone;
  std::string_view text = grammar::Trim(next);
  bool terminal = last_width_ == column_ || std::find(std::begin(kTerminals), std::end(kTerminals),
                                                      last_width_) != std::end(kTerminals);
  bool words = (terminal && text.size() == 1) ||  // a full stop
               std::any_of(text.begin(), text.end(),
                           [](char c) { return grammar::IsLetter(c) || grammar::IsDigit(c); });
  if (!words || (!terminal && next.size() - text.size() >= kIndentation)) return Seam::kNone;
  size_t needed = last_width_ + 1 + FirstWord(text).size();
  if (needed <= std::max(widest_, kNarrowestColumn)) return Seam::kNone;
  // Before anything was joined, a sentence may as well be a program's, "Segmentation fault", or a
  // message's further line, "1. Integrated Management Log (IML)". What ends a log is a prompt or a
  // page's mark, "[/code]".
  const size_t number = std::min(text.find_first_not_of("0123456789"), text.size());
  const bool item = number > 0 && text.substr(number).starts_with(". ");
  const std::string_view words_of = item ? text.substr(number + 2) : text;
  bool sentence =
      words_of.size() > 1 && words_of[0] >= 'A' && words_of[0] <= 'Z' && words_of[1] >= 'a';
  if (sentence && column_ == 0 && !at_blanks_ && last_width_ == widest_) return Seam::kNone;
  bool prompt = std::string_view("#$>").find(text.back()) != std::string_view::npos &&
                text.find_first_of(" <") == std::string_view::npos;
  if (prompt || text.starts_with("[/") || text.starts_with('{')) return Seam::kNone;
  if (BareNames(line_.text)) return Seam::kNone;  // a list of modules, whose reader knows more
  bool code = grammar::MatchBody(line_.text).body == Body::kCode;
  constexpr std::string_view kBrackets = "<([";
  bool bracket = kBrackets.find(text.front()) != std::string_view::npos;
  if (code && !grammar::IsHex(text.front()) && !bracket) return Seam::kNone;
  std::string_view last = line_.text.substr(line_.text.rfind(' ') + 1);
  bool whole_bytes = code && (bracket || last.empty() || !grammar::IsHex(last.back()) ||
                              (last.size() > 1 && last.size() == FirstWord(text).size()));
  return terminal && !at_blanks_ && !whole_bytes && !text.starts_with('#') ? Seam::kExact
                                                                           : Seam::kBlank;
}

bool Unwrapper::SkipBlankLine(const log::LogLine& blank) {
  bool needs = WantsCaller(line_.text) || OpenBracket(line_.text) != '\0';
  if (!needs || blank_ || blank.order != line_.order + 1) return false;
  blank_ = true;
  return true;
}

Unwrapper::Seam Unwrapper::FindSeam(const log::LogLine& next) const {
  // Who wraps by hand sets the rest below the text, as dmesg does with a message's second line.
  const bool own_prefix = next.kernel_prefix && !next.continuation;
  if (own_prefix || next.foreign || next.order > line_.order + (blank_ ? 2 : 1)) return Seam::kNone;
  std::string_view text = grammar::Trim(next.text);
  if (text.empty() || text.size() > kMaxRest || IsSecondCopy(line_.text, text)) return Seam::kNone;
  bool own = grammar::MatchBody(text).body != Body::kNone ||
             (!next.without_anchor && BeginsWithHeadline(text));
  Seam by_width = own || next.continuation ? Seam::kNone : SeamByWidth(next.text);
  bool code = by_width != Seam::kNone && grammar::MatchBody(line_.text).body == Body::kCode;
  if (by_width == Seam::kExact || code) return by_width;
  Seam seam = parts_ < kMaxParts ? SeamByForm(text) : Seam::kNone;
  if (seam == Seam::kNone) return by_width;
  // What was cut at the column and not within a word has a blank on either side.
  bool between_words = line_.text.ends_with(' ') || next.text.starts_with(' ');
  if (seam == Seam::kGlue && between_words && last_width_ == column_) seam = Seam::kBlank;
  if (seam != Seam::kNone && !next.without_anchor && !grammar::RowsWithAnchorIn(text).empty())
    return Seam::kNone;
  return seam;
}

bool Unwrapper::Append(const log::LogLine& next) {
  Seam seam = FindSeam(next);
  if (seam == Seam::kNone) return false;
  if (seam == Seam::kGlue || seam == Seam::kExact) column_ = last_width_;
  at_blanks_ = at_blanks_ || (seam == Seam::kBlank && last_width_ < widest_);
  if (line_.text.data() != text_.data()) text_.assign(line_.text);
  text_.resize(grammar::TrimRight(text_).size());
  if (text_.ends_with('\\')) text_.pop_back();
  if (seam == Seam::kBlank && !text_.ends_with(' ')) text_.push_back(' ');
  if (seam == Seam::kExact) {
    text_.append(raw_.size() - grammar::TrimRight(raw_).size(), ' ');
    text_.append(grammar::TrimRight(next.text));
  } else {
    text_.append(grammar::Trim(next.text));
  }
  line_.text = text_;
  line_.without_anchor = false;  // one may stand across the seam
  raw_.assign(WithoutReturn(next.raw));
  last_width_ = raw_.size();
  widest_ = std::max(widest_, BreakableWidth(raw_));
  line_.number = next.number;
  line_.begin = std::min(line_.begin, next.begin);  // as for the numbers, see Release()
  line_.end = std::max(line_.end, next.end);
  ++parts_;
  return true;
}

}  // namespace oops::record
