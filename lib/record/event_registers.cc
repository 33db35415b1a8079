// Register blocks, the place of the fault, Code: bytes: what of a report belongs to one sample of a
// CPU.
#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "lib/grammar/chars.h"
#include "lib/grammar/code_bytes.h"
#include "lib/grammar/kernel_id.h"
#include "lib/record/captures.h"
#include "lib/record/event.h"

namespace oops::record {
namespace {

using grammar::Cursor;

// "0018:" before an address or a function: a code segment. User mode has its two lowest bits set.
std::optional<bool> TakeSelector(Cursor& cursor) {
  size_t start = cursor.position();
  std::string_view hex = cursor.TakeHex();
  if (hex.size() == 4 && cursor.Take(':')) {
    std::optional<uint64_t> selector = grammar::ParseUint(hex, 16);
    return selector && (*selector & 3) == 3;
  }
  cursor.Seek(start);
  return std::nullopt;
}

// What stands behind a register's value in words: "(nZCv daif -PAN)", "<SF,HV,EE>", "[PIL] (IS=
// ECode=1)", "KX SX UX KERNEL EXL IE", arm64's "-- DABT (current EL)".
void SkipRegisterNotes(std::string_view& text) {
  constexpr std::string_view kOpen = "(<[", kClose = ")>]";
  std::string_view rest = grammar::TrimLeft(text);
  // mips' "epc = 004008e0 in prog[400000+1000]" of a process's fault
  // arch/ppc's "MSR: 02043420 EE: 0 PR: 0 FP: 1 ME: 1 IR/DR: 10", until 2.6.26
  if (rest.starts_with("-- ") || rest.starts_with("in ") || rest.starts_with("EE: "))
    text = rest = {};
  for (int notes = 0; notes < 2 && !rest.empty(); ++notes) {
    bool release = rest.size() > 1 && rest.front() == '(' && grammar::IsDigit(rest[1]);
    if (release) return;
    size_t kind = kOpen.find(rest.front());
    size_t end = kind == std::string_view::npos ? kind : rest.find(kClose[kind]);
    if (end == std::string_view::npos) break;
    text = rest.substr(end + 1);
    rest = grammar::TrimLeft(text);
  }
  if (rest.empty()) return;
  bool words = rest.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ ") == std::string_view::npos;
  if (words) text = {};
}

bool TrimmedStartsWith(std::string_view text, char c) {
  text = grammar::TrimLeft(text);
  return !text.empty() && text.front() == c;
}

// Where the PSW of s390 stands when a program check is reported: behind the instruction, which is
// over or was suppressed, as the monitor call of a BUG or WARN(). Only what nullifies it leaves the
// PSW at it, and do_protection_exception() puts it back there.
bool IsPastTrap(std::string_view pgm_code) {
  constexpr uint64_t kAtTrap[] = {0x04, 0x10, 0x11, 0x38, 0x39, 0x3a, 0x3b, 0x3d, 0x3e, 0x3f};
  const std::optional<uint64_t> code = grammar::ParseUint(pgm_code, 16);
  return code && std::find(std::begin(kAtTrap), std::end(kAtTrap), *code) == std::end(kAtTrap);
}

// asm/arcregs.h: ECR_V_TRAP of ARCv2 and of ARCompact, which access no memory: the exception fault
// address is the trap's own.
bool IsArcTrap(std::string_view ecr) {
  const uint64_t vector = grammar::ParseUint(ecr, 16).value_or(0) >> 16 & 0xff;
  return vector == 0x09 || vector == 0x25;
}

// " r6:800e6263 r5:80548f20 r4:b60eb4e0": dump_backtrace_stm() of arm, what the frame above saved.
bool AreSavedInFrame(std::string_view text) {
  Cursor cursor(grammar::TrimLeft(text));
  return cursor.Take('r') && !cursor.TakeDigits().empty() && cursor.Take(':') &&
         cursor.TakeHex().size() == 8;
}

// powerpc's MSR_PR
bool OfUserMode(std::string_view msr) { return grammar::ParseUint(msr, 16).value_or(0) & 0x4000; }

// The place that a line of registers names: see Event::OnPlace().
std::optional<CodeLocation> TakePlace(std::string_view& text) {
  std::string_view rest = grammar::TrimLeft(text);
  CodeLocation place;
  std::string_view address;
  bool parenthesised = false;
  if (std::optional<grammar::Frame> frame = grammar::TakeFrame(rest); frame && frame->addressed) {
    if (frame->symbol.function.empty()) return std::nullopt;
    SetLocation(frame->symbol, frame->address, place);
    text = rest;
    return place;
  }
  rest = grammar::TrimLeft(text);
  for (int words = 0; words < 2; ++words) {
    Cursor cursor(rest);
    const bool symbol = cursor.Take("0x") && rest.find(" [") == cursor.position() + address.size();
    if (symbol && !address.empty()) break;  // "8e984abc 0x8e984abc [mt76x2e@8e984000+0x2b5b]"
    std::string_view hex = cursor.TakeHex();
    if ((hex.size() != 8 && hex.size() != 16) || !grammar::IsBlank(cursor.Peek())) break;
    address = hex;
    rest = grammar::TrimLeft(cursor.rest());
  }
  if (rest.starts_with('(')) {
    parenthesised = true;
    rest.remove_prefix(1);
  }
  std::optional<grammar::Symbol> symbol = grammar::TakeSymbol(rest, grammar::Offset::kRequired);
  if (!symbol || (symbol->function.empty() && symbol->address.empty())) return std::nullopt;
  SetLocation(*symbol, address.empty() ? symbol->address : address, place);
  if (parenthesised && rest.starts_with(')')) rest.remove_prefix(1);
  text = rest;
  return place;
}

}  // namespace

Event::Block Event::ChooseBlock(bool user_mode) const {
  if (user_mode) return stacks_.owner() == Owner::kNobody ? Block::kDrop : Block::kStack;
  if (stacks_.owner() == Owner::kNobody || stacks_.owner() == Owner::kExtra) return Block::kDrop;
  if (stacks_.owner() != Owner::kOwn) return Block::kStack;
  bool told = record_.registers_size() > untold_;
  if (phase_ == Phase::kEnded) return told ? Block::kDrop : Block::kRecord;
  if (!stacks_.has_own_frames()) return told ? Block::kDrop : Block::kRecord;
  return Block::kStack;
}

bool Event::TakeRegisterRow(std::string_view& text, const log::LogLine& line) {
  std::string_view rest = text;
  std::vector<grammar::RegisterValue> values;
  if (!grammar::TakeRegisters(rest, values)) return false;
  if (AreSavedInFrame(text)) {
    text = rest;
    return true;
  }
  // The address of a page fault comes alone behind the trace (arch/x86 show_fault_oops()
  // callers), blocks have it beside CR3.
  bool fault_address_alone =
      values.size() == 1 && values.front().name == "CR2" && (stacks_.has_own_frames() || !row_);
  if (fault_address_alone || !block_open_) {
    block_ = fault_address_alone ? Block::kDrop : ChooseBlock(false);
    block_open_ = true;
  }
  if (fault_address_alone) AddUntold("CR2", values.front().value, line);
  for (const grammar::RegisterValue& value : values) StoreRegister(value, line);
  // Only page faults end so: of a report without its headline it is all that tells the kind.
  if (fault_address_alone && !row_ && !record_.fault().has_address())
    record_.mutable_fault()->set_address(std::string(values.front().value));
  SkipRegisterNotes(rest);
  gprs_open_ = text.find("GPRS:") != std::string_view::npos;
  gprs_ = values.size();
  phase_ = phase_ == Phase::kHeader ? Phase::kBody : phase_;
  words_line_ = line.order;  // rows of the stack may follow without a header
  ++evidence_;
  text = rest;
  return true;
}

// x86 repeats at an oops' end what its block of registers may have lost, or not had.
void Event::AddUntold(std::string_view name, std::string_view value, const log::LogLine& line) {
  for (const Register& reg : record_.registers()) {
    if (reg.name() == name) return;
  }
  const Block block = std::exchange(block_, Block::kRecord);
  StoreRegister({std::string(name), value, {}, {}}, line);
  ++untold_;
  block_ = block;
}

void Event::StoreRegister(const grammar::RegisterValue& value, const log::LogLine& line) {
  NoteArch(value.arch);
  Register* reg = nullptr;
  if (block_ == Block::kRecord) {
    reg = record_.add_registers();
  } else if (block_ == Block::kStack) {
    Stack& stack = stacks_.Current(line.number);
    reg = stack.add_registers();
    if (value.name == "MSR" && OfUserMode(value.value)) stack.set_user_mode(true);
  } else {
    return;
  }
  reg->set_name(value.name);
  reg->mutable_value()->assign(value.value);
  if (mirrored_ && block_ == Block::kStack) *record_.add_registers() = *reg;
}

bool Event::OnCode(std::string_view& text, const log::LogLine& line) {
  bool follows_rip = rip_taken_ && lines_taken <= *rip_taken_ + 1;
  Block block = follows_rip                      ? block_
                : stacks_.owner() == Owner::kOwn ? Block::kRecord
                                                 : Block::kStack;
  bool user =
      block == Block::kStack && stacks_.CurrentIfAny() && stacks_.CurrentIfAny()->user_mode();
  if (stacks_.owner() == Owner::kNobody) block = Block::kDrop;
  Code code;
  code.mutable_lines()->set_first(line.number);
  code.mutable_lines()->set_last(line.number);
  std::string_view rest = grammar::TrimLeft(text);
  const std::string_view unread = rest.substr(0, rest.find(' '));
  std::optional<grammar::CodeBytes> bytes = grammar::TakeCodeBytes(rest, 2);
  if (bytes && !bytes->readable) {
    code.set_unavailable(std::string(unread));
    text = rest;
  } else if (bytes) {
    code.set_bytes(std::move(bytes->hex));
    if (bytes->trap_index) code.set_trap_index(*bytes->trap_index);
    text = rest;
  } else if (rest.starts_with("Bad ") || rest.starts_with("Unable to access") ||
             rest.starts_with("bad PC")) {
    code.set_unavailable(std::string(grammar::Trim(rest)));
    text = {};
  } else {
    return false;
  }
  ++evidence_;
  code_line_ = line.order;
  phase_ = phase_ == Phase::kHeader ? Phase::kBody : phase_;
  if (block == Block::kRecord && !record_.has_code()) {
    *record_.mutable_code() = std::move(code);
  } else if (block == Block::kStack) {
    bool of_event = mirrored_ || stacks_.owner() == Owner::kResample;
    if (!user && of_event && !record_.has_code()) *record_.mutable_code() = code;
    Stack& stack = stacks_.Current(line.number);
    if (!stack.has_code()) *stack.mutable_code() = std::move(code);
  }
  return true;
}

void Event::OnRip(std::string_view& text, const log::LogLine& line) {
  Cursor cursor(text);
  cursor.SkipBlanks();
  std::optional<bool> selector = TakeSelector(cursor);
  bool user = selector.value_or(false);
  std::string_view rest = cursor.rest();
  if (rest.starts_with("[] ")) rest.remove_prefix(2);  // a page took "<addr>" for markup
  ++evidence_;
  CodeLocation ip;
  // "[<addr>]  [<addr>] func" until 4.9, "func" or a bare address since.
  std::string_view address;
  std::string_view at = rest;
  if (std::optional<grammar::Frame> frame = grammar::TakeFrame(at); frame && frame->addressed) {
    address = frame->address;
    if (frame->symbol.function.empty()) {
      std::string_view again = at;
      // The rest of a KERN_CONT, "\001c", that an NMI printed (4.7 to 4.14) and a page cut.
      again = grammar::TrimLeft(again);
      if (again.starts_with("c [<")) again.remove_prefix(2);
      std::optional<grammar::Frame> second = grammar::TakeFrame(again);
      if (second && second->addressed) {
        frame = second;
        at = again;
      }
    }
    SetLocation(frame->symbol, address, ip);
    rest = at;
  } else {
    at = rest;
    if (std::optional<grammar::Symbol> symbol =
            grammar::TakeSymbol(at, grammar::Offset::kRequired)) {
      SetLocation(*symbol, symbol->address, ip);
      rest = at;
    }
  }
  // __die() ends with "RIP  [<addr>] func" and "EIP: [<addr>] func SS:ESP ..." until 4.9, from 4.10
  // to 4.17 with "RIP: func RSP: ..." and "EIP: func SS:ESP: ...". Those registers were told
  // before.
  std::string_view behind = grammar::TrimLeft(rest);
  bool summary =
      TrimmedStartsWith(text, '[') || behind.starts_with("RSP: ") || behind.starts_with("SS:ESP: ");
  bool tail = !selector && summary && stacks_.owner() == Owner::kOwn && phase_ == Phase::kBody;
  if (tail) {
    die_seen_ = true;
    if (record_.ip().function().empty() && !ip.function().empty()) *record_.mutable_ip() = ip;
    stacks_.CloseTrace();
    constexpr std::string_view kStackPointer = "RSP: ";
    if (behind.starts_with(kStackPointer))
      AddUntold("RSP", Cursor(behind.substr(kStackPointer.size())).TakeHex(), line);
    block_ = Block::kDrop;
    block_open_ = true;
    const size_t behind_glue = behind.find("CR2: ");  // of a log without line ends
    text = behind.substr(std::min(behind_glue, behind.size()));
    return;
  }
  // A bare address without a segment, inside a trace, is user mode's (32-bit kernels since 4.19).
  if (!selector && ip.function().empty() && stacks_.has_own_frames()) user = true;
  // Of a block whose first lines are lost, all comes again behind the end mark (since 4.20).
  const bool first_place = record_.ip().function().empty() && !record_.has_code();
  if (phase_ == Phase::kEnded && first_place && !user) untold_ = record_.registers_size();
  block_ = ChooseBlock(user);
  if (block_ == Block::kRecord && untold_ > 0) {  // it has them, too
    record_.clear_registers();
    untold_ = 0;
  }
  const bool again = block_ == Block::kRecord || row_ == nullptr;
  die_seen_ = die_seen_ || (phase_ == Phase::kEnded && again && !user);
  block_open_ = true;
  mirrored_ = false;
  rip_taken_ = lines_taken;
  text = rest;
  if (user) {
    if (block_ == Block::kStack) {
      Stack& stack = stacks_.Current(line.number);
      if (stack.registers_size() == 0) {
        stack.set_user_mode(true);
        if (ip.has_address()) {
          const std::string_view name = arch_ == "i386" ? "EIP" : "RIP";
          StoreRegister({std::string(name), ip.address(), {}, {}}, line);
        }
      } else {
        block_ = Block::kDrop;
      }
    }
    return;
  }
  bool known = !ip.function().empty() || ip.has_address();
  if (known && block_ == Block::kRecord) {
    const CodeLocation& told = record_.ip();  // by a headline that has the address alone
    if (!ip.has_address() && told.has_address() && told.function().empty())
      ip.set_address(told.address());
    *record_.mutable_ip() = ip;
  } else if (known && block_ == Block::kStack) {
    Stack& stack = stacks_.Current(line.number);
    if (!stack.has_ip()) *stack.mutable_ip() = ip;
    bool of_event = stacks_.owner() == Owner::kResample ||
                    (stacks_.owner() == Owner::kOwn && (FromStuckCpu() || InterruptedByNmi()));
    mirrored_ = of_event && record_.registers_size() == 0;
    if (of_event && !record_.has_ip()) *record_.mutable_ip() = ip;
  }
  if (!known) place_line_ = line.order;
  if (known && phase_ == Phase::kHeader) phase_ = Phase::kBody;
}

// A place as the architectures print it: "func+0x1/0x2", "[<addr>] func+..", "addr func+..", "psw
// addr (func+..)". False where there is no function: then the line is a row of registers.
bool Event::OnPlace(std::string_view& text, const log::LogLine& line) {
  std::optional<CodeLocation> place = TakePlace(text);
  if (!place) return false;
  if (block_open_ && block_ == Block::kStack && !place->function().empty()) {
    // The registers of another CPU, or of what an interrupt stopped.
    Stack* stack = stacks_.CurrentIfAny();
    const bool vague = stack && !stack->ip().has_address();
    if (vague && stack->registers_size() > 0 && !stack->user_mode()) *stack->mutable_ip() = *place;
    if (stacks_.owner() == Owner::kOwn && stacks_.has_own_frames()) return true;
  }
  const Owner owner = stacks_.owner();
  // A headline may have named the function alone: "kernel BUG in f at".
  const CodeLocation& told = record_.ip();
  bool vague =
      told.function().empty() || (!told.has_offset() && place->function() == told.function());
  if (owner == Owner::kResample && vague) *record_.mutable_ip() = *place;
  if (owner == Owner::kOtherCpu || owner == Owner::kOtherTask || owner == Owner::kResample) {
    Stack& stack = stacks_.Current(line.number);
    if (!stack.has_ip()) *stack.mutable_ip() = std::move(*place);
    return true;
  }
  if (owner != Owner::kOwn || phase_ == Phase::kEnded) return true;
  if (vague && !place->has_address() && record_.ip().has_address())
    place->set_address(record_.ip().address());
  bool of_stuck_cpu = FromStuckCpu() && record_.has_ip() && !stacks_.has_own_frames() &&
                      record_.registers_size() == 0;
  if (vague || of_stuck_cpu) *record_.mutable_ip() = std::move(*place);
  return true;
}

// The caller of a leaf function, which the frame-pointer unwinders of these architectures leave out
// of the trace.
bool Event::OnLinkRegister(std::string_view& text, const log::LogLine& line) {
  std::optional<CodeLocation> place = TakePlace(text);
  if (!place) return false;
  bool own = stacks_.owner() == Owner::kOwn && !stacks_.has_own_frames() && phase_ != Phase::kEnded;
  if (own && !link_) {
    link_ = std::move(*place);
    link_line_ = line.number;
  }
  return true;
}

// "epc   : ffffffffc0002878 func+0x18/0x20", "Krnl PSW : 0704c00180000000 0000000000621c78
// (func+..)": the place's line gives the values of a register, too.
void Event::StorePlaceRegisters(std::string_view named, std::string_view values,
                                const log::LogLine& line) {
  const size_t end = named.find_first_of(":=");
  if (end == named.npos) return;  // "LR is at 0x6e6a82af"
  std::string_view name = grammar::Trim(named.substr(0, end));
  for (const std::string_view whose : {"Krnl ", "User "}) {
    if (name.starts_with(whose)) name.remove_prefix(whose.size());
  }
  std::string_view told;
  for (Cursor cursor(values);;) {
    cursor.SkipBlanks();
    cursor.Take("0x");
    std::string_view hex = cursor.TakeHex();
    const bool ends = cursor.AtEnd() || grammar::IsBlank(cursor.Peek());
    if ((hex.size() != 8 && hex.size() != 16) || !ends) return;
    if (hex == std::exchange(told, hex)) continue;  // %pS of an address without a name
    if (!block_open_) block_ = ChooseBlock(false);
    block_open_ = true;
    StoreRegister({std::string(name), hex, {}, {}}, line);
  }
}

// "[STAT32]: 0x00077e12 : K     E1 E2     IE" of arc.
bool Event::OnSystemRegister(std::string_view named, std::string_view value,
                             const log::LogLine& line) {
  constexpr size_t kWord = 8;  // digits
  Cursor name(grammar::TrimLeft(named));
  Cursor cursor(value);
  const std::string_view hex = cursor.TakeHex();
  if (!name.Take('[') || hex.size() != kWord) return false;
  if (!block_open_) block_ = ChooseBlock(false);
  block_open_ = true;
  const std::string_view letters =
      name.TakeWhile([](char c) { return grammar::IsLetter(c) || grammar::IsDigit(c); });
  if (letters == "ECR") OnSyndrome(hex);
  if (letters == "EFA" && !IsArcTrap(record_.fault().esr())) OnFailingAddress(hex);
  StoreRegister({std::string(letters), hex, {}, "arc"}, line);
  return true;
}

// Until 2.6.18 x86-64 printed the bytes from the instruction pointer on, and i386 did so in 2.4.
void Event::FillTrapIndex() {
  constexpr size_t kDigits = 40;
  const bool x86 = record_.arch() == "x86_64" || record_.arch() == "i386";
  if (x86 && record_.code().bytes().size() == kDigits && !record_.code().has_trap_index())
    record_.mutable_code()->set_trap_index(0);
}

bool Event::TakeUnnamedRegisters(std::string_view& text, const log::LogLine& line) {
  std::string_view rest = text;
  std::vector<std::string_view> values;
  while (true) {
    rest = grammar::TrimLeft(rest);
    Cursor cursor(rest);
    std::string_view value = cursor.TakeHex();
    if (value.size() != 16 && value.size() != 8) break;
    values.push_back(value);
    rest = cursor.rest();
  }
  constexpr size_t kRow = 4;  // arch/s390 show_registers()
  gprs_open_ = !values.empty() && grammar::Trim(rest).empty() && values.size() <= kRow;
  if (!gprs_open_) return false;
  if (values.size() < kRow) AddDamage(DAMAGE_WRAPPED, kBrokenAtColumn, line);
  for (std::string_view value : values) {
    if (gprs_ >= 16) break;
    StoreRegister({"R" + std::to_string(gprs_++), value, {}, "s390x"}, line);
  }
  text = {};
  return true;
}

// "Instruction dump:" of powerpc goes on with rows of words; "Krnl Code:" of s390 with disassembled
// lines "           >000003ff7fd035fe: 0707\t\tbcr\t0,%r7", where '>' marks the next instruction
// and '#' the one before.
bool Event::TakeCodeDump(std::string_view& text, const log::LogLine& line) {
  std::string_view rest = grammar::TrimLeft(text);
  std::string hex;
  std::string_view unread;
  std::optional<uint32_t> trap;
  Cursor cursor(rest);
  const bool next = cursor.Take('>');
  const bool before = !next && cursor.Take('#');  // since 2.6.33; the line before '>' without it
  if (!next && !before) cursor.Take('*');
  const bool past = cut_here_ != nullptr || IsPastTrap(record_.fault().error_code());
  bool trapping = past ? before : next;
  std::string_view address = cursor.TakeHex();
  if (address.size() >= 8 && cursor.Take(':')) {
    cursor.SkipBlanks();
    hex = std::string(cursor.TakeHex());
    if (hex.empty()) return false;
    if (trapping) trap = 0;
  } else {
    constexpr size_t kWord = 8;  // digits
    unread = rest.substr(0, kWord);
    std::optional<grammar::CodeBytes> words = grammar::TakeCodeBytes(rest, 1);
    if (!words || words->hex.size() < kWord || !grammar::Trim(rest).empty()) return false;
    hex = words->readable ? std::move(words->hex) : std::string();
    trap = words->trap_index;
  }
  dump_taken_ = lines_taken;
  text = {};
  if (stacks_.owner() != Owner::kOwn) return true;
  Code* code = record_.mutable_code();
  if (hex.empty() && code->bytes().empty()) code->set_unavailable(std::string(unread));
  if (!hex.empty()) code->clear_unavailable();
  if (code->bytes().size() > 1024) return true;
  const uint32_t begin = code->bytes().size() / 2;
  if (!code->has_trap_index()) {
    if (trap) {
      code->set_trap_index(begin + *trap);
    } else if (next && past && begin > 0) {
      code->set_trap_index(last_instruction_);
    }
  }
  last_instruction_ = begin;
  if (!hex.empty()) code->set_bytes(code->bytes() + hex);
  if (!code->has_lines()) code->mutable_lines()->set_first(line.number);
  code->mutable_lines()->set_last(line.number);
  return true;
}

}  // namespace oops::record
