// Which records tell of one incident: a crash and what followed from it, or the same trouble
// reported again.
#ifndef OOPS_LIB_ANALYSIS_INCIDENTS_H_
#define OOPS_LIB_ANALYSIS_INCIDENTS_H_

#include <cstdint>
#include <deque>
#include <optional>
#include <string>

#include "proto/crash_record.pb.h"

namespace oops::analysis {

// What a grouper keeps of a record.
struct PastRecord {
  explicit PastRecord(const CrashRecord& record);

  std::string incident;
  Kind kind;
  Severity severity;
  std::optional<int32_t> cpu;
  std::optional<int32_t> pid;
  std::string comm;
  std::string host;
  std::string boot_id;
  std::string release;
  std::string bucket;
  std::string guilty_function;
  std::string panic;
  std::string title_form;
  std::string object;                        // file system or slab cache
  std::optional<uint32_t> oops_count;        // N of [#N]
  std::optional<int64_t> first_us, last_us;  // since boot
  std::string wall_time;                     // as printed
  uint64_t first_line, last_line;
  bool crash_session;  // read from the crash utility
};

// Fed with the records of one stream in their order, after Analyze(). Several hosts may share the
// stream. It remembers a few dozen records, never more. Not thread safe.
class IncidentGrouper {
 public:
  // Sets record.incident. A record that nothing before it explains is the ROOT of a new incident.
  // The id is the same whenever the same log is read: it comes from the root's time since boot
  // (lines, where no time was printed) and bucket.
  void Add(CrashRecord& record);

 private:
  std::deque<PastRecord> past_;  // oldest first
};

}  // namespace oops::analysis

#endif  // OOPS_LIB_ANALYSIS_INCIDENTS_H_
