#include "lib/record/anchor_hits.h"

#include "lib/grammar/anchors.h"
#include "lib/text/scanner.h"

namespace oops::record {

void FindAnchors(std::string_view bytes, AnchorHits& found) {
  const text::Scanner& scanner = grammar::AnchorScanner();
  found.hits.clear();
  found.newlines = 0;
  for (size_t from = 0;;) {
    const text::ScanResult hit = scanner.Next(bytes, from);
    found.newlines += hit.newlines;
    if (hit.position == text::ScanResult::npos) return;
    found.hits.push_back({hit.position, found.newlines});
    from = hit.position + 1;
  }
}

}  // namespace oops::record
