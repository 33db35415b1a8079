// The line of sched_show_task(): who sleeps, runs or hangs.
#ifndef OOPS_LIB_GRAMMAR_TASK_STATE_H_
#define OOPS_LIB_GRAMMAR_TASK_STATE_H_

#include <cstdint>
#include <optional>
#include <string_view>

namespace oops::grammar {

// Views into the line.
struct TaskState {
  std::string_view comm;
  std::string_view state;  // R, S, D ...
  std::optional<int32_t> pid;
  std::optional<int32_t> ppid;
  std::optional<int32_t> tgid;
  std::string_view flags;  // as printed
};

// What stands behind "task:" since 5.8: "bash            state:D stack:0     pid:12    ppid:2
// flags:0x00004000".
std::optional<TaskState> ParseTaskState(std::string_view text);

// All eras before: "khubd         D ffff81003dca9bc0     0  1966      2", "rsync  D    0 20711
// 20709 0x00000000", "bash            R  running task        0   205      1 0x00000202". Only
// believed where such a line is expected.
std::optional<TaskState> ParseOldTaskState(std::string_view text);

}  // namespace oops::grammar

#endif  // OOPS_LIB_GRAMMAR_TASK_STATE_H_
