// Long stacks made short without losing what they say.
#ifndef OOPS_LIB_RENDER_FOLD_H_
#define OOPS_LIB_RENDER_FOLD_H_

#include <string>
#include <vector>

namespace oops::render {

// `length` entries from `first` on, which stand there `times` times one after the other.
struct Fold {
  int first = 0;
  int length = 1;
  int times = 1;

  int end() const { return first + length * times; }
};

// `entries` as a sequence of folds that covers them all. Recursion repeats a frame or a small group
// of frames (bio_endio, dec_pending, clone_endio); groups of up to eight are found, at each place
// the one that covers most. Linear in the number of entries.
std::vector<Fold> FoldRepeats(const std::vector<std::string>& entries);

}  // namespace oops::render

#endif  // OOPS_LIB_RENDER_FOLD_H_
