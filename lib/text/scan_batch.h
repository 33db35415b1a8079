// How every engine writes a batch. Inlined into each, so that it is compiled for its instructions.
#ifndef OOPS_LIB_TEXT_SCAN_BATCH_H_
#define OOPS_LIB_TEXT_SCAN_BATCH_H_

#include <bit>
#include <cstdint>

#include "lib/text/scan_engine.h"

namespace oops::text::engines {

class BatchWriter {
 public:
  [[gnu::always_inline]] explicit BatchWriter(Batch* batch)
      : batch_(batch), next_(batch->candidates) {}

  // The next block. Bit i: a window may begin at its byte i; its byte i is a newline.
  [[gnu::always_inline]] void Add(uint64_t candidates, uint64_t newlines) {
    newlines_ += static_cast<uint64_t>(std::popcount(newlines));
    const auto count = static_cast<uint32_t>(std::popcount(candidates));
    // As many as hardly a block exceeds, if there are as many or not. What is too much is written
    // over by the next block; before the last one it has room, since no block is that full.
    for (uint32_t i = 0; i < kUsual; ++i) {
      next_[i] = start_ + static_cast<uint32_t>(std::countr_zero(candidates));
      candidates &= candidates - 1;
    }
    if (count > kUsual) [[unlikely]] {
      for (uint32_t i = kUsual; i < count; ++i) {
        next_[i] = start_ + static_cast<uint32_t>(std::countr_zero(candidates));
        candidates &= candidates - 1;
      }
    }
    next_ += count;
    start_ += kBlock;
  }

  // Ends the batch that begins at `begin`: drops the candidates whose key is no window's.
  [[gnu::always_inline]] void Finish(const WindowTables& tables, const char* begin) {
    uint32_t* kept = batch_->candidates;
    for (const uint32_t* candidate = batch_->candidates; candidate != next_; ++candidate) {
      const uint32_t position = *candidate;
      *kept = position;
      kept += tables.MayBegin(begin + position) ? 1 : 0;
    }
    batch_->count = static_cast<uint32_t>(kept - batch_->candidates);
    batch_->newlines = newlines_;
  }

 private:
  static constexpr uint32_t kUsual = 3;

  Batch* const batch_;
  uint32_t* next_;
  uint32_t start_ = 0;
  uint64_t newlines_ = 0;
};

}  // namespace oops::text::engines

#endif  // OOPS_LIB_TEXT_SCAN_BATCH_H_
