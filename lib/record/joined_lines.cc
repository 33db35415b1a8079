#include "lib/record/joined_lines.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "lib/grammar/chars.h"

namespace oops::record {
namespace {

constexpr size_t kLeastText = 200;  // bytes: no line of the kernel's but lists of modules is longer
constexpr size_t kMostText = 64 << 10;
constexpr size_t kLeastLines = 4;

constexpr std::string_view kDie = "Internal error: ";  // of arm, which goes on with "Oops: 817"

enum class Behind { kAnything, kDigit, kHex, kBracket };

// How lines begin, and what stands behind it: die() and show_regs() of the architectures, WARN(),
// panic().
struct Beginning {
  std::string_view words;
  Behind behind;
};
constexpr Beginning kBeginnings[] = {
    {"IP: ", Behind::kBracket},
    {"PGD ", Behind::kHex},
    {"*pde = ", Behind::kHex},
    {"*pdpt = ", Behind::kHex},
    {"Oops: ", Behind::kDigit},
    {"last sysfs file: ", Behind::kAnything},
    {"Modules linked in:", Behind::kAnything},
    {"Pid: ", Behind::kDigit},
    {"CPU: ", Behind::kDigit},
    {"CPU ", Behind::kDigit},
    {"Hardware name: ", Behind::kAnything},
    {"Workqueue: ", Behind::kAnything},
    {"task: ", Behind::kHex},
    {"EIP: ", Behind::kHex},
    {"EIP: ", Behind::kBracket},
    {"EIP is at ", Behind::kAnything},
    {"EFLAGS: ", Behind::kHex},
    {"EAX: ", Behind::kHex},
    {"RIP: ", Behind::kHex},
    {"RIP ", Behind::kBracket},
    {"RSP: ", Behind::kDigit},
    {"RAX: ", Behind::kHex},
    {"Process ", Behind::kAnything},
    {"Stack:", Behind::kAnything},
    {"Call Trace:", Behind::kAnything},
    {"Code: ", Behind::kHex},
    {"---[ end trace ", Behind::kHex},
    {"Kernel panic - not syncing: ", Behind::kAnything},
    // arm, arm64
    {"pgd = ", Behind::kHex},
    {"Mem abort info:", Behind::kAnything},
    {"Data abort info:", Behind::kAnything},
    {kDie, Behind::kAnything},
    {"PC is at ", Behind::kAnything},
    {"LR is at ", Behind::kAnything},
    {"pc : ", Behind::kAnything},
    {"sp : ", Behind::kHex},
    {"pstate: ", Behind::kHex},
    {"Flags: ", Behind::kAnything},
    {"Control: ", Behind::kHex},
    {"Backtrace:", Behind::kAnything},
    {"Function entered at ", Behind::kBracket},
    {"Call trace:", Behind::kAnything},
    // mips, riscv
    {"Hi : ", Behind::kHex},
    {"Lo : ", Behind::kHex},
    {"epc : ", Behind::kAnything},
    {"Status: ", Behind::kHex},
    {"Cause : ", Behind::kHex},
    {"BadVA : ", Behind::kHex},
    {"PrId : ", Behind::kHex},
    // powerpc, s390
    {"Faulting instruction address: ", Behind::kAnything},
    {"NIP: ", Behind::kHex},
    {"REGS: ", Behind::kHex},
    {"MSR: ", Behind::kHex},
    {"GPR00: ", Behind::kHex},
    {"NIP [", Behind::kHex},
    {"LR [", Behind::kHex},
    {"Instruction dump:", Behind::kAnything},
    {"Krnl PSW : ", Behind::kHex},
    {"Krnl GPRS: ", Behind::kHex},
    {"Krnl Code: ", Behind::kAnything},
    {"Last Breaking-Event-Address:", Behind::kAnything},
};

// Every report has one of them, and no other line has it in its midst.
constexpr std::string_view kTraces[] = {"Call Trace:", "Call trace:", "Backtrace:"};

bool Begins(const Beginning& row, std::string_view text) {
  if (!text.starts_with(row.words)) return false;
  std::string_view rest = grammar::TrimLeft(text.substr(row.words.size()));
  if (rest.empty()) return row.behind == Behind::kAnything;
  switch (row.behind) {
    case Behind::kAnything:
      return true;
    case Behind::kDigit:
      return grammar::IsDigit(rest.front());
    case Behind::kHex:
      return grammar::IsHex(rest.front());
    case Behind::kBracket:
      return rest.starts_with("[<");
  }
  return false;
}

bool BeginsLine(std::string_view text) {
  const bool level = text.size() > 3 && text[0] == '<' && grammar::IsDigit(text[1]) &&
                     text[2] == '>';  // until 2.6.3x, where dmesg kept it
  if (level) text.remove_prefix(3);
  return std::any_of(std::begin(kBeginnings), std::end(kBeginnings),
                     [text](const Beginning& row) { return Begins(row, text); });
}

// Mail of format=flowed joins a line that ends in a blank with the next, and these do (x86's die()
// and show_regs() until 4.x).
struct SoftEnd {
  std::string_view begins;
  std::string_view next;
};
constexpr SoftEnd kSoftEnds[] = {
    {"PGD ", " Oops: "},
    {"*pde = ", " Oops: "},
    {"*pdpt = ", " Oops: "},
    {"Oops: ", " last sysfs file: "},
    {"Oops: ", " Modules linked in:"},
    {"invalid opcode: ", " last sysfs file: "},
    {"invalid opcode: ", " Modules linked in:"},
    {"general protection fault: ", " last sysfs file: "},
    {"general protection fault: ", " Modules linked in:"},
    {"CPU ", " Modules linked in:"},
    {"SMP ", " Modules linked in:"},
    {"Pid: ", " EIP: "},
    {"Pid: ", " RIP: "},
};

// What they begin with. A table: every line of a report is asked.
constexpr std::array<bool, 256> kMayHaveSoftEnd = [] {
  std::array<bool, 256> table = {};
  for (const SoftEnd& row : kSoftEnds) table[static_cast<unsigned char>(row.begins.front())] = true;
  return table;
}();

// Where the line ends that a mailer joined with its next; npos if it didn't.
size_t FlowedEnd(std::string_view text) {
  if (text.empty()) return std::string_view::npos;
  for (const SoftEnd& row : kSoftEnds) {
    if (row.begins.front() != text.front() || !text.starts_with(row.begins)) continue;
    const size_t at = text.find(row.next, row.begins.size());
    if (at != std::string_view::npos && BeginsLine(text.substr(at + 1))) return at + 1;
  }
  return std::string_view::npos;
}

std::vector<std::string_view> SplitFlowedLines(std::string_view text) {
  std::vector<std::string_view> lines;
  for (size_t end = FlowedEnd(text); end != std::string_view::npos; end = FlowedEnd(text)) {
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  if (!lines.empty()) lines.push_back(text);
  return lines;
}

}  // namespace

std::vector<std::string_view> SplitJoinedLines(std::string_view text) {
  std::vector<std::string_view> lines;
  if (text.empty() || text.size() > kMostText) return lines;
  const bool usual =
      text.size() < kLeastText && !kMayHaveSoftEnd[static_cast<unsigned char>(text.front())];
  if (usual) return lines;
  if (lines = SplitFlowedLines(text); !lines.empty() || text.size() < kLeastText) return lines;
  const bool trace = std::any_of(
      std::begin(kTraces), std::end(kTraces),
      [text](std::string_view words) { return text.find(words, 1) != std::string_view::npos; });
  // No other line has both in its midst.
  bool whole_report = trace && (text.find("Modules linked in:", 1) != std::string_view::npos ||
                                text.find("ainted") != std::string_view::npos ||
                                text.find(" EFLAGS: ") != std::string_view::npos);  // until 2.4.18
  if (!whole_report) return lines;
  size_t begin = 0;
  for (size_t at = 1; at < text.size(); ++at) {
    if (!grammar::IsBlank(text[at - 1]) || !BeginsLine(text.substr(at))) continue;
    if (text.substr(0, at).ends_with(kDie)) continue;
    lines.push_back(text.substr(begin, at - begin));
    begin = at;
  }
  lines.push_back(text.substr(begin));
  if (lines.size() < kLeastLines) lines.clear();
  return lines;
}

bool IsRowOfAddresses(std::string_view text) {
  const bool addresses = text.find("[<") != text.npos && text.ends_with(">]");
  const bool names = text.find('+') != text.npos && text.ends_with(']');  // klogd's
  return (addresses || names) && text.find("+0x") == text.npos;
}

}  // namespace oops::record
