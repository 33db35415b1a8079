// Names of functions that were not written in C, back in the form of their source.
#ifndef OOPS_LIB_ANALYSIS_MANGLED_NAME_H_
#define OOPS_LIB_ANALYSIS_MANGLED_NAME_H_

#include <optional>
#include <string>
#include <string_view>

namespace oops::analysis {

// The source form of a Rust name (v0: _RNvC6kernel5print; legacy: _ZN6kernel5print17h...E) or of a
// plain C++ one. Crate hashes and a C++ function's parameters are left out. Nothing for any other
// name, and for one that is damaged. Time and size are bounded whatever the name says.
std::optional<std::string> Demangle(std::string_view name);

}  // namespace oops::analysis

#endif  // OOPS_LIB_ANALYSIS_MANGLED_NAME_H_
