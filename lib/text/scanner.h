// Finds the leftmost of many literals in raw bytes, and counts lines on the way, at about the speed
// of memory.
//
//   oops::text::Scanner scanner(oops::text::PlaceLiterals(literals));
//   for (size_t from = 0;;) {
//     ScanResult hit = scanner.Next(bytes, from);
//     line += hit.newlines;
//     if (hit.position == ScanResult::npos) break;
//     ...
//     from = hit.position + 1;   // + 0 newlines, if no literal begins with one
//   }
//
// See scan_engine.h for the idea. A table that the build made (scan_table_generator) has several
// times fewer false candidates than PlaceLiterals.
#ifndef OOPS_LIB_TEXT_SCANNER_H_
#define OOPS_LIB_TEXT_SCANNER_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lib/text/literal_placement.h"
#include "lib/text/scan_engine.h"

namespace oops::text {

struct ScanResult {
  static constexpr size_t npos = std::string_view::npos;

  size_t position = npos;  // where the literal begins; npos: there is none
  uint32_t literal = 0;    // its index; the lowest of those that begin at `position`
  uint64_t newlines = 0;   // in [from, position), or in [from, size) if there is no literal

  friend bool operator==(const ScanResult&, const ScanResult&) = default;
};

// Immutable after construction: any number of threads may scan at once.
class Scanner {
 public:
  // Copies the literals. Those that aren't scannable (see literal_placement.h) are never found.
  explicit Scanner(std::span<const PlacedLiteral> literals,
                   const ScanEngine& engine = SupportedEngines().front());

  // The leftmost occurrence that begins at or after `from` and lies wholly in `bytes`. Reads no
  // byte outside of `bytes`. A `from` beyond the end is the end.
  ScanResult Next(std::string_view bytes, size_t from) const;

  // For those who watch the scanner at work; see scan_engine.h.
  const WindowTables& tables() const { return tables_; }

 private:
  class Search;

  struct Literal {
    std::string text;
    uint32_t index;
    uint32_t offset;  // of the window in `text`
  };
  // An open hash table from the first four bytes of a window to the literals that have it.
  struct Slot {
    uint32_t key = 0;
    uint32_t first = 0;
    uint32_t count = 0;  // 0: free
  };

  void FillSlots();
  std::span<const Literal> WithWindow(const char* window) const;
  size_t Home(uint32_t key) const { return (key * 0x9e3779b1u) >> slot_shift_; }

  WindowTables tables_;
  ScanBlocks scan_blocks_;
  std::vector<Literal> literals_;  // those with the same key stand together
  std::vector<Slot> slots_;        // their number is a power of two
  int slot_shift_ = 0;
  size_t max_offset_ = 0;
};

}  // namespace oops::text

#endif  // OOPS_LIB_TEXT_SCANNER_H_
