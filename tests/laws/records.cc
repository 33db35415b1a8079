#include "tests/laws/records.h"

#include <algorithm>
#include <optional>
#include <random>

#include "lib/log/line_framer.h"
#include "tests/corpus/cases.h"
#include "tests/corpus/expectation.h"
#include "tests/corpus/line_diff.h"

namespace oops::laws {
namespace {

// Clears every message of type Lines, wherever it stands.
void ClearLines(google::protobuf::Message& message) {
  const google::protobuf::Reflection* reflection = message.GetReflection();
  std::vector<const google::protobuf::FieldDescriptor*> fields;
  reflection->ListFields(message, &fields);
  for (const google::protobuf::FieldDescriptor* field : fields) {
    if (field->message_type() == nullptr) continue;
    if (field->message_type() == Lines::descriptor()) {
      reflection->ClearField(&message, field);
    } else if (field->is_repeated()) {
      for (int i = 0; i < reflection->FieldSize(message, field); ++i) {
        ClearLines(*reflection->MutableRepeatedMessage(&message, field, i));
      }
    } else {
      ClearLines(*reflection->MutableMessage(&message, field));
    }
  }
}

// The lines of the corpus from each log's first record on.
const std::vector<std::string>& CorpusLines() {
  static const auto* const lines = [] {
    auto* all = new std::vector<std::string>;
    for (const corpus::Case& which : corpus::AllCases()) {
      size_t from = which.log.size();
      for (const CrashRecord& record : ParseLog(which.log)) {
        from = std::min<size_t>(from, record.source().first_byte());
      }
      while (from < which.log.size()) {
        const size_t end = std::min(which.log.find('\n', from), which.log.size());
        all->push_back(which.log.substr(from, end - from));
        from = end + 1;
      }
    }
    return all;
  }();
  return *lines;
}

// What syslogd writes to terminals, which somebody pasted beside the log.
bool IsOnWall(std::string_view raw_line) {
  const size_t begin = raw_line.find_first_not_of(' ');
  return begin != raw_line.npos && raw_line.substr(begin).starts_with("kernel:");
}

}  // namespace

Records ParseInPieces(std::string_view log, const std::function<size_t()>& next) {
  Records records;
  Parser parser({}, [&](CrashRecord&& record) { records.push_back(std::move(record)); });
  while (!log.empty()) {
    const size_t size = std::min(next(), log.size());
    // A copy of its own for each piece: a view that outlives it shows under the address sanitizer.
    const std::string piece(log.substr(0, size));
    parser.Feed(piece);
    log.remove_prefix(size);
  }
  parser.Finish();
  return records;
}

Records ParseScannedPieces(std::string_view log, const std::function<size_t()>& next) {
  std::vector<Scan> scans;
  while (!log.empty()) {
    const std::string_view piece = log.substr(0, next());
    scans.emplace_back().Run(piece);
    log.remove_prefix(piece.size());
  }
  Records records;
  Parser parser({}, [&](CrashRecord&& record) { records.push_back(std::move(record)); });
  for (const Scan& scan : scans) parser.Feed(scan);
  parser.Finish();
  return records;
}

Records ParseAsRecords(std::string_view log) {
  Records records;
  Parser parser({}, [&](CrashRecord&& record) { records.push_back(std::move(record)); });
  log::LineFramer framer;
  while (!log.empty()) {
    const size_t end = std::min(log.find('\n'), log.size());
    const std::string raw(log.substr(0, end));
    for (std::optional<log::LogLine> line = framer.Frame(raw, 0, 0, 0); line;
         line = framer.Next()) {
      if (line->foreign || IsOnWall(raw)) continue;
      const RecordMeta meta = {.host = line->host,
                               .monotonic_us = line->monotonic_us,
                               .wall_time = line->wall_time,
                               .caller = line->caller,
                               .level = line->level,
                               .boot_id = line->boot_id};
      parser.FeedRecord(meta, line->text);
    }
    log.remove_prefix(std::min(end + 1, log.size()));
  }
  parser.Finish();
  return records;
}

bool CameThroughTransport(std::string_view log, const CrashRecord& record) {
  const std::string_view line = log.substr(record.source().first_byte());
  return log::LineFramer().Frame(line.substr(0, line.find('\n')), 0, 0, 0).kernel_prefix;
}

std::vector<std::string> Bytes(const Records& records) {
  std::vector<std::string> bytes;
  for (const CrashRecord& record : records) bytes.push_back(record.SerializeAsString());
  return bytes;
}

log::Container ContainerOf(std::string_view log) {
  return log::DetectContainer(log, true).value_or(log::Container::kText);
}

bool IsText(std::string_view log) { return ContainerOf(log) == log::Container::kText; }

std::string Difference(const Records& expected, const Records& found) {
  if (Bytes(expected) == Bytes(found)) return {};
  const std::string lines =
      corpus::LineDiff(corpus::WriteExpectation(expected), corpus::WriteExpectation(found));
  return lines.empty() ? "they differ where their text doesn't show it" : lines;
}

CrashRecord WithoutPlaces(CrashRecord record) {
  ClearLines(record);
  record.mutable_source()->clear_first_byte();
  record.mutable_source()->clear_end_byte();
  record.clear_incident();  // its id says where the incident began
  return record;
}

std::string ShuffledLines(uint32_t seed, size_t lines) {
  const std::vector<std::string>& all = CorpusLines();
  std::mt19937 random(seed);
  std::string text;
  for (size_t i = 0; i < lines;) {
    size_t at = random() % all.size();
    for (size_t run = 1 + random() % 12; run > 0 && at < all.size(); --run, ++at, ++i) {
      const bool cut = random() % 16 == 0;
      text += cut ? all[at].substr(0, random() % (all[at].size() + 1)) : all[at];
      if (random() % 64 != 0) text += '\n';
    }
  }
  return text;
}

std::string Summary(const CrashRecord& record) {
  std::string text = Kind_Name(record.kind()) + " " + record.title() + ":";
  for (const Stack& stack : record.stacks()) {
    text += " " + StackType_Name(stack.type());
    for (const Frame& frame : stack.frames()) text += " " + frame.function();
  }
  return text;
}

std::string Summary(const Records& records) {
  std::string text;
  for (const CrashRecord& record : records) text += Summary(record) + "\n";
  return text;
}

}  // namespace oops::laws
