// The hash behind bucket keys. Buckets are stored for years: it must never change.
#ifndef OOPS_LIB_ANALYSIS_STABLE_HASH_H_
#define OOPS_LIB_ANALYSIS_STABLE_HASH_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace oops::analysis {

// FNV-1a with 64 bits, finished with the mixer of SplitMix64 so that every bit of the result
// depends on every byte.
class StableHash {
 public:
  // Adds a field. Fields are parted: ("ab", "c") and ("a", "bc") differ.
  void Add(std::string_view field) {
    for (char c : field) AddByte(static_cast<unsigned char>(c));
    AddByte(0);
  }

  // 16 lower-case hexadecimal digits.
  std::string Hex() const {
    uint64_t value = state_;
    value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9;
    value = (value ^ (value >> 27)) * 0x94d049bb133111eb;
    value ^= value >> 31;
    std::string hex(16, '0');
    for (size_t i = hex.size(); i-- > 0; value >>= 4) hex[i] = "0123456789abcdef"[value & 15];
    return hex;
  }

 private:
  void AddByte(unsigned char byte) { state_ = (state_ ^ byte) * 0x100000001b3; }

  uint64_t state_ = 0xcbf29ce484222325;
};

}  // namespace oops::analysis

#endif  // OOPS_LIB_ANALYSIS_STABLE_HASH_H_
