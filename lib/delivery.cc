#include "lib/delivery.h"

#include <utility>

#include "lib/analysis/analyze.h"
#include "lib/companions.h"
#include "lib/knownbugs/matcher.h"

namespace oops {
namespace {

constexpr int64_t kPatience = 60'000'000;  // microseconds

// One machine has one architecture, whichever of its reports shows it.
void FillInArch(const std::vector<const CrashRecord*>& neighbours, CrashRecord& record) {
  if (!record.arch().empty()) return;
  for (const CrashRecord* neighbour : neighbours) {
    if (neighbour->arch().empty()) continue;
    record.set_arch(neighbour->arch());
    return;
  }
}

// What the prose says of the release may stand behind the first of its reports.
void FillInReleaseHint(const std::vector<const CrashRecord*>& neighbours, CrashRecord& record) {
  if (!record.kernel().release().empty() || !record.kernel().release_hint().empty()) return;
  for (const CrashRecord* neighbour : neighbours) {
    if (neighbour->kernel().release_hint().empty()) continue;
    record.mutable_kernel()->set_release_hint(neighbour->kernel().release_hint());
    return;
  }
}

}  // namespace

Delivery::Delivery(std::string file, bool match_known_bugs, record::RecordPool& pool,
                   Callback callback)
    : file_(std::move(file)),
      match_known_bugs_(match_known_bugs),
      pool_(pool),
      callback_(std::move(callback)) {}

void Delivery::Add(CrashRecord&& record) {
  ++added_;
  record.mutable_source()->set_file(file_);
  analysis::Analyze(record);
  incidents_.Add(record);
  const uint64_t boot = boots_.NumberOf(record);
  const bool large = record.ByteSizeLong() > kLargeBytes;
  held_.push_back({std::move(record), boot});
  PassOn(large ? 0 : kHeld);
}

// The nearest first, since the matcher believes the first that names a release.
std::vector<const CrashRecord*> Delivery::NeighboursOf(const Neighbour& neighbour) const {
  std::vector<const CrashRecord*> neighbours;
  for (const auto* side : {&remembered_, &held_}) {
    for (const Neighbour& other : *side) {
      if (other.boot == neighbour.boot) neighbours.push_back(&other.record);
    }
  }
  return neighbours;
}

void Delivery::PassOn(size_t keep) {
  while (held_.size() > keep) {
    Neighbour leaving = std::move(held_.front());
    held_.pop_front();
    const std::vector<const CrashRecord*> neighbours = NeighboursOf(leaving);
    FillInArch(neighbours, leaving.record);
    FillInReleaseHint(neighbours, leaving.record);
    if (match_known_bugs_) knownbugs::Matcher::BuiltIn().Match(neighbours, leaving.record);
    Remember(leaving);
    callback_(std::move(leaving.record));
    pool_.Give(std::move(leaving.record));
  }
}

void Delivery::Remember(const Neighbour& leaving) {
  if (remembered_.size() >= kRemembered) {
    remembered_.push_front(std::move(remembered_.back()));
    remembered_.pop_back();
  } else {
    remembered_.emplace_front();
  }
  Neighbour& newest = remembered_.front();
  newest.boot = leaving.boot;
  DigestForCompanion(leaving.record, newest.record);
}

void Delivery::Tick(int64_t now_us) {
  size_t stay = 0;
  for (Neighbour& neighbour : held_) {
    if (!neighbour.since_us) neighbour.since_us = now_us;
    if (now_us - *neighbour.since_us < kPatience) ++stay;
  }
  PassOn(stay);
}

}  // namespace oops
