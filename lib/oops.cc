#include "lib/oops.h"

#include <deque>
#include <utility>

#include "lib/analysis/analyze.h"
#include "lib/knownbugs/matcher.h"
#include "lib/record/assembler.h"
#include "lib/record/reader.h"

namespace oops {
namespace {

constexpr size_t kCompanions = 4;  // records that are remembered for the known bugs' matcher

}  // namespace

class Parser::Impl {
 public:
  Impl(ParserOptions options, Callback callback)
      : options_(std::move(options)),
        callback_(std::move(callback)),
        assembler_([this](CrashRecord&& record) { Deliver(std::move(record)); }),
        reader_(assembler_) {
    assembler_.context().host = options_.host;
  }

  void Feed(std::string_view bytes) { reader_.Feed(bytes); }
  void Tick(int64_t now_us) { assembler_.Tick(now_us); }
  void Finish() {
    reader_.Finish();
    assembler_.Finish();
  }
  void FeedRecord(const RecordMeta& meta, std::string_view text) {
    ++records_;
    while (!text.empty()) {
      size_t end = std::min(text.find('\n'), text.size());
      log::LogLine line;
      line.raw = text.substr(0, end);
      line.text = line.raw;
      line.number = records_;
      line.begin = record_bytes_;
      line.end = record_bytes_ + end + 1;
      line.kernel_prefix = true;
      line.monotonic_us = meta.monotonic_us;
      line.wall_time = meta.wall_time;
      line.host = meta.host;
      line.caller = meta.caller;
      line.level = meta.level;
      record_bytes_ = line.end;
      assembler_.Line(record_framer_.Text(line.text, line), [](const auto&) {});
      text.remove_prefix(std::min(end + 1, text.size()));
    }
  }
  uint64_t lines() const { return records_ > 0 ? records_ : reader_.lines(); }

 private:
  void Deliver(CrashRecord&& record) {
    record.mutable_source()->set_file(options_.file);
    analysis::Analyze(record);
    if (options_.match_known_bugs) {
      std::vector<const CrashRecord*> companions;
      for (const CrashRecord& companion : recent_) companions.push_back(&companion);
      knownbugs::Matcher::BuiltIn().Match(companions, record);
      recent_.push_back(record);
      if (recent_.size() > kCompanions) recent_.pop_front();
    }
    callback_(std::move(record));
  }

  ParserOptions options_;
  Callback callback_;
  record::Assembler assembler_;
  record::Reader reader_;
  log::LineFramer record_framer_;
  std::deque<CrashRecord> recent_;
  uint64_t records_ = 0;
  uint64_t record_bytes_ = 0;
};

Parser::Parser(ParserOptions options, Callback callback)
    : impl_(std::make_unique<Impl>(std::move(options), std::move(callback))) {}
Parser::~Parser() = default;
Parser::Parser(Parser&&) noexcept = default;
Parser& Parser::operator=(Parser&&) noexcept = default;

void Parser::Feed(std::string_view bytes) { impl_->Feed(bytes); }
void Parser::FeedRecord(const RecordMeta& meta, std::string_view text) { impl_->FeedRecord(meta, text); }
void Parser::Tick(int64_t now_us) { impl_->Tick(now_us); }
void Parser::Finish() { impl_->Finish(); }
uint64_t Parser::lines() const { return impl_->lines(); }

std::vector<CrashRecord> ParseLog(std::string_view log, ParserOptions options) {
  std::vector<CrashRecord> records;
  Parser parser(std::move(options), [&](CrashRecord&& record) { records.push_back(std::move(record)); });
  parser.Feed(log);
  parser.Finish();
  return records;
}

}  // namespace oops
