// Lines of a report that stand before the one that opens it.
#ifndef OOPS_LIB_RECORD_FOREWORD_H_
#define OOPS_LIB_RECORD_FOREWORD_H_

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "lib/log/line_framer.h"
#include "lib/log/log_line.h"
#include "lib/record/event.h"

namespace oops::record {

// Calls its argument with the lines before the present one, nearest first, until it returns false.
using LookBack = std::function<void(const std::function<bool(std::string_view raw_line)>&)>;

enum class Foreword {
  kOfFault,      // why the CPU refused, before the "BUG:" line
  kOfMessage,    // what the kernel's function says first, before what it ends with
  kOfOops,       // where and why, before "Oops:", if the headline before them is lost
  kOfAssertion,  // what should have held, before "PANIC at" and "LBUG"
  kOfTrace,      // whose the trace is, and the registers, before "Call Trace:" without a headline
  kOfRegisters,  // what is left of a trace whose beginning is lost, before whom it interrupted
  kOfEnd,        // what is left of a report whose beginning is lost, before its end mark
  kOfSummary,    // that, and its end, before the registers that are told again
};

// Those right before `first`, as they stand in the stream, nearest first. `most`: how many lines
// stand there that no other event has.
std::vector<std::string> FindForeword(Foreword what, uint64_t most, const log::LogLine& first,
                                      const LookBack& look_back, log::LineFramer& framer);

// Takes them into `event`, which `first` opened.
void TakeForeword(std::vector<std::string> lines, const log::LogLine& first,
                  log::LineFramer& framer, Event& event);

}  // namespace oops::record

#endif  // OOPS_LIB_RECORD_FOREWORD_H_
