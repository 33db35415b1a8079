// Register dumps of all architectures: which names there are, and the scanner of their rows.
#ifndef OOPS_LIB_GRAMMAR_REGISTERS_H_
#define OOPS_LIB_GRAMMAR_REGISTERS_H_

#include <string>
#include <string_view>
#include <vector>

namespace oops::grammar {

struct RegisterValue {
  std::string name;           // as printed
  std::string_view value;     // hex; what stands behind "0018:" of RSP
  std::string_view selector;  // "0018"
  std::string_view arch;      // that alone prints it; empty where several do
};

// Scans a row such as "RAX: 0000000000000000 RBX: ffff..." at the start of `text` and removes what
// it understood. Appends to `out`. False, with nothing changed, where the row doesn't begin with a
// register.
bool TakeRegisters(std::string_view& text, std::vector<RegisterValue>& out);

}  // namespace oops::grammar

#endif  // OOPS_LIB_GRAMMAR_REGISTERS_H_
