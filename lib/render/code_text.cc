#include "lib/render/code_text.h"

#include <algorithm>
#include <cctype>
#include <string>
#include <string_view>
#include <vector>

#include "lib/render/display.h"
#include "lib/render/facts.h"
#include "lib/render/words.h"

namespace oops::render {
namespace {

constexpr int kBefore = 2;        // instructions shown before the trapping one
constexpr int kAfter = 5;         // and after it
constexpr int kBytesAround = 12;  // on either side of the trapping one
constexpr int kAddressWidth = 24;
constexpr int kNoteColumn = 60;

void PutPlace(Sheet& sheet, const CrashRecord& record) {
  std::string place = PlaceText(record.ip());
  if (place.empty()) return;
  const CodeLocation& ip = record.ip();
  if (!ip.file().empty()) place += " " + ip.file();
  if (!ip.file().empty() && ip.has_line()) place += ":" + std::to_string(ip.line());
  const bool guilty = BareFunction(ip.function()) == GuiltyFunction(record);
  Line line = sheet.NewRow("at");
  line.Add(Fit(Visible(place), kTextWidth), guilty ? Ink::kGuilty : Ink::kBold);
  std::string note = guilty ? "guilty" : "";
  if (const Stack* sample = SampledFrom(record); sample != nullptr && sample->has_lines()) {
    note += note.empty() ? "" : ", ";
    note += "from the later sample, line " + LineRange(sample->lines());
  }
  if (!note.empty() && line.width() + 2 + static_cast<int>(note.size()) <= kPageWidth) {
    const int column = kPageWidth - static_cast<int>(note.size());
    line.PadTo(std::min(kNoteColumn, column), 2).Add(note, Ink::kDim);
  }
  sheet.Put(line);
}

bool SameName(std::string_view a, std::string_view b) {
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) {
           return std::tolower(static_cast<unsigned char>(x)) ==
                  std::tolower(static_cast<unsigned char>(y));
         });
}

// The operands that the instruction `text` (AT&T syntax) reads: without the register that a mov or
// lea writes.
std::string_view ReadOperands(std::string_view text) {
  const size_t last = text.find_last_of(",(");
  const bool overwrites = text.substr(0, 3) == "mov" || text.substr(0, 3) == "lea";
  const bool to_register = last != std::string_view::npos && text[last] == ',' &&
                           text.find('%', last) != std::string_view::npos &&
                           text.find(')', last) == std::string_view::npos;
  return overwrites && to_register ? text.substr(0, last) : text;
}

// "r12 = ffff880826272138" for each register that `text` names and the record knows.
std::string RegisterValues(std::string_view text, const CrashRecord& record) {
  text = ReadOperands(text);
  std::string values;
  size_t at = 0;
  while ((at = text.find('%', at)) != std::string_view::npos) {
    size_t end = ++at;
    while (end < text.size() && std::isalnum(static_cast<unsigned char>(text[end]))) ++end;
    const std::string_view name = text.substr(at, end - at);
    for (const Register& r : record.registers()) {
      if (!SameName(name, r.name()) || !r.has_value()) continue;
      const std::string value = std::string(name) + " = " + r.value();
      if (values.find(value) == std::string::npos) values += (values.empty() ? "" : ", ") + value;
      break;
    }
    at = end;
  }
  return values;
}

// Whether the instruction (AT&T syntax) leaves all general registers as they were. Errs on the side
// of no.
bool KeepsRegisters(std::string_view text) {
  for (const std::string_view harmless : {"pause", "nop", "cmp", "test", "lfence", "mfence"}) {
    if (text.substr(0, harmless.size()) == harmless) return true;
  }
  return false;
}

void PutInstructions(Sheet& sheet, const CrashRecord& record, bool all) {
  const auto& instructions = record.code().instructions();
  const int size = instructions.size();
  int trap = 0;
  while (trap < size && !instructions[trap].trapping()) ++trap;
  const bool found = trap < size;
  if (!found) trap = 0;
  const int first = all ? 0 : std::max(trap - kBefore, 0);
  const int end = all ? size : std::min(trap + kAfter + 1, size);
  // The registers were read at the trapping instruction: they hold there and as far as nothing
  // changes them.
  bool valid = false;
  for (int i = first; i < end; ++i) {
    const Instruction& instruction = instructions[i];
    const bool trapping = instruction.trapping();
    if (trapping) valid = true;
    Line line = sheet.NewRow("");
    line.Add(trapping ? "> " : "  ", Ink::kGuilty);
    line.Add(Fit(Visible(instruction.address()), kAddressWidth)).Add("  ");
    const int room = kPageWidth - line.width();
    line.Add(Fit(Visible(instruction.text()), room), trapping ? Ink::kBold : Ink::kPlain);
    const std::string note = valid ? RegisterValues(instruction.text(), record) : "";
    if (!note.empty() && line.width() + 2 + DisplayWidth(note) <= kPageWidth) {
      line.PadTo(std::min(kNoteColumn, kPageWidth - DisplayWidth(note)), 2).Add(note, Ink::kDim);
    }
    sheet.Put(line);
    valid = valid && KeepsRegisters(instruction.text());
  }
}

// How many bytes the kernels of `arch` print as one word.
int WordSize(std::string_view arch) {
  constexpr std::string_view kFour[] = {"arm",  "arm64",   "ppc64",       "ppc32",
                                        "mips", "sparc64", "loongarch64", "alpha"};
  return std::find(std::begin(kFour), std::end(kFour), arch) == std::end(kFour) ? 1 : 4;
}

// The bytes or words around the trapping one, which stands in <>.
void PutBytes(Sheet& sheet, const CrashRecord& record, bool all) {
  const Code& code = record.code();
  const auto bytes = static_cast<int>(code.bytes().size() / 2);
  const bool marked = code.has_trap_index() && code.trap_index() < static_cast<uint32_t>(bytes);
  const int trap_byte = marked ? static_cast<int>(code.trap_index()) : bytes;
  const int word = trap_byte % WordSize(record.arch()) == 0 ? WordSize(record.arch()) : 1;
  const int size = bytes / word, trap = trap_byte / word;
  const int around = kBytesAround / word;
  const int first = all ? 0 : std::max(trap - around, 0);
  const int end = all ? size : std::min(trap + around, size);
  std::string text = first > 0 ? ".." : "";
  for (int i = first; i < end; ++i) {
    if (!text.empty()) text += ' ';
    const std::string hex = code.bytes().substr(2 * word * i, 2 * word);
    text += i == trap ? "<" + hex + ">" : hex;
  }
  if (end < size) text += " ..";
  sheet.Row("code", text, Ink::kDim);
}

}  // namespace

const Stack* SampledFrom(const CrashRecord& record) {
  if (record.ip().function().empty()) return nullptr;
  for (const Stack& stack : record.stacks()) {
    const CodeLocation& ip = stack.ip();
    const bool same =
        ip.function() == record.ip().function() && ip.offset() == record.ip().offset();
    if (stack.type() == STACK_RESAMPLE && same) return &stack;
  }
  return nullptr;
}

void PutCode(Sheet& sheet, const CrashRecord& record, bool all) {
  PutPlace(sheet, record);
  const Code& code = record.code();
  if (code.instructions_size() > 0) {
    PutInstructions(sheet, record, all);
  } else if (!code.bytes().empty()) {
    PutBytes(sheet, record, all);
  } else if (!code.unavailable().empty()) {
    sheet.Row("code", code.unavailable(), Ink::kDim);
  }
}

}  // namespace oops::render
