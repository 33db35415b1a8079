#include "lib/log/netconsole.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace oops::log {
namespace {

using Strings = std::vector<std::string>;

class Receiver {
 public:
  void Feed(std::string_view datagram, int64_t now_us = 0) {
    decoder_.Feed(datagram, now_us, [this](const LogLine& line) { Take(line); });
  }
  void Tick(int64_t now_us) {
    decoder_.Tick(now_us, [this](const LogLine& line) { Take(line); });
  }
  void Finish() {
    decoder_.Finish([this](const LogLine& line) { Take(line); });
  }
  Strings texts;
  Strings cut;
  uint64_t gap = 0;

 private:
  void Take(const LogLine& line) {
    texts.emplace_back(line.text);
    if (line.cut) cut.emplace_back(line.text);
    gap += line.sequence_gap;
  }
  NetconsoleDecoder decoder_;
};

TEST(Netconsole, PutsReorderedAndDoubledRecordsInOrder) {
  Receiver receiver;
  receiver.Feed("6,10,100,-;a\n");
  receiver.Feed("6,12,102,-;c\n");
  receiver.Feed("6,10,100,-;a\n");
  EXPECT_EQ(receiver.texts, Strings({"a"}));
  receiver.Feed("6,11,101,-;b\n");
  receiver.Feed("6,12,102,-;c\n");
  EXPECT_EQ(receiver.texts, Strings({"a", "b", "c"}));
  EXPECT_EQ(receiver.gap, 0u);
}

TEST(Netconsole, WaitsForALostRecordAWhile) {
  Receiver receiver;
  receiver.Feed("6,10,100,-;a\n", 0);
  receiver.Feed("6,13,102,-;d\n", 1'000'000);
  receiver.Tick(5'000'000);
  EXPECT_EQ(receiver.texts, Strings({"a"}));
  receiver.Tick(6'000'001);
  EXPECT_EQ(receiver.texts, Strings({"a", "d"}));
  EXPECT_EQ(receiver.gap, 2u);
  receiver.Feed("6,12,101,-;too late\n", 6'000'002);
  EXPECT_EQ(receiver.texts, Strings({"a", "d"}));
}

TEST(Netconsole, WaitsForAtMostTheWindow) {
  Receiver receiver;
  receiver.Feed("6,10,100,-;a\n");
  for (int i = 0; i < 200; ++i) receiver.Feed("6," + std::to_string(12 + i) + ",102,-;x\n");
  EXPECT_EQ(receiver.texts.size(), 201u);
}

TEST(Netconsole, JoinsPieces) {
  Receiver receiver;
  receiver.Feed("6.4.0,6,10,100,-,ncfrag=4/12;efgh");
  receiver.Feed("6.4.0,6,11,101,-;next\n");
  receiver.Feed("6.4.0,6,10,100,-,ncfrag=0/12;abcd");
  receiver.Feed("6.4.0,6,10,100,-,ncfrag=0/12;abcd");
  EXPECT_EQ(receiver.texts, Strings({}));
  receiver.Feed("6.4.0,6,10,100,-,ncfrag=8/12;ij\nA");
  EXPECT_EQ(receiver.texts, Strings({"abcdefghij", "next"}));
  receiver.Feed("6.4.0,6,12,102,-,ncfrag=4/8;wxyz");
  receiver.Finish();
  EXPECT_EQ(receiver.cut, Strings({" wxyz"}));
}

TEST(Netconsole, APieceMakesNoTextThatIsLongerThanItself) {
  Receiver receiver;
  receiver.Feed("6.4.0,6,11,101,-,ncfrag=4/900000000;no kernel's");
  receiver.Feed("6.4.0,6,12,102,-,ncfrag=4/8000;ab");
  receiver.Feed("6.4.0,6,12,102,-,ncfrag=700/8000;cd");
  receiver.Finish();
  EXPECT_EQ(receiver.cut, Strings({" ab cd "}));
}

TEST(Netconsole, KnowsAReboot) {
  Receiver receiver;
  receiver.Feed("6,5000,90000000,-;old\n");
  receiver.Feed("6,5002,90000002,-;old, waiting\n");
  receiver.Feed("6,1,0,-;new\n");
  receiver.Feed("6,2,1,-;new 2\n");
  EXPECT_EQ(receiver.texts, Strings({"old", "old, waiting", "new", "new 2"}));
}

TEST(Netconsole, JoinsBasicDatagrams) {
  Receiver receiver;
  receiver.Feed("[    1.000000] a");
  receiver.Feed("b\n");
  receiver.Feed("[    1.000000] cut");
  receiver.Feed("[    1.000001] c\n");
  receiver.Feed("[    1.000002] open");
  receiver.Finish();
  EXPECT_EQ(receiver.texts, Strings({"[    1.000000] ab\n", "[    1.000000] cut",
                                     "[    1.000001] c\n", "[    1.000002] open"}));
}

}  // namespace
}  // namespace oops::log
