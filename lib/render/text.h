// A record as an engineer reads it at two in the morning.
#ifndef OOPS_LIB_RENDER_TEXT_H_
#define OOPS_LIB_RENDER_TEXT_H_

#include <cstdint>
#include <map>
#include <set>
#include <string>

#include "proto/crash_record.pb.h"

namespace oops::render {

struct TextOptions {
  bool color = false;       // ANSI escapes; without them the same characters
  bool all_stacks = false;  // nothing is shortened: all frames, registers, other CPUs
};

// The record on a page of at most 100 columns: what and where, who, on what, the instruction, the
// stack with the guilty frame marked, what is known of it. Ends with a line feed. Control
// characters of the log come out escaped.
std::string ToText(const CrashRecord& record, const TextOptions& options = {});

// Counts records, for the line that sums a file up.
class Tally {
 public:
  void Add(const CrashRecord& record);
  void Add(const Tally& other);

  // True if a record above SEVERITY_INFO was added: a crash.
  bool crash() const { return crashes_ > 0; }
  // "1 crash (1 hard lockup, 1 known bug) in 219 lines", without a line feed.
  std::string Summary(uint64_t lines) const;

 private:
  uint64_t crashes_ = 0;
  uint64_t notes_ = 0;
  std::map<Kind, uint64_t> crash_kinds_;
  std::map<Kind, uint64_t> note_kinds_;
  std::set<std::string> known_bugs_;
};

}  // namespace oops::render

#endif  // OOPS_LIB_RENDER_TEXT_H_
