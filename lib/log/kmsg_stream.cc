#include "lib/log/kmsg_stream.h"

#include <algorithm>
#include <optional>

#include "lib/log/scan.h"

namespace oops::log {
namespace {

// A piece doesn't end its line, so that the next piece's header stands behind its text: the header
// that repeats the sequence number and the time.
size_t FindNextPiece(std::string_view s, const KmsgHeader& header) {
  const std::string again =
      "," + std::to_string(header.sequence) + "," + std::to_string(header.usec) + ",";
  size_t at = s.find(again, header.size);
  if (at == std::string_view::npos) return kNoMatch;
  while (at > header.size && IsDigit(s[at - 1])) --at;
  const size_t release = header.release.size() + 1;
  if (!header.release.empty() && at >= header.size + release &&
      HasAt(s, at - release, header.release))
    at -= release;
  return at;
}

}  // namespace

void KmsgStreamDecoder::Feed(std::string_view bytes, const RecordSink& sink) {
  lines_.Feed(bytes, [&](const RawLine& line) { Take(line, sink); });
}

void KmsgStreamDecoder::Finish(const RecordSink& sink) {
  lines_.Finish([&](const RawLine& line) { Take(line, sink); });
  FlushRecord(sink);
  records_.Finish(sink);
}

void KmsgStreamDecoder::Take(const RawLine& line, const RecordSink& sink) {
  const bool belongs_to_record = !record_.empty() && StartsWith(line.text, " ");
  if (belongs_to_record && record_.size() + line.text.size() < kMaxRecordBytes) {
    record_.append("\n").append(line.text);
    place_.end = line.end;
    return;
  }
  FlushRecord(sink);
  place_ = {line.number, line.begin, line.end};
  const std::optional<KmsgHeader> header = ReadKmsgHeader(line.text);
  if (!header) {
    records_.Finish(sink);  // in a file it stands behind what was read before it
    records_.Feed(std::string(line.text) + "\n", now_us_, sink, place_);
    return;
  }
  now_us_ = std::max(now_us_, static_cast<int64_t>(header->usec));
  if (header->fragment) {
    TakePieces(line.text, *header, sink);
  } else {
    record_ = line.text;
  }
}

void KmsgStreamDecoder::TakePieces(std::string_view text, const KmsgHeader& header,
                                   const RecordSink& sink) {
  std::optional<KmsgHeader> piece = header;
  while (piece) {
    const size_t next = FindNextPiece(text, *piece);
    const std::string_view datagram = text.substr(0, next);
    text.remove_prefix(datagram.size());
    piece = ReadKmsgHeader(text);
    if (piece) {
      records_.Feed(datagram, now_us_, sink, place_);
    } else {
      record_ = datagram;  // the last one of the line: its dictionary may follow
    }
  }
}

void KmsgStreamDecoder::FlushRecord(const RecordSink& sink) {
  if (record_.empty()) return;
  records_.Feed(record_, now_us_, sink, place_);
  record_.clear();
}

}  // namespace oops::log
