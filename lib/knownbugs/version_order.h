// Which of two version numbers is older: by the rules of rpm, of Debian's dpkg and of the kernel's
// own numbering.
#ifndef OOPS_LIB_KNOWNBUGS_VERSION_ORDER_H_
#define OOPS_LIB_KNOWNBUGS_VERSION_ORDER_H_

#include <array>
#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace oops::knownbugs {

// rpm's order of one version or release string (rpmvercmp): runs of digits are numbers, runs of
// letters come before numbers, other characters only separate; "~" sorts before the end, "^" after
// the end but before anything else.
std::strong_ordering CompareRpmSegments(std::string_view a, std::string_view b);

// rpm's order of [epoch:]version[-release]. A side without a release is compared by version alone.
std::strong_ordering CompareRpm(std::string_view a, std::string_view b);

// dpkg's order of [epoch:]upstream[-revision].
std::strong_ordering CompareDebian(std::string_view a, std::string_view b);

// A kernel.org version. A series is what one stable branch is made of: 4.4 and, before 3.0, 2.6.32.
struct UpstreamVersion {
  std::array<int, 3> series = {};  // {4, 4, 0}, {2, 6, 32}
  int stable = 0;                  // 18 in 4.4.18, 61 in 2.6.32.61
  std::optional<int> candidate;    // 3 in 4.18-rc3; none for a release

  std::string ToString() const;
  bool SameSeries(const UpstreamVersion& other) const { return series == other.series; }
};

// Release candidates come before their release, stable releases after it.
std::strong_ordering Compare(const UpstreamVersion& a, const UpstreamVersion& b);

// Reads the version that `text` begins with: "4.18.0-rc3", "3.10.0-327.el7", "2.6.32.61". `rest`,
// if given, receives what follows it. Nothing, if `text` begins with no kernel version.
std::optional<UpstreamVersion> ParseUpstream(std::string_view text,
                                             std::string_view* rest = nullptr);

}  // namespace oops::knownbugs

#endif  // OOPS_LIB_KNOWNBUGS_VERSION_ORDER_H_
