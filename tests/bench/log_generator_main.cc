// log_generator BYTES [SEED]: a clean log on standard output.
#include <cstdio>
#include <cstdlib>
#include <string>

#include "tests/bench/log_generator.h"

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: log_generator BYTES [SEED]\n");
    return 2;
  }
  uint64_t left = std::strtoull(argv[1], nullptr, 10);
  oops::bench::LogGenerator generator(argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 1);
  std::string lines;
  while (left > 0) {
    lines.clear();
    while (lines.size() < 65536 && lines.size() < left) generator.AppendLine(&lines);
    if (std::fwrite(lines.data(), 1, lines.size(), stdout) != lines.size()) return 2;
    left -= lines.size() < left ? lines.size() : left;
  }
  return 0;
}
