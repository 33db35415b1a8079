// Lines of any bytes through every scanner of the grammar.
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "lib/grammar/body.h"
#include "lib/grammar/code_bytes.h"
#include "lib/grammar/frame.h"
#include "lib/grammar/headline.h"
#include "lib/grammar/kernel_id.h"
#include "lib/grammar/registers.h"
#include "lib/grammar/symbol.h"
#include "tests/fuzz/check.h"

namespace oops::fuzz {
namespace {

// Calls `take` on what is left of the line, from every word's start, for as long as it takes
// something. What it takes stands at the front; where it takes nothing, it leaves the text alone.
template <typename Take>
void TakeFromEachWord(std::string_view line, const Take& take) {
  for (size_t at = 0; at < line.size();) {
    std::string_view rest = line.substr(at);
    const std::string_view before = rest;
    const bool taken = take(rest);
    Check(LiesIn(before, rest) && (rest.empty() || before.ends_with(rest)),
          "what is left is the text's end", before);
    Check(taken == (rest.size() < before.size()), "what is taken goes, what is not stays", before);
    at = line.size() - rest.size();
    if (!taken) at = std::min(line.find(' ', at), line.size() - 1) + 1;
  }
}

void CheckSymbol(std::string_view line, const grammar::Symbol& symbol) {
  for (const std::string_view view :
       {symbol.function, symbol.module, symbol.build_id, symbol.address, symbol.file}) {
    Check(LiesIn(line, view), "a symbol's parts are views into the text", line);
  }
}

void CheckFrame(std::string_view line, const grammar::Frame& frame) {
  CheckSymbol(line, frame.symbol);
  CheckSymbol(line, frame.caller_symbol);
  for (const std::string_view view :
       {frame.address, frame.stack_pointer, frame.caller, frame.caller_address}) {
    Check(LiesIn(line, view), "a frame's parts are views into the text", line);
  }
}

void CheckHeadline(std::string_view line) {
  const auto match = grammar::MatchHeadline(line);
  if (!match) return;
  Check(match->row != nullptr && match->begin < match->end && match->end <= line.size(),
        "a headline is a part of the line", line);
  for (const auto& [name, value] : match->captures) {
    Check(!name.empty() && !value.empty() && LiesIn(line, value), "captures are parts of the line",
          line);
  }
  const auto same = grammar::MatchRow(*match->row, line);
  Check(same && same->begin == match->begin, "the row alone matches as all rows do", line);
}

void CheckBody(std::string_view line) {
  const grammar::BodyMatch match = grammar::MatchBody(line);
  Check(match.body == grammar::Body::kNone || LiesIn(line, match.rest),
        "a body's rest is the line's", line);
}

void CheckKernel(std::string_view line, const grammar::KernelId& kernel) {
  for (const std::string_view view :
       {kernel.release, kernel.version, kernel.build_id, kernel.options, kernel.product}) {
    Check(LiesIn(line, view), "a kernel's parts are views into the text", line);
  }
  grammar::DistroOf(kernel.release, kernel.version);
  for (const char letter : kernel.taint_letters) grammar::TaintName(letter, kernel.release);
}

void CheckIdentities(std::string_view line) {
  if (const auto who = grammar::ParseWho(line)) {
    Check(LiesIn(line, who->comm), "a task's name is a view into the text", line);
    CheckKernel(line, who->kernel);
  }
  if (const auto kernel = grammar::ParseTaintAndRelease(line)) CheckKernel(line, *kernel);
  Check(grammar::FindReleaseInProse(line).size() <= line.size() + 16,
        "a release is no longer than its line", line);
  grammar::LooksLikeRelease(line);
}

void CheckTakes(std::string_view line) {
  TakeFromEachWord(line, [&](std::string_view& rest) {
    const auto frame = grammar::TakeFrame(rest);
    if (frame) CheckFrame(line, *frame);
    return frame.has_value();
  });
  TakeFromEachWord(line, [&](std::string_view& rest) {
    const auto frame = grammar::TakeCrashFrame(rest);
    if (frame) CheckFrame(line, frame->frame);
    return frame.has_value();
  });
  for (const auto offset : {grammar::Offset::kRequired, grammar::Offset::kOptional}) {
    TakeFromEachWord(line, [&](std::string_view& rest) {
      const auto symbol = grammar::TakeSymbol(rest, offset);
      if (symbol) CheckSymbol(line, *symbol);
      return symbol.has_value();
    });
  }
  TakeFromEachWord(
      line, [&](std::string_view& rest) { return grammar::TakeStackMark(rest).has_value(); });
  for (const size_t least : {1, 4}) {
    TakeFromEachWord(line, [&](std::string_view& rest) {
      const auto code = grammar::TakeCodeBytes(rest, least);
      if (code) {
        Check(code->hex.size() % 2 == 0 && code->hex.size() / 2 >= least, "code is whole bytes",
              line);
        Check(!code->trap_index || *code->trap_index < code->hex.size() / 2,
              "the trap is in the code", line);
      }
      return code.has_value();
    });
  }
  TakeFromEachWord(line, [&](std::string_view& rest) {
    std::vector<grammar::RegisterValue> registers;
    const bool taken = grammar::TakeRegisters(rest, registers);
    Check(taken == !registers.empty(), "a row of registers holds some", line);
    for (const grammar::RegisterValue& value : registers) {
      Check(!value.name.empty() && LiesIn(line, value.value) && LiesIn(line, value.selector),
            "registers are views into the text", line);
    }
    return taken;
  });
}

}  // namespace
}  // namespace oops::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace oops::fuzz;
  // Every word's start is tried, so a long line costs its square here, which is this test's doing.
  constexpr size_t kLongest = 1024;
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  while (!rest.empty()) {
    const size_t end = std::min({rest.find('\n'), rest.size(), kLongest});
    const std::string line(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    CheckHeadline(line);
    CheckBody(line);
    CheckIdentities(line);
    CheckTakes(line);
  }
  return 0;
}
