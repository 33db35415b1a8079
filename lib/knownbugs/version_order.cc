#include "lib/knownbugs/version_order.h"

#include <algorithm>
#include <cstddef>

namespace oops::knownbugs {
namespace {

constexpr bool IsDigit(char c) { return c >= '0' && c <= '9'; }
constexpr bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// Takes the longest prefix of `s` that fits `fits`.
template <typename Predicate>
std::string_view Take(std::string_view& s, Predicate fits) {
  const size_t length = static_cast<size_t>(std::find_if_not(s.begin(), s.end(), fits) - s.begin());
  const std::string_view taken = s.substr(0, length);
  s.remove_prefix(length);
  return taken;
}

// Numbers of any length: no digits are the number 0.
std::strong_ordering CompareNumbers(std::string_view a, std::string_view b) {
  const auto is_zero = [](char c) { return c == '0'; };
  Take(a, is_zero);
  Take(b, is_zero);
  if (a.size() != b.size()) return a.size() <=> b.size();
  return a.compare(b) <=> 0;
}

// "7:1.2-3" is epoch "7" and "1.2-3"; without a colon the epoch is "0".
std::string_view TakeEpoch(std::string_view& version) {
  const size_t colon = version.find(':');
  if (colon == std::string_view::npos) return "0";
  const std::string_view epoch = version.substr(0, colon);
  version.remove_prefix(colon + 1);
  return epoch;
}

// Splits at the last '-'; without one the second half is empty.
std::string_view TakeBehindLastDash(std::string_view& version) {
  const size_t dash = version.rfind('-');
  if (dash == std::string_view::npos) return {};
  const std::string_view behind = version.substr(dash + 1);
  version = version.substr(0, dash);
  return behind;
}

// dpkg's weight of a character: "~" before the end, the end before letters, letters before all
// others.
int DebianWeight(char c) {
  if (c == '~') return -1;
  if (IsDigit(c)) return 0;
  if (IsLetter(c)) return static_cast<unsigned char>(c);
  return static_cast<unsigned char>(c) + 256;
}

std::strong_ordering CompareDebianPart(std::string_view a, std::string_view b) {
  while (!a.empty() || !b.empty()) {
    // Alternately what is no digit, character by character, and a number.
    while ((!a.empty() && !IsDigit(a[0])) || (!b.empty() && !IsDigit(b[0]))) {
      const int weight_a = a.empty() ? 0 : DebianWeight(a[0]);
      const int weight_b = b.empty() ? 0 : DebianWeight(b[0]);
      if (weight_a != weight_b) return weight_a <=> weight_b;
      a.remove_prefix(1);  // equal weights: neither side is at its end here
      b.remove_prefix(1);
    }
    const std::strong_ordering order = CompareNumbers(Take(a, IsDigit), Take(b, IsDigit));
    if (std::is_neq(order)) return order;
  }
  return std::strong_ordering::equal;
}

std::optional<int> TakeInt(std::string_view& s) {
  const std::string_view digits = Take(s, IsDigit);
  if (digits.empty() || digits.size() > 6) return std::nullopt;
  int value = 0;
  for (char c : digits) value = value * 10 + (c - '0');
  return value;
}

}  // namespace

std::strong_ordering CompareRpmSegments(std::string_view a, std::string_view b) {
  const auto separates = [](char c) { return !IsDigit(c) && !IsLetter(c) && c != '~' && c != '^'; };
  while (true) {
    Take(a, separates);
    Take(b, separates);
    const char first_a = a.empty() ? '\0' : a[0];
    const char first_b = b.empty() ? '\0' : b[0];
    if (first_a == '~' || first_b == '~') {
      if (first_a != first_b) {
        return first_a == '~' ? std::strong_ordering::less : std::strong_ordering::greater;
      }
      a.remove_prefix(1);
      b.remove_prefix(1);
      continue;
    }
    if (first_a == '^' || first_b == '^') {
      if (first_a == first_b) {
        a.remove_prefix(1);
        b.remove_prefix(1);
        continue;
      }
      if (a.empty()) return std::strong_ordering::less;
      if (b.empty()) return std::strong_ordering::greater;
      return first_a == '^' ? std::strong_ordering::less : std::strong_ordering::greater;
    }
    if (a.empty() || b.empty()) return a.size() <=> b.size();
    if (IsDigit(first_a) != IsDigit(first_b)) {
      return IsDigit(first_a) ? std::strong_ordering::greater : std::strong_ordering::less;
    }
    if (IsDigit(first_a)) {
      const std::strong_ordering order = CompareNumbers(Take(a, IsDigit), Take(b, IsDigit));
      if (std::is_neq(order)) return order;
    } else {
      const int order = Take(a, IsLetter).compare(Take(b, IsLetter));
      if (order != 0) return order <=> 0;
    }
  }
}

std::strong_ordering CompareRpm(std::string_view a, std::string_view b) {
  const std::string_view epoch_a = TakeEpoch(a);
  const std::string_view epoch_b = TakeEpoch(b);
  if (const auto order = CompareNumbers(epoch_a, epoch_b); std::is_neq(order)) return order;
  const std::string_view release_a = TakeBehindLastDash(a);
  const std::string_view release_b = TakeBehindLastDash(b);
  if (const auto order = CompareRpmSegments(a, b); std::is_neq(order)) return order;
  if (release_a.empty() || release_b.empty()) return std::strong_ordering::equal;
  return CompareRpmSegments(release_a, release_b);
}

std::strong_ordering CompareDebian(std::string_view a, std::string_view b) {
  const std::string_view epoch_a = TakeEpoch(a);
  const std::string_view epoch_b = TakeEpoch(b);
  if (const auto order = CompareNumbers(epoch_a, epoch_b); std::is_neq(order)) return order;
  const std::string_view revision_a = TakeBehindLastDash(a);
  const std::string_view revision_b = TakeBehindLastDash(b);
  if (const auto order = CompareDebianPart(a, b); std::is_neq(order)) return order;
  return CompareDebianPart(revision_a, revision_b);
}

std::string UpstreamVersion::ToString() const {
  std::string text = std::to_string(series[0]) + "." + std::to_string(series[1]);
  if (series[0] < 3) text += "." + std::to_string(series[2]);
  if (stable != 0) text += "." + std::to_string(stable);
  if (candidate) text += "-rc" + std::to_string(*candidate);
  return text;
}

std::strong_ordering Compare(const UpstreamVersion& a, const UpstreamVersion& b) {
  if (a.series != b.series) return a.series <=> b.series;
  if (a.candidate.has_value() != b.candidate.has_value()) {
    return a.candidate ? std::strong_ordering::less : std::strong_ordering::greater;
  }
  if (a.candidate != b.candidate) return *a.candidate <=> *b.candidate;
  return a.stable <=> b.stable;
}

std::optional<UpstreamVersion> ParseUpstream(std::string_view text, std::string_view* rest) {
  std::array<int, 4> numbers = {};
  size_t count = 0;
  while (count < numbers.size()) {
    std::string_view ahead = text;
    if (count > 0) {
      if (ahead.empty() || ahead[0] != '.') break;
      ahead.remove_prefix(1);
    }
    const std::optional<int> number = TakeInt(ahead);
    if (!number) break;
    numbers[count++] = *number;
    text = ahead;
  }
  if (count < 2) return std::nullopt;

  UpstreamVersion version;
  const bool three_number_series = numbers[0] < 3;  // up to 2.6.39
  version.series = {numbers[0], numbers[1], three_number_series ? numbers[2] : 0};
  version.stable = three_number_series ? numbers[3] : numbers[2];
  if (text.substr(0, 3) == "-rc") {
    std::string_view ahead = text.substr(3);
    if (const std::optional<int> number = TakeInt(ahead)) {
      version.candidate = number;
      text = ahead;
    }
  }
  if (rest != nullptr) *rest = text;
  return version;
}

}  // namespace oops::knownbugs
