#include "lib/text/scan_batch.h"
#include "lib/text/scan_engine.h"

namespace oops::text::engines {
namespace {

constexpr int kTopByte = 8 * (kBytePlaces - 1);

// One look-up a byte: byte j of `live` holds the buckets whose first j+1 places fit the bytes up to
// here, so that its top byte says which windows end here.
inline uint64_t Step(const WindowTables& tables, uint64_t live, char byte) {
  return ((live << 8) | 0xff) & tables.packed[static_cast<uint8_t>(byte)];
}

uint64_t Candidates(const WindowTables& tables, const char* block) {
  uint64_t live = 0;
  uint64_t candidates = 0;
  for (size_t i = 0; i < kBytePlaces - 1; ++i) live = Step(tables, live, block[i]);
  for (size_t i = 0; i < kBlock; ++i) {
    live = Step(tables, live, block[i + kBytePlaces - 1]);
    candidates |= uint64_t{live >> kTopByte != 0} << i;
  }
  return candidates;
}

uint64_t NewlineBits(const char* block) {
  uint64_t bits = 0;
  for (size_t i = 0; i < kBlock; ++i) bits |= uint64_t{block[i] == '\n'} << i;
  return bits;
}

}  // namespace

void ScanBatchPortable(const WindowTables& tables, const char* begin, size_t blocks, Batch* batch) {
  BatchWriter writer(batch);
  const char* const end = begin + blocks * kBlock;
  for (const char* block = begin; block != end; block += kBlock)
    writer.Add(Candidates(tables, block), NewlineBits(block));
  writer.Finish(tables, begin);
}

}  // namespace oops::text::engines
