#include "lib/grammar/task_state.h"

#include <algorithm>

#include "lib/grammar/chars.h"

namespace oops::grammar {
namespace {

std::string_view FieldBehind(std::string_view text, std::string_view key) {
  size_t at = text.find(key);
  if (at == std::string_view::npos) return {};
  std::string_view value = TrimLeft(text.substr(at + key.size()));
  return value.substr(0, std::min(value.find(' '), value.size()));
}

std::string_view TakeWord(std::string_view& text) {
  text = TrimLeft(text);
  size_t end = 0;
  while (end < text.size() && !IsBlank(text[end])) ++end;
  std::string_view word = text.substr(0, end);
  text.remove_prefix(end);
  return word;
}

// "D", or "I15016": "%c%5lu" since 5.1, with all of the stack's free bytes.
bool IsState(std::string_view word) {
  constexpr std::string_view kStates = "RSDTtXxZPIKWN?";
  if (word.empty() || kStates.find(word.front()) == std::string_view::npos) return false;
  return word.size() == 1 || (word.size() == 6 && Cursor(word.substr(1)).TakeDigits().size() == 5);
}

}  // namespace

std::optional<TaskState> ParseTaskState(std::string_view text) {
  size_t state_at = text.find(" state:");
  if (state_at == std::string_view::npos) state_at = text.find("state:");
  if (state_at == std::string_view::npos) return std::nullopt;
  TaskState out;
  out.comm = Trim(text.substr(0, state_at));
  out.state = FieldBehind(text, "state:");
  out.pid = ParseInt32(FieldBehind(text, " pid:"));
  out.ppid = ParseInt32(FieldBehind(text, " ppid:"));
  out.tgid = ParseInt32(FieldBehind(text, " tgid:"));
  out.flags = FieldBehind(text, " flags:");
  return out;
}

std::optional<TaskState> ParseOldTaskState(std::string_view text) {
  constexpr size_t kMaxComm = 32;
  text = Trim(text);
  std::string_view rest = text;
  TaskState out;
  while (true) {
    std::string_view word = TakeWord(rest);
    if (word.empty() || rest.empty()) return std::nullopt;
    size_t begin = word.data() - text.data();
    if (begin > kMaxComm) return std::nullopt;
    if (begin > 0 && IsState(word)) {
      out.comm = TrimRight(text.substr(0, begin));
      out.state = word.substr(0, 1);
      if (word.size() > 1) rest = text.substr(begin + 1);
      break;
    }
  }
  // The saved program counter until 5.0; "running task" for who has none, "running" on 32 bits.
  std::string_view before = rest;
  std::string_view word = TakeWord(rest);
  if (word == "running") {
    before = rest;
    if (TakeWord(rest) == "task") before = rest;
  } else if (word.size() >= 8 && Cursor(word).TakeHex().size() == word.size()) {
    before = rest;
  }
  rest = before;
  std::optional<int32_t> free_stack = ParseInt32(TakeWord(rest));
  out.pid = ParseInt32(TakeWord(rest));
  out.ppid = ParseInt32(TakeWord(rest));
  if (!free_stack || !out.pid || !out.ppid) return std::nullopt;
  for (word = TakeWord(rest); !word.empty(); word = TakeWord(rest)) {
    if (word.starts_with("0x")) out.flags = word;
  }
  return out;
}

}  // namespace oops::grammar
