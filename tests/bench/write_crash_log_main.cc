// write_crash_log BYTES LINES_BETWEEN REPORT...: reports among clean lines on standard output.
// Files with lines that have no stamp are left out.
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "tests/bench/crash_log.h"

int main(int argc, char** argv) {
  std::vector<std::string> reports;
  for (int i = 3; i < argc; ++i) {
    std::ifstream file(argv[i], std::ios::binary);
    std::string report =
        oops::bench::WithoutStamps(std::string(std::istreambuf_iterator<char>(file), {}));
    if (!report.empty()) reports.push_back(std::move(report));
  }
  if (reports.empty()) {
    std::fprintf(stderr, "usage: write_crash_log BYTES LINES_BETWEEN REPORT...\n");
    return 2;
  }
  uint64_t left = std::strtoull(argv[1], nullptr, 10);
  oops::bench::CrashLogGenerator generator(std::move(reports), std::strtoull(argv[2], nullptr, 10),
                                           /*seed=*/1);
  std::string lines;
  while (left > 0) {
    lines.clear();
    generator.AppendReport(&lines);
    if (std::fwrite(lines.data(), 1, lines.size(), stdout) != lines.size()) return 2;
    left -= lines.size() < left ? lines.size() : left;
  }
  return 0;
}
