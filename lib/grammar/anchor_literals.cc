#include "lib/grammar/anchor_literals.h"

#include <unordered_map>

#include "lib/grammar/body.h"
#include "lib/grammar/headline.h"

namespace oops::grammar {
namespace {

// Literals that open an event and are no line's beginning.
constexpr std::string_view kFurtherOpeners[] = {
    "COMMAND: \"",  // the crash utility's PID line
    "PANIC: \"",
    " not syncing: ",  // the hyphen before it may have become a dash
};

class Literals {
 public:
  Literals() {
    std::span<const Headline* const> headlines = AllHeadlines();
    for (size_t i = 0; i < headlines.size(); ++i) rows_of[Add(headlines[i]->anchor)].push_back(i);
    for (const BodyRow& row : AllBodyRows()) {
      if (row.opens) Add(row.prefix);
    }
    for (std::string_view literal : kFurtherOpeners) Add(literal);
  }

  std::vector<std::string_view> all;
  std::vector<std::vector<size_t>> rows_of;

 private:
  size_t Add(std::string_view literal) {
    auto [at, fresh] = known_.emplace(literal, all.size());
    if (fresh) {
      all.push_back(literal);
      rows_of.emplace_back();
    }
    return at->second;
  }
  std::unordered_map<std::string_view, size_t> known_;
};

const Literals& TheLiterals() {
  static const Literals* const literals = new Literals;
  return *literals;
}

}  // namespace

std::span<const std::string_view> AnchorLiterals() { return TheLiterals().all; }

std::span<const size_t> RowsOfLiteral(size_t literal) { return TheLiterals().rows_of[literal]; }

}  // namespace oops::grammar
