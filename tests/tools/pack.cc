#include "tests/tools/pack.h"

#include <lzma.h>
#include <zlib.h>
#include <zstd.h>

#include <cstdint>

namespace oops::tools {
namespace {

// More than any of the three makes of incompressible text.
size_t Room(const std::string& text) { return text.size() + text.size() / 8 + 4096; }

}  // namespace

std::string Gzip(const std::string& text) {
  constexpr int kGzip = 15 + 16;
  constexpr int kUsualMemory = 8;
  z_stream z = {};
  deflateInit2(&z, Z_DEFAULT_COMPRESSION, Z_DEFLATED, kGzip, kUsualMemory, Z_DEFAULT_STRATEGY);
  std::string packed(Room(text), '\0');
  z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  z.avail_in = static_cast<uInt>(text.size());
  z.next_out = reinterpret_cast<Bytef*>(packed.data());
  z.avail_out = static_cast<uInt>(packed.size());
  deflate(&z, Z_FINISH);
  packed.resize(z.total_out);
  deflateEnd(&z);
  return packed;
}

std::string Xz(const std::string& text) {
  constexpr uint32_t kPreset = 6;
  std::string packed(Room(text), '\0');
  size_t size = 0;
  lzma_easy_buffer_encode(kPreset, LZMA_CHECK_CRC64, nullptr,
                          reinterpret_cast<const uint8_t*>(text.data()), text.size(),
                          reinterpret_cast<uint8_t*>(packed.data()), &size, packed.size());
  packed.resize(size);
  return packed;
}

std::string Zstd(const std::string& text) {
  constexpr int kLevel = 3;
  std::string packed(Room(text), '\0');
  packed.resize(ZSTD_compress(packed.data(), packed.size(), text.data(), text.size(), kLevel));
  return packed;
}

}  // namespace oops::tools
