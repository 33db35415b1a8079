// A fuzz target as a plain test: its seeds as they are, then a few thousand that were damaged.
//
//   TARGET --mutations=N SEED...
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "tests/fuzz/mutator.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

namespace {

constexpr size_t kLongest = 16 << 10;
constexpr std::string_view kMutations = "--mutations=";

// Sanitizers make the work many times slower; they do a share of it.
#if defined(__SANITIZE_ADDRESS__)
constexpr size_t kSparing = 8;
#else
constexpr size_t kSparing = 1;
#endif

// In memory of its own, so that the address sanitizer sees reads past the end.
void Run(const std::string& input) {
  const std::vector<uint8_t> bytes(input.begin(), input.end());
  LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
}

// Where the broken input is, should Run() not come back.
void Keep(const std::string& input) {
  const char* folder = std::getenv("TEST_UNDECLARED_OUTPUTS_DIR");
  if (folder == nullptr) return;
  std::ofstream(std::string(folder) + "/input", std::ios::binary) << input;
}

}  // namespace

int main(int argc, char** argv) {
  size_t mutations = 0;
  std::vector<std::string> seeds;
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (argument.starts_with(kMutations)) {
      mutations = std::strtoull(argv[i] + kMutations.size(), nullptr, 10) / kSparing;
      continue;
    }
    std::ifstream file(argv[i], std::ios::binary);
    if (!file) {
      std::cerr << argument << ": cannot be read\n";
      return 2;
    }
    seeds.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  if (seeds.empty()) {
    std::cerr << "no seeds\n";
    return 2;
  }
  for (const std::string& seed : seeds) Run(seed);
  oops::fuzz::Mutator mutator(seeds, /*number=*/1);
  for (size_t i = 0; i < mutations; ++i) {
    const std::string input = mutator.Next(kLongest);
    Keep(input);
    Run(input);
  }
  std::cout << seeds.size() << " seeds, " << mutations << " mutations\n";
  return 0;
}
