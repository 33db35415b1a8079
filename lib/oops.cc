#include "lib/oops.h"

#include <utility>

#include "lib/delivery.h"
#include "lib/grammar/anchors.h"
#include "lib/record/assembler.h"
#include "lib/stream_input.h"
#include "lib/text/scanner.h"

namespace oops {

struct Scan::Found {
  std::string_view bytes;
  text::ScanResult anchors;
};

Scan::Scan() : found_(std::make_unique<Found>()) {}
Scan::~Scan() = default;
Scan::Scan(Scan&&) noexcept = default;
Scan& Scan::operator=(Scan&&) noexcept = default;

void Scan::Run(std::string_view bytes) {
  found_->bytes = bytes;
  grammar::AnchorScanner().FindAll(bytes, found_->anchors);
}

class Parser::Impl {
 public:
  Impl(const ParserOptions& options, Callback callback)
      : delivery_(options.file, options.match_known_bugs, pool_, std::move(callback)),
        assembler_(pool_, [this](CrashRecord&& record) { delivery_.Add(std::move(record)); }),
        input_(assembler_) {
    assembler_.context().host = options.host;
  }

  void Feed(std::string_view bytes) { input_.Feed(bytes); }
  void Feed(std::string_view bytes, const text::ScanResult& anchors) {
    input_.Feed(bytes, anchors);
  }

  void FeedRecord(const RecordMeta& meta, std::string_view text) {
    log::LogLine record;
    record.kernel_prefix = true;
    if (meta.monotonic_us.value_or(-1) >= 0) record.monotonic_us = meta.monotonic_us;
    record.wall_time = meta.wall_time;
    record.host = meta.host;
    record.caller = meta.caller;
    record.level = meta.level;
    record.boot_id = meta.boot_id;
    if (text.data() == nullptr) text = "";  // all below takes parts of it
    input_.FeedRecord(record, text);
  }

  void Tick(int64_t now_us) {
    const uint64_t before = delivery_.added();
    input_.Tick(now_us);
    assembler_.Tick(now_us);
    // What the assembler lets go of has waited for its minute there.
    if (delivery_.added() != before) {
      delivery_.Flush();
    } else {
      delivery_.Tick(now_us);
    }
    pool_.Release();
  }

  void Finish() {
    input_.Finish();
    assembler_.Finish();
    delivery_.Flush();
  }

  uint64_t lines() const { return input_.lines(); }

 private:
  record::RecordPool pool_;
  Delivery delivery_;
  record::Assembler assembler_;
  StreamInput input_;
};

Parser::Parser(ParserOptions options, Callback callback)
    : impl_(std::make_unique<Impl>(options, std::move(callback))) {}
Parser::~Parser() = default;
Parser::Parser(Parser&&) noexcept = default;
Parser& Parser::operator=(Parser&&) noexcept = default;

void Parser::Feed(std::string_view bytes) { impl_->Feed(bytes); }
void Parser::Feed(const Scan& scan) { impl_->Feed(scan.found_->bytes, scan.found_->anchors); }
void Parser::FeedRecord(const RecordMeta& meta, std::string_view text) {
  impl_->FeedRecord(meta, text);
}
void Parser::Tick(int64_t now_us) { impl_->Tick(now_us); }
void Parser::Finish() { impl_->Finish(); }
uint64_t Parser::lines() const { return impl_->lines(); }

std::vector<CrashRecord> ParseLog(std::string_view log, ParserOptions options) {
  std::vector<CrashRecord> records;
  Parser parser(std::move(options),
                [&](CrashRecord&& record) { records.push_back(std::move(record)); });
  parser.Feed(log);
  parser.Finish();
  return records;
}

}  // namespace oops
