// Each clue looks at the record on its own. A pointer's value tells most: the kernel writes known
// patterns where nothing valid may be found any more (include/linux/poison.h), and a structure's
// member behind a NULL pointer has a small address.
#include "lib/analysis/diagnosis.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "lib/analysis/dispatch.h"
#include "lib/analysis/function_name.h"
#include "lib/analysis/kind_set.h"
#include "lib/analysis/plumbing.h"
#include "lib/analysis/x86_operand.h"
#include "lib/text/hex.h"

namespace oops::analysis {
namespace {

constexpr KindSet kBadPointer = {KIND_NULL_DEREF, KIND_PAGE_FAULT, KIND_GPF};
constexpr KindSet kStackUsedUp = {KIND_STACK_OVERFLOW, KIND_DOUBLE_FAULT};
constexpr uint64_t kPage = 4096;

struct Value {
  uint64_t number = 0;
  bool wide = false;  // printed with more digits than 32 bits have
};

std::optional<Value> ParseHex(std::string_view printed) {
  if (printed == "(null)") return Value{};
  if (printed.substr(0, 2) == "0x") printed.remove_prefix(2);
  const std::optional<uint64_t> number = text::ParseHex(printed);
  if (!number) return std::nullopt;
  return Value{*number, printed.size() > 8};
}

std::string Hex(uint64_t number) {
  std::array<char, 16> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number, 16).ptr;
  return "0x" + std::string(digits.data(), end);
}

void Say(CrashRecord& record, std::string statement, double confidence,
         const std::vector<std::string>& evidence) {
  Diagnosis& diagnosis = *record.add_diagnosis();
  diagnosis.set_statement(std::move(statement));
  diagnosis.set_confidence(confidence);
  for (const std::string& value : evidence) diagnosis.add_evidence(value);
}

// What a value means that the kernel leaves in memory on purpose, and how sure that is where it is
// the address of the fault, and where a register holds it.
struct Meaning {
  std::string_view statement;
  double in_address, in_register;
};

// list_del() itself loads what it leaves behind.
constexpr Meaning kDeleted = {"an entry that list_del() had taken off its list is used", 0.9, 0.4};
constexpr Meaning kFreed = {
    "memory is used that had been given back: slab poisoning had overwritten it", 0.9, 0.7};
constexpr Meaning kUnset = {"memory is used that nobody had set: slab poisoning had filled it", 0.9,
                            0.7};
constexpr Meaning kFreedPageOrUnset = {
    "what is used is a page that was given back (page poisoning), or a variable on the stack that "
    "nobody set (pattern initialisation)",
    0.6, 0.6};

// Such a value, and how far a pointer made of it reaches.
struct Poison {
  uint64_t value;
  bool wide;
  uint64_t reach;
  std::string_view name;
  const Meaning* meaning;
};

// LIST_POISON1 and LIST_POISON2 have POISON_POINTER_DELTA added: 0xdead000000000000, on ppc64
// 0x5deadbeef0000000; 0 on 32 bits and wherever the architecture defines none, see FindNull().
constexpr std::array kPoisons = {
    Poison{0xdead000000000100, true, 0x20, "LIST_POISON1", &kDeleted},
    Poison{0xdead000000000122, true, 0x1e, "LIST_POISON2", &kDeleted},
    Poison{0xdead000000000200, true, 0x20, "LIST_POISON2", &kDeleted},
    Poison{0x5deadbeef0000100, true, 0x20, "LIST_POISON1", &kDeleted},
    Poison{0x5deadbeef0000122, true, 0x1e, "LIST_POISON2", &kDeleted},
    Poison{0x5deadbeef0000200, true, 0x20, "LIST_POISON2", &kDeleted},
    Poison{0xdead000000100100, true, 0x20, "LIST_POISON1", &kDeleted},  // until 4.2
    Poison{0xdead000000200200, true, 0x20, "LIST_POISON2", &kDeleted},  // until 4.2
    Poison{0x00100100, false, 0x20, "LIST_POISON1", &kDeleted},         // until 4.2
    Poison{0x00200200, false, 0x20, "LIST_POISON2", &kDeleted},         // until 4.2
    Poison{0x6b6b6b6b6b6b6b6b, true, kPage, "POISON_FREE", &kFreed},
    Poison{0xa56b6b6b6b6b6b6b, true, kPage, "POISON_FREE, POISON_END", &kFreed},
    Poison{0x6b6b6b6b, false, kPage, "POISON_FREE", &kFreed},
    Poison{0xa56b6b6b, false, kPage, "POISON_FREE, POISON_END", &kFreed},
    Poison{0x5a5a5a5a5a5a5a5a, true, kPage, "POISON_INUSE", &kUnset},
    Poison{0x5a5a5a5a, false, kPage, "POISON_INUSE", &kUnset},
    Poison{0xaaaaaaaaaaaaaaaa, true, kPage, "PAGE_POISON", &kFreedPageOrUnset},
    Poison{0xaaaaaaaa, false, kPage, "PAGE_POISON", &kFreedPageOrUnset},
};

const Poison* FindPoison(const Value& value) {
  for (const Poison& poison : kPoisons) {
    if (poison.wide == value.wide && value.number >= poison.value &&
        value.number - poison.value < poison.reach) {
      return &poison;
    }
  }
  return nullptr;
}

std::string Named(std::string_view what, const Poison& poison, uint64_t value) {
  std::string text = std::string(what) + " is " + std::string(poison.name);
  if (value != poison.value) text += " + " + Hex(value - poison.value);
  return text;
}

const Register* FindRegister(const CrashRecord& record, std::string_view name) {
  for (const Register& reg : record.registers()) {
    if (reg.name() == name) return &reg;
  }
  return nullptr;
}

std::optional<Value> RegisterValue(const CrashRecord& record, std::string_view name) {
  const Register* reg = FindRegister(record, name);
  return reg != nullptr ? ParseHex(reg->value()) : std::nullopt;
}

void FindPoisonedAddress(CrashRecord& record) {
  if (!(kBadPointer | KindSet{KIND_KASAN}).Has(record.kind()) || !record.fault().has_address())
    return;
  const std::optional<Value> address = ParseHex(record.fault().address());
  const Poison* poison = address ? FindPoison(*address) : nullptr;
  if (poison == nullptr) return;
  Say(record, std::string(poison->meaning->statement), poison->meaning->in_address,
      {Named("the address " + record.fault().address(), *poison, address->number)});
}

// s390 is told the page alone. Where a list's poison lies anything may.
void FindPoisonedPage(CrashRecord& record) {
  if (!kBadPointer.Has(record.kind()) || record.arch() != "s390x") return;
  const std::optional<Value> address = ParseHex(record.fault().address());
  for (const Poison& poison : kPoisons) {
    if (!address || !poison.wide || poison.reach < kPage) continue;
    if (address->number != poison.value - poison.value % kPage) continue;
    Say(record, std::string(poison.meaning->statement), poison.meaning->in_address,
        {"the address " + record.fault().address() + " is the page of " +
         std::string(poison.name)});
  }
}

// Nor does a stack segment fault, of an access through RBP.
bool HidesAddress(const CrashRecord& record) {
  if (record.fault().has_address()) return false;
  return record.kind() == KIND_GPF || record.fault().trap() == "stack segment";
}

// What mm/slub.c finds where it had written one pattern only (include/linux/poison.h).
struct Pattern {
  std::string_view byte;
  std::string_view name;
  std::string_view statement;
};
constexpr std::array kPatterns = {
    Pattern{"0x6b", "POISON_FREE", "an object was written to after it had been given back"},
    Pattern{"0xa5", "POISON_END", "an object was written to after it had been given back"},
    Pattern{"0xcc", "SLUB_RED_ACTIVE", "memory beside an object was written: out of its bounds"},
    Pattern{"0xbb", "SLUB_RED_INACTIVE",
            "memory beside a free object was written: out of a neighbour's bounds, or after the "
            "object had been given back"},
    Pattern{"0x5a", "POISON_INUSE", "memory behind an object was written: out of its bounds"},
};

// "First byte 0x0 instead of 0x6b": check_bytes_and_report(). "Slab corruption: size-64 start=..":
// check_poison_obj() of mm/slab.c, which looks at free objects alone.
void FindOverwritten(CrashRecord& record) {
  constexpr std::string_view kInstead = " instead of ";
  constexpr std::string_view kFreeObject = "Slab corruption";
  if (record.headline().compare(0, kFreeObject.size(), kFreeObject) == 0) {
    Say(record, std::string(kPatterns.front().statement), 0.9,
        {"the slab allocator found that a free object was not filled with POISON_FREE"});
  }
  const std::string& message = record.message();
  const size_t at = message.find(kInstead);
  if (record.kind() != KIND_SLAB_CORRUPTION || at == message.npos) return;
  for (const Pattern& pattern : kPatterns) {
    if (message.substr(at + kInstead.size()) != pattern.byte) continue;
    Say(record, std::string(pattern.statement), 0.9, {message + ", " + std::string(pattern.name)});
  }
}

// General protection faults of kernels before 5.6 don't say the address; a register has it then.
// The instruction tells which.
void FindPoisonedBase(CrashRecord& record) {
  const std::optional<X86Operand> operand = TrappingOperand(record);
  if (!operand || !HidesAddress(record)) return;
  const Register* base = FindRegister(record, operand->base);
  const std::optional<Value> value = base != nullptr ? ParseHex(base->value()) : std::nullopt;
  const Poison* poison = value ? FindPoison(*value) : nullptr;
  if (poison == nullptr) return;
  Say(record, std::string(poison->meaning->statement), poison->meaning->in_address,
      {Named(base->name() + " " + base->value(), *poison, value->number),
       "the instruction at fault goes through " + base->name()});
}

void FindPoisonedRegister(CrashRecord& record) {
  if (record.kind() != KIND_GPF || record.fault().has_address()) return;
  if (TrappingOperand(record)) return;
  struct Found {
    const Register* reg;
    uint64_t number;
    const Poison* poison;
  };
  std::vector<Found> all;
  bool first = false, second = false;
  for (const Register& reg : record.registers()) {
    const std::optional<Value> value = ParseHex(reg.value());
    const Poison* poison = value ? FindPoison(*value) : nullptr;
    if (poison == nullptr) continue;
    first = first || poison->name == "LIST_POISON1";
    second = second || poison->name == "LIST_POISON2";
    all.push_back({&reg, value->number, poison});
  }
  const bool deleting = first && second;  // list_del() was here a moment ago
  const Meaning* meaning = nullptr;
  std::vector<std::string> evidence;
  for (const Found& found : all) {
    if (deleting && found.poison->meaning == &kDeleted) continue;
    if (meaning != nullptr && found.poison->meaning != meaning) continue;
    meaning = found.poison->meaning;
    evidence.push_back(
        Named(found.reg->name() + " " + found.reg->value(), *found.poison, found.number));
  }
  if (meaning != nullptr) {
    Say(record, std::string(meaning->statement), meaning->in_register, evidence);
  }
}

std::string NullAnd(const std::string& offset) {
  return "a pointer to a structure is NULL: the access is to what lies " + offset +
         " bytes into it";
}

// Where POISON_POINTER_DELTA is 0, LIST_POISON1 is 0x100, LIST_POISON2 0x122 or 0x200: a list's
// entry that was deleted and a structure at NULL look the same. x86_64 has had a delta as long as
// these values; others got theirs later or have none.
bool MayBeListPoison(const CrashRecord& record, uint64_t address) {
  constexpr uint64_t kEntry = 8;  // list_head's two pointers on 32 bits
  if (record.arch() == "x86_64") return false;
  for (const uint64_t poison : {0x100, 0x122, 0x200}) {
    if (address >= poison && address - poison < kEntry) return true;
  }
  return false;
}

// With linear address separation (6.19) it is a general protection fault.
void FindNull(CrashRecord& record) {
  if (!KindSet{KIND_NULL_DEREF, KIND_GPF}.Has(record.kind()) || !record.fault().has_address())
    return;
  const std::optional<Value> address = ParseHex(record.fault().address());
  if (!address || address->number >= kPage || MayBeListPoison(record, address->number)) return;
  const std::vector<std::string> evidence = {"the address " + record.fault().address()};
  const bool jump = record.fault().access() == ACCESS_EXEC;
  if (jump && address->number == 0) {
    Say(record, "a function is called through a pointer that is NULL", 0.9, evidence);
  } else if (!jump && address->number != 0) {  // of NULL itself the title speaks
    const std::optional<X86Operand> operand = TrappingOperand(record);
    const uint64_t pointer = operand ? address->number - operand->displacement : 0;
    if (pointer == 0) {
      Say(record, NullAnd(Hex(address->number)), 0.9, evidence);
    } else if (pointer < kPage) {
      Say(record,
          "a pointer is " + Hex(pointer) +
              ": the address of a member of a structure at NULL, or a damaged value",
          0.6,
          {evidence.front(),
           "the instruction at fault adds " + Hex(address->number - pointer) + " to it"});
    }
  }
}

// CONFIG_KASAN looks at the shadow of an address, an eighth of it from 0xdffffc0000000000 on,
// before the access itself.
void FindNullByShadow(CrashRecord& record) {
  constexpr uint64_t kShadow = 0xdffffc0000000000;
  constexpr uint64_t kBytes = 8;  // of memory that a byte of shadow stands for
  if (record.kind() != KIND_GPF || record.arch() != "x86_64") return;
  const std::optional<Value> address = ParseHex(record.fault().address());
  if (!address || address->number < kShadow || address->number - kShadow >= kPage / kBytes) return;
  // Since 4.0 die() says that the kernel has it.
  const auto& options = record.kernel().options();
  const bool said = std::find(options.begin(), options.end(), "KASAN") != options.end();
  if (record.fault().has_oops_count() && !options.empty() && !said) return;
  const uint64_t offset = (address->number - kShadow) * kBytes;
  Say(record,
      offset == 0 ? "a pointer is NULL" : NullAnd(Hex(offset) + " to " + Hex(offset + kBytes - 1)),
      0.9, {"the address " + record.fault().address() + " is KASAN's shadow of the first page"});
}

void FindErrorPointer(CrashRecord& record) {
  constexpr uint64_t kMaxErrno = 4095;
  if (!kBadPointer.Has(record.kind()) || !record.fault().has_address()) return;
  const std::optional<Value> address = ParseHex(record.fault().address());
  if (!address) return;
  const uint64_t below =
      address->wide ? ~address->number + 1 : (uint64_t{1} << 32) - address->number;
  if (below == 0 || below > kMaxErrno) return;
  Say(record,
      "an error code is used as a pointer (ERR_PTR()), or a structure is found from a NULL pointer "
      "to its member (container_of())",
      0.6, {"the address " + record.fault().address() + " is -" + std::to_string(below)});
}

// x86 can't write the frame of the first exception either.
void FindUsedUpStack(CrashRecord& record) {
  constexpr uint64_t kBelow = 256;  // what one instruction or one exception's frame writes
  if (!kStackUsedUp.Has(record.kind())) return;
  std::optional<Value> address = RegisterValue(record, "CR2");
  if (!address && record.arch() == "arm64") address = ParseHex(record.fault().address());
  std::optional<Value> top;
  for (const std::string_view name : {"RSP", "ESP", "sp"}) {
    if (!top) top = RegisterValue(record, name);
  }
  if (!address || !top || address->number >= top->number) return;
  if (top->number - address->number > kBelow) return;
  Say(record, "the stack is used up: what could not be written lies right below the stack pointer",
      0.9,
      {(record.arch() == "arm64" ? "FAR " : "CR2 ") + Hex(address->number),
       "stack pointer " + Hex(top->number)});
}

void FindRecursion(CrashRecord& record) {
  constexpr int kOften = 8;  // more than a path through stacked file systems or tunnels
  constexpr int kShare = 4;  // a cycle of up to four functions
  if (!kStackUsedUp.Has(record.kind())) return;
  std::unordered_map<std::string, int> times;
  int frames = 0;
  std::string most;
  for (const Stack& stack : record.stacks()) {
    if (stack.type() != STACK_TASK) continue;
    for (const Frame& frame : stack.frames()) {
      if (frame.function().empty() || (frame.has_reliable() && !frame.reliable())) continue;
      ++frames;
      const std::string function = SourceName(frame.function());
      if (IsOnManyWays(function)) continue;  // notifier_call_chain() is no culprit
      if (++times[function] > times[most]) most = function;
    }
  }
  if (most.empty() || times[most] < kOften || times[most] * 2 * kShare < frames) return;
  Say(record, most + " calls itself again and again", 0.9,
      {"it stands " + std::to_string(times[most]) + " times in a trace of " +
       std::to_string(frames) + " frames"});
}

// Of the functions that take a lock, those that run as long as somebody else has it.
// Those that wait for a mutex sleep or look at its owner, those that try don't wait.
bool SpinsForLock(const std::string& function, Kind kind) {
  const PlumbingGroup* plumbing = FindPlumbing(function, kind);
  if (plumbing == nullptr || plumbing->name != "lock") return false;
  const auto has = [&function](std::string_view part) {
    return function.find(part) != function.npos;
  };
  if (has("unlock") || has("trylock") || has("mutex")) return false;
  return has("spin") || has("_lock_slowpath") || has("_lock_failed") || has("raw_read_lock") ||
         has("raw_write_lock");
}

// The kernel reads the owner without a lock; of a semaphore it only knows who took it last.
void FindBlocker(CrashRecord& record) {
  const Blocker& blocker = record.blocker();
  if (blocker.comm().empty()) return;
  std::string who = blocker.comm();
  if (blocker.has_pid()) who += " [" + std::to_string(blocker.pid()) + "]";
  if (blocker.lock() == "semaphore") {
    Say(record, "waits for a semaphore that " + who + " took last", 0.7,
        {"the kernel says: semaphore likely last held by " + who});
  } else {
    Say(record, "waits for the " + blocker.lock() + " that " + who + " probably holds", 0.7,
        {"the kernel says: " + blocker.lock() + " likely owned by " + who});
  }
}

void FindAwaitedSpinlock(CrashRecord& record) {
  if (!kLockup.Has(record.kind()) || record.signature().guilty_function().empty()) return;
  const std::string function = SourceName(record.ip().function());
  if (!SpinsForLock(function, record.kind())) return;
  Say(record,
      "spins on a lock that " + record.signature().guilty_function() + " takes and didn't get", 0.7,
      {"the CPU was found in " + function});
}

// csd_lock_wait() of kernel/smp.c, inlined or not.
void FindAwaitedCpu(CrashRecord& record) {
  constexpr std::array<std::string_view, 4> kWaiters = {
      "smp_call_function_single", "smp_call_function_many", "smp_call_function_many_cond",
      "csd_lock_wait"};
  if (!kLockup.Has(record.kind())) return;
  const std::string function = SourceName(record.ip().function());
  if (std::find(kWaiters.begin(), kWaiters.end(), function) == kWaiters.end()) return;
  Say(record,
      "waits for another CPU that doesn't answer its call: that one may have interrupts off", 0.7,
      {"the CPU was found in " + function});
}

void FindAwaitedBit(CrashRecord& record) {
  if (!kLockup.Has(record.kind())) return;
  // A queued spinlock has its pending bit set so.
  if (SpinsForLock(SourceName(record.ip().function()), record.kind())) return;
  const std::optional<X86BitLock> lock = AwaitedBitLock(record);
  if (!lock) return;
  const std::string bit = "bit " + std::to_string(lock->bit);
  const Register* base = FindRegister(record, lock->word.base);
  const std::optional<Value> value = base != nullptr ? ParseHex(base->value()) : std::nullopt;
  if (!value) return;
  Say(record,
      "spins until somebody clears " + bit + " of the word at " +
          Hex(value->number + lock->word.displacement) + ": a bit lock that was not released",
      0.9,
      {"the CPU was found at pause, next to lock bts of " + bit + " through " + base->name(),
       base->name() + " " + base->value()});
}

void FindSecondDeletion(CrashRecord& record) {
  if (record.kind() != KIND_LIST_CORRUPTION) return;
  const size_t poison = record.headline().find("is LIST_POISON");
  if (poison == std::string::npos) return;
  Say(record, "an entry is taken off its list that list_del() had taken off before", 0.9,
      {record.headline().substr(poison, std::string_view("is LIST_POISON1").size())});
}

// __list_add_valid_or_report(): "prev->next should be next (%px), but was %px".
void FindDeletedNeighbour(CrashRecord& record) {
  constexpr std::string_view kWas = "but was ";
  if (record.kind() != KIND_LIST_CORRUPTION) return;
  const size_t was = record.headline().find(kWas);
  if (was == std::string::npos) return;
  std::string_view value = std::string_view(record.headline()).substr(was + kWas.size());
  value = value.substr(0, value.find_first_not_of("0123456789abcdef"));
  const std::optional<Value> number = ParseHex(value);
  const Poison* poison = number ? FindPoison(*number) : nullptr;
  if (poison == nullptr) return;
  Say(record, std::string(poison->meaning->statement), poison->meaning->in_address,
      {Named(value, *poison, number->number)});
}

constexpr std::array kClues = {FindPoisonedAddress,
                               FindPoisonedPage,
                               FindPoisonedBase,
                               FindPoisonedRegister,
                               FindNull,
                               FindNullByShadow,
                               FindErrorPointer,
                               FindUsedUpStack,
                               FindRecursion,
                               FindBlocker,
                               FindAwaitedSpinlock,
                               FindSecondDeletion,
                               FindDeletedNeighbour,
                               FindOverwritten,
                               FindAwaitedBit,
                               FindAwaitedCpu};

}  // namespace

void Diagnose(CrashRecord& record) {
  record.clear_diagnosis();
  for (const auto clue : kClues) clue(record);
}

}  // namespace oops::analysis
