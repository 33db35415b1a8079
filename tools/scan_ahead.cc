#include "tools/scan_ahead.h"

#include <unistd.h>

#include <cerrno>

namespace oops::tools {
namespace {

// Threads that hand over less at a time wake each other more than they work.
constexpr size_t kBlock = 512 << 10;

}  // namespace

ScanAhead::ScanAhead(int fd, uint64_t offset, int threads) : fd_(fd), offset_(offset) {
  for (int i = 0; i < threads; ++i) lanes_.push_back(std::make_unique<Lane>());
  for (int i = 1; i < threads; ++i) {
    Lane& lane = *lanes_[i];
    lane.thread = std::thread([this, &lane, i] { Work(lane, i); });
  }
}

ScanAhead::~ScanAhead() {
  for (const auto& lane : lanes_) {
    if (!lane->thread.joinable()) continue;
    {
      const std::lock_guard lock(lane->mutex);
      lane->stop = true;
    }
    lane->changed.notify_all();
    lane->thread.join();
  }
}

void ScanAhead::Fill(Slot& slot, uint64_t block) const {
  if (!slot.bytes) slot.bytes.reset(new char[kBlock]);
  slot.size = 0;
  slot.error = 0;
  while (slot.size < kBlock) {
    const uint64_t at = offset_ + block * kBlock + slot.size;
    const ssize_t got =
        pread(fd_, slot.bytes.get() + slot.size, kBlock - slot.size, static_cast<off_t>(at));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) slot.error = errno;
    if (got <= 0) break;
    slot.size += static_cast<size_t>(got);
  }
  slot.scan.Run({slot.bytes.get(), slot.size});
}

void ScanAhead::Work(Lane& lane, uint64_t first_block) {
  for (uint64_t round = 0;; ++round) {
    Slot& slot = lane.slots[round % kSlots];
    {
      std::unique_lock lock(lane.mutex);
      lane.changed.wait(lock, [&] { return lane.stop || round < lane.taken + kSlots; });
      if (lane.stop) return;
    }
    Fill(slot, first_block + round * lanes_.size());
    {
      const std::lock_guard lock(lane.mutex);
      lane.written = round + 1;
    }
    lane.changed.notify_all();
    if (slot.size < kBlock) return;
  }
}

ScanAhead::Block ScanAhead::Next() {
  if (holding_) {
    {
      const std::lock_guard lock(holding_->mutex);
      ++holding_->taken;
    }
    holding_->changed.notify_all();
    holding_ = nullptr;
  }
  if (ended_) return {};
  const uint64_t block = next_++;
  const uint64_t round = block / lanes_.size();
  Lane& lane = *lanes_[block % lanes_.size()];
  const bool own = !lane.thread.joinable();
  Slot& slot = lane.slots[own ? 0 : round % kSlots];
  if (own) {
    Fill(slot, block);
  } else {
    std::unique_lock lock(lane.mutex);
    lane.changed.wait(lock, [&] { return lane.written > round; });
    holding_ = &lane;
  }
  ended_ = slot.size < kBlock;
  error_ = slot.error;
  return {{slot.bytes.get(), slot.size}, &slot.scan};
}

}  // namespace oops::tools
