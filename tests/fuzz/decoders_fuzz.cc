// Any bytes as each container, whole and in pieces.
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "lib/log/decoder.h"
#include "lib/log/detect.h"
#include "tests/fuzz/check.h"

namespace oops::fuzz {
namespace {

constexpr log::Container kContainers[] = {log::Container::kText, log::Container::kJson,
                                          log::Container::kJournalExport, log::Container::kKmsg,
                                          log::Container::kPstore};

void AppendField(std::string_view field, std::string& out) {
  out.append(std::to_string(field.size())).append(":").append(field);
}

// All that a record says, as one string.
std::string Write(const log::LogLine& line) {
  std::string out;
  for (const std::string_view field : {line.text, line.wall_time, line.host, line.caller}) {
    AppendField(field, out);
  }
  for (const uint64_t number :
       {line.number, line.begin, line.end, line.sequence_gap, uint64_t{line.repeated},
        static_cast<uint64_t>(line.monotonic_us.value_or(-1)), static_cast<uint64_t>(line.level)}) {
    AppendField(std::to_string(number), out);
  }
  for (const bool flag : {line.kernel_prefix, line.from_user_space, line.foreign, line.continuation,
                          line.cut, line.monotonic_us.has_value()}) {
    out.push_back(flag ? '1' : '0');
  }
  return out;
}

std::vector<std::string> Decode(log::Container container, std::string_view input, bool in_pieces) {
  std::vector<std::string> records;
  size_t bytes = 0;
  const log::RecordSink sink = [&](const log::LogLine& line) {
    Check(line.text.size() <= log::kMaxRecordBytes, "a record is at most kMaxRecordBytes long");
    bytes += line.text.size();
    records.push_back(Write(line));
  };
  log::RecordDecoder decoder(container);
  if (in_pieces) {
    ForEachPiece(input, [&](std::string_view piece) { decoder.Feed(piece, sink); });
  } else {
    decoder.Feed(input, sink);
  }
  decoder.Finish(sink);
  Check(bytes <= 4 * input.size() + 64, "records hold no more than the input");
  return records;
}

void CheckDetection(std::string_view input) {
  const std::string_view beginning = input.substr(0, log::kDetectBytes);
  const auto whole = log::DetectContainer(beginning, true);
  Check(whole.has_value(), "a whole stream is some container");
  size_t size = 0;
  ForEachPiece(input, [&](std::string_view piece) {
    const auto early = log::DetectContainer(beginning.substr(0, size), false);
    Check(!early || *early == *whole, "an early answer is the final one",
          beginning.substr(0, size));
    size = std::min(size + piece.size(), beginning.size());
  });
}

}  // namespace
}  // namespace oops::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace oops::fuzz;
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  for (const oops::log::Container container : kContainers) {
    Check(Decode(container, input, false) == Decode(container, input, true),
          "records don't depend on the pieces", std::to_string(static_cast<int>(container)));
  }
  CheckDetection(input);
  return 0;
}
