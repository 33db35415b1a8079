// Packs text the way gzip, xz and zstd do.
#ifndef OOPS_TESTS_TOOLS_PACK_H_
#define OOPS_TESTS_TOOLS_PACK_H_

#include <string>

namespace oops::tools {

std::string Gzip(const std::string& text);
std::string Xz(const std::string& text);
std::string Zstd(const std::string& text);

}  // namespace oops::tools

#endif  // OOPS_TESTS_TOOLS_PACK_H_
