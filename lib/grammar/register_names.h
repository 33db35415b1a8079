// What the registers of all architectures are called.
#ifndef OOPS_LIB_GRAMMAR_REGISTER_NAMES_H_
#define OOPS_LIB_GRAMMAR_REGISTER_NAMES_H_

#include <string_view>

namespace oops::grammar {

struct RegisterName {
  std::string_view name;
  std::string_view arch;  // where no other has the name
};

// The one that is called exactly so; null if none is.
const RegisterName* FindRegister(std::string_view name);

}  // namespace oops::grammar

#endif  // OOPS_LIB_GRAMMAR_REGISTER_NAMES_H_
