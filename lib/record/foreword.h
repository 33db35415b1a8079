// Lines of a report that stand before the one that opens it.
#ifndef OOPS_LIB_RECORD_FOREWORD_H_
#define OOPS_LIB_RECORD_FOREWORD_H_

#include <cstdint>
#include <functional>
#include <string_view>

#include "lib/log/line_framer.h"
#include "lib/log/log_line.h"
#include "lib/record/event.h"

namespace oops::record {

// Calls its argument with the lines before the present one, nearest first, until it returns false.
using LookBack = std::function<void(const std::function<bool(std::string_view raw_line)>&)>;

enum class Foreword {
  kOfFault,  // why the CPU refused, before the "BUG:" line
  kOfTrace,  // whose the trace is, and the registers, before "Call Trace:" without a headline
  kOfEnd,    // all that is there of a report of which nothing but "end trace" was recognised
};

// Takes those right before `first`, the line that opened `event`, into it. `most`: how many lines
// stand there that no other event has.
void TakeForeword(Foreword what, uint64_t most, const log::LogLine& first,
                  const LookBack& look_back, log::LineFramer& framer, Event& event);

}  // namespace oops::record

#endif  // OOPS_LIB_RECORD_FOREWORD_H_
