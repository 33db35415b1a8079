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

uint32_t KeyOf(const char* bytes) {
  uint32_t key;
  static_assert(kKeyBytes == sizeof(key));
  std::memcpy(&key, bytes, sizeof(key));
  return key;
}

}  // namespace

// One call of FindAll.
class Scanner::Search {
 public:
  Search(const Scanner& scanner, std::string_view bytes, ScanResult& result)
      : scanner_(scanner), bytes_(bytes), result_(result) {}

  void Run() {
    result_.hits.clear();
    result_.newlines = 0;
    if (bytes_.size() >= kBlockReach)
      ScanBlocks(bytes_.data(), (bytes_.size() - kBlockReach) / kBlock + 1);
    ScanTail();
    PutInOrder();
  }

 private:
  // The engines read whole blocks and a little more. Here, and nowhere else, the bytes that are
  // left at the end get company: zeros, which are no newlines.
  void ScanTail() {
    char padded[kBlock + kBlockReach] = {};
    const size_t left = bytes_.size() - done_;
    if (left == 0) return;  // an empty text may have no place
    std::memcpy(padded, bytes_.data() + done_, left);
    ScanBlocks(padded, (left + kBlock - 1) / kBlock);
  }

  // The next blocks of the text, which lie at `begin`.
  void ScanBlocks(const char* begin, size_t blocks) {
    Batch batch;
    while (blocks > 0) {
      const size_t part = std::min(blocks, Batch::kBlocks);
      scanner_.scan_batch_(scanner_.tables_, begin, part, &batch);
      for (uint32_t i = 0; i < batch.count; ++i) CheckWindow(done_ + batch.candidates[i]);
      result_.newlines += batch.newlines;
      done_ += part * kBlock;
      begin += part * kBlock;
      blocks -= part;
    }
  }

  void CheckWindow(size_t window) {
    if (window + kKeyBytes > bytes_.size()) return;
    for (const Literal& literal : scanner_.WithWindow(bytes_.data() + window)) {
      if (window < literal.offset) continue;
      const size_t position = window - literal.offset;
      const size_t end = position + literal.size;
      // Dozens of literals may share a window that is a common word; their ends differ.
      if (end > bytes_.size() || KeyOf(bytes_.data() + end - kKeyBytes) != literal.ending) continue;
      if (bytes_.substr(position, literal.size) != literal.text) continue;
      result_.hits.push_back({position, literal.index, NewlinesBefore(position)});
    }
  }

  // Counts from what is known nearby.
  uint64_t NewlinesBefore(size_t position) const {
    size_t known = done_;
    uint64_t count = result_.newlines;
    if (!result_.hits.empty() && result_.hits.back().position > known) {
      known = result_.hits.back().position;
      count = result_.hits.back().newlines;
    }
    if (position < known) return count - CountNewlines(bytes_.substr(position, known - position));
    return count + CountNewlines(bytes_.substr(known, position - known));
  }

  // Candidates come in the order of their windows, but literals have them at different offsets.
  void PutInOrder() {
    std::vector<ScanHit>& hits = result_.hits;
    const auto before = [](const ScanHit& a, const ScanHit& b) {
      return std::tie(a.position, a.literal) < std::tie(b.position, b.literal);
    };
    if (!std::is_sorted(hits.begin(), hits.end(), before))
      std::sort(hits.begin(), hits.end(), before);
    const auto same_place = [](const ScanHit& a, const ScanHit& b) {
      return a.position == b.position;
    };
    hits.erase(std::unique(hits.begin(), hits.end(), same_place), hits.end());
  }

  const Scanner& scanner_;
  const std::string_view bytes_;
  ScanResult& result_;
  size_t done_ = 0;  // up to here all windows are checked and all newlines counted
};

Scanner::Scanner(std::span<const PlacedLiteral> literals, const ScanEngine& engine)
    : scan_batch_(engine.scan) {
  for (size_t i = 0; i < literals.size(); ++i) {
    const std::string_view text = literals[i].text;
    if (!IsScannable(text)) continue;
    const Placement& place =
        engine.kind == TableKind::kNibbles ? literals[i].for_nibbles : literals[i].for_bytes;
    const size_t offset = std::min<size_t>(place.offset, text.size() - kKeyBytes);
    tables_.Add(text.substr(offset, kBytePlaces), place.bucket % kBuckets);
    literals_.push_back({.text = std::string(text),
                         .index = static_cast<uint32_t>(i),
                         .offset = static_cast<uint32_t>(offset),
                         .size = static_cast<uint32_t>(text.size()),
                         .ending = KeyOf(text.data() + text.size() - kKeyBytes)});
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

void Scanner::FindAll(std::string_view bytes, ScanResult& result) const {
  Search(*this, bytes, result).Run();
}

}  // namespace oops::text
