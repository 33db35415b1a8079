#include "lib/record/context.h"

#include <algorithm>
#include <utility>

#include "lib/grammar/chars.h"
#include "lib/grammar/kernel_id.h"

namespace oops::record {
namespace {

struct ReleaseRow {
  std::string_view mark;
  std::string_view arch;
};
// Distributions' suffixes, the longer before those that they contain.
constexpr ReleaseRow kReleases[] = {
    {"x86_64", "x86_64"},
    {"-amd64", "x86_64"},
    {"aarch64", "arm64"},
    {"-arm64", "arm64"},
    {"ppc64le", "ppc64"},
    {"powerpc64le", "ppc64"},
    {"ppc64", "ppc64"},
    {"-powerpc64", "ppc64"},
    {"s390x", "s390x"},
    {"riscv64", "riscv64"},
    {"loongarch64", "loongarch64"},
    {"loong64", "loongarch64"},
    {"-armmp", "arm"},
    {"armv7", "arm"},
    {"i686", "i386"},
    {"i586", "i386"},
    {"i386", "i386"},
    {"-686", "i386"},
    {"-586", "i386"},
    {"-malta", "mips"},
    {"-octeon", "mips"},
    {"mips", "mips"},
    {"-sparc64", "sparc64"},
    {"-parisc", "parisc"},
    {"-alpha", "alpha"},
    {"-m68k", "m68k"},
};
// The compiler named in the banner: "(x86_64-linux-gnu-gcc-12 ...", "(aarch64-linux-gnu-gcc".
constexpr ReleaseRow kCompilers[] = {
    {"x86_64-linux-", "x86_64"},
    {"x86_64-pc-linux", "x86_64"},
    {"aarch64-", "arm64"},
    {"arm-linux-", "arm"},
    {"i686-linux-", "i386"},
    {"i686-pc-linux", "i386"},
    {"powerpc64le-", "ppc64"},
    {"powerpc64-", "ppc64"},
    {"powerpc-", "ppc32"},
    {"s390x-", "s390x"},
    {"riscv64-", "riscv64"},
    {"riscv32-", "riscv32"},
    {"mips", "mips"},
    {"loongarch64-", "loongarch64"},
    {"sparc64-", "sparc64"},
};

template <size_t N>
std::string_view FindMark(const ReleaseRow (&rows)[N], std::string_view text) {
  for (const ReleaseRow& row : rows) {
    if (text.find(row.mark) != std::string_view::npos) return row.arch;
  }
  return {};
}

}  // namespace

std::string_view ArchOfRelease(std::string_view release) { return FindMark(kReleases, release); }

void ReadBanner(std::string_view rest, StreamContext& context) {
  rest = grammar::Trim(rest);
  size_t end = std::min(rest.find(' '), rest.size());
  std::string_view release = rest.substr(0, end);
  if (!grammar::LooksLikeRelease(release)) return;
  std::string host = std::move(context.host);
  context = {};
  context.host = std::move(host);
  context.release = std::string(release);
  constexpr std::string_view kPackage = " (Debian ";
  if (std::string_view words = rest.substr(end); words.starts_with(kPackage))
    context.package = std::string(words.substr(2, words.find(')') - 2));
  size_t number = rest.find(" #");
  if (number != std::string_view::npos) context.version = std::string(rest.substr(number + 1));
  std::string_view arch = ArchOfRelease(release);
  if (arch.empty()) arch = FindMark(kCompilers, rest.substr(end));
  context.arch = std::string(arch);
}

void LearnRelease(const CrashRecord& record, StreamContext& context) {
  const Kernel& kernel = record.kernel();
  const bool same_host = context.host.empty() || record.source().host() == context.host;
  if (!context.release.empty() || kernel.release().empty() || !same_host) return;
  context.release = kernel.release();
  context.version = kernel.version();
}

}  // namespace oops::record
