// Times of day as logs print them.
#ifndef OOPS_LIB_ANALYSIS_WALL_CLOCK_H_
#define OOPS_LIB_ANALYSIS_WALL_CLOCK_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace oops::analysis {

struct WallTime {
  std::string date;    // whatever stands around the time of day
  int64_t of_day = 0;  // seconds
};

// The first "hh:mm:ss" of the text; nothing if there is none.
std::optional<WallTime> ParseWallTime(std::string_view text);

// Of one day only: how dates are written differs. Negative if the clock went back.
std::optional<int64_t> SecondsBetween(const std::optional<WallTime>& from,
                                      const std::optional<WallTime>& to);

}  // namespace oops::analysis

#endif  // OOPS_LIB_ANALYSIS_WALL_CLOCK_H_
