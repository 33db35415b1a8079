#include "lib/grammar/anchors.h"

#include <algorithm>
#include <memory>
#include <string>
#include <unordered_map>

#include "lib/grammar/body.h"
#include "lib/grammar/headline.h"
#include "lib/text/literal_placement.h"
#include "lib/text/scanner.h"

namespace oops::grammar {
namespace {

// Literals that open an event and are no line's beginning.
constexpr std::string_view kFurtherOpeners[] = {
    "COMMAND: \"",  // the crash utility's PID line
    "PANIC: \"",
};

class Anchors {
 public:
  Anchors() {
    std::unordered_map<std::string_view, size_t> known;
    auto add = [&](std::string_view literal) {
      auto [at, fresh] = known.emplace(literal, literals.size());
      if (fresh) literals.push_back(literal);
      return at->second;
    };
    std::span<const Headline* const> headlines = AllHeadlines();
    for (size_t i = 0; i < headlines.size(); ++i) {
      size_t literal = add(headlines[i]->anchor);
      rows_of.resize(literals.size());
      rows_of[literal].push_back(i);
    }
    for (const BodyRow& row : AllBodyRows()) {
      if (row.opens) add(row.prefix);
    }
    for (std::string_view literal : kFurtherOpeners) add(literal);
    rows_of.resize(literals.size());
    related.resize(literals.size());
    for (size_t a = 0; a < literals.size(); ++a) {
      for (size_t b = 0; b < literals.size(); ++b) {
        if (literals[a].starts_with(literals[b]) || literals[b].starts_with(literals[a])) {
          related[a].push_back(b);
        }
      }
    }
    scanner = std::make_unique<text::Scanner>(text::PlaceLiterals(literals));
  }

  std::vector<std::string_view> literals;
  std::vector<std::vector<size_t>> rows_of;
  // Literals that can begin where this one does.
  std::vector<std::vector<size_t>> related;
  std::unique_ptr<text::Scanner> scanner;
};

const Anchors& TheAnchors() {
  static const Anchors* const anchors = new Anchors;
  return *anchors;
}

}  // namespace

std::span<const std::string_view> AnchorLiterals() { return TheAnchors().literals; }

const text::Scanner& AnchorScanner() { return *TheAnchors().scanner; }

std::vector<size_t> RowsWithAnchorIn(std::string_view text) {
  const Anchors& anchors = TheAnchors();
  std::vector<size_t> rows;
  size_t from = 0;
  while (true) {
    text::ScanResult hit = anchors.scanner->Next(text, from);
    if (hit.position == text::ScanResult::npos) break;
    for (size_t literal : anchors.related[hit.literal]) {
      if (text.compare(hit.position, anchors.literals[literal].size(), anchors.literals[literal]) != 0) continue;
      rows.insert(rows.end(), anchors.rows_of[literal].begin(), anchors.rows_of[literal].end());
    }
    from = hit.position + 1;
  }
  std::sort(rows.begin(), rows.end());
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
  return rows;
}

}  // namespace oops::grammar
