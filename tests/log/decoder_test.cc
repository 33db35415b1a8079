#include "lib/log/decoder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lib/log/line_framer.h"

namespace oops::log {
namespace {

// What the assembler would see of a line.
struct Seen {
  std::string text;
  int64_t us = -1;
  std::string caller;
  std::string host;
  std::string wall;
  int level = -1;
  bool foreign = false;
  uint64_t number = 0;
  uint64_t first_number = 0;
  uint64_t begin = 0;

  bool operator==(const Seen&) const = default;
};

class Collector {
 public:
  RecordSink Sink() {
    return [this](const LogLine& record) {
      for (std::optional<LogLine> line = framer_.Text(record.text, record); line;
           line = framer_.Next()) {
        lines.push_back({std::string(line->text), line->monotonic_us.value_or(-1),
                         std::string(line->caller), std::string(line->host),
                         std::string(line->wall_time), line->level, line->foreign, line->number,
                         line->first_number, line->begin});
        gap += line->sequence_gap;
      }
    };
  }
  std::vector<Seen> lines;
  uint64_t gap = 0;

 private:
  LineFramer framer_;
};

std::vector<Seen> Decode(std::string_view bytes, size_t chunk) {
  const std::optional<Container> container = DetectContainer(bytes, true);
  RecordDecoder decoder(*container);
  Collector collector;
  for (size_t at = 0; at < bytes.size(); at += chunk)
    decoder.Feed(bytes.substr(at, chunk), collector.Sink());
  decoder.Finish(collector.Sink());
  return collector.lines;
}

// Decodes in one piece, and checks that any other cut gives the same.
std::vector<Seen> Decode(std::string_view bytes) {
  const std::vector<Seen> whole = Decode(bytes, bytes.size());
  for (size_t chunk : {1, 2, 3, 7, 64}) EXPECT_EQ(Decode(bytes, chunk), whole) << chunk;
  return whole;
}

std::vector<std::string> Texts(const std::vector<Seen>& lines) {
  std::vector<std::string> texts;
  for (const Seen& line : lines) texts.push_back(line.text);
  return texts;
}

using Strings = std::vector<std::string>;

TEST(Decoder, JournalExport) {
  std::string entries =
      "__CURSOR=s=1\n__REALTIME_TIMESTAMP=1696862433112324\n__MONOTONIC_TIMESTAMP=170000000\n_"
      "HOSTNAME=node7\n"
      "_TRANSPORT=kernel\nSYSLOG_IDENTIFIER=kernel\nPRIORITY=4\n_SOURCE_MONOTONIC_TIMESTAMP="
      "166112328\n"
      "MESSAGE=Call Trace:\n\n"
      "__CURSOR=s=2\n_TRANSPORT=syslog\nSYSLOG_IDENTIFIER=sshd\nMESSAGE=Accepted\n\n"
      "__CURSOR=s=3\n_TRANSPORT=kernel\nMESSAGE\n";
  entries += std::string("\x0d\0\0\0\0\0\0\0", 8) + " <TASK>\n f+0x1\n\n";
  const std::vector<Seen> lines = Decode(entries);
  ASSERT_EQ(Texts(lines), (Strings{"Call Trace:", "Accepted", " <TASK>", " f+0x"}));
  EXPECT_EQ(lines[0].us, 166112328);
  EXPECT_EQ(lines[0].host, "node7");
  EXPECT_EQ(lines[0].wall, "2023-10-09T14:40:33.112324Z");
  EXPECT_EQ(lines[0].level, 4);
  EXPECT_EQ(lines[0].number, 9u);
  EXPECT_EQ(lines[0].first_number, 1u);
  EXPECT_FALSE(lines[0].foreign);
  EXPECT_TRUE(lines[1].foreign);
  EXPECT_EQ(lines[1].number, 14u);
  EXPECT_EQ(lines[1].first_number, 11u);
  EXPECT_EQ(lines[1].begin, entries.find("__CURSOR=s=2"));
}

TEST(Decoder, JournalJson) {
  const std::string_view objects =
      R"({"_TRANSPORT":"kernel","MESSAGE":"RIP: 0010:f \"x\" {","PRIORITY":"0","_HOSTNAME":"n7"})"
      "\n\x1e"
      R"({ "MESSAGE" : [ 32, 102, 195, 164, 10, 103 ], "_SOURCE_MONOTONIC_TIMESTAMP" : "12345678",
 "nested" : { "MESSAGE" : "no" } })"
      "\n{\"MESSAGE\":null}\n{\"MESSAGE\":[\"a\",\"b\"]}\nnoise { not json\n{\"MESSAGE\":\"cut "
      "off\n{\"MESSAGE\":\"z\"}";
  const std::vector<Seen> lines = Decode(objects);
  ASSERT_EQ(Texts(lines), (Strings{"RIP: 0010:f \"x\" {", " f\u00e4", "g", "a", "b", "noise",
                                   "{ not json", "{\"MESSAGE\":\"cut off", "z"}));
  EXPECT_EQ(lines[0].host, "n7");
  EXPECT_EQ(lines[0].level, 0);
  EXPECT_EQ(lines[1].us, 12345678);
  EXPECT_EQ(lines[1].number, 2u);
}

TEST(Decoder, JsonInFrontOfText) {
  const std::vector<Seen> lines =
      Decode("{\"what\": {\"is\": \"this\"}}\n[   12.345678] Call Trace:\n[   12.345678]  f+0x1\n");
  EXPECT_EQ(Texts(lines), (Strings{"{\"what\": {\"is\": \"this\"}}", "Call Trace:", " f+0x1"}));
  EXPECT_EQ(lines[2].number, 3u);
}

TEST(Decoder, JournalVerbose) {
  const std::vector<Seen> lines = Decode(
      "-- Journal begins at Mon 2023-10-02 08:12:44 UTC, ends at Mon 2023-10-09 UTC. --\n"
      "Mon 2023-10-09 14:40:33.112324 UTC [s=0639;i=1;b=c1;m=4;t=5;x=6]\n"
      "    _TRANSPORT=kernel\n    PRIORITY=0\n    MESSAGE= f+0x1/0x2\n"
      "    _SOURCE_MONOTONIC_TIMESTAMP=12345678\n    _HOSTNAME=n7\n"
      "Mon 2023-10-09 14:40:34.112324 UTC [s=0639;i=2;b=c1;m=5;t=6;x=7]\n"
      "    MESSAGE=a\n            b=c\n    _HOSTNAME=n7\n");
  ASSERT_EQ(Texts(lines), (Strings{" f+0x1/0x2", "a", "b=c"}));
  EXPECT_EQ(lines[0].us, 12345678);
  EXPECT_EQ(lines[0].level, 0);
  EXPECT_EQ(lines[0].host, "n7");
  EXPECT_EQ(lines[0].number, 5u);
  EXPECT_EQ(lines[0].first_number, 2u);
}

TEST(Decoder, DmesgJson) {
  const std::string_view objects =
      "{\n   \"dmesg\": [\n      {\n         \"pri\": 0,\n         \"time\":    12.345678,\n       "
      "  \"caller\": \"T1\",\n"
      "         \"msg\": \"Call Trace:\"\n      },{\n         \"fac\": \"user\",\n         "
      "\"pri\": \"warn\",\n"
      "         \"time\":    12.345679,\n         \"msg\": \" f+0x1/0x2\"\n";
  const std::vector<Seen> lines = Decode(objects);
  ASSERT_EQ(Texts(lines), (Strings{"Call Trace:", " f+0x1/0x2"}));
  EXPECT_EQ(lines[0].us, 12345678);
  EXPECT_EQ(lines[0].caller, "T1");
  EXPECT_EQ(lines[0].level, 0);
  EXPECT_EQ(lines[1].level, 4);
}

TEST(Decoder, ContainerJson) {
  const std::string_view objects =
      R"({"log":"[   12.345678] Call ","stream":"stdout","time":"2023-10-09T14:40:33.112328Z"})"
      "\n"
      R"({"log":"Trace:\n","stream":"stdout","time":"2023-10-09T14:40:33.112328Z"})"
      "\n"
      R"({"log":"[   12.345678]  f+0x1\r\n","stream":"stdout","time":"2023-10-09T14:40:34Z"})";
  const std::vector<Seen> lines = Decode(objects);
  ASSERT_EQ(Texts(lines), (Strings{"Call Trace:", " f+0x1"}));
  EXPECT_EQ(lines[1].wall, "2023-10-09T14:40:34Z");
  EXPECT_EQ(lines[1].us, 12345678);
}

TEST(Decoder, TextOfManyNames) {
  for (
      const std::string_view object : {
          R"({"insertId":"a0","textPayload":"[    1.5000] a","timestamp":"2023-10-09T14:40:33Z"})",
          R"({"insertId":"a0","jsonPayload":{"MESSAGE":"[    1.5000] a","x":{"text":"no"}}})",
          R"({"jsonPayload":{"x":{"text":"no"},"message":"[    1.5000] a"},"severity":"ERROR"})",
          R"({"version":"1.1","short_message":"[    1.5000] a","timestamp":1696862433.112})",
          R"({"time_unix_nano":"1","body":{"stringValue":"[    1.5000] a"},"attributes":[]})",
          R"({"body":"[    1.5000] a","attributes":{"body":"no"}})",
          R"({"_source":{"message":"[    1.5000] a"},"fields":{"message":"no"}})",
          R"({"event":{"kind":"event"},"message":"[    1.5000] a"})",
          R"({"preview":false,"result":{"_raw":"[    1.5000] a","_time":"1"}})",
          R"({"hits":{"total":1,"hits":[{"_source":{"content":"[    1.5000] a"}}]}})",
          R"({"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body":{"stringValue":"[    1.5000] a"}}]}]}]})",
          R"({ "events" : [ {"message":"[    1.5000] a"} ], "nextForwardToken" : "f/39" })",
      }) {
    const std::vector<Seen> lines = Decode(object);
    ASSERT_EQ(Texts(lines), Strings{"a"}) << object;
    EXPECT_EQ(lines[0].us, 1'500'000) << object;
  }
}

// A record's own array of that name encloses nothing that is wanted.
TEST(Decoder, ArraysOfARecord) {
  EXPECT_EQ(Texts(Decode(R"({"message":"a","events":[{"message":"b"}],"hostname":"n7"})")),
            Strings{"a"});
}

// Whatever the text is called, it isn't lost.
TEST(Decoder, ObjectWithoutAKnownText) {
  const std::string object = R"({"host":"n7","timestamp":"1","note":"Call Trace:"})";
  EXPECT_EQ(Texts(Decode(object)), Strings{object});
  EXPECT_TRUE(Decode(R"({"host":"n7","message":null})").empty());
}

TEST(Decoder, Kmsg) {
  const std::string_view records =
      "6,339,5140900,-;NET: Registered\n"
      " SUBSYSTEM=net\n"
      "4,340,5140901,-,caller=C1;a\\x0ab\n"
      "4,341,5140902,c;x\n"
      "4,342,5140903,+;y\n"
      "4,345,5140904,-,caller=T9,new=1;z\n"
      "6,346,5140905,-,ncfrag=0/8;abcd6,346,5140905,-,ncfrag=4/8;efgh\n"
      "12,347,5140906,-;from user space\n hostname=n7\n"
      "no record\n";
  const std::vector<Seen> lines = Decode(records);
  ASSERT_EQ(Texts(lines), (Strings{"NET: Registered", "a", "b", "xy", "z", "abcdefgh",
                                   "from user space", "no record"}));
  EXPECT_EQ(lines[1].caller, "C1");
  EXPECT_EQ(lines[2].us, 5140901);
  EXPECT_EQ(lines[4].caller, "T9");
  EXPECT_EQ(lines[6].host, "n7");
  EXPECT_EQ(lines[6].number, 8u);
}

TEST(Decoder, PstorePartsComeNewestFirst) {
  const std::string_view parts =
      "Panic#1 Part1\n123] mid-line cut\n<4>[   12.345681] newest\n"
      "Panic#1 Part2\n<4>[   12.345679] middle\n<4>[   12.345680][ T"
      "Panic#1 Part3\n<4>[   12.345678] oldest\n"
      "Oops#2 Part1\n<4>[    1.345678] another\n";
  const std::vector<Seen> lines = Decode(parts);
  ASSERT_EQ(Texts(lines), (Strings{"oldest", "middle", "mid-line cut", "newest", "another"}));
  EXPECT_EQ(lines[2].caller, "T123");
  EXPECT_EQ(lines[0].number, 7u);
  EXPECT_EQ(lines[3].number, 3u);
  EXPECT_EQ(lines[3].begin, parts.find("<4>[   12.345681]"));
  EXPECT_EQ(Texts(Decode("====1696862433.112324-D\nOops#1 Part1\n<4>[    1.345678] a\n")),
            (Strings{"a"}));
}

TEST(Detect, KnowsContainersByTheirBeginning) {
  EXPECT_EQ(DetectContainer("[   12.345678] a", true), Container::kText);
  EXPECT_EQ(DetectContainer("[   12", false), std::nullopt);
  EXPECT_EQ(DetectContainer("<4>[   12", false), Container::kText);
  EXPECT_EQ(DetectContainer("", true), Container::kText);
  EXPECT_EQ(DetectContainer("{\"dmesg\": [", true), Container::kJson);
  EXPECT_EQ(DetectContainer("- {\"dt\": \"2023-10-09T14:40:33\", \"msg\": \"x\"}", true),
            Container::kJson);
  EXPECT_EQ(DetectContainer("{ not json", true), Container::kText);
  EXPECT_EQ(DetectContainer("__CURSOR=s=1", true), Container::kJournalExport);
  EXPECT_EQ(DetectContainer("Mon 2023-10-09 14:40:33.112324 UTC [s=1;i=2]\n", true),
            Container::kJournalVerbose);
  EXPECT_EQ(DetectContainer("Mon 2023-10-09 14:40:33 UTC host kernel: a\n", true),
            Container::kText);
  EXPECT_EQ(DetectContainer("6,339,5140900,-;NET", true), Container::kKmsg);
  EXPECT_EQ(DetectContainer("Panic#1 Part1\n", true), Container::kPstore);
  EXPECT_EQ(DetectContainer("Panic at the disco", true), Container::kText);
  EXPECT_EQ(DetectContainer("Panic at", false), std::nullopt);
}

TEST(Decoder, TakesAnyBytes) {
  // Damaged containers: each seed with bytes changed, dropped and doubled by a fixed generator.
  const std::string seeds[] = {
      "__CURSOR=s=1\nMESSAGE\n" + std::string("\x05\0\0\0\0\0\0\0", 8) + "a\nb\nc\nPRIORITY=4\n\n",
      "{\"dmesg\":[{\"pri\":0,\"time\":  1.000000,\"msg\":\"a\\u00e4\"},{\"msg\":[1,2,[3]]}]}",
      "6,339,5140900,-,ncfrag=0/8;abcd6,339,5140900,-,ncfrag=4/8;efgh\n "
      "A=b\n6,340,1,c;x\n6,341,1,+;y\n",
      "Mon 2023-10-09 14:40:33 UTC [s=1]\n    MESSAGE=a\n            b\n    PRIORITY=4\n",
      "Panic#1 Part1\n<4>[    1.000000] b\nPanic#1 Part2\n<4>[    1.000000] aPanic#1 Part3\n",
  };
  uint64_t state = 1;
  const auto next = [&] {
    return state = state * 6364136223846793005u + 1442695040888963407u, state >> 33;
  };
  for (const std::string& seed : seeds) {
    for (int round = 0; round < 3000; ++round) {
      std::string damaged = seed + seed;
      for (uint64_t edits = next() % 8; edits > 0; --edits) {
        const size_t at = next() % damaged.size();
        if (next() % 3 == 0) {
          damaged.erase(at, 1);
        } else {
          damaged[at] = static_cast<char>(next());
        }
      }
      for (Container container :
           {Container::kJson, Container::kJournalExport, Container::kJournalVerbose,
            Container::kKmsg, Container::kPstore}) {
        RecordDecoder decoder(container);
        Collector collector;
        decoder.Feed(damaged, collector.Sink());
        decoder.Finish(collector.Sink());
      }
    }
  }
}

}  // namespace
}  // namespace oops::log
