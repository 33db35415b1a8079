#include "lib/text/bucket_model.h"

#include <bit>

namespace oops::text {
namespace {

struct ByteShare {
  std::string_view bytes;
  double share;  // of each of them, in a thousand
};
constexpr ByteShare kByteShares[] = {
    {" ", 120},
    {"0", 50},
    {"123456789", 20},
    {"etaoinsr", 40},
    {"dlcu", 25},
    {"mpfhg", 15},
    {"bvkwyx", 8},
    {"jqz", 1.5},
    {":", 20},
    {".-/_[]()=,\n", 9},
    {"ACDEIMNPRST", 3},
    {"BFGHJKLOQUVWXYZ", 1.5},
    {"\"'#@+*<>;%&!?", 1},
};
constexpr double kRareShare = 0.1;

}  // namespace

ByteFrequencies TypicalFrequencies() {
  ByteFrequencies frequencies;
  frequencies.fill(kRareShare / 1000);
  for (const ByteShare& row : kByteShares) {
    for (char byte : row.bytes) frequencies[static_cast<size_t>(byte)] = row.share / 1000;
  }
  return frequencies;
}

BucketModel BucketModel::With(std::string_view window, size_t places) const {
  BucketModel model = *this;
  for (size_t i = 0; i < places; ++i) {
    Place& place = model.places_[i];
    if (i < window.size()) {
      place.low |= 1u << (window[i] & 15);
      place.high |= 1u << (window[i] >> 4 & 7);
    } else {
      place = {.low = 0xffff, .high = 0xff};
    }
  }
  return model;
}

double BucketModel::Likelihood(const ByteFrequencies& frequencies, size_t places) const {
  double likelihood = 1;
  for (size_t i = 0; i < places; ++i) {
    double share = 0;
    for (uint32_t high = places_[i].high; high != 0; high &= high - 1) {
      for (uint32_t low = places_[i].low; low != 0; low &= low - 1) {
        share +=
            frequencies[static_cast<size_t>(16 * std::countr_zero(high) + std::countr_zero(low))];
      }
    }
    likelihood *= share;
  }
  return likelihood;
}

}  // namespace oops::text
