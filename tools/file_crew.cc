#include "tools/file_crew.h"

#include <chrono>
#include <system_error>
#include <utility>

namespace oops::tools {
namespace {

// Serialized bytes of records that may wait for their file's turn.
constexpr size_t kMostWaiting = 1 << 20;
constexpr auto kShowEvery = std::chrono::milliseconds(100);

}  // namespace

FileCrew::FileCrew(const std::vector<std::string>& files, int threads, ParseOne parse)
    : files_(files),
      most_ahead_(4 * static_cast<size_t>(threads)),
      parse_(std::move(parse)),
      work_(files.size()) {
  for (int i = 0; i < threads; ++i) {
    try {
      threads_.emplace_back([this] { ParseFiles(); });
    } catch (const std::system_error&) {
      if (threads_.empty()) throw;
      break;  // those that there are will do
    }
  }
}

FileCrew::~FileCrew() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  changed_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

void FileCrew::ParseFiles() {
  while (true) {
    size_t file;
    {
      // Files that end at once would otherwise pile up before the first, which takes its time.
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [&] {
        return stop_ || begun_ == files_.size() || begun_ < current_ + most_ahead_;
      });
      if (stop_ || begun_ == files_.size()) return;
      file = begun_++;
    }
    uint64_t counted = 0;
    const Put put = [&](CrashRecord&& record) { Hand(file, std::move(record)); };
    const Show show = [&](uint64_t bytes) {
      bytes_ += bytes - counted;
      counted = bytes;
      const std::lock_guard lock(mutex_);
      return !stop_;
    };
    Ending ending = parse_(files_[file], put, show);
    {
      const std::lock_guard lock(mutex_);
      work_[file].ending = std::move(ending);
      work_[file].done = true;
    }
    changed_.notify_all();
  }
}

void FileCrew::Hand(size_t file, CrashRecord&& record) {
  const size_t size = record.ByteSizeLong();
  {
    std::unique_lock lock(mutex_);
    Work& work = work_[file];
    changed_.wait(
        lock, [&] { return stop_ || work.waiting == 0 || work.waiting + size <= kMostWaiting; });
    if (stop_) return;
    work.waiting += size;
    work.records.push_back(std::move(record));
    if (file != current_) return;
  }
  changed_.notify_all();
}

FileCrew::Ending FileCrew::Next(const Put& put, const Show& show) {
  std::unique_lock lock(mutex_);
  Work& work = work_[current_];
  while (true) {
    std::deque<CrashRecord> records;
    records.swap(work.records);
    work.waiting = 0;
    const bool done = work.done;
    lock.unlock();
    changed_.notify_all();  // there is room again
    for (CrashRecord& record : records) put(std::move(record));
    const bool wanted = show(bytes_);
    lock.lock();
    if (done || !wanted) break;
    changed_.wait_for(lock, kShowEvery, [&] { return !work.records.empty() || work.done; });
  }
  Ending ending = std::move(work.ending);
  ++current_;
  lock.unlock();
  changed_.notify_all();
  return ending;
}

}  // namespace oops::tools
