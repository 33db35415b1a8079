// The inner loop of the scanner, once per instruction set.
//
// Every literal is known by a window of some of its bytes, and windows are spread over eight
// buckets, one bit each. For each place in a window there is a table from byte to set of buckets; a
// text position is a candidate if the sets that the bytes from there on give have a bucket in
// common:
//
//        text         ... s  o  f  t     l  o  c  k  u  p ...
//        place 0            o -> {2,5}
//        place 1               f -> {2,7}
//        place 2                  t -> {0,2,5}
//        place 3                     _ -> {2,3}
//        place 4                       l -> {2,6}    in common: {2}, a candidate; the scanner
//        compares literals
//
// There are two kinds of engines. Most shuffles look up 16 entries: a byte's set is that of its low
// nibble AND that of its high nibble, which accepts a little more than the bytes that were asked
// for, and five places are what pays. Where 128 entries can be looked up at once, tables are by
// byte and windows have eight places. A literal that is shorter than the window accepts any byte at
// the places that it lacks.
//
// What passes is held against two small hash tables of the windows' first bytes, eight of them or,
// of literals that end before, four. In a log of common words that leaves one candidate in twenty.
//
// An engine may report positions that are no window, never miss one that is. Engines see whole
// blocks only and read seven bytes beyond each; the scanner pads the end of the text.
#ifndef OOPS_LIB_TEXT_SCAN_ENGINE_H_
#define OOPS_LIB_TEXT_SCAN_ENGINE_H_

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>

namespace oops::text {

enum class TableKind { kNibbles, kBytes };

inline constexpr size_t kNibblePlaces = 5;
inline constexpr size_t kBytePlaces = 8;
constexpr size_t Places(TableKind kind) {
  return kind == TableKind::kNibbles ? kNibblePlaces : kBytePlaces;
}

inline constexpr int kBuckets = 8;
inline constexpr size_t kLongKey = 8;
inline constexpr size_t kShortKey = 4;
inline constexpr size_t kBlock = 64;
inline constexpr size_t kBlockReach =
    kBlock + kBytePlaces - 1;  // bytes that are read for one block

// A set of byte strings of one length, in which some others seem to be.
class KeySet {
 public:
  template <size_t size>
  void Add(const char* key) {
    const uint32_t hash = Hash<size>(key);
    bits_[hash / 64] |= uint64_t{1} << (hash % 64);
  }
  template <size_t size>
  bool MayHave(const char* key) const {
    const uint32_t hash = Hash<size>(key);
    return (bits_[hash / 64] >> (hash % 64) & 1) != 0;
  }

 private:
  static constexpr int kHashBits = 13;

  template <size_t size>
  static uint32_t Hash(const char* key) {
    uint64_t value = 0;
    std::memcpy(&value, key, size);
    return static_cast<uint32_t>((value * 0x9e3779b97f4a7c15) >> (64 - kHashBits));
  }

  uint64_t bits_[(size_t{1} << kHashBits) / 64] = {};
};

// The tables, in the form that each engine reads. Bit b of an entry: some window of bucket b has
// the byte there.
struct WindowTables {
  alignas(64) uint8_t low[kNibblePlaces][16] = {};
  alignas(64) uint8_t high[kNibblePlaces][16] = {};
  alignas(64) uint8_t bytes[kBytePlaces][128] = {};  // by ASCII byte
  alignas(64) uint64_t packed[256] = {};             // by byte, place j in bits 8j to 8j+7

  KeySet long_keys;
  KeySet short_keys;  // of windows of less than kLongKey bytes

  // `window` has kShortKey to kBytePlaces ASCII bytes: as many as its literal has from there on.
  void Add(std::string_view window, int bucket);

  // Those of `candidates`, bit i for block[i], whose key is a window's.
  uint64_t Confirm(const char* block, uint64_t candidates) const {
    uint64_t confirmed = 0;
    for (; candidates != 0; candidates &= candidates - 1) {
      const char* at = block + __builtin_ctzll(candidates);
      if (long_keys.MayHave<kLongKey>(at) || short_keys.MayHave<kShortKey>(at))
        confirmed |= candidates & -candidates;
    }
    return confirmed;
  }

 private:
  void AddByte(size_t place, uint8_t byte, int bucket);
};

struct BlockCursor {
  const char* block = nullptr;  // in: where to begin; out: the block that stopped the scan
  uint64_t newlines =
      0;  // grows by the newlines of every block that was passed, not of the one that stopped
  // Of the block that stopped, bit i for block[i]. To be 0 on the way in; still 0 if the scan ran
  // to the end.
  uint64_t candidates = 0;  // a window may begin here
  uint64_t newline_bits = 0;
};

// Passes over blocks without a candidate, as long as kBlockReach bytes are left before `end`.
using ScanBlocks = void (*)(const WindowTables& tables, const char* end, BlockCursor* cursor);

struct ScanEngine {
  const char* name;
  TableKind kind;
  bool (*supported)();  // by the machine that we run on
  ScanBlocks scan;
};

// All engines of this build that the machine supports, the fastest first. The portable one is
// always there.
std::span<const ScanEngine> SupportedEngines();

namespace engines {
void ScanBlocksPortable(const WindowTables& tables, const char* end, BlockCursor* cursor);
#if defined(__x86_64__)
void ScanBlocksSsse3(const WindowTables& tables, const char* end, BlockCursor* cursor);
void ScanBlocksAvx2(const WindowTables& tables, const char* end, BlockCursor* cursor);
void ScanBlocksAvx512(const WindowTables& tables, const char* end, BlockCursor* cursor);
#elif defined(__aarch64__) && defined(__ARM_NEON)
void ScanBlocksNeon(const WindowTables& tables, const char* end, BlockCursor* cursor);
#endif
}  // namespace engines

}  // namespace oops::text

#endif  // OOPS_LIB_TEXT_SCAN_ENGINE_H_
