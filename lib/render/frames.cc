#include "lib/render/frames.h"

#include <algorithm>

#include "lib/render/display.h"
#include "lib/render/words.h"

namespace oops::render {
namespace {

// What stands on top of KASAN's and KFENCE's allocation and free stacks: mm/kasan, mm/slub.c,
// mm/slab_common.c.
constexpr std::string_view kAllocatorNames[] = {
    "kasan_",       "__kasan_",  "save_stack", "stack_trace_", "set_track",  "stack_depot_",
    "kfence_",      "__kfence_", "kmsan_",     "__kmsan_",     "slab_",      "__slab_",
    "___slab_",     "kmalloc",   "__kmalloc",  "__do_kmalloc", "kzalloc",    "kcalloc",
    "kmem_cache_",  "kfree",     "__kfree",    "krealloc",     "__krealloc", "kvmalloc",
    "kvfree",       "kvzalloc",  "__kvmalloc", "__cache_free", "___cache_",  "__kmem_cache_",
    "poison_slab_", "qlist_",    "do_slab_",   "cache_free_",  "dump_stack", "__alloc_pages",
};

std::string Brief(const Frame& frame, bool sizes) {
  std::string text = frame.function().empty() ? frame.address() : frame.function();
  if (frame.has_offset()) text += "+0x" + Hex(frame.offset());
  if (sizes && frame.has_size()) text += "/0x" + Hex(frame.size());
  if (!frame.module().empty()) text += " [" + frame.module() + "]";
  return text;
}

std::string FrameText(const Frame& frame, bool sizes) {
  std::string text = Brief(frame, sizes);
  if (!frame.file().empty()) {
    text += " " + frame.file();
    if (frame.has_line()) text += ":" + std::to_string(frame.line());
  }
  if (frame.inlined()) text += " (inlined)";
  if (frame.has_reliable() && !frame.reliable()) text += " ?";
  return text;
}

bool SamePlace(const CodeLocation& a, const CodeLocation& b) {
  return a.function() == b.function() && a.offset() == b.offset();
}

// Who stands in one of these innermost is asleep or waits; `doing` says for what.
struct Waiting {
  std::string_view start;
  std::string_view doing;
};

constexpr Waiting kWaiting[] = {
    // kernel/sched/core.c, kernel/time/timer.c
    {"__switch_to", ""},
    {"context_switch", ""},
    {"__schedule", ""},
    {"schedule", ""},
    {"preempt_schedule", ""},
    {"io_schedule", ""},
    // kernel/locking, by the names of all eras
    {"native_queued_spin_lock_slowpath", "spins on a lock"},
    {"queued_spin_lock_slowpath", "spins on a lock"},
    {"pv_queued_spin_lock_slowpath", "spins on a lock"},
    {"__pv_queued_spin_lock_slowpath", "spins on a lock"},
    {"do_raw_spin_lock", "spins on a lock"},
    {"_raw_spin_lock", "spins on a lock"},
    {"__raw_spin_lock", "spins on a lock"},
    {"_spin_lock", "spins on a lock"},
    {"__ticket_spin_lock", "spins on a lock"},
    {"queued_read_lock_slowpath", "spins on a lock"},
    {"queued_write_lock_slowpath", "spins on a lock"},
    {"_raw_read_lock", "spins on a lock"},
    {"_raw_write_lock", "spins on a lock"},
    {"osq_lock", "waits for a mutex"},
    {"__mutex_lock", "waits for a mutex"},
    {"mutex_lock", "waits for a mutex"},
    {"mutex_optimistic_spin", "waits for a mutex"},
    {"rwsem_down_", "waits for a rwsem"},
    {"call_rwsem_down_", "waits for a rwsem"},
    {"down_read", "waits for a rwsem"},
    {"down_write", "waits for a rwsem"},
    {"__down", "waits for a semaphore"},
    {"wait_for_completion", "waits for a completion"},
    {"wait_for_common", "waits for a completion"},
    {"__wait_for_common", "waits for a completion"},
};

// kernel/watchdog.c, kernel/panic.c, kernel/kexec_core.c, arch/x86/kernel/crash.c
constexpr std::string_view kReporting[] = {
    "watchdog_timer_fn", "watchdog_overflow_callback", "panic",     "machine_kexec",
    "__crash_kexec",     "crash_nmi_callback",         "nmi_panic", "nmi_cpu_backtrace",
};

bool StartsWith(std::string_view text, std::string_view start) {
  return text.substr(0, start.size()) == start;
}

// `count` indices of `size`, evenly spread, first and last among them.
std::vector<size_t> Waypoints(size_t size, size_t count) {
  if (count == 1) return {0};
  std::vector<size_t> points;
  for (size_t i = 0; i < count; ++i) points.push_back(i * (size - 1) / (count - 1));
  return points;
}

// The reliable entries from `first` on, or all of them if none is.
std::vector<const Entry*> Telling(const std::vector<Entry>& entries, size_t first) {
  std::vector<const Entry*> reliable, all;
  for (size_t i = first; i < entries.size(); ++i) {
    all.push_back(&entries[i]);
    if (entries[i].reliable) reliable.push_back(&entries[i]);
  }
  return reliable.empty() ? all : reliable;
}

std::string NumberOf(const std::vector<Entry>& entries) {
  return entries.size() > 2 ? "   " + CountOf(entries.size(), "frame", "frames") : std::string();
}

}  // namespace

std::vector<Entry> EntriesOf(const Stack& stack, const CrashRecord& record, bool sizes) {
  std::vector<Entry> entries;
  const CodeLocation& ip = stack.ip();
  const bool elsewhere = IsOwnStack(stack) && SamePlace(ip, record.ip());
  const bool shown = !ip.function().empty() && !elsewhere;
  if (shown) entries.push_back({PlaceText(ip), PlaceText(ip), ip.function()});
  for (const Frame& frame : stack.frames()) {
    // crash prints the function of an "[exception RIP: f+32]" once more as the frame below it,
    // without the offset.
    const bool again = shown && &frame == &stack.frames(0) && frame.function() == ip.function();
    if (again && !frame.has_offset()) continue;
    entries.push_back({FrameText(frame, sizes), Brief(frame, false), frame.function(),
                       !frame.has_reliable() || frame.reliable()});
  }
  return entries;
}

bool IsOwnStack(const Stack& stack) {
  switch (stack.type()) {
    case STACK_UNSPECIFIED:
    case STACK_TASK:
    case STACK_IRQ:
    case STACK_SOFTIRQ:
    case STACK_NMI:
    case STACK_EXCEPTION:
    case STACK_LINK:
      return true;
    default:
      return false;
  }
}

int FindFunction(const std::vector<Entry>& entries, std::string_view function) {
  int found = -1;
  for (size_t i = 0; i < entries.size(); ++i) {
    if (BareFunction(entries[i].function) != function) continue;
    if (entries[i].reliable) return static_cast<int>(i);
    if (found < 0) found = static_cast<int>(i);
  }
  return found;
}

int AllocatorPrefix(const std::vector<Entry>& entries) {
  int count = 0;
  for (const Entry& entry : entries) {
    const bool allocator =
        std::any_of(std::begin(kAllocatorNames), std::end(kAllocatorNames),
                    [&](std::string_view name) { return StartsWith(entry.function, name); });
    if (!allocator) break;
    ++count;
  }
  return count < static_cast<int>(entries.size()) ? count : 0;
}

bool IsReporting(const std::vector<Entry>& entries) {
  return std::any_of(entries.begin(), entries.end(), [](const Entry& entry) {
    const std::string_view function = BareFunction(entry.function);
    return std::find(std::begin(kReporting), std::end(kReporting), function) !=
           std::end(kReporting);
  });
}

std::string WayInOneLine(const std::vector<Entry>& entries, int columns) {
  if (entries.empty()) return "no frames";
  const std::vector<const Entry*> shown = Telling(entries, 0);
  const std::string number = NumberOf(entries);
  constexpr size_t kMost = 5;
  for (size_t points = std::min(kMost, shown.size()); points > 0; --points) {
    std::string line;
    size_t before = 0;
    for (const size_t i : Waypoints(shown.size(), points)) {
      if (i > 0) line += i == before + 1 ? ", " : " .. ";
      line += Visible(i == 0 ? shown[i]->brief : std::string(shown[i]->function));
      before = i;
    }
    line += number;
    if (DisplayWidth(line) <= columns) return line;
  }
  return Fit(Visible(shown.front()->brief), columns - DisplayWidth(number)) + number;
}

std::string DoingInOneLine(const std::vector<Entry>& entries, int columns) {
  if (entries.empty()) return "no frames";
  size_t first = 0;
  std::string_view doing;
  for (; first + 1 < entries.size(); ++first) {
    const auto* end = std::end(kWaiting);
    const auto* row = std::find_if(std::begin(kWaiting), end, [&](const Waiting& w) {
      return StartsWith(entries[first].function, w.start);
    });
    if (row == end && entries[first].reliable) break;
    if (row != end && !row->doing.empty()) doing = row->doing;
  }
  const std::string number = NumberOf(entries);
  std::string line = doing.empty() ? "" : std::string(doing) + ": ";
  const int room = columns - DisplayWidth(number) - 3;
  const std::vector<const Entry*> shown = Telling(entries, first);
  line += Visible(shown.front()->brief);
  if (DisplayWidth(line) > room) return Fit(line, room) + number;
  for (size_t i = 1; i < shown.size(); ++i) {
    const std::string next = ", " + Visible(shown[i]->function);
    if (DisplayWidth(line) + DisplayWidth(next) > room) return line + " .." + number;
    line += next;
  }
  return line + number;
}

}  // namespace oops::render
