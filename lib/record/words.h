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

// Of a line as it stands in the stream.
inline size_t WidthOf(std::string_view raw) { return raw.size() - (raw.ends_with('\r') ? 1 : 0); }

inline bool IsModuleName(std::string_view word) {
  if (word.empty() || word.size() > 64) return false;
  if (std::none_of(word.begin(), word.end(), grammar::IsLetter)) return false;
  return std::all_of(word.begin(), word.end(),
                     [](char c) { return grammar::IsSymbolChar(c) || c == '-'; });
}

}  // namespace oops::record

#endif  // OOPS_LIB_RECORD_WORDS_H_
