// Any bytes through the whole parser, whole, in pieces and as records.
#include <google/protobuf/util/json_util.h>

#include <string>
#include <string_view>
#include <vector>

#include "lib/log/detect.h"
#include "lib/oops.h"
#include "lib/render/json.h"
#include "tests/fuzz/check.h"

namespace oops::fuzz {
namespace {

using Records = std::vector<CrashRecord>;

// What a byte of the log may cost in the records, serialised: at worst each line of a few bytes is
// a frame or a damage with its words. And what one record costs without any text: titles,
// diagnosis, known bugs.
constexpr size_t kRecordBytesPerByte = 64;
constexpr size_t kRecordBytes = 64 << 10;

Records ParseInPieces(std::string_view input) {
  Records records;
  Parser parser({}, [&](CrashRecord&& record) { records.push_back(std::move(record)); });
  ForEachPiece(input, [&](std::string_view piece) { parser.Feed(piece); });
  parser.Finish();
  return records;
}

Records ParseAsRecords(std::string_view input) {
  Records records;
  Parser parser({}, [&](CrashRecord&& record) { records.push_back(std::move(record)); });
  int64_t now_us = 0;
  ForEachPiece(input, [&](std::string_view piece) {
    RecordMeta meta;
    if (piece.size() % 2 == 0) meta.monotonic_us = now_us;
    parser.FeedRecord(meta, piece);
    now_us += static_cast<int64_t>(piece.size()) * 10'000;
    parser.Tick(now_us);
  });
  parser.Finish();
  return records;
}

void CheckJson(const CrashRecord& record) {
  const std::string bytes = record.SerializeAsString();
  const std::string json = render::ToJson(record);
  CrashRecord from_json;
  Check(google::protobuf::util::JsonStringToMessage(json, &from_json).ok(), "its JSON is read back",
        json);
  Check(from_json.SerializeAsString() == bytes, "its JSON says the same", json);
}

void CheckRecord(const CrashRecord& record) {
  const std::string bytes = record.SerializeAsString();
  CrashRecord again;
  Check(again.ParseFromString(bytes) && again.SerializeAsString() == bytes,
        "a record is read back as it was: its text is valid UTF-8", bytes);
  Check(record.kind() != KIND_UNSPECIFIED && record.severity() != SEVERITY_UNSPECIFIED,
        "a record is of some kind", bytes);
  Check(!record.title().empty(), "a record has a title", bytes);
}

void CheckRecords(const Records& records, std::string_view input) {
  // A dump's parts stand in the file in another order than that of its lines.
  const bool in_order =
      log::DetectContainer(input.substr(0, log::kDetectBytes), true) != log::Container::kPstore;
  size_t bytes = 0;
  uint64_t last_line = 0;
  for (const CrashRecord& record : records) {
    CheckRecord(record);
    bytes += record.ByteSizeLong();
    const Source& source = record.source();
    Check(source.lines().first() >= 1 && source.lines().first() <= source.lines().last(),
          "a record has its lines", record.title());
    Check(source.first_byte() < source.end_byte() && source.end_byte() <= input.size(),
          "a record has its bytes", record.title());
    Check(!in_order || source.lines().first() >= last_line,
          "records come in the order of their headlines", record.title());
    last_line = source.lines().first();
  }
  Check(bytes <= kRecordBytesPerByte * input.size() + kRecordBytes * records.size(),
        "records are bounded by the log", std::to_string(bytes));
}

std::vector<std::string> Bytes(const Records& records) {
  std::vector<std::string> bytes;
  for (const CrashRecord& record : records) bytes.push_back(record.SerializeAsString());
  return bytes;
}

}  // namespace
}  // namespace oops::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace oops::fuzz;
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const Records whole = oops::ParseLog(input);
  CheckRecords(whole, input);
  Check(Bytes(whole) == Bytes(ParseInPieces(input)), "records don't depend on the pieces");
  if (!OneIn(4, input)) return 0;
  for (const oops::CrashRecord& record : whole) CheckJson(record);
  for (const oops::CrashRecord& record : ParseAsRecords(input)) CheckRecord(record);
  return 0;
}
