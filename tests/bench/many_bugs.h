// A database of known bugs as large as one may become.
#ifndef OOPS_TESTS_BENCH_MANY_BUGS_H_
#define OOPS_TESTS_BENCH_MANY_BUGS_H_

#include <cstddef>
#include <vector>

#include "proto/known_bug.pb.h"

namespace oops::bench {

// The built-in bugs and variants of them, `count` in all. A variant is a bug of functions that no
// kernel has: every name ends in a number.
std::vector<KnownBug> ManyBugs(size_t count);

}  // namespace oops::bench

#endif  // OOPS_TESTS_BENCH_MANY_BUGS_H_
