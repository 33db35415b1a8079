#include "lib/grammar/headline.h"

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "lib/grammar/anchors.h"
#include "lib/grammar/chars.h"
#include "lib/grammar/required_literal.h"
#include "re2/re2.h"

namespace oops::grammar {
namespace {

constexpr int kMaxGroups = 16;

constexpr bool IsInsideCharacter(char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; }

// The part [begin, end) of `text`, which is UTF-8, without the halves of characters at its ends:
// patterns match bytes, and a repetition with a bound may begin or stop anywhere.
std::string_view WholeCharacters(std::string_view text, size_t begin, size_t end) {
  while (begin < end && IsInsideCharacter(text[begin])) ++begin;
  while (end > begin && end < text.size() && IsInsideCharacter(text[end])) --end;
  return text.substr(begin, end - begin);
}

// A row's pattern, compiled when it is first needed: most processes meet few of the rows.
class Compiled {
 public:
  // False where a glance tells that the pattern doesn't match: many rows share an anchor.
  bool MayMatch(const Headline& row, std::string_view text) {
    std::call_once(glanced_, [&] {
      required_ = FindRequiredLiterals(row.pattern);
      // The anchor was found.
      std::erase_if(required_.runs,
                    [&row](std::string_view run) { return row.anchor.find(run) != run.npos; });
    });
    return std::all_of(required_.runs.begin(), required_.runs.end(), [text](std::string_view run) {
      return text.find(run) != std::string_view::npos;
    });
  }
  void Init(const Headline& row) {
    std::call_once(once_, [&] {
      re2::RE2::Options options(re2::RE2::Quiet);
      options.set_encoding(re2::RE2::Options::EncodingLatin1);  // bytes: lines may hold anything
      pattern_ = std::make_unique<re2::RE2>(
          re2::StringPiece(row.pattern.data(), row.pattern.size()), options);
      for (const auto& [number, name] : pattern_->CapturingGroupNames()) {
        if (number < kMaxGroups) names_[number] = name;
      }
    });
  }
  bool Match(std::string_view text, HeadlineMatch& match) const {
    if (!pattern_->ok()) return false;
    std::array<re2::StringPiece, kMaxGroups> groups;
    re2::StringPiece piece(text.data(), text.size());
    int wanted = std::min(pattern_->NumberOfCapturingGroups() + 1, kMaxGroups);
    if (!Search(piece, groups.data(), wanted)) return false;
    const auto part = [&](const re2::StringPiece& group) {
      const size_t begin = group.data() - text.data();
      return WholeCharacters(text, begin, begin + group.size());
    };
    const std::string_view whole = part(groups[0]);
    match.begin = whole.data() - text.data();
    match.end = match.begin + whole.size();
    match.at_start = Trim(text.substr(0, match.begin)).empty();
    for (int i = 1; i < wanted; ++i) {
      if (groups[i].empty() || names_[i].empty()) continue;
      if (const std::string_view capture = part(groups[i]); !capture.empty()) {
        match.captures.emplace_back(names_[i], capture);
      }
    }
    return true;
  }

 private:
  // The leftmost match. Where it must begin is known of most patterns: then RE2 needs no search of
  // its own, for which it would build two automata. A line of many beginnings is left to it, since
  // it takes linear time.
  bool Search(re2::StringPiece text, re2::StringPiece* groups, int wanted) const {
    constexpr int kMostBeginnings = 4;
    const std::string_view view(text.data(), text.size());
    size_t at = 0;
    for (int tried = 0; !required_.first.empty() && tried < kMostBeginnings; ++tried, ++at) {
      at = view.find(required_.first, at);
      if (at == std::string_view::npos) return false;
      if (pattern_->Match(text, at, text.size(), re2::RE2::ANCHOR_START, groups, wanted))
        return true;
    }
    return pattern_->Match(text, at, text.size(), re2::RE2::UNANCHORED, groups, wanted);
  }

  std::once_flag glanced_;
  RequiredLiterals required_;
  std::once_flag once_;
  std::unique_ptr<re2::RE2> pattern_;
  std::array<std::string, kMaxGroups> names_;
};

// All rows and their compiled patterns, side by side.
struct Table {
  Table() {
    for (const Headline* row : AllHeadlines()) rows.push_back(row);
    compiled = std::make_unique<Compiled[]>(rows.size());
  }
  std::optional<HeadlineMatch> Match(size_t index, std::string_view text) const {
    if (!compiled[index].MayMatch(*rows[index], text)) return std::nullopt;
    compiled[index].Init(*rows[index]);
    HeadlineMatch match;
    match.row = rows[index];
    if (!compiled[index].Match(text, match)) return std::nullopt;
    return match;
  }
  std::vector<const Headline*> rows;
  std::unique_ptr<Compiled[]> compiled;
};

// The kernel's sources, quoted: "BUG: KASAN: %s in %pS\n". In "VFS: Busy inodes after unmount of
// %s. Self-destruct" kernels did print it so.
bool IsFormat(std::string_view text) {
  if (text.starts_with("%s") || text.ends_with("%s")) return true;
  constexpr std::string_view kConversions = "dupxl#0";
  for (size_t at = text.find('%'); at != text.npos; at = text.find('%', at + 1)) {
    if (at + 1 < text.size() && kConversions.find(text[at + 1]) != text.npos) return true;
  }
  return false;
}

const Table& TheTable() {
  static const Table* const table = new Table;
  return *table;
}

}  // namespace

std::string_view HeadlineMatch::Capture(std::string_view group) const {
  for (const auto& [name, text] : captures) {
    if (name == group) return text;
  }
  return {};
}

bool IsInlinedCopy(std::string_view text) {
  constexpr std::string_view kOpen = "[< ";
  if (TrimRight(text).ends_with(" [inline]")) return true;
  if (text.find(" [inline], CPU#") != std::string_view::npos) return true;
  const size_t open = text.find(kOpen);
  return open != std::string_view::npos &&
         TrimLeft(text.substr(open + kOpen.size())).starts_with("inline");
}

std::optional<HeadlineMatch> MatchHeadline(std::string_view text) {
  if (IsInlinedCopy(text)) return std::nullopt;
  const Table& table = TheTable();
  std::optional<HeadlineMatch> behind_text;
  for (size_t index : RowsWithAnchorIn(text)) {
    std::optional<HeadlineMatch> match = table.Match(index, text);
    if (!match || IsFormat(text.substr(match->begin, match->end - match->begin))) continue;
    if (match->at_start) return match;
    if (!behind_text || match->begin < behind_text->begin) behind_text = std::move(match);
  }
  return behind_text;
}

std::optional<HeadlineMatch> MatchRow(const Headline& row, std::string_view text) {
  const Table& table = TheTable();
  auto at = std::find(table.rows.begin(), table.rows.end(), &row);
  if (at == table.rows.end()) return std::nullopt;
  return table.Match(at - table.rows.begin(), text);
}

}  // namespace oops::grammar
