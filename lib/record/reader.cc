#include "lib/record/reader.h"

#include <algorithm>

#include "lib/grammar/anchors.h"
#include "lib/text/scanner.h"

namespace oops::record {

void Reader::Feed(std::string_view bytes) {
  if (bytes.empty()) return;
  while (!pending_.empty() && !bytes.empty()) {
    // Complete the pending line first; then the rest is read where it lies.
    size_t newline = bytes.find('\n');
    size_t room = kMaxLine - pending_.size();
    size_t take = newline == std::string_view::npos ? bytes.size() : newline + 1;
    take = std::min(take, room);
    pending_.append(bytes.substr(0, take));
    bytes.remove_prefix(take);
    bool whole = pending_.back() == '\n' || pending_.size() == kMaxLine;
    if (!whole) return;
    std::string line;
    line.swap(pending_);
    size_t read = ReadLines(line, false);
    KeepTail(std::string_view(line).substr(0, read));
  }
  size_t read = ReadLines(bytes, false);
  KeepTail(bytes.substr(0, read));
  pending_.assign(bytes.substr(read));
}

void Reader::Finish() {
  std::string line;
  line.swap(pending_);
  ReadLines(line, true);
}

size_t Reader::ReadLines(std::string_view bytes, bool last) {
  const text::Scanner& scanner = grammar::AnchorScanner();
  // Whole lines end with a newline; what has no end yet is whole at every kMaxLine bytes.
  size_t newline = bytes.rfind('\n');
  size_t limit = newline == std::string_view::npos ? 0 : newline + 1;
  limit += (bytes.size() - limit) / kMaxLine * kMaxLine;
  if (last) limit = bytes.size();
  std::string_view whole = bytes.substr(0, limit);
  size_t at = 0;
  while (at < limit) {
    size_t begin = at;
    if (!assembler_.WantsLines()) {
      text::ScanResult hit = scanner.Next(whole, at);
      size_t end = std::min(hit.position, limit);
      size_t start =
          end == limit && hit.position == text::ScanResult::npos ? limit : whole.rfind('\n', end);
      start = start == std::string_view::npos || start < at ? at
              : start == limit                              ? limit
                                                            : start + 1;
      line_ += hit.newlines;
      if (start == limit) {
        offset_ += limit - at;
        return limit;
      }
      begin = start + (hit.position - start) / kMaxLine * kMaxLine;
      offset_ += begin - at;
    }
    size_t line_end = whole.find('\n', begin);
    size_t end = line_end == std::string_view::npos ? limit : line_end + 1;
    end = std::min(end, begin + kMaxLine);
    // A literal across a cut is no literal of either part.
    bool idle = !assembler_.WantsLines();
    if (idle &&
        scanner.Next(whole.substr(begin, end - begin), 0).position == text::ScanResult::npos) {
      offset_ += end - begin;
      if (whole[end - 1] == '\n') ++line_;
      at = end;
      continue;
    }
    ReadLine(whole, begin, end);
    offset_ += end - begin;
    if (whole[end - 1] == '\n') ++line_;
    at = end;
  }
  return limit;
}

void Reader::ReadLine(std::string_view bytes, size_t begin, size_t end) {
  std::string_view raw = bytes.substr(begin, end - begin);
  if (raw.ends_with('\n')) raw.remove_suffix(1);
  Assembler::LookBack look_back = [&](const std::function<bool(std::string_view)>& visit) {
    LookBack(bytes, begin, visit);
  };
  assembler_.Line(framer_.Frame(raw, line_, offset_, offset_ + (end - begin)), look_back);
  while (std::optional<log::LogLine> further = framer_.Next()) assembler_.Line(*further, look_back);
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
