// Small steps over a line's bytes, for hand-written recognisers. All of them take a position and
// give the position behind what they matched; kNoMatch (never a position of the line) when it isn't
// there. None of them reads past the end.
#ifndef OOPS_LIB_LOG_SCAN_H_
#define OOPS_LIB_LOG_SCAN_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace oops::log {

inline constexpr size_t kNoMatch = static_cast<size_t>(-1);

inline bool IsDigit(char c) { return static_cast<unsigned>(c - '0') < 10; }
inline bool IsBlank(char c) { return c == ' ' || c == '\t'; }
inline bool IsUpper(char c) { return static_cast<unsigned>(c - 'A') < 26; }
inline bool IsLower(char c) { return static_cast<unsigned>(c - 'a') < 26; }
inline bool IsAlpha(char c) { return IsUpper(c) || IsLower(c); }

// The value of a hex digit, -1 for any other byte.
inline int HexValue(char c) {
  if (IsDigit(c)) return c - '0';
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

// The byte at a position, 0 past the end: lets a recogniser look ahead without asking for the
// length.
inline char At(std::string_view s, size_t at) { return at < s.size() ? s[at] : '\0'; }

inline bool StartsWith(std::string_view s, std::string_view prefix) {
  return s.substr(0, prefix.size()) == prefix;
}
inline bool HasAt(std::string_view s, size_t at, std::string_view what) {
  return at <= s.size() && s.substr(at, what.size()) == what;
}

inline size_t SkipBlanks(std::string_view s, size_t at) {
  while (at < s.size() && IsBlank(s[at])) ++at;
  return at;
}
inline size_t SkipDigits(std::string_view s, size_t at) {
  while (at < s.size() && IsDigit(s[at])) ++at;
  return at;
}

// A decimal number of at most 18 digits (so that it can't overflow).
inline size_t ReadNumber(std::string_view s, size_t at, uint64_t* value) {
  const size_t start = at;
  uint64_t sum = 0;
  for (; at < s.size() && IsDigit(s[at]); ++at) {
    if (at - start == 18) return kNoMatch;
    sum = sum * 10 + static_cast<uint64_t>(s[at] - '0');
  }
  if (at == start) return kNoMatch;
  *value = sum;
  return at;
}

// "ddd.dddddd" as microseconds; three to nine digits behind the point, which dmesg -H writes as its
// locale does.
inline size_t ReadSeconds(std::string_view s, size_t at, int64_t* microseconds) {
  uint64_t seconds = 0;
  at = ReadNumber(s, at, &seconds);
  if (at == kNoMatch || (At(s, at) != '.' && At(s, at) != ',') || seconds > 9'000'000'000'000)
    return kNoMatch;
  const size_t point = at++;
  int64_t fraction = 0;
  constexpr size_t kUsual = 6;  // digits
  if (at + kUsual < s.size() && !IsDigit(s[at + kUsual])) {
    bool digits = true;
    for (size_t i = 0; i < kUsual; ++i) {
      digits &= IsDigit(s[at + i]);
      fraction = fraction * 10 + (s[at + i] - '0');
    }
    if (digits) {
      *microseconds = static_cast<int64_t>(seconds) * 1'000'000 + fraction;
      return at + kUsual;
    }
    fraction = 0;
  }
  for (; at < s.size() && IsDigit(s[at]); ++at) {
    if (at - point <= 6) fraction = fraction * 10 + (s[at] - '0');
  }
  const size_t digits = at - point - 1;
  if (digits < 3 || digits > 9) return kNoMatch;
  for (size_t i = digits; i < 6; ++i) fraction *= 10;
  *microseconds = static_cast<int64_t>(seconds) * 1'000'000 + fraction;
  return at;
}

// The same with six digits behind the point, as printk always has.
inline size_t ReadStampSeconds(std::string_view s, size_t at, int64_t* microseconds) {
  const size_t end = ReadSeconds(s, at, microseconds);
  return end == kNoMatch || end < at + 8 || s[end - 7] != '.' ? kNoMatch : end;
}

// `count` digits exactly, and no further one.
inline size_t ExactDigits(std::string_view s, size_t at, size_t count) {
  const size_t end = at + count;
  if (end > s.size()) return kNoMatch;
  for (; at < end; ++at) {
    if (!IsDigit(s[at])) return kNoMatch;
  }
  return IsDigit(At(s, end)) ? kNoMatch : end;
}

// "14:40:33" with an optional ".112" or ",112324".
inline size_t ReadClock(std::string_view s, size_t at) {
  at = ExactDigits(s, at, 2);
  for (int part = 0; part < 2; ++part) {
    if (at == kNoMatch || At(s, at) != ':') return kNoMatch;
    at = ExactDigits(s, at + 1, 2);
  }
  if (at == kNoMatch) return kNoMatch;
  if ((At(s, at) == '.' || At(s, at) == ',') && IsDigit(At(s, at + 1))) at = SkipDigits(s, at + 1);
  return at;
}

// "2023-10-09" or "2023/10/09".
inline size_t ReadIsoDate(std::string_view s, size_t at) {
  at = ExactDigits(s, at, 4);
  for (int part = 0; part < 2; ++part) {
    if (at == kNoMatch || (At(s, at) != '-' && At(s, at) != '/')) return kNoMatch;
    at = ExactDigits(s, at + 1, 2);
  }
  return at;
}

// "Z", "+00:00", "-0500".
inline size_t ReadZone(std::string_view s, size_t at) {
  if (At(s, at) == 'Z') return at + 1;
  if (At(s, at) != '+' && At(s, at) != '-') return kNoMatch;
  const size_t joined = ExactDigits(s, at + 1, 4);
  if (joined != kNoMatch) return joined;
  at = ExactDigits(s, at + 1, 2);
  return at == kNoMatch || At(s, at) != ':' ? kNoMatch : ExactDigits(s, at + 1, 2);
}

// "2023-10-09T14:40:33.112328+00:00", also with a blank for the T and without a zone.
inline size_t ReadIsoTime(std::string_view s, size_t at) {
  at = ReadIsoDate(s, at);
  if (at == kNoMatch || (At(s, at) != 'T' && At(s, at) != ' ')) return kNoMatch;
  at = ReadClock(s, at + 1);
  if (at == kNoMatch) return kNoMatch;
  const size_t zone = ReadZone(s, at);
  return zone == kNoMatch ? at : zone;
}

// A name of three letters out of a string of such names; its index, or -1.
inline int IndexOfName(std::string_view s, size_t at, std::string_view names) {
  if (at + 3 > s.size()) return -1;
  for (size_t i = 0; i < names.size(); i += 3) {
    if (s[at] == names[i] && s[at + 1] == names[i + 1] && s[at + 2] == names[i + 2]) {
      return static_cast<int>(i / 3);
    }
  }
  return -1;
}
inline int MonthAt(std::string_view s, size_t at) {
  return IndexOfName(s, at, "JanFebMarAprMayJunJulAugSepOctNovDec");
}
inline int WeekdayAt(std::string_view s, size_t at) {
  return IndexOfName(s, at, "MonTueWedThuFriSatSun");
}

// "Oct  9 14:40:33", "Oct 09 14:40:33.112324", "Oct  9 2023 14:40:33".
inline size_t ReadSyslogTime(std::string_view s, size_t at) {
  if (MonthAt(s, at) < 0 || At(s, at + 3) != ' ') return kNoMatch;
  size_t day = SkipBlanks(s, at + 4);
  size_t after_day = SkipDigits(s, day);
  if (after_day == day || after_day - day > 2 || At(s, after_day) != ' ') return kNoMatch;
  ++after_day;
  const size_t clock = ReadClock(s, after_day);
  if (clock != kNoMatch) return clock;
  const size_t year = ExactDigits(s, after_day, 4);
  return year == kNoMatch || At(s, year) != ' ' ? kNoMatch : ReadClock(s, year + 1);
}

// The end of the word at a position: a blank or the line's end.
inline size_t WordEnd(std::string_view s, size_t at) {
  while (at < s.size() && !IsBlank(s[at])) ++at;
  return at;
}

}  // namespace oops::log

#endif  // OOPS_LIB_LOG_SCAN_H_
