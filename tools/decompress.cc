#include "tools/decompress.h"

#include <lzma.h>
#include <zlib.h>
#include <zstd.h>
#include <zstd_errors.h>

#include <algorithm>
#include <cstdint>
#include <utility>
#include <variant>

namespace oops::tools {
namespace {

using Result = Decompressor::Result;

constexpr uint64_t kMostMemory = uint64_t{128} << 20;
constexpr int kMostWindowLog = 27;

struct Magic {
  Packing packing;
  std::string_view bytes;
  std::string_view name;
};

using namespace std::string_view_literals;

constexpr Magic kMagics[] = {
    {Packing::kGzip, "\x1f\x8b\x08"sv, "gzip"},
    {Packing::kXz, "\xfd\x37zXZ\0"sv, "xz"},
    {Packing::kZstd, "\x28\xb5\x2f\xfd"sv, "zstd"},
};

unsigned char* Bytes(const char* p) {
  // zlib's and lzma's inputs are not const in all versions; they are not written to.
  return reinterpret_cast<unsigned char*>(const_cast<char*>(p));
}

class Gzip {
 public:
  Gzip() { good_ = inflateInit2(&z_, kLargestWindow + kGzipOnly) == Z_OK; }
  ~Gzip() { inflateEnd(&z_); }
  Gzip(const Gzip&) = delete;
  Gzip& operator=(const Gzip&) = delete;

  bool good() const { return good_; }

  Result Step(std::string_view& input, char* output, size_t room, size_t& written) {
    z_.next_out = Bytes(output);
    z_.avail_out = static_cast<uInt>(room);
    Result result = Result::kOk;
    while (result == Result::kOk && z_.avail_out > 0) {
      if (between_ && !NextMember(input)) {
        if (!input.empty()) result = Result::kDamaged;
        break;
      }
      const uInt before = z_.avail_out;
      z_.next_in = Bytes(input.data());
      z_.avail_in = static_cast<uInt>(input.size());
      const int code = inflate(&z_, Z_NO_FLUSH);
      const bool moved = z_.avail_in < input.size() || z_.avail_out < before;
      input.remove_prefix(input.size() - z_.avail_in);
      between_ = code == Z_STREAM_END;
      if (code == Z_MEM_ERROR) result = Result::kTooLarge;
      if (code == Z_DATA_ERROR || code == Z_NEED_DICT || code == Z_STREAM_ERROR) {
        result = Result::kDamaged;
      }
      if (!moved && !between_) break;
    }
    written = room - z_.avail_out;
    return result;
  }

  bool AtEnd() const { return between_; }

 private:
  static constexpr int kLargestWindow = 15;
  static constexpr int kGzipOnly = 16;

  // Begins the next member if there is one. Zeros may stand between and behind members: tapes were
  // filled up with them.
  bool NextMember(std::string_view& input) {
    input.remove_prefix(std::min(input.find_first_not_of('\0'), input.size()));
    if (input.empty() || input[0] != '\x1f') return false;
    between_ = false;
    return inflateReset(&z_) == Z_OK;
  }

  z_stream z_ = {};
  bool good_ = false;
  bool between_ = false;  // a member has ended, none has begun
};

class Xz {
 public:
  Xz() { good_ = lzma_stream_decoder(&lzma_, kMostMemory, LZMA_CONCATENATED) == LZMA_OK; }
  ~Xz() { lzma_end(&lzma_); }
  Xz(const Xz&) = delete;
  Xz& operator=(const Xz&) = delete;

  bool good() const { return good_; }

  Result Step(std::string_view& input, char* output, size_t room, size_t& written) {
    lzma_.next_out = Bytes(output);
    lzma_.avail_out = room;
    lzma_ret code = LZMA_OK;
    while (code == LZMA_OK && lzma_.avail_out > 0) {
      lzma_.next_in = Bytes(input.data());
      lzma_.avail_in = input.size();
      const size_t before = lzma_.avail_out;
      code = lzma_code(&lzma_, LZMA_RUN);
      const bool moved = lzma_.avail_in < input.size() || lzma_.avail_out < before;
      input.remove_prefix(input.size() - lzma_.avail_in);
      if (!moved) break;
    }
    written = room - lzma_.avail_out;
    // LZMA_BUF_ERROR: neither input nor room moved it; no error of the stream.
    if (code == LZMA_OK || code == LZMA_BUF_ERROR) return Result::kOk;
    const bool memory = code == LZMA_MEMLIMIT_ERROR || code == LZMA_MEM_ERROR;
    return memory ? Result::kTooLarge : Result::kDamaged;
  }

  // The decoder of concatenated streams only says when it is told that there is no more.
  bool AtEnd() {
    char byte;
    lzma_.next_in = nullptr;
    lzma_.avail_in = 0;
    lzma_.next_out = Bytes(&byte);
    lzma_.avail_out = 1;
    return lzma_code(&lzma_, LZMA_FINISH) == LZMA_STREAM_END;
  }

 private:
  lzma_stream lzma_ = LZMA_STREAM_INIT;
  bool good_ = false;
};

class Zstd {
 public:
  Zstd() : zstd_(ZSTD_createDCtx()) {
    if (zstd_ != nullptr) ZSTD_DCtx_setParameter(zstd_, ZSTD_d_windowLogMax, kMostWindowLog);
  }
  ~Zstd() { ZSTD_freeDCtx(zstd_); }
  Zstd(const Zstd&) = delete;
  Zstd& operator=(const Zstd&) = delete;

  bool good() const { return zstd_ != nullptr; }

  Result Step(std::string_view& input, char* output, size_t room, size_t& written) {
    ZSTD_inBuffer in = {input.data(), input.size(), 0};
    ZSTD_outBuffer out = {output, room, 0};
    Result result = Result::kOk;
    while (out.pos < out.size) {
      const size_t in_before = in.pos, out_before = out.pos;
      const size_t code = ZSTD_decompressStream(zstd_, &out, &in);
      if (ZSTD_isError(code)) {
        const bool memory = ZSTD_getErrorCode(code) == ZSTD_error_frameParameter_windowTooLarge ||
                            ZSTD_getErrorCode(code) == ZSTD_error_memory_allocation;
        result = memory ? Result::kTooLarge : Result::kDamaged;
        break;
      }
      if (in.pos == in_before && out.pos == out_before) break;
      at_end_ = code == 0;
    }
    input.remove_prefix(in.pos);
    written = out.pos;
    return result;
  }

  bool AtEnd() const { return at_end_; }

 private:
  ZSTD_DCtx* zstd_;
  bool at_end_ = false;
};

}  // namespace

class Decompressor::Codec {
 public:
  std::variant<std::monostate, Gzip, Xz, Zstd> of;
};

Packing DetectPacking(std::string_view head) {
  for (const Magic& magic : kMagics) {
    if (head.substr(0, magic.bytes.size()) == magic.bytes) return magic.packing;
  }
  return Packing::kNone;
}

bool MayBePacked(std::string_view head) {
  return std::any_of(std::begin(kMagics), std::end(kMagics), [&](const Magic& magic) {
    return head.size() < magic.bytes.size() && magic.bytes.substr(0, head.size()) == head;
  });
}

std::string_view NameOf(Packing packing) {
  for (const Magic& magic : kMagics) {
    if (magic.packing == packing) return magic.name;
  }
  return "plain";
}

Decompressor::Decompressor() = default;
Decompressor::~Decompressor() = default;
Decompressor::Decompressor(Decompressor&&) noexcept = default;
Decompressor& Decompressor::operator=(Decompressor&&) noexcept = default;

bool Decompressor::Start(Packing packing) {
  codec_ = std::make_unique<Codec>();
  switch (packing) {
    case Packing::kNone:
      return true;
    case Packing::kGzip:
      return codec_->of.emplace<Gzip>().good();
    case Packing::kXz:
      return codec_->of.emplace<Xz>().good();
    case Packing::kZstd:
      return codec_->of.emplace<Zstd>().good();
  }
  return false;
}

Result Decompressor::Step(std::string_view& input, char* output, size_t room, size_t& written) {
  return std::visit(
      [&](auto& codec) {
        if constexpr (std::is_same_v<std::decay_t<decltype(codec)>, std::monostate>) {
          written = std::min(room, input.size());
          std::copy_n(input.data(), written, output);
          input.remove_prefix(written);
          return Result::kOk;
        } else {
          return codec.Step(input, output, room, written);
        }
      },
      codec_->of);
}

bool Decompressor::AtEnd() {
  return std::visit(
      [](auto& codec) {
        if constexpr (std::is_same_v<std::decay_t<decltype(codec)>, std::monostate>) {
          return true;
        } else {
          return codec.AtEnd();
        }
      },
      codec_->of);
}

}  // namespace oops::tools
