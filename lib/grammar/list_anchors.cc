// Prints the literals of the tables, one a line, for the build's scan_table().
#include <iostream>

#include "lib/grammar/anchor_literals.h"

int main() {
  for (std::string_view literal : oops::grammar::AnchorLiterals()) std::cout << literal << '\n';
}
