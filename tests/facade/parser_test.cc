// Records of a transport, time, and how long records wait.
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "tests/facade/sample.h"

namespace oops::facade {
namespace {

using Records = std::vector<CrashRecord>;

constexpr int64_t kSecond = 1'000'000;

class ParserTest : public testing::Test {
 protected:
  void FeedRecords(const Messages& messages) {
    for (const Message& message : messages) {
      parser_.FeedRecord({.host = "box", .monotonic_us = message.us, .level = message.level},
                         message.text);
    }
  }

  Records records_;
  Parser parser_{{}, [this](CrashRecord&& record) { records_.push_back(std::move(record)); }};
};

TEST_F(ParserTest, RecordsSayWhatTheTextSays) {
  FeedRecords(Log());
  parser_.Finish();
  EXPECT_EQ(Summary(records_), Summary(ParseLog(AsDmesg(Log()))));
  ASSERT_FALSE(records_.empty());
  EXPECT_EQ(records_[0].source().host(), "box");
  EXPECT_EQ(records_[0].source().monotonic_us(), 300 * kSecond);
}

TEST_F(ParserTest, RecordsSayOfWhichBootTheyAre) {
  parser_.FeedRecord({.boot_id = "77aa4c1de1b84e1a9a0d51d3b4c3f0aa"}, NullDereference(1));
  parser_.Finish();
  ASSERT_EQ(records_.size(), 1u);
  EXPECT_EQ(records_[0].source().boot_id(), "77aa4c1de1b84e1a9a0d51d3b4c3f0aa");
}

TEST_F(ParserTest, WhatARecordSaysOfItselfMayBeAnyBytes) {
  parser_.FeedRecord({.host = "b\xffx", .wall_time = "\xc3", .boot_id = "77aa\xe2\x82"},
                     NullDereference(1));
  parser_.Finish();
  ASSERT_EQ(records_.size(), 1u);
  EXPECT_EQ(records_[0].source().host(), "b\xef\xbf\xbdx");
  EXPECT_EQ(records_[0].source().wall_time(), "\xef\xbf\xbd");
  EXPECT_EQ(records_[0].source().boot_id(), "77aa\xef\xbf\xbd");
}

TEST_F(ParserTest, RecordsAreCounted) {
  FeedRecords(Log());
  parser_.Finish();
  EXPECT_EQ(parser_.lines(), Log().size());
  ASSERT_FALSE(records_.empty());
  const uint64_t first = records_[0].source().lines().first();
  ASSERT_LE(first, Log().size());
  EXPECT_EQ(Log()[first - 1].text, records_[0].headline());
}

TEST_F(ParserTest, ARecordMayHoldManyLines) {
  parser_.FeedRecord({.monotonic_us = 5 * kSecond}, NullDereference(1));
  parser_.FeedRecord({.monotonic_us = 6 * kSecond}, "lamp: link is down\n");
  parser_.Finish();
  ASSERT_EQ(records_.size(), 1u);
  EXPECT_EQ(parser_.lines(), 2u);
  EXPECT_EQ(records_[0].ip().function(), "lamp_dim");
  EXPECT_EQ(records_[0].source().lines().first(), 1u);
  EXPECT_EQ(records_[0].source().lines().last(), 1u);
  EXPECT_EQ(records_[0].source().end_byte(), NullDereference(1).size() + 1);
}

// Whoever forwards a line often leaves its prefix in it.
TEST_F(ParserTest, PrefixesInTheTextArePeeled) {
  for (const Message& message : Split(NullDereference(1), 7 * kSecond)) {
    std::string line = AsDmesg({message});
    line.pop_back();
    parser_.FeedRecord({.host = "box"}, line);
  }
  parser_.Finish();
  ASSERT_EQ(records_.size(), 1u);
  EXPECT_EQ(records_[0].headline(),
            "BUG: kernel NULL pointer dereference, address: 0000000000000018");
  EXPECT_EQ(records_[0].source().monotonic_us(), 7 * kSecond);
  EXPECT_EQ(records_[0].source().host(), "box");
}

// Netconsole's extended datagrams: some come twice, some in two pieces, each third one late.
TEST_F(ParserTest, DatagramsAreJoinedAndPutInOrder) {
  std::vector<std::string> datagrams;
  uint64_t sequence = 0;
  for (const Message& message : Log()) {
    const std::string header = std::to_string(message.level) + "," + std::to_string(sequence++) +
                               "," + std::to_string(message.us) + ",-";
    const std::string total = "/" + std::to_string(message.text.size()) + ";";
    const size_t half = message.text.size() / 2;
    if (sequence % 4 == 0) {
      datagrams.push_back(header + ",ncfrag=0" + total + message.text.substr(0, half));
      datagrams.push_back(header + ",ncfrag=" + std::to_string(half) + total +
                          message.text.substr(half));
    } else {
      datagrams.push_back(header + ";" + message.text);
    }
    if (sequence % 5 == 0) datagrams.push_back(datagrams.back());
  }
  for (size_t i = 2; i + 1 < datagrams.size(); i += 3) std::swap(datagrams[i], datagrams[i + 1]);
  for (const std::string& datagram : datagrams) parser_.FeedRecord({.host = "box"}, datagram);
  parser_.Finish();
  EXPECT_EQ(Summary(records_), Summary(ParseLog(AsDmesg(Log()))));
  ASSERT_FALSE(records_.empty());
  EXPECT_EQ(records_[0].source().host(), "box");
  EXPECT_EQ(records_[0].source().monotonic_us(), 300 * kSecond);
}

TEST_F(ParserTest, AnythingMayBeARecord) {
  parser_.FeedRecord({}, "");
  parser_.FeedRecord({}, "\n\n\n");
  parser_.FeedRecord({}, std::string(100, '\0'));
  parser_.FeedRecord({}, std::string(3 << 20, 'x'));
  parser_.Feed("");
  parser_.Finish();
  EXPECT_TRUE(records_.empty());
  EXPECT_EQ(parser_.lines(), 4u);
}

// A record waits for three more, which may tell more of it.
TEST_F(ParserTest, RecordsLeaveInOrderAsOthersCome) {
  Messages messages;
  for (int count = 1; count <= 6; ++count) {
    for (const Message& message : Split(NullDereference(count), 100 * count * kSecond)) {
      messages.push_back(message);
    }
  }
  parser_.Feed(AsDmesg(messages));
  // The last one is still being read, and the three before it wait.
  ASSERT_EQ(records_.size(), 2u);
  parser_.Finish();
  ASSERT_EQ(records_.size(), 6u);
  for (uint32_t i = 0; i < 6; ++i) EXPECT_EQ(records_[i].fault().oops_count(), i + 1);
}

TEST_F(ParserTest, TickBringsOutWhatTheStreamLeftOpen) {
  parser_.Tick(0);
  parser_.Feed(AsDmesg(Split(NullDereference(1), 5 * kSecond)));
  parser_.Tick(1 * kSecond);
  parser_.Tick(60 * kSecond);
  EXPECT_TRUE(records_.empty());
  parser_.Tick(61 * kSecond);
  EXPECT_EQ(records_.size(), 1u);
  parser_.Finish();
  EXPECT_EQ(records_.size(), 1u);
}

// The stream goes on, so that the assembler itself finds the report's end.
TEST_F(ParserTest, TickBringsOutWhatWaitsForOthers) {
  parser_.Feed(AsDmesg(Split(NullDereference(1), 5 * kSecond)));
  parser_.Tick(1 * kSecond);
  parser_.Feed(AsDmesg(Split(NullDereference(2), 100 * kSecond)));
  parser_.Tick(2 * kSecond);
  parser_.Feed(AsDmesg(Split("INFO: task a:1 blocked for more than 120 seconds.", 101 * kSecond)));
  parser_.Tick(61 * kSecond);
  EXPECT_TRUE(records_.empty());
  parser_.Feed(AsDmesg(Split("INFO: task b:2 blocked for more than 120 seconds.", 102 * kSecond)));
  parser_.Tick(62 * kSecond);
  EXPECT_EQ(records_.size(), 1u);
}

// It might have become a container, had more come.
TEST_F(ParserTest, TickTakesAShortBeginningForWhatItLooksLike) {
  parser_.Feed("[    1.000000] Kernel panic - not syncing: out of paint\n");
  EXPECT_EQ(parser_.lines(), 1u);
  for (int64_t second = 0; second <= 180; second += 20) parser_.Tick(second * kSecond);
  EXPECT_EQ(records_.size(), 1u);
}

TEST_F(ParserTest, MovesWithItsRecords) {
  parser_.Feed(AsDmesg(Split(NullDereference(1), 5 * kSecond)));
  Parser moved = std::move(parser_);
  moved.Finish();
  EXPECT_EQ(records_.size(), 1u);
}

// The line between the rule and the second report is another's.
TEST_F(ParserTest, ARuleIsTheFirstReportsOfAJoinedLine) {
  parser_.Feed(
      "[  130.500000] =====================================================\n"
      "[  131.500011] BUG: KMSAN: uninit-value in tern_read+0x151/0x2a"
      "[  331.500011] BUG: KMSAN: uninit-value in tern_read+0x151/0x2a0 drivers/tern/tern.c:214\n");
  parser_.Finish();
  ASSERT_EQ(records_.size(), 2u);
  EXPECT_LE(records_[0].source().lines().first(), records_[1].source().lines().first());
}

TEST(ParserOptions, GoIntoTheRecords) {
  const Records records =
      ParseLog(AsDmesg(Log()), {.file = "a.log", .host = "lighthouse", .match_known_bugs = false});
  ASSERT_FALSE(records.empty());
  EXPECT_EQ(records[0].source().file(), "a.log");
  EXPECT_EQ(records[0].source().host(), "lighthouse");
}

}  // namespace
}  // namespace oops::facade
