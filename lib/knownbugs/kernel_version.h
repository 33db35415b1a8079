// What a kernel's own words (uname -r, uname -v) say about where it comes from.
#ifndef OOPS_LIB_KNOWNBUGS_KERNEL_VERSION_H_
#define OOPS_LIB_KNOWNBUGS_KERNEL_VERSION_H_

#include <optional>
#include <string>
#include <string_view>

#include "lib/knownbugs/version_order.h"

namespace oops::knownbugs {

struct KernelVersion {
  enum class Origin {
    kUnknown,       // no release, or none that could be read
    kUpstream,      // exactly a kernel.org release: 4.18.0-rc3
    kDistribution,  // a distribution's package
    kOwnBuild,      // somebody's own: an unknown suffix, local changes, linux-next
  };
  enum class Order { kNone, kRpm, kDebian };

  Origin origin = Origin::kUnknown;
  std::string release;  // as printed, without white space and architecture
  // "el7", "fedora", "debian", "ubuntu", "suse", "uek", "amzn2", ...: the tag that Affected.distro
  // uses. Empty for kUpstream; for kOwnBuild the distribution that it was made from, if that can be
  // seen.
  std::string distro;
  std::optional<UpstreamVersion> base;  // the kernel.org version that it was made from
  // The package's version and release as `order` compares them, "3.10.0-327.22.2.el7". Empty if not
  // known.
  std::string package;
  // False where more digits follow that were not printed: Ubuntu's 4.15.0-213 of 4.15.0-213.224.
  bool package_complete = true;
  Order order = Order::kNone;
};

// Reads uname -r (`release`: "3.10.0-327.22.2.el7.x86_64") and uname -v (`version`: "#1 SMP
// Debian 5.10.223-1 (...)"; may be empty, but Debian and Ubuntu tell their package only there).
// White space inside `release`, as copied from prose, is ignored.
KernelVersion ParseKernelVersion(std::string_view release, std::string_view version);

}  // namespace oops::knownbugs

#endif  // OOPS_LIB_KNOWNBUGS_KERNEL_VERSION_H_
