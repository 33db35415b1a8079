// The obvious search, against which the fast one is tested.
#ifndef OOPS_LIB_TEXT_FIND_SLOW_H_
#define OOPS_LIB_TEXT_FIND_SLOW_H_

#include <span>
#include <string_view>

#include "lib/text/literal_placement.h"
#include "lib/text/scanner.h"

namespace oops::text {

// What Scanner::FindAll answers, with one comparison per literal and byte.
ScanResult FindSlow(std::span<const PlacedLiteral> literals, std::string_view bytes);

}  // namespace oops::text

#endif  // OOPS_LIB_TEXT_FIND_SLOW_H_
