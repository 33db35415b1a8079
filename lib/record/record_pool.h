// The memory of records that have left, for those that come.
#ifndef OOPS_LIB_RECORD_RECORD_POOL_H_
#define OOPS_LIB_RECORD_RECORD_POOL_H_

#include <cstddef>
#include <utility>
#include <vector>

#include "proto/crash_record.pb.h"

namespace oops::record {

// A cleared protobuf message keeps its strings and submessages: a record that is read into a used
// one allocates next to nothing. Not thread-safe.
class RecordPool {
 public:
  // An empty record.
  CrashRecord Take() {
    if (spare_.empty()) return {};
    CrashRecord record = std::move(spare_.back());
    spare_.pop_back();
    return record;
  }

  // Takes back a record that is no longer needed, whatever was moved out of it.
  void Give(CrashRecord&& record) {
    const Source& source = record.source();
    const bool small = source.end_byte() - source.first_byte() <= kMostText;
    if (spare_.size() >= kMost || !small) return;
    record.Clear();
    spare_.push_back(std::move(record));
  }

  void Release() { spare_ = {}; }

 private:
  // As many as may wait in an assembler and for delivery.
  static constexpr size_t kMost = 20;
  // Bytes of a record's lines: what a large report took is given back to the heap.
  static constexpr size_t kMostText = 32 << 10;

  std::vector<CrashRecord> spare_;
};

}  // namespace oops::record

#endif  // OOPS_LIB_RECORD_RECORD_POOL_H_
