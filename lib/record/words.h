// Small readings of words that several kinds of lines share.
#ifndef OOPS_LIB_RECORD_WORDS_H_
#define OOPS_LIB_RECORD_WORDS_H_

#include <algorithm>
#include <string_view>

#include "lib/grammar/chars.h"

namespace oops::record {

// Without the " <-- remark" that people write behind a line.
inline std::string_view WithoutArrow(std::string_view text) {
  size_t arrow = text.find(" <--");
  return grammar::Trim(arrow == std::string_view::npos ? text : text.substr(0, arrow));
}

// '(' or '{' that nothing closes; 0 if there is none.
inline char OpenBracket(std::string_view text) {
  auto more = [&](char open, char close) {
    return std::count(text.begin(), text.end(), open) > std::count(text.begin(), text.end(), close);
  };
  return more('{', '}') ? '{' : more('(', ')') ? '(' : '\0';
}

// "\t2-....: (14999 ticks this GP) idle=1ba/1": print_cpu_stall_info().
inline bool IsStalledCpu(std::string_view text) {
  grammar::Cursor cursor(text);
  cursor.SkipBlanks();
  if (cursor.TakeDigits().empty() || !cursor.Take('-')) return false;
  auto flag = [](char c) { return !grammar::IsBlank(c) && c != ':'; };
  return cursor.TakeWhile(flag).size() >= 3 && cursor.Take(':');
}

// "[0000000000000048] pgd=08000000480a1003, p4d=...", "[00000020] *pgd=80000000": arm and arm64.
inline bool IsPageTableWalk(std::string_view text) {
  if (!text.starts_with('[')) return false;
  size_t close = text.find("] ");
  if (close == std::string_view::npos || close > 18) return false;
  std::string_view behind = text.substr(close + 2);
  return behind.starts_with("pgd=") || behind.starts_with("*pgd=") ||
         behind.starts_with("address between") || behind.starts_with("user address but");
}

// "WARNING: CPU: 3 PID: 12 at /build/linux-x8" and "6_64/mm/foo.c:12 f+0x1/0x2": a terminal broke
// the path.
inline bool IsCutInPath(std::string_view text, std::string_view next) {
  const std::string_view last = text.substr(text.rfind(' ') + 1);
  if (last.size() >= text.size() || !text.substr(0, text.size() - last.size()).ends_with(" at "))
    return false;
  const std::string_view first = next.substr(0, std::min(next.find_first_of(" !"), next.size()));
  const size_t colon = first.rfind(':');
  const auto is_digit = [](char c) { return grammar::IsDigit(c); };
  return last.find('/') != last.npos && last.find(':') == last.npos && colon != first.npos &&
         colon + 1 < first.size() && std::all_of(first.begin() + colon + 1, first.end(), is_digit);
}

// "PREEMPT SMP DEBUG_PAGEALLOC": die() of i386 until 2.6.24, on a line of its own.
inline bool AreDieOptions(std::string_view text) {
  constexpr std::string_view kWords[] = {"PREEMPT", "SMP", "DEBUG_PAGEALLOC"};
  text = grammar::Trim(text);
  while (!text.empty()) {
    const std::string_view word = text.substr(0, text.find(' '));
    if (std::find(std::begin(kWords), std::end(kWords), word) == std::end(kWords)) return false;
    text = grammar::TrimLeft(text.substr(word.size()));
  }
  return true;
}

// Of a line as it stands in the stream.
inline size_t WidthOf(std::string_view raw) { return raw.size() - (raw.ends_with('\r') ? 1 : 0); }

inline bool IsModuleName(std::string_view word) {
  if (word.empty() || word.size() > 64) return false;
  if (std::none_of(word.begin(), word.end(), grammar::IsLetter)) return false;
  return std::all_of(word.begin(), word.end(),
                     [](char c) { return (grammar::IsSymbolChar(c) && c != '.') || c == '-'; });
}

}  // namespace oops::record

#endif  // OOPS_LIB_RECORD_WORDS_H_
