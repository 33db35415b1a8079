// Which known bug a record is an instance of, and whether the kernel that printed it has the bug.
#ifndef OOPS_LIB_KNOWNBUGS_MATCHER_H_
#define OOPS_LIB_KNOWNBUGS_MATCHER_H_

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "proto/crash_record.pb.h"
#include "proto/known_bug.pb.h"

namespace oops::knownbugs {

// A set of known bugs, ready for matching. Immutable: any number of threads may match at once.
class Matcher {
 public:
  // The bugs that are built into the library. Never fails; lives as long as the process.
  static const Matcher& BuiltIn();

  // A matcher for `bugs`. Fails with the bug's id and the reason if one is incomplete, an id occurs
  // twice, or a pattern doesn't compile.
  static absl::StatusOr<Matcher> Create(std::vector<KnownBug> bugs);

  // Replaces record.known_bugs by the bugs that `record` is an instance of, surest first.
  // `companions` are other records of the same stream that stand near it (`record` itself may be
  // among them); they may lend evidence (a release, a second symptom), but never make a match
  // alone.
  void Match(std::span<const CrashRecord* const> companions, CrashRecord& record) const;

  // Whether Match() may read more of a companion of this kind than its kind, CPU and kernel.
  bool LooksInto(Kind kind) const;

  // The bugs, in the order of their ids.
  std::span<const KnownBug> bugs() const;

  Matcher(Matcher&&) noexcept;
  Matcher& operator=(Matcher&&) noexcept;
  ~Matcher();

 private:
  class Impl;
  explicit Matcher(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace oops::knownbugs

#endif  // OOPS_LIB_KNOWNBUGS_MATCHER_H_
