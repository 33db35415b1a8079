// The patterns of known_bug.proto, compiled, and what they find in a record.
#ifndef OOPS_LIB_KNOWNBUGS_PATTERN_H_
#define OOPS_LIB_KNOWNBUGS_PATTERN_H_

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "lib/knownbugs/record_view.h"
#include "proto/known_bug.pb.h"
#include "re2/re2.h"

namespace oops::knownbugs {

// What patterns have found.
struct Evidence {
  std::vector<std::string> sentences;
  double doubt = 1;  // what is left of it
};

// A NAME of known_bug.proto: alternatives with at most one '*' each.
class NamePattern {
 public:
  static absl::StatusOr<NamePattern> Compile(std::string_view text);

  bool Matches(std::string_view function) const;

  // The alternatives if none has a '*'; empty otherwise.
  std::vector<std::string> ExactNames() const;

 private:
  struct Alternative {
    std::string prefix;  // the whole name, if it isn't a glob
    std::string suffix;
    bool is_glob = false;
  };
  std::vector<Alternative> alternatives_;
};

class CompiledStack {
 public:
  static absl::StatusOr<CompiledStack> Compile(const StackPattern& pattern);

  // Whether the traces show what they must, adding to `evidence` what was seen.
  bool Matches(const RecordView& view, Evidence& evidence) const;

  // Sets of plain names of which each matching record shows at least one.
  std::vector<std::vector<std::string>> RequiredNames() const;

 private:
  struct Step {
    std::optional<Part> part;
    NamePattern name;
  };
  bool Sees(const Trace& trace, const FrameView& frame) const;
  std::vector<std::string_view> Follow(const Trace& trace) const;
  std::string_view FindAnywhere(const RecordView& view, const NamePattern& name) const;

  std::vector<Step> in_order_;
  std::vector<NamePattern> anywhere_;
  std::vector<NamePattern> any_of_;
  std::vector<NamePattern> none_of_;
  bool unreliable_too_ = false;
  bool own_ = true;
  bool others_ = false;
};

class CompiledSite {
 public:
  static absl::StatusOr<CompiledSite> Compile(const SitePattern& pattern);

  bool Matches(const RecordView& view, Evidence& evidence) const;
  std::vector<std::vector<std::string>> RequiredNames() const;

 private:
  struct Code {
    std::unique_ptr<RE2> bytes;
    std::string what;
    std::string arch;
    double weight = 0;
  };
  bool MatchesFunction(const RecordView& view, Evidence& evidence) const;
  bool MatchesCode(const RecordView& view, Evidence& evidence) const;

  std::vector<NamePattern> function_;
  bool place_may_be_unknown_ = false;
  std::vector<std::unique_ptr<RE2>> headline_;
  std::vector<Code> code_;
  std::vector<std::unique_ptr<RE2>> fault_address_;
  std::string arch_;
  std::vector<std::unique_ptr<RE2>> text_;
};

}  // namespace oops::knownbugs

#endif  // OOPS_LIB_KNOWNBUGS_PATTERN_H_
