#include "lib/log/nbsp.h"

#include <cstdint>

#include "lib/log/prefix_forms.h"
#include "lib/log/scan.h"

namespace oops::log {
namespace {

size_t SkipLostBlanks(std::string_view s, size_t at) {
  while (At(s, at) == '?' || At(s, at) == ' ') ++at;
  return at;
}

// "[? 760.247152]"
bool IsStamp(std::string_view s, size_t question) {
  if (question == 0 || s[question - 1] != '[') return false;
  int64_t unused = 0;
  const size_t end = ReadStampSeconds(s, SkipLostBlanks(s, question), &unused);
  return end != kNoMatch && At(s, end) == ']';
}

// "?#0 [ffff92adf5c03d48]"
bool IsCrashFrame(std::string_view s, size_t question) {
  if (At(s, question + 1) != '#') return false;
  const size_t end = SkipDigits(s, question + 2);
  return end > question + 2 && HasAt(s, end, " [") && HexValue(At(s, end + 2)) >= 0;
}

size_t UpperNameEnd(std::string_view s, size_t at) {
  while (IsUpper(At(s, at)) || IsDigit(At(s, at)) || At(s, at) == '_') ++at;
  return at;
}

// "RAX: 0000000000000001? RBX: ", "PID: 2635?? TASK: "
bool IsBetweenKeys(std::string_view s, size_t question) {
  size_t value = question;
  while (value > 0 && HexValue(s[value - 1]) >= 0) --value;
  if (value == question || value < 3 || s[value - 1] != ' ' || s[value - 2] != ':') return false;
  const size_t key = SkipLostBlanks(s, question);
  const size_t key_end = UpperNameEnd(s, key);
  return s[key - 1] == ' ' && key_end >= key + 2 && At(s, key_end) == ':';
}

// "???????? CPUS: 4", "??? [exception RIP: f+492]"
bool IsBannerRow(std::string_view s, size_t question) {
  const size_t key = SkipLostBlanks(s, question);
  if (key < question + 4 || s[key - 1] != ' ') return false;
  if (HasAt(s, key, "[exception RIP: ")) return true;
  const size_t key_end = UpperNameEnd(s, key);
  return key_end >= key + 3 && HasAt(s, key_end, ": ");
}

bool IsEvidence(std::string_view s) {
  const size_t first = s.find('?');
  if (first == std::string_view::npos) return false;
  if (IsBannerRow(s, first)) return true;
  for (size_t at = first; at != std::string_view::npos; at = s.find('?', at + 1)) {
    if (IsStamp(s, at) || IsCrashFrame(s, at) || IsBetweenKeys(s, at)) return true;
  }
  return false;
}

// A stamp with two real blanks: this stream's blanks arrive as blanks. (One may stand beside a lost
// one.)
bool IsCounterEvidence(std::string_view s) {
  const size_t open = s.find('[');
  if (open == std::string_view::npos || !HasAt(s, open, "[  ")) return false;
  int64_t unused = 0;
  const size_t end = ReadSeconds(s, SkipBlanks(s, open + 1), &unused);
  return end != kNoMatch && At(s, end) == ']';
}

// Behind a list's bullet and its blank, where the page's author began to paste.
size_t TextStart(std::string_view s) {
  const size_t start = SkipBlanks(s, 0);
  const size_t bullet = BulletSize(s, start);
  if (bullet == 0) return 0;
  return IsBlank(At(s, start + bullet)) ? start + bullet + 1 : start + bullet;
}

}  // namespace

bool NoBreakSpacesAreQuestions(std::string_view line, StreamLook& look) {
  if (!look.nbsp_as_question) {
    look.nbsp_as_question = IsEvidence(line);
  } else if (IsCounterEvidence(line)) {
    look.nbsp_as_question = false;
  }
  return look.nbsp_as_question;
}

void RestoreNoBreakSpaces(std::string_view line, std::string& out) {
  out.assign(line);
  bool real_blank_before = false;
  for (size_t at = TextStart(line); at < out.size(); ++at) {
    if (out[at] == '?' && !real_blank_before) {
      out[at] = ' ';
    } else {
      real_blank_before = IsBlank(out[at]);
    }
  }
}

}  // namespace oops::log
