#include "tools/input.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace oops::tools {
namespace {

constexpr size_t kBlock = 64 << 10;
constexpr int kIdleMilliseconds = 1000;
constexpr uint64_t kWorthThreads = 4 << 20;  // bytes

std::string SystemError() { return std::strerror(errno); }

}  // namespace

Input::Input(const std::string& path, int threads) : threads_(threads), raw_(new char[kBlock]) {
  fd_ = path == "-" ? STDIN_FILENO : open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY);
  struct stat info;
  if (fd_ < 0 || fstat(fd_, &info) != 0) {
    End(SystemError());
    return;
  }
  if (S_ISDIR(info.st_mode)) {
    End(std::strerror(EISDIR));
    return;
  }
  waits_ = S_ISFIFO(info.st_mode) || S_ISSOCK(info.st_mode) || S_ISCHR(info.st_mode);
  if (!S_ISREG(info.st_mode)) return;
  size_ = static_cast<uint64_t>(info.st_size);
  posix_fadvise(fd_, 0, 0, POSIX_FADV_SEQUENTIAL);
}

Input::~Input() {
  if (fd_ > STDIN_FILENO) close(fd_);
}

Input::State Input::End(std::string error) {
  ended_ = true;
  if (error_.empty()) error_ = std::move(error);
  return State::kEnd;
}

// One read() behind what is pending, which is nothing but for a beginning that was too short to
// tell its packing.
Input::Read Input::ReadBlock() {
  const size_t kept = pending_.size();
  if (kept > 0) std::memmove(raw_.get(), pending_.data(), kept);
  while (true) {
    if (waits_) {
      pollfd ready = {fd_, POLLIN, 0};
      if (poll(&ready, 1, kIdleMilliseconds) == 0) {
        pending_ = {raw_.get(), kept};
        return Read::kIdle;
      }
    }
    const ssize_t got = read(fd_, raw_.get() + kept, kBlock - kept);
    if (got < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (got < 0) End(SystemError());
    pending_ = {raw_.get(), kept + static_cast<size_t>(got > 0 ? got : 0)};
    if (got <= 0) return Read::kEnd;
    position_ += static_cast<uint64_t>(got);
    return Read::kBytes;
  }
}

// Reads until the file's first bytes tell what it is packed with.
Input::Read Input::Begin() {
  while (MayBePacked(pending_)) {
    const Read read = ReadBlock();
    if (read == Read::kIdle) return read;
    if (read == Read::kEnd) break;
  }
  begun_ = true;
  packing_ = DetectPacking(pending_);
  if (packing_ == Packing::kNone) return Read::kBytes;
  text_.reset(new char[kBlock]);
  if (!decompressor_.Start(packing_)) {
    End(std::strerror(ENOMEM));
    return Read::kEnd;
  }
  return Read::kBytes;
}

Input::State Input::Next(std::string_view& bytes) {
  bytes = {};
  if (ended_) return State::kEnd;
  if (!begun_) {
    const Read read = Begin();
    if (read == Read::kIdle) return State::kIdle;
    if (ended_ && pending_.empty()) return State::kEnd;
  }
  if (packing_ != Packing::kNone) return NextUnpacked(bytes);
  if (ahead_) return NextScanned(bytes);
  if (pending_.empty()) {
    const Read read = ReadBlock();
    if (read == Read::kIdle) return State::kIdle;
    if (read == Read::kEnd) return End({});
  }
  bytes = std::exchange(pending_, {});
  if (threads_ > 1 && size_ >= position_ + kWorthThreads) ahead_.emplace(fd_, position_, threads_);
  return State::kBytes;
}

Input::State Input::NextScanned(std::string_view& bytes) {
  const ScanAhead::Block block = ahead_->Next();
  if (block.bytes.empty()) return End(ahead_->error() != 0 ? std::strerror(ahead_->error()) : "");
  bytes = block.bytes;
  scan_ = block.scan;
  position_ += bytes.size();
  return State::kBytes;
}

Input::State Input::NextUnpacked(std::string_view& bytes) {
  while (true) {
    bool file_ended = false;
    if (pending_.empty() && !more_inside_) {
      const Read read = ReadBlock();
      if (read == Read::kIdle) return State::kIdle;
      file_ended = read == Read::kEnd;
    }
    if (file_ended) {
      if (decompressor_.AtEnd()) return End({});
      return End("the " + std::string(NameOf(packing_)) +
                 " stream is cut short; read as far as it goes");
    }
    size_t written = 0;
    const auto result = decompressor_.Step(pending_, text_.get(), kBlock, written);
    more_inside_ = written == kBlock;
    bytes = {text_.get(), written};
    if (result != Decompressor::Result::kOk) {
      const bool memory = result == Decompressor::Result::kTooLarge;
      End("the " + std::string(NameOf(packing_)) +
          (memory ? " stream needs too much memory"
                  : " stream is damaged; read as far as it goes"));
    }
    if (written > 0) return State::kBytes;
    if (ended_) return State::kEnd;
  }
}

}  // namespace oops::tools
