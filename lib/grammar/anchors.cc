#include "lib/grammar/anchors.h"

#include <algorithm>
#include <span>

#include "lib/text/literal_placement.h"

namespace oops::grammar {

// Made by the build: see scan_table() in BUILD.bazel.
std::span<const text::PlacedLiteral> AnchorTable();

namespace {

// For each literal those that can begin where it does: one of the two is the other's beginning.
std::vector<std::vector<size_t>> FindRelated() {
  std::span<const std::string_view> literals = AnchorLiterals();
  std::vector<std::vector<size_t>> related(literals.size());
  for (size_t a = 0; a < literals.size(); ++a) {
    for (size_t b = 0; b < literals.size(); ++b) {
      bool fits = literals[a].starts_with(literals[b]) || literals[b].starts_with(literals[a]);
      if (fits) related[a].push_back(b);
    }
  }
  return related;
}

}  // namespace

const text::Scanner& AnchorScanner() {
  static const text::Scanner* const scanner = new text::Scanner(AnchorTable());
  return *scanner;
}

bool HasAnchor(std::string_view text) {
  text::ScanResult found;
  AnchorScanner().FindAll(text, found);
  return !found.hits.empty();
}

std::vector<size_t> RowsWithAnchorIn(std::string_view text) {
  static const auto* const related = new std::vector<std::vector<size_t>>(FindRelated());
  text::ScanResult found;
  AnchorScanner().FindAll(text, found);
  std::vector<size_t> rows;
  for (const text::ScanHit& hit : found.hits) {
    for (size_t literal : (*related)[hit.literal]) {
      std::string_view wanted = AnchorLiterals()[literal];
      if (text.compare(hit.position, wanted.size(), wanted) != 0) continue;
      std::span<const size_t> more = RowsOfLiteral(literal);
      rows.insert(rows.end(), more.begin(), more.end());
    }
  }
  std::sort(rows.begin(), rows.end());
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
  return rows;
}

}  // namespace oops::grammar
