#include "lib/record/lock_report.h"

#include <algorithm>
#include <optional>

#include "lib/grammar/chars.h"
#include "lib/grammar/frame.h"
#include "lib/grammar/headline.h"
#include "lib/grammar/symbol.h"
#include "lib/record/captures.h"
#include "lib/text/utf8.h"

namespace oops::record {
namespace {

using grammar::Cursor;

constexpr int kMaxLocks = 256;
constexpr int kMaxScenario = 32;
constexpr size_t kMaxLockText = 512;

// "comm/pid" at the start of a line; "1) comm/pid".
void SetTask(std::string_view who, CrashRecord& record) {
  if (who.size() > 3 && grammar::IsDigit(who[0]) && who.substr(1, 2) == ") ") who.remove_prefix(3);
  size_t slash = who.rfind('/');
  if (slash == std::string_view::npos) return;
  std::optional<int32_t> pid = grammar::ParseInt32(who.substr(slash + 1));
  Task* task = record.mutable_task();
  if (!pid || task->has_pid()) return;
  task->set_pid(*pid);
  task->set_comm(std::string(grammar::Trim(who.substr(0, slash))));
}

// "(&lo->lo_mutex#2){+.+.}-{3:3}": the parenthesised class name decides that a line is a lock.
bool LooksLikeLock(std::string_view text) {
  Cursor cursor(text);
  cursor.SkipBlanks();
  if (cursor.Take('#')) {
    if (cursor.TakeDigits().empty() || !cursor.Take(':')) return false;
    cursor.SkipBlanks();
  }
  const bool rt_mutex = cursor.Take('[');  // "[f7b1c2d0] {lock}" of debug_rt_mutex_print_deadlock()
  if (!cursor.TakeHex().empty() && rt_mutex) return cursor.Take("] {");
  cursor.SkipBlanks();
  if (cursor.Peek() != '(') return false;
  return cursor.rest().find("){") != std::string_view::npos ||
         cursor.rest().find(", at: ") != std::string_view::npos;
}

std::optional<CodeLocation> PlaceBehindAt(std::string_view text) {
  size_t at = text.find("at: ");
  if (at == std::string_view::npos) return std::nullopt;
  std::string_view rest = grammar::TrimLeft(text.substr(at + 4));
  CodeLocation place;
  if (rest.starts_with("[<")) {
    std::optional<grammar::Frame> frame = grammar::TakeFrame(rest);
    if (!frame) return std::nullopt;
    SetLocation(frame->symbol, frame->address, place);
    // Old kernels print the function without an offset.
    std::string_view name = grammar::TrimLeft(rest);
    if (frame->symbol.function.empty()) {
      std::optional<grammar::Symbol> symbol = grammar::TakeSymbol(name, grammar::Offset::kOptional);
      if (symbol) SetLocation(*symbol, frame->address, place);
    }
    return place;
  }
  std::optional<grammar::Symbol> symbol = grammar::TakeSymbol(rest, grammar::Offset::kOptional);
  if (!symbol) return std::nullopt;
  SetLocation(*symbol, symbol->address, place);
  return place;
}

}  // namespace

bool LockReport::TakeLock(std::string_view text, CrashRecord& record) {
  if (!LooksLikeLock(text)) return false;
  if (list_ != List::kNone && list_ != List::kScenario && grammar::IsInlinedCopy(text)) return true;
  std::string line(text::Utf8Head(grammar::Trim(text), kMaxLockText));
  switch (list_) {
    case List::kAcquiring:
      if (record.lockdep().acquiring_size() < kMaxLocks)
        record.mutable_lockdep()->add_acquiring(line);
      return true;
    case List::kHolding:
      if (record.lockdep().holding_size() < kMaxLocks) record.mutable_lockdep()->add_holding(line);
      return true;
    case List::kHeld: {
      if (record.locks_held_size() >= kMaxLocks) return true;
      Lock* lock = record.add_locks_held();
      std::string_view rest = line;
      Cursor cursor(rest);
      if (cursor.Take('#')) {
        cursor.TakeDigits();
        cursor.Take(':');
        cursor.SkipBlanks();
      }
      std::string_view address = cursor.TakeHex();
      if (!address.empty()) lock->set_address(std::string(address));
      cursor.SkipBlanks();
      rest = cursor.rest();
      lock->set_name(std::string(rest.substr(0, std::min(rest.find(", at:"), rest.size()))));
      if (std::optional<CodeLocation> at = PlaceBehindAt(rest)) *lock->mutable_at() = *at;
      lock->set_holder(holder_);
      return true;
    }
    case List::kOther:
      return true;
    case List::kNone:
    case List::kScenario:
      return false;
  }
  return false;
}

// "-> #1 (&lo->lo_mutex#2){+.+.}-{3:3}:"
bool LockReport::TakeChainEntry(std::string_view text, CrashRecord& record) {
  Cursor cursor(text);
  cursor.SkipBlanks();
  if (!cursor.Take("-> #")) return false;
  std::optional<uint32_t> number = grammar::ParseUint32(cursor.TakeDigits(), 10);
  if (!number || record.lockdep().chain_size() >= kMaxLocks) return number.has_value();
  LockChainEntry* entry = record.mutable_lockdep()->add_chain();
  entry->set_number(*number);
  std::string_view lock = grammar::Trim(cursor.rest());
  if (lock.ends_with(':')) lock.remove_suffix(1);
  entry->set_lock(std::string(text::Utf8Head(lock, kMaxLockText)));
  entry->set_stack(record.stacks_size() + 1);
  return true;
}

// lockdep_rcu_suspicious(): "net/core/dev.c:388 suspicious rcu_dereference_check() usage!"
bool LockReport::TakeRcuPlace(std::string_view text, CrashRecord& record) {
  if (record.kind() != KIND_RCU_WARNING || record.has_line() || !text.ends_with('!')) return false;
  const size_t blank = text.find(' ');
  const size_t colon = text.substr(0, blank).rfind(':');
  if (blank == std::string_view::npos || colon == std::string_view::npos) return false;
  std::optional<uint32_t> line =
      grammar::ParseUint32(text.substr(colon + 1, blank - colon - 1), 10);
  if (!line) return false;
  record.set_file(std::string(text.substr(0, colon)));
  record.set_line(*line);
  record.set_message(std::string(text::Utf8Head(text.substr(blank + 1), kMaxLockText)));
  return true;
}

// print_lock_contention_bug(), print_unlock_imbalance_bug(): "lkxctl/1500 is trying to contend lock
// (&dev->lock) at:", which it doesn't hold.
bool LockReport::TakeMisuse(std::string_view text, CrashRecord& record) {
  constexpr std::string_view kContend = " is trying to contend lock ";
  constexpr std::string_view kRelease = " is trying to release lock ";
  constexpr std::string_view kAt = " at:";
  if (!text.ends_with(kAt)) return false;
  const size_t contend = text.find(kContend);
  const size_t verb = std::min(contend, text.find(kRelease));
  if (verb == text.npos) return false;
  SetTask(text.substr(0, verb), record);
  if (contend != text.npos && record.lockdep().acquiring_size() < kMaxLocks) {
    const std::string_view lock = text.substr(contend + kContend.size());
    record.mutable_lockdep()->add_acquiring(
        std::string(text::Utf8Head(lock.substr(0, lock.size() - kAt.size()), kMaxLockText)));
  }
  list_ = List::kNone;
  return true;
}

bool LockReport::Take(std::string_view text, CrashRecord& record, StackType& stack) {
  std::string_view trimmed = grammar::Trim(text);
  if (TakeRcuPlace(trimmed, record)) return true;
  if (TakeChainEntry(trimmed, record)) {
    stack = STACK_HELD_AT;
    list_ = List::kNone;
    return true;
  }
  if (TakeMisuse(trimmed, record)) {
    stack = STACK_LINK;
    return true;
  }
  // "{SOFTIRQ-ON-W} state was registered at:", "HARDIRQ-ON-W at:", "... acquired at:": whose usage,
  // and a trace.
  bool usage = record.kind() == KIND_LOCKDEP && trimmed.ends_with(" at:");
  if (usage) {
    stack = STACK_HELD_AT;
    list_ = List::kNone;
    return true;
  }
  struct Row {
    std::string_view words;
    List list;
  };
  // Sentences of lockdep's print functions, and the list that they announce.
  static constexpr Row kRows[] = {
      {" is trying to acquire lock", List::kAcquiring},
      {" is trying to acquire:", List::kAcquiring},
      {" is trying to acquire this lock:", List::kAcquiring},  // debug_rt_mutex_print_deadlock()
      {" is blocked on this lock:", List::kHolding},
      {" is leaving the kernel with locks still held!", List::kNone},
      {" is trying to lock:", List::kAcquiring},
      {" just changed the state of lock:", List::kAcquiring},
      {" takes:", List::kAcquiring},
      {"but task is already holding", List::kHolding},
      {"and this task is already holding:", List::kHolding},
      {"with a lock still held there!", List::kHolding},
      {"but this lock took another", List::kOther},
      {"which would create a new lock dependency", List::kNone},
      {"Possible unsafe locking scenario", List::kScenario},
      {"Possible interrupt unsafe locking scenario", List::kScenario},
  };
  // Each of them speaks of locks or announces something: most lines are done with here.
  const bool may_announce = trimmed.ends_with(':') || trimmed.find("lock") != trimmed.npos;
  for (const Row& row : kRows) {
    if (!may_announce) break;
    size_t at = trimmed.find(row.words);
    if (at == std::string_view::npos) continue;
    list_ = row.list;
    SetTask(trimmed.substr(0, std::min(at, trimmed.find(" ["))), record);
    if (row.words == "with a lock still held there!")
      SetTask(trimmed.substr(0, trimmed.find(" is freeing")), record);
    return true;
  }
  const bool counts = may_announce && !trimmed.empty() && grammar::IsDigit(trimmed.front());
  size_t held = counts ? trimmed.find(" held by ") : std::string_view::npos;
  bool header = held != std::string_view::npos &&
                trimmed.substr(0, held).find("lock") != std::string_view::npos;
  if (header) {
    list_ = List::kHeld;
    std::string_view holder = trimmed.substr(held + 9);
    if (holder.ends_with(':')) holder.remove_suffix(1);
    holder_ = std::string(text::Utf8Head(holder, 64));
    return true;
  }
  if (list_ == List::kScenario) {
    if (trimmed.find("*** DEADLOCK ***") != std::string_view::npos) {
      list_ = List::kNone;
      return true;
    }
    bool step = trimmed.find("lock(") != std::string_view::npos ||
                trimmed.find("CPU0") != std::string_view::npos || trimmed.starts_with("----") ||
                trimmed.starts_with("<Interrupt>") ||
                trimmed.find("local_irq_disable") != std::string_view::npos;
    if (step && record.lockdep().scenario_size() < kMaxScenario) {
      record.mutable_lockdep()->add_scenario(
          std::string(text::Utf8Head(grammar::TrimRight(text), kMaxLockText)));
    }
    return step;
  }
  return list_ != List::kNone && TakeLock(trimmed, record);
}

}  // namespace oops::record
