#include "lib/log/kmsg_header.h"

#include "lib/log/scan.h"

namespace oops::log {
namespace {

constexpr size_t kMaxReleaseBytes = 80;
constexpr size_t kMaxFieldBytes = 200;

size_t ReadNumbers(std::string_view s, size_t at, KmsgHeader& header) {
  at = ReadNumber(s, at, &header.priority);
  if (at == kNoMatch || At(s, at) != ',') return kNoMatch;
  at = ReadNumber(s, at + 1, &header.sequence);
  if (at == kNoMatch || At(s, at) != ',') return kNoMatch;
  return ReadNumber(s, at + 1, &header.usec);
}

void ReadFragment(std::string_view value, KmsgHeader& header) {
  const size_t slash = ReadNumber(value, 0, &header.fragment_offset);
  if (slash == kNoMatch || At(value, slash) != '/') return;
  header.fragment = ReadNumber(value, slash + 1, &header.fragment_total) == value.size();
}

// Fields that nobody knows yet are skipped, as the kernel's documentation asks for.
void ReadFields(std::string_view fields, KmsgHeader& header) {
  while (!fields.empty()) {
    const std::string_view field = fields.substr(0, fields.find(','));
    fields.remove_prefix(field.size() < fields.size() ? field.size() + 1 : field.size());
    if (StartsWith(field, "caller=")) header.caller = field.substr(7);
    if (StartsWith(field, "ncfrag=")) ReadFragment(field.substr(7), header);
  }
}

}  // namespace

std::optional<KmsgHeader> ReadKmsgHeader(std::string_view s) {
  KmsgHeader header;
  size_t at = ReadNumbers(s, 0, header);
  if (at == kNoMatch) {
    const size_t comma = s.substr(0, kMaxReleaseBytes).find(',');
    if (comma == std::string_view::npos || !IsDigit(At(s, 0))) return std::nullopt;
    header.release = s.substr(0, comma);
    if (header.release.find('.') == std::string_view::npos) return std::nullopt;
    if (header.release.find(' ') != std::string_view::npos) return std::nullopt;
    at = ReadNumbers(s, comma + 1, header);
    if (at == kNoMatch) return std::nullopt;
  }
  if (At(s, at) == ',') {
    header.flag = At(s, at + 1);
    if (header.flag != '-' && header.flag != 'c' && header.flag != '+') return std::nullopt;
    at += 2;
    const size_t end = s.substr(0, at + kMaxFieldBytes).find(';', at);
    if (end == std::string_view::npos || (end != at && s[at] != ',')) return std::nullopt;
    if (end != at) ReadFields(s.substr(at + 1, end - at - 1), header);
    at = end;
  }
  if (At(s, at) != ';') return std::nullopt;
  header.size = at + 1;
  return header;
}

}  // namespace oops::log
