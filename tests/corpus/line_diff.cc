#include "tests/corpus/line_diff.h"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace oops::corpus {
namespace {

using Lines = std::vector<std::string_view>;

constexpr size_t kContext = 3;

struct Step {
  char sign;  // ' ', '-' or '+'
  std::string_view line;
};

Lines Split(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

// Of each pair of line numbers: how long the longest common subsequence of what follows is.
class Common {
 public:
  Common(const Lines& a, const Lines& b)
      : width_(b.size() + 1), length_((a.size() + 1) * width_, 0) {
    for (size_t i = a.size(); i-- > 0;) {
      for (size_t j = b.size(); j-- > 0;) {
        At(i, j) = a[i] == b[j] ? At(i + 1, j + 1) + 1 : std::max(At(i + 1, j), At(i, j + 1));
      }
    }
  }
  uint32_t& At(size_t i, size_t j) { return length_[i * width_ + j]; }

 private:
  size_t width_;
  std::vector<uint32_t> length_;
};

// The way from `a` to `b`, deletions before insertions.
void Walk(const Lines& a, const Lines& b, std::vector<Step>& steps) {
  Common common(a, b);
  size_t i = 0;
  size_t j = 0;
  while (i < a.size() || j < b.size()) {
    if (i < a.size() && j < b.size() && a[i] == b[j]) {
      steps.push_back({' ', a[i]});
      ++i, ++j;
    } else if (j == b.size() || (i < a.size() && common.At(i + 1, j) >= common.At(i, j + 1))) {
      steps.push_back({'-', a[i++]});
    } else {
      steps.push_back({'+', b[j++]});
    }
  }
}

std::string Print(const std::vector<Step>& steps) {
  std::string text;
  size_t printed = 0;  // steps up to here are done with
  size_t line = 1;     // of the expected text, of step `at`
  std::vector<size_t> number(steps.size());
  for (size_t at = 0; at < steps.size(); ++at) {
    number[at] = line;
    line += steps[at].sign != '+';
  }
  for (size_t at = 0; at < steps.size(); ++at) {
    if (steps[at].sign == ' ') continue;
    const size_t from = std::max(printed, at - std::min(at, kContext));
    if (from > printed || printed == 0) text += "@@ line " + std::to_string(number[from]) + "\n";
    size_t to = at + 1;
    while (to < steps.size() && to <= at + kContext && steps[to].sign == ' ') ++to;
    for (size_t i = from; i < to; ++i) text += steps[i].sign + std::string(steps[i].line) + "\n";
    printed = to;
    at = to - 1;
  }
  return text;
}

}  // namespace

std::string LineDiff(std::string_view expected, std::string_view actual) {
  if (expected == actual) return {};
  Lines a = Split(expected);
  Lines b = Split(actual);
  std::vector<Step> tail;
  std::vector<Step> steps;
  size_t same = 0;
  while (same < std::min(a.size(), b.size()) && a[same] == b[same]) {
    steps.push_back({' ', a[same++]});
  }
  a.erase(a.begin(), a.begin() + same);
  b.erase(b.begin(), b.begin() + same);
  while (!a.empty() && !b.empty() && a.back() == b.back()) {
    tail.push_back({' ', a.back()});
    a.pop_back();
    b.pop_back();
  }
  Walk(a, b, steps);
  steps.insert(steps.end(), tail.rbegin(), tail.rend());
  std::string text = Print(steps);
  return text.empty() ? "the texts differ in line ends alone\n" : text;
}

}  // namespace oops::corpus
