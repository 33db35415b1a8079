#if defined(__x86_64__)

#include <immintrin.h>

#include "lib/text/scan_batch.h"
#include "lib/text/scan_engine.h"

#define OOPS_AVX2 __attribute__((target("avx2,bmi,popcnt")))

namespace oops::text::engines {
namespace {

constexpr size_t kVector = 32;

struct Tables {
  __m256i low[kNibblePlaces];
  __m256i high[kNibblePlaces];
};

OOPS_AVX2 inline __m256i Load(const char* at) {
  return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(at));
}

// The shuffle works on each half by itself: both get the same table.
OOPS_AVX2 inline __m256i LoadTable(const uint8_t* table) {
  return _mm256_broadcastsi128_si256(_mm_load_si128(reinterpret_cast<const __m128i*>(table)));
}

OOPS_AVX2 inline __m256i LowNibbles(__m256i bytes) {
  return _mm256_and_si256(bytes, _mm256_set1_epi8(15));
}

OOPS_AVX2 inline __m256i Accept(const Tables& tables, int place, __m256i low_index, __m256i bytes) {
  const __m256i high_index = LowNibbles(_mm256_srli_epi16(bytes, 4));
  return _mm256_and_si256(_mm256_shuffle_epi8(tables.low[place], low_index),
                          _mm256_shuffle_epi8(tables.high[place], high_index));
}

// Places that every window has. The shuffle gives 0 for an index above 0x7f, which is right:
// windows are ASCII.
OOPS_AVX2 inline __m256i Accept(const Tables& tables, int place, const char* at) {
  const __m256i bytes = Load(at + place);
  return Accept(tables, place, bytes, bytes);
}

// The last place, where a window may end early and then accepts any byte.
OOPS_AVX2 inline __m256i AcceptLast(const Tables& tables, const char* at) {
  constexpr int kPlace = kNibblePlaces - 1;
  const __m256i bytes = Load(at + kPlace);
  return Accept(tables, kPlace, LowNibbles(bytes), bytes);
}

OOPS_AVX2 inline __m256i Buckets(const Tables& tables, const char* at) {
  const __m256i first = _mm256_and_si256(Accept(tables, 0, at), Accept(tables, 1, at));
  const __m256i second = _mm256_and_si256(Accept(tables, 2, at), Accept(tables, 3, at));
  return _mm256_and_si256(_mm256_and_si256(first, second), AcceptLast(tables, at));
}

OOPS_AVX2 inline uint64_t Equal(__m256i a, __m256i b) {
  return static_cast<uint32_t>(_mm256_movemask_epi8(_mm256_cmpeq_epi8(a, b)));
}

}  // namespace

OOPS_AVX2 void ScanBatchAvx2(const WindowTables& window_tables, const char* begin, size_t blocks,
                             Batch* batch) {
  Tables tables;
  for (size_t place = 0; place < kNibblePlaces; ++place) {
    tables.low[place] = LoadTable(window_tables.low[place]);
    tables.high[place] = LoadTable(window_tables.high[place]);
  }
  const __m256i newline = _mm256_set1_epi8('\n');
  BatchWriter writer(batch);
  const char* const end = begin + blocks * kBlock;
  for (const char* block = begin; block != end; block += kBlock) {
    uint64_t none = 0;
    uint64_t newline_bits = 0;
    // Unrolled, it has more values at hand than there are registers.
#pragma GCC unroll 1
    for (size_t i = 0; i < kBlock; i += kVector) {
      none |= Equal(Buckets(tables, block + i), _mm256_setzero_si256()) << i;
      newline_bits |= Equal(Load(block + i), newline) << i;
    }
    writer.Add(~none, newline_bits);
  }
  writer.Finish(window_tables, begin);
}

}  // namespace oops::text::engines

#endif
