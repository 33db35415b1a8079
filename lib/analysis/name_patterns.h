// Function names looked up in lists of patterns.
#ifndef OOPS_LIB_ANALYSIS_NAME_PATTERNS_H_
#define OOPS_LIB_ANALYSIS_NAME_PATTERNS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace oops::analysis {

// Up to 64 numbered lists of patterns: a name, a prefix ("kasan_*") or a suffix ("*_slowpath").
class NamePatterns {
 public:
  // `patterns` are parted by blanks or line ends; they must outlive this object.
  void Add(unsigned list, std::string_view patterns);

  // A bit for each list that has the name. Takes time in proportion to the name's length, however many patterns.
  uint64_t Lists(std::string_view name) const;

 private:
  using Index = std::unordered_map<std::string_view, uint64_t>;
  Index exact_;
  Index prefixes_;
  Index suffixes_;
  uint64_t prefix_lengths_ = 0;  // bit n: some prefix has n bytes
  uint64_t suffix_lengths_ = 0;
};

}  // namespace oops::analysis

#endif  // OOPS_LIB_ANALYSIS_NAME_PATTERNS_H_
