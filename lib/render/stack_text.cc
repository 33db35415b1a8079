#include "lib/render/stack_text.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lib/render/code_text.h"
#include "lib/render/display.h"
#include "lib/render/facts.h"
#include "lib/render/fold.h"
#include "lib/render/frames.h"
#include "lib/render/words.h"

namespace oops::render {
namespace {

constexpr int kShown = 10;       // lines of the guilty part and what follows it
constexpr int kWorthBegun = 4;   // with fewer lines left, the next part gets one line
constexpr int kPlumbing = 2;     // frames before the guilty one that are listed rather than told
constexpr int kShownOrigin = 5;  // lines of an allocation or free stack
constexpr int kMostOthers = 12;  // other CPUs, other tasks
constexpr int kNoteColumn = 60;
constexpr int kOwnerWidth = 40;
constexpr int kRegistersPerRow = 4;

using Entries = std::vector<Entry>;

using Registers = google::protobuf::RepeatedPtrField<Register>;

void PutRegisters(Sheet& sheet, std::string_view label, const Registers& registers) {
  std::string text;
  for (int i = 0; i < registers.size(); ++i) {
    text += registers[i].name() + " " + registers[i].value();
    const bool full = (i + 1) % kRegistersPerRow == 0 || i + 1 == registers.size();
    text += full ? "" : "  ";
    if (!full) continue;
    sheet.Row(std::exchange(label, ""), std::exchange(text, ""), Ink::kDim);
  }
}

class StackPage {
 public:
  StackPage(Sheet& sheet, const CrashRecord& record, bool all)
      : sheet_(sheet), record_(record), all_(all) {}

  void Put() {
    PutOwn();
    for (const Stack& stack : record_.stacks()) {
      if (IsOwnStack(stack) || IsOther(stack)) continue;
      all_ ? PutWhole(stack) : PutRelated(stack);
    }
    if (all_) {
      for (const Stack& stack : record_.stacks()) {
        if (IsOther(stack)) PutWhole(stack);
      }
      return;
    }
    PutOtherCpus();
    PutOtherTasks();
  }

 private:
  struct Guilty {
    int stack = -1;
    int entry = -1;
  };

  static bool IsOther(const Stack& stack) {
    return stack.type() == STACK_OTHER_CPU || stack.type() == STACK_OTHER_TASK;
  }

  // Where the blamed function stands: a reliable frame of any own part before an unreliable one.
  Guilty FindGuilty(const std::vector<Entries>& parts) const {
    const std::string_view function = GuiltyFunction(record_);
    Guilty found;
    if (function.empty()) return found;
    for (size_t i = 0; i < parts.size(); ++i) {
      const int at = FindFunction(parts[i], function);
      if (at < 0) continue;
      if (parts[i][at].reliable) return {static_cast<int>(i), at};
      if (found.stack < 0) found = {static_cast<int>(i), at};
    }
    return found;
  }

  // The part to show where no frame is to blame: not the one in which the report was made.
  static int FirstTelling(const std::vector<const Stack*>& stacks,
                          const std::vector<Entries>& parts) {
    for (size_t i = 0; i < stacks.size(); ++i) {
      const bool how = stacks[i]->type() == STACK_NMI || IsReporting(parts[i]);
      if (!how && !parts[i].empty()) return static_cast<int>(i);
    }
    return 0;
  }

  void PutOwn() {
    std::vector<const Stack*> stacks;
    std::vector<Entries> parts;
    for (const Stack& stack : record_.stacks()) {
      if (!IsOwnStack(stack)) continue;
      stacks.push_back(&stack);
      parts.push_back(EntriesOf(stack, record_, all_));
    }
    if (stacks.empty()) return;
    Guilty guilty = FindGuilty(parts);
    const bool blamed = guilty.stack >= 0;
    if (!blamed) guilty = {FirstTelling(stacks, parts), 0};

    int left = kShown;
    for (int i = 0; i < static_cast<int>(stacks.size()); ++i) {
      const std::string_view label = StackLabel(stacks[i]->type());
      if (parts[i].empty()) {
        if (!stacks[i]->note().empty()) sheet_.Row(label, stacks[i]->note(), Ink::kDim);
      } else if (all_) {
        const int at = i == guilty.stack ? guilty.entry : i < guilty.stack ? Size(parts[i]) : 0;
        PutEntries(label, parts[i], 0, at, Ink::kDim, false, Size(parts[i]));
        PutEntries(at == 0 ? label : "", parts[i], at, Size(parts[i]), Ink::kPlain,
                   blamed && i == guilty.stack, Size(parts[i]));
      } else if (i < guilty.stack ||
                 (i > guilty.stack && (left < kWorthBegun || IsReporting(parts[i])))) {
        PutOneLine(label, parts[i], i < guilty.stack ? Ink::kDim : Ink::kPlain);
      } else {
        const int at = i == guilty.stack ? guilty.entry : 0;
        PutPlumbing(label, parts[i], at);
        left -= PutEntries(at == 0 ? label : "", parts[i], at, Size(parts[i]), Ink::kPlain,
                           blamed && i == guilty.stack, left);
      }
    }
  }

  static int Size(const Entries& entries) { return static_cast<int>(entries.size()); }

  void PutOneLine(std::string_view label, const Entries& entries, Ink ink) {
    Line line = sheet_.NewRow(label).Add("  ");
    sheet_.Put(line.Add(WayInOneLine(entries, kPageWidth - line.width()), ink));
  }

  // The `count` entries before the guilty one.
  void PutPlumbing(std::string_view label, const Entries& entries, int count) {
    if (count > kPlumbing) {
      PutOneLine(label, {entries.begin(), entries.begin() + count}, Ink::kDim);
    } else {
      PutEntries(label, entries, 0, count, Ink::kDim, false, count);
    }
  }

  // The entries [first, end), folded, in at most about `budget` lines. Returns how many it took.
  int PutEntries(std::string_view label, const Entries& entries, int first, int end, Ink ink,
                 bool first_is_guilty, int budget) {
    if (first >= end) return 0;
    std::vector<std::string> texts;
    for (int i = first; i < end; ++i) texts.push_back(entries[i].text);
    const std::vector<Fold> folds = FoldRepeats(texts);
    int shown = 0;
    for (const Fold& fold : folds) {
      // Two lines are not worth the line that would tell of them.
      if (shown >= budget && static_cast<int>(folds.size()) - shown > 2) {
        PutElision(end - first - fold.first, texts.back());
        break;
      }
      PutFold(shown == 0 ? label : "", texts, fold, ink, first_is_guilty && fold.first == 0);
      ++shown;
    }
    return shown;
  }

  void PutFold(std::string_view label, const std::vector<std::string>& texts, const Fold& fold,
               Ink ink, bool guilty) {
    std::string text = texts[fold.first];
    for (int i = 1; i < fold.length; ++i) text += ", " + texts[fold.first + i];
    if (fold.length > 1) text = "(" + text + ")";
    if (fold.times > 1) text += " x " + std::to_string(fold.times);
    const std::vector<std::string> lines = Wrap(Visible(text), kTextWidth - 4);
    for (size_t i = 0; i < lines.size(); ++i) {
      Line line = sheet_.NewRow(i == 0 ? label : "");
      line.Add(i > 0 ? "    " : guilty ? "> " : "  ", Ink::kGuilty);
      line.Add(lines[i], guilty ? Ink::kGuilty : ink);
      if (guilty && i == 0) AddNote(line, "guilty");
      sheet_.Put(line);
    }
  }

  void PutElision(int count, std::string_view last) {
    Line line = sheet_.NewRow("");
    const std::string text = "  .. " + std::to_string(count) + " more, to " + Visible(last);
    line.Add(Fit(text, kNoteColumn - kTextIndent + 10), Ink::kDim);
    if (!std::exchange(told_how_, true)) AddNote(line, "--stacks=all shows them");
    sheet_.Put(line);
  }

  static void AddNote(Line& line, std::string_view note) {
    const int width = static_cast<int>(note.size());
    if (line.width() + 2 + width > kPageWidth) return;
    line.PadTo(std::min(kNoteColumn, kPageWidth - width), 2).Add(note, Ink::kDim);
  }

  // "kworker/0:1 [2635], CPU 0, lines 12-40", as far as it was printed for this stack.
  static std::string Owner(const Stack& stack) {
    std::string text = stack.task().comm();
    if (stack.task().has_pid()) {
      text += (text.empty() ? "[" : " [") + std::to_string(stack.task().pid()) + "]";
    }
    if (!stack.task().state().empty()) text += " " + stack.task().state();
    if (stack.has_cpu()) {
      text += (text.empty() ? "CPU " : ", CPU ") + std::to_string(stack.cpu());
    }
    return text;
  }

  // Allocation and free stacks, lock chains, later samples.
  void PutRelated(const Stack& stack) {
    const std::string_view label = StackLabel(stack.type());
    const Entries entries = EntriesOf(stack, record_, false);
    if (stack.type() == STACK_RESAMPLE) {
      PutResample(label, stack, entries);
      return;
    }
    std::string head = Owner(stack);
    if (!stack.label().empty()) head = stack.label();
    if (!head.empty()) sheet_.Row(label, head);
    if (entries.empty()) return;
    const std::string_view rest = head.empty() ? label : "";
    if (stack.type() == STACK_HELD_AT) {
      PutOneLine(rest, entries, Ink::kPlain);
      return;
    }
    const int from = AllocatorPrefix(entries);
    PutEntries(rest, entries, from, Size(entries), Ink::kPlain, false, kShownOrigin);
  }

  void PutResample(std::string_view label, const Stack& stack, const Entries& entries) {
    if (&stack == SampledFrom(record_)) return;  // the "at" row names it
    std::string text = stack.has_lines() ? "line " + LineRange(stack.lines()) + ": " : "";
    const std::string place = PlaceText(stack.ip());
    text += place.empty() ? "" : "in " + place;
    if (place.empty()) text += DoingInOneLine(entries, kTextWidth - DisplayWidth(text));
    sheet_.Row(label, text);
  }

  struct OtherCpu {
    const Stack* first;
    Entries entries;
    bool idle = false;
    bool only_nmi = true;
  };

  // One line for each CPU; the stacks of one CPU stand one after the other.
  void PutOtherCpus() {
    std::vector<OtherCpu> cpus;
    for (const Stack& stack : record_.stacks()) {
      if (stack.type() != STACK_OTHER_CPU) continue;
      const bool same = !cpus.empty() && stack.has_cpu() && cpus.back().first->has_cpu() &&
                        cpus.back().first->cpu() == stack.cpu();
      if (!same) cpus.push_back({&stack, {}});
      OtherCpu& cpu = cpus.back();
      cpu.idle = cpu.idle || IsIdle(stack);
      // The NMI part only shows how the backtrace was asked for: it gives way to any other.
      if (cpu.only_nmi && stack.part() != STACK_NMI) cpu.entries.clear();
      cpu.only_nmi = cpu.only_nmi && stack.part() == STACK_NMI;
      if (!cpu.only_nmi && stack.part() == STACK_NMI) continue;
      for (Entry& entry : EntriesOf(stack, record_, false)) cpu.entries.push_back(std::move(entry));
    }
    std::string idle;
    int shown = 0, hidden = 0;
    for (const OtherCpu& cpu : cpus) {
      const std::string number =
          cpu.first->has_cpu() ? std::to_string(cpu.first->cpu()) : std::string("?");
      if (cpu.idle) {
        idle += (idle.empty() ? "CPU " : ", ") + number;
      } else if (shown >= kMostOthers) {
        ++hidden;
      } else {
        ++shown;
        PutOther("cpu " + number, *cpu.first, cpu.entries, false);
      }
    }
    if (hidden > 0) PutHidden(CountOf(hidden, "more CPU", "more CPUs"));
    if (!idle.empty()) sheet_.Row("idle", idle, Ink::kDim);
  }

  static bool IsIdle(const Stack& stack) {
    // nmi_cpu_backtrace(): "skipped: idling at"; else the idle task itself.
    return stack.note().find("idling") != std::string::npos ||
           stack.task().comm().compare(0, 8, "swapper/") == 0;
  }

  void PutOtherTasks() {
    int shown = 0, hidden = 0;
    for (const Stack& stack : record_.stacks()) {
      if (stack.type() != STACK_OTHER_TASK) continue;
      if (++shown > kMostOthers) {
        ++hidden;
        continue;
      }
      PutOther("task", stack, EntriesOf(stack, record_, false), true);
    }
    if (hidden > 0) PutHidden(CountOf(hidden, "more task", "more tasks"));
  }

  void PutOther(std::string_view label, const Stack& stack, const Entries& entries, bool with_cpu) {
    Stack who;
    *who.mutable_task() = stack.task();
    if (with_cpu && stack.has_cpu()) who.set_cpu(stack.cpu());
    const std::string owner = Fit(Visible(Owner(who)), kOwnerWidth);
    Line line = sheet_.NewRow(label);
    if (!owner.empty()) line.Add(owner + ": ");
    const int room = kPageWidth - line.width();
    std::string text = entries.empty() ? Visible(stack.note()) : DoingInOneLine(entries, room);
    if (text.empty()) text = stack.user_mode() ? "in user mode" : "nothing printed";
    sheet_.Put(line.Add(Fit(text, room)));
  }

  void PutHidden(const std::string& what) {
    Line line = sheet_.NewRow("");
    line.Add(".. " + what, Ink::kDim);
    if (!std::exchange(told_how_, true)) AddNote(line, "--stacks=all shows them");
    sheet_.Put(line);
  }

  // A stack with everything that was printed for it.
  void PutWhole(const Stack& stack) {
    std::string_view label = StackLabel(stack.type());
    std::string head = Owner(stack);
    const auto add = [&head](std::string_view text) {
      if (text.empty()) return;
      if (!head.empty()) head += ", ";
      head += text;
    };
    if (stack.part() != STACK_UNSPECIFIED) add(StackLabel(stack.part()));
    if (stack.has_lines()) add("line " + LineRange(stack.lines()));
    add(stack.label());
    add(stack.note());
    if (stack.user_mode()) add("in user mode");
    if (!head.empty()) sheet_.Row(std::exchange(label, ""), head, Ink::kBold);
    PutRegisters(sheet_, label, stack.registers());
    if (stack.registers_size() > 0) label = "";
    const Entries entries = EntriesOf(stack, record_, true);
    PutEntries(label, entries, 0, Size(entries), Ink::kPlain, false, Size(entries));
  }

  Sheet& sheet_;
  const CrashRecord& record_;
  const bool all_;
  bool told_how_ = false;
};

}  // namespace

void PutStacks(Sheet& sheet, const CrashRecord& record, bool all) {
  if (all) PutRegisters(sheet, "regs", record.registers());
  StackPage(sheet, record, all).Put();
}

}  // namespace oops::render
