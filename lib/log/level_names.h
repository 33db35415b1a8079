// How daemons and tools call levels and facilities.
#ifndef OOPS_LIB_LOG_LEVEL_NAMES_H_
#define OOPS_LIB_LOG_LEVEL_NAMES_H_

#include <cstddef>
#include <string_view>

namespace oops::log {

inline constexpr std::string_view kLevelNames[] = {"emerg", "alert",  "crit", "err",
                                                   "warn",  "notice", "info", "debug"};
inline constexpr std::string_view kFacilityNames[] = {
    "kern",   "user",   "mail",   "daemon",   "auth",   "syslog", "lpr",
    "news",   "uucp",   "cron",   "authpriv", "ftp",    "local0", "local1",
    "local2", "local3", "local4", "local5",   "local6", "local7"};

// 0 to 7; -1 for what is no level. "warning" and "error" are other spellings.
inline int LevelNamed(std::string_view name) {
  if (name == "warning") return 4;
  if (name == "error") return 3;
  for (int level = 0; level < 8; ++level) {
    if (kLevelNames[level] == name) return level;
  }
  return -1;
}

inline bool IsFacilityName(std::string_view name) {
  for (std::string_view facility : kFacilityNames) {
    if (facility == name) return true;
  }
  return false;
}

}  // namespace oops::log

#endif  // OOPS_LIB_LOG_LEVEL_NAMES_H_
