#include "lib/text/scanner.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <tuple>

#include "lib/text/newlines.h"

namespace oops::text {
namespace {

// What every window has of its literal, however short.
constexpr size_t kKeyBytes = kMinLiteral;

uint32_t KeyOf(const char* window) {
  uint32_t key;
  static_assert(kKeyBytes == sizeof(key));
  std::memcpy(&key, window, sizeof(key));
  return key;
}

}  // namespace

// One call of Next. Candidates come in the order of their windows, but literals have them at
// different offsets: a literal that begins further left may have its window further right. So a hit
// doesn't end the search, it bounds it: what begins no later than the hit has its window at most
// max_offset_ behind the hit's first byte.
class Scanner::Search {
 public:
  Search(const Scanner& scanner, std::string_view bytes, size_t from)
      : scanner_(scanner), bytes_(bytes), from_(from), block_(from) {}

  ScanResult Run() {
    ScanInPlace();
    if (!Decided()) ScanTail();
    if (best_.position == ScanResult::npos) {
      best_.newlines = newlines_;
    } else if (best_.position >= block_) {
      best_.newlines = newlines_ + CountNewlines(bytes_.substr(block_, best_.position - block_));
    } else {
      best_.newlines =
          newlines_ - CountNewlines(bytes_.substr(best_.position, block_ - best_.position));
    }
    return best_;
  }

 private:
  // No window from the current block on can change the answer.
  bool Decided() const { return block_ >= limit_; }

  void ScanInPlace() { ScanBuffer(bytes_.data() + block_, bytes_.size() - block_); }

  // The engines read whole blocks and a little more. Here, and nowhere else, the bytes that are
  // left at the end get company: zeros, which are no newlines.
  void ScanTail() {
    char padded[2 * kBlock + kBlockReach] = {};
    const size_t left = bytes_.size() - block_;
    std::memcpy(padded, bytes_.data() + block_, left);
    const size_t blocks = (left + kBlock - 1) / kBlock;
    ScanBuffer(padded, blocks * kBlock + kBlockReach - kBlock);
  }

  // Moves block_ over the whole blocks of `buffer`, a copy of the text from block_ on.
  void ScanBuffer(const char* buffer, size_t size) {
    const char* const end = buffer + size;
    const char* begin = buffer;
    while (static_cast<size_t>(end - begin) >= kBlockReach && !Decided()) {
      BlockCursor cursor{.block = begin};
      // Once there is a hit, block by block: the end of the search is near.
      const bool bounded = best_.position != ScanResult::npos;
      scanner_.scan_blocks_(scanner_.tables_, bounded ? begin + kBlockReach : end, &cursor);
      newlines_ += cursor.newlines;
      block_ += static_cast<size_t>(cursor.block - begin);
      begin = cursor.block;
      if (cursor.candidates == 0) continue;
      CheckCandidates(cursor.candidates);
      if (Decided()) return;
      newlines_ += static_cast<uint64_t>(std::popcount(cursor.newline_bits));
      begin += kBlock;
      block_ += kBlock;
    }
  }

  void CheckCandidates(uint64_t candidates) {
    for (; candidates != 0; candidates &= candidates - 1) {
      const size_t window = block_ + static_cast<size_t>(std::countr_zero(candidates));
      if (window >= limit_ || window + kKeyBytes > bytes_.size()) return;
      CheckWindow(window);
    }
  }

  void CheckWindow(size_t window) {
    for (const Literal& literal : scanner_.WithWindow(bytes_.data() + window)) {
      if (window - from_ < literal.offset) continue;
      const size_t position = window - literal.offset;
      if (std::tie(position, literal.index) >= std::tie(best_.position, best_.literal)) continue;
      if (bytes_.substr(position, literal.text.size()) != literal.text) continue;
      best_.position = position;
      best_.literal = literal.index;
      limit_ = position + scanner_.max_offset_ + 1;
    }
  }

  const Scanner& scanner_;
  const std::string_view bytes_;
  const size_t from_;
  size_t block_;  // where the current block begins in bytes_; past the end after the last one
  uint64_t newlines_ = 0;            // in [from_, block_)
  size_t limit_ = ScanResult::npos;  // windows from here on are of no interest
  ScanResult best_;
};

Scanner::Scanner(std::span<const PlacedLiteral> literals, const ScanEngine& engine)
    : scan_blocks_(engine.scan) {
  for (size_t i = 0; i < literals.size(); ++i) {
    const std::string_view text = literals[i].text;
    if (!IsScannable(text)) continue;
    const Placement& place =
        engine.kind == TableKind::kNibbles ? literals[i].for_nibbles : literals[i].for_bytes;
    const size_t offset = std::min<size_t>(place.offset, text.size() - kKeyBytes);
    tables_.Add(text.substr(offset, kBytePlaces), place.bucket % kBuckets);
    max_offset_ = std::max(max_offset_, offset);
    literals_.push_back(
        {std::string(text), static_cast<uint32_t>(i), static_cast<uint32_t>(offset)});
  }
  FillSlots();
}

void Scanner::FillSlots() {
  const auto key = [](const Literal& literal) { return KeyOf(&literal.text[literal.offset]); };
  std::stable_sort(literals_.begin(), literals_.end(),
                   [&](const Literal& a, const Literal& b) { return key(a) < key(b); });
  // At most a quarter full, so that a look-up that finds nothing ends at its first slot.
  slots_.resize(std::bit_ceil(4 * literals_.size() + 2));
  slot_shift_ = 32 - std::countr_zero(slots_.size());
  for (size_t i = 0; i < literals_.size(); ++i) {
    const uint32_t wanted = key(literals_[i]);
    size_t at = Home(wanted);
    while (slots_[at].count != 0 && slots_[at].key != wanted) at = (at + 1) & (slots_.size() - 1);
    if (slots_[at].count == 0) slots_[at] = {wanted, static_cast<uint32_t>(i), 0};
    ++slots_[at].count;
  }
}

std::span<const Scanner::Literal> Scanner::WithWindow(const char* window) const {
  const uint32_t key = KeyOf(window);
  for (size_t at = Home(key); slots_[at].count != 0; at = (at + 1) & (slots_.size() - 1)) {
    if (slots_[at].key == key) return {&literals_[slots_[at].first], slots_[at].count};
  }
  return {};
}

ScanResult Scanner::Next(std::string_view bytes, size_t from) const {
  return Search(*this, bytes, std::min(from, bytes.size())).Run();
}

}  // namespace oops::text
