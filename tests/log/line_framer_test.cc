#include "lib/log/line_framer.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace oops::log {
namespace {

LogLine FrameOne(LineFramer& framer, std::string_view raw) {
  return framer.Frame(raw, 1, 0, raw.size() + 1);
}

std::string TextOf(std::string_view raw) {
  LineFramer framer;
  return std::string(FrameOne(framer, raw).text);
}

TEST(LineFramer, LeavesAloneWhatTheKernelPrints) {
  // Kernel text that looks like a prefix: each must come through whole, with and without a stamp in
  // front.
  for (std::string_view text : {
           "[<ffffffff81051c5b>] foo+0x1/0x2",
           " [<ffffffff8104c152>] ? nmi_handle+0xa2/0x1a0",
           "[ BUG: bad unlock balance detected! ]",
           "[exception RIP: smp_call_function_many+492]",
           "    [exception RIP: put_compound_page+336]",
           "[c000000012345678] [c0000000000b1234] .func+0x10/0x20 (unreliable)",
           "[ 1234]  1000  1234    56789     1234     123       12             0 bash",
           "[ 1234] 0 1234 56789 1234 123 12 0 bash",
           " <IRQ>",
           "<IRQ>",
           " <TASK>",
           "</TASK>",
           " <<EOE>>  [<ffffffff81051c5b>] foo+0x1/0x2",
           "<<EOE>>",
           "<0f> 0b 48 89",
           "<48> 8b 45 08",
           "<c7> 44 24",
           " ? func+0x10/0x20",
           "? func+0x10/0x20",
           "$ 0   : 00000000 10008400 00000000 00000001",
           "#1 [ffff88012345] panic at ffffffff8150d6d3",
           " #1 [ffff88012345] panic at ffffffff8150d6d3",
           " *** DEADLOCK ***",
           ">ffff888012345600: 00 00 00 fb",
           " ffff888012345580: fc fc fc fc",
           "-> #1 (&rq->lock){-.-.}-{2:2}:",
           "--- <IRQ stack> ---",
           "--- <NMI exception stack> ---",
           "  |",
           "  +-> reordered to: foo+0x1/0x2",
           "       |",
           " - foo",
           "* foo",
           "- foo",
           "+ foo",
           "|| preempt count: 00000001 ]",
           "3 locks held by modprobe/684:",
           "0: foo",
           "a.out[1234]: segfault at 0 ip 0000000000400496 sp 00007ffd error 6 in "
           "a.out[400000+1000]",
           "systemd[1]: segfault at 0 ip 0000000000400496",
           "watchdog: BUG: soft lockup - CPU#0 stuck for 22s! [swapper/0:0]",
           "Call Trace:",
           "RIP: 0010:foo+0x1/0x2 [bar]",
           "Code: 48 89 <0f> 0b",
           "task:foo state:D stack:0 pid:1 ppid:2",
           "Mem-Info:",
           "Jan was here",
           "sd 0:0:0:0: [sda] 1234 512-byte logical blocks",
           "[0:0:0:1]: attached",
           "pid 1 at [12:34]",
           "CR2: 00007fa9e40033c8 CR3: 000000001a00a003",
           "c0 1f 22 00 c8 13",
           "kernel BUG at mm/slub.c:1234!",
           "Modules linked in: a b [last unloaded: c]",
           "Exception stack(0xc0701f20 to 0xc0701f68)",
           "1f20: 00000001 00000000",
           "(null)",
           "R10: 0000000000000068 ORIG_RAX: ffffffffffffff13",
           "Showing all locks held in the system: a=3 b=20",
           "Tainted: G    B   W",
       }) {
    EXPECT_EQ(TextOf(text), text);
    if (text.front() != ' ') {
      EXPECT_EQ(TextOf("[   12.345678] " + std::string(text)), text);
      EXPECT_EQ(TextOf("[   12.345678][ T1452] " + std::string(text)), text);
      EXPECT_EQ(TextOf("Oct  9 14:40:33 host kernel: [   12.345678] " + std::string(text)), text);
    }
    EXPECT_EQ(TextOf("[   12.345678]  " + std::string(text)), " " + std::string(text));
    EXPECT_EQ(TextOf("kernel: " + std::string(text)), text);
  }
}

TEST(LineFramer, TellsWhatThePrefixesSay) {
  LineFramer framer;
  LogLine line = FrameOne(framer, "<4>[   12.345678][    C1] watchdog: BUG: soft lockup");
  EXPECT_EQ(line.level, 4);
  EXPECT_EQ(line.monotonic_us, 12345678);
  EXPECT_EQ(line.caller, "C1");
  EXPECT_TRUE(line.kernel_prefix);
  line = FrameOne(framer, "3,1187,25171342,-,caller=T1452;BUG: x");
  EXPECT_EQ(line.level, 3);
  EXPECT_EQ(line.monotonic_us, 25171342);
  EXPECT_EQ(line.caller, "T1452");
  line = FrameOne(framer, "12,607,22085407756,-;systemd text");
  EXPECT_TRUE(line.from_user_space);
  line = FrameOne(framer, "2023-11-01T14:24:39.378331+00:00 node7 kernel: [  166.112328] Oops");
  EXPECT_EQ(line.host, "node7");
  EXPECT_EQ(line.wall_time, "2023-11-01T14:24:39.378331+00:00");
  EXPECT_EQ(line.monotonic_us, 166112328);
  line = FrameOne(framer, "[   12.345678]  [1:   kworker/1:2:  123] Call Trace:");
  EXPECT_EQ(line.caller, "T123");
  line = FrameOne(framer, "Oct  9 14:40:33 node7 sshd[123]: Accepted");
  EXPECT_TRUE(line.foreign);
  EXPECT_EQ(line.text, "Accepted");
  line = FrameOne(framer, "Oct  9 14:40:33 node7 sudo: root");
  EXPECT_TRUE(line.foreign);
  line = FrameOne(framer, "Oct  9 14:40:33 node7 root: [   12.345678] Call Trace:");
  EXPECT_FALSE(line.foreign);
  EXPECT_EQ(line.text, "Call Trace:");
  EXPECT_FALSE(FrameOne(framer, "Call Trace:").kernel_prefix);
}

TEST(LineFramer, PeelsNestedPrefixes) {
  EXPECT_EQ(TextOf("> > Oct  9 14:40:33 host kernel: [   12.345678] [   12.345678] RIP: 0010:f"),
            "RIP: 0010:f");
  EXPECT_EQ(TextOf("vm-0: <4>[   12.345678][ T1]  f+0x1/0x2"), " f+0x1/0x2");
  EXPECT_EQ(TextOf("[Fri Feb 13 23:31:30 2009] 2009-02-13T23:31:30,123456+00:00 [   12.345678] a"),
            "a");
  EXPECT_EQ(TextOf("\xEF\xBB\xBF[   12.345678] a"), "a");
}

TEST(LineFramer, RestoresNoBreakSpaces) {
  LineFramer framer;
  const auto text = [&](std::string_view raw) { return std::string(FrameOne(framer, raw).text); };
  // Before the stream has shown that it lost them, a '?' is a '?'.
  EXPECT_EQ(text("FS:? 0"), "FS:? 0");
  EXPECT_EQ(text("  \u2022 [? 760.247221]? ? poke_int3_handler+0xe0/0xe0"),
            " ? poke_int3_handler+0xe0/0xe0");
  EXPECT_EQ(FrameOne(framer, "  \u2022 [? 760.247221]? on_each_cpu+0x28/0x60").monotonic_us,
            760247221);
  EXPECT_EQ(text("  \u2022 [? 760.247222]? on_each_cpu+0x28/0x60"), " on_each_cpu+0x28/0x60");
  EXPECT_EQ(text("  \u2022 [? 760.247243]? <IRQ>"), " <IRQ>");
  EXPECT_EQ(text("  \u2022 ??? [exception RIP: f+492]"), "    [exception RIP: f+492]");
  EXPECT_EQ(text("  \u2022 ?#0 [ffff92adf5c03d48] machine_kexec at ffffffffbc05bf3e"),
            " #0 [ffff92adf5c03d48] machine_kexec at ffffffffbc05bf3e");
  EXPECT_EQ(text("PID: 2635?? TASK: ffff92acd6cf17c0? CPU: 0"),
            "PID: 2635   TASK: ffff92acd6cf17c0  CPU: 0");
  EXPECT_TRUE(FrameOne(framer, "FS:? 0").repairs.nbsp_as_question);
  // A stamp that kept its blanks: another document of the same stream.
  EXPECT_EQ(text("[   12.345678] why? "), "why?");
  EXPECT_EQ(text("FS:? 0"), "FS:? 0");
  for (std::string_view evidence :
       {"PID: 2635?? TASK: ffff92acd6cf17c0? CPU: 0",
        "??? RAX: 0000000000000001? RBX: ffff92adf5c2ae80", "???????? CPUS: 4",
        "?#9 [ffff92adf5c03d48] f at ffffffffbc05bf3e"}) {
    LineFramer fresh;
    EXPECT_TRUE(FrameOne(fresh, evidence).repairs.nbsp_as_question) << evidence;
  }
}

TEST(LineFramer, RepairsBytes) {
  EXPECT_EQ(TextOf("\x1b[0;31m[   12.345678] \x1b[1mCall Trace:\x1b[0m\x1b[K\r"), "Call Trace:");
  EXPECT_EQ(TextOf(std::string("\r\0[   12.345678] a\tb\r\r", 22)), "a\tb");
  EXPECT_EQ(TextOf("[   12.345678]\u00a0\u00a0? f"), " ? f");
  EXPECT_EQ(TextOf("[   12.345678]\u00c2\u00a0\u00c2\u00a0f"), " f");
  EXPECT_EQ(TextOf("[   12.345678]\xa0\xa0"
                   "f"),
            " f");
  EXPECT_EQ(TextOf("[   12.345678] &lt;IRQ&gt; &amp;rq-&gt;lock &amp;lt;"), "<IRQ> &rq->lock <");
  EXPECT_EQ(TextOf("&gt; [   12.345678] a"), "a");
  EXPECT_EQ(TextOf("[   12.345678]#011a"), "\ta");
  EXPECT_EQ(TextOf("[   12.345678] rcu: #0110-....: (1 GPs behind)"),
            "rcu: \t0-....: (1 GPs behind)");
  EXPECT_EQ(TextOf("[   12.345678] CPU#0 CPU#01 a"), "CPU#0 CPU#01 a");
  EXPECT_EQ(TextOf("[   12.345678] a\u200bb"), "ab");
  EXPECT_EQ(TextOf("[   12.345678] a=3D1 b=3D2=20"), "a=1 b=2");
  EXPECT_EQ(TextOf("[   12.345678] gfp_mask=3D0x6202c2"), "gfp_mask=0x6202c2");
  EXPECT_EQ(TextOf("[   12.345678] status=3D5F"), "status=3D5F");
  EXPECT_EQ(TextOf("[   12.345678] PUD 5e29063 PMD 0=20"), "PUD 5e29063 PMD 0");
  EXPECT_EQ(TextOf("[   12.345678] size=20 order=20"), "size=20 order=20");
  EXPECT_EQ(TextOf("[32m[   12.345678] [0m[33mfoo: [0mtext"), "foo: text");
  EXPECT_EQ(TextOf("^[[0;31m[   12.345678] a^[[0m"), "a");
  EXPECT_EQ(TextOf("[   12.345678] bad \xff byte"), "bad \uFFFD byte");
}

TEST(LineFramer, TakesOffWhatClosesALine) {
  for (const std::string_view line :
       {"[   12.345678]  f+0x1/0x2^M", R"([   12.345678]  f+0x1/0x2\r\n)",
        R"("[   12.345678]  f+0x1/0x2\n",)", R"(b'[   12.345678]  f+0x1/0x2\r\n',)",
        R"(msg="[   12.345678]  f+0x1/0x2" vm="n7" pid=4)",
        R"(t,"text: ""[   12.345678]  f+0x1/0x2"",)",
        "<td>9</td><td>[   12.345678]  f+0x1/0x2</td></tr>",
        "[color=#F00][   12.345678]  f+0x1/0x2[/color]",
        "[   12.345678]  f+0x1/0x2          \u2502", "[   12.345678]  f+0x1/0x2^M$",
        "[   12.345678]  f&#43;0x1&#x2F;0x2"}) {
    EXPECT_EQ(TextOf(line), " f+0x1/0x2") << line;
  }
}

TEST(LineFramer, LeavesWhatOnlyLooksLikeACloser) {
  for (const std::string_view text :
       {" </TASK>", "page last allocated via order 0, can't say [in f]", "comm: it's", "echo '^'M",
        "value=\"a\", then b", "&#9;&#8226;&#x43", "C:n"}) {
    EXPECT_EQ(TextOf("[   12.345678] " + std::string(text)), text);
  }
  for (const std::string_view line : {"[/code]", "user@host:~$"}) EXPECT_EQ(TextOf(line), line);
}

TEST(LineFramer, FindsTheEndOfEachQuotedMessage) {
  LineFramer framer;
  const LogLine first = FrameOne(
      framer, R"({"values":[["1","[   12.345678] it's \"a\", b\n"],["2","[   12.345679]  c"]]})");
  EXPECT_EQ(first.text, R"(it's \"a\", b)");
  EXPECT_TRUE(first.closed);
  EXPECT_EQ(framer.Next()->text, " c");
  EXPECT_FALSE(framer.Next());
}

// The kernel spells bytes above 0x7f; what they spell may be cut, or never have been text.
TEST(LineFramer, BytesThatARecordSpellsAreUtf8) {
  LineFramer framer;
  EXPECT_EQ(FrameOne(framer, "6,1,2,-;\\xe6\\xb5\\xaa").text, "\xe6\xb5\xaa");
  const LogLine bad = FrameOne(framer, "6,1,2,-;a\\xadb");
  EXPECT_EQ(bad.text,
            "a\xef\xbf\xbd"
            "b");
  EXPECT_TRUE(bad.repairs.bad_utf8);
}

TEST(LineFramer, FindsFurtherMessagesInALine) {
  LineFramer framer;
  EXPECT_EQ(FrameOne(framer, "ubuntu login: [   12.345678] BUG: x").text, "BUG: x");
  EXPECT_FALSE(framer.Next());
  EXPECT_EQ(FrameOne(framer, "** 7 printk messages dropped ** [   12.345678] Call Trace:").text,
            "** 7 printk messages dropped **");
  const std::optional<LogLine> next = framer.Next();
  ASSERT_TRUE(next);
  EXPECT_EQ(next->text, "Call Trace:");
  EXPECT_EQ(next->monotonic_us, 12345678);
  EXPECT_FALSE(framer.Next());
  EXPECT_EQ(FrameOne(framer, "[   12.345678] a<4>[   12.345679][ T1]  b").text, "a");
  EXPECT_EQ(framer.Next()->text, " b");
  EXPECT_EQ(FrameOne(framer, "6,1,2,-;a\\x0ab\\x0ac").text, "a");
  EXPECT_EQ(framer.Next()->text, "b");
  EXPECT_EQ(framer.Next()->text, "c");
  EXPECT_FALSE(framer.Next());
}

TEST(LineFramer, AProgramsLinesAreOneByOne) {
  LineFramer framer;
  const LogLine first = FrameOne(framer, "Nov 21 16:31:02 host app[812]: first#012second");
  EXPECT_TRUE(first.foreign);
  EXPECT_EQ(first.text, "first");
  const auto second = framer.Next();
  ASSERT_TRUE(second);
  EXPECT_TRUE(second->foreign);
  EXPECT_EQ(second->text, "second");
  EXPECT_FALSE(framer.Next());
}

TEST(LineFramer, RestoresBrackets) {
  LineFramer framer;
  FrameOne(framer, "\u00DD16109.346170\u00A8 Call Trace:");
  const LogLine line = FrameOne(
      framer, "> \u00DD16109.346179\u00A8 (\u00DD<0000000000100920>\u00A8 show_trace+0x128/0x12c)");
  EXPECT_EQ(line.text, "([<0000000000100920>] show_trace+0x128/0x12c)");
  EXPECT_EQ(line.monotonic_us, 16109346179);
}

TEST(LineFramer, ContinuesAMessageOfSeveralLines) {
  LineFramer framer;
  EXPECT_EQ(framer.Frame("[   12.345678] first", 7, 0, 0).text, "first");
  const LogLine second = framer.Frame("                second", 8, 0, 0);
  EXPECT_EQ(second.text, " second");
  EXPECT_TRUE(second.continuation);
  EXPECT_EQ(second.monotonic_us, 12345678);
  EXPECT_EQ(framer.Frame("                not next", 10, 0, 0).text, "                not next");
  EXPECT_EQ(framer.Frame("[   12.345678] again", 11, 0, 0).text, "again");
  EXPECT_EQ(framer.Frame("               two#012lines", 12, 0, 0).text, "two");
  EXPECT_EQ(framer.Next()->text, "lines");
}

TEST(LineFramer, CountsRepeats) {
  LineFramer framer;
  const LogLine line = FrameOne(
      framer, "Oct  9 14:40:33 host kernel: message repeated 3 times: [ [   12.345678] Oops]");
  EXPECT_EQ(line.repeated, 3u);
  EXPECT_EQ(line.text, "Oops");
  const LogLine last = FrameOne(framer, "Oct  9 14:40:33 host last message repeated 2 times");
  EXPECT_EQ(last.repeated, 2u);
  EXPECT_TRUE(last.foreign);
}

TEST(LineFramer, TakesAnyBytes) {
  LineFramer framer;
  uint64_t state = 1;
  const auto next = [&] {
    return state = state * 6364136223846793005u + 1442695040888963407u, state >> 33;
  };
  constexpr std::string_view kAlphabet = "[]<>0123456789.:, ?#=&;\x01\xA0\xC2\x1b\r\n\tT-|kernel:";
  for (int round = 0; round < 100'000; ++round) {
    std::string line;
    for (uint64_t size = next() % 48; size > 0; --size) {
      line.push_back(next() % 8 == 0 ? static_cast<char>(next())
                                     : kAlphabet[next() % kAlphabet.size()]);
    }
    framer.Frame(line, 1, 0, line.size());
    while (framer.Next()) {
    }
  }
  for (std::string_view unit : {"x", "> ", "[   12.345678] ", "<4>", "&lt;", "=3D", "?", " ",
                                "\x1b[0m", "\xC2\xA0", "[", "kernel: ", "[ T1]", "| ", "1,"}) {
    std::string line;
    while (line.size() < (1 << 20)) line += unit;
    framer.Frame(line, 1, 0, line.size());
    int further = 0;
    while (framer.Next()) ++further;
    EXPECT_LE(further, 1 << 17);
  }
}

}  // namespace
}  // namespace oops::log
