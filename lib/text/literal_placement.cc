#include "lib/text/literal_placement.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <utility>

#include "lib/text/bucket_model.h"
#include "lib/text/scan_engine.h"

namespace oops::text {
namespace {

constexpr size_t kWindowsTried = 6;  // of each literal, the rarest ones

class Placer {
 public:
  explicit Placer(TableKind kind) : places_(Places(kind)), frequencies_(TypicalFrequencies()) {}

  Placement Place(std::string_view literal) {
    double best_growth = 2;
    Placement best;
    for (size_t offset : RarestWindows(literal)) {
      const std::string_view window = literal.substr(offset, places_);
      for (int bucket = 0; bucket < kBuckets; ++bucket) {
        const double growth =
            Likelihood(buckets_[bucket].With(window, places_)) - likelihoods_[bucket];
        if (growth >= best_growth) continue;
        best_growth = growth;
        best = {static_cast<uint8_t>(offset), static_cast<uint8_t>(bucket)};
      }
    }
    BucketModel& chosen = buckets_[best.bucket];
    chosen = chosen.With(literal.substr(best.offset, places_), places_);
    likelihoods_[best.bucket] = Likelihood(chosen);
    return best;
  }

 private:
  double Likelihood(const BucketModel& bucket) const {
    return bucket.Likelihood(frequencies_, places_);
  }

  std::vector<size_t> RarestWindows(std::string_view literal) const {
    std::vector<std::pair<double, size_t>> windows;
    for (size_t offset = 0; offset <= LastOffset(literal, places_); ++offset) {
      double likelihood = 1;
      for (char byte : literal.substr(offset, places_)) {
        likelihood *= frequencies_[static_cast<size_t>(byte)];
      }
      windows.emplace_back(likelihood, offset);
    }
    std::sort(windows.begin(), windows.end());
    windows.resize(std::min(windows.size(), kWindowsTried));
    std::vector<size_t> offsets;
    for (const auto& [likelihood, offset] : windows) offsets.push_back(offset);
    return offsets;
  }

  const size_t places_;
  const ByteFrequencies frequencies_;
  std::array<BucketModel, kBuckets> buckets_ = {};
  std::array<double, kBuckets> likelihoods_ = {};
};

}  // namespace

size_t LastOffset(std::string_view literal, size_t places) {
  if (literal.size() >= kLongKey) places = std::max(places, kLongKey);
  return literal.size() - std::min(literal.size(), places);
}

bool IsScannable(std::string_view literal) {
  return literal.size() >= kMinLiteral && literal.size() <= kMaxLiteral &&
         std::all_of(literal.begin(), literal.end(),
                     [](char byte) { return static_cast<unsigned char>(byte) < 0x80; });
}

std::vector<PlacedLiteral> PlaceLiterals(std::span<const std::string_view> literals) {
  std::vector<PlacedLiteral> placed;
  for (std::string_view literal : literals) placed.push_back({.text = literal});
  // Short literals have the least choice and come first.
  std::vector<size_t> order(placed.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) {
    return placed[a].text.size() < placed[b].text.size();
  });
  Placer nibble_placer(TableKind::kNibbles);
  Placer byte_placer(TableKind::kBytes);
  for (size_t i : order) {
    if (!IsScannable(placed[i].text)) continue;
    placed[i].for_nibbles = nibble_placer.Place(placed[i].text);
    placed[i].for_bytes = byte_placer.Place(placed[i].text);
  }
  return placed;
}

}  // namespace oops::text
