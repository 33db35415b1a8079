#include "lib/grammar/required_literal.h"

#include <cctype>
#include <cstddef>

namespace oops::grammar {
namespace {

// One past the group or class that begins at `at`.
size_t SkipBracketed(std::string_view pattern, size_t at) {
  int depth = 0;
  bool in_class = false;
  for (; at < pattern.size(); ++at) {
    const char c = pattern[at];
    if (c == '\\') {
      ++at;
    } else if (in_class) {
      in_class = c != ']';
      if (!in_class && depth == 0) return at + 1;
    } else if (c == '[') {
      in_class = true;
      // A bracket right behind the opening one is a member.
      const size_t first = at + 1 + (at + 1 < pattern.size() && pattern[at + 1] == '^' ? 1 : 0);
      if (first < pattern.size() && pattern[first] == ']') at = first;
    } else if (c == '(') {
      ++depth;
    } else if (c == ')' && --depth == 0) {
      return at + 1;
    }
  }
  return at;
}

// What opens the group at the start of `group`: "(", "(?:", "(?P<name>".
size_t OpeningSize(std::string_view group) {
  if (group.starts_with("(?:")) return 3;
  return group.starts_with("(?P<") ? group.find('>') + 1 : 1;
}

bool HasAlternatives(std::string_view group) {
  for (size_t at = OpeningSize(group); at < group.size();) {
    if (group[at] == '|') return true;
    const bool bracket = group[at] == '(' || group[at] == '[';
    at = bracket ? SkipBracketed(group, at) : at + (group[at] == '\\' ? 2 : 1);
  }
  return false;
}

bool MayRepeatNotAtAll(char c) { return c == '?' || c == '*' || c == '{'; }

}  // namespace

RequiredLiterals FindRequiredLiterals(std::string_view pattern) {
  constexpr size_t kLeast = 3;  // bytes
  RequiredLiterals found;
  std::string run;
  bool first = true;
  const auto end_run = [&] {
    if (first) found.first = run;
    first = false;
    if (run.size() >= kLeast) found.runs.push_back(run);
    run.clear();
  };
  for (size_t at = 0; at < pattern.size();) {
    const char c = pattern[at];
    if (c == '|') return {};
    if (c == '(' || c == '[') {
      const bool flags = c == '(' && pattern.substr(at + 1, 1) == "?" &&
                         pattern.substr(at + 2, 1) != ":" && pattern.substr(at + 2, 1) != "P";
      if (flags) return {};
      const size_t end = SkipBracketed(pattern, at);
      const std::string_view group = pattern.substr(at, end - at);
      const bool optional = end < pattern.size() && MayRepeatNotAtAll(pattern[end]);
      if (c == '(' && !optional && !HasAlternatives(group)) {
        at += OpeningSize(group);
      } else {
        end_run();
        at = end;
      }
      continue;
    }
    if (c == ')') {
      ++at;
      if (at < pattern.size() && pattern[at] == '+') end_run();
      continue;
    }
    const bool escaped = c == '\\' && at + 1 < pattern.size();
    const char plain = escaped ? pattern[at + 1] : c;
    const bool spelled =
        escaped && std::string_view("xpPQC0123456789").find(plain) != std::string_view::npos;
    if (spelled) return {};
    const bool literal = escaped ? std::ispunct(static_cast<unsigned char>(plain)) != 0
                                 : std::string_view(".*+?{}^$)").find(c) == std::string_view::npos;
    at += escaped ? 2 : 1;
    if (!literal) {
      end_run();
      if (c == '{') at = pattern.find('}', at);
      if (at == std::string_view::npos) return {};
      continue;
    }
    const char next = at < pattern.size() ? pattern[at] : '\0';
    if (MayRepeatNotAtAll(next)) {
      end_run();
      continue;
    }
    run += plain;
    if (next == '+') end_run();
  }
  end_run();
  return found;
}

}  // namespace oops::grammar
