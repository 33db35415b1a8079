#include "lib/log/line_repair.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

#include "lib/log/brackets.h"
#include "lib/log/nbsp.h"
#include "lib/log/prefix_forms.h"
#include "lib/log/scan.h"
#include "lib/text/utf8.h"

namespace oops::log {
namespace {

// Which bytes occur that could ask for a repair.
struct ByteClasses {
  bool any = false;              // of those below
  bool control_or_high = false;  // below blank, or above ASCII
  bool ampersand = false;
  bool question = false;
  bool equals = false;
  bool hash = false;
};

// Sixteen bytes at a time in the compiler's vector type: SSE2 and NEON are every target's floor.
using Bytes = signed char __attribute__((vector_size(16)));

bool AnySet(Bytes mask) {
  uint64_t halves[2];
  static_assert(sizeof(halves) == sizeof(mask));
  std::memcpy(halves, &mask, sizeof(halves));
  return (halves[0] | halves[1]) != 0;
}

ByteClasses ClassifyBytes(std::string_view s) {
  Bytes low{}, ampersand{}, question{}, equals{}, hash{};
  const auto look_at = [&](const char* bytes) {
    Bytes block;
    std::memcpy(&block, bytes, sizeof(Bytes));
    low |= block < static_cast<signed char>(' ');  // signed: bytes above ASCII are negative
    ampersand |= block == static_cast<signed char>('&');
    question |= block == static_cast<signed char>('?');
    equals |= block == static_cast<signed char>('=');
    hash |= block == static_cast<signed char>('#');
  };
  if (s.size() >= sizeof(Bytes)) {
    size_t at = 0;
    for (; at + sizeof(Bytes) < s.size(); at += sizeof(Bytes)) look_at(s.data() + at);
    look_at(s.data() + s.size() - sizeof(Bytes));  // again a few of the block before
  } else {
    char padded[sizeof(Bytes)];
    std::memset(padded, ' ', sizeof(padded));
    std::memcpy(padded, s.data(), s.size());
    look_at(padded);
  }
  if (!AnySet(low | ampersand | question | equals | hash)) return {};
  return {true, AnySet(low), AnySet(ampersand), AnySet(question), AnySet(equals), AnySet(hash)};
}

// rsyslog writes control bytes as '#' and three octal digits: "#011" is a tab. Kernels don't pad
// numbers behind a '#'.
int OctalEscape(std::string_view s, size_t at) {
  if (At(s, at + 1) != '0' || At(s, at + 2) < '0' || At(s, at + 2) > '3') return -1;
  if (At(s, at + 3) < '0' || At(s, at + 3) > '7') return -1;
  const int byte = (s[at + 2] - '0') * 8 + (s[at + 3] - '0');
  return byte != '\t' && IsDigit(At(s, at + 4)) ? -1 : byte;
}

bool UnescapeOctal(std::string_view s, std::string& out) {
  bool found = false;
  for (size_t at = s.find('#'); at != std::string_view::npos && !found; at = s.find('#', at + 1)) {
    found = OctalEscape(s, at) >= 0;
  }
  if (!found) return false;
  out.clear();
  for (size_t at = 0; at < s.size(); ++at) {
    const int byte = s[at] == '#' ? OctalEscape(s, at) : -1;
    out.push_back(byte < 0 ? s[at] : static_cast<char>(byte));
    if (byte >= 0) at += 3;
  }
  return true;
}

// GitHub makes a link of a number that is a line's of the job's log, even within a stamp:
// "[   68.934[466](https://github.com/.../job/10#step:11:467)]".
bool RemoveStepLinks(std::string_view s, std::string& out) {
  constexpr std::string_view kTarget = "](https://";
  size_t target = s.find(kTarget);
  if (target == s.npos) return false;
  out.clear();
  for (; target != s.npos; target = s.find(kTarget)) {
    const size_t open = s.substr(0, target).rfind('[');
    const size_t close = s.find(')', target);
    const std::string_view link = s.substr(target, close == s.npos ? s.npos : close - target);
    if (open == s.npos || close == s.npos || link.find("#step:") == link.npos) break;
    out.append(s.substr(0, open)).append(s.substr(open + 1, target - open - 1));
    s.remove_prefix(close + 1);
  }
  out.append(s);
  return true;
}

// The byte of "=3D", -1 if there is none: quoted-printable's digits are upper case.
int QuotedByte(std::string_view s, size_t at) {
  if (IsLower(At(s, at + 1)) || IsLower(At(s, at + 2))) return -1;
  const int high = HexValue(At(s, at + 1));
  const int low = HexValue(At(s, at + 2));
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

// "=3D" and "=C2=A0" are hardly ever a kernel's, "=20" at a line's end protects a blank. Where a
// number in upper case could have the same form, the stream must be known to be encoded.
struct QuotedMarks {
  int strong = 0;
  bool certain = false;  // this line is encoded
  bool any = false;
};
bool MayBeUpperCaseNumber(std::string_view behind) {
  size_t digits = 0;
  while (HexValue(At(behind, digits)) >= 0 && !IsLower(behind[digits])) ++digits;
  return digits > 0 && HexValue(At(behind, digits)) < 0 && At(behind, digits) != 'x';
}

QuotedMarks FindQuotedMarks(std::string_view s) {
  QuotedMarks marks;
  for (size_t at = s.find('='); at != std::string_view::npos; at = s.find('=', at + 1)) {
    const int byte = QuotedByte(s, at);
    const bool number = byte == '=' && MayBeUpperCaseNumber(s.substr(std::min(at + 3, s.size())));
    const bool certain = (byte == '=' && !number) ||
                         (byte == 0xC2 && QuotedByte(s, at + 3) == 0xA0) ||
                         // Behind a digit it is no value of a kernel's "key=20".
                         (byte == ' ' && at + 3 == s.size() && at > 0 && IsDigit(s[at - 1]));
    const bool strong = certain || byte == '=';
    marks.strong += strong ? 1 : 0;
    marks.certain |= certain;
    marks.any |= strong || (byte == ' ' && at + 3 == s.size()) || at + 1 == s.size();
  }
  return marks;
}

void DecodeQuotedPrintable(std::string_view s, std::string& out) {
  out.clear();
  for (size_t at = 0; at < s.size(); ++at) {
    const int byte = s[at] == '=' ? QuotedByte(s, at) : -1;
    if (byte >= 0) {
      out.push_back(static_cast<char>(byte));
      at += 2;
    } else if (s[at] != '=' || at + 1 != s.size()) {  // a soft line break's '='
      out.push_back(s[at]);
    }
  }
}

struct Entity {
  std::string_view name;
  char byte;
};
constexpr Entity kEntities[] = {{"&lt;", '<'},   {"&gt;", '>'},   {"&amp;", '&'},
                                {"&quot;", '"'}, {"&nbsp;", ' '}, {"&apos;", '\''}};

// A character that a page spells out, and its bytes there; 0 if there is none.
struct Spelled {
  size_t size = 0;
  char byte = 0;
};

// "&#43;", "&#x2B;", "&#039;": printable ASCII, and the no-break space.
Spelled NumberedEntity(std::string_view s, size_t at) {
  constexpr size_t kMostDigits = 4;
  const bool hex = (At(s, at + 2) | 0x20) == 'x';
  const size_t digits = at + (hex ? 3 : 2);
  const int base = hex ? 16 : 10;
  int code = 0;
  size_t end = digits;
  for (; end < digits + kMostDigits; ++end) {
    const int digit = HexValue(At(s, end));
    if (digit < 0 || digit >= base) break;
    code = code * base + digit;
  }
  constexpr int kNoBreakSpace = 0xA0;
  const bool printable = code >= ' ' && code <= '~';
  if (end == digits || At(s, end) != ';' || !(printable || code == kNoBreakSpace)) return {};
  return {end + 1 - at, printable ? static_cast<char>(code) : ' '};
}

Spelled EntityAt(std::string_view s, size_t at) {
  if (At(s, at + 1) == '#') return NumberedEntity(s, at);
  for (const Entity& entity : kEntities) {
    if (HasAt(s, at, entity.name)) return {entity.name.size(), entity.byte};
  }
  return {};
}

bool DecodeEntities(std::string_view s, std::string& out) {
  bool found = false;
  for (size_t at = s.find('&'); at != std::string_view::npos && !found; at = s.find('&', at + 1)) {
    found = EntityAt(s, at).size > 0;
  }
  if (!found) return false;
  out.clear();
  for (size_t at = 0; at < s.size();) {
    const Spelled entity = s[at] == '&' ? EntityAt(s, at) : Spelled{};
    out.push_back(entity.size == 0 ? s[at] : entity.byte);
    at += entity.size == 0 ? 1 : entity.size;
  }
  return true;
}

// The end of a terminal's control sequence whose ESC stands at `at`.
size_t SkipTerminalSequence(std::string_view s, size_t at) {
  const char kind = At(s, at + 1);
  if (kind == '[') {  // parameters, then one letter
    for (at += 2; at < s.size() && (s[at] < '@' || s[at] > '~'); ++at) {
      if (s[at] < ' ') return at;
    }
    return at < s.size() ? at + 1 : at;
  }
  if (kind == ']') {  // a title, up to BEL or ESC backslash
    for (at += 2; at < s.size(); ++at) {
      if (s[at] == '\a') return at + 1;
      if (s[at] == '\x1b') return At(s, at + 1) == '\\' ? at + 2 : at;
    }
    return at;
  }
  if (kind == '(' || kind == ')') return at + 3 < s.size() ? at + 3 : s.size();
  return at + 2 < s.size() ? at + 2 : s.size();
}

bool IsOtherBlank(uint32_t code) {
  return code == 0xA0 || (code >= 0x2000 && code <= 0x200A) || code == 0x202F || code == 0x205F ||
         code == 0x3000;
}
bool IsZeroWidth(uint32_t code) {
  return (code >= 0x200B && code <= 0x200F) || code == 0x2060 || code == 0xFEFF || code == 0xAD;
}

// What blogs' typography makes of ASCII: U+2013 of "-", U+2014 of "---[ end trace".
struct Typeset {
  uint32_t code;
  std::string_view typed;
};
constexpr Typeset kTypeset[] = {{0x2013, "-"}, {0x2014, "---"}, {0x2018, "'"},
                                {0x2019, "'"}, {0x201C, "\""},  {0x201D, "\""}};

std::string_view AsTyped(uint32_t code) {
  for (const Typeset& row : kTypeset) {
    if (row.code == code) return row.typed;
  }
  return {};
}

// Copies one character above ASCII, as a blank where it is one of another kind. Returns its length
// in the input.
size_t CopyCharacter(std::string_view s, size_t at, std::string& out, Repairs& repairs) {
  const auto [code, size] = text::ReadUtf8(s.substr(at));
  if (size == 0) {
    const bool latin1_nbsp = static_cast<unsigned char>(s[at]) == 0xA0;
    out.append(latin1_nbsp ? " " : "\uFFFD");
    repairs.bad_utf8 |= !latin1_nbsp;
    return 1;
  }
  // A no-break space that was taken for Latin-1 and encoded again: "\u00C2\u00A0".
  if (code == 0xC2 && at + size < s.size()) {
    const text::Utf8Character next = text::ReadUtf8(s.substr(at + size));
    if (next.code == 0xA0) {
      out.push_back(' ');
      return size + next.length;
    }
  }
  constexpr uint32_t kTimes = 0xD7;
  if (IsOtherBlank(code)) {
    out.push_back(' ');
  } else if (code == kTimes && out.ends_with('0') && HexValue(At(s, at + size)) >= 0) {
    out.push_back('x');  // of "+0x83/0xd7", where a digit follows
  } else if (const std::string_view typed = AsTyped(code); !typed.empty()) {
    out.append(typed);
  } else if (!IsZeroWidth(code)) {
    out.append(s.substr(at, size));
  }
  return size;
}

// Terminal sequences whose escape byte was lost or is spelled out: "[0;31m", "^[[0m", "\\x1b[0m".
// The length of the one at a position, 0 if there is none.
size_t SpelledSequence(std::string_view s, size_t at) {
  size_t end = at;
  const char first = At(s, at);
  if (first != '[' && first != '^' && first != '\\') return 0;
  if (first == '[' && !IsDigit(At(s, at + 1)) && At(s, at + 1) != ';') return 0;  // a stamp
  if (first == '^' || first == '\\') {
    for (std::string_view escape : {"^[[", "\\x1b[", "\\033[", "\\e["}) {
      if (HasAt(s, at, escape)) end = at + escape.size();
    }
  }
  const bool spelled = end != at;
  if (!spelled && At(s, end++) != '[') return 0;
  const size_t numbers = end;
  while (IsDigit(At(s, end)) || At(s, end) == ';') ++end;
  if (At(s, end) == 'm' && (spelled || end > numbers)) return end + 1 - at;
  return spelled && (At(s, end) == 'K' || At(s, end) == 'J') ? end + 1 - at : 0;
}

void RemoveSpelledSequences(std::string_view s, std::string& out) {
  out.clear();
  for (size_t at = 0; at < s.size();) {
    const size_t size = SpelledSequence(s, at);
    if (size == 0) out.push_back(s[at]);
    at += size == 0 ? 1 : size;
  }
}

// A carriage return in the middle: a terminal writes over what stood before. Kept is what a stamp
// begins.
void OverwriteLine(std::string_view behind, std::string& out) {
  if (LinePrefixFollows(behind)) out.clear();
}

// The next byte that isn't printable ASCII.
size_t PlainEnd(std::string_view s, size_t at) {
  while (at < s.size() && static_cast<signed char>(s[at]) >= ' ') ++at;
  return at;
}

void CleanBytes(std::string_view s, std::string& out, Repairs& repairs) {
  out.clear();
  for (size_t at = 0; at < s.size();) {
    const size_t plain = PlainEnd(s, at);
    out.append(s, at, plain - at);
    at = plain;
    if (at == s.size()) break;
    const auto c = static_cast<unsigned char>(s[at]);
    if (c >= 0x80) {
      at += CopyCharacter(s, at, out, repairs);
    } else if (c == 0x1b) {
      at = SkipTerminalSequence(s, at);
    } else if (c == '\r') {
      ++at;
      OverwriteLine(s.substr(at), out);
    } else if (c == 1 && !out.empty() && out.back() != ' ' && out.back() != '>' &&
               IsDigit(At(s, at + 1))) {
      at += 2;  // KERN_SOH and a level inside of a text
    } else if (c == 1 && !out.empty() && (At(s, at + 1) == 'c' || At(s, at + 1) == 'd')) {
      // What an NMI prints keeps KERN_CONT and KERN_DEFAULT, which begins a line (printk_nmi(), 4.7
      // to 4.14).
      if (s[at + 1] == 'd') out.push_back('\n');
      at += 2;
    } else {
      if (c == '\t' || c == '\n' || c == 1) out.push_back(s[at]);
      ++at;
    }
  }
}

// A console program wraps at its own 80 columns in a window that is wider, and what is copied from
// there has one line with the blanks that filled each row: "... at virtual addre<170 blanks>ss
// 00000004".
constexpr size_t kRow = 80;
constexpr size_t kLeastFill = 20;  // blanks; a kernel pads no text so far to the right

size_t FillBehindRow(std::string_view row) {
  if (row.size() < kRow + kLeastFill || row[kRow] != ' ') return 0;
  if (row[kRow - 1] == ' ' && row[kRow - 2] == ' ') return 0;  // it wrapped behind a word
  const size_t text = row.find_first_not_of(' ', kRow);
  return text == row.npos || text < kRow + kLeastFill ? 0 : text - kRow;
}

void JoinFilledRows(std::string_view s, std::string& out) {
  out.clear();
  for (size_t fill = FillBehindRow(s); fill > 0; fill = FillBehindRow(s)) {
    out.append(s.substr(0, kRow));
    s.remove_prefix(kRow + fill);
  }
  out.append(s);
}

}  // namespace

std::string_view LineRepairer::Repair(std::string_view line, StreamLook& look, Repairs& repairs) {
  ByteClasses classes = ClassifyBytes(line);
  int next = 0;
  const auto take = [&] { line = buffers_[next], next ^= 1; };
  may_hold_line_end_ = classes.any;
  const bool stamp = At(line, 0) == '[' && !IsDigit(At(line, 1));  // the usual beginning
  if (!classes.any && line.size() < kRow && (stamp || SpelledSequence(line, 0) == 0)) return line;
  if (classes.hash && UnescapeOctal(line, buffers_[next])) {
    take();
    classes.control_or_high = true;
  }
  if (classes.hash && RemoveStepLinks(line, buffers_[next])) take();
  if (classes.equals) {
    const QuotedMarks marks = FindQuotedMarks(line);
    look.quoted_marks = std::min(look.quoted_marks + marks.strong, 2);
    if ((look.quoted_marks >= 2 && marks.any) || marks.certain) {
      DecodeQuotedPrintable(line, buffers_[next]);
      take();
      repairs.quoted_printable = true;
      classes.control_or_high = true;
    }
  }
  if (classes.ampersand && DecodeEntities(line, buffers_[next])) {
    take();
    repairs.html_entities = true;
    if (DecodeEntities(line, buffers_[next])) take();  // escaped twice: "&amp;lt;"
  }
  if ((classes.control_or_high || classes.question) && RestoreBrackets(line, look, buffers_[next]))
    take();
  if (classes.control_or_high) {
    CleanBytes(line, buffers_[next], repairs);
    take();
  }
  if (FillBehindRow(line) > 0) {
    JoinFilledRows(line, buffers_[next]);
    take();
    repairs.filled_rows = true;
  }
  if (SpelledSequence(line, 0) != 0) {
    RemoveSpelledSequences(line, buffers_[next]);
    take();
  }
  if (classes.question && NoBreakSpacesAreQuestions(line, look)) {
    RestoreNoBreakSpaces(line, buffers_[next]);
    take();
    repairs.nbsp_as_question = true;
  }
  return line;
}

bool LineRepairer::EndsInSoftBreak(std::string_view line, StreamLook& look) {
  // RFC 2045 allows 76 bytes, and encoders come close to it.
  constexpr size_t kWidest = 76;
  constexpr size_t kNarrowest = 70;
  constexpr size_t kNarrowestAtBlank = 50;  // no message of the kernel's ends with " ="
  if (line.back() == '\r') line.remove_suffix(1);
  if (line.ends_with("==") || line.size() > kWidest) return false;
  const size_t narrowest = line.ends_with(" =") ? kNarrowestAtBlank : kNarrowest;
  const int marks = FindQuotedMarks(line).strong + (line.size() >= narrowest ? 2 : 0);
  look.quoted_marks = std::min(look.quoted_marks + marks, 2);
  return look.quoted_marks >= 2;
}

void UnescapeKmsg(std::string_view text, std::string& out) {
  out.clear();
  while (!text.empty()) {
    const size_t escape = text.find("\\x");
    out.append(text.substr(0, escape));
    if (escape == std::string_view::npos) return;
    text.remove_prefix(escape);
    const int high = HexValue(At(text, 2));
    const int low = HexValue(At(text, 3));
    const bool valid = high >= 0 && low >= 0;
    out.push_back(valid ? static_cast<char>(high * 16 + low) : '\\');
    text.remove_prefix(valid ? 4 : 1);
  }
}

}  // namespace oops::log
