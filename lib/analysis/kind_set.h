// Sets of record kinds, for tables whose rows hold for some kinds only.
#ifndef OOPS_LIB_ANALYSIS_KIND_SET_H_
#define OOPS_LIB_ANALYSIS_KIND_SET_H_

#include <cstdint>
#include <initializer_list>

#include "proto/crash_record.pb.h"

namespace oops::analysis {

class KindSet {
 public:
  constexpr KindSet() = default;
  constexpr KindSet(std::initializer_list<Kind> kinds) {
    for (Kind kind : kinds) bits_ |= Bit(kind);
  }
  static constexpr KindSet All() {
    KindSet all;
    all.bits_ = ~uint64_t{0};
    return all;
  }
  constexpr bool Has(Kind kind) const { return (bits_ & Bit(kind)) != 0; }
  constexpr KindSet operator|(KindSet other) const {
    other.bits_ |= bits_;
    return other;
  }
  // All kinds but these.
  constexpr KindSet operator~() const {
    KindSet rest;
    rest.bits_ = ~bits_;
    return rest;
  }

 private:
  // A kind from a newer version of the data model is in no set.
  static constexpr uint64_t Bit(Kind kind) {
    const auto number = static_cast<unsigned>(kind);
    return number < 64 ? uint64_t{1} << number : 0;
  }
  uint64_t bits_ = 0;
};

}  // namespace oops::analysis

#endif  // OOPS_LIB_ANALYSIS_KIND_SET_H_
