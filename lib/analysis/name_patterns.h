// Function names looked up in lists of patterns.
#ifndef OOPS_LIB_ANALYSIS_NAME_PATTERNS_H_
#define OOPS_LIB_ANALYSIS_NAME_PATTERNS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace oops::analysis {

// What NamePatterns takes: no star, or one at an end.
constexpr bool IsPattern(std::string_view word) {
  const size_t star = word.find('*');
  if (star == word.npos) return !word.empty();
  return word.size() > 1 && word.rfind('*') == star && (star == 0 || star + 1 == word.size());
}

// Words parted by single blanks, and each of them a pattern.
constexpr bool ArePatterns(std::string_view words) {
  for (size_t end = words.find(' '); end != words.npos; end = words.find(' ')) {
    if (!IsPattern(words.substr(0, end))) return false;
    words.remove_prefix(end + 1);
  }
  return IsPattern(words);
}

// Up to 64 numbered lists of patterns: a name, a prefix ("kasan_*") or a suffix ("*_slowpath").
class NamePatterns {
 public:
  // `patterns` are parted by blanks or line ends; they must outlive this object.
  void Add(unsigned list, std::string_view patterns);

  // A bit for each list that has the name. Takes time in proportion to the name's length, however
  // many patterns, and next to none for a name that this thread asked for lately.
  uint64_t Lists(std::string_view name) const;

 private:
  uint64_t Find(std::string_view name) const;

  // Words by a hash that grows with the word, so that all beginnings of a name are looked up in one
  // pass over it.
  class Index {
   public:
    void Add(std::string_view word, uint64_t hash, uint64_t lists);
    uint64_t Find(std::string_view word, uint64_t hash) const;

   private:
    struct Slot {
      uint64_t hash = 0;
      std::string_view word;  // empty: a free slot
      uint64_t lists = 0;
    };
    // False for nearly all beginnings and ends of names, which are no pattern.
    static size_t FilterBit(uint64_t hash) { return (hash ^ hash >> 29) % kFilterBits; }
    bool MayHave(uint64_t hash) const {
      return filter_[FilterBit(hash) / 64] >> FilterBit(hash) % 64 & 1;
    }
    void Grow();
    static constexpr size_t kFilterBits = 16384;
    std::array<uint64_t, kFilterBits / 64> filter_ = {};
    std::vector<Slot> slots_;  // a power of two of them, at most half taken
    size_t taken_ = 0;
  };

  Index exact_, prefixes_, suffixes_;
  uint64_t prefix_lengths_ = 0;  // bit n: some prefix has n bytes
  uint64_t suffix_lengths_ = 0;
  uint64_t version_ = 0;  // no other patterns of this process have it
};

}  // namespace oops::analysis

#endif  // OOPS_LIB_ANALYSIS_NAME_PATTERNS_H_
