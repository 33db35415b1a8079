// What no kernel prints: the parser says little, keeps little and takes a time that grows with the
// length alone.
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <chrono>
#include <random>
#include <string>

#include "tests/laws/records.h"

namespace oops::laws {
namespace {

constexpr size_t kMiB = size_t{1} << 20;
constexpr size_t kLargestRecord = 8 * kMiB;  // bytes as protobuf, whatever the input

constexpr char kOops[] =
    "[   77.000001] BUG: unable to handle kernel NULL pointer dereference at 0000000000000008\n"
    "[   77.000002] IP: [<ffffffffa0012345>] probe_widget+0x15/0x40 [widget]\n"
    "[   77.000003] Oops: 0002 [#1] SMP \n"
    "[   77.000004] CPU: 1 PID: 321 Comm: modprobe Not tainted 3.16.0-4-amd64 #1\n";

struct Outcome {
  size_t records = 0;
  size_t largest = 0;  // bytes
  size_t total = 0;    // bytes
  double seconds = 0;
  Records kept;  // the first few
};

// Feeds what `next` returns until that is empty.
Outcome Parse(const std::function<std::string()>& next) {
  Outcome outcome;
  const auto start = std::chrono::steady_clock::now();
  Parser parser({}, [&](CrashRecord&& record) {
    ++outcome.records;
    outcome.total += record.ByteSizeLong();
    outcome.largest = std::max(outcome.largest, record.ByteSizeLong());
    if (outcome.kept.size() < 4) outcome.kept.push_back(std::move(record));
  });
  for (std::string piece = next(); !piece.empty(); piece = next()) parser.Feed(piece);
  parser.Finish();
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
  outcome.seconds = taken.count();
  return outcome;
}

Outcome Parse(const std::string& text) {
  size_t at = 0;
  return Parse([&] {
    std::string piece = text.substr(at, 64 * 1024);
    at += piece.size();
    return piece;
  });
}

size_t PeakMemory() {
  rusage usage = {};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<size_t>(usage.ru_maxrss) * 1024;
}

// Repeats `line`, in which "%" becomes a number, `count` times.
std::string Lines(std::string_view line, size_t count) {
  std::string text;
  for (size_t i = 0; i < count; ++i) {
    for (const char c : line) {
      if (c == '%') {
        text += std::to_string(i);
      } else {
        text += c;
      }
    }
    text += '\n';
  }
  return text;
}

// Eight times the input may take eight times as long, with room for a noisy machine; quadratic
// would be 64.
void ExpectLinear(const std::function<std::string(size_t)>& input, size_t size) {
  Parse(input(size / 8));  // warms up tables that are built once
  const double small = Parse(input(size)).seconds;
  const double large = Parse(input(8 * size)).seconds;
  EXPECT_LT(large, 30 * std::max(small, 0.005)) << small << " s, then " << large << " s";
}

TEST(BadInput, RandomBytes) {
  for (uint32_t seed = 0; seed < 20; ++seed) {
    std::mt19937 random(seed);
    std::string text(kMiB / 4, '\0');
    for (char& c : text) c = static_cast<char>(random());
    const Outcome outcome = Parse(text);
    EXPECT_EQ(outcome.records, 0u) << "seed " << seed << "\n" << Summary(outcome.kept);
  }
}

// Kernel words in any order, which is nearer to what may confuse a parser than noise is.
TEST(BadInput, ShuffledWords) {
  const char* const words[] = {"BUG: ",
                               "Oops: 0002 [#1]",
                               "RIP: 0010:",
                               "Call Trace:",
                               "\n",
                               "\n",
                               "\n",
                               " [<ffffffff81234567>] ",
                               "f+0x1/0x2",
                               "? ",
                               "Code: ",
                               "<0f> ",
                               "0b ",
                               "[   12.345678] ",
                               "<4>",
                               "> ",
                               "PID: 1 ",
                               "CPU: 2 ",
                               "Comm: ",
                               "Modules linked in: ",
                               "------------[ cut here ]------------",
                               "---[ end trace 1 ]---",
                               "Kernel panic - not syncing: ",
                               "NMI backtrace for cpu 3",
                               "</TASK>",
                               "<IRQ>",
                               "#0 [ffff] f at ffff",
                               "crash> bt",
                               "WARNING: CPU: 1 PID: 2 at a.c:3 ",
                               "\r",
                               "\xff",
                               "\x01",
                               "INFO: task a:1 blocked for more than 120 seconds.",
                               "[T1] ",
                               "[   C0] ",
                               "{",
                               "6,339,5140900,-;"};
  for (uint32_t seed = 0; seed < 40; ++seed) {
    std::mt19937 random(seed);
    std::string text;
    while (text.size() < 64 * 1024) text += words[random() % std::size(words)];
    const Outcome outcome = Parse(text);
    EXPECT_LT(outcome.total, 64 * text.size()) << "seed " << seed;
    for (const CrashRecord& record : outcome.kept) {
      CrashRecord back;
      EXPECT_TRUE(back.ParseFromString(record.SerializeAsString())) << "seed " << seed;
    }
  }
}

TEST(BadInput, OneEndlessLine) {
  const size_t before = PeakMemory();
  size_t left = 64;
  const Outcome outcome =
      Parse([&] { return left-- > 0 ? std::string(kMiB, 'a') : std::string(); });
  EXPECT_EQ(outcome.records, 0u);
  EXPECT_LT(PeakMemory() - before, 32 * kMiB);
}

TEST(BadInput, OneEndlessLineInAReport) {
  const size_t before = PeakMemory();
  size_t left = 64;
  bool begun = false;
  const Outcome outcome = Parse([&] {
    if (!begun) {
      begun = true;
      return std::string(kOops) + "Code: ";
    }
    return left-- > 0 ? std::string(kMiB, 'f') : std::string();
  });
  EXPECT_EQ(outcome.records, 1u);
  EXPECT_LT(outcome.largest, kLargestRecord);
  EXPECT_LT(PeakMemory() - before, 64 * kMiB);
}

TEST(BadInput, NothingButNul) {
  const Outcome outcome = Parse(std::string(4 * kMiB, '\0'));
  EXPECT_EQ(outcome.records, 0u);
}

TEST(BadInput, NulsBetweenTheLinesOfAReport) {
  std::string text;
  for (const char c : std::string(kOops)) {
    text += c;
    if (c == '\n') text += std::string(100, '\0');
  }
  const Outcome outcome = Parse(text);
  ASSERT_EQ(outcome.records, 1u);
  EXPECT_EQ(outcome.kept[0].kind(), KIND_NULL_DEREF);
}

TEST(BadInput, DeepQuotes) {
  std::string text;
  for (const char c : "\n" + std::string(kOops)) {
    text += c;
    if (c == '\n') text += std::string(500, '>') + " ";
  }
  EXPECT_LE(Parse(text).records, 1u);
  ExpectLinear([](size_t size) { return Lines(std::string(size, '>') + " Oops: 0002 [#1]", 50); },
               4096);
}

TEST(BadInput, AHeadlineOverAndOver) {
  const auto input = [](size_t count) {
    return Lines(
        "[ 100.%] BUG: unable to handle kernel NULL pointer dereference at 0000000000000008",
        count);
  };
  const Outcome outcome = Parse(input(100000));
  EXPECT_GE(outcome.records, 1u);
  EXPECT_LE(outcome.records, 100000u);
  EXPECT_LT(outcome.largest, kLargestRecord);
  ExpectLinear(input, 5000);
}

TEST(BadInput, APanicOverAndOver) {
  std::string log;
  for (int i = 0; i < 60000; ++i) {
    log += "[    1.000001] Kernel panic - not syncing: no " + std::to_string(i) + "\n";
  }
  const Outcome outcome = Parse(log);
  EXPECT_GT(outcome.records, 1u);
  EXPECT_LT(outcome.records, 100u);
  EXPECT_LT(outcome.largest, kMiB);
}

// The words of a WARN() come to an end, also where it has no body.
TEST(BadInput, AWarningWithoutABody) {
  std::string log = "[    1.000001] WARNING: CPU: 0 PID: 1 at fs/foo.c:12 foo_get+0x12/0x30\n";
  for (int i = 0; i < 1000; ++i) log += "[    1.000002] usb 1-1: a device\n";
  const Outcome outcome = Parse(log);
  ASSERT_EQ(outcome.records, 1u);
  EXPECT_LT(outcome.kept.front().source().lines().last(), 30u);
}

TEST(BadInput, AMillionFrames) {
  const size_t before = PeakMemory();
  const std::string text =
      kOops + std::string("[   77.000005] Call Trace:\n") +
      Lines("[   77.000006]  [<ffffffff81000000>] recurse_%+0x10/0x20", 1000000);
  const Outcome outcome = Parse(text);
  ASSERT_GE(outcome.records, 1u);
  EXPECT_EQ(outcome.kept[0].kind(), KIND_NULL_DEREF);
  EXPECT_LT(outcome.largest, kLargestRecord);
  EXPECT_LT(PeakMemory() - before, text.size() + 128 * kMiB);
  ExpectLinear(
      [](size_t count) {
        return kOops + std::string("Call Trace:\n") +
               Lines(" [<ffffffff81000000>] recurse_%+0x10/0x20", count);
      },
      10000);
}

TEST(BadInput, ThousandsOfModules) {
  std::string text = std::string(kOops) + "[   77.000005] Modules linked in:";
  for (int i = 0; i < 50000; ++i) text += " module_" + std::to_string(i) + "(OE)";
  text += "\n[   77.000007] ---[ end trace 0123456789abcdef ]---\n";
  const Outcome outcome = Parse(text);
  ASSERT_EQ(outcome.records, 1u);
  EXPECT_EQ(outcome.kept[0].kind(), KIND_NULL_DEREF);
  EXPECT_GT(outcome.kept[0].modules_size(), 100);
  EXPECT_LT(outcome.largest, kLargestRecord);
}

TEST(BadInput, ThousandsOfCpus) {
  const auto input = [](size_t count) {
    return "watchdog: BUG: soft lockup - CPU#1 stuck for 22s! [a:1]\n" +
           Lines(
               "NMI backtrace for cpu %\nCPU: % PID: 7 Comm: b Not tainted 6.1.0 #1\nCall Trace:\n"
               " f_%+0x1/0x2\n g+0x1/0x2",
               count);
  };
  const Outcome outcome = Parse(input(20000));
  EXPECT_LT(outcome.largest, kLargestRecord);
  ExpectLinear(input, 1000);
}

TEST(BadInput, ManyContextsAtOnce) {
  const auto input = [](size_t count) {
    return Lines("[   50.000001][ T%] BUG: unable to handle page fault for address: ffff888000000%",
                 count);
  };
  const Outcome outcome = Parse(input(50000));
  EXPECT_LT(outcome.largest, kLargestRecord);
  ExpectLinear(input, 5000);
}

// Wherever the bound of a record's text falls in them.
TEST(BadInput, LongTextsOfWideCharacters) {
  for (size_t ahead = 0; ahead < 3; ++ahead) {
    std::string log = "[    1.000001] Kernel panic - not syncing: " + std::string(ahead, 'x');
    for (int i = 0; i < 2000; ++i) log += "\u20ac";
    log += "!\n[    1.000002] 1 lock held by " + std::string(ahead, 'x');
    for (int i = 0; i < 2000; ++i) log += "\u20ac";
    log += ":\n[    1.000003]  #0:  (";
    for (int i = 0; i < 2000; ++i) log += "\u20ac";
    log += "){+.+.}, at: [<ffffffff81234567>] foo_open+0x12/0x34\n";
    const Outcome outcome = Parse(log);
    ASSERT_EQ(outcome.records, 1u);
    const CrashRecord& record = outcome.kept.front();
    CrashRecord again;
    EXPECT_TRUE(again.ParseFromString(record.SerializeAsString()));
  }
}

TEST(BadInput, LongWords) {
  for (const char* const line :
       {"Comm: %s", "RIP: 0010:%s+0x1/0x2", " %s+0x1/0x2 [m]", "Modules linked in: %s",
        "CPU: 1 PID: 2 Comm: %s", "Kernel panic - not syncing: %s", "Hardware name: %s", "BUG: %s",
        "INFO: task %s:1 blocked for more than 120 seconds."}) {
    const auto input = [&](size_t size) {
      std::string text = line;
      const size_t at = text.find("%s");
      if (at != std::string::npos) text.replace(at, 2, std::string(size, 'x'));
      return kOops + text + "\n" + kOops;
    };
    const Outcome outcome = Parse(input(kMiB));
    EXPECT_LT(outcome.largest, kLargestRecord) << line;
    ExpectLinear(input, 64 * 1024);
  }
}

TEST(BadInput, BracketsAndSpaces) {
  for (const char c : std::string("[]<>(){} \t\"'\\&%#:;,|*=~^\x1b\r")) {
    const auto input = [&](size_t size) {
      return std::string(size, c) + "BUG: " + std::string(size, c);
    };
    EXPECT_LE(Parse(input(kMiB / 4)).records, 1u);
    ExpectLinear(input, 32 * 1024);
  }
}

}  // namespace
}  // namespace oops::laws
