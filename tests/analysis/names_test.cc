#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "lib/analysis/function_name.h"
#include "lib/analysis/mangled_name.h"
#include "lib/analysis/name_patterns.h"
#include "lib/analysis/numberless.h"
#include "lib/analysis/stable_hash.h"

namespace oops::analysis {
namespace {

struct Pair {
  std::string_view in, out;
};

TEST(SourceName, IsWhatStandsInTheSource) {
  constexpr Pair kCases[] = {
      {"", ""},
      {"kfree", "kfree"},
      {"shm_open.isra.5.part.6", "shm_open"},
      {"__call_rcu.constprop.76", "__call_rcu"},
      {"fixup_bug.part.11", "fixup_bug"},
      {"dlfb_usb_probe.cold", "dlfb_usb_probe"},
      {"print_address_description.cold.8", "print_address_description"},
      {"do_one_initcall.llvm.1234567", "do_one_initcall"},
      {"put_page.lto_priv.4", "put_page"},
      {".sys_write", "sys_write"},
      {".text.lock.ptrace", ".text.lock.ptrace"},
      {"__pfx_schedule", "schedule"},
      {"__cfi_stack_trace_consume_entry", "stack_trace_consume_entry"},
      {"_RNvMs3_NtCshgDM7dBCdno_11rust_binder7processNtB5_7Process10update_ref",
       "<rust_binder::process::Process>::update_ref"},
      {"_RNvMs3_Nt", "_RNvMs3_Nt"},
      {"<rust_binder::process::Process>::update_ref",
       "<rust_binder::process::Process>::update_ref"},
  };
  for (const Pair& c : kCases) EXPECT_EQ(SourceName(c.in), c.out) << c.in;
}

TEST(TitleNames, BestNameLast) {
  const std::vector<std::pair<std::string_view, std::vector<std::string>>> kCases = {
      {"kfree", {"kfree"}},
      {"SyS_rmdir", {"SyS_rmdir", "rmdir"}},
      {"compat_SyS_ioctl", {"compat_SyS_ioctl", "ioctl"}},
      {"C_SYSC_keyctl", {"C_SYSC_keyctl", "keyctl"}},
      {"__riscv_sys_mount", {"__riscv_sys_mount", "sys_mount"}},
      {"__x64_sys_recvmmsg", {"__x64_sys_recvmmsg", "sys_recvmmsg"}},
      {"__arm64_sys_socket", {"__arm64_sys_socket", "sys_socket"}},
      {"__se_sys_mremap", {"__se_sys_mremap", "sys_mremap", "mremap"}},
      {"sys_openat2", {"sys_openat2", "openat2"}},
      {"smp_call_function_single", {"smp_call_function_single", "smp_call_function"}},
      {"synchronize_rcu_expedited", {"synchronize_rcu_expedited", "synchronize_rcu"}},
      {"__synchronize_srcu", {"__synchronize_srcu", "synchronize_rcu"}},
      {"synchronize_rcu", {"synchronize_rcu"}},
  };
  for (const auto& [name, names] : kCases) EXPECT_EQ(TitleNames(name), names);
  EXPECT_EQ(TitleNames("bpf_prog_0123456789abcdef_filter"),
            std::vector<std::string>{"bpf_prog_ADDR_filter"});
  EXPECT_EQ(TitleNames("bpf_prog_kallsyms_find"),
            std::vector<std::string>{"bpf_prog_kallsyms_find"});
}

TEST(KeyName, IsOneForAllThatMeanTheSame) {
  EXPECT_EQ(KeyName("__x64_sys_openat"), "openat");
  EXPECT_EQ(KeyName("synchronize_rcu_expedited"), "synchronize_rcu");
  EXPECT_EQ(KeyName("bpf_prog_0123456789abcdef_filter"), "bpf_prog_filter");
  EXPECT_EQ(KeyName("bpf_prog_0123456789abcdef"), "bpf_prog");
  EXPECT_EQ(KeyName("bpf_prog_kallsyms_find"), "bpf_prog_kallsyms_find");
  EXPECT_EQ(KeyName("foo"), "foo");
}

TEST(SourceName, IsAPartOfWhatWasPrinted) {
  std::string demangled;
  const std::string_view printed = ".ext4_writepages.isra.0";
  const std::string_view name = SourceNameIn(printed, demangled);
  EXPECT_EQ(name, "ext4_writepages");
  EXPECT_EQ(name.data(), printed.data() + 1);
  EXPECT_TRUE(demangled.empty());
  const std::string_view of_rust = SourceNameIn(
      "_RNvMs3_NtCshgDM7dBCdno_11rust_binder7processNtB5_7Process10update_ref", demangled);
  EXPECT_EQ(of_rust, demangled);
  EXPECT_EQ(of_rust.data(), demangled.data());
}

TEST(SourceName, KeepsTheNamesOfCfiHelpers) {
  EXPECT_EQ(SourceName("__cfi_check_fail"), "__cfi_check_fail");
  EXPECT_EQ(SourceName("__cfi_slowpath_diag"), "__cfi_slowpath_diag");
  EXPECT_EQ(SourceName("__cfi_foo_open"), "foo_open");
}

TEST(Demangle, RustAndPlainCxx) {
  constexpr Pair kCases[] = {
      {"_RNvC6kernel5print", "kernel::print"},
      {"_RNvNtCs9jEwPDbx20M_4core9panicking9panic_fmt", "core::panicking::panic_fmt"},
      {"_RNvXs1_CscPPBqWtAqum_11ashmem_rustNtB5_6AshmemNtNtCs43vyB533jt3_"
       "6kernel10miscdevice10MiscDevice4mmap",
       "<ashmem_rust::Ashmem as kernel::miscdevice::MiscDevice>::mmap"},
      {"_RINvC1a3fooReE", "a::foo::<&str>"},
      {"_RNCNvC1a3foos_0", "a::foo::{closure#1}"},
      {"_RNCNvC1a3foo0", "a::foo::{closure#0}"},
      {"_ZN6kernel5print17h0123456789abcdefE", "kernel::print"},
      {"_Z8fakeNameiii", "fakeName"},
  };
  for (const Pair& c : kCases) EXPECT_EQ(Demangle(c.in), c.out) << c.in;
}

TEST(Demangle, RefusesDamage) {
  constexpr std::string_view kWhole =
      "_RNvMs3_NtCshgDM7dBCdno_11rust_binder7processNtB5_7Process10update_ref";
  for (size_t length = 0; length < kWhole.size(); ++length) {
    EXPECT_FALSE(Demangle(kWhole.substr(0, length)).has_value()) << length;
  }
  for (std::string_view name :
       {"_R", "_Rest", "_Z", "_Zx", "_ZN", "_ZN3foo", "_Z99a", "_RB_", "_RNvB_1a", "kfree"}) {
    EXPECT_FALSE(Demangle(name).has_value()) << name;
  }
}

// As in back references: "_" is 0, "0_" is 1.
std::string Base62(size_t value) {
  constexpr std::string_view kDigits =
      "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
  std::string digits = "_";
  if (value == 0) return digits;
  for (--value;; value /= 62) {
    digits.insert(digits.begin(), kDigits[value % 62]);
    if (value < 62) return digits;
  }
}

TEST(Demangle, IsBounded) {
  EXPECT_FALSE(Demangle("_R" + std::string(100000, 'N')).has_value());
  EXPECT_FALSE(Demangle("_RNvC99999999999999999999999999999a").has_value());

  // Each tuple names the one before it twice.
  std::string doubling = "INvC1a1b";
  size_t previous = doubling.size();
  doubling += "TuuE";
  for (int i = 0; i < 50; ++i) {
    const std::string back = "B" + Base62(previous);
    previous = doubling.size();
    doubling += "T" + back + back + "E";
  }
  EXPECT_FALSE(Demangle("_R" + doubling + "E").has_value());
}

TEST(NamePatterns, ExactPrefixSuffix) {
  NamePatterns patterns;
  patterns.Add(0, "kfree kasan_* *_slowpath");
  patterns.Add(3, "kasan_report   kfree\n *y_slowpath");
  EXPECT_EQ(patterns.Lists("kfree"), 0b1001u);
  EXPECT_EQ(patterns.Lists("kfree_skb"), 0u);
  EXPECT_EQ(patterns.Lists("kasan_report"), 0b1001u);
  EXPECT_EQ(patterns.Lists("kasan_"), 0b0001u);
  EXPECT_EQ(patterns.Lists("kasan"), 0u);
  EXPECT_EQ(patterns.Lists("rwsem_down_read_slowpath"), 0b0001u);
  EXPECT_EQ(patterns.Lists("my_slowpath"), 0b1001u);
  EXPECT_EQ(patterns.Lists(""), 0u);
}

TEST(Numberless, LeavesWords) {
  constexpr Pair kCases[] = {
      {"Bad rss-counter state mm:ffff88005fac4300 idx:0 val:15",
       "Bad rss-counter state mm:ADDR idx:NUM val:NUM"},
      {"XFS (sda1): Internal error at line 12 of file fs/xfs/a.c",
       "XFS (sda1): Internal error at line NUM of file fs/xfs/a.c"},
      {"at 0x1f  ", "at ADDR"},
      {"deadbeef cafe", "ADDR cafe"},
      {"", ""},
  };
  for (const Pair& c : kCases) EXPECT_EQ(Numberless(c.in), c.out);
  EXPECT_LE(Numberless(std::string(1000, 'x')).size(), 200u);
  EXPECT_EQ(Numberless(std::string(199, 'x') + "\xC3\xA4" + "y"), std::string(199, 'x'));
}

// Stored buckets depend on it.
TEST(StableHash, NeverChanges) {
  StableHash hash;
  EXPECT_EQ(hash.Hex(), "f52a15e9a9b5e89b");
  hash.Add("KIND_WARNING");
  hash.Add("dev_watchdog");
  EXPECT_EQ(hash.Hex(), "0284c0264cd07854");
}

TEST(StableHash, FieldsAreParted) {
  StableHash one, other;
  one.Add("ab");
  one.Add("c");
  other.Add("a");
  other.Add("bc");
  EXPECT_NE(one.Hex(), other.Hex());
}

}  // namespace
}  // namespace oops::analysis
