#if defined(__aarch64__) && defined(__ARM_NEON)

#include <arm_neon.h>

#include "lib/text/scan_batch.h"
#include "lib/text/scan_engine.h"

namespace oops::text::engines {
namespace {

constexpr size_t kVector = 16;
constexpr size_t kVectors = kBlock / kVector;

struct Tables {
  uint8x16_t low[kNibblePlaces];
  uint8x16_t high[kNibblePlaces];
};

inline uint8x16_t Load(const char* at) { return vld1q_u8(reinterpret_cast<const uint8_t*>(at)); }

inline uint8x16_t Accept(const Tables& tables, int place, const char* at) {
  const uint8x16_t bytes = Load(at + place);
  return vandq_u8(vqtbl1q_u8(tables.low[place], vandq_u8(bytes, vdupq_n_u8(15))),
                  vqtbl1q_u8(tables.high[place], vshrq_n_u8(bytes, 4)));
}

inline uint8x16_t Buckets(const Tables& tables, const char* at) {
  static_assert(kNibblePlaces == 5);
  const uint8x16_t first = vandq_u8(Accept(tables, 0, at), Accept(tables, 1, at));
  const uint8x16_t second = vandq_u8(Accept(tables, 2, at), Accept(tables, 3, at));
  return vandq_u8(vandq_u8(first, second), Accept(tables, 4, at));
}

// Bit i of the answer: byte i of the four vectors is not zero. NEON has no movemask: each byte
// keeps the bit of its place in eight, and pairwise sums bring eight of them together.
inline uint64_t NonZeroBits(const uint8x16_t (&vectors)[kVectors]) {
  constexpr uint8_t kPlaces[kVector] = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
  const uint8x16_t places = vld1q_u8(kPlaces);
  uint8x16_t bits[kVectors];
  for (size_t i = 0; i < kVectors; ++i)
    bits[i] = vandq_u8(vtstq_u8(vectors[i], vectors[i]), places);
  const uint8x16_t quarter = vpaddq_u8(vpaddq_u8(bits[0], bits[1]), vpaddq_u8(bits[2], bits[3]));
  return vgetq_lane_u64(vreinterpretq_u64_u8(vpaddq_u8(quarter, quarter)), 0);
}

}  // namespace

void ScanBatchNeon(const WindowTables& window_tables, const char* begin, size_t blocks,
                   Batch* batch) {
  Tables tables;
  for (size_t place = 0; place < kNibblePlaces; ++place) {
    tables.low[place] = vld1q_u8(window_tables.low[place]);
    tables.high[place] = vld1q_u8(window_tables.high[place]);
  }
  const uint8x16_t newline = vdupq_n_u8('\n');
  BatchWriter writer(batch);
  const char* const end = begin + blocks * kBlock;
  for (const char* block = begin; block != end; block += kBlock) {
    uint8x16_t buckets[kVectors];
    uint8x16_t line_ends[kVectors];
    for (size_t i = 0; i < kVectors; ++i) {
      buckets[i] = Buckets(tables, block + i * kVector);
      line_ends[i] = vceqq_u8(Load(block + i * kVector), newline);
    }
    writer.Add(NonZeroBits(buckets), NonZeroBits(line_ends));
  }
  writer.Finish(window_tables, begin);
}

}  // namespace oops::text::engines

#endif
