#include "lib/record/learned_prefix.h"

#include <algorithm>

#include "lib/grammar/chars.h"
#include "lib/log/prefix_forms.h"

namespace oops::record {
namespace {

constexpr size_t kShortest = 3;
constexpr size_t kLongest = 120;

size_t SkipDigits(std::string_view s, size_t at) {
  while (at < s.size() && grammar::IsDigit(s[at])) ++at;
  return at;
}

size_t SkipBlanks(std::string_view s, size_t at) {
  while (at < s.size() && grammar::IsBlank(s[at])) ++at;
  return at;
}

bool IsTransports(std::string_view before) {
  if (LearnedPrefix::IsMark(before)) return true;
  if (before.size() < kShortest || before.size() > kLongest) return false;
  const char last = grammar::TrimRight(before).back();
  const bool closed = std::string_view(":|>]}).`\"").find(last) != std::string_view::npos;
  return closed || std::any_of(before.begin(), before.end(), grammar::IsDigit);
}

}  // namespace

bool LearnedPrefix::IsMark(std::string_view before) { return before == ":"; }

void LearnedPrefix::Learn(std::string_view before) {
  if (grammar::Trim(before).empty() || !IsTransports(before)) return;
  form_.clear();
  for (size_t at = 0; at < before.size();) {
    const char c = before[at];
    form_.push_back(grammar::IsDigit(c) ? '0' : grammar::IsBlank(c) ? ' ' : c);
    at = grammar::IsDigit(c)   ? SkipDigits(before, at)
         : grammar::IsBlank(c) ? SkipBlanks(before, at)
                               : at + 1;
  }
}

std::optional<std::string_view> LearnedPrefix::Strip(std::string_view text) const {
  if (form_.empty()) return std::nullopt;
  size_t at = 0;
  for (size_t i = 0; i < form_.size(); ++i) {
    const char c = at < text.size() ? text[at] : '\0';
    const bool last = i + 1 == form_.size();
    if (form_[i] == '0') {
      if (!grammar::IsDigit(c)) return std::nullopt;
      at = SkipDigits(text, at);
    } else if (form_[i] == ' ') {
      // The last one's blanks are the text's indentation; an empty line has none.
      if (!grammar::IsBlank(c) && !(last && at == text.size())) return std::nullopt;
      at = last ? std::min(at + 1, text.size()) : SkipBlanks(text, at);
    } else {
      if (c != form_[i]) return std::nullopt;
      ++at;
    }
  }
  return log::WithoutMirror(text.substr(0, at), text.substr(at));
}

}  // namespace oops::record
