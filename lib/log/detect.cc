#include "lib/log/detect.h"

#include <algorithm>

#include "lib/log/journal_verbose.h"
#include "lib/log/kmsg_header.h"
#include "lib/log/pstore.h"
#include "lib/log/scan.h"

namespace oops::log {
namespace {

std::string_view FirstLine(std::string_view s) { return s.substr(0, s.find('\n')); }

// An object with a string for its first key. A record separator (json-seq), "data: " (json-sse), "-
// " (YAML of one object a line) or "[" (an array of objects) may stand in front.
bool IsJson(std::string_view s) {
  for (std::string_view start : {"\xEF\xBB\xBF", "\x1e", "data: ", "- ", "["}) {
    if (StartsWith(s, start)) s.remove_prefix(start.size());
  }
  const size_t open = s.find_first_not_of(" \t\r\n");
  if (open == std::string_view::npos || s[open] != '{') return false;
  const size_t key = s.find_first_not_of(" \t\r\n", open + 1);
  return key != std::string_view::npos && s[key] == '"';
}

// An entry begins with its cursor (journal_entry export); what was cut out of a file may begin with
// any address field.
bool IsJournalExport(std::string_view s) {
  const std::string_view line = FirstLine(s);
  for (std::string_view key : {"__CURSOR=", "__REALTIME_TIMESTAMP=", "__MONOTONIC_TIMESTAMP=",
                               "_BOOT_ID=", "_TRANSPORT="}) {
    if (StartsWith(line, key)) return true;
  }
  return false;
}

// Above the first entry older versions say from when the journal is.
bool IsJournalVerbose(std::string_view s) {
  if (StartsWith(s, "-- ")) s.remove_prefix(std::min(FirstLine(s).size() + 1, s.size()));
  return IsJournalVerboseHeader(FirstLine(s));
}

bool IsKmsg(std::string_view s) { return ReadKmsgHeader(FirstLine(s)).has_value(); }

bool IsPstore(std::string_view s) {
  std::string_view line = FirstLine(s);
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  return IsPstoreHeader(line) || IsRamoopsHeader(line);
}

struct Row {
  Container container;
  std::string_view first;  // bytes that such a stream begins with
  bool (*matches)(std::string_view);
};
constexpr Row kRows[] = {
    {Container::kJson, "{[-d\x1e\xEF \t\r\n", IsJson},
    {Container::kJournalExport, "_", IsJournalExport},
    {Container::kJournalVerbose, "MTWFS-", IsJournalVerbose},
    {Container::kKmsg, "0123456789", IsKmsg},
    {Container::kPstore, "POESRHU=", IsPstore},
};

}  // namespace

std::optional<Container> DetectContainer(std::string_view beginning, bool complete) {
  if (beginning.empty()) return complete ? std::optional(Container::kText) : std::nullopt;
  const bool decided = complete || beginning.size() >= kDetectBytes;
  for (const Row& row : kRows) {
    if (row.first.find(beginning.front()) == std::string_view::npos) continue;
    if (decided && row.matches(beginning)) return row.container;
    if (!decided) return std::nullopt;
  }
  return Container::kText;
}

}  // namespace oops::log
