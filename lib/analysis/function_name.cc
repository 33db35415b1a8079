#include "lib/analysis/function_name.h"

#include <algorithm>
#include <array>

#include "lib/analysis/mangled_name.h"

namespace oops::analysis {
namespace {

// Prefixes of system call wrappers, in the order in which they are taken off: SYSCALL_DEFINE() made
// SyS_ and SYSC_ (compat_SyS_ and C_SYSC_) up to 4.16, __se_sys_ and __do_sys_ after it; the
// architectures' own entry stubs came with 4.17.
constexpr std::array<std::string_view, 15> kSyscallPrefixes = {
    "compat_SyS_",  "compat_SYSC_", "C_SYSC_",  "SyS_",      "SYSC_",
    "__se_compat_", "__do_compat_", "__se_",    "__do_sys_", "sys_",
    "__x64_",       "__ia32_",      "__arm64_", "__s390x_",  "__riscv_",
};

struct Variant {
  std::string_view prefix;  // of the variants' names
  std::string_view name;    // what all of them are
};

constexpr std::array<Variant, 6> kVariants = {{
    {"smp_call_function", "smp_call_function"},
    {"synchronize_rcu", "synchronize_rcu"},
    {"synchronize_sched", "synchronize_rcu"},
    {"synchronize_srcu", "synchronize_rcu"},
    {"__synchronize_srcu", "synchronize_rcu"},
    {"synchronize_net", "synchronize_rcu"},
}};

constexpr std::string_view kLockSection = ".text.lock.";

bool TakePrefix(std::string_view& text, std::string_view prefix) {
  if (text.size() <= prefix.size() || text.substr(0, prefix.size()) != prefix) return false;
  text.remove_prefix(prefix.size());
  return true;
}

// kernel/cfi.c, 5.13 to 6.0. All else behind "__cfi_" is a padding symbol of clang's.
bool IsCfiHelper(std::string_view name) {
  return name.substr(0, 11) == "__cfi_check" || name.substr(0, 14) == "__cfi_slowpath";
}

// bpf_get_prog_name(): "bpf_prog_", the program's tag, its name if it has one. The tag is a hash of
// the code, which is compiled anew on each machine; `tag` takes its place. Empty for other
// functions.
std::string BpfProgram(std::string_view name, std::string_view tag) {
  constexpr std::string_view kPrefix = "bpf_prog_";
  constexpr size_t kTag = 16;
  if (name.substr(0, kPrefix.size()) != kPrefix) return {};
  const std::string_view rest = name.substr(kPrefix.size());
  if (rest.size() < kTag || rest.substr(0, kTag).find_first_not_of("0123456789abcdef") != rest.npos)
    return {};
  return "bpf_prog" + std::string(tag) + std::string(rest.substr(kTag));
}

// __se_ and the entry stubs stand before sys_; anything else that begins like them is not a system
// call.
bool IsSyscall(std::string_view name) {
  return name.find("sys_") != name.npos || name.find("SyS_") != name.npos ||
         name.find("SYSC_") != name.npos;
}

}  // namespace

std::string_view SourceNameIn(std::string_view printed, std::string& demangled) {
  // Up to 2.6.2x the waiting loop of a file's spin locks stood in a section of its own, printed as
  // .text.lock.file.
  if (printed.substr(0, kLockSection.size()) == kLockSection) return printed;
  std::string_view name = printed;
  if (!name.empty() && name.front() == '.') name.remove_prefix(1);
  if (name.substr(0, 2) == "__") {
    TakePrefix(name, "__pfx_");
    if (!IsCfiHelper(name)) TakePrefix(name, "__cfi_");
  }
  if (std::optional<std::string> source = Demangle(name)) {
    demangled = *std::move(source);
    return demangled;
  }
  if (name.empty() || name.front() == '<') return name;  // demangled where it was printed
  return name.substr(0, name.find('.'));
}

std::string SourceName(std::string_view printed) {
  std::string demangled;
  return std::string(SourceNameIn(printed, demangled));
}

std::vector<std::string> TitleNames(std::string_view name, bool of_wait) {
  if (std::string program = BpfProgram(name, "_ADDR"); !program.empty()) return {program};
  std::vector<std::string> names = {std::string(name)};
  if (IsSyscall(name)) {
    std::string_view rest = name;
    for (std::string_view prefix : kSyscallPrefixes) {
      if (TakePrefix(rest, prefix)) names.emplace_back(rest);
    }
  }
  if (!of_wait) return names;
  for (const Variant& variant : kVariants) {
    if (name != variant.name && name.substr(0, variant.prefix.size()) == variant.prefix) {
      names.emplace_back(variant.name);
      break;
    }
  }
  return names;
}

std::string KeyName(std::string_view name) {
  constexpr std::string_view kSyscall = "sys_";
  if (std::string program = BpfProgram(name, ""); !program.empty()) return program;
  std::string key = TitleNames(name).back();
  if (key.compare(0, kSyscall.size(), kSyscall) == 0) key.erase(0, kSyscall.size());
  return key;
}

}  // namespace oops::analysis
