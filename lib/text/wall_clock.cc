#include "lib/text/wall_clock.h"

namespace oops::text {
namespace {

struct TimeOfDay {
  std::string_view before;  // the rest of the text: date, zone
  std::string_view behind;
  int64_t micros = 0;
};

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

int64_t TwoDigits(std::string_view text) { return (text[0] - '0') * 10 + (text[1] - '0'); }

std::optional<TimeOfDay> FindTimeOfDay(std::string_view text) {
  constexpr std::string_view kForm = "dd:dd:dd";
  for (size_t colon = text.find(':'); colon != text.npos; colon = text.find(':', colon + 1)) {
    if (colon < 2 || colon - 2 + kForm.size() > text.size()) continue;
    const std::string_view clock = text.substr(colon - 2, kForm.size());
    bool fits = true;
    for (size_t i = 0; i < kForm.size(); ++i)
      fits = fits && (kForm[i] == 'd' ? IsDigit(clock[i]) : clock[i] == kForm[i]);
    if (!fits) continue;
    TimeOfDay out;
    out.before = text.substr(0, colon - 2);
    out.behind = text.substr(colon - 2 + kForm.size());
    const int64_t seconds =
        TwoDigits(clock) * 3600 + TwoDigits(clock.substr(3)) * 60 + TwoDigits(clock.substr(6));
    out.micros = seconds * 1'000'000;
    if (out.behind.size() < 2 || (out.behind[0] != '.' && out.behind[0] != ',')) return out;
    int64_t unit = 100'000;
    size_t digits = 1;
    for (; digits < out.behind.size() && IsDigit(out.behind[digits]); ++digits) {
      out.micros += unit * (out.behind[digits] - '0');
      unit /= 10;
    }
    out.behind.remove_prefix(digits);
    return out;
  }
  return std::nullopt;
}

}  // namespace

std::optional<int64_t> MicrosBetween(std::string_view earlier, std::string_view later) {
  constexpr int64_t kDay = 86'400'000'000;
  const std::optional<TimeOfDay> from = FindTimeOfDay(earlier);
  const std::optional<TimeOfDay> to = FindTimeOfDay(later);
  if (!from || !to) return std::nullopt;
  const bool same_day = from->before == to->before && from->behind == to->behind;
  return to->micros - from->micros + (same_day ? 0 : kDay);
}

}  // namespace oops::text
