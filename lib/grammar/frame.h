// Lines of call traces, of all architectures and eras (section B.6 of what kernels print).
#ifndef OOPS_LIB_GRAMMAR_FRAME_H_
#define OOPS_LIB_GRAMMAR_FRAME_H_

#include <optional>
#include <string_view>

#include "lib/grammar/symbol.h"

namespace oops::grammar {

// Views into the parsed text.
struct Frame {
  Symbol symbol;
  std::string_view address;        // hex
  std::string_view stack_pointer;  // hex, powerpc and crash
  bool reliable = true;
  bool addressed = false;   // an address in brackets stood before the name
  std::string_view caller;  // arm: "from" whom, a frame of its own
  Symbol caller_symbol;
  std::string_view caller_address;
  std::string_view arch;  // where the form alone tells it
};

// Parses one frame at the start of `text` (blanks before it allowed) and removes it from there.
//
// What has brackets round an address is a frame wherever it stands; a bare "func+0x1/0x2" only at
// the end of a line or before the next frame, so that "RIP: 0010:func+0x1/0x2" and prose are none.
std::optional<Frame> TakeFrame(std::string_view& text);

// <IRQ>, </TASK>, <<EOE>> ...: the name between the angle brackets, "/" included. Nothing else in
// angle brackets is taken: <0f> is a Code: byte, <ffffffff81000000> an address.
std::optional<std::string_view> TakeStackMark(std::string_view& text);

// A line of the utility `crash`: "#12 [ffffc900012b7e50] ksys_write at ffffffff813b1f6c [mod]".
struct CrashFrame {
  uint32_t number = 0;
  Frame frame;
};
std::optional<CrashFrame> TakeCrashFrame(std::string_view& text);

}  // namespace oops::grammar

#endif  // OOPS_LIB_GRAMMAR_FRAME_H_
