#include "lib/record/joined_lines.h"

#include <algorithm>
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
    {"EAX: ", Behind::kHex},
    {"RIP: ", Behind::kDigit},
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
  return std::any_of(std::begin(kBeginnings), std::end(kBeginnings),
                     [text](const Beginning& row) { return Begins(row, text); });
}

}  // namespace

std::vector<std::string_view> SplitJoinedLines(std::string_view text) {
  std::vector<std::string_view> lines;
  if (text.size() < kLeastText || text.size() > kMostText) return lines;
  const bool trace = std::any_of(
      std::begin(kTraces), std::end(kTraces),
      [text](std::string_view words) { return text.find(words, 1) != std::string_view::npos; });
  bool whole_report = trace && (text.find("Modules linked in:", 1) != std::string_view::npos ||
                                text.find("ainted") != std::string_view::npos);
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
  return text.find("[<") != text.npos && text.find("+0x") == text.npos && text.ends_with(">]");
}

}  // namespace oops::record
