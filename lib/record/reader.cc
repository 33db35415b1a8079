#include "lib/record/reader.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "lib/grammar/anchors.h"
#include "lib/text/newlines.h"

namespace oops::record {
namespace {

constexpr size_t kPiece = 256 << 10;  // bytes

bool IsBefore(const text::ScanHit& hit, size_t position) { return hit.position < position; }

}  // namespace

void Reader::Feed(std::string_view bytes) {
  // Pieces, so that what is found in them stays small, however much comes at once.
  while (!bytes.empty()) {
    const std::string_view piece = bytes.substr(0, kPiece);
    grammar::AnchorScanner().FindAll(piece, hits_);
    Feed(piece, hits_);
    bytes.remove_prefix(piece.size());
  }
}

void Reader::Feed(std::string_view bytes, const text::ScanResult& hits) {
  size_t done = 0;
  while (!pending_.empty() && done < bytes.size()) {
    // Complete the pending line first; then the rest is read where it lies.
    size_t newline = bytes.find('\n', done);
    size_t room = kMaxLine - pending_.size();
    size_t take = (newline == std::string_view::npos ? bytes.size() : newline + 1) - done;
    take = std::min(take, room);
    pending_.append(bytes.substr(done, take));
    done += take;
    bool whole = pending_.back() == '\n' || pending_.size() == kMaxLine;
    if (!whole) return;
    std::string line;
    line.swap(pending_);
    ReadPendingLine(line, false);
    KeepTail(line);
  }
  const size_t read = ReadLines(bytes, done, hits, false);
  KeepTail(bytes.substr(done, read));
  pending_.assign(bytes.substr(done + read));
}

void Reader::Finish() {
  std::string line;
  line.swap(pending_);
  ReadPendingLine(line, true);
  if (soft_.open) ReadLine({}, 0, 0, false);
  KeepTail(line);
  // The parts of a line that was put together stand before it.
  if (soft_.parts > 0) return;
  assembler_.EndLines([this](const auto& visit) { LookBack({}, 0, visit); });
}

void Reader::ReadLastLine() {
  if (assembler_.WantsLines() || tail_.empty()) return;
  const Assembler::LookBack look_back = [this](const auto& visit) { LookBack({}, 0, visit); };
  const bool ended = tail_.ends_with('\n');
  const std::string_view lines = std::string_view(tail_).substr(0, tail_.size() - (ended ? 1 : 0));
  log::LogLine place;
  place.number = line_ - (ended ? 1 : 0);
  place.begin = offset_ - (tail_.size() - (lines.rfind('\n') + 1));
  place.order = place.number - soft_.total;
  place.end = offset_;
  assembler_.LastLine(place, look_back);
}

void Reader::ReadPendingLine(std::string_view line, bool last) {
  text::ScanResult hits;
  grammar::AnchorScanner().FindAll(line, hits);
  ReadLines(line, 0, hits, last);
}

size_t Reader::ReadLines(std::string_view bytes, size_t from, const text::ScanResult& anchors,
                         bool last) {
  // Whole lines end with a newline; what has no end yet is whole at every kMaxLine bytes.
  size_t newline = bytes.rfind('\n');
  size_t limit = newline == std::string_view::npos || newline < from ? from : newline + 1;
  limit += (bytes.size() - limit) / kMaxLine * kMaxLine;
  if (last) limit = bytes.size();
  std::string_view whole = bytes.substr(0, limit);
  const auto& hits = anchors.hits;
  auto hit = std::lower_bound(hits.begin(), hits.end(), from, IsBefore);
  // Lines are numbered from where this call began.
  const uint64_t newlines_before = text::CountNewlines(bytes.substr(0, from));
  const uint64_t first_line = line_ - newlines_before;
  size_t at = from;
  while (at < limit) {
    size_t begin = at;
    const bool idle = !assembler_.WantsLines() && !soft_.open;
    if (idle) {
      while (hit != hits.end() && hit->position < at) ++hit;
      if (hit == hits.end() || hit->position >= limit) {
        line_ = first_line + anchors.newlines;
        offset_ += limit - at;
        return limit - from;
      }
      size_t start = whole.substr(at, hit->position - at).rfind('\n');
      start = start == std::string_view::npos ? at : at + start + 1;
      line_ = first_line + hit->newlines;
      begin = start + (hit->position - start) / kMaxLine * kMaxLine;
      offset_ += begin - at;
    }
    size_t line_end = whole.find('\n', begin);
    size_t end = line_end == std::string_view::npos ? limit : line_end + 1;
    end = std::min(end, begin + kMaxLine);
    while (hit != hits.end() && hit->position < begin) ++hit;
    bool anchored = hit != hits.end() && hit->position < end;
    // A literal across a cut is no literal of either part.
    if (anchored && end - begin == kMaxLine)
      anchored = grammar::HasAnchor(whole.substr(begin, end - begin));
    if (!idle || anchored) ReadLine(whole.substr(from), begin - from, end - from, anchored);
    offset_ += end - begin;
    if (whole[end - 1] == '\n') ++line_;
    at = end;
  }
  return limit - from;
}

void Reader::ReadLine(std::string_view bytes, size_t begin, size_t end, bool anchored) {
  std::string_view raw = bytes.substr(begin, end - begin);
  if (raw.ends_with('\n')) raw.remove_suffix(1);
  if (JoinSoftBreak(raw)) return;
  const uint64_t parts = soft_.parts;
  if (parts > 0) anchored = grammar::HasAnchor(raw);  // one may stand across the seam
  // One reference: what captures more is allocated for every line.
  const struct {
    const Reader* reader;
    std::string_view bytes;
    size_t begin;
    uint64_t parts;
  } here = {this, bytes, begin, parts};
  Assembler::LookBack look_back = [&here](const std::function<bool(std::string_view)>& visit) {
    uint64_t own = here.parts;  // the line's own parts stand before its last one
    here.reader->LookBack(here.bytes, here.begin, [&](std::string_view line) {
      if (own == 0) return visit(line);
      --own;
      return true;
    });
  };
  const auto give = [&](log::LogLine&& line) {
    // Repaired text is other text.
    const bool as_printed = std::less_equal<>()(raw.data(), line.text.data()) &&
                            std::less<>()(line.text.data(), raw.data() + raw.size());
    line.without_anchor = !anchored && as_printed;
    line.last_number = line_;
    line.order = line_ - soft_.total;
    assembler_.Line(std::move(line), look_back);
  };
  const uint64_t number = parts == 0 ? line_ : soft_.line;
  give(framer_.Frame(raw, number, parts == 0 ? offset_ : soft_.begin, offset_ + (end - begin)));
  while (std::optional<log::LogLine> further = framer_.Next()) give(*std::move(further));
}

bool Reader::JoinSoftBreak(std::string_view& raw) {
  const bool rest = soft_.open;
  if (!rest) soft_.parts = 0;
  soft_.open = raw.size() + soft_.text.size() < kMaxLine && framer_.EndsInSoftBreak(raw);
  if (!rest && !soft_.open) return false;
  if (!rest) {
    soft_.text.clear();
    soft_.line = line_;
    soft_.begin = offset_;
  } else if (soft_.text.starts_with('>') && raw.starts_with('>')) {
    // Somebody quoted it as it was.
    raw.remove_prefix(std::min(raw.find_first_not_of("> "), raw.size()));
  }
  soft_.text.append(raw);
  if (soft_.open) {
    soft_.text.resize(soft_.text.rfind('='));
    ++soft_.parts;
    ++soft_.total;
    return true;
  }
  soft_.whole.swap(soft_.text);
  raw = soft_.whole;
  return false;
}

void Reader::LookBack(std::string_view bytes, size_t before,
                      const std::function<bool(std::string_view)>& visit) const {
  size_t from_bytes = std::min(before, kTail);
  std::string text;
  if (from_bytes < kTail) {
    size_t from_tail = std::min(tail_.size(), kTail - from_bytes);
    text.assign(tail_, tail_.size() - from_tail, from_tail);
  }
  text.append(bytes.substr(before - from_bytes, from_bytes));
  std::string_view rest = text;
  for (int lines = 0; lines < kTailLines && !rest.empty(); ++lines) {
    if (rest.ends_with('\n')) rest.remove_suffix(1);
    size_t start = rest.rfind('\n');
    std::string_view line = start == std::string_view::npos ? rest : rest.substr(start + 1);
    if (!visit(line)) return;
    if (start == std::string_view::npos) return;
    rest = rest.substr(0, start + 1);
  }
}

void Reader::KeepTail(std::string_view consumed) {
  if (consumed.size() >= kTail) {
    tail_.assign(consumed.substr(consumed.size() - kTail));
    return;
  }
  size_t keep = std::min(tail_.size(), kTail - consumed.size());
  tail_.erase(0, tail_.size() - keep);
  tail_.append(consumed);
}

}  // namespace oops::record
