// Rows of registers that name their first one alone, or none.
#ifndef OOPS_LIB_GRAMMAR_NUMBERED_REGISTERS_H_
#define OOPS_LIB_GRAMMAR_NUMBERED_REGISTERS_H_

#include <string_view>
#include <vector>

#include "lib/grammar/registers.h"

namespace oops::grammar {

// As TakeRegisters(), for "GPR04: c000.. c000..", "$ 4   : 0000.. 8712..", "Krnl GPRS: ..".
bool TakeNumberedRow(std::string_view& text, std::vector<RegisterValue>& out);

}  // namespace oops::grammar

#endif  // OOPS_LIB_GRAMMAR_NUMBERED_REGISTERS_H_
