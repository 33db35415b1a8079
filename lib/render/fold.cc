#include "lib/render/fold.h"

#include <algorithm>

namespace oops::render {
namespace {

constexpr int kLongestGroup = 8;

}  // namespace

std::vector<Fold> FoldRepeats(const std::vector<std::string>& entries) {
  const int size = static_cast<int>(entries.size());
  std::vector<Fold> folds;
  for (int at = 0; at < size; at = folds.back().end()) {
    Fold best{at, 1, 1};
    for (int length = 1; length <= kLongestGroup && at + 2 * length <= size; ++length) {
      // Entries that equal the one a group's length before them; each `length` of them are one more
      // repeat.
      int equal = 0;
      while (at + length + equal < size && entries[at + equal] == entries[at + length + equal]) {
        ++equal;
      }
      const int times = 1 + equal / length;
      if (times > 1 && length * times > best.length * best.times) best = {at, length, times};
    }
    folds.push_back(best);
  }
  return folds;
}

}  // namespace oops::render
