#include "lib/analysis/wall_clock.h"

namespace oops::analysis {
namespace {

constexpr std::string_view kDigits = "0123456789";
constexpr std::string_view kForm = "00:00:00";

bool IsTimeOfDay(std::string_view text) {
  if (text.size() < kForm.size()) return false;
  for (size_t i = 0; i < kForm.size(); ++i) {
    const bool digit = kDigits.find(text[i]) != kDigits.npos;
    if (kForm[i] == ':' ? text[i] != ':' : !digit) return false;
  }
  return true;
}

int64_t Number(std::string_view two_digits) {
  return (two_digits[0] - '0') * 10 + (two_digits[1] - '0');
}

}  // namespace

std::optional<WallTime> ParseWallTime(std::string_view text) {
  for (size_t at = 0; at + kForm.size() <= text.size(); ++at) {
    const std::string_view time = text.substr(at);
    if (!IsTimeOfDay(time)) continue;
    std::string_view rest = time.substr(kForm.size());
    const size_t fraction_end = rest.find_first_not_of(kDigits, 1);
    const bool fraction = !rest.empty() && (rest.front() == '.' || rest.front() == ',');
    if (fraction) rest = fraction_end == rest.npos ? std::string_view() : rest.substr(fraction_end);
    WallTime found;
    found.date = std::string(text.substr(0, at)) + std::string(rest);
    found.of_day = (Number(time) * 60 + Number(time.substr(3))) * 60 + Number(time.substr(6));
    return found;
  }
  return std::nullopt;
}

std::optional<int64_t> SecondsBetween(const std::optional<WallTime>& from,
                                      const std::optional<WallTime>& to) {
  if (!from || !to || from->date != to->date) return std::nullopt;
  return to->of_day - from->of_day;
}

}  // namespace oops::analysis
