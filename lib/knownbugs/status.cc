#include "lib/knownbugs/status.h"

#include <algorithm>
#include <compare>
#include <optional>
#include <string_view>

namespace oops::knownbugs {
namespace {

using Origin = KernelVersion::Origin;
using Order = KernelVersion::Order;

constexpr std::string_view kUpstream = "upstream";

const Affected* FindAffected(const KnownBug& bug, std::string_view distro) {
  for (const Affected& affected : bug.affected()) {
    if (affected.distro() == distro) return &affected;
  }
  return nullptr;
}

std::strong_ordering ComparePackages(Order order, std::string_view a, std::string_view b) {
  return order == Order::kDebian ? CompareDebian(a, b) : CompareRpm(a, b);
}

// The part of a package version that its update branch shares: "2.6.32-431" of 2.6.32-431.20.3.el6,
// "4.4" of Debian's and Ubuntu's 4.4.0-22.40.
std::string_view BranchOf(Order order, std::string_view package) {
  if (order == Order::kDebian) {
    const size_t dot = package.find('.');
    return package.substr(0, package.find_first_not_of("0123456789", dot + 1));
  }
  const size_t dash = package.find('-');
  if (dash == std::string_view::npos) return package;
  return package.substr(0, package.find_first_not_of("0123456789", dash + 1));
}

// The fixed package to compare with: that of the kernel's own update branch, if there is one.
std::string_view FixedPackage(const Affected& affected, const KernelVersion& kernel) {
  const std::string_view branch = BranchOf(kernel.order, kernel.package);
  for (const std::string& fixed : affected.also_fixed()) {
    if (BranchOf(kernel.order, fixed) == branch) return fixed;
  }
  return affected.fixed();
}

std::string Describe(const Affected& affected) {
  return affected.note().empty() ? "" : " (" + affected.note() + ")";
}

std::optional<Verdict> JudgePackage(const Affected& affected, const KernelVersion& kernel) {
  if (kernel.package.empty()) return std::nullopt;
  const std::string& package = kernel.package;
  if (!affected.introduced().empty() &&
      std::is_lt(ComparePackages(kernel.order, package, affected.introduced()))) {
    return Verdict{STATUS_UNKNOWN, package + " is older than " + affected.introduced() +
                                       ", the first that is known to have the bug"};
  }
  const std::string fixed(FixedPackage(affected, kernel));
  if (fixed.empty()) {
    return Verdict{STATUS_AFFECTED, "no " + affected.distro() +
                                        " kernel is known to have the fix, " + package +
                                        " included" + Describe(affected)};
  }
  if (!kernel.package_complete && fixed.starts_with(package)) {
    return Verdict{STATUS_UNKNOWN,
                   "the fix is in " + fixed + ", and the log says no more than " + package};
  }
  if (std::is_lt(ComparePackages(kernel.order, package, fixed))) {
    return Verdict{STATUS_AFFECTED, package + " is older than " + fixed + ", which has the fix" +
                                        Describe(affected)};
  }
  return Verdict{STATUS_FIXED, package + " is not older than " + fixed + ", which has the fix"};
}

// The kernel.org version with the fix that counts for `base`: its own series' stable release, else
// the mainline one.
std::optional<UpstreamVersion> FixedUpstream(const Affected& upstream,
                                             const UpstreamVersion& base) {
  for (const std::string& fixed : upstream.also_fixed()) {
    const auto version = ParseUpstream(fixed);
    if (version && version->SameSeries(base)) return version;
  }
  return ParseUpstream(upstream.fixed());
}

Verdict JudgeBase(const Affected& upstream, const KernelVersion& kernel) {
  const UpstreamVersion& base = *kernel.base;
  const std::string name = "kernel.org's " + base.ToString();
  if (const auto introduced = ParseUpstream(upstream.introduced());
      introduced && std::is_lt(Compare(base, *introduced))) {
    return {STATUS_UNKNOWN,
            name + " is older than " + introduced->ToString() + ", which brought the bug in"};
  }
  const std::optional<UpstreamVersion> fixed = FixedUpstream(upstream, base);
  if (fixed && std::is_gteq(Compare(base, *fixed))) {
    return {STATUS_FIXED, name + " has the fix, which came with " + fixed->ToString()};
  }
  const std::string unfixed = fixed ? name + " has the bug; the fix came with " + fixed->ToString()
                                    : "no kernel.org release is known to have a fix";
  switch (kernel.origin) {
    case Origin::kUpstream:
      return {STATUS_AFFECTED, unfixed};
    case Origin::kDistribution:
      return {STATUS_UNKNOWN, unfixed + ", but whether the " + kernel.distro + " package " +
                                  kernel.release + " carries it as a patch is not known here"};
    default:
      return {STATUS_UNKNOWN, unfixed + ", but " + kernel.release +
                                  " is somebody's own build, which may carry it as a patch"};
  }
}

bool WasSeenOn(const KnownBug& bug, const KernelVersion& kernel) {
  return std::find(bug.seen_in().begin(), bug.seen_in().end(), kernel.release) !=
         bug.seen_in().end();
}

}  // namespace

Verdict JudgeStatus(const KnownBug& bug, const KernelVersion& kernel) {
  if (bug.self_inflicted()) {
    return {
        STATUS_UNKNOWN,
        "self-inflicted: the fault is in code added to the kernel, so no release as such has it "
        "and none fixes it"};
  }
  if (kernel.origin == Origin::kUnknown) {
    return {STATUS_UNKNOWN, "the log names no kernel release"};
  }
  if (WasSeenOn(bug, kernel)) {
    return {STATUS_AFFECTED,
            "the bug was seen on " + kernel.release + (bug.open() ? ", and no fix is known" : "")};
  }
  if (kernel.origin == Origin::kDistribution) {
    if (const Affected* affected = FindAffected(bug, kernel.distro)) {
      if (auto verdict = JudgePackage(*affected, kernel)) return *verdict;
    }
  }
  if (const Affected* upstream = FindAffected(bug, kUpstream)) return JudgeBase(*upstream, kernel);
  if (bug.open()) {
    return {STATUS_UNKNOWN, "no fix is known, and which releases have the bug isn't either"};
  }
  return {STATUS_UNKNOWN, "nothing is known of " + kernel.release};
}

RecordKernel KernelOf(const CrashRecord& record, std::span<const CrashRecord* const> companions) {
  const auto read = [](const CrashRecord& from, RecordKernel::Source source) {
    const bool hint = source == RecordKernel::Source::kHint;
    return RecordKernel{
        ParseKernelVersion(hint ? from.kernel().release_hint() : from.kernel().release(),
                           hint ? "" : from.kernel().version()),
        source};
  };
  if (!record.kernel().release().empty()) return read(record, RecordKernel::Source::kRecord);
  for (const CrashRecord* companion : companions) {
    if (!companion->kernel().release().empty()) {
      return read(*companion, RecordKernel::Source::kCompanion);
    }
  }
  if (!record.kernel().release_hint().empty()) return read(record, RecordKernel::Source::kHint);
  for (const CrashRecord* companion : companions) {
    if (!companion->kernel().release_hint().empty()) {
      return read(*companion, RecordKernel::Source::kHint);
    }
  }
  return {};
}

}  // namespace oops::knownbugs
