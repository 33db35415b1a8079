// Where the lines stand that may begin a report.
#ifndef OOPS_LIB_RECORD_ANCHOR_HITS_H_
#define OOPS_LIB_RECORD_ANCHOR_HITS_H_

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace oops::record {

// All places in some bytes where a literal of the grammar begins. It depends on nothing but the
// bytes: threads can find it for pieces of a stream ahead of the one that reads them in order.
struct AnchorHits {
  struct Hit {
    size_t position;
    uint64_t newlines;  // before it
  };
  std::vector<Hit> hits;  // in order
  uint64_t newlines = 0;  // in all the bytes
};

// Makes `found` those of `bytes`; its memory is used again.
void FindAnchors(std::string_view bytes, AnchorHits& found);

}  // namespace oops::record

#endif  // OOPS_LIB_RECORD_ANCHOR_HITS_H_
