#include "lib/stream_input.h"

#include <algorithm>
#include <cstdio>
#include <utility>

#include "lib/grammar/anchors.h"
#include "lib/log/kmsg_header.h"
#include "lib/text/newlines.h"

namespace oops {
namespace {

constexpr int64_t kPatience = 60'000'000;  // microseconds

}  // namespace

StreamInput::StreamInput(record::Assembler& assembler)
    : assembler_(assembler),
      reader_(assembler),
      sink_([this](const log::LogLine& record) { TakeRecord(record); }),
      look_back_([this](const auto& visit) { LookBack(visit); }),
      from_netconsole_([this](const log::LogLine& record) {
        log::LogLine known = record;
        if (known.host.empty()) known.host = sender_;
        known.wall_time = received_;
        TakeRecord(known);
      }) {}

void StreamInput::Feed(std::string_view bytes) {
  if (bytes.empty()) return;
  if (!encoding_known_) {
    const size_t taken = std::min(text::Utf16Reader::kMarkBytes - mark_.size(), bytes.size());
    if (KeepMark(bytes.substr(0, taken))) return;
    bytes.remove_prefix(taken);
    std::string mark;
    mark.swap(mark_);
    Feed(mark);
  }
  if (!utf16_) {
    FeedText(bytes);
    return;
  }
  decoded_.clear();
  utf16_->Read(bytes, decoded_);
  FeedText(decoded_);
}

bool StreamInput::KeepMark(std::string_view bytes) {
  mark_.append(bytes);
  encoding_known_ =
      (mark_[0] != '\xFF' && mark_[0] != '\xFE') || mark_.size() == text::Utf16Reader::kMarkBytes;
  if (text::Utf16Reader::IsMark(mark_)) utf16_.emplace();
  return !encoding_known_;
}

void StreamInput::FeedText(std::string_view bytes) {
  if (bytes.empty()) return;
  line_open_ = bytes.back() != '\n';
  if (!container_) {
    // Never more than kDetectBytes of it, so that how the bytes were cut can't make a difference.
    const size_t take = std::min(bytes.size(), log::kDetectBytes - beginning_.size());
    beginning_.append(bytes.substr(0, take));
    bytes.remove_prefix(take);
    Detect(false);
    if (!container_) return;
  }
  Read(bytes);
}

void StreamInput::Feed(std::string_view bytes, const text::ScanResult& anchors) {
  const bool text = container_ && !decoder_ && !utf16_;
  if (!text || bytes.empty()) {
    Feed(bytes);
    return;
  }
  line_open_ = bytes.back() != '\n';
  reader_.Feed(bytes, anchors);
}

void StreamInput::Detect(bool complete) {
  container_ = log::DetectContainer(beginning_, complete);
  if (!container_) return;
  if (*container_ != log::Container::kText) decoder_.emplace(*container_);
  std::string beginning;
  beginning.swap(beginning_);
  Read(beginning);
}

void StreamInput::Read(std::string_view bytes) {
  if (bytes.empty()) return;
  if (!decoder_) {
    reader_.Feed(bytes);
    return;
  }
  decoded_lines_ += text::CountNewlines(bytes);
  decoder_->Feed(bytes, sink_);
}

void StreamInput::FeedRecord(const log::LogLine& meta, std::string_view text) {
  log::LogLine record = meta;
  record.text = text;
  record.number = ++records_;
  record.begin = record_bytes_;
  record.end = record_bytes_ + text.size() + 1;
  record_bytes_ = record.end;
  if (log::ReadKmsgHeader(text)) {
    TakeDatagram(record);
  } else {
    TakeRecord(record);
  }
}

void StreamInput::TakeDatagram(const log::LogLine& datagram) {
  sender_ = datagram.host;
  received_ = datagram.wall_time;
  netconsole_.Feed(datagram.text, now_us_, from_netconsole_,
                   {datagram.number, datagram.begin, datagram.end});
}

void StreamInput::TakeRecord(const log::LogLine& record) {
  ++taken_;
  if (assembler_.WantsLines() || grammar::HasAnchor(record.text)) {
    for (std::optional<log::LogLine> line = framer_.Text(record.text, record); line;
         line = framer_.Next()) {
      line->order = taken_;
      line->without_anchor = !grammar::HasAnchor(line->text);  // as of text: see Reader::ReadLine()
      assembler_.Line(*std::move(line), look_back_);
    }
  }
  if (record.from_user_space || record.foreign) return;
  KeepTail(record);
  tail_place_.number = record.number;
  tail_place_.order = taken_;
  tail_place_.begin = record.begin;
  tail_place_.end = record.end;
}

// As the kernel's console would show it, which is what whoever looks back reads.
void StreamInput::KeepTail(const log::LogLine& record) {
  constexpr size_t kTail = record::Reader::kTail;
  std::string_view text = record.text;
  while (text.ends_with('\n') || text.ends_with('\r')) text.remove_suffix(1);
  if (record.monotonic_us) {
    char stamp[40];
    const long long us = *record.monotonic_us;
    const int size =
        std::snprintf(stamp, sizeof(stamp), "[%lld.%06lld]", us / 1'000'000, us % 1'000'000);
    tail_.append(stamp, static_cast<size_t>(size));
    if (!record.caller.empty()) tail_.append("[").append(record.caller).append("]");
    tail_.push_back(' ');
  }
  if (text.size() > kTail) text.remove_prefix(text.size() - kTail);
  tail_.append(text);
  tail_.push_back('\n');
  // Moved once for many records.
  if (tail_.size() > 4 * kTail) tail_.erase(0, tail_.size() - kTail);
}

void StreamInput::LookBack(const std::function<bool(std::string_view)>& visit) const {
  std::string_view rest = tail_;
  if (rest.size() > record::Reader::kTail) rest.remove_prefix(rest.size() - record::Reader::kTail);
  for (int lines = 0; lines < record::Reader::kTailLines && !rest.empty(); ++lines) {
    rest.remove_suffix(1);
    const size_t line_end = rest.rfind('\n');
    const size_t start = line_end == std::string_view::npos ? 0 : line_end + 1;
    if (!visit(rest.substr(start))) return;
    rest = rest.substr(0, start);
  }
}

void StreamInput::ReadLastLine() {
  const uint64_t now = lines();
  if (now == 0 || std::exchange(last_read_lines_, now) == now) return;
  if (tail_.empty()) {
    if (!decoder_) reader_.ReadLastLine();
  } else if (!assembler_.WantsLines()) {
    assembler_.LastLine(tail_place_, look_back_);
  }
}

void StreamInput::Tick(int64_t now_us) {
  now_us_ = now_us;
  netconsole_.Tick(now_us, from_netconsole_);
  if (!beginning_.empty()) {
    if (!waits_since_us_) waits_since_us_ = now_us;
    if (now_us - *waits_since_us_ >= kPatience) Detect(true);
  }
  const uint64_t now = lines();
  if (now != quiet_lines_ || !quiet_since_us_) {
    quiet_lines_ = now;
    quiet_since_us_ = now_us;
  } else if (beginning_.empty() && now_us - *quiet_since_us_ >= kPatience) {
    ReadLastLine();
  }
}

void StreamInput::Finish() {
  if (finished_) return;
  finished_ = true;
  FeedText(mark_);  // half a mark
  netconsole_.Finish(from_netconsole_);
  if (!container_) Detect(true);
  if (decoder_) {
    decoder_->Finish(sink_);
  }
  if (!tail_.empty()) assembler_.EndLines(look_back_);
  if (!decoder_) reader_.Finish();
  ReadLastLine();
}

uint64_t StreamInput::lines() const {
  const uint64_t unfinished = finished_ && line_open_ ? 1 : 0;
  return records_ + decoded_lines_ + reader_.lines() + text::CountNewlines(beginning_) + unfinished;
}

}  // namespace oops
