// How likely a bucket lets a text position pass, from byte frequencies alone.
#ifndef OOPS_LIB_TEXT_BUCKET_MODEL_H_
#define OOPS_LIB_TEXT_BUCKET_MODEL_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "lib/text/scan_engine.h"

namespace oops::text {

using ByteFrequencies = std::array<double, 128>;  // parts of 1

// What stands in logs at large.
ByteFrequencies TypicalFrequencies();

// For each place of a window, the bytes that pass: every pair of a low and a high nibble that some
// window has there. That is what engines with tables by nibble do; for the others it is a little
// too much.
class BucketModel {
 public:
  // The bucket with one more window, of which `places` places are looked at.
  BucketModel With(std::string_view window, size_t places) const;

  // That a position passes, if bytes were independent of each other. 0 for an empty bucket.
  double Likelihood(const ByteFrequencies& frequencies, size_t places) const;

 private:
  struct Place {
    uint32_t low = 0;
    uint32_t high = 0;
  };
  std::array<Place, kBytePlaces> places_ = {};
};

}  // namespace oops::text

#endif  // OOPS_LIB_TEXT_BUCKET_MODEL_H_
