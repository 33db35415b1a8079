#include "tests/facade/sample.h"

#include <algorithm>
#include <cstdio>

namespace oops::facade {
namespace {

std::string Stamp(int64_t us) {
  char stamp[40];
  std::snprintf(stamp, sizeof stamp, "[%5lld.%06lld] ", static_cast<long long>(us / 1'000'000),
                static_cast<long long>(us % 1'000'000));
  return stamp;
}

// Samples hold no control characters.
std::string Quoted(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted.push_back('\\');
    quoted.push_back(c);
  }
  return quoted + "\"";
}

std::string Number(int64_t value) { return std::to_string(value); }

void Append(Messages& messages, Messages more) {
  messages.insert(messages.end(), more.begin(), more.end());
}

}  // namespace

Messages Split(std::string_view text, int64_t us, int level) {
  Messages messages;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    messages.push_back({us++, level, std::string(text.substr(0, end))});
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return messages;
}

std::string NullDereference(int oops_count) {
  const std::string text = R"(BUG: kernel NULL pointer dereference, address: 0000000000000018
#PF: supervisor read access in kernel mode
#PF: error_code(0x0000) - not-present page
PGD 0 P4D 0
Oops: 0000 [#@] SMP PTI
CPU: 2 PID: 310@ Comm: lampctl Tainted: G      D    O      5.10.0 #7
Hardware name: QEMU Standard PC (Q35 + ICH9, 2009), BIOS 1.16.2-1 04/01/2014
RIP: 0010:lamp_dim+0x1f/0x60 [lamp]
Code: 0f 1f 44 00 00 55 48 89 e5 53 48 89 fb 48 8b 47 08 85 f6 74 1a <48> 8b 40 18 48 85 c0 74 11 89 f7 ff d0 5b 5d c3
RSP: 0018:ffffb1f2c0a37e18 EFLAGS: 00010202
RAX: 0000000000000000 RBX: ffff9a1384f2b400 RCX: 0000000000000000
RDX: 0000000000000001 RSI: 0000000000000001 RDI: ffff9a1384f2b400
RBP: ffffb1f2c0a37e20 R08: 0000000000000000 R09: 0000000000000000
R10: 0000000000000000 R11: 0000000000000000 R12: ffff9a1383c1d700
R13: 0000000000000001 R14: ffff9a1383c1d700 R15: 0000000000000000
FS:  00007f21f0c4e540(0000) GS:ffff9a13fbd00000(0000) knlGS:0000000000000000
CS:  0010 DS: 0000 ES: 0000 CR0: 0000000080050033
CR2: 0000000000000018 CR3: 0000000104c4a000 CR4: 00000000000006e0
Call Trace:
 lamp_ioctl+0x4b/0x90 [lamp]
 __x64_sys_ioctl+0x83/0xb0
 do_syscall_64+0x33/0x40
 entry_SYSCALL_64_after_hwframe+0x44/0xa9
Modules linked in: lamp(O) loop
CR2: 0000000000000018
---[ end trace 5b1c0f3a9d2e4c7@ ]---)";
  std::string numbered = text;
  std::replace(numbered.begin(), numbered.end(), '@', static_cast<char>('0' + oops_count));
  return numbered;
}

std::string HungTask() {
  return R"(INFO: task lampd:88 blocked for more than 120 seconds.
      Not tainted 5.10.0 #7
"echo 0 > /proc/sys/kernel/hung_task_timeout_secs" disables this message.
task:lampd           state:D stack:    0 pid:   88 ppid:     2 flags:0x00004000
Call Trace:
 __schedule+0x2e2/0x850
 schedule+0x46/0xb0
 schedule_preempt_disabled+0xa/0x10
 lamp_wait+0x51/0x80 [lamp]
 kthread+0x116/0x130)";
}

Messages Log() {
  constexpr int64_t kSecond = 1'000'000;
  Messages messages = Split(
      "Linux version 5.10.0 (me@box) (gcc (GCC) 10.2.1) #7 SMP Mon Jan 4 10:00:00 UTC 2021", 0, 5);
  for (int i = 0; i < 20; ++i) {
    Append(messages,
           Split("lamp 0000:00:0" + Number(i % 8) + ".0: registered as \"lamp\"", kSecond + i, 6));
  }
  Append(messages, Split(HungTask(), 300 * kSecond, 3));
  Append(messages, Split("lamp: link is up", 320 * kSecond, 6));
  Append(messages, Split(NullDereference(1), 330 * kSecond));
  Append(messages, Split("lamp: link is down", 331 * kSecond, 6));
  Append(messages, Split(NullDereference(2), 332 * kSecond));
  Append(messages, Split("lamp: link is up", 340 * kSecond, 6));
  return messages;
}

std::string AsDmesg(const Messages& messages) {
  std::string log;
  for (const Message& message : messages) log += Stamp(message.us) + message.text + "\n";
  return log;
}

std::string AsJournal(const Messages& messages) {
  std::string log;
  for (const Message& message : messages) {
    log +=
        "{\"__MONOTONIC_TIMESTAMP\":\"" + Number(message.us + 500) +
        "\",\"_SOURCE_MONOTONIC_TIMESTAMP\":\"" + Number(message.us) +
        "\",\"_TRANSPORT\":\"kernel\",\"SYSLOG_IDENTIFIER\":\"kernel\",\"SYSLOG_FACILITY\":\"0\","
        "\"_HOSTNAME\":\"box\",\"PRIORITY\":\"" +
        Number(message.level) + "\",\"MESSAGE\":" + Quoted(message.text) + "}\n";
  }
  return log;
}

std::string AsExport(const Messages& messages) {
  std::string log;
  for (const Message& message : messages) {
    log += "__CURSOR=s=1;i=" + Number(message.us) +
           "\n__MONOTONIC_TIMESTAMP=" + Number(message.us) +
           "\n_SOURCE_MONOTONIC_TIMESTAMP=" + Number(message.us) +
           "\n_TRANSPORT=kernel\nSYSLOG_IDENTIFIER=kernel\n_HOSTNAME=box\nPRIORITY=" +
           Number(message.level) + "\nMESSAGE=" + message.text + "\n\n";
  }
  return log;
}

std::string AsDmesgJson(const Messages& messages) {
  std::string log = "{\n   \"dmesg\": [\n";
  for (const Message& message : messages) {
    if (&message != &messages.front()) log += ",\n";
    const std::string stamp = Stamp(message.us);
    log += "      {\n         \"pri\": " + Number(message.level) +
           ",\n         \"time\": " + stamp.substr(1, stamp.size() - 3) +
           ",\n         \"msg\": " + Quoted(message.text) + "\n      }";
  }
  return log + "\n   ]\n}\n";
}

std::string AsKmsg(const Messages& messages) {
  std::string log;
  int sequence = 0;
  for (const Message& message : messages) {
    log += Number(message.level) + "," + Number(sequence++) + "," + Number(message.us) + ",-;" +
           message.text + "\n";
  }
  return log;
}

std::string AsPstore(const Messages& messages) {
  std::string text;
  for (const Message& message : messages) {
    text += "<" + Number(message.level) + ">" + Stamp(message.us) + message.text + "\n";
  }
  std::string log;
  for (int part = 1; !text.empty(); ++part) {
    size_t begin = text.rfind("lamp: link");
    begin = begin == std::string::npos ? 0 : text.rfind('\n', begin) + 1;
    log += "Oops#1 Part" + Number(part) + "\n" + text.substr(begin);
    text.resize(begin);
  }
  return log;
}

std::string Summary(const std::vector<CrashRecord>& records) {
  std::string summary;
  for (const CrashRecord& record : records) {
    summary += Kind_Name(record.kind()) + " " + record.title() + " " + record.arch() + " " +
               Role_Name(record.incident().role()) + ":";
    for (const Stack& stack : record.stacks()) {
      for (const Frame& frame : stack.frames()) summary += " " + frame.function();
    }
    summary += "\n";
  }
  return summary;
}

}  // namespace oops::facade
