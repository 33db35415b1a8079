// How fast containers are decoded and their records framed: bytes of the container per second of
// CPU.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <optional>
#include <string>

#include "lib/log/decoder.h"
#include "lib/log/line_framer.h"

namespace oops::log {
namespace {

constexpr int kRecords = 1000;

std::string Number(int i) { return std::to_string(1'696'862'433'000'000 + i); }

std::string JournalJson(int i) {
  return R"({"__CURSOR":"s=4b9a;i=1c2;b=0f","__REALTIME_TIMESTAMP":")" + Number(i) +
         R"(","__MONOTONIC_TIMESTAMP":"170000000","_BOOT_ID":"0f3a","_TRANSPORT":"kernel",)"
         R"("PRIORITY":"4","SYSLOG_IDENTIFIER":"kernel","_SOURCE_MONOTONIC_TIMESTAMP":"1661123",)"
         R"("_HOSTNAME":"node7","MESSAGE":"usb 1-1: new USB device number 2 using xhci_hcd"})"
         "\n";
}
std::string JournalExport(int i) {
  return "__CURSOR=s=4b9a;i=1c2;b=0f\n__REALTIME_TIMESTAMP=" + Number(i) +
         "\n__MONOTONIC_TIMESTAMP=170000000\n_BOOT_ID=0f3a\n_TRANSPORT=kernel\nPRIORITY=4\nSYSLOG_"
         "IDENTIFIER=kernel\n"
         "_SOURCE_MONOTONIC_TIMESTAMP=166112328\n_HOSTNAME=node7\n"
         "MESSAGE=usb 1-1: new USB device number 2 using xhci_hcd\n\n";
}
std::string Docker(int) {
  return R"({"log":"[  166.112328] usb 1-1: new USB device number 2 using xhci_hcd\n","stream":"stdout",)"
         R"("time":"2023-10-09T14:40:33.112328123Z"})"
         "\n";
}
std::string Kmsg(int i) {
  return "6," + std::to_string(i) +
         ",166112328,-,caller=T12;usb 1-1: new USB device number 2 using xhci_hcd\n" +
         " SUBSYSTEM=usb\n DEVICE=c189:1\n";
}

void BM_Decode(benchmark::State& state, std::string (*record)(int)) {
  std::string bytes;
  for (int i = 0; i < kRecords; ++i) bytes += record(i);
  const Container container = DetectContainer(bytes, true).value_or(Container::kText);
  for (auto _ : state) {
    RecordDecoder decoder(container);
    LineFramer framer;
    int lines = 0;
    const RecordSink sink = [&](const LogLine& entry) {
      for (std::optional<LogLine> line = framer.Text(entry.text, entry); line;
           line = framer.Next()) {
        lines += line->text == "usb 1-1: new USB device number 2 using xhci_hcd" ? 1 : 0;
      }
    };
    decoder.Feed(bytes, sink);
    decoder.Finish(sink);
    if (lines != kRecords) state.SkipWithError("decoded wrongly");
  }
  state.SetBytesProcessed(static_cast<int64_t>(state.iterations() * bytes.size()));
}

BENCHMARK_CAPTURE(BM_Decode, journal_json, JournalJson);
BENCHMARK_CAPTURE(BM_Decode, journal_export, JournalExport);
BENCHMARK_CAPTURE(BM_Decode, docker, Docker);
BENCHMARK_CAPTURE(BM_Decode, kmsg, Kmsg);

}  // namespace
}  // namespace oops::log
