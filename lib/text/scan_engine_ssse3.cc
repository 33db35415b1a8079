#if defined(__x86_64__)

#include <immintrin.h>

#include "lib/text/scan_batch.h"
#include "lib/text/scan_engine.h"

#define OOPS_SSSE3 __attribute__((target("ssse3,popcnt")))

namespace oops::text::engines {
namespace {

constexpr size_t kVector = 16;

struct Tables {
  __m128i low[kNibblePlaces];
  __m128i high[kNibblePlaces];
};

OOPS_SSSE3 inline __m128i Load(const void* at) {
  return _mm_loadu_si128(static_cast<const __m128i*>(at));
}

OOPS_SSSE3 inline __m128i LowNibbles(__m128i bytes) {
  return _mm_and_si128(bytes, _mm_set1_epi8(15));
}

OOPS_SSSE3 inline __m128i Accept(const Tables& tables, int place, __m128i low_index,
                                 __m128i bytes) {
  const __m128i high_index = LowNibbles(_mm_srli_epi16(bytes, 4));
  return _mm_and_si128(_mm_shuffle_epi8(tables.low[place], low_index),
                       _mm_shuffle_epi8(tables.high[place], high_index));
}

// Places that every window has. The shuffle gives 0 for an index above 0x7f, which is right:
// windows are ASCII.
OOPS_SSSE3 inline __m128i Accept(const Tables& tables, int place, const char* at) {
  const __m128i bytes = Load(at + place);
  return Accept(tables, place, bytes, bytes);
}

// The last place, where a window may end early and then accepts any byte.
OOPS_SSSE3 inline __m128i AcceptLast(const Tables& tables, const char* at) {
  constexpr int kPlace = kNibblePlaces - 1;
  const __m128i bytes = Load(at + kPlace);
  return Accept(tables, kPlace, LowNibbles(bytes), bytes);
}

OOPS_SSSE3 inline __m128i Buckets(const Tables& tables, const char* at) {
  const __m128i first = _mm_and_si128(Accept(tables, 0, at), Accept(tables, 1, at));
  const __m128i second = _mm_and_si128(Accept(tables, 2, at), Accept(tables, 3, at));
  return _mm_and_si128(_mm_and_si128(first, second), AcceptLast(tables, at));
}

OOPS_SSSE3 inline uint64_t Equal(__m128i a, __m128i b) {
  return static_cast<uint32_t>(_mm_movemask_epi8(_mm_cmpeq_epi8(a, b)));
}

}  // namespace

OOPS_SSSE3 void ScanBatchSsse3(const WindowTables& window_tables, const char* begin, size_t blocks,
                               Batch* batch) {
  Tables tables;
  for (size_t place = 0; place < kNibblePlaces; ++place) {
    tables.low[place] = Load(window_tables.low[place]);
    tables.high[place] = Load(window_tables.high[place]);
  }
  const __m128i newline = _mm_set1_epi8('\n');
  BatchWriter writer(batch);
  const char* const end = begin + blocks * kBlock;
  for (const char* block = begin; block != end; block += kBlock) {
    uint64_t none = 0;
    uint64_t newline_bits = 0;
    for (size_t i = 0; i < kBlock; i += kVector) {
      none |= Equal(Buckets(tables, block + i), _mm_setzero_si128()) << i;
      newline_bits |= Equal(Load(block + i), newline) << i;
    }
    writer.Add(~none, newline_bits);
  }
  writer.Finish(window_tables, begin);
}

}  // namespace oops::text::engines

#endif
