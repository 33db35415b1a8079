#include "lib/grammar/headline.h"

namespace oops::grammar {

std::span<const Headline> ArchFaultHeadlines() { return {}; }

}  // namespace oops::grammar
