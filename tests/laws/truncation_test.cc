// A log may end anywhere: nothing breaks, and whatever comes out can be stored, sent and read back.
#include <google/protobuf/util/json_util.h>
#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "lib/render/json.h"
#include "tests/corpus/cases.h"
#include "tests/laws/records.h"

namespace oops::laws {
namespace {

constexpr size_t kSmall = 4096;         // a log shorter than this is cut at every byte
constexpr size_t kPlacesInLarge = 250;  // of longer ones, spread over the part with the records
constexpr size_t kJsonEvery = 8;        // JSON costs ten times what parsing does

// Where to cut: every byte of a small log; else near the records, at each line's end and next to
// it, and at places spread evenly.
std::set<size_t> Places(const std::string& log, const Records& records) {
  std::set<size_t> places;
  if (log.size() < kSmall) {
    for (size_t at = 0; at <= log.size(); ++at) places.insert(at);
    return places;
  }
  size_t from = log.size();
  for (const CrashRecord& record : records) from = std::min(from, record.source().first_byte());
  if (from == log.size()) from = 0;
  std::set<size_t> line_ends;
  for (size_t at = log.find('\n', from); at != std::string::npos; at = log.find('\n', at + 1)) {
    line_ends.insert({at, at + 1});
  }
  const size_t every = line_ends.size() / kPlacesInLarge + 1;
  size_t number = 0;
  for (const size_t at : line_ends) {
    if (number++ % every == 0) places.insert(at);
  }
  const size_t step = (log.size() - from) / kPlacesInLarge + 1;
  for (size_t at = from; at < log.size(); at += step) places.insert(at);
  return places;
}

// A record says the same when it comes back from bytes and from JSON.
void ExpectSound(const CrashRecord& record, bool json) {
  CrashRecord back;
  ASSERT_TRUE(back.ParseFromString(record.SerializeAsString())) << "invalid UTF-8 in a field";
  ASSERT_NE(record.kind(), KIND_UNSPECIFIED);
  ASSERT_NE(record.severity(), SEVERITY_UNSPECIFIED) << record.headline();
  ASSERT_FALSE(record.title().empty()) << record.headline();
  if (!json) return;
  CrashRecord from_json;
  ASSERT_TRUE(google::protobuf::util::JsonStringToMessage(render::ToJson(record), &from_json).ok());
  ASSERT_TRUE(google::protobuf::util::MessageDifferencer::Equals(record, from_json))
      << render::ToJson(record);
}

TEST(Truncation, AnywhereIsSound) {
  for (const corpus::Case& which : corpus::AllCases()) {
    SCOPED_TRACE(which.name);
    size_t number = 0;
    for (const size_t place : Places(which.log, ParseLog(which.log))) {
      if (number++ % kSparing != 0) continue;
      SCOPED_TRACE("cut at byte " + std::to_string(place));
      for (const CrashRecord& record : ParseLog(which.log.substr(0, place))) {
        ExpectSound(record, number % kJsonEvery == 0);
        if (HasFatalFailure()) return;
      }
    }
  }
}

TEST(Truncation, AtTheBeginningIsSound) {
  for (const corpus::Case& which : corpus::AllCases()) {
    SCOPED_TRACE(which.name);
    size_t number = 0;
    for (const size_t place : Places(which.log, ParseLog(which.log))) {
      if (number++ % (3 * kSparing) != 0) continue;
      SCOPED_TRACE("begun at byte " + std::to_string(place));
      for (const CrashRecord& record : ParseLog(which.log.substr(place))) {
        ExpectSound(record, number % kJsonEvery == 0);
        if (HasFatalFailure()) return;
      }
    }
  }
}

TEST(Truncation, ShuffledLinesAreSound) {
  for (uint32_t seed = 1000; seed < 1000 + 100 / kSparing; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    for (const CrashRecord& record : ParseLog(ShuffledLines(seed, 1000))) {
      ExpectSound(record, seed % kJsonEvery == 0);
      if (HasFatalFailure()) return;
    }
  }
}

}  // namespace
}  // namespace oops::laws
