#include "lib/log/decoder.h"

#include <type_traits>

namespace oops::log {
namespace {

template <typename Decoder>
constexpr bool kDecodes = !std::is_same_v<std::decay_t<Decoder>, std::monostate>;

}  // namespace

RecordDecoder::RecordDecoder(Container container) {
  switch (container) {
    case Container::kText:
      break;
    case Container::kJson:
      decoder_.emplace<JsonRecordDecoder>();
      break;
    case Container::kJournalExport:
      decoder_.emplace<JournalExportDecoder>();
      break;
    case Container::kJournalVerbose:
      decoder_.emplace<JournalVerboseDecoder>();
      break;
    case Container::kKmsg:
      decoder_.emplace<KmsgStreamDecoder>();
      break;
    case Container::kPstore:
      decoder_.emplace<PstoreDecoder>();
      break;
  }
}

void RecordDecoder::Feed(std::string_view bytes, const RecordSink& sink) {
  std::visit(
      [&](auto& decoder) {
        if constexpr (kDecodes<decltype(decoder)>) decoder.Feed(bytes, sink);
      },
      decoder_);
}

void RecordDecoder::Finish(const RecordSink& sink) {
  std::visit(
      [&](auto& decoder) {
        if constexpr (kDecodes<decltype(decoder)>) decoder.Finish(sink);
      },
      decoder_);
}

}  // namespace oops::log
