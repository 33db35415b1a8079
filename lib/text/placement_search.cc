#include "lib/text/placement_search.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <limits>
#include <numeric>
#include <utility>

#include "lib/text/bucket_model.h"
#include "lib/text/scan_engine.h"

// Both kinds of tables are searched as if they were by nibble: for tables by byte that counts a few
// positions too many, and is the only way to a search that is done in seconds.

namespace oops::text {
namespace {

constexpr size_t kOneOutOf = 8;  // literals that leave the buckets that aren't emptied
// How much the likelihood of a pass by byte frequencies counts beside the passes in the sample. It
// tells places apart that the sample holds for equal, and keeps the table from fitting the sample
// alone.
constexpr double kModelWeight = 2;
constexpr int kNibbles = 16;
constexpr uint8_t kAny = kNibbles;  // beyond the end of a short literal

using Bits = std::vector<uint64_t>;    // one bit for each distinct window of the sample
using Nibbles = std::vector<uint8_t>;  // low and high in turn, for each place of a window

Nibbles NibblesOf(std::string_view window, size_t places) {
  Nibbles nibbles(2 * places, kAny);
  for (size_t place = 0; place < std::min(places, window.size()); ++place) {
    nibbles[2 * place] = static_cast<uint8_t>(window[place]) & 15;
    nibbles[2 * place + 1] = static_cast<uint8_t>(window[place]) >> 4;
  }
  return nibbles;
}

void OrInto(const Bits& from, Bits* into) {
  for (size_t word = 0; word < into->size(); ++word) (*into)[word] |= from[word];
}

// The sample as its distinct windows, each with the number of times that it occurs. For each table
// (a low and a high nibble for each place) and nibble there is a bitmap of the windows that have
// the nibble there, so that what a bucket lets pass is a few operations on words.
class Sample {
 public:
  Sample(std::string_view text, size_t places)
      : bytes_(text.size()), places_(places), bitmaps_(2 * places) {
    std::vector<std::string_view> windows;
    for (size_t i = 0; i + places <= text.size(); ++i) {
      const std::string_view window = text.substr(i, places);
      if (IsScannable(window)) windows.push_back(window);
    }
    std::sort(windows.begin(), windows.end());
    std::vector<std::string_view> distinct;
    for (std::string_view window : windows) {
      if (distinct.empty() || distinct.back() != window) {
        distinct.push_back(window);
        weights_.push_back(0);
      }
      ++weights_.back();
    }
    words_ = distinct.size() / 64 + 1;
    weights_.resize(words_ * 64);
    FillBitmaps(distinct);
  }

  size_t bytes() const { return bytes_; }
  size_t places() const { return places_; }
  size_t tables() const { return bitmaps_.size(); }
  size_t words() const { return words_; }
  const Bits& Having(size_t table, uint8_t nibble) const { return bitmaps_[table][nibble]; }

  uint64_t Weight(size_t word, uint64_t bits) const {
    uint64_t weight = 0;
    for (; bits != 0; bits &= bits - 1) {
      weight += weights_[word * 64 + static_cast<size_t>(std::countr_zero(bits))];
    }
    return weight;
  }

  uint64_t Weight(const Bits& bits) const {
    uint64_t weight = 0;
    for (size_t word = 0; word < words_; ++word) weight += Weight(word, bits[word]);
    return weight;
  }

 private:
  void FillBitmaps(const std::vector<std::string_view>& distinct) {
    for (auto& table : bitmaps_) {
      table.fill(Bits(words_));
      table[kAny].assign(words_, ~uint64_t{0});
    }
    for (size_t i = 0; i < distinct.size(); ++i) {
      const Nibbles nibbles = NibblesOf(distinct[i], places_);
      for (size_t table = 0; table < tables(); ++table) {
        bitmaps_[table][nibbles[table]][i / 64] |= uint64_t{1} << (i % 64);
      }
    }
  }

  size_t bytes_;
  size_t places_;
  size_t words_ = 0;
  std::vector<uint32_t> weights_;
  std::vector<std::array<Bits, kNibbles + 1>> bitmaps_;
};

// A bucket: for each of its tables, the sample windows that its literals' nibbles accept.
class Bucket {
 public:
  explicit Bucket(const Sample& sample)
      : sample_(&sample),
        accepted_(sample.tables(), Bits(sample.words())),
        passing_(sample.words()) {}

  void Add(std::string_view window) {
    const Nibbles nibbles = NibblesOf(window, sample_->places());
    for (size_t table = 0; table < accepted_.size(); ++table) {
      OrInto(sample_->Having(table, nibbles[table]), &accepted_[table]);
    }
    model_ = model_.With(window, sample_->places());
  }

  // To be called when all is added.
  void Settle() {
    passing_ = accepted_[0];
    for (const Bits& accepted : accepted_) {
      for (size_t word = 0; word < passing_.size(); ++word) passing_[word] &= accepted[word];
    }
  }

  const Bits& passing() const { return passing_; }  // since Settle()
  double Risk() const { return Risk(model_); }

  // What the risk and the passing part of the sample grow to with `window` added, that of `others`
  // aside. Gives up at `bound`, with some number that isn't below it.
  double CostWith(std::string_view window, const Bits& others, double bound) const {
    double cost = Risk(model_.With(window, sample_->places()));
    const Nibbles nibbles = NibblesOf(window, sample_->places());
    std::vector<std::pair<const uint64_t*, const uint64_t*>> tables;
    for (size_t table = 0; table < accepted_.size(); ++table) {
      tables.emplace_back(accepted_[table].data(), sample_->Having(table, nibbles[table]).data());
    }
    for (size_t word = 0; word < others.size() && cost < bound; ++word) {
      uint64_t passing = ~others[word];
      // Neighbours in the sample's order have the same first bytes: most words are done after a
      // table or two.
      for (const auto& [accepted, having] : tables) {
        passing &= accepted[word] | having[word];
        if (passing == 0) break;
      }
      if (passing != 0) cost += static_cast<double>(sample_->Weight(word, passing));
    }
    return cost;
  }

 private:
  double Risk(const BucketModel& model) const {
    static const ByteFrequencies frequencies = TypicalFrequencies();
    return kModelWeight * static_cast<double>(sample_->bytes()) *
           model.Likelihood(frequencies, sample_->places());
  }

  const Sample* sample_;
  std::vector<Bits> accepted_;
  Bits passing_;
  BucketModel model_;
};

class Searcher {
 public:
  Searcher(const Sample& sample, std::span<const std::string_view> literals)
      : sample_(sample),
        literals_(literals),
        placements_(literals.size(), kOut),
        buckets_(kBuckets, Bucket(sample)) {}

  std::vector<Placement> Search(int rounds) {
    std::vector<size_t> all(literals_.size());
    std::iota(all.begin(), all.end(), size_t{0});
    Insert(std::move(all));
    std::vector<Placement> best = placements_;
    std::vector<Bucket> best_buckets = buckets_;
    double best_cost = Cost();
    for (int round = 0; round < rounds; ++round) {
      Insert(TakeOut());
      const double cost = Cost();
      if (cost <= best_cost) {
        best_cost = cost;
        best = placements_;
        best_buckets = buckets_;
      } else {
        placements_ = best;
        buckets_ = best_buckets;
      }
    }
    return best;
  }

 private:
  static constexpr int kNone = -1;
  static constexpr Placement kOut = {.offset = 0, .bucket = kBuckets};

  // SplitMix64, so that every build makes the same table.
  size_t Random(size_t bound) {
    random_ += 0x9e3779b97f4a7c15;
    uint64_t mixed = random_;
    mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
    mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
    return (mixed ^ (mixed >> 31)) % bound;
  }

  // What part of the sample passes in some bucket, and the risks.
  double Cost() const {
    double cost = static_cast<double>(sample_.Weight(PassingBeside(kNone)));
    for (const Bucket& bucket : buckets_) cost += bucket.Risk();
    return cost;
  }

  std::string_view Window(size_t literal, size_t offset) const {
    return literals_[literal].substr(offset, sample_.places());
  }

  Bits PassingBeside(int bucket) const {
    Bits passing(sample_.words());
    for (int other = 0; other < kBuckets; ++other) {
      if (other != bucket) OrInto(buckets_[other].passing(), &passing);
    }
    return passing;
  }

  // Empties a bucket, so that it may find another theme, and takes some literals out of the others.
  std::vector<size_t> TakeOut() {
    const size_t emptied = Random(kBuckets);
    std::vector<size_t> taken;
    for (size_t i = 0; i < literals_.size(); ++i) {
      if (placements_[i].bucket != emptied && Random(kOneOutOf) != 0) continue;
      placements_[i] = kOut;
      taken.push_back(i);
    }
    buckets_.assign(kBuckets, Bucket(sample_));
    for (size_t i = 0; i < literals_.size(); ++i) {
      const auto& [offset, bucket] = placements_[i];
      if (bucket != kOut.bucket) buckets_[bucket].Add(Window(i, offset));
    }
    for (Bucket& bucket : buckets_) bucket.Settle();
    return taken;
  }

  // Puts the literals in, in random order, each where it costs least.
  void Insert(std::vector<size_t> literals) {
    for (size_t i = literals.size(); i > 1; --i) std::swap(literals[i - 1], literals[Random(i)]);
    for (size_t literal : literals) {
      placements_[literal] = BestPlacement(literal);
      Bucket& bucket = buckets_[placements_[literal].bucket];
      bucket.Add(Window(literal, placements_[literal].offset));
      bucket.Settle();
    }
  }

  Placement BestPlacement(size_t literal) const {
    double best_cost = std::numeric_limits<double>::infinity();
    Placement best;
    for (int bucket = 0; bucket < kBuckets; ++bucket) {
      const Bits others = PassingBeside(bucket);
      const double others_cost =
          static_cast<double>(sample_.Weight(others)) - buckets_[bucket].Risk();
      for (size_t offset = 0; offset <= LastOffset(literals_[literal], sample_.places());
           ++offset) {
        const double cost = others_cost + buckets_[bucket].CostWith(Window(literal, offset), others,
                                                                    best_cost - others_cost);
        if (cost >= best_cost) continue;
        best_cost = cost;
        best = {static_cast<uint8_t>(offset), static_cast<uint8_t>(bucket)};
      }
    }
    return best;
  }

  const Sample& sample_;
  const std::span<const std::string_view> literals_;
  std::vector<Placement> placements_;  // of literals_
  std::vector<Bucket> buckets_;
  uint64_t random_ = 1;
};

}  // namespace

std::vector<PlacedLiteral> SearchPlacement(std::span<const std::string_view> literals,
                                           std::string_view sample, int rounds) {
  std::vector<PlacedLiteral> placed = PlaceLiterals(literals);
  if (!std::all_of(literals.begin(), literals.end(), IsScannable)) return placed;
  for (Placement PlacedLiteral::*kind : {&PlacedLiteral::for_nibbles, &PlacedLiteral::for_bytes}) {
    const bool nibbles = kind == &PlacedLiteral::for_nibbles;
    const Sample windows(sample, Places(nibbles ? TableKind::kNibbles : TableKind::kBytes));
    const std::vector<Placement> placements = Searcher(windows, literals).Search(rounds);
    for (size_t i = 0; i < placed.size(); ++i) placed[i].*kind = placements[i];
  }
  return placed;
}

}  // namespace oops::text
