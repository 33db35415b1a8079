// gzip, xz and zstd as streams.
#ifndef OOPS_TOOLS_DECOMPRESS_H_
#define OOPS_TOOLS_DECOMPRESS_H_

#include <memory>
#include <string_view>

namespace oops::tools {

enum class Packing { kNone, kGzip, kXz, kZstd };

// What a file that begins with `head` is packed with, by its magic bytes.
Packing DetectPacking(std::string_view head);

// True if `head` is too short to tell: the beginning of some magic bytes.
bool MayBePacked(std::string_view head);

// "gzip", "xz", "zstd".
std::string_view NameOf(Packing packing);

// Unpacks a stream, members that stand one after the other included (as cat leaves them). Bounded
// memory: an xz or zstd stream that wants a window of more than 128 MiB is refused.
class Decompressor {
 public:
  enum class Result {
    kOk,        // go on
    kDamaged,   // the stream is corrupt here; what came out before is good
    kTooLarge,  // it wants more memory than it gets
  };

  Decompressor();
  ~Decompressor();
  Decompressor(Decompressor&&) noexcept;
  Decompressor& operator=(Decompressor&&) noexcept;

  // Must come first. False if there is no memory for it.
  bool Start(Packing packing);

  // Takes bytes off `input` and writes at most `room` bytes to `output`; `written` says how many.
  // Uses up all of `input` or fills the room, unless it fails. More may come out for an empty
  // `input` if the room was filled.
  Result Step(std::string_view& input, char* output, size_t room, size_t& written);

  // True if the stream may end here, at the end of a member. To be asked once, when there is no
  // more input and nothing more comes out.
  bool AtEnd();

 private:
  class Codec;
  std::unique_ptr<Codec> codec_;
};

}  // namespace oops::tools

#endif  // OOPS_TOOLS_DECOMPRESS_H_
