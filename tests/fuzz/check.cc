#include "tests/fuzz/check.h"

#include <cstdlib>
#include <functional>
#include <iostream>

namespace oops::fuzz {

void Check(bool holds, std::string_view promise, std::string_view detail) {
  if (holds) return;
  std::cerr << "broken promise: " << promise << "\n" << detail << std::endl;
  std::abort();
}

bool LiesIn(std::string_view whole, std::string_view part) {
  const std::less_equal<const char*> before;
  return part.empty() || (before(whole.data(), part.data()) &&
                          before(part.data() + part.size(), whole.data() + whole.size()));
}

bool OneIn([[maybe_unused]] uint64_t n, [[maybe_unused]] std::string_view input) {
#ifdef FUZZING_BUILD_MODE_UNSAFE_FOR_PRODUCTION
  return std::hash<std::string_view>()(input) % n == 0;
#else
  return true;
#endif
}

PieceSizes::PieceSizes(std::string_view input) : state_(0x9e3779b97f4a7c15) {
  for (const char c : input.substr(input.size() - std::min<size_t>(input.size(), 8))) {
    state_ = state_ * 0x100000001b3 + static_cast<unsigned char>(c) + 1;
  }
}

size_t PieceSizes::Next() {
  state_ ^= state_ << 13;
  state_ ^= state_ >> 7;
  state_ ^= state_ << 17;
  return 1 + (state_ >> 32) % (size_t{1} << (state_ >> 16) % 14);
}

}  // namespace oops::fuzz
