// Puts frames and registers where they belong: which part of whose trace is being read.
#ifndef OOPS_LIB_RECORD_STACK_WRITER_H_
#define OOPS_LIB_RECORD_STACK_WRITER_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lib/grammar/frame.h"
#include "lib/grammar/kernel_id.h"
#include "lib/grammar/registers.h"
#include "proto/crash_record.pb.h"

namespace oops::record {

// Whose trace.
enum class Owner {
  kOwn,       // the headline's CPU and task
  kResample,  // the same CPU, later
  kOtherCpu,
  kOtherTask,
  kExtra,   // allocation, free and lock stacks: of no CPU
  kNobody,  // told before: read and dropped
};

class StackWriter {
 public:
  explicit StackWriter(CrashRecord& record) : record_(record) {}

  // From here on frames are `owner`'s. `extra` is the type of an extra stack, `label` the line that
  // opened it.
  void SwitchTo(Owner owner, StackType extra = STACK_UNSPECIFIED, std::string_view label = {});
  void SetCpu(std::optional<int32_t> cpu) { cpu_ = cpu; }
  void SetTask(const Task& task);
  // "e0000703253d4350 bsp=...", of ia64, of the frame on the line before.
  void SetStackPointer(std::string_view text, uint64_t line);
  void SetTaskAddress(std::string_view address);

  // "Call Trace:": a new trace of the same owner begins.
  void OpenTrace();
  // <IRQ>, </TASK> ...: another part of the trace begins.
  void ApplyMark(std::string_view mark);
  // The crash utility marks the end of a part: names the part just read and begins the next.
  void EndPart(StackType part);
  // The next frame begins a stack of its own.
  void NextStack() { stack_ = -1; }

  void AddFrame(const grammar::Frame& frame, uint64_t line);
  // The stack being read; made if there is none yet.
  Stack& Current(uint64_t line);
  // The stack being read, or null.
  Stack* CurrentIfAny() { return stack_ < 0 ? nullptr : record_.mutable_stacks(stack_); }

  Owner owner() const { return owner_; }
  std::optional<int32_t> cpu() const { return cpu_; }
  StackType part() const { return part_; }
  bool has_own_frames() const { return own_frames_ > 0; }
  size_t frames() const { return frames_; }
  bool trace_open() const { return trace_open_; }
  void CloseTrace() { trace_open_ = false; }

 private:
  void AppendFrame(const grammar::Symbol& symbol, std::string_view address, bool reliable,
                   std::string_view stack_pointer, Stack& stack);

  CrashRecord& record_;
  Owner owner_ = Owner::kOwn;
  StackType extra_ = STACK_UNSPECIFIED;
  StackType part_ = STACK_TASK;
  std::string label_;
  std::optional<int32_t> cpu_;
  Task task_;
  int stack_ = -1;
  bool trace_open_ = false;
  size_t own_frames_ = 0;
  size_t frames_ = 0;
  std::string last_caller_;  // arm prints every frame but the first twice
};

}  // namespace oops::record

#endif  // OOPS_LIB_RECORD_STACK_WRITER_H_
