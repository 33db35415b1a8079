#include "lib/log/brackets.h"

#include <cstdint>

#include "lib/log/scan.h"

namespace oops::log {
namespace {

constexpr size_t kMaxOpenBytes = 12;
constexpr size_t kMaxCloseBytes = 6;

// Of the two marks, one must be something that nobody writes.
bool LooksMangled(std::string_view mark) {
  for (char c : mark) {
    if (c == '?' || static_cast<unsigned char>(c) >= 0x80) return true;
  }
  return false;
}

struct Marks {
  std::string_view open;
  std::string_view close;
};

// "Ý16109.346170¨ " behind quoting; empty marks if the line doesn't begin so.
Marks MarksOf(std::string_view s) {
  size_t start = 0;
  while (At(s, start) == '>' || At(s, start) == ' ') ++start;
  s.remove_prefix(start);
  if (!LooksMangled(s.substr(0, kMaxOpenBytes))) return {};
  for (size_t open = 1; open <= kMaxOpenBytes && open < s.size(); ++open) {
    if (!IsDigit(s[open]) || IsDigit(s[open - 1]) || s[open - 1] == '.') continue;
    int64_t unused = 0;
    const size_t end = ReadStampSeconds(s, open, &unused);
    if (end == kNoMatch) continue;
    const size_t close = WordEnd(s.substr(0, end + kMaxCloseBytes + 1), end);
    const Marks marks{s.substr(0, open), s.substr(end, close - end)};
    const bool fits = !marks.close.empty() && marks.close.size() <= kMaxCloseBytes &&
                      At(s, close) == ' ' && LooksMangled(marks.open) &&
                      LooksMangled(marks.close) && marks.open.find('[') == std::string_view::npos;
    return fits ? marks : Marks{};
  }
  return {};
}

void ReplaceAll(std::string& text, const std::string& what, char by) {
  for (size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) {
    text.replace(at, what.size(), 1, by);
  }
}

}  // namespace

bool RestoreBrackets(std::string_view line, StreamLook& look, std::string& out) {
  const Marks marks = MarksOf(line);
  if (!marks.open.empty()) {
    look.open_mark = marks.open;
    look.close_mark = marks.close;
  }
  if (look.open_mark.empty()) return false;
  out.assign(line);
  ReplaceAll(out, look.open_mark, '[');
  ReplaceAll(out, look.close_mark, ']');
  return true;
}

}  // namespace oops::log
