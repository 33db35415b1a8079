// How fast lines are peeled, by look of the stream: bytes of log per second of CPU.
#include <benchmark/benchmark.h>

#include <string>
#include <string_view>
#include <vector>

#include "lib/log/line_framer.h"

namespace oops::log {
namespace {

constexpr std::string_view kBody[] = {
    "watchdog: BUG: soft lockup - CPU#0 stuck for 23s! [kworker/0:1:2635]",
    "CPU: 0 PID: 2635 Comm: kworker/0:1 Kdump: loaded Tainted: G            E    ---------r-  - "
    "4.18.0 #4",
    "RIP: 0010:smp_call_function_many+0x1ec/0x250",
    "Code: c7 e8 08 fa 74 00 3b 05 96 ee 2b 01 0f 83 99 fe ff ff 48 63 d0 48 8b 0b 48 03 0c d5 60 "
    "d8 15 bd 8b 51 18",
    "RAX: 0000000000000001 RBX: ffff92adf5c2ae80 RCX: ffff92adf5c704e0",
    "Call Trace:",
    " ? poke_int3_handler+0xe0/0xe0",
    " on_each_cpu+0x28/0x60",
    " arch_jump_label_transform_apply+0x2e/0x50 [some_module]",
    "---[ end trace 326ab80eeb2c3415 ]---",
};

void BM_Frame(benchmark::State& state, std::string_view prefix) {
  std::vector<std::string> lines;
  size_t bytes = 0;
  for (std::string_view text : kBody) {
    lines.push_back(std::string(prefix) + std::string(text));
    bytes += lines.back().size() + 1;
  }
  LineFramer framer;
  for (size_t i = 0; i < lines.size(); ++i) {
    if (framer.Frame(lines[i], 1, 0, 0).text != kBody[i]) state.SkipWithError("framed wrongly");
  }
  for (auto _ : state) {
    for (const std::string& line : lines)
      benchmark::DoNotOptimize(framer.Frame(line, 1, 0, line.size()));
  }
  state.SetBytesProcessed(static_cast<int64_t>(state.iterations() * bytes));
}

BENCHMARK_CAPTURE(BM_Frame, bare, "");
BENCHMARK_CAPTURE(BM_Frame, dmesg, "[   12.345678] ");
BENCHMARK_CAPTURE(BM_Frame, caller, "<4>[   12.345678][ T1452] ");
BENCHMARK_CAPTURE(BM_Frame, syslog, "Oct  9 14:40:33 host kernel: [   12.345678] ");
BENCHMARK_CAPTURE(BM_Frame, kmsg, "3,1187,25171342,-,caller=T1452;");
BENCHMARK_CAPTURE(BM_Frame, quoted, "> > [   12.345678] ");
BENCHMARK_CAPTURE(BM_Frame, colour, "\x1b[0m[   12.345678] ");

}  // namespace
}  // namespace oops::log
