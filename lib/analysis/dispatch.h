// Functions that hand over to one of many handlers. What they call names the operation that was
// under way: a CPU that loops somewhere below is best known by that handler, since the place in the
// loop where it was found is chance.
#ifndef OOPS_LIB_ANALYSIS_DISPATCH_H_
#define OOPS_LIB_ANALYSIS_DISPATCH_H_

#include <string_view>

namespace oops::analysis {

// Whether `function` (a source name) is such a dispatcher. Thread safe.
bool IsDispatcher(std::string_view function);

// Whether it runs timers, interrupt handlers, softirqs or work: what stands below it in a trace was
// there by chance.
bool RunsCallbacks(std::string_view function);

// Either of these, or what stands between them and the handlers: it tells no bug from another.
bool IsOnManyWays(std::string_view function);

}  // namespace oops::analysis

#endif  // OOPS_LIB_ANALYSIS_DISPATCH_H_
