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

// Whoever sleeps stands in these (kernel/sched/core.c, kernel/time/timer.c): it says nothing.
constexpr std::string_view kSleepNames[] = {
    "__switch_to", "context_switch", "__schedule", "schedule", "preempt_schedule", "io_schedule",
};

template <size_t N>
bool StartsWithOne(std::string_view name, const std::string_view (&starts)[N]) {
  return std::any_of(std::begin(starts), std::end(starts),
                     [&](std::string_view start) { return name.substr(0, start.size()) == start; });
}

// `count` indices of `size`, first and last among them.
std::vector<size_t> Waypoints(size_t size, size_t count, Sample sample) {
  if (count == 1) return {0};
  std::vector<size_t> points;
  for (size_t i = 0; i < count; ++i) {
    const bool inner = sample == Sample::kInner && i + 1 < count;
    points.push_back(inner ? i : i * (size - 1) / (count - 1));
  }
  return points;
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
    if (!StartsWithOne(entry.function, kAllocatorNames)) break;
    ++count;
  }
  return count < static_cast<int>(entries.size()) ? count : 0;
}

std::string InOneLine(const std::vector<Entry>& entries, int columns, Sample sample) {
  std::vector<const Entry*> shown;
  bool sleeping = sample == Sample::kInner;
  for (const Entry& entry : entries) {
    sleeping = sleeping && StartsWithOne(entry.function, kSleepNames);
    if (entry.reliable && !sleeping) shown.push_back(&entry);
  }
  if (shown.empty()) {
    for (const Entry& entry : entries) shown.push_back(&entry);
  }
  if (shown.empty()) return "no frames";
  const std::string count =
      entries.size() > 2 ? "   " + CountOf(entries.size(), "frame", "frames") : std::string();
  constexpr size_t kMost = 5;
  for (size_t points = std::min(kMost, shown.size()); points > 0; --points) {
    std::string line;
    size_t before = 0;
    for (const size_t i : Waypoints(shown.size(), points, sample)) {
      if (i > 0) line += i == before + 1 ? ", " : " .. ";
      line += Visible(i == 0 ? shown[i]->brief : std::string(shown[i]->function));
      before = i;
    }
    line += count;
    if (DisplayWidth(line) <= columns) return line;
  }
  return Fit(Visible(shown.front()->brief), columns - DisplayWidth(count)) + count;
}

}  // namespace oops::render
