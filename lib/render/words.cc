#include "lib/render/words.h"

#include <algorithm>
#include <charconv>
#include <iterator>

namespace oops::render {
namespace {

constexpr KindWords kKinds[] = {
    {KIND_NULL_DEREF, "NULL DEREF", "null dereference", "null dereferences", Opening::kAccess},
    {KIND_PAGE_FAULT, "PAGE FAULT", "page fault", "page faults", Opening::kAccess},
    {KIND_GPF, "GPF", "general protection fault", "general protection faults", Opening::kAccess},
    {KIND_KERNEL_BUG, "KERNEL BUG", "kernel BUG", "kernel BUGs", Opening::kPlace},
    {KIND_INVALID_OPCODE, "INVALID OPCODE", "invalid opcode", "invalid opcodes", Opening::kPlace},
    {KIND_DIVIDE_ERROR, "DIVIDE ERROR", "divide error", "divide errors", Opening::kPlace},
    {KIND_DOUBLE_FAULT, "DOUBLE FAULT", "double fault", "double faults", Opening::kPlace},
    {KIND_STACK_OVERFLOW, "STACK OVERFLOW", "stack overflow", "stack overflows", Opening::kPlace},
    {KIND_STACK_PROTECTOR, "STACK PROTECTOR", "stack corruption", "stack corruptions",
     Opening::kPlace},
    {KIND_WARNING, "WARNING", "warning", "warnings", Opening::kPlace},
    {KIND_SCHEDULING_WHILE_ATOMIC, "SCHEDULING WHILE ATOMIC", "scheduling while atomic",
     "schedulings while atomic", Opening::kPlace},
    {KIND_SLEEPING_IN_ATOMIC, "SLEEPING IN ATOMIC", "sleep in atomic context",
     "sleeps in atomic context", Opening::kPlace},
    {KIND_BAD_PAGE, "BAD PAGE", "bad page", "bad pages", Opening::kTitle},
    {KIND_SOFT_LOCKUP, "SOFT LOCKUP", "soft lockup", "soft lockups", Opening::kStuck},
    {KIND_HARD_LOCKUP, "HARD LOCKUP", "hard lockup", "hard lockups", Opening::kStuck},
    {KIND_HUNG_TASK, "HUNG TASK", "hung task", "hung tasks", Opening::kBlocked},
    {KIND_RCU_STALL, "RCU STALL", "RCU stall", "RCU stalls", Opening::kStuck},
    {KIND_WORKQUEUE_LOCKUP, "WORKQUEUE LOCKUP", "workqueue lockup", "workqueue lockups",
     Opening::kTitle},
    {KIND_SPINLOCK_LOCKUP, "SPINLOCK", "spinlock report", "spinlock reports", Opening::kTitle},
    {KIND_KASAN, "KASAN", "KASAN report", "KASAN reports", Opening::kTitle},
    {KIND_KFENCE, "KFENCE", "KFENCE report", "KFENCE reports", Opening::kTitle},
    {KIND_KMSAN, "KMSAN", "KMSAN report", "KMSAN reports", Opening::kTitle},
    {KIND_KCSAN, "KCSAN", "KCSAN report", "KCSAN reports", Opening::kTitle},
    {KIND_UBSAN, "UBSAN", "UBSAN report", "UBSAN reports", Opening::kTitle},
    {KIND_MEMORY_LEAK, "MEMORY LEAK", "memory leak", "memory leaks", Opening::kPlace},
    {KIND_LOCKDEP, "LOCKDEP", "lockdep report", "lockdep reports", Opening::kTitle},
    {KIND_RCU_WARNING, "RCU USAGE", "RCU usage report", "RCU usage reports", Opening::kTitle},
    {KIND_LIST_CORRUPTION, "LIST CORRUPTION", "list corruption", "list corruptions",
     Opening::kPlace},
    {KIND_REFCOUNT, "REFCOUNT", "refcount report", "refcount reports", Opening::kPlace},
    {KIND_SLAB_CORRUPTION, "SLAB CORRUPTION", "slab corruption", "slab corruptions",
     Opening::kTitle},
    {KIND_USERCOPY, "USERCOPY", "usercopy report", "usercopy reports", Opening::kPlace},
    {KIND_FORTIFY, "FORTIFY", "fortify report", "fortify reports", Opening::kPlace},
    {KIND_OOM_KILL, "OOM KILL", "OOM kill", "OOM kills", Opening::kTitle},
    {KIND_PAGE_ALLOC_FAILURE, "ALLOC FAILURE", "failed allocation", "failed allocations",
     Opening::kTitle},
    {KIND_MCE, "MACHINE CHECK", "machine check", "machine checks", Opening::kTitle},
    {KIND_HARDWARE_ERROR, "HARDWARE ERROR", "hardware error", "hardware errors", Opening::kTitle},
    {KIND_NETDEV_WATCHDOG, "NETDEV WATCHDOG", "transmit timeout", "transmit timeouts",
     Opening::kTitle},
    {KIND_UNREGISTER_NETDEVICE, "UNREGISTER NETDEVICE", "unregister_netdevice wait",
     "unregister_netdevice waits", Opening::kTitle},
    {KIND_FS_ERROR, "FS ERROR", "filesystem error", "filesystem errors", Opening::kTitle},
    {KIND_ALIGNMENT, "ALIGNMENT", "alignment fault", "alignment faults", Opening::kAccess},
    {KIND_IRQ_NOBODY_CARED, "IRQ NOBODY CARED", "unhandled interrupt", "unhandled interrupts",
     Opening::kTitle},
    {KIND_CFI, "CFI", "CFI failure", "CFI failures", Opening::kPlace},
    {KIND_USER_FAULT, "USER FAULT", "user fault", "user faults", Opening::kTitle},
    {KIND_BACKTRACE, "BACKTRACE", "backtrace", "backtraces", Opening::kPlace},
    {KIND_PANIC, "PANIC", "panic", "panics", Opening::kTitle},
    {KIND_OOPS_OTHER, "OOPS", "oops", "oopses", Opening::kTitle},
    {KIND_OTHER, "EVENT", "other event", "other events", Opening::kTitle},
};

struct StackWord {
  StackType type;
  std::string_view label;
};

constexpr StackWord kStacks[] = {
    {STACK_TASK, "TASK"},       {STACK_IRQ, "IRQ"},          {STACK_SOFTIRQ, "SOFTIRQ"},
    {STACK_NMI, "NMI"},         {STACK_EXCEPTION, "EXCEPT"}, {STACK_ALLOCATED, "ALLOC"},
    {STACK_FREED, "FREED"},     {STACK_STORED, "STORED"},    {STACK_CREATED, "CREATED"},
    {STACK_HELD_AT, "HELD AT"}, {STACK_OTHER_CPU, "cpu"},    {STACK_OTHER_TASK, "task"},
    {STACK_RESAMPLE, "again"},  {STACK_RELATED, "RELATED"},  {STACK_LINK, "LINK"},
};

std::string_view AfterPrefix(std::string_view name) {
  name.remove_prefix(std::min(name.find('_') + 1, name.size()));
  return name;
}

}  // namespace

const KindWords& WordsFor(Kind kind) {
  const auto* end = std::end(kKinds);
  const auto* found =
      std::find_if(std::begin(kKinds), end, [&](const KindWords& row) { return row.kind == kind; });
  return found == end ? *std::prev(end) : *found;
}

std::string_view StackLabel(StackType type) {
  for (const StackWord& row : kStacks) {
    if (row.type == type) return row.label;
  }
  return "STACK";
}

std::string_view BareName(DamageType type) {
  return type == DAMAGE_UNSPECIFIED ? "" : AfterPrefix(DamageType_Name(type));
}

std::string_view BareName(Status status) {
  return status == STATUS_UNSPECIFIED ? "" : AfterPrefix(Status_Name(status));
}

std::string_view BareName(Severity severity) {
  return severity == SEVERITY_UNSPECIFIED ? "" : AfterPrefix(Severity_Name(severity));
}

std::string CountOf(uint64_t count, std::string_view noun, std::string_view plural) {
  return std::to_string(count).append(" ").append(count == 1 ? noun : plural);
}

std::string LineRange(const Lines& lines) {
  const std::string first = std::to_string(lines.first());
  return lines.last() <= lines.first() ? first : first + "-" + std::to_string(lines.last());
}

std::string Fixed(double value, int decimals) {
  char buffer[400];  // the largest double has 309 digits
  const auto end = std::to_chars(std::begin(buffer), std::end(buffer), value,
                                 std::chars_format::fixed, decimals);
  return std::string(buffer, end.ptr);
}

std::string Seconds(double seconds) {
  std::string text = Fixed(seconds, 3);
  if (text.find('.') != std::string::npos) {
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
  }
  return text + " s";
}

std::string Uptime(int64_t microseconds) {
  const int64_t total = microseconds / 1000000;
  const int64_t days = total / 86400, hours = total / 3600 % 24, minutes = total / 60 % 60;
  std::string out;
  if (days > 0) out += std::to_string(days) + "d ";
  if (total >= 3600) out += std::to_string(hours) + "h ";
  if (total >= 60) out += std::to_string(minutes) + "m ";
  if (total < 3600) out += std::to_string(total % 60) + "s ";
  out.pop_back();
  return out;
}

std::string Size(uint64_t kib) {
  constexpr std::string_view kUnits[] = {"KiB", "MiB", "GiB", "TiB", "PiB"};
  double value = static_cast<double>(kib);
  size_t unit = 0;
  while (value >= 1024 && unit + 1 < std::size(kUnits)) {
    value /= 1024;
    ++unit;
  }
  return Fixed(value, unit == 0 ? 0 : 1).append(" ").append(kUnits[unit]);
}

std::string Hex(uint32_t value) {
  char buffer[16];
  return std::string(buffer, std::to_chars(buffer, std::end(buffer), value, 16).ptr);
}

std::string PlaceText(const CodeLocation& place) {
  std::string text = place.function();
  if (text.empty() && place.has_address()) text = place.address();
  if (place.has_offset()) text += "+0x" + Hex(place.offset());
  if (place.has_size()) text += "/0x" + Hex(place.size());
  if (!place.module().empty()) text += " [" + place.module() + "]";
  return text;
}

std::string_view BareFunction(std::string_view function) {
  for (const std::string_view start : {".", "__pfx_", "__cfi_"}) {
    if (function.substr(0, start.size()) == start) function.remove_prefix(start.size());
  }
  return function.substr(0, function.find('.'));
}

}  // namespace oops::render
