// Any textproto as a known bug: refused with a reason, or a matcher that works.
#include <google/protobuf/stubs/logging.h>
#include <google/protobuf/text_format.h>

#include <string>
#include <vector>

#include "lib/knownbugs/matcher.h"
#include "lib/oops.h"
#include "tests/fuzz/check.h"

namespace oops::fuzz {
namespace {

constexpr std::string_view kLog =
    "[  100.000000] BUG: unable to handle kernel NULL pointer dereference at 0000000000000018\n"
    "[  100.000001] IP: [<ffffffff811f6b1d>] put_page+0xd/0x30\n"
    "[  100.000002] Oops: 0000 [#1] SMP\n"
    "[  100.000003] CPU: 3 PID: 77 Comm: kworker/3:1 Not tainted 3.10.0-327.el7.x86_64 #1\n"
    "[  100.000004] RIP: 0010:[<ffffffff811f6b1d>]  [<ffffffff811f6b1d>] put_page+0xd/0x30\n"
    "[  100.000005] RAX: 0000000000000000 RBX: ffff88085f2d0000 RCX: 0000000000000001\n"
    "[  100.000006] Call Trace:\n"
    "[  100.000007]  <IRQ>\n"
    "[  100.000008]  [<ffffffff8125be13>] ext4_finish_bio+0x273/0x2a0 [ext4]\n"
    "[  100.000009]  <EOI>\n"
    "[  100.000010]  [<ffffffff81090b2f>] ? worker_thread+0x11f/0x3a0\n"
    "[  100.000011] Code: 48 89 e5 41 54 <f3> 90 48 8b 07 f6 c4 80 75 10\n"
    "[  100.000012] ---[ end trace 326ab80eeb2c3415 ]---\n"
    "[  101.000000] watchdog: BUG: soft lockup - CPU#3 stuck for 23s! [kworker/3:1:77]\n"
    "[  101.000001] RIP: 0010:queued_spin_lock_slowpath+0x5/0x1d0\n"
    "[  101.000002] Call Trace:\n"
    "[  101.000003]  ext4_end_bio+0xc8/0x190\n";

const std::vector<CrashRecord>& Records() {
  static const std::vector<CrashRecord> records = ParseLog(kLog);
  return records;
}

}  // namespace
}  // namespace oops::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace oops;
  const google::protobuf::LogSilencer quiet;
  KnownBug bug;
  const std::string text(reinterpret_cast<const char*>(data), size);
  if (!google::protobuf::TextFormat::ParseFromString(text, &bug)) return 0;
  const auto matcher = knownbugs::Matcher::Create({bug});
  if (!matcher.ok()) {
    fuzz::Check(!matcher.status().message().empty(), "a refusal has a reason", text);
    return 0;
  }
  fuzz::Check(matcher->bugs().size() == 1 && matcher->bugs()[0].id() == bug.id(),
              "the bug is kept");
  std::vector<const CrashRecord*> companions;
  for (const CrashRecord& record : fuzz::Records()) companions.push_back(&record);
  for (CrashRecord record : fuzz::Records()) {
    matcher->Match(companions, record);
    fuzz::Check(record.known_bugs_size() <= 1, "one bug matches once", text);
    for (const KnownBugMatch& match : record.known_bugs()) {
      fuzz::Check(match.confidence() >= 0 && match.confidence() <= 1, "confidence is 0 to 1", text);
    }
    matcher->Match(companions, record);
    fuzz::Check(record.known_bugs_size() <= 1, "matching again replaces", text);
  }
  return 0;
}
