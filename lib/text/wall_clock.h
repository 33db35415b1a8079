// Times of day, as logs print them.
#ifndef OOPS_LIB_TEXT_WALL_CLOCK_H_
#define OOPS_LIB_TEXT_WALL_CLOCK_H_

#include <cstdint>
#include <optional>
#include <string_view>

namespace oops::text {

// Microseconds from one time to a later one of the same form, whatever the form is: "Mar  4
// 10:08:21", "2023-04-05T13:08:11.044127Z". Dates that differ are taken for a day and the next.
// Nothing where either has no time of day.
std::optional<int64_t> MicrosBetween(std::string_view earlier, std::string_view later);

}  // namespace oops::text

#endif  // OOPS_LIB_TEXT_WALL_CLOCK_H_
