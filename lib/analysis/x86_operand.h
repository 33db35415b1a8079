// What the bytes say that x86 trapped at.
#ifndef OOPS_LIB_ANALYSIS_X86_OPERAND_H_
#define OOPS_LIB_ANALYSIS_X86_OPERAND_H_

#include <cstdint>
#include <optional>
#include <string_view>

#include "proto/crash_record.pb.h"

namespace oops::analysis {

// base + displacement: an operand with an index or without a base has no place here.
struct X86Operand {
  std::string_view base;  // the register as the kernel prints it: "RAX", "R08", "ESI"
  int32_t displacement = 0;
};

// Of the plain instructions that compilers make for an access to a structure, as moves, comparisons
// and arithmetic; nothing for others, and where the bytes are not known.
std::optional<X86Operand> TrappingOperand(const CrashRecord& record);

// A bit of a word in memory.
struct X86BitLock {
  X86Operand word;
  unsigned bit = 0;
};

// What bit_spin_lock() waits for where x86-64 was found in its loop: it pauses until the bit is
// clear, then sets it with "lock bts". Nothing where several stand nearby.
std::optional<X86BitLock> AwaitedBitLock(const CrashRecord& record);

}  // namespace oops::analysis

#endif  // OOPS_LIB_ANALYSIS_X86_OPERAND_H_
