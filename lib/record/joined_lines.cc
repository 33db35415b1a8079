#include "lib/record/joined_lines.h"

#include <algorithm>
#include <cstdint>

#include "lib/grammar/chars.h"

namespace oops::record {
namespace {

constexpr size_t kLeastText = 200;  // bytes: no line of the kernel's but lists of modules is longer
constexpr size_t kMostText = 64 << 10;
constexpr size_t kLeastLines = 4;

enum class Behind { kAnything, kDigit, kHex, kBracket };

// How lines begin, and what stands behind it: x86's die() and show_regs(), WARN(), panic().
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
};

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

// Where the line ends that a mailer joined with its next; npos if it didn't.
size_t FlowedEnd(std::string_view text) {
  for (const SoftEnd& row : kSoftEnds) {
    if (!text.starts_with(row.begins)) continue;
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
  if (text.size() > kMostText) return lines;
  if (lines = SplitFlowedLines(text); !lines.empty() || text.size() < kLeastText) return lines;
  // Every report has one of them, and no other line has it in its midst.
  bool whole_report = text.find("Call Trace:", 1) != std::string_view::npos &&
                      (text.find("Modules linked in:", 1) != std::string_view::npos ||
                       text.find("ainted") != std::string_view::npos);
  if (!whole_report) return lines;
  size_t begin = 0;
  for (size_t at = 1; at < text.size(); ++at) {
    if (!grammar::IsBlank(text[at - 1]) || !BeginsLine(text.substr(at))) continue;
    lines.push_back(text.substr(begin, at - begin));
    begin = at;
  }
  lines.push_back(text.substr(begin));
  if (lines.size() < kLeastLines) lines.clear();
  return lines;
}

}  // namespace oops::record
