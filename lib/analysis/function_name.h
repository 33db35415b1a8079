// What a function is called, whichever compiler, architecture or language built it.
#ifndef OOPS_LIB_ANALYSIS_FUNCTION_NAME_H_
#define OOPS_LIB_ANALYSIS_FUNCTION_NAME_H_

#include <string>
#include <string_view>
#include <vector>

namespace oops::analysis {

// The name as it stands in the source: without the suffixes that compilers and linkers give to
// copies and parts of a function (.isra.0, .constprop.1, .part.2, .cold, .llvm.123, .lto_priv.4),
// the dot of powerpc's text symbols, the
// __pfx_ and __cfi_ of padding symbols; Rust and C++ names demangled. An empty name stays empty.
std::string SourceName(std::string_view printed);

// The same as the part of `printed` that it is; where it had to be demangled it is in `demangled`,
// which is left alone otherwise.
std::string_view SourceNameIn(std::string_view printed, std::string& demangled);

// The names by which people look for a function, the one for titles last: a system call loses its
// wrapper's prefix (__x64_sys_read -> sys_read, SyS_read -> read), and variants of one wait, where
// somebody is found waiting, become one (synchronize_rcu_expedited -> synchronize_rcu). The first
// is `name` itself.
std::vector<std::string> TitleNames(std::string_view name, bool of_wait = true);

// The name under which a function counts when reports are compared: one for all wrappers of a
// system call and for all variants of one thing, whatever kernel version they are of.
std::string KeyName(std::string_view name);

}  // namespace oops::analysis

#endif  // OOPS_LIB_ANALYSIS_FUNCTION_NAME_H_
