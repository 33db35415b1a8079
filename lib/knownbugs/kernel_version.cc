#include "lib/knownbugs/kernel_version.h"

#include <array>
#include <cctype>
#include <memory>
#include <vector>

#include "re2/re2.h"

namespace oops::knownbugs {
namespace {

using Order = KernelVersion::Order;
using Origin = KernelVersion::Origin;

std::string ToString(const re2::StringPiece& piece) {
  return std::string(piece.data(), piece.size());
}

// What rpm, and crash's RELEASE field, append to uname -r.
constexpr const char kArchitecture[] =
    R"([.](x86_64|i[3-6]86|aarch64|ppc64le|ppc64|ppc|s390x|s390|ia64|armv[5-8]\w*|riscv64|)"
    R"(loongarch64|mips64|mips64el|sw_64)(_\w+)?([+.](debug|PAE|PAEdebug|(rt|64k)(-debug)?))?$)";

// One way in which distributions name their kernels. The first row that fits decides.
struct Row {
  const char* pattern;  // over what follows the kernel.org version; up to two captures for `distro`
  const char* distro;   // RE2 rewrite: "el\\1"
  Order order;
};

// Rows of rpm packages: the whole release is the package's version. What may follow the
// distribution's tag is only what its own updates put there ("_9.1", ".centos.plus"): anything else
// is a rebuild.
constexpr Row kRows[] = {
    {R"(^-.*[.]el(\d+)uek([.]|$))", "uek", Order::kRpm},
    {R"(^-.*[.]el\d+[.]elrepo$)", "elrepo", Order::kRpm},
    {R"(^-.*[.](vz\d+|stab\d)|^-\d+stab\d)", "openvz", Order::kRpm},
    {R"(^-.*[.]amzn(\d+)$)", "amzn\\1", Order::kRpm},
    {R"(^-.*[.]fc\d+$)", "fedora", Order::kRpm},
    {R"(^-.*[.]el(\d+)(_\d+)?([.]\d+)*([.]centos([.]plus)?|PAE|xen)?$)", "el\\1", Order::kRpm},
    {R"(^-.*[.]ky(\d+)$)", "ky\\1", Order::kRpm},
    {R"(^-.*[.]oe\d*(sp\d+)?$|^-.*[.]oe\d+)", "openeuler", Order::kRpm},
    {R"(^-.*[.]an(\d+)$)", "anolis\\1", Order::kRpm},
    {R"(^-.*[.]al(\d+)$)", "alinux\\1", Order::kRpm},
    {R"(^-.*[.](tl\d+|tlinux)|^-\d+-\d{4}[.]\d+)", "tencentos", Order::kRpm},
    {R"(^-.*[.]uel(\d+))", "uos\\1", Order::kRpm},
    {R"(^-.*[.](cm\d+|azl\d+)$)", "azurelinux", Order::kRpm},
    {R"(^-.*[.]ph(\d+))", "photon\\1", Order::kRpm},
    {R"(^-.*[.]mga\d+$)", "mageia", Order::kRpm},
    {R"(^-[\w.]+-(default|preempt|desktop|xen|pae|kvmsmall|vanilla|64kb|longterm|rt)$)", "suse",
     Order::kRpm},
    {R"(^-\d+[.][\d.]+-azure$)", "suse", Order::kRpm},
    {R"(^-\d+(-generic(-lpae|-64k|-hwe)?|-lowlatency|-server|-virtual|-azure(-fde)?|-aws|-gcp|)"
     R"(-gke|-gkeop|-oracle|-kvm|-raspi2?|-ibm|-oem|-intel-iotg|-nvidia|-snapdragon|-realtime)$)",
     "ubuntu", Order::kDebian},
    {R"(^(-\d+|-0[.]bpo[.]\d+|-\d+[.]bpo[.]\d+|-0[.]deb\d+[.]\d+|[+]deb\d+(u\d+)?|[+]bpo|)"
     R"([+]deb\d+[+]\d+|-trunk)(-(rt|cloud|vserver|openvz))?-(amd64|686(-pae|-bigmem)?|arm64(-16k)?|)"
     R"(armmp(-lpae)?|armel|marvell|rpi|4kc-malta|5kc-malta|octeon|loongson-3|powerpc(64le|64|-smp)?|)"
     R"(powerpc64le-64k|s390x|riscv64|loong64|mips64r2el|686-smp|i386|amd64-unsigned)$)",
     "debian", Order::kDebian},
    {R"(^-arch\d+(-\d+)?$|^-\d+-(ARCH|lts|zen|hardened)$|^-zen\d+(-\d+)?-zen$)", "arch",
     Order::kNone},
    {R"(^-\d+-MANJARO$)", "manjaro", Order::kNone},
    {R"(^-gentoo(-r\d+)?(-\S+)?$)", "gentoo", Order::kNone},
    {R"(^-\d+-pve$)", "proxmox", Order::kNone},
    {R"(^(-rpi)?-v[678]l?[+]$|^[+]rpt-rpi-)", "raspbian", Order::kNone},
    {R"(^-microsoft-standard)", "wsl2", Order::kNone},
    {R"(^-android\d+-)", "android", Order::kNone},
};

struct CompiledRow {
  std::unique_ptr<RE2> pattern;
  const Row* row;
};

const std::vector<CompiledRow>& CompiledRows() {
  static const auto* const rows = [] {
    auto* const compiled = new std::vector<CompiledRow>;
    for (const Row& row : kRows) {
      compiled->push_back({std::make_unique<RE2>(row.pattern), &row});
    }
    return compiled;
  }();
  return *rows;
}

std::string Compact(std::string_view text) {
  std::string compact;
  for (char c : text) {
    if (!std::isspace(static_cast<unsigned char>(c))) compact.push_back(c);
  }
  return compact;
}

// Fedora's and Red Hat's packages of what will be a release begin with "0.":
// "5.4.0-0.rc6.git0.1.fc32" comes before 5.4. What names no candidate may be older than the first.
void ReadPrerelease(std::string_view rest, KernelVersion& kernel) {
  static const RE2 candidate(R"([.-]rc(\d+))");
  if (kernel.distro == "suse" || kernel.base->stable != 0 || !rest.starts_with("-0.")) return;
  int number = 0;
  RE2::PartialMatch(re2::StringPiece(rest.data(), rest.size()), candidate, &number);
  kernel.base->candidate = number;
}

// Debian, by the package's own version in uname -v: "#1 SMP PREEMPT_DYNAMIC Debian 6.1.90-1
// (2024-05-03)".
bool ReadDebianVersion(std::string_view version, KernelVersion& kernel) {
  static const RE2 pattern(R"(\bDebian (\d[\w.+~:-]*))");
  re2::StringPiece package;
  if (!RE2::PartialMatch(re2::StringPiece(version.data(), version.size()), pattern, &package)) {
    return false;
  }
  kernel.origin = Origin::kDistribution;
  kernel.distro = "debian";
  kernel.order = Order::kDebian;
  kernel.package = ToString(package);
  kernel.package_complete = true;
  if (const auto base = ParseUpstream(kernel.package)) kernel.base = base;
  return true;
}

// Ubuntu's package is the ABI number of uname -r and the upload number of uname -v
// ("#101~20.04.1-Ubuntu SMP ..."): 5.15.0-91 and 101~20.04.1 are 5.15.0-91.101~20.04.1.
bool ReadUbuntuVersion(std::string_view version, KernelVersion& kernel) {
  static const RE2 upload_pattern(R"(#(\d+(?:~[\d.]+)*)\S*-Ubuntu\b)");
  static const RE2 abi_pattern(R"(^(\d+[.]\d+[.]\d+-\d+)(?:-|$))");
  re2::StringPiece upload;
  std::string abi;
  const bool is_ubuntu =
      RE2::PartialMatch(re2::StringPiece(version.data(), version.size()), upload_pattern, &upload);
  if (!is_ubuntu && kernel.distro != "ubuntu") return false;
  kernel.origin = Origin::kDistribution;
  kernel.distro = "ubuntu";
  kernel.order = Order::kDebian;
  kernel.package_complete = is_ubuntu;
  kernel.package.clear();
  if (RE2::PartialMatch(kernel.release, abi_pattern, &abi)) {
    kernel.package = is_ubuntu ? abi + "." + ToString(upload) : abi;
  }
  return true;
}

// "5.14.21-150500.55.7-default": the flavour is a package name's, not the version's.
std::string WithoutFlavour(const std::string& release) {
  return release.substr(0, release.rfind('-'));
}

}  // namespace

KernelVersion ParseKernelVersion(std::string_view release, std::string_view version) {
  static const RE2 architecture(kArchitecture);
  static const RE2 rebuilt(R"([.]el(\d+)([._-]|$))");
  KernelVersion kernel;
  kernel.release = Compact(release);
  RE2::Replace(&kernel.release, architecture, "");

  std::string_view rest;
  kernel.base = ParseUpstream(kernel.release, &rest);
  if (!kernel.base) return kernel;
  kernel.origin = rest.empty() ? Origin::kUpstream : Origin::kOwnBuild;
  for (const CompiledRow& compiled : CompiledRows()) {
    const re2::StringPiece text(rest.data(), rest.size());
    std::array<re2::StringPiece, 2> captures;
    const int count = compiled.pattern->NumberOfCapturingGroups() > 0 ? 2 : 1;
    if (!compiled.pattern->Match(text, 0, text.size(), RE2::UNANCHORED, captures.data(), count)) {
      continue;
    }
    kernel.origin = Origin::kDistribution;
    kernel.order = compiled.row->order;
    compiled.pattern->Rewrite(&kernel.distro, compiled.row->distro, captures.data(), count);
    break;
  }
  if (kernel.order == Order::kRpm) {
    kernel.package = kernel.distro == "suse" ? WithoutFlavour(kernel.release) : kernel.release;
    ReadPrerelease(rest, kernel);
  }
  if (ReadDebianVersion(version, kernel) || ReadUbuntuVersion(version, kernel)) return kernel;
  if (kernel.origin == Origin::kOwnBuild) {
    std::string major;
    if (RE2::PartialMatch(kernel.release, rebuilt, &major)) kernel.distro = "el" + major;
  }
  return kernel;
}

}  // namespace oops::knownbugs
