// Sessions of the crash utility: the opening screen, `bt`, `bt -a`, exception frames.
#ifndef OOPS_LIB_RECORD_CRASH_SESSION_H_
#define OOPS_LIB_RECORD_CRASH_SESSION_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lib/grammar/body.h"
#include "lib/log/log_line.h"
#include "proto/crash_record.pb.h"

namespace oops::record {

class Event;

// State of a session within an event.
struct CrashSession {
  bool active = false;
  bool banner = false;                     // the opening screen is being read
  uint32_t next_frame = 0;                 // number that the next frame must have
  bool frames_wanted = false;              // a PID line was read
  bool behind_interrupt = false;           // the interrupt's own stack ended right here
  std::optional<CodeLocation> pending_ip;  // an exception frame, until it is known whose part it is
  std::vector<Register> pending_registers;
};

// What an exception frame's kernel code was reached through, for sessions whose screen says
// nothing: the kind that the functions of the panicking stack tell.
Kind KindOfPanicStack(const CrashRecord& record);

// `bt -a` without a `bt` before it begins with CPU 0, whoever panicked: makes the panicking task
// the event's own, where the stacks tell which it is.
void PromotePanickingStack(CrashRecord& record);

// Reads a session's lines into an event.
class CrashSessionReader {
 public:
  explicit CrashSessionReader(Event& event) : event_(event) {}

  // Take what they can from `text`; false if that is nothing of a session.
  bool TakeBannerLine(std::string_view& text);
  bool TakePidLine(std::string_view text, const log::LogLine& line);
  bool TakeFrame(std::string_view& text, const log::LogLine& line);
  bool TakeExceptionRip(std::string_view& text);
  bool TakeMark(std::string_view rest);
  bool TakeRegisters(std::string_view& text, const log::LogLine& line);

  // Writes what waits for its stack to be known.
  void Flush(uint64_t line);

 private:
  Event& event_;
};

// The fields of a line such as: PID: 1234  TASK: ffff88813b1c0000  CPU: 2  COMMAND: "bash"
struct CrashPid {
  int32_t pid = 0;
  std::string_view task;
  std::optional<int32_t> cpu;
  std::string_view comm;
};
std::optional<CrashPid> ParseCrashPid(std::string_view text);

}  // namespace oops::record

#endif  // OOPS_LIB_RECORD_CRASH_SESSION_H_
