#if defined(__x86_64__)

// GCC 12's header reads an undefined vector on purpose.
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wuninitialized"
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif

#include <immintrin.h>

#include "lib/text/scan_batch.h"
#include "lib/text/scan_engine.h"

#define OOPS_AVX512 __attribute__((target("avx512f,avx512bw,avx512vbmi,bmi,popcnt")))

namespace oops::text::engines {
namespace {

// VBMI looks a byte up in 128 entries at once.
struct Tables {
  __m512i first[kBytePlaces];   // bytes 0 to 63
  __m512i second[kBytePlaces];  // bytes 64 to 127
};

OOPS_AVX512 inline __m512i Load(const void* at) { return _mm512_loadu_si512(at); }

// The look-up ignores the top bit: a byte above 0x7f may make a candidate, as if it were ASCII.
OOPS_AVX512 inline __m512i Accept(const Tables& tables, int place, const char* at) {
  return _mm512_permutex2var_epi8(tables.first[place], Load(at + place), tables.second[place]);
}

OOPS_AVX512 inline __m512i And(__m512i a, __m512i b, __m512i c) {
  return _mm512_ternarylogic_epi64(a, b, c, 0x80);
}

OOPS_AVX512 inline uint64_t Candidates(const Tables& tables, const char* at) {
  static_assert(kBytePlaces == 8);
  const __m512i first = And(Accept(tables, 0, at), Accept(tables, 1, at), Accept(tables, 2, at));
  const __m512i second = And(Accept(tables, 3, at), Accept(tables, 4, at), Accept(tables, 5, at));
  const __m512i third = _mm512_and_si512(Accept(tables, 6, at), Accept(tables, 7, at));
  return _mm512_test_epi8_mask(_mm512_and_si512(first, second), third);
}

OOPS_AVX512 inline uint64_t NewlineBits(const char* block) {
  return _mm512_cmpeq_epi8_mask(Load(block), _mm512_set1_epi8('\n'));
}

}  // namespace

OOPS_AVX512 void ScanBatchAvx512(const WindowTables& window_tables, const char* begin,
                                 size_t blocks, Batch* batch) {
  Tables tables;
  for (size_t place = 0; place < kBytePlaces; ++place) {
    tables.first[place] = Load(window_tables.bytes[place]);
    tables.second[place] = Load(window_tables.bytes[place] + 64);
  }
  BatchWriter writer(batch);
  const char* const end = begin + blocks * kBlock;
  for (const char* block = begin; block != end; block += kBlock)
    writer.Add(Candidates(tables, block), NewlineBits(block));
  writer.Finish(window_tables, begin);
}

}  // namespace oops::text::engines

#endif
