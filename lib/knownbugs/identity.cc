#include "lib/knownbugs/identity.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "absl/status/status.h"

namespace oops::knownbugs {
namespace {

constexpr double kHighestConfidence = 0.99;  // a log is never proof

absl::Status CheckShare(double share, const char* what) {
  if (share > 0 && share <= 1) return absl::OkStatus();
  return absl::InvalidArgumentError(std::string(what) + " must be above 0 and at most 1");
}

}  // namespace

absl::StatusOr<CompiledIdentity> CompiledIdentity::Compile(const Identity& identity) {
  CompiledIdentity compiled;
  if (identity.kind().empty()) return absl::InvalidArgumentError("identity without a kind");
  for (const int kind : identity.kind()) compiled.kinds_.push_back(static_cast<Kind>(kind));
  if (auto status = CheckShare(identity.confidence(), "confidence"); !status.ok()) return status;
  compiled.confidence_ = identity.confidence();
  compiled.what_ = identity.what();
  if (identity.has_companion()) compiled.companion_ = identity.companion();

  auto site = CompiledSite::Compile(identity.site());
  if (!site.ok()) return site.status();
  compiled.site_ = *std::move(site);
  for (const StackPattern& pattern : identity.stack()) {
    auto stack = CompiledStack::Compile(pattern);
    if (!stack.ok()) return stack.status();
    compiled.stacks_.push_back(*std::move(stack));
  }
  for (const Clue& clue : identity.clue()) {
    if (auto status = CheckShare(clue.weight(), "weight"); !status.ok()) return status;
    auto clue_site = CompiledSite::Compile(clue.site());
    if (!clue_site.ok()) return clue_site.status();
    auto clue_stack = CompiledStack::Compile(clue.stack());
    if (!clue_stack.ok()) return clue_stack.status();
    compiled.clues_.push_back({clue, *std::move(clue_site), *std::move(clue_stack)});
  }
  return compiled;
}

bool CompiledIdentity::Fits(const CompiledClue& clue, const RecordView& view,
                            const Surroundings& surroundings) const {
  Evidence unused;  // a clue has words of its own
  if (clue.clue.same_bug() && !surroundings.shows_same_bug(false)) return false;
  if (!clue.clue.site().fault_address().empty() && !view.record.fault().has_address()) return false;
  if (!clue.clue.together_with().empty()) {
    const auto& kinds = clue.clue.together_with();
    const bool found = std::any_of(
        surroundings.companions.begin(), surroundings.companions.end(), [&](const auto* other) {
          return other != &view.record &&
                 std::find(kinds.begin(), kinds.end(), other->kind()) != kinds.end();
        });
    if (!found) return false;
  }
  return clue.site.Matches(view, unused) && clue.stack.Matches(view, unused);
}

std::optional<Finding> CompiledIdentity::Match(const RecordView& view,
                                               const Surroundings& surroundings) const {
  if (std::find(kinds_.begin(), kinds_.end(), view.record.kind()) == kinds_.end()) {
    return std::nullopt;
  }
  Evidence evidence;
  if (!what_.empty()) evidence.sentences.push_back(what_);
  if (!site_.Matches(view, evidence)) return std::nullopt;
  for (const CompiledStack& stack : stacks_) {
    if (!stack.Matches(view, evidence)) return std::nullopt;
  }
  if (companion_) {
    if (!surroundings.shows_same_bug(companion_->same_cpu())) return std::nullopt;
    evidence.sentences.push_back(companion_->what());
  }
  double doubt = (1 - confidence_) * evidence.doubt;
  for (const CompiledClue& clue : clues_) {
    if (!Fits(clue, view, surroundings)) continue;
    doubt *= 1 - clue.clue.weight();
    evidence.sentences.push_back(clue.clue.what());
  }
  const double hundredths = std::round((1 - doubt) * 100);  // more digits would be a pretence
  return Finding{std::min(hundredths / 100, kHighestConfidence), std::move(evidence.sentences)};
}

std::vector<std::vector<std::string>> CompiledIdentity::RequiredNames() const {
  std::vector<std::vector<std::string>> required = site_.RequiredNames();
  for (const CompiledStack& stack : stacks_) {
    for (auto& names : stack.RequiredNames()) required.push_back(std::move(names));
  }
  return required;
}

}  // namespace oops::knownbugs
