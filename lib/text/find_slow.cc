#include "lib/text/find_slow.h"

namespace oops::text {

ScanResult FindSlow(std::span<const PlacedLiteral> literals, std::string_view bytes) {
  ScanResult result;
  for (size_t position = 0; position < bytes.size(); ++position) {
    for (uint32_t i = 0; i < literals.size(); ++i) {
      const std::string_view literal = literals[i].text;
      if (!IsScannable(literal) || !bytes.substr(position).starts_with(literal)) continue;
      result.hits.push_back({position, i, result.newlines});
      break;
    }
    result.newlines += bytes[position] == '\n';
  }
  return result;
}

}  // namespace oops::text
