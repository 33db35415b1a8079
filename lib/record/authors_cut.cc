#include "lib/record/authors_cut.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <vector>

#include "lib/grammar/chars.h"

namespace oops::record {
namespace {

constexpr size_t kMaxEllipsis = 40;  // bytes
constexpr std::string_view kDots = "\u2026";
constexpr std::string_view kFrame = " \t-=*<>[]~";

constexpr bool IsFrame(char c) { return kFrame.find(c) != kFrame.npos; }

// What an ellipsis can begin with. A table: every line of a report is asked.
constexpr std::array<bool, 256> kMayBegin = [] {
  std::array<bool, 256> table = {};
  for (char c : kFrame) table[static_cast<unsigned char>(c)] = true;
  table['.'] = table[static_cast<unsigned char>(kDots[0])] = true;
  return table;
}();

constexpr std::string_view kWords[] = {"snip", "snipped", "cut", "trimmed", "truncated", "omitted"};

bool IsWord(std::string_view text, std::string_view word) {
  return std::equal(text.begin(), text.end(), word.begin(), word.end(), [](char a, char b) {
    return std::tolower(static_cast<unsigned char>(a)) == b;
  });
}

using Trace = std::vector<const Frame*>;

Trace FramesOf(const Stack& stack, bool doubtful) {
  Trace frames;
  for (const Frame& frame : stack.frames()) {
    if ((doubtful || frame.reliable()) && !frame.function().empty()) frames.push_back(&frame);
  }
  return frames;
}

bool SamePlace(const Frame* a, const Frame* b) {
  return a->function() == b->function() && a->has_offset() && a->offset() == b->offset();
}

bool OfOwnTask(const Stack& stack) {
  return stack.type() == STACK_TASK ||
         (stack.type() == STACK_RESAMPLE && stack.part() == STACK_TASK);
}

}  // namespace

bool IsEllipsis(std::string_view text) {
  text = grammar::TrimLeft(text);
  if (text.empty() || !kMayBegin[static_cast<unsigned char>(text[0])]) return false;
  text = grammar::TrimRight(text);
  if (text.size() < 2 || text.size() > kMaxEllipsis) return false;
  size_t dots = 0;
  std::string_view rest = text;
  while (!rest.empty() && !grammar::IsLetter(rest[0])) {
    if (rest.starts_with(kDots)) {
      dots += 2;
      rest.remove_prefix(kDots.size());
    } else if (rest[0] == '.') {
      ++dots;
      rest.remove_prefix(1);
    } else if (IsFrame(rest[0])) {
      rest.remove_prefix(1);
    } else {
      return false;
    }
  }
  if (rest.empty()) return dots >= 2;
  // A word needs something round it: "snip" alone may be a process's name.
  while (!rest.empty() && !grammar::IsLetter(rest.back())) {
    if (rest.back() != '.' && !IsFrame(rest.back())) return false;
    rest.remove_suffix(1);
  }
  const bool framed = !grammar::IsLetter(text.front()) && !grammar::IsLetter(text.back());
  return framed && std::any_of(std::begin(kWords), std::end(kWords),
                               [rest](std::string_view word) { return IsWord(rest, word); });
}

bool IsRemark(std::string_view text) {
  text = grammar::TrimLeft(text);
  return text.starts_with("//") || text.starts_with("/*");
}

uint64_t LineOfShortenedTrace(const CrashRecord& record) {
  constexpr size_t kLeastFrames = 2;
  const Stack* last = nullptr;
  for (const Stack& stack : record.stacks()) {
    if (OfOwnTask(stack)) last = &stack;
  }
  if (!last) return 0;
  Trace shortened = FramesOf(*last, false);
  if (shortened.size() < kLeastFrames) shortened = FramesOf(*last, true);
  if (shortened.size() < kLeastFrames) return 0;
  for (const Stack& stack : record.stacks()) {
    if (&stack == last) break;
    if (!OfOwnTask(stack)) continue;
    const Trace whole = FramesOf(stack, false);
    // The same callers in the same order, up to where the later trace stops.
    const auto stops_at = [&](size_t at) {
      return std::equal(whole.begin() + at - kLeastFrames, whole.begin() + at,
                        shortened.end() - kLeastFrames, shortened.end(), SamePlace);
    };
    if (whole.size() < kLeastFrames || stops_at(whole.size())) continue;
    for (size_t at = kLeastFrames; at < whole.size(); ++at) {
      if (stops_at(at)) return last->lines().last();
    }
  }
  return 0;
}

}  // namespace oops::record
