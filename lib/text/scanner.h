// Finds many literals in raw bytes, and counts lines on the way, at about the speed of memory.
//
//   oops::text::Scanner scanner(oops::text::PlaceLiterals(literals));
//   ScanResult result;
//   scanner.FindAll(bytes, result);
//   for (const ScanHit& hit : result.hits) ...
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

// A place where a literal begins.
struct ScanHit {
  size_t position;
  uint32_t literal;   // its index; the lowest of those that begin here
  uint64_t newlines;  // before it

  friend bool operator==(const ScanHit&, const ScanHit&) = default;
};

struct ScanResult {
  std::vector<ScanHit> hits;  // in order, one a place
  uint64_t newlines = 0;      // in all the bytes

  friend bool operator==(const ScanResult&, const ScanResult&) = default;
};

// Immutable after construction: any number of threads may scan at once.
class Scanner {
 public:
  // Copies the literals. Those that aren't scannable (see literal_placement.h) are never found.
  explicit Scanner(std::span<const PlacedLiteral> literals,
                   const ScanEngine& engine = SupportedEngines().front());

  // Makes `result` what `bytes` has; its memory, which grows with the hits, is used again. A
  // literal that is cut off at the end is none. Reads no byte outside of `bytes`.
  void FindAll(std::string_view bytes, ScanResult& result) const;

  // For those who watch the scanner at work; see scan_engine.h.
  const WindowTables& tables() const { return tables_; }

 private:
  class Search;

  struct Literal {
    std::string text;
    uint32_t index;
    uint32_t offset;  // of the window in `text`
    uint32_t size;    // of `text`
    uint32_t ending;  // its last four bytes
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
  ScanBatch scan_batch_;
  std::vector<Literal> literals_;  // those with the same key stand together
  std::vector<Slot> slots_;        // their number is a power of two
  int slot_shift_ = 0;
};

}  // namespace oops::text

#endif  // OOPS_LIB_TEXT_SCANNER_H_
