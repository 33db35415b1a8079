// Damages a text, for tests that run without a fuzzer.
#ifndef OOPS_TESTS_FUZZ_MUTATOR_H_
#define OOPS_TESTS_FUZZ_MUTATOR_H_

#include <cstddef>
#include <cstdint>
#include <random>
#include <span>
#include <string>
#include <utility>

namespace oops::fuzz {

// Deterministic: the same seeds and number give the same texts.
class Mutator {
 public:
  // `seeds` must outlive the mutator and not be empty.
  Mutator(std::span<const std::string> seeds, uint32_t number) : seeds_(seeds), random_(number) {}

  // A seed with a few things done to it, as terminals, networks, editors and full disks do: bytes
  // replaced, lines lost, doubled, swapped, cut, joined or wrapped, and pieces of other seeds in
  // between. At most `limit` bytes.
  std::string Next(size_t limit);

 private:
  size_t Below(size_t end) { return end == 0 ? 0 : random_() % end; }
  void Mutate(std::string& text);
  // A few bytes at a random place, or a few lines.
  std::pair<size_t, size_t> Range(const std::string& text);

  std::span<const std::string> seeds_;
  std::mt19937 random_;
};

}  // namespace oops::fuzz

#endif  // OOPS_TESTS_FUZZ_MUTATOR_H_
