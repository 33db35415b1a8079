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
  for (size_t i = 0; i < kBlockReach; ++i) {
    live = Step(tables, live, block[i]);
    if (live >> kTopByte != 0) candidates |= uint64_t{1} << (i - (kBytePlaces - 1));
  }
  return candidates;
}

uint64_t NewlineBits(const char* block) {
  uint64_t bits = 0;
  for (size_t i = 0; i < kBlock; ++i) bits |= uint64_t{block[i] == '\n'} << i;
  return bits;
}

}  // namespace

void ScanBlocksPortable(const WindowTables& tables, const char* end, BlockCursor* cursor) {
  const char* block = cursor->block;
  uint64_t newlines = 0;
  for (; static_cast<size_t>(end - block) >= kBlockReach; block += kBlock) {
    uint64_t live = 0;
    uint64_t ever_live = 0;
    uint64_t block_newlines = 0;
    for (size_t i = 0; i < kBytePlaces - 1; ++i) live = Step(tables, live, block[i]);
    for (size_t i = 0; i < kBlock; ++i) {
      live = Step(tables, live, block[i + kBytePlaces - 1]);
      ever_live |= live;
      block_newlines += block[i] == '\n';
    }
    if (ever_live >> kTopByte != 0) {
      cursor->candidates = tables.Confirm(block, Candidates(tables, block));
      cursor->newline_bits = NewlineBits(block);
      if (cursor->candidates != 0) break;
    }
    newlines += block_newlines;
  }
  cursor->block = block;
  cursor->newlines += newlines;
}

}  // namespace oops::text::engines
