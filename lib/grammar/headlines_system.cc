#include "lib/grammar/headline.h"

namespace oops::grammar {

std::span<const Headline> SystemHeadlines() { return {}; }

}  // namespace oops::grammar
