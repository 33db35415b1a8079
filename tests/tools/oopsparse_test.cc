// The command from outside: exit statuses, files of all sorts, what goes to which stream.
#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include "proto/crash_record.pb.h"
#include "tests/tools/command.h"
#include "tests/tools/pack.h"

namespace oops::tools {
namespace {

enum ExitStatus { kCrash = 0, kNoCrash = 1, kError = 2 };

constexpr char kOops[] =
    "[   12.345678] BUG: unable to handle kernel NULL pointer dereference at 0000000000000008\n"
    "[   12.345679] IP: [<ffffffffa0012345>] probe_widget+0x15/0x40 [widget]\n"
    "[   12.345680] PGD 0 \n"
    "[   12.345681] Oops: 0002 [#1] SMP \n"
    "[   12.345682] CPU: 1 PID: 321 Comm: modprobe Not tainted 3.16.0-4-amd64 #1\n"
    "[   12.345683] RIP: 0010:[<ffffffffa0012345>]  [<ffffffffa0012345>] probe_widget+0x15/0x40 "
    "[widget]\n"
    "[   12.345684] Call Trace:\n"
    "[   12.345685]  [<ffffffff8100213a>] do_one_initcall+0xca/0x1f0\n"
    "[   12.345686]  [<ffffffff810c1b2c>] load_module+0x1c2c/0x2280\n"
    "[   12.345687] ---[ end trace 0123456789abcdef ]---\n";

constexpr char kOomKill[] =
    "[  100.000001] Out of memory: Kill process 1234 (mysqld) score 901 or sacrifice child\n"
    "[  100.000002] Killed process 1234 (mysqld) total-vm:8123456kB, anon-rss:3145728kB, "
    "file-rss:12kB\n";

constexpr char kQuiet[] =
    "[    0.000000] Linux version 3.16.0-4-amd64\n[    1.000000] usb 1-1: new device\n";

class Oopsparse : public testing::Test {
 protected:
  Oopsparse() {
    const char* root = std::getenv("TEST_TMPDIR");
    std::string name = std::string(root != nullptr ? root : "/tmp") + "/oopsparse.XXXXXX";
    folder_ = mkdtemp(name.data());
  }
  ~Oopsparse() override { RunShell("rm -r " + folder_); }

  std::string Path(const std::string& name) const { return folder_ + "/" + name; }

  std::string Write(const std::string& name, const std::string& text) const {
    std::ofstream(Path(name), std::ios::binary) << text;
    return Path(name);
  }

  std::string folder_;
};

int Lines(const std::string& text) {
  return static_cast<int>(std::count(text.begin(), text.end(), '\n'));
}

int JsonRecords(const std::string& out) {
  std::string rest = out;
  int count = 0;
  for (size_t end; (end = rest.find('\n')) != std::string::npos; rest.erase(0, end + 1)) {
    CrashRecord record;
    EXPECT_TRUE(google::protobuf::util::JsonStringToMessage(rest.substr(0, end), &record).ok());
    ++count;
  }
  EXPECT_EQ(rest, "");
  return count;
}

TEST_F(Oopsparse, FindsACrash) {
  const Outcome run = RunCommand({"parse", "--format=json", Write("oops.log", kOops)});
  EXPECT_EQ(run.status, kCrash);
  EXPECT_EQ(JsonRecords(run.out), 1);
  EXPECT_EQ(run.err, "");
}

TEST_F(Oopsparse, FindsNone) {
  const Outcome run = RunCommand({"--format=json", Write("quiet.log", kQuiet)});
  EXPECT_EQ(run.status, kNoCrash);
  EXPECT_EQ(run.out + run.err, "");
}

TEST_F(Oopsparse, WhatIsNoKernelBugIsNoCrash) {
  const Outcome run = RunCommand({"--format=json", Write("oom.log", kOomKill)});
  EXPECT_EQ(run.status, kNoCrash);
  EXPECT_EQ(run.err, "");
}

TEST_F(Oopsparse, SumsUpInTextOnly) {
  const std::string oops = Write("oops.log", kOops);
  EXPECT_NE(RunCommand({oops}).out.find("1 crash ("), std::string::npos);
  EXPECT_NE(RunCommand({oops}).out.find(") in 10 lines\n"), std::string::npos);
  EXPECT_EQ(RunCommand({Write("quiet.log", kQuiet)}).out, "no crash in 2 lines\n");
  for (const char* format : {"json", "textproto", "binpb", "markdown"}) {
    const Outcome run = RunCommand({std::string("--format=") + format, oops});
    EXPECT_EQ(run.status, kCrash);
    EXPECT_EQ(run.out.find("1 crash"), std::string::npos);
    EXPECT_NE(run.out, "");
  }
}

TEST_F(Oopsparse, ReadsTheStandardInput) {
  for (const std::vector<std::string>& arguments : {std::vector<std::string>{"--format=json"},
                                                    {"parse", "--format=json"},
                                                    {"parse", "--format=json", "-"},
                                                    {"--format=json", "-"}}) {
    const Outcome run = RunCommand(arguments, {.input = kOops});
    EXPECT_EQ(run.status, kCrash);
    EXPECT_EQ(JsonRecords(run.out), 1);
  }
}

TEST_F(Oopsparse, ReadsPipesThatComeInPieces) {
  const std::string log = Write("oops.log", kOops);
  const Outcome run = RunShell("(head -c 1 " + log + "; sleep 0.1; tail -c +2 " + log +
                               ") | $OOPSPARSE --format=json");
  EXPECT_EQ(run.status, kCrash);
  EXPECT_EQ(JsonRecords(run.out), 1);
  Write("oops.log.gz", Gzip(kOops));
  const Outcome packed = RunShell("(head -c 1 " + log + ".gz; sleep 0.1; tail -c +2 " + log +
                                  ".gz) | $OOPSPARSE --format=json");
  EXPECT_EQ(packed.status, kCrash);
  EXPECT_EQ(JsonRecords(packed.out), 1);
}

TEST_F(Oopsparse, EmptyInput) {
  EXPECT_EQ(RunCommand({Write("empty", "")}).status, kNoCrash);
  EXPECT_EQ(RunCommand({Write("empty", "")}).out, "no crash in 0 lines\n");
  EXPECT_EQ(RunCommand({}, {.input = ""}).status, kNoCrash);
}

TEST_F(Oopsparse, BinaryInput) {
  std::string noise;
  for (unsigned i = 0, state = 1; i < 300000; ++i) {
    state = state * 1103515245 + 12345;
    noise += static_cast<char>(state >> 16);
  }
  const Outcome run = RunCommand({"--format=json", Write("noise", noise)});
  EXPECT_EQ(run.status, kNoCrash);
  EXPECT_EQ(run.err, "");
  EXPECT_EQ(RunCommand({"--format=json", Write("both", noise + "\n" + kOops)}).status, kCrash);
}

TEST_F(Oopsparse, OneComplaintForEachFileThatCannotBeRead) {
  const std::string oops = Write("oops.log", kOops);
  const Outcome run = RunCommand({"--format=json", Path("missing"), oops, folder_, oops});
  EXPECT_EQ(run.status, kError);
  EXPECT_EQ(JsonRecords(run.out), 2);
  EXPECT_EQ(run.err, "oopsparse: " + Path("missing") + ": No such file or directory\n" +
                         "oopsparse: " + folder_ + ": Is a directory\n");
}

TEST_F(Oopsparse, ComplaintsHoldNoControlCharacters) {
  const Outcome run = RunCommand({"no\x1b[2Jsuch\nfile"});
  EXPECT_EQ(run.status, kError);
  EXPECT_EQ(run.err, "oopsparse: no\\x1b[2Jsuch\\x0afile: No such file or directory\n");
}

TEST_F(Oopsparse, BadFlags) {
  const std::string oops = Write("oops.log", kOops);
  for (const std::vector<std::string>& arguments : {std::vector<std::string>{"--frobnicate", oops},
                                                    {"--format=yaml", oops},
                                                    {"--format"},
                                                    {"--stacks=few", oops},
                                                    {"--color=blue", oops},
                                                    {"--threads=0", oops},
                                                    {"--threads=two", oops},
                                                    {"-x", oops},
                                                    {oops, "--help=1"}}) {
    const Outcome run = RunCommand(arguments);
    EXPECT_EQ(run.status, kError) << arguments[0];
    EXPECT_EQ(run.out, "") << arguments[0];
    EXPECT_EQ(Lines(run.err), 1) << run.err;
    EXPECT_EQ(run.err.compare(0, 11, "oopsparse: "), 0) << run.err;
  }
}

TEST_F(Oopsparse, FlagsEndAtTwoDashes) {
  EXPECT_EQ(RunCommand({"--", Write("oops.log", kOops)}).status, kCrash);
  EXPECT_EQ(RunCommand({"--", "--format=json"}).err,
            "oopsparse: --format=json: No such file or directory\n");
}

TEST_F(Oopsparse, HelpAndVersion) {
  EXPECT_EQ(RunCommand({"--help"}).status, 0);
  EXPECT_EQ(RunCommand({"--help"}).out.compare(0, 16, "usage: oopsparse"), 0);
  EXPECT_EQ(RunCommand({"parse", "--help"}).status, 0);
  EXPECT_EQ(RunCommand({"--version"}).out.compare(0, 10, "oopsparse "), 0);
}

struct Packer {
  const char* name;
  std::string (*pack)(const std::string& text);
};

class Packed : public Oopsparse, public testing::WithParamInterface<Packer> {};

TEST_P(Packed, IsReadAsItIs) {
  // The name says nothing: the content does.
  const std::string packed = Write("file.log", GetParam().pack(kOops));
  const Outcome run = RunCommand({"--format=json", packed});
  EXPECT_EQ(run.status, kCrash);
  EXPECT_EQ(JsonRecords(run.out), 1);
  EXPECT_EQ(run.err, "");
}

TEST_P(Packed, MembersOneAfterTheOther) {
  const std::string oops = GetParam().pack(kOops), quiet = GetParam().pack(kQuiet);
  Write("all", quiet + oops + quiet);
  const Outcome run = RunCommand({Path("all")});
  EXPECT_EQ(run.status, kCrash);
  EXPECT_NE(run.out.find(" in 14 lines\n"), std::string::npos) << run.out;
  EXPECT_EQ(run.err, "");
}

TEST_P(Packed, CutShortGivesWhatWasThere) {
  // Random letters don't shrink, so that the report before them is out before the end.
  std::string text = kOops;
  for (unsigned i = 0, state = 7; i < 400000; ++i) {
    state = state * 1103515245 + 12345;
    text += i % 80 == 79 ? '\n' : static_cast<char>('a' + (state >> 16) % 26);
  }
  Write("cut", GetParam().pack(text).substr(0, 200000));
  const Outcome run = RunCommand({"--format=json", Path("cut")});
  EXPECT_EQ(run.status, kError);
  EXPECT_EQ(JsonRecords(run.out), 1);
  EXPECT_EQ(Lines(run.err), 1) << run.err;
  EXPECT_NE(run.err.find(GetParam().name), std::string::npos) << run.err;
}

TEST_P(Packed, AnyPrefixIsNoCrashOfOurs) {
  const std::string packed = GetParam().pack(kOops);
  for (size_t size = 0; size < packed.size(); size += 13) {
    Write("cut", packed.substr(0, size));
    const Outcome run = RunCommand({"--format=json", Path("cut")});
    // Shorter than the magic bytes it is plain text.
    if (size >= 13) {
      EXPECT_EQ(run.status, kError) << size;
    }
    EXPECT_GE(run.status, 0) << size;
    EXPECT_LE(Lines(run.err), 1) << run.err;
  }
}

TEST_P(Packed, EmptyFileInside) {
  const Outcome run = RunCommand({Write("packed", GetParam().pack(""))});
  EXPECT_EQ(run.status, kNoCrash);
  EXPECT_EQ(run.err, "");
}

INSTANTIATE_TEST_SUITE_P(With, Packed,
                         testing::Values(Packer{"gzip", Gzip}, Packer{"xz", Xz},
                                         Packer{"zstd", Zstd}),
                         [](const auto& info) { return info.param.name; });

TEST_F(Oopsparse, DamagedArchive) {
  const std::string packed = Write("packed", Gzip(kOops) + "garbage");
  const Outcome run = RunCommand({"--format=json", packed});
  EXPECT_EQ(run.status, kError);
  EXPECT_EQ(JsonRecords(run.out), 1);
  EXPECT_EQ(Lines(run.err), 1);
}

TEST_F(Oopsparse, ZerosBehindAGzipMemberAreNone) {
  const std::string packed = Write("packed", Gzip(kOops) + std::string(1000, '\0'));
  const Outcome run = RunCommand({"--format=json", packed});
  EXPECT_EQ(run.status, kCrash);
  EXPECT_EQ(run.err, "");
}

TEST_F(Oopsparse, ColourIsForTerminals) {
  const std::string oops = Write("oops.log", kOops);
  const auto colored = [](const Outcome& run) { return run.out.find('\x1b') != std::string::npos; };
  EXPECT_FALSE(colored(RunCommand({oops})));
  EXPECT_TRUE(colored(RunCommand({"--color=always", oops})));
  EXPECT_TRUE(colored(RunCommand({oops}, {.input = "", .terminal = true})));
  EXPECT_FALSE(colored(RunCommand({"--color=never", oops}, {.input = "", .terminal = true})));
  const Surroundings no_color = {.input = "", .environment = {"NO_COLOR=1"}, .terminal = true};
  EXPECT_FALSE(colored(RunCommand({oops}, no_color)));
  EXPECT_FALSE(colored(RunCommand({"--color=always", oops}, no_color)));
  const Surroundings dumb = {.input = "", .environment = {"TERM=dumb"}, .terminal = true};
  EXPECT_FALSE(colored(RunCommand({oops}, dumb)));
}

TEST_F(Oopsparse, FullDisk) {
  const Outcome run =
      RunCommand({Write("oops.log", kOops)}, {.input = "", .output_file = "/dev/full"});
  EXPECT_EQ(run.status, kError);
  EXPECT_EQ(run.err, "oopsparse: writing the records: No space left on device\n");
}

TEST_F(Oopsparse, ReaderThatLeavesIsNoSurprise) {
  const std::string many = Path("many.log");
  RunShell("for i in $(seq 2000); do cat " + Write("oops.log", kOops) + "; done > " + many);
  const Outcome run = RunShell("{ $OOPSPARSE " + many + "; echo $? >&2; } | head -n 1");
  EXPECT_EQ(run.err, "2\n");
}

TEST_F(Oopsparse, ThreadsMakeNoDifference) {
  // Reports at all distances from the ends of the blocks that the threads read.
  std::string log;
  for (int gap = 0; log.size() < (9 << 20); ++gap) {
    for (int line = 0; line < gap % 700; ++line) log += kQuiet;
    log += kOops;
  }
  const std::string file = Write("large.log", log);
  const Outcome alone = RunCommand({"--threads=1", "--format=json", file});
  EXPECT_EQ(alone.status, kCrash);
  EXPECT_GT(JsonRecords(alone.out), 100);
  for (const char* threads : {"--threads=2", "--threads=3", "--threads=8"}) {
    EXPECT_TRUE(RunCommand({threads, "--format=json", file}).out == alone.out) << threads;
  }
}

TEST_F(Oopsparse, FilesAtOnceComeOutInTheirOrder) {
  // A long one first, that the others wait for, and one with more records than may wait.
  std::string slow;
  for (int i = 0; i < 20000; ++i) slow += kQuiet;
  std::string dense;
  for (int i = 0; i < 3000; ++i) dense += kOops;
  std::vector<std::string> files = {Write("slow.log", slow + kOops), Path("missing"),
                                    Write("dense.log", dense)};
  for (int i = 0; i < 20; ++i) {
    files.push_back(Write("short" + std::to_string(i) + ".log", i % 3 == 0 ? kQuiet : kOops));
  }
  for (const char* format : {"--format=json", "--format=text"}) {
    std::vector<std::string> arguments = files;
    arguments.insert(arguments.begin(), {format, "--threads=1"});
    const Outcome alone = RunCommand(arguments);
    EXPECT_EQ(alone.status, kError);
    EXPECT_GT(alone.out.size(), dense.size());
    for (const char* threads : {"--threads=2", "--threads=8"}) {
      arguments[1] = threads;
      const Outcome together = RunCommand(arguments);
      EXPECT_EQ(together.status, kError);
      EXPECT_TRUE(together.out == alone.out) << format << ' ' << threads;
      EXPECT_EQ(together.err, alone.err);
    }
  }
}

TEST_F(Oopsparse, ReaderThatLeavesStopsAllFiles) {
  const std::string many = Path("many.log");
  RunShell("for i in $(seq 2000); do cat " + Write("oops.log", kOops) + "; done > " + many);
  const std::string files = many + " " + many + " " + many + " " + many;
  const Outcome run =
      RunShell("{ $OOPSPARSE --threads=3 " + files + "; echo $? >&2; } | head -n 1");
  EXPECT_EQ(run.err, "2\n");
}

TEST_F(Oopsparse, TextForSeveralFilesNamesThem) {
  Write("oops.log", kOops);
  Write("quiet.log", kQuiet);
  // Names that are short, since long ones are wrapped.
  const Outcome run = RunShell("command=$(realpath $OOPSPARSE) && cd " + Path("") +
                               " && exec $command oops.log quiet.log");
  EXPECT_EQ(run.status, kCrash);
  EXPECT_NE(run.out.find("\nquiet.log: no crash in 2 lines\n"), std::string::npos) << run.out;
  EXPECT_NE(run.out.find("\nin all: 1 crash ("), std::string::npos) << run.out;
}

}  // namespace
}  // namespace oops::tools
