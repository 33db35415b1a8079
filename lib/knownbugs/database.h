// The bugs that the build puts into the binary, from bugs/*.textproto.
#ifndef OOPS_LIB_KNOWNBUGS_DATABASE_H_
#define OOPS_LIB_KNOWNBUGS_DATABASE_H_

#include <string_view>

namespace oops::knownbugs {

// A serialised KnownBugDatabase. Made by embed_bugs.cc, which has checked that it compiles.
std::string_view EmbeddedBugs();

}  // namespace oops::knownbugs

#endif  // OOPS_LIB_KNOWNBUGS_DATABASE_H_
