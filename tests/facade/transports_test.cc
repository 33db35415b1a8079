// The same log by every transport, in pieces of many sizes.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/facade/sample.h"

namespace oops::facade {
namespace {

using Records = std::vector<CrashRecord>;

struct Transport {
  const char* name;
  std::string (*write)(const Messages&);
};
constexpr Transport kTransports[] = {
    {"dmesg", AsDmesg},        {"journal", AsJournal}, {"export", AsExport},
    {"dmesg -J", AsDmesgJson}, {"/dev/kmsg", AsKmsg},  {"pstore", AsPstore},
};

struct Outcome {
  Records records;
  uint64_t lines;
};

Outcome ParseInPieces(std::string_view log, size_t size) {
  Outcome outcome;
  Parser parser({}, [&](CrashRecord&& record) { outcome.records.push_back(std::move(record)); });
  for (; !log.empty(); log.remove_prefix(std::min(size, log.size()))) {
    // A copy of its own for each piece: a view that outlives it shows under the address sanitizer.
    parser.Feed(std::string(log.substr(0, size)));
  }
  parser.Finish();
  outcome.lines = parser.lines();
  return outcome;
}

// All that the records say, in a form that can be read when it is not what it should be.
std::string Text(const Records& records) {
  std::string text;
  for (const CrashRecord& record : records) text += record.DebugString();
  return text;
}

TEST(Transports, SayTheSame) {
  const std::string expected = Summary(ParseLog(AsDmesg(Log())));
  EXPECT_EQ(std::count(expected.begin(), expected.end(), '\n'), 3) << expected;
  for (const Transport& transport : kTransports) {
    EXPECT_EQ(Summary(ParseLog(transport.write(Log()))), expected) << transport.name;
  }
}

TEST(Transports, GiveTimeHostAndPlace) {
  const Records records = ParseLog(AsJournal(Log()));
  ASSERT_EQ(records.size(), 3u);
  const Source& source = records[1].source();
  EXPECT_EQ(source.monotonic_us(), 330'000'000);
  EXPECT_EQ(source.host(), "box");
  const std::string log = AsJournal(Log());
  const std::string entry = log.substr(source.first_byte(), 600);
  EXPECT_NE(entry.substr(0, entry.find('\n')).find("NULL pointer"), std::string::npos) << entry;
  EXPECT_EQ(static_cast<uint64_t>(std::count(
                log.begin(), log.begin() + static_cast<long>(source.first_byte()), '\n')) +
                1,
            source.lines().first());
}

TEST(Transports, CutAnywhere) {
  for (const Transport& transport : kTransports) {
    const std::string log = transport.write(Log());
    const std::string whole = Text(ParseLog(log));
    for (size_t size = 1; size <= 2 * log.size(); size += 1 + size / 6) {
      const Outcome pieces = ParseInPieces(log, size);
      EXPECT_EQ(Text(pieces.records), whole) << transport.name << ", pieces of " << size;
      EXPECT_EQ(pieces.lines, static_cast<uint64_t>(std::count(log.begin(), log.end(), '\n')))
          << transport.name << ", pieces of " << size;
    }
  }
}

// Shorter than what it takes to be sure of a container.
TEST(Transports, ShortLogs) {
  const Messages messages =
      Split("Kernel panic - not syncing: VFS: Unable to mount root fs", 1'000'000, 0);
  for (const Transport& transport : kTransports) {
    const std::string log = transport.write(messages);
    for (const size_t size : {size_t{1}, size_t{7}, log.size()}) {
      EXPECT_EQ(ParseInPieces(log, size).records.size(), 1u)
          << transport.name << ", pieces of " << size;
    }
  }
}

TEST(Transports, LinesAreCounted) {
  EXPECT_EQ(ParseInPieces("", 1).lines, 0u);
  EXPECT_EQ(ParseInPieces("one", 1).lines, 1u);
  EXPECT_EQ(ParseInPieces("one\n", 1).lines, 1u);
  EXPECT_EQ(ParseInPieces("[one\ntwo", 3).lines, 2u);
  EXPECT_EQ(ParseInPieces("{\"MESSAGE\":\"one\"}\n{\"MESSAGE\":\"two\"}", 5).lines, 2u);
}

// Another program's entry of the same journal ends no report, and makes none.
TEST(Transports, OtherProgramsEntries) {
  const std::string other =
      "{\"_TRANSPORT\":\"stdout\",\"SYSLOG_IDENTIFIER\":\"tests\",\"PRIORITY\":\"6\",\"MESSAGE\":"
      "\"BUG: soft lockup - CPU#1 stuck for 22s! [cat:1]\"}\n";
  std::string log = AsJournal(Log());
  const std::string expected = Summary(ParseLog(log));
  log.insert(0, other);
  log.insert(log.find("{", log.find("Call Trace")), other);
  EXPECT_EQ(Summary(ParseLog(log)), expected);
}

}  // namespace
}  // namespace oops::facade
