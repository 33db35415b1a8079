#include "lib/knownbugs/kernel_version.h"

#include <string>

#include "gtest/gtest.h"

namespace oops::knownbugs {
namespace {

constexpr auto kUnknown = KernelVersion::Origin::kUnknown;
constexpr auto kUpstream = KernelVersion::Origin::kUpstream;
constexpr auto kDistribution = KernelVersion::Origin::kDistribution;
constexpr auto kOwnBuild = KernelVersion::Origin::kOwnBuild;

struct Case {
  const char* release;
  const char* version;
  KernelVersion::Origin origin;
  const char* distro;
  const char* base;
  const char* package;
};

constexpr Case kCases[] = {
    {"4.18.0", "#4 SMP Sun Feb 19 00:38:10 PST 2023", kUpstream, "", "4.18", ""},
    {"4.18.0-rc3", "", kUpstream, "", "4.18-rc3", ""},
    {"2.6.32.61", "", kUpstream, "", "2.6.32.61", ""},
    // Red Hat and what is made from it.
    {"3.10.0-327.22.2.el7.x86_64", "#1 SMP", kDistribution, "el7", "3.10", "3.10.0-327.22.2.el7"},
    {"2.6.32-431.20.3.el6.x86_64", "", kDistribution, "el6", "2.6.32", "2.6.32-431.20.3.el6"},
    {"2.6.32-431.20.3.el6.x86 _ 64", "", kDistribution, "el6", "2.6.32", "2.6.32-431.20.3.el6"},
    {"2.6.18-398.el5PAE", "", kDistribution, "el5", "2.6.18", "2.6.18-398.el5PAE"},
    {"5.14.0-427.13.1.el9_4.aarch64", "", kDistribution, "el9", "5.14", "5.14.0-427.13.1.el9_4"},
    {"4.18.0-553.5.1.el8_10.x86_64+debug", "", kDistribution, "el8", "4.18",
     "4.18.0-553.5.1.el8_10"},
    {"3.10.0-514.26.2.el7.centos.plus.x86_64", "", kDistribution, "el7", "3.10",
     "3.10.0-514.26.2.el7.centos.plus"},
    {"2.6.32-431.el6.ourfix.x86_64", "", kOwnBuild, "el6", "2.6.32", ""},
    {"5.4.214-1.el7.elrepo.x86_64", "", kDistribution, "elrepo", "5.4.214", "5.4.214-1.el7.elrepo"},
    {"4.14.35-1818.3.3.el7uek.x86_64", "", kDistribution, "uek", "4.14.35",
     "4.14.35-1818.3.3.el7uek"},
    {"3.15.10-201.fc20.i686+PAE", "", kDistribution, "fedora", "3.15.10", "3.15.10-201.fc20"},
    {"5.4.0-0.rc6.git0.1.fc32.x86_64", "", kDistribution, "fedora", "5.4-rc6",
     "5.4.0-0.rc6.git0.1.fc32"},
    {"3.1.0-0.rc0.git19.1.fc17.x86_64", "", kDistribution, "fedora", "3.1-rc0",
     "3.1.0-0.rc0.git19.1.fc17"},
    {"6.5.6-300.fc39.x86_64", "", kDistribution, "fedora", "6.5.6", "6.5.6-300.fc39"},
    {"4.14.355-275.570.amzn2.x86_64", "", kDistribution, "amzn2", "4.14.355",
     "4.14.355-275.570.amzn2"},
    {"6.1.102-108.177.amzn2023.x86_64", "", kDistribution, "amzn2023", "6.1.102",
     "6.1.102-108.177.amzn2023"},
    {"4.19.90-23.15.v2101.ky10.x86_64", "", kDistribution, "ky10", "4.19.90",
     "4.19.90-23.15.v2101.ky10"},
    {"4.19.90-2003.4.0.0036.oe1.x86_64", "", kDistribution, "openeuler", "4.19.90",
     "4.19.90-2003.4.0.0036.oe1"},
    {"5.10.0-60.18.0.50.oe2203.aarch64", "", kDistribution, "openeuler", "5.10",
     "5.10.0-60.18.0.50.oe2203"},
    {"2.6.32-042stab120.11", "", kDistribution, "openvz", "2.6.32", "2.6.32-042stab120.11"},
    // SUSE: the flavour is no part of the version.
    {"5.14.21-150500.55.7-default", "", kDistribution, "suse", "5.14.21", "5.14.21-150500.55.7"},
    {"4.12.14-lp151.28.91-default", "", kDistribution, "suse", "4.12.14", "4.12.14-lp151.28.91"},
    {"3.0.101-0.47.67-xen", "", kDistribution, "suse", "3.0.101", "3.0.101-0.47.67"},
    {"5.14.21-150500.33.60-azure", "", kDistribution, "suse", "5.14.21", "5.14.21-150500.33.60"},
    // Debian and Ubuntu tell the package in uname -v.
    {"5.10.0-32-amd64", "#1 SMP Debian 5.10.223-1 (2024-08-10)", kDistribution, "debian",
     "5.10.223", "5.10.223-1"},
    {"3.16.0-4-amd64", "#1 SMP Debian 3.16.7-ckt11-1+deb8u3 (2015-08-04)", kDistribution, "debian",
     "3.16.7", "3.16.7-ckt11-1+deb8u3"},
    {"5.10.0-0.bpo.15-amd64", "", kDistribution, "debian", "5.10", ""},
    {"6.12.107+deb13-amd64", "", kDistribution, "debian", "6.12.107", ""},
    {"4.15.0-213-generic", "#224-Ubuntu SMP Mon Jun 19 13:30:12 UTC 2023", kDistribution, "ubuntu",
     "4.15", "4.15.0-213.224"},
    {"5.15.0-91-generic", "#101~20.04.1-Ubuntu SMP", kDistribution, "ubuntu", "5.15",
     "5.15.0-91.101~20.04.1"},
    {"4.15.0-213-generic", "", kDistribution, "ubuntu", "4.15", "4.15.0-213"},
    {"5.15.0-1053-azure", "#61-Ubuntu SMP", kDistribution, "ubuntu", "5.15", "5.15.0-1053.61"},
    {"6.2.0-1018-aws", "", kDistribution, "ubuntu", "6.2", "6.2.0-1018"},
    // Without packages to compare.
    {"6.5.9-arch2-1", "#1 SMP PREEMPT_DYNAMIC", kDistribution, "arch", "6.5.9", ""},
    {"6.8.12-1-pve", "", kDistribution, "proxmox", "6.8.12", ""},
    {"5.15.90.1-microsoft-standard-WSL2", "", kDistribution, "wsl2", "5.15.90", ""},
    {"5.10.101-android12-9-00001-g0123456789ab", "", kDistribution, "android", "5.10.101", ""},
    // Somebody's own.
    {"3.12.47-clouder1", "#1 SMP", kOwnBuild, "", "3.12.47", ""},
    {"4.9.0+", "", kOwnBuild, "", "4.9", ""},
    {"6.9.0-rc1-next-20240320", "", kOwnBuild, "", "6.9-rc1", ""},
    {"5.19.0-rc6-00123-gabcdef012345-dirty", "", kOwnBuild, "", "5.19-rc6", ""},
    // Nothing to go by.
    {"", "", kUnknown, "", "", ""},
    {"unknown", "#1 SMP", kUnknown, "", "", ""},
};

TEST(KernelVersion, ReadsReleases) {
  for (const Case& expected : kCases) {
    SCOPED_TRACE(std::string(expected.release) + " " + expected.version);
    const KernelVersion kernel = ParseKernelVersion(expected.release, expected.version);
    EXPECT_EQ(kernel.origin, expected.origin);
    EXPECT_EQ(kernel.distro, expected.distro);
    EXPECT_EQ(kernel.base ? kernel.base->ToString() : "", expected.base);
    EXPECT_EQ(kernel.package, expected.package);
  }
}

TEST(KernelVersion, UbuntuWithoutUploadNumberIsIncomplete) {
  EXPECT_FALSE(ParseKernelVersion("4.15.0-213-generic", "").package_complete);
  EXPECT_TRUE(ParseKernelVersion("4.15.0-213-generic", "#224-Ubuntu SMP").package_complete);
}

TEST(KernelVersion, ReleaseIsKeptWithoutArchitecture) {
  EXPECT_EQ(ParseKernelVersion("2.6.32-431.20.3.el6.x86 _ 64", "").release, "2.6.32-431.20.3.el6");
}

}  // namespace
}  // namespace oops::knownbugs
