// How a match is found: each identity is filed under the names of one function that every record of
// it must show, the one that the fewest identities ask for. A record looks up the names in its
// traces, and only the identities found there (and the few that ask for no function, filed by kind)
// are tried in full. The cost grows with the record, hardly with the number of bugs.
#include "lib/knownbugs/matcher.h"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "absl/status/status.h"
#include "lib/knownbugs/identity.h"
#include "lib/knownbugs/record_view.h"
#include "lib/knownbugs/status.h"

namespace oops::knownbugs {
namespace {

// Lookup by std::string_view without a copy.
struct NameHash {
  using is_transparent = void;
  size_t operator()(std::string_view name) const { return std::hash<std::string_view>{}(name); }
};
template <typename Value>
using NameMap = std::unordered_map<std::string, Value, NameHash, std::equal_to<>>;

void AddStatus(const KnownBug& bug, const RecordKernel& kernel, KnownBugMatch& match) {
  const Verdict verdict = JudgeStatus(bug, kernel.version);
  match.set_status(verdict.status);
  std::string reason = verdict.reason;
  if (!bug.self_inflicted() && kernel.source == RecordKernel::Source::kHint) {
    const std::string caveat =
        "release " + kernel.version.release + " stands only in the text around the log";
    match.add_evidence(caveat);
    reason += "; " + caveat;
  }
  if (!bug.self_inflicted() && kernel.source == RecordKernel::Source::kCompanion) {
    reason += "; the release is from another record of the same log";
  }
  match.set_status_reason(reason);
}

KnownBugMatch MakeMatch(const KnownBug& bug, const Finding& finding, const RecordKernel& kernel) {
  KnownBugMatch match;
  match.set_id(bug.id());
  match.set_title(bug.title());
  match.set_confidence(finding.confidence);
  for (const std::string& sentence : finding.evidence) match.add_evidence(sentence);
  *match.mutable_fixes() = bug.fixes();
  *match.mutable_references() = bug.references();
  match.set_workaround(bug.workaround());
  match.set_cause(bug.cause());
  match.set_self_inflicted(bug.self_inflicted());
  match.set_open(bug.open());
  AddStatus(bug, kernel, match);
  return match;
}

absl::Status CheckComplete(const KnownBug& bug) {
  if (bug.id().empty()) return absl::InvalidArgumentError("id is missing");
  if (bug.title().empty()) return absl::InvalidArgumentError("title is missing");
  if (bug.identity().empty()) return absl::InvalidArgumentError("identity is missing");
  for (const Affected& affected : bug.affected()) {
    if (affected.distro().empty()) return absl::InvalidArgumentError("affected without a distro");
  }
  return absl::OkStatus();
}

}  // namespace

class Matcher::Impl {
 public:
  absl::Status Add(std::vector<KnownBug> bugs);
  void Match(std::span<const CrashRecord* const> companions, CrashRecord& record) const;
  bool LooksInto(Kind kind) const { return looked_into_.count(kind) > 0; }
  std::span<const KnownBug> bugs() const { return bugs_; }

 private:
  struct Entry {
    size_t bug;
    CompiledIdentity identity;
  };
  using EntryList = std::vector<uint32_t>;  // indices into entries_

  absl::Status AddBug(size_t bug);
  void BuildIndex();
  EntryList Candidates(const RecordView& view) const;
  bool IsInstance(size_t bug, const CrashRecord& record) const;

  std::vector<KnownBug> bugs_;
  std::vector<Entry> entries_;
  std::vector<std::pair<uint32_t, uint32_t>> entries_of_bug_;  // [first, end) for each bug
  NameMap<EntryList> by_name_;
  std::unordered_map<int, EntryList> by_kind_;  // identities that ask for no plain name
  std::unordered_set<int> known_kinds_;         // of all identities
  std::unordered_set<int> looked_into_;         // kinds that are an instance without others' help
};

absl::Status Matcher::Impl::AddBug(size_t bug) {
  absl::Status status = CheckComplete(bugs_[bug]);
  const auto first = static_cast<uint32_t>(entries_.size());
  for (const Identity& identity : bugs_[bug].identity()) {
    if (!status.ok()) break;
    auto compiled = CompiledIdentity::Compile(identity);
    status = compiled.status();
    if (status.ok()) entries_.push_back({bug, *std::move(compiled)});
  }
  entries_of_bug_.emplace_back(first, static_cast<uint32_t>(entries_.size()));
  if (status.ok()) return status;
  return absl::InvalidArgumentError("known bug '" + bugs_[bug].id() +
                                    "': " + std::string(status.message()));
}

absl::Status Matcher::Impl::Add(std::vector<KnownBug> bugs) {
  bugs_ = std::move(bugs);
  std::sort(bugs_.begin(), bugs_.end(),
            [](const KnownBug& a, const KnownBug& b) { return a.id() < b.id(); });
  for (size_t i = 0; i < bugs_.size(); ++i) {
    if (i > 0 && bugs_[i].id() == bugs_[i - 1].id()) {
      return absl::InvalidArgumentError("known bug '" + bugs_[i].id() + "' occurs twice");
    }
    if (auto status = AddBug(i); !status.ok()) return status;
  }
  BuildIndex();
  return absl::OkStatus();
}

void Matcher::Impl::BuildIndex() {
  NameMap<size_t> asked_for;
  for (const Entry& entry : entries_) {
    for (const auto& names : entry.identity.RequiredNames()) {
      for (const std::string& name : names) ++asked_for[name];
    }
  }
  for (uint32_t i = 0; i < entries_.size(); ++i) {
    const auto& kinds = entries_[i].identity.kinds();
    known_kinds_.insert(kinds.begin(), kinds.end());
    if (entries_[i].identity.stands_alone()) looked_into_.insert(kinds.begin(), kinds.end());
    const auto required = entries_[i].identity.RequiredNames();
    if (required.empty()) {
      for (const Kind kind : entries_[i].identity.kinds()) by_kind_[kind].push_back(i);
      continue;
    }
    const auto cost = [&asked_for](const std::vector<std::string>& names) {
      size_t total = 0;
      for (const std::string& name : names) total += asked_for.find(name)->second;
      return total;
    };
    const auto rarest =
        std::min_element(required.begin(), required.end(),
                         [&cost](const auto& a, const auto& b) { return cost(a) < cost(b); });
    for (const std::string& name : *rarest) by_name_[name].push_back(i);
  }
}

Matcher::Impl::EntryList Matcher::Impl::Candidates(const RecordView& view) const {
  EntryList candidates;
  const auto add = [&candidates](const EntryList& list) {
    candidates.insert(candidates.end(), list.begin(), list.end());
  };
  std::unordered_set<const EntryList*> seen;
  for (const Trace& trace : view.traces) {
    for (const FrameView& frame : trace.frames) {
      const auto found = by_name_.find(frame.function);
      if (found != by_name_.end() && seen.insert(&found->second).second) add(found->second);
    }
  }
  if (const auto found = by_kind_.find(view.record.kind()); found != by_kind_.end()) {
    add(found->second);
  }
  std::sort(candidates.begin(), candidates.end());
  candidates.erase(std::unique(candidates.begin(), candidates.end()), candidates.end());
  return candidates;
}

// Whether `record` is an instance of the bug without the help of others.
bool Matcher::Impl::IsInstance(size_t bug, const CrashRecord& record) const {
  const RecordView view(record);
  const Surroundings alone = {{}, [](bool) { return false; }};
  const auto [first, end] = entries_of_bug_[bug];
  for (uint32_t i = first; i < end; ++i) {
    const CompiledIdentity& identity = entries_[i].identity;
    if (identity.stands_alone() && identity.Match(view, alone)) return true;
  }
  return false;
}

void Matcher::Impl::Match(std::span<const CrashRecord* const> companions,
                          CrashRecord& record) const {
  record.clear_known_bugs();
  if (known_kinds_.count(record.kind()) == 0) return;
  const RecordView view(record);
  std::unordered_map<size_t, Finding> best;  // by bug
  for (const uint32_t candidate : Candidates(view)) {
    const Entry& entry = entries_[candidate];
    const auto shows_same_bug = [&](bool same_cpu) {
      return std::any_of(companions.begin(), companions.end(), [&](const CrashRecord* companion) {
        if (companion == &record) return false;
        if (same_cpu &&
            !(record.has_cpu() && companion->has_cpu() && record.cpu() == companion->cpu())) {
          return false;
        }
        return IsInstance(entry.bug, *companion);
      });
    };
    auto finding = entry.identity.Match(view, {companions, shows_same_bug});
    if (!finding) continue;
    Finding& known = best[entry.bug];
    if (finding->confidence > known.confidence) known = *std::move(finding);
  }

  std::vector<KnownBugMatch> matches;
  if (!best.empty()) {
    const RecordKernel kernel = KernelOf(record, companions);
    for (const auto& [bug, finding] : best) {
      matches.push_back(MakeMatch(bugs_[bug], finding, kernel));
    }
  }
  std::sort(matches.begin(), matches.end(), [](const KnownBugMatch& a, const KnownBugMatch& b) {
    if (a.confidence() != b.confidence()) return a.confidence() > b.confidence();
    return a.id() < b.id();
  });
  for (KnownBugMatch& match : matches) *record.add_known_bugs() = std::move(match);
}

Matcher::Matcher(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Matcher::Matcher(Matcher&&) noexcept = default;
Matcher& Matcher::operator=(Matcher&&) noexcept = default;
Matcher::~Matcher() = default;

absl::StatusOr<Matcher> Matcher::Create(std::vector<KnownBug> bugs) {
  auto impl = std::make_unique<Impl>();
  if (auto status = impl->Add(std::move(bugs)); !status.ok()) return status;
  return Matcher(std::move(impl));
}

void Matcher::Match(std::span<const CrashRecord* const> companions, CrashRecord& record) const {
  impl_->Match(companions, record);
}

bool Matcher::LooksInto(Kind kind) const { return impl_->LooksInto(kind); }

std::span<const KnownBug> Matcher::bugs() const { return impl_->bugs(); }

}  // namespace oops::knownbugs
