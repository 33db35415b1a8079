#include "lib/log/netconsole.h"

#include <algorithm>
#include <utility>

#include "lib/log/line_repair.h"
#include "lib/log/prefix_forms.h"
#include "lib/log/scan.h"

namespace oops::log {
namespace {

constexpr int64_t kWindowUs = 5'000'000;
constexpr size_t kWindowRecords = 128;
constexpr size_t kMaxWaitingBytes = size_t{4} << 20;

// CONSOLE_EXT_LOG_MAX (printk.c until 6.1; PRINTK_MESSAGE_MAX since is less): what claims to be
// part of more is no netconsole's.
constexpr uint64_t kMaxFragmented = 8'192;

// A sequence number this far below the one that is due is no straggler: the sender was booted
// again.
constexpr uint64_t kRebootDistance = 1'000;

// The dictionary behind a record's text: properties of the device (3.5), user data (6.9), system
// data (6.14).
std::string_view DictionaryValue(std::string_view dictionary, std::string_view key) {
  while (!dictionary.empty()) {
    const std::string_view entry = dictionary.substr(0, dictionary.find('\n'));
    dictionary.remove_prefix(std::min(entry.size() + 1, dictionary.size()));
    if (entry.size() > key.size() + 1 && entry[0] == ' ' && HasAt(entry, 1, key) &&
        entry[key.size() + 1] == '=') {
      return entry.substr(key.size() + 2);
    }
  }
  return {};
}

// Puts one blank where a fragment is missing, so that a datagram can't make a text longer than
// itself.
void CloseGaps(const std::vector<bool>& arrived, std::string& body) {
  size_t kept = 0;
  for (size_t i = 0; i < body.size(); ++i) {
    if (arrived[i] || i == 0 || arrived[i - 1]) body[kept++] = body[i];
  }
  body.resize(kept);
}

}  // namespace

void NetconsoleDecoder::Feed(std::string_view datagram, int64_t now_us, const RecordSink& sink,
                             const StreamPlace& place) {
  while (!datagram.empty() && (datagram.back() == '\0' || datagram.back() == '\r'))
    datagram.remove_suffix(1);
  const std::optional<KmsgHeader> header = ReadKmsgHeader(datagram);
  if (!header) {
    FeedText(datagram, now_us, sink, place);
    return;
  }
  if (header->fragment && header->fragment_total > kMaxFragmented) return;
  const bool behind = next_ && header->sequence < *next_;
  if (behind && *next_ - header->sequence < kRebootDistance &&
      header->usec + kWindowUs >= last_usec_) {
    Drain(now_us, false, sink);
    return;  // doubled, or too late
  }
  if (behind) {
    Drain(now_us, true, sink);
    next_.reset();
    last_usec_ = 0;
  }
  if (!next_) next_ = header->sequence;
  Store(*header, datagram.substr(header->size), now_us, place);
  Drain(now_us, false, sink);
}

void NetconsoleDecoder::Store(const KmsgHeader& header, std::string_view body, int64_t now_us,
                              const StreamPlace& place) {
  const auto [it, is_new] = waiting_.try_emplace(header.sequence);
  Record& record = it->second;
  if (!is_new && record.missing == 0) return;  // doubled
  if (is_new) {
    record.priority = header.priority;
    record.usec = header.usec;
    record.flag = header.flag;
    record.release = header.release;
    record.caller = header.caller;
    record.since_us = now_us;
    record.place = place;
  }
  record.place.end = place.end;
  if (!header.fragment) {
    record.body = body.substr(0, kMaxRecordBytes);
    record.missing = 0;
    waiting_bytes_ += record.body.size();
    return;
  }
  if (is_new) {
    const auto total = static_cast<size_t>(header.fragment_total);
    record.body.assign(total, ' ');
    record.arrived.assign(total, false);
    record.missing = total;
    waiting_bytes_ += total;
  }
  for (size_t i = 0; i < body.size(); ++i) {
    const uint64_t at = header.fragment_offset + i;
    if (at >= record.body.size()) break;
    const auto index = static_cast<size_t>(at);
    record.body[index] = body[i];
    record.missing -= record.arrived[index] ? 0 : 1;
    record.arrived[index] = true;
  }
}

void NetconsoleDecoder::Drain(int64_t now_us, bool all, const RecordSink& sink) {
  while (!waiting_.empty()) {
    const auto first = waiting_.begin();
    Record& record = first->second;
    const bool due = record.missing == 0 && first->first == *next_;
    const bool late = now_us - record.since_us > kWindowUs || waiting_.size() > kWindowRecords ||
                      waiting_bytes_ > kMaxWaitingBytes;
    if (!due && !late && !all) break;
    waiting_bytes_ -= record.body.size();
    if (record.missing != 0) CloseGaps(record.arrived, record.body);
    last_usec_ = std::max(record.usec, last_usec_);
    Emit(first->first, record, sink);
    next_ = first->first + 1;
    waiting_.erase(first);
  }
}

void NetconsoleDecoder::Emit(uint64_t sequence, Record& record, const RecordSink& sink) {
  const uint64_t gap = next_ && sequence > *next_ ? sequence - *next_ : 0;
  if (holding_ && (record.flag != '+' || gap != 0 || held_text_.size() > kMaxRecordBytes))
    EmitHeld(sink);
  const size_t text_end = std::min(record.body.find('\n'), record.body.size());
  if (holding_) {
    held_text_.append(record.body, 0, text_end);
    held_.place.end = record.place.end;
    return;
  }
  held_text_.assign(record.body, 0, text_end);
  held_gap_ = gap;
  holding_ = true;
  held_ = std::move(record);
  if (held_.flag != 'c') EmitHeld(sink);
}

void NetconsoleDecoder::EmitHeld(const RecordSink& sink) {
  holding_ = false;
  const size_t text_end = held_.body.find('\n');
  const std::string_view dictionary = text_end == std::string::npos
                                          ? std::string_view()
                                          : std::string_view(held_.body).substr(text_end + 1);
  UnescapeKmsg(held_text_, unescaped_);
  LogLine line;
  line.text = unescaped_;
  line.number = held_.place.number;
  line.begin = held_.place.begin;
  line.end = held_.place.end;
  line.kernel_prefix = true;
  line.monotonic_us = static_cast<int64_t>(held_.usec);
  line.level = static_cast<int>(held_.priority & 7);
  line.from_user_space = held_.priority >= 8;
  line.caller = held_.caller;
  line.host = DictionaryValue(dictionary, "hostname");
  line.sequence_gap = held_gap_;
  line.cut = held_.missing != 0;
  sink(line);
}

void NetconsoleDecoder::FeedText(std::string_view datagram, int64_t now_us, const RecordSink& sink,
                                 const StreamPlace& place) {
  // What begins with a prefix doesn't continue the line before, of which the rest was lost.
  if (!text_.empty() && LinePrefixFollows(datagram)) FlushText(sink);
  if (text_.empty()) {
    text_since_us_ = now_us;
    text_place_ = place;
  }
  text_.append(datagram.substr(0, kMaxRecordBytes));
  text_place_.end = place.end;
  if (text_.size() > kMaxRecordBytes || (!text_.empty() && text_.back() == '\n')) FlushText(sink);
}

void NetconsoleDecoder::FlushText(const RecordSink& sink) {
  if (text_.empty()) return;
  LogLine line;
  line.text = text_;
  line.number = text_place_.number;
  line.begin = text_place_.begin;
  line.end = text_place_.end;
  sink(line);
  text_.clear();
}

void NetconsoleDecoder::Tick(int64_t now_us, const RecordSink& sink) {
  Drain(now_us, false, sink);
  if (!text_.empty() && now_us - text_since_us_ > kWindowUs) FlushText(sink);
}

void NetconsoleDecoder::Finish(const RecordSink& sink) {
  Drain(0, true, sink);
  if (holding_) EmitHeld(sink);
  FlushText(sink);
}

}  // namespace oops::log
