// The lines of a report behind its headline: one function a kind of line.
#include <algorithm>
#include <charconv>
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

using grammar::Body;
using grammar::Cursor;

constexpr size_t kMaxModules = 4096;

std::string_view WithoutArrow(std::string_view text) {
  size_t arrow = text.find(" <--");
  return grammar::Trim(arrow == std::string_view::npos ? text : text.substr(0, arrow));
}

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

bool IsModuleName(std::string_view word) {
  if (word.empty() || word.size() > 64) return false;
  return std::all_of(word.begin(), word.end(), [](char c) { return grammar::IsSymbolChar(c) || c == '-'; });
}

// "[0000000000000048] pgd=08000000480a1003, p4d=...", "[00000020] *pgd=80000000": arm and arm64.
bool IsPageTableWalk(std::string_view text) {
  if (!text.starts_with('[')) return false;
  size_t close = text.find("] ");
  if (close == std::string_view::npos || close > 18) return false;
  std::string_view behind = text.substr(close + 2);
  return behind.starts_with("pgd=") || behind.starts_with("*pgd=") || behind.starts_with("address between") ||
         behind.starts_with("user address but");
}

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

struct HypervisorRow {
  std::string_view mark;
  std::string_view name;
};
constexpr HypervisorRow kHypervisors[] = {
    {"VMware", "VMware"},  {"QEMU", "QEMU"},          {"KVM", "KVM"},   {"Xen", "Xen"},
    {"VirtualBox", "VirtualBox"}, {"Virtual Machine", "Hyper-V"}, {"Google Compute Engine", "GCE"},
    {"Amazon EC2", "EC2"}, {"OpenStack", "OpenStack"}, {"Bochs", "QEMU"}, {"pSeries", ""},
};

struct PageFaultRow {
  std::string_view words;
  Access access;
};
constexpr PageFaultRow kAccesses[] = {
    {"instruction fetch", ACCESS_EXEC}, {"write access", ACCESS_WRITE}, {"read access", ACCESS_READ}};

}  // namespace

Event::Block Event::ChooseBlock(bool user_mode) const {
  if (user_mode) return stacks_.owner() == Owner::kNobody ? Block::kDrop : Block::kStack;
  if (stacks_.owner() == Owner::kNobody || stacks_.owner() == Owner::kExtra) return Block::kDrop;
  if (stacks_.owner() != Owner::kOwn) return Block::kStack;
  bool told = record_.registers_size() > 0;
  if (phase_ == Phase::kEnded) return told ? Block::kDrop : Block::kRecord;
  if (!stacks_.has_own_frames()) return told ? Block::kDrop : Block::kRecord;
  return Block::kStack;
}

bool Event::Take(std::string_view& text, const log::LogLine& line) {
  std::string_view trimmed = grammar::TrimLeft(text);
  if (trimmed.empty()) return false;
  char first = trimmed.front();
  if (gprs_open_ && TakeUnnamedRegisters(text, line)) return true;
  if (dump_line_ > 0 && line.number == dump_line_ + 1 && TakeCodeDump(text, line)) return true;
  if (IsPageTableWalk(trimmed)) {
    text = {};
    return true;
  }
  // Frames and marks are most of a report: they go first where they can begin so.
  if (first == '[' || first == '<' || first == '?' || first == '(') {
    if (TakeFrames(text, line)) return true;
  }
  if (TakeContinuation(text, line)) return true;
  if (TakeWords(text, line)) return true;
  if (TakeBody(text, line)) return true;
  if (TakeRegisterRow(text, line)) return true;
  if (TakeFrames(text, line)) return true;
  return TakeLocks(text);
}

bool Event::TakeFrames(std::string_view& text, const log::LogLine& line) {
  std::string_view rest = text;
  bool taken = false;
  while (std::optional<std::string_view> mark = grammar::TakeStackMark(rest)) {
    stacks_.ApplyMark(*mark);
    taken = true;
    ++evidence_;
  }
  std::string_view before = rest;
  std::optional<grammar::Frame> frame = grammar::TakeFrame(rest);
  bool arm_call = frame && !frame->caller.empty();
  bool wanted = frame && (frame->addressed || arm_call || stacks_.trace_open()) && !session_.active;
  if (wanted && frame->addressed && frame->symbol.function.empty() && frame->address.size() < 8) wanted = false;
  if (wanted) {
    stacks_.AddFrame(*frame, line.number);
    phase_ = Phase::kBody;
    block_open_ = false;
    taken = true;
    ++evidence_;
  } else {
    rest = before;
  }
  if (taken) text = rest;
  return taken;
}

// A row of a memory dump: "ffff8800 ..." or "5e60: 00000008 bf000590".
bool Event::TakeWords(std::string_view& text, const log::LogLine& line) {
  if (words_line_ == 0 || line.number > words_line_ + 1) return false;
  std::string_view rest = text;
  for (int words = 0;; ++words) {
    rest = grammar::TrimLeft(rest);
    Cursor cursor(rest);
    std::string_view word = cursor.TakeHex();
    bool label = words == 0 && word.size() >= 4 && cursor.Take(':');
    bool end = !label && word.size() != 8 && word.size() != 16;
    if (end && words < 2) return rest == "..." && words == 0;
    if (end) break;
    rest = cursor.rest();
  }
  words_line_ = line.number;
  text = rest;
  return true;
}

bool Event::TakeContinuation(std::string_view& text, const log::LogLine& line) {
  std::string_view trimmed = grammar::Trim(text);
  bool next_to_modules = modules_line_ > 0 && line.number <= modules_line_ + 1;
  if (next_to_modules && trimmed.find_first_of(":=[<,;") == std::string_view::npos) {
    std::vector<std::string_view> words;
    std::string_view rest = trimmed;
    while (!rest.empty()) {
      size_t end = std::min(rest.find(' '), rest.size());
      std::string_view word = rest.substr(0, end);
      std::string_view name = word.substr(0, std::min(word.find('('), word.size()));
      if (!IsModuleName(name)) return false;
      words.push_back(word);
      rest = grammar::TrimLeft(rest.substr(end));
    }
    // A name cut by a wrap at the line's full width goes on here.
    std::string head;
    bool wrapped = !line.kernel_prefix;
    if (wrapped && modules_open_end_ && record_.modules_size() > 0 && !text.starts_with(' ')) {
      Module* last = record_.mutable_modules(record_.modules_size() - 1);
      size_t end = std::min(trimmed.find(' '), trimmed.size());
      last->set_name(last->name() + std::string(trimmed.substr(0, end)));
      trimmed = grammar::Trim(trimmed.substr(end));
    }
    if (wrapped) AddDamage(DAMAGE_WRAPPED, "the module list was wrapped", line);
    OnModules(trimmed, false);
    size_t width = line.raw.size();
    modules_open_end_ = width >= 70 && width > modules_width_;
    modules_width_ = std::max(modules_width_, width);
    modules_line_ = line.number;
    text = {};
    return true;
  }
  if (code_line_ > 0 && line.number == code_line_ + 1 && !line.kernel_prefix) {
    std::string_view rest = text;
    std::optional<grammar::CodeBytes> more = grammar::TakeCodeBytes(rest, 1);
    if (more && grammar::Trim(rest).empty() && record_.has_code()) {
      Code* code = record_.mutable_code();
      if (more->trap_index && !code->has_trap_index()) {
        code->set_trap_index(code->bytes().size() / 2 + *more->trap_index);
      }
      code->set_bytes(code->bytes() + more->hex);
      code->mutable_lines()->set_last(line.number);
      code_line_ = line.number;
      AddDamage(DAMAGE_WRAPPED, "the Code: line was wrapped", line);
      text = {};
      return true;
    }
  }
  return false;
}

bool Event::TakeBody(std::string_view& text, const log::LogLine& line) {
  CrashSessionReader session(*this);
  if (session_.active) {
    std::string_view trimmed = grammar::TrimLeft(text);
    if (trimmed.starts_with('#') && session.TakeFrame(text, line)) return true;
    if (trimmed.starts_with('[') && session.TakeExceptionRip(text)) return true;
    if (session_.frames_wanted && session.TakeRegisters(text, line)) return true;
    if (session_.banner && session.TakeBannerLine(text)) {
      text = {};
      return true;
    }
  }
  grammar::BodyMatch match = grammar::MatchBody(text);
  std::string_view rest = match.rest;
  Phase phase = phase_;
  switch (match.body) {
    case Body::kNone:
    case Body::kBanner:
      return false;
    case Body::kCrashPrompt:
      if (!session_.active) return false;
      session_.frames_wanted = false;
      session_.banner = false;
      rest = {};
      break;
    case Body::kCrashBanner:
      if (!session_.active) return false;
      return false;
    case Body::kCrashPid:
      if (!session.TakePidLine(text, line)) return false;
      rest = {};
      break;
    case Body::kCrashMark:
      if (!session.TakeMark(rest)) return false;
      rest = {};
      break;
    case Body::kExceptionRip:
      return false;
    case Body::kWho:
    case Body::kCpuAlone:
      if (!grammar::ParseWho(text)) return false;
      OnWho(text);
      rest = {};
      break;
    case Body::kKernelLine:
      if (std::optional<grammar::KernelId> id = grammar::ParseTaintAndRelease(text)) OnKernelId(*id);
      rest = {};
      break;
    case Body::kHardware:
      OnHardware(rest);
      rest = {};
      break;
    case Body::kWorkqueue:
      if (stacks_.owner() == Owner::kOwn && record_.workqueue().empty()) {
        record_.set_workqueue(std::string(WithoutArrow(rest)));
      }
      rest = {};
      break;
    case Body::kModules:
    case Body::kModulesUnloaded:
      if (match.body == Body::kModules && record_.modules_size() == 0) {
        OnModules(rest, false);
        modules_line_ = line.number;
        modules_width_ = line.raw.size();
        modules_open_end_ = false;
      }
      rest = {};
      break;
    case Body::kTrace:
      if (session_.active) return false;
      if (end_seen_ && phase_ == Phase::kEnded) return false;
      if (stacks_.owner() == Owner::kExtra) stacks_.SwitchTo(Owner::kOwn);
      stacks_.OpenTrace();
      block_open_ = false;
      phase = Phase::kBody;
      ++evidence_;
      break;
    case Body::kSection:
      stacks_.SwitchTo(match.stack == STACK_OTHER_TASK  ? Owner::kOtherTask
                       : match.stack == STACK_OTHER_CPU ? Owner::kOtherCpu
                                                        : Owner::kExtra,
                       match.stack, grammar::Trim(text));
      if (match.stack == STACK_OTHER_CPU) {
        stacks_.SetCpu(grammar::ParseInt32(rest.substr(0, std::min(rest.find(':'), rest.size()))));
      }
      block_open_ = false;
      rest = {};
      break;
    case Body::kCode:
      text = rest;
      return OnCode(text, line);
    case Body::kCodeDump:
      dump_line_ = line.number;
      ++evidence_;
      TakeCodeDump(rest, line);
      rest = {};
      break;
    case Body::kRip:
      text = rest;
      OnRip(text, line);
      return true;
    case Body::kIp:
      if (!OnPlace(rest)) return false;
      ++evidence_;
      break;
    case Body::kLinkRegister:
      if (!OnLinkRegister(rest)) return false;
      break;
    case Body::kPageTable:
      if (record_.fault().page_table_size() < 8) {
        size_t end = rest.find_first_not_of("0123456789abcdefPGDUMT4E*=:px, BADte[]");
        std::string_view walk = text.substr(0, text.size() - rest.size() + std::min(end, rest.size()));
        record_.mutable_fault()->add_page_table(std::string(grammar::Trim(walk)));
        rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end);
      } else {
        rest = {};
      }
      break;
    case Body::kPageFaultDetail:
      OnPageFaultDetail(rest);
      rest = {};
      break;
    case Body::kTaskPointers:
      OnTaskPointers(rest);
      rest = {};
      break;
    case Body::kProcess:
      OnProcess(rest);
      rest = {};
      break;
    case Body::kTaskState:
      OnTaskState(rest);
      rest = {};
      break;
    case Body::kNmiBacktrace:
      OnNmiBacktrace(rest, line);
      phase = Phase::kBody;
      rest = {};
      break;
    case Body::kRcuDetail:
      OnRcuDetail(text);
      rest = {};
      break;
    case Body::kAtomicDetail:
      OnAtomicDetail(text);
      rest = {};
      break;
    case Body::kEndTrace:
      OnEndTrace();
      phase = Phase::kEnded;
      rest = {};
      break;
    case Body::kEndPanic:
      phase = Phase::kEnded;
      rest = {};
      break;
    case Body::kDropped:
      if (rest.find("printk messages dropped") == std::string_view::npos) return false;
      AddDamage(DAMAGE_LINES_DROPPED, "the kernel dropped messages", line);
      rest = {};
      break;
    case Body::kTail:
      rest = {};
      break;
    case Body::kBelongs:
      break;
    case Body::kAccess:
      OnAccess(text);
      rest = {};
      break;
    case Body::kStackDump:
      stacks_.CloseTrace();
      words_line_ = line.number;
      rest = {};
      break;
  }
  phase_ = phase;
  // A line end was lost where frames follow on the line of something else.
  size_t bracket = rest.find("[<");
  bool glued_frames = bracket != std::string_view::npos && rest.find("[<", bracket + 2) != std::string_view::npos;
  if (match.body == Body::kBelongs) rest = glued_frames ? rest.substr(bracket) : std::string_view{};
  text = rest;
  return true;
}

bool Event::TakeRegisterRow(std::string_view& text, const log::LogLine& line) {
  std::string_view rest = text;
  std::vector<grammar::RegisterValue> values;
  if (!grammar::TakeRegisters(rest, values)) return false;
  // "sp : 00" in prose is a register, "a1 b" is not: one that stands alone must look like one.
  if (!block_open_) {
    block_ = ChooseBlock(false);
    block_open_ = true;
  }
  for (const grammar::RegisterValue& value : values) StoreRegister(value, line);
  gprs_open_ = text.find("GPRS:") != std::string_view::npos;
  phase_ = phase_ == Phase::kHeader ? Phase::kBody : phase_;
  words_line_ = line.number;  // rows of the stack may follow without a header
  ++evidence_;
  text = rest;
  return true;
}

void Event::StoreRegister(const grammar::RegisterValue& value, const log::LogLine& line) {
  NoteArch(value.arch);
  Register* reg = nullptr;
  if (block_ == Block::kRecord) {
    reg = record_.add_registers();
  } else if (block_ == Block::kStack) {
    reg = stacks_.Current(line.number).add_registers();
  } else {
    return;
  }
  reg->set_name(value.name);
  reg->set_value(std::string(value.value));
  if (stacks_.owner() == Owner::kResample && block_ == Block::kStack) {
    bool first = value.name == "RSP" || value.name == "EAX";
    if (record_.registers_size() == 0 && !first) return;
    if (record_.registers_size() < stacks_.Current(line.number).registers_size()) {
      *record_.add_registers() = *reg;
    }
  }
}

bool Event::OnCode(std::string_view& text, const log::LogLine& line) {
  bool follows_rip = rip_line_ > 0 && line.number <= rip_line_ + 1;
  Block block = follows_rip ? block_ : stacks_.owner() == Owner::kOwn ? Block::kRecord : Block::kStack;
  bool user = block == Block::kStack && stacks_.CurrentIfAny() && stacks_.CurrentIfAny()->user_mode();
  if (stacks_.owner() == Owner::kNobody) block = Block::kDrop;
  Code code;
  code.mutable_lines()->set_first(line.number);
  code.mutable_lines()->set_last(line.number);
  std::string_view rest = grammar::TrimLeft(text);
  std::optional<grammar::CodeBytes> bytes = grammar::TakeCodeBytes(rest, 2);
  if (bytes) {
    code.set_bytes(std::move(bytes->hex));
    if (bytes->trap_index) code.set_trap_index(*bytes->trap_index);
    text = rest;
  } else if (rest.starts_with("Bad ") || rest.starts_with("Unable to access") || rest.starts_with("bad PC")) {
    code.set_unavailable(std::string(grammar::Trim(rest)));
    text = {};
  } else {
    return false;
  }
  ++evidence_;
  code_line_ = line.number;
  phase_ = phase_ == Phase::kHeader ? Phase::kBody : phase_;
  if (block == Block::kRecord && !record_.has_code()) {
    *record_.mutable_code() = std::move(code);
  } else if (block == Block::kStack) {
    if (!user && stacks_.owner() == Owner::kResample && !record_.has_code()) *record_.mutable_code() = code;
    Stack& stack = stacks_.Current(line.number);
    if (!stack.has_code()) *stack.mutable_code() = std::move(code);
  }
  return true;
}

void Event::OnRip(std::string_view& text, const log::LogLine& line) {
  Cursor cursor(text);
  cursor.SkipBlanks();
  bool user = TakeSelector(cursor).value_or(false);
  std::string_view rest = cursor.rest();
  ++evidence_;
  CodeLocation ip;
  // "[<addr>]  [<addr>] func" until 4.9, "func" or a bare address since.
  std::string_view address;
  std::string_view at = rest;
  if (std::optional<grammar::Frame> frame = grammar::TakeFrame(at); frame && frame->addressed) {
    address = frame->address;
    if (frame->symbol.function.empty()) {
      std::string_view again = at;
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
    if (std::optional<grammar::Symbol> symbol = grammar::TakeSymbol(at, grammar::Offset::kRequired)) {
      SetLocation(*symbol, symbol->address, ip);
      rest = at;
    }
  }
  block_ = ChooseBlock(user);
  block_open_ = true;
  rip_line_ = line.number;
  bool tail = phase_ == Phase::kBody && record_.registers_size() > 0 && stacks_.has_own_frames() &&
              stacks_.owner() == Owner::kOwn && !stacks_.trace_open();
  text = rest;
  if (tail || user) {
    if (user && block_ == Block::kStack) {
      Stack& stack = stacks_.Current(line.number);
      if (stack.registers_size() == 0) {
        stack.set_user_mode(true);
      } else {
        block_ = Block::kDrop;
      }
    }
    return;
  }
  bool known = !ip.function().empty() || ip.has_address();
  if (known && block_ == Block::kRecord) {
    *record_.mutable_ip() = ip;
  } else if (known && block_ == Block::kStack) {
    Stack& stack = stacks_.Current(line.number);
    if (!stack.has_ip()) *stack.mutable_ip() = ip;
    bool of_event = stacks_.owner() == Owner::kResample || (stacks_.owner() == Owner::kOwn && FromStuckCpu());
    if (of_event && !record_.has_ip()) *record_.mutable_ip() = ip;
  }
  if (phase_ == Phase::kHeader) phase_ = Phase::kBody;
}

// A place as the architectures print it: "func+0x1/0x2", "[<addr>] func+..", "addr func+..", "psw addr (func+..)".
// False where there is no function: then the line is a row of registers.
bool Event::OnPlace(std::string_view& text) {
  std::optional<CodeLocation> place = TakePlace(text);
  if (!place) return false;
  if (stacks_.owner() != Owner::kOwn || phase_ == Phase::kEnded) return true;
  bool vague = record_.ip().function().empty();
  bool of_stuck_cpu = FromStuckCpu() && record_.has_ip() && !stacks_.has_own_frames() && record_.registers_size() == 0;
  if (vague || of_stuck_cpu) *record_.mutable_ip() = std::move(*place);
  return true;
}

// The caller of a leaf function, which the frame-pointer unwinders of these architectures leave out of the trace.
bool Event::OnLinkRegister(std::string_view& text) {
  std::optional<CodeLocation> place = TakePlace(text);
  if (!place) return false;
  bool own = stacks_.owner() == Owner::kOwn && !stacks_.has_own_frames() && phase_ != Phase::kEnded;
  if (own && !link_) link_ = std::move(*place);
  return true;
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
  gprs_open_ = !values.empty() && grammar::Trim(rest).empty() && values.size() <= 4;
  if (!gprs_open_) return false;
  for (std::string_view value : values) {
    const Stack* stack = stacks_.CurrentIfAny();
    int count = block_ == Block::kRecord ? record_.registers_size() : stack ? stack->registers_size() : 0;
    if (count >= 16) break;
    StoreRegister({"R" + std::to_string(count), value, {}, "s390x"}, line);
  }
  text = {};
  return true;
}

// "Instruction dump:" of powerpc goes on with rows of words; "Krnl Code:" of s390 with disassembled lines
// "           >000003ff7fd035fe: 0707\t\tbcr\t0,%r7", where '>' marks the next instruction and '#' the one before.
bool Event::TakeCodeDump(std::string_view& text, const log::LogLine& line) {
  std::string_view rest = grammar::TrimLeft(text);
  std::string hex;
  std::optional<uint32_t> trap;
  Cursor cursor(rest);
  bool next = cursor.Take('>');
  if (!next && !cursor.Take('#')) cursor.Take('*');
  std::string_view address = cursor.TakeHex();
  if (address.size() >= 8 && cursor.Take(':')) {
    cursor.SkipBlanks();
    hex = std::string(cursor.TakeHex());
    if (hex.empty()) return false;
    if (next) trap = 0;
  } else {
    std::optional<grammar::CodeBytes> words = grammar::TakeCodeBytes(rest, 2);
    if (!words || !grammar::Trim(rest).empty()) return false;
    hex = std::move(words->hex);
    trap = words->trap_index;
  }
  dump_line_ = line.number;
  text = {};
  if (stacks_.owner() != Owner::kOwn) return true;
  Code* code = record_.mutable_code();
  if (code->bytes().size() > 1024) return true;
  if (trap && !code->has_trap_index()) code->set_trap_index(*trap + code->bytes().size() / 2);
  code->set_bytes(code->bytes() + hex);
  if (!code->has_lines()) code->mutable_lines()->set_first(line.number);
  code->mutable_lines()->set_last(line.number);
  return true;
}

// "Read of size 8 at addr ffff8880 by task x/12", "Write at 0xffff.. (4B right of kfence-#1):", "Free of addr ..".
void Event::OnAccess(std::string_view text) {
  text = grammar::TrimLeft(text);
  Fault* fault = record_.mutable_fault();
  if (fault->access() == ACCESS_UNSPECIFIED) {
    fault->set_access(text.starts_with("Read")    ? ACCESS_READ
                      : text.starts_with("Write") ? ACCESS_WRITE
                                                  : ACCESS_FREE);
  }
  auto behind = [&](std::string_view key) {
    size_t at = text.find(key);
    return at == std::string_view::npos ? Cursor(std::string_view{}) : Cursor(text.substr(at + key.size()));
  };
  Cursor size = behind("of size ");
  if (std::optional<uint32_t> bytes = grammar::ParseUint32(size.TakeDigits(), 10); bytes && !fault->has_size()) {
    fault->set_size(*bytes);
  }
  Cursor address = behind("addr ");
  std::string_view hex = address.TakeHex();
  if (!hex.empty() && !fault->has_address()) fault->set_address(std::string(hex));
  size_t by = text.find("by task ");
  if (by == std::string_view::npos) return;
  std::string_view who = grammar::Trim(text.substr(by + 8));
  size_t slash = who.rfind('/');
  if (slash == std::string_view::npos || record_.task().has_pid()) return;
  std::optional<int32_t> pid = grammar::ParseInt32(who.substr(slash + 1));
  if (!pid) return;
  record_.mutable_task()->set_pid(*pid);
  record_.mutable_task()->set_comm(std::string(who.substr(0, slash)));
}

bool Event::TakeLocks(std::string_view& text) {
  bool opens_stack = false;
  if (!locks_.Take(text, record_, opens_stack)) {
    // "5.2.0-rc6+ #75 Not tainted": lockdep's line puts the release first.
    std::string_view trimmed = grammar::Trim(text);
    size_t taint = trimmed.find("ainted");
    if (taint == std::string_view::npos || !grammar::LooksLikeRelease(trimmed)) return false;
    grammar::KernelId id;
    size_t word = std::min(trimmed.find(' '), trimmed.size());
    size_t end = std::min(trimmed.find("Not tainted"), trimmed.find("Tainted:"));
    if (end == std::string_view::npos || end < word) return false;
    id.release = trimmed.substr(0, word);
    id.version = grammar::Trim(trimmed.substr(word, end - word));
    if (std::optional<grammar::KernelId> taints = grammar::ParseTaintAndRelease(trimmed.substr(end))) {
      id.taint_printed = true;
      id.taint_letters = taints->taint_letters;
    }
    OnKernelId(id);
    text = {};
    return true;
  }
  if (opens_stack) stacks_.SwitchTo(Owner::kExtra, STACK_HELD_AT, grammar::Trim(text));
  text = {};
  return true;
}

void Event::OnPageFaultDetail(std::string_view text) {
  for (const PageFaultRow& row : kAccesses) {
    if (text.find(row.words) == std::string_view::npos) continue;
    record_.mutable_fault()->set_access(row.access);
    record_.mutable_fault()->set_mode(text.starts_with("user") ? "user" : "kernel");
    return;
  }
  size_t dash = text.find(" - ");
  Cursor cursor(text);
  if (cursor.Take("error_code(0x")) {
    std::string_view code = cursor.TakeHex();
    if (!record_.fault().has_error_code()) record_.mutable_fault()->set_error_code(std::string(code));
  }
  if (dash != std::string_view::npos) {
    record_.mutable_fault()->set_reason(std::string(grammar::Trim(text.substr(dash + 3))));
  }
}

void Event::OnKernelId(const grammar::KernelId& id) {
  Kernel* kernel = record_.mutable_kernel();
  if (id.taint_printed && !kernel->has_tainted()) {
    kernel->set_tainted(id.taint_letters);
    for (char letter : id.taint_letters) {
      Taint* taint = kernel->add_taints();
      taint->set_letter(std::string(1, letter));
      taint->set_name(std::string(grammar::TaintName(letter)));
    }
  }
  if (kernel->release().empty() && grammar::LooksLikeRelease(id.release)) {
    kernel->set_release(std::string(id.release));
    kernel->set_version(std::string(id.version));
    if (!id.build_id.empty()) kernel->set_build_id(std::string(id.build_id));
  }
}

void Event::OnWho(std::string_view text) {
  std::optional<grammar::Who> who = grammar::ParseWho(WithoutArrow(text));
  if (!who) return;
  if (stacks_.owner() == Owner::kExtra) stacks_.SwitchTo(Owner::kOwn);
  // A report's own task is known by now; another one's line opens that one's part.
  bool stranger = stacks_.owner() == Owner::kOwn && who->pid && record_.task().has_pid() &&
                  record_.task().pid() != *who->pid;
  if (stranger && (stacks_.has_own_frames() || record_.kind() == KIND_HUNG_TASK)) {
    stacks_.SwitchTo(Owner::kOtherTask);
  }
  if (stacks_.owner() == Owner::kOwn && !stranger) {
    if (who->cpu && !record_.has_cpu()) record_.set_cpu(*who->cpu);
    Task* task = record_.mutable_task();
    if (who->pid && !task->has_pid()) task->set_pid(*who->pid);
    if (task->comm().empty()) task->set_comm(std::string(who->comm));
    if (who->uid && !task->has_uid()) task->set_uid(*who->uid);
    OnKernelId(who->kernel);
    return;
  }
  if (stacks_.owner() == Owner::kOwn) {
    OnKernelId(who->kernel);
    return;
  }
  Task task;
  if (who->pid) task.set_pid(*who->pid);
  task.set_comm(std::string(who->comm));
  if (who->cpu) stacks_.SetCpu(*who->cpu);
  stacks_.SetTask(task);
  // The taint of a later line may come from this very event; only the release is sure.
  if (record_.kernel().release().empty() && grammar::LooksLikeRelease(who->kernel.release)) {
    record_.mutable_kernel()->set_release(std::string(who->kernel.release));
    record_.mutable_kernel()->set_version(std::string(who->kernel.version));
  }
}

void Event::OnHardware(std::string_view text) {
  text = WithoutArrow(text);
  if (!record_.machine().hardware_name().empty() || text.empty()) return;
  Machine* machine = record_.mutable_machine();
  machine->set_hardware_name(std::string(text));
  size_t bios = text.find("BIOS ");
  if (bios != std::string_view::npos) machine->set_bios(std::string(text.substr(bios + 5)));
  for (const HypervisorRow& row : kHypervisors) {
    if (text.find(row.mark) == std::string_view::npos || row.name.empty()) continue;
    machine->set_hypervisor(std::string(row.name));
    return;
  }
}

void Event::OnModules(std::string_view text, bool unloaded) {
  text = grammar::Trim(text);
  while (!text.empty() && static_cast<size_t>(record_.modules_size()) < kMaxModules) {
    if (text.front() == '[') {
      Cursor cursor(text);
      if (!cursor.Take("[last unloaded: ")) return;
      OnModules(cursor.TakeUntil(']').value_or(std::string_view{}), true);
      text = grammar::TrimLeft(cursor.rest());
      continue;
    }
    size_t end = std::min(text.find(' '), text.size());
    std::string_view word = text.substr(0, end);
    text = grammar::TrimLeft(text.substr(end));
    size_t open = word.find('(');
    std::string_view name = word.substr(0, std::min(open, word.size()));
    if (!name.empty() && name.back() == ',') name.remove_suffix(1);
    if (!IsModuleName(name)) {
      if (text.starts_with("tainted modules:")) return;
      continue;
    }
    Module* module = record_.add_modules();
    module->set_name(std::string(name));
    if (unloaded) module->set_unloaded(true);
    if (open != std::string_view::npos) {
      std::string_view flags = word.substr(open + 1);
      module->set_flags(std::string(flags.substr(0, std::min(flags.find(')'), flags.size()))));
    }
  }
}

void Event::OnTaskPointers(std::string_view text) {
  Cursor cursor(text);
  std::string_view address = cursor.TakeHex();
  if (stacks_.owner() == Owner::kOwn && record_.task().address().empty() && address.size() >= 8) {
    record_.mutable_task()->set_address(std::string(address));
  }
}

// "x (pid: 1, threadinfo ffff.., task ffff..)"
void Event::OnProcess(std::string_view text) {
  size_t open = text.rfind(" (pid: ");
  if (open == std::string_view::npos || stacks_.owner() != Owner::kOwn) return;
  Cursor cursor(text.substr(open));
  cursor.Take(" (pid: ");
  std::optional<int32_t> pid = grammar::ParseInt32(cursor.TakeDigits());
  Task* task = record_.mutable_task();
  if (pid && !task->has_pid()) task->set_pid(*pid);
  if (task->comm().empty()) task->set_comm(std::string(grammar::Trim(text.substr(0, open))));
}

// "x state:D stack:0 pid:12 ppid:2 flags:0x00004000", since 5.8
void Event::OnTaskState(std::string_view text) {
  size_t state_at = text.find(" state:");
  if (state_at == std::string_view::npos) state_at = text.find("state:");
  if (state_at == std::string_view::npos) return;
  std::string_view comm = grammar::Trim(text.substr(0, state_at));
  auto field = [&](std::string_view key) -> std::string_view {
    size_t at = text.find(key);
    if (at == std::string_view::npos) return {};
    std::string_view value = grammar::TrimLeft(text.substr(at + key.size()));
    return value.substr(0, std::min(value.find(' '), value.size()));
  };
  Task task;
  task.set_comm(std::string(comm));
  task.set_state(std::string(field("state:")));
  if (std::optional<int32_t> pid = grammar::ParseInt32(field(" pid:"))) task.set_pid(*pid);
  if (std::optional<int32_t> ppid = grammar::ParseInt32(field(" ppid:"))) task.set_ppid(*ppid);
  if (std::optional<int32_t> tgid = grammar::ParseInt32(field(" tgid:"))) task.set_tgid(*tgid);
  task.set_flags(std::string(field(" flags:")));
  bool own = record_.task().has_pid() && task.has_pid() && record_.task().pid() == task.pid();
  if (own && !stacks_.has_own_frames()) {
    task.set_comm(record_.task().comm());
    *record_.mutable_task() = task;
  } else if (!own) {
    stacks_.SwitchTo(Owner::kOtherTask);
    stacks_.SetTask(task);
  }
}

void Event::OnNmiBacktrace(std::string_view text, const log::LogLine& line) {
  Cursor cursor(text);
  std::optional<int32_t> cpu = grammar::ParseInt32(cursor.TakeDigits());
  block_open_ = false;
  if (!cpu) return;
  Owner owner = Owner::kOtherCpu;
  if (OwnCpu(*cpu)) owner = stacks_.has_own_frames() ? Owner::kResample : Owner::kOwn;
  if (row_ == nullptr && !stacks_.has_own_frames()) owner = Owner::kOwn;
  if (record_.kind() == KIND_RCU_STALL && owner == Owner::kOwn && !record_.has_cpu()) record_.set_cpu(*cpu);
  stacks_.SwitchTo(owner);
  stacks_.SetCpu(cpu);
  ++evidence_;
  cursor.SkipBlanks();
  if (cursor.Take("skipped:")) {
    Stack& stack = stacks_.Current(line.number);
    stack.set_note("skipped:" + std::string(cursor.rest().substr(0, 200)));
    stacks_.NextStack();
  }
}

// Which CPUs and tasks stall: "{ 1 3}", "\t1-...!: (1 GPs behind) idle=...", "(detected by 0, t=5252 jiffies, ...)",
// "Tasks blocked on level-0 rcu_node (CPUs 0-3): P12 P34", "{ 1-...D P1234 } 2670 jiffies s: 541".
void Event::OnRcuDetail(std::string_view text) {
  if (record_.kind() != KIND_RCU_STALL) return;
  RcuStall* rcu = record_.mutable_rcu();
  Cursor cursor(text);
  cursor.Take("rcu: ");
  cursor.SkipBlanks();
  auto number_behind = [&](std::string_view key) {
    size_t at = text.find(key);
    if (at == std::string_view::npos) return std::optional<uint64_t>();
    Cursor value(text.substr(at + key.size()));
    value.SkipBlanks();
    return grammar::ParseUint(value.TakeDigits(), 10);
  };
  if (auto by = number_behind("detected by ")) rcu->set_detected_by(static_cast<int32_t>(*by));
  if (auto jiffies = number_behind("t=")) rcu->set_jiffies(*jiffies);
  if (auto grace_period = number_behind("g=")) rcu->set_grace_period(static_cast<int64_t>(*grace_period));
  if (auto queued = number_behind("q=")) rcu->set_queued(*queued);
  bool list = cursor.Take('{');
  do {
    cursor.SkipBlanks();
    if (cursor.Take('P')) {
      std::optional<int32_t> pid = grammar::ParseInt32(cursor.TakeDigits());
      if (pid && rcu->tasks_size() < 64) rcu->add_tasks(*pid);
      if (!pid) break;
    } else {
      std::string_view digits = cursor.TakeDigits();
      std::optional<int32_t> cpu = grammar::ParseInt32(digits);
      bool entry = cpu && (cursor.Peek() == '-' || (list && (cursor.Peek() == ' ' || cursor.Peek() == '}')));
      if (!entry) break;
      if (rcu->cpus_size() < 1024) rcu->add_cpus(*cpu);
      if (!record_.has_cpu()) record_.set_cpu(*cpu);
    }
    cursor.TakeWhile([](char c) { return !grammar::IsBlank(c) && c != '}'; });
  } while (list);
  size_t blocked = text.find("blocked on level-");
  if (blocked != std::string_view::npos) {
    Cursor pids(text);
    size_t colon = text.find("):", blocked);
    if (colon == std::string_view::npos) return;
    pids.Seek(colon + 2);
    while (true) {
      pids.SkipBlanks();
      if (!pids.Take('P')) break;
      std::optional<int32_t> pid = grammar::ParseInt32(pids.TakeDigits());
      if (pid && rcu->tasks_size() < 64) rcu->add_tasks(*pid);
      pids.TakeWhile([](char c) { return !grammar::IsBlank(c); });
    }
  }
}

// "in_atomic(): 1, irqs_disabled(): 0, non_block: 0, pid: 12, name: x"
void Event::OnAtomicDetail(std::string_view text) {
  size_t pid_at = text.find("pid: ");
  size_t name_at = text.find("name: ");
  if (pid_at != std::string_view::npos && !record_.task().has_pid()) {
    Cursor cursor(text.substr(pid_at + 5));
    if (std::optional<int32_t> pid = grammar::ParseInt32(cursor.TakeDigits())) record_.mutable_task()->set_pid(*pid);
  }
  if (name_at != std::string_view::npos && record_.task().comm().empty()) {
    record_.mutable_task()->set_comm(std::string(grammar::Trim(text.substr(name_at + 6))));
  }
}

void Event::OnEndTrace() {
  end_seen_ = true;
  ++evidence_;
  block_open_ = false;
  stacks_.CloseTrace();
}

}  // namespace oops::record
