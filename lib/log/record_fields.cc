#include "lib/log/record_fields.h"

#include <optional>

#include "lib/log/level_names.h"
#include "lib/log/scan.h"

namespace oops::log {
namespace {

struct Key {
  std::string_view name;
  Field field;
};

constexpr Key kKeys[] = {
    // systemd.journal-fields(7)
    {"MESSAGE", Field::kText},
    {"PRIORITY", Field::kPriority},
    {"SYSLOG_FACILITY", Field::kFacility},
    {"SYSLOG_IDENTIFIER", Field::kIdentifier},
    {"_TRANSPORT", Field::kTransport},
    {"_HOSTNAME", Field::kHost},
    {"_BOOT_ID", Field::kBootId},
    {"_SOURCE_MONOTONIC_TIMESTAMP", Field::kSourceMonotonicUs},
    {"__MONOTONIC_TIMESTAMP", Field::kMonotonicUs},
    {"__REALTIME_TIMESTAMP", Field::kWallUs},
    // dmesg -J, util-linux since 2.38
    {"msg", Field::kText},
    {"pri", Field::kPriority},
    {"fac", Field::kFacility},
    {"caller", Field::kCaller},
    // Docker's json-file driver; "time" is a date there and seconds since boot in dmesg -J, see
    // Describe()
    {"log", Field::kPiece},
    {"time", Field::kWallTime},
    // log shippers and test labs
    {"message", Field::kText},
    {"data", Field::kPiece},
    {"line", Field::kText},
    {"text", Field::kText},
    {"content", Field::kText},
    {"payload", Field::kText},
    {"raw", Field::kText},
    {"@message", Field::kText},
    // of a whole console: OpenStack's and Ansible's
    {"output", Field::kText},
    {"stdout", Field::kText},
    {"contents", Field::kText},
    // Google Cloud Logging's LogEntry
    {"textPayload", Field::kText},
    {"jsonPayload", Field::kWrapper},
    // GELF; OpenTelemetry's LogRecord; Splunk's exports and collector; Elasticsearch's hits
    {"short_message", Field::kText},
    {"full_message", Field::kText},
    {"body", Field::kText},
    {"stringValue", Field::kText},
    {"_raw", Field::kText},
    {"event", Field::kText},
    {"result", Field::kWrapper},
    {"_source", Field::kWrapper},
    // abrt's and satyr's reports
    {"raw_oops", Field::kText},
    {"backtrace", Field::kText},
    {"hostname", Field::kHost},
    {"host", Field::kHost},
    {"program", Field::kIdentifier},
    {"appname", Field::kIdentifier},
    {"ident", Field::kIdentifier},
    {"priority", Field::kPriority},
    {"severity", Field::kPriority},
    {"@timestamp", Field::kWallTime},
    {"timestamp", Field::kWallTime},
    {"dt", Field::kWallTime},
};

std::optional<uint64_t> Number(std::string_view s) {
  uint64_t value = 0;
  const size_t end = ReadNumber(s, 0, &value);
  return end == s.size() && end != 0 ? std::optional<uint64_t>(value) : std::nullopt;
}

// Days since 1970 as a civil date, by the usual count of 400-year eras that begin in March.
struct Date {
  int64_t year;
  int64_t month;
  int64_t day;
};
Date DateOf(int64_t days) {
  days += 719'468;
  const int64_t era = days / 146'097;
  const int64_t day_of_era = days % 146'097;
  const int64_t year_of_era =
      (day_of_era - day_of_era / 1'460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
  const int64_t day_of_year =
      day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const int64_t month = (5 * day_of_year + 2) / 153;
  return {year_of_era + era * 400 + (month >= 10 ? 1 : 0), month < 10 ? month + 3 : month - 9,
          day_of_year - (153 * month + 2) / 5 + 1};
}

void AppendPadded(std::string& out, int64_t value, int width) {
  const std::string digits = std::to_string(value);
  for (int i = static_cast<int>(digits.size()); i < width; ++i) out.push_back('0');
  out += digits;
}

// "2023-10-09T14:40:33.112324Z"
std::string IsoTime(uint64_t microseconds) {
  const auto seconds = static_cast<int64_t>(microseconds / 1'000'000);
  const Date date = DateOf(seconds / 86'400);
  const int64_t of_day = seconds % 86'400;
  struct Part {
    int64_t value;
    int width;
    char after;
  };
  const Part parts[] = {{date.year, 4, '-'},
                        {date.month, 2, '-'},
                        {date.day, 2, 'T'},
                        {of_day / 3600, 2, ':'},
                        {of_day / 60 % 60, 2, ':'},
                        {of_day % 60, 2, '.'},
                        {static_cast<int64_t>(microseconds % 1'000'000), 6, 'Z'}};
  std::string text;
  for (const Part& part : parts) {
    AppendPadded(text, part.value, part.width);
    text.push_back(part.after);
  }
  return text;
}

}  // namespace

Field FieldOf(std::string_view key) {
  for (const Key& known : kKeys) {
    if (known.name == key) return known.field;
  }
  return Field::kNone;
}

void RecordFields::Clear() {
  for (std::string& value : values_) value.clear();
}

void RecordFields::Describe(LogLine& line) {
  line.text = Get(Field::kText);
  line.host = Get(Field::kHost);
  line.boot_id = Get(Field::kBootId);
  line.caller = Get(Field::kCaller);
  if (const auto priority = Number(Get(Field::kPriority))) {
    line.level = static_cast<int>(*priority & 7);
    line.from_user_space = *priority >= 8;
  } else {
    line.level = LevelNamed(Get(Field::kPriority));
  }
  const std::string_view facility = Get(Field::kFacility);
  if (!facility.empty() && facility != "0" && facility != "kern") line.from_user_space = true;
  const std::string_view transport = Get(Field::kTransport);
  const std::string_view identifier = Get(Field::kIdentifier);
  const bool by_program = !identifier.empty() && identifier != "kernel";
  line.foreign = transport.empty() ? by_program : transport != "kernel" && by_program;
  line.kernel_prefix = transport == "kernel" || identifier == "kernel";

  std::optional<uint64_t> monotonic = Number(Get(Field::kSourceMonotonicUs));
  if (!monotonic) monotonic = Number(Get(Field::kMonotonicUs));
  if (monotonic) line.monotonic_us = static_cast<int64_t>(*monotonic);
  line.wall_time = Get(Field::kWallTime);
  constexpr int64_t kSince1970 = 1'000'000'000'000'000;  // microseconds; no machine is up so long
  int64_t since_boot = 0;
  if (!line.wall_time.empty() &&
      ReadSeconds(line.wall_time, 0, &since_boot) == line.wall_time.size() &&
      line.wall_time.size() < 17 && since_boot < kSince1970) {
    line.monotonic_us = since_boot;
    line.kernel_prefix = true;
    line.wall_time = {};
  }
  if (const auto wall = Number(Get(Field::kWallUs))) {
    wall_ = IsoTime(*wall);
    line.wall_time = wall_;
  }
}

}  // namespace oops::log
