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
// Every other block of a log has a candidate, so that a branch on it would be guessed wrong all the
// time. Hence the batches: positions are written down without a branch, and looked at together.
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

// A set of byte strings of one length, in which some others seem to be. Without a branch, as all
// that is asked of every candidate.
class KeySet {
 public:
  template <size_t size>
  void Add(const char* key) {
    const uint32_t hash = Hash<size>(key);
    bits_[hash / 64] |= uint64_t{1} << (hash % 64);
  }
  template <size_t size>
  uint64_t MayHave(const char* key) const {  // 1 or 0
    const uint32_t hash = Hash<size>(key);
    return bits_[hash / 64] >> (hash % 64) & 1;
  }

 private:
  static constexpr int kHashBits = 15;

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

  // Whether a window may begin at `at`, to judge by its key.
  bool MayBegin(const char* at) const {
    return (long_keys.MayHave<kLongKey>(at) | short_keys.MayHave<kShortKey>(at)) != 0;
  }

 private:
  void AddByte(size_t place, uint8_t byte, int bucket);
};

// What an engine finds in blocks that stand one after the other.
struct Batch {
  // Blocks at most. The text of so many and what is written here stay in the first cache.
  static constexpr size_t kBlocks = 64;

  uint64_t newlines;
  uint32_t count;
  uint32_t candidates[kBlocks * kBlock];  // where a window may begin, ascending
};

// Fills `batch` from `blocks` blocks from `begin` on, at most Batch::kBlocks.
using ScanBatch = void (*)(const WindowTables& tables, const char* begin, size_t blocks,
                           Batch* batch);

struct ScanEngine {
  const char* name;
  TableKind kind;
  bool (*supported)();  // by the machine that we run on
  ScanBatch scan;
};

// All engines of this build that the machine supports, the fastest first. The portable one is
// always there.
std::span<const ScanEngine> SupportedEngines();

namespace engines {
void ScanBatchPortable(const WindowTables& tables, const char* begin, size_t blocks, Batch* batch);
#if defined(__x86_64__)
void ScanBatchSsse3(const WindowTables& tables, const char* begin, size_t blocks, Batch* batch);
void ScanBatchAvx2(const WindowTables& tables, const char* begin, size_t blocks, Batch* batch);
void ScanBatchAvx512(const WindowTables& tables, const char* begin, size_t blocks, Batch* batch);
#elif defined(__aarch64__) && defined(__ARM_NEON)
void ScanBatchNeon(const WindowTables& tables, const char* begin, size_t blocks, Batch* batch);
#endif
}  // namespace engines

}  // namespace oops::text

#endif  // OOPS_LIB_TEXT_SCAN_ENGINE_H_
