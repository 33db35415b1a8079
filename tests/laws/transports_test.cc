// The record must not depend on the transport that carried the kernel's lines: what a console
// showed is told again as each of them writes it.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <ctime>
#include <string>
#include <string_view>
#include <vector>

#include "tests/corpus/cases.h"
#include "tests/laws/records.h"

namespace oops::laws {
namespace {

struct KernelLine {
  int64_t microseconds;
  int64_t seconds;  // since the first line
  std::string_view text;
  std::string_view printed;  // with its stamp
};
using KernelLines = std::vector<KernelLine>;

// Of a log that is nothing but "[   12.345678] text"; empty for any other, and where the clock
// steps back. Callers' ids are left out: not every transport has a place for them.
KernelLines LinesOf(std::string_view log) {
  constexpr int64_t kStep = 1'000'000;  // CPUs' stamps may lag behind each other by less
  KernelLines lines;
  while (!log.empty()) {
    const std::string_view line = log.substr(0, log.find('\n'));
    log.remove_prefix(std::min(line.size() + 1, log.size()));
    long long seconds = 0;
    int micros = 0;
    int end = 0;
    const std::string copy(line);
    std::sscanf(copy.c_str(), "[%lld.%6d]%n", &seconds, &micros, &end);
    if (end == 0 || line.find('\r') != line.npos) return {};
    if (line.substr(static_cast<size_t>(end), 1) == "[") return {};
    const int64_t now = seconds * 1'000'000 + micros;
    if (!lines.empty() && now < lines.back().microseconds - kStep) return {};
    const size_t text = std::min(static_cast<size_t>(end) + 1, line.size());
    const int64_t first = lines.empty() ? seconds : lines.front().microseconds / 1'000'000;
    lines.push_back({now, seconds - first, line.substr(text), line});
  }
  return lines;
}

std::string Escaped(std::string_view text, const char* format, std::string_view special) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    char escape[16];
    std::snprintf(escape, sizeof(escape), format, byte);
    const bool plain = byte >= ' ' && special.find(c) == special.npos;
    out += plain ? std::string(1, c) : escape;
  }
  return out;
}
std::string Json(std::string_view text) { return '"' + Escaped(text, "\\u%04x", "\"\\") + '"'; }
std::string Number(int64_t value) { return std::to_string(value); }

// The wall clock; all logs begin at half past four on 21 November 2026.
std::string Wall(const KernelLine& line, const char* format) {
  constexpr std::time_t kStart = 1'795'278'600;
  const std::time_t now = kStart + static_cast<std::time_t>(line.seconds);
  std::tm fields{};
  gmtime_r(&now, &fields);
  char text[64];
  return std::string(text, std::strftime(text, sizeof(text), format, &fields));
}

using Render = std::string (*)(const KernelLine& line, int64_t number);

std::string Kmsg(const KernelLine& line, int64_t number) {
  return "4," + Number(number) + "," + Number(line.microseconds) + ",-;" +
         Escaped(line.text, "\\x%02x", "\\\x7f") + "\n";
}
std::string DeviceKmsg(const KernelLine& line, int64_t number) {
  return Kmsg(line, number) +
         (number % 7 == 0 ? " SUBSYSTEM=pci\n DEVICE=+pci:0000:00:02.0\n" : "");
}
std::string DoubledKmsg(const KernelLine& line, int64_t number) {
  const std::string record = Kmsg(line, number);
  return number % 3 == 0 ? record + record : record;
}
std::string RawLevel(const KernelLine& line, int64_t) {
  return "<4>" + std::string(line.printed) + "\n";
}
std::string DmesgX(const KernelLine& line, int64_t) {
  return "kern  :warn  : " + std::string(line.printed) + "\n";
}
std::string DmesgJson(const KernelLine& line, int64_t number) {
  return std::string(number == 0 ? "{\n   \"dmesg\": [\n      {" : ",{") +
         "\n         \"pri\": 4,\n         \"time\": " + Number(line.microseconds / 1'000'000) +
         "." + Number(1'000'000 + line.microseconds % 1'000'000).substr(1) +
         ",\n         \"msg\": " + Json(line.text) + "\n      }";
}
std::string Rfc3164(const KernelLine& line, int64_t) {
  return Wall(line, "%b %d %H:%M:%S") + " host kernel: " + std::string(line.printed) + "\n";
}
std::string Rfc5424(const KernelLine& line, int64_t) {
  return "<4>1 " + Wall(line, "%Y-%m-%dT%H:%M:%S") + ".123456Z host kernel - - - " +
         std::string(line.printed) + "\n";
}
std::string JournalExport(const KernelLine& line, int64_t number) {
  return "__CURSOR=s=0639;i=" + Number(number) +
         "\n_TRANSPORT=kernel\nPRIORITY=4\n_SOURCE_MONOTONIC_TIMESTAMP=" +
         Number(line.microseconds) + "\nMESSAGE=" + std::string(line.text) + "\n\n";
}
std::string JournalVerbose(const KernelLine& line, int64_t number) {
  return Wall(line, "%a %Y-%m-%d %H:%M:%S") + ".123456 UTC [s=0639;i=" + Number(number) +
         ";b=c1]\n    _TRANSPORT=kernel\n    MESSAGE=" + std::string(line.text) +
         "\n    _SOURCE_MONOTONIC_TIMESTAMP=" + Number(line.microseconds) + "\n";
}
std::string JournalJson(const KernelLine& line, int64_t) {
  return "{\"_TRANSPORT\":\"kernel\",\"_SOURCE_MONOTONIC_TIMESTAMP\":\"" +
         Number(line.microseconds) + "\",\"MESSAGE\":" + Json(line.text) + "}\n";
}
std::string Docker(const KernelLine& line, int64_t) {
  return "{\"log\":" + Json(std::string(line.printed) + "\n") + ",\"stream\":\"stdout\"}\n";
}
std::string CloudLogging(const KernelLine& line, int64_t number) {
  return std::string(number == 0 ? "[" : ",") + "\n  {\n    \"insertId\": \"b" + Number(number) +
         "\",\n    \"textPayload\": " + Json(line.printed) + ",\n    \"timestamp\": \"" +
         Wall(line, "%Y-%m-%dT%H:%M:%S") + ".123456Z\"\n  }";
}
std::string CloudWatch(const KernelLine& line, int64_t number) {
  return std::string(number == 0 ? "{\n    \"events\": [" : ",") +
         "\n        {\n            \"timestamp\": 1795278600123,\n            \"message\": " +
         Json(line.printed) + "\n        }";
}
std::string OpenTelemetry(const KernelLine& line, int64_t) {
  return "{\"resourceLogs\":[{\"resource\":{},\"scopeLogs\":[{\"scope\":{},\"logRecords\":["
         "{\"severityText\":\"WARN\",\"body\":{\"stringValue\":" +
         Json(line.printed) + "}}]}]}]}\n";
}
std::string Gelf(const KernelLine& line, int64_t) {
  return "{\"version\":\"1.1\",\"host\":\"host\",\"short_message\":" + Json(line.printed) +
         ",\"timestamp\":1795278600.123,\"level\":4}\n";
}
std::string Elasticsearch(const KernelLine& line, int64_t) {
  return "{\"_index\":\"kernel\",\"_source\":{\"agent\":{\"type\":\"filebeat\"},\"message\":" +
         Json(line.printed) + "}}\n";
}
std::string Libreport(const KernelLine& line, int64_t) {
  return ":" + std::string(line.printed) + "\n";
}
std::string Logcat(const KernelLine& line, int64_t) {
  return Wall(line, "%m-%d %H:%M:%S") + ".123 W/        (    0): " + std::string(line.printed) +
         "\n";
}
std::string XenGuest(const KernelLine& line, int64_t) {
  return "(XEN) [" + Wall(line, "%Y-%m-%d %H:%M:%S") + "] (d1) " + std::string(line.printed) + "\n";
}
std::string MailQuote(const KernelLine& line, int64_t) {
  return "> > " + std::string(line.printed) + "\n";
}
std::string Serial(const KernelLine& line, int64_t) { return std::string(line.printed) + "\r\r\n"; }
std::string WebPage(const KernelLine& line, int64_t) {
  std::string text;
  for (const char c : line.printed) {
    text += c == '<' ? "&lt;" : c == '>' ? "&gt;" : c == '&' ? "&amp;" : std::string(1, c);
  }
  return "<div class=\"line\">" + text + "</div>\n";
}
std::string Utf16(const KernelLine& line, int64_t number) {
  std::string text = number == 0 ? "\xFF\xFE" : "";
  for (const char c : std::string(line.printed) + "\r\n") text += {c, '\0'};
  return text;
}

struct Transport {
  std::string_view name;
  Render render;
  bool ascii_only = false;    // the renderer knows no other characters
  std::string_view end = {};  // after the last line
};
constexpr Transport kTransports[] = {
    {"dmesg -r", RawLevel},
    {"dmesg -x", DmesgX},
    {"dmesg -J", DmesgJson, false, "\n   ]\n}\n"},
    {"/dev/kmsg", DeviceKmsg},
    {"extended netconsole, doubled", DoubledKmsg},
    {"RFC 3164", Rfc3164},
    {"RFC 5424", Rfc5424},
    {"journalctl -o export", JournalExport},
    {"journalctl -o verbose", JournalVerbose},
    {"journalctl -o json", JournalJson},
    {"Docker", Docker},
    {"Google Cloud Logging", CloudLogging, false, "\n]\n"},
    {"aws logs get-log-events", CloudWatch, false,
     "\n    ],\n    \"nextForwardToken\": \"f/39\"\n}\n"},
    {"OpenTelemetry", OpenTelemetry},
    {"GELF", Gelf},
    {"Elasticsearch", Elasticsearch},
    {"libreport", Libreport},
    {"logcat -v time", Logcat},
    {"Xen guest", XenGuest},
    {"mail quote", MailQuote},
    {"serial console", Serial},
    {"web page", WebPage},
    {"UTF-16", Utf16, true},
};

// What the kernel said, without what only the transport can know.
Records KernelsOwn(const Records& records) {
  Records own;
  for (const CrashRecord& record : records) {
    own.push_back(WithoutPlaces(record));
    Source source;
    if (record.source().has_monotonic_us()) {
      source.set_monotonic_us(record.source().monotonic_us());
      source.set_last_monotonic_us(record.source().last_monotonic_us());
    }
    *own.back().mutable_source() = source;
    own.back().clear_damage();
  }
  return own;
}

bool IsAscii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c > 0; });
}

TEST(Transports, CarryTheSameRecords) {
  size_t plain = 0;
  for (const corpus::Case& which : corpus::AllCases()) {
    const KernelLines lines = LinesOf(which.log);
    if (lines.empty()) continue;
    ++plain;
    const Records expected = KernelsOwn(ParseLog(which.log));
    for (const Transport& transport : kTransports) {
      if (transport.ascii_only && !IsAscii(which.log)) continue;
      std::string log;
      int64_t number = 0;
      for (const KernelLine& line : lines) log += transport.render(line, number++);
      log += transport.end;
      const std::string difference = Difference(expected, KernelsOwn(ParseLog(log)));
      EXPECT_TRUE(difference.empty()) << which.name << " by " << transport.name << ":\n"
                                      << difference;
    }
  }
  EXPECT_GT(plain, 100u);
}

}  // namespace
}  // namespace oops::laws
