// Between the assembler and the caller: what a record's neighbours say of it.
#ifndef OOPS_LIB_DELIVERY_H_
#define OOPS_LIB_DELIVERY_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "lib/analysis/incidents.h"
#include "lib/boots.h"
#include "lib/record/record_pool.h"
#include "proto/crash_record.pb.h"

namespace oops {

// Takes records in their order and passes them on in it, each analysed, put into its incident and
// matched against the known bugs. A known bug may show in two records together, so that a record
// waits for the kHeld that follow it; only how many come counts, never how or when they came. The
// earlier ones are remembered as digests.
class Delivery {
 public:
  static constexpr size_t kHeld = 3;  // records that wait
  static constexpr size_t kLargeBytes = 64
                                        << 10;  // serialized; a record that is larger doesn't wait
  static constexpr size_t kRemembered = 4;      // records that have left

  using Callback = std::function<void(CrashRecord&&)>;

  // `file` goes into the records.
  // `pool` gets back what is left of the records when `callback` has seen them.
  Delivery(std::string file, bool match_known_bugs, record::RecordPool& pool, Callback callback);

  void Add(CrashRecord&& record);

  // Passes on what has waited for a minute of the caller's clock.
  void Tick(int64_t now_us);

  // Passes on everything.
  void Flush() { PassOn(0); }

  uint64_t added() const { return added_; }

 private:
  struct Neighbour {
    CrashRecord record;  // of those that have left: the digest
    uint64_t boot = 0;
    std::optional<int64_t> since_us = {};
  };

  void PassOn(size_t keep);
  void Remember(const Neighbour& leaving);
  std::vector<const CrashRecord*> NeighboursOf(const Neighbour& neighbour) const;

  const std::string file_;
  const bool match_known_bugs_;
  record::RecordPool& pool_;
  const Callback callback_;
  analysis::IncidentGrouper incidents_;
  Boots boots_;
  std::deque<Neighbour> held_;        // oldest first
  std::deque<Neighbour> remembered_;  // newest first
  uint64_t added_ = 0;
};

}  // namespace oops

#endif  // OOPS_LIB_DELIVERY_H_
