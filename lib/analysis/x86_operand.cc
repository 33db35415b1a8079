// Intel's manual, volume 2: instruction format, opcode map.
#include "lib/analysis/x86_operand.h"

#include <array>
#include <charconv>
#include <string>

namespace oops::analysis {
namespace {

constexpr std::array<std::string_view, 16> kWide = {"RAX", "RCX", "RDX", "RBX", "RSP", "RBP",
                                                    "RSI", "RDI", "R08", "R09", "R10", "R11",
                                                    "R12", "R13", "R14", "R15"};
constexpr std::array<std::string_view, 8> kNarrow = {"EAX", "ECX", "EDX", "EBX",
                                                     "ESP", "EBP", "ESI", "EDI"};
constexpr unsigned kStackPointer = 4;  // in ModRM: a SIB byte follows; in SIB: no index
constexpr unsigned kFramePointer = 5;  // with mode 0: no base

class Bytes {
 public:
  Bytes(std::string_view hex, size_t first) : hex_(hex), at_(first * 2) {}
  std::optional<uint8_t> Next() {
    if (at_ + 2 > hex_.size()) return std::nullopt;
    uint8_t byte = 0;
    const char* end = hex_.data() + at_ + 2;
    const auto [rest, error] = std::from_chars(hex_.data() + at_, end, byte, 16);
    at_ += 2;
    if (error != std::errc() || rest != end) return std::nullopt;
    return byte;
  }

 private:
  std::string_view hex_;
  size_t at_;
};

bool IsPrefix(uint8_t byte) {
  return byte == 0x66 || byte == 0xf0 || byte == 0xf2 || byte == 0xf3 || byte == 0x3e;
}

bool Between(uint8_t byte, uint8_t first, uint8_t last) { return byte >= first && byte <= last; }

// One byte, or the one behind 0x0f: whether a ModRM byte follows that names what is accessed.
bool HasOperand(uint8_t opcode) {
  if (opcode < 0x40) return (opcode & 7) < 4;  // add, or, adc, sbb, and, sub, xor, cmp
  return opcode == 0x63 || Between(opcode, 0x80, 0x8b) || opcode == 0xc6 || opcode == 0xc7 ||
         opcode == 0xf6 || opcode == 0xf7 || opcode >= 0xfe;
}
bool HasOperandBehind0f(uint8_t opcode) {
  // cmov, cmpxchg, movzx, popcnt, bt of a constant, bsf, movsx, xadd; bt of a register reaches
  // further
  return Between(opcode, 0x40, 0x4f) || Between(opcode, 0xb0, 0xb1) ||
         Between(opcode, 0xb6, 0xba) || Between(opcode, 0xbc, 0xc1);
}

// What stands behind the opcode. `high`: 8 where the prefix says so (REX.B).
std::optional<X86Operand> TakeOperand(Bytes& bytes, uint8_t modrm, unsigned high, bool wide) {
  const unsigned mode = modrm >> 6;
  unsigned base = modrm & 7;
  if (mode == 3) return std::nullopt;
  if (base == kStackPointer) {
    const std::optional<uint8_t> sib = bytes.Next();
    if (!sib || ((*sib >> 3) & 7) != kStackPointer) return std::nullopt;
    base = *sib & 7;
  }
  if (base == kFramePointer && mode == 0) return std::nullopt;
  uint32_t displacement = 0;
  for (unsigned i = 0, size = mode == 2 ? 4 : mode; i < size; ++i) {
    const std::optional<uint8_t> byte = bytes.Next();
    if (!byte) return std::nullopt;
    displacement |= uint32_t{*byte} << (8 * i);
  }
  X86Operand operand;
  operand.base = wide ? kWide[base + high] : kNarrow[base];
  operand.displacement =
      mode == 1 ? static_cast<int8_t>(displacement) : static_cast<int32_t>(displacement);
  return operand;
}

// "lock bts $bit,operand" from the byte `first` on.
std::optional<X86BitLock> TakeLockBts(std::string_view hex, size_t first) {
  constexpr uint8_t kLock = 0xf0;
  constexpr uint8_t kBts = 5;  // of 0f ba, in ModRM
  Bytes bytes(hex, first);
  if (bytes.Next() != kLock) return std::nullopt;
  std::optional<uint8_t> byte = bytes.Next();
  unsigned high = 0;
  if (byte && Between(*byte, 0x40, 0x4f)) {
    if ((*byte & 2) != 0) return std::nullopt;
    high = (*byte & 1) * 8;
    byte = bytes.Next();
  }
  if (byte != 0x0f || bytes.Next() != 0xba) return std::nullopt;
  const std::optional<uint8_t> modrm = bytes.Next();
  if (!modrm || ((*modrm >> 3) & 7) != kBts) return std::nullopt;
  const std::optional<X86Operand> word = TakeOperand(bytes, *modrm, high, true);
  const std::optional<uint8_t> bit = word ? bytes.Next() : std::nullopt;
  if (!bit) return std::nullopt;
  return X86BitLock{*word, *bit};
}

}  // namespace

std::optional<X86BitLock> AwaitedBitLock(const CrashRecord& record) {
  constexpr std::string_view kPause = "f390";
  if (record.arch() != "x86_64" || !record.code().has_trap_index()) return std::nullopt;
  const std::string_view hex = record.code().bytes();
  const size_t at = record.code().trap_index() * 2;
  const bool waits = (at <= hex.size() && hex.substr(at, kPause.size()) == kPause) ||
                     (at >= kPause.size() && at <= hex.size() &&
                      hex.substr(at - kPause.size(), kPause.size()) == kPause);
  std::optional<X86BitLock> found;
  for (size_t first = 0; waits && first < hex.size() / 2; ++first) {
    const std::optional<X86BitLock> lock = TakeLockBts(hex, first);
    if (lock && found) return std::nullopt;  // which of them?
    if (lock) found = lock;
  }
  return found;
}

std::optional<X86Operand> TrappingOperand(const CrashRecord& record) {
  const bool wide = record.arch() == "x86_64";
  if ((!wide && record.arch() != "i386") || !record.code().has_trap_index()) return std::nullopt;
  Bytes bytes(record.code().bytes(), record.code().trap_index());
  std::optional<uint8_t> byte = bytes.Next();
  while (byte && IsPrefix(*byte)) byte = bytes.Next();
  unsigned high = 0;  // REX.B
  if (byte && wide && Between(*byte, 0x40, 0x4f)) {
    if ((*byte & 2) != 0) return std::nullopt;  // REX.X: an index
    high = (*byte & 1) * 8;
    byte = bytes.Next();
  }
  if (!byte) return std::nullopt;
  if (*byte == 0x0f) {
    byte = bytes.Next();
    if (!byte || !HasOperandBehind0f(*byte)) return std::nullopt;
  } else if (!HasOperand(*byte)) {
    return std::nullopt;
  }
  const std::optional<uint8_t> modrm = bytes.Next();
  if (!modrm) return std::nullopt;
  return TakeOperand(bytes, *modrm, high, wide);
}

}  // namespace oops::analysis
