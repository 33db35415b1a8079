#include "tools/scan_ahead.h"

#include <unistd.h>

#include <cerrno>
#include <utility>

namespace oops::tools {
namespace {

constexpr size_t kBlock = 64 << 10;  // bytes
constexpr size_t kBuffers = 4;       // of each thread: what its second cache holds

}  // namespace

ScanAhead::ScanAhead(int fd, uint64_t offset, int threads)
    : fd_(fd), offset_(offset), free_(threads), ready_(kBuffers * threads) {
  for (size_t thread = 0; thread < free_.size(); ++thread) {
    for (size_t i = 0; i < kBuffers; ++i) {
      auto buffer = std::make_unique<Buffer>();
      buffer->owner = thread;
      free_[thread].push_back(std::move(buffer));
    }
  }
  for (size_t thread = 1; thread < free_.size(); ++thread)
    threads_.emplace_back([this, thread] { Work(thread); });
}

ScanAhead::~ScanAhead() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  changed_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

void ScanAhead::Read(uint64_t block, Buffer& buffer) const {
  if (!buffer.bytes) buffer.bytes.reset(new char[kBlock]);
  buffer.size = 0;
  while (buffer.size < kBlock) {
    const uint64_t at = offset_ + block * kBlock + buffer.size;
    const ssize_t got =
        pread(fd_, buffer.bytes.get() + buffer.size, kBlock - buffer.size, static_cast<off_t>(at));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) buffer.error = errno;
    if (got <= 0) break;
    buffer.size += static_cast<size_t>(got);
  }
  buffer.scan.Run({buffer.bytes.get(), buffer.size});
}

// `lock` is held before and after, not meanwhile.
void ScanAhead::Fetch(size_t thread, std::unique_lock<std::mutex>& lock) {
  const uint64_t block = fetched_++;
  std::unique_ptr<Buffer> buffer = std::move(free_[thread].back());
  free_[thread].pop_back();
  lock.unlock();
  Read(block, *buffer);
  lock.lock();
  if (buffer->size < kBlock) all_fetched_ = true;
  Ready(block) = std::move(buffer);
  changed_.notify_all();
}

void ScanAhead::Work(size_t thread) {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [&] { return stop_ || all_fetched_ || MayFetch(thread); });
    if (stop_ || all_fetched_) return;
    Fetch(thread, lock);
  }
}

ScanAhead::Block ScanAhead::Next() {
  if (ended_) return {};
  std::unique_lock lock(mutex_);
  if (given_) {
    const size_t owner = given_->owner;
    free_[owner].push_back(std::move(given_));
    if (owner != 0) changed_.notify_all();
  }
  while (!Ready(next_)) {
    if (MayFetch(0)) {
      Fetch(0, lock);
    } else {
      changed_.wait(lock);
    }
  }
  given_ = std::move(Ready(next_++));
  ended_ = given_->size < kBlock;
  error_ = given_->error;
  return {{given_->bytes.get(), given_->size}, &given_->scan};
}

}  // namespace oops::tools
