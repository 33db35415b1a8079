// What every fuzz target uses: promises, and cuts.
#ifndef OOPS_TESTS_FUZZ_CHECK_H_
#define OOPS_TESTS_FUZZ_CHECK_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace oops::fuzz {

// Ends the process if a promise doesn't hold, so that the fuzzer keeps the input.
void Check(bool holds, std::string_view promise, std::string_view detail = {});

// True if `part` is empty or lies in `whole`'s memory.
bool LiesIn(std::string_view whole, std::string_view part);

// True for one input in `n`, by its bytes, where a fuzzer runs it: for promises that cost more than
// all the others together. True for every input of a test.
bool OneIn(uint64_t n, std::string_view input);

// How long the pieces are that an input arrives in. The input's last bytes decide, so a fuzzer
// finds cuts as it finds anything else, and an input that it keeps is cut again in the same manner.
class PieceSizes {
 public:
  explicit PieceSizes(std::string_view input);

  // At least 1. Short pieces and long ones are mixed.
  size_t Next();

 private:
  uint64_t state_;
};

// Calls `use` with each piece, in memory of its own: a view that outlives it shows under the
// address sanitizer.
template <typename Use>
void ForEachPiece(std::string_view input, const Use& use) {
  PieceSizes sizes(input);
  while (!input.empty()) {
    const size_t size = std::min(sizes.Next(), input.size());
    const std::string piece(input.substr(0, size));
    use(piece);
    input.remove_prefix(size);
  }
}

}  // namespace oops::fuzz

#endif  // OOPS_TESTS_FUZZ_CHECK_H_
