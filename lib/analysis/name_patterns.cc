#include "lib/analysis/name_patterns.h"

#include <algorithm>

namespace oops::analysis {
namespace {

constexpr size_t kLongestAffix = 63;  // lengths are kept as bits of a word

}  // namespace

void NamePatterns::Add(unsigned list, std::string_view patterns) {
  const uint64_t bit = uint64_t{1} << (list % 64);
  constexpr std::string_view kBlanks = " \n";
  for (size_t at = patterns.find_first_not_of(kBlanks); at != patterns.npos;
       at = patterns.find_first_not_of(kBlanks, at)) {
    const size_t end = std::min(patterns.find_first_of(kBlanks, at), patterns.size());
    std::string_view pattern = patterns.substr(at, end - at);
    at = end;
    if (pattern.back() == '*') {
      pattern.remove_suffix(1);
      pattern = pattern.substr(0, kLongestAffix);
      prefixes_[pattern] |= bit;
      prefix_lengths_ |= uint64_t{1} << pattern.size();
    } else if (pattern.front() == '*') {
      pattern.remove_prefix(1);
      if (pattern.size() > kLongestAffix) pattern.remove_prefix(pattern.size() - kLongestAffix);
      suffixes_[pattern] |= bit;
      suffix_lengths_ |= uint64_t{1} << pattern.size();
    } else {
      exact_[pattern] |= bit;
    }
  }
}

uint64_t NamePatterns::Lists(std::string_view name) const {
  uint64_t lists = 0;
  const auto look = [&lists](const Index& index, std::string_view part) {
    if (const auto found = index.find(part); found != index.end()) lists |= found->second;
  };
  look(exact_, name);
  const size_t longest = std::min(name.size(), kLongestAffix);
  for (size_t length = 1; length <= longest; ++length) {
    if ((prefix_lengths_ >> length) & 1) look(prefixes_, name.substr(0, length));
    if ((suffix_lengths_ >> length) & 1) look(suffixes_, name.substr(name.size() - length));
  }
  return lists;
}

}  // namespace oops::analysis
