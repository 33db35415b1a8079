// One way of recognising a bug, compiled.
#ifndef OOPS_LIB_KNOWNBUGS_IDENTITY_H_
#define OOPS_LIB_KNOWNBUGS_IDENTITY_H_

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "lib/knownbugs/pattern.h"
#include "lib/knownbugs/record_view.h"
#include "proto/known_bug.pb.h"

namespace oops::knownbugs {

// What an identity has found.
struct Finding {
  double confidence = 0;
  std::vector<std::string> evidence;  // in words
};

// What the other records of the stream say.
struct Surroundings {
  std::span<const CrashRecord* const> companions;
  // Whether one of them is an instance of the same bug by itself; called only when it matters. With
  // `same_cpu` only those of the record's own CPU count.
  std::function<bool(bool same_cpu)> shows_same_bug;
};

class CompiledIdentity {
 public:
  static absl::StatusOr<CompiledIdentity> Compile(const Identity& identity);

  // Whether the record is what the identity describes, and how surely.
  std::optional<Finding> Match(const RecordView& view, const Surroundings& surroundings) const;

  // Whether it can be decided by the record alone.
  bool stands_alone() const { return !companion_; }

  const std::vector<Kind>& kinds() const { return kinds_; }

  // Sets of function names of which each matching record shows at least one.
  std::vector<std::vector<std::string>> RequiredNames() const;

 private:
  struct CompiledClue {
    Clue clue;
    CompiledSite site;
    CompiledStack stack;
  };
  bool Fits(const CompiledClue& clue, const RecordView& view,
            const Surroundings& surroundings) const;

  std::vector<Kind> kinds_;
  CompiledSite site_;
  std::vector<CompiledStack> stacks_;
  std::optional<Companion> companion_;
  double confidence_ = 0;
  std::vector<CompiledClue> clues_;
  std::string what_;
};

}  // namespace oops::knownbugs

#endif  // OOPS_LIB_KNOWNBUGS_IDENTITY_H_
