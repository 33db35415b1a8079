#include "lib/text/scan_engine.h"

#include <vector>

namespace oops::text {
namespace {

bool Always() { return true; }

#if defined(__x86_64__)
bool HasSsse3() { return __builtin_cpu_supports("ssse3") && __builtin_cpu_supports("popcnt"); }
bool HasAvx2() {
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
         __builtin_cpu_supports("popcnt");
}
bool HasAvx512() {
  return HasAvx2() && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vbmi");
}
#endif

// The one place that knows which engines there are, the fastest first.
constexpr ScanEngine kEngines[] = {
#if defined(__x86_64__)
    {"avx512", TableKind::kBytes, HasAvx512, engines::ScanBatchAvx512},
    {"avx2", TableKind::kNibbles, HasAvx2, engines::ScanBatchAvx2},
    {"ssse3", TableKind::kNibbles, HasSsse3, engines::ScanBatchSsse3},
#elif defined(__aarch64__) && defined(__ARM_NEON)
    {"neon", TableKind::kNibbles, Always, engines::ScanBatchNeon},
#endif
    {"portable", TableKind::kBytes, Always, engines::ScanBatchPortable},
};

std::vector<ScanEngine> FindSupported() {
  std::vector<ScanEngine> supported;
  for (const ScanEngine& engine : kEngines) {
    if (engine.supported()) supported.push_back(engine);
  }
  return supported;
}

}  // namespace

void WindowTables::AddByte(size_t place, uint8_t byte, int bucket) {
  const uint8_t bit = static_cast<uint8_t>(1u << bucket);
  bytes[place][byte & 0x7f] |= bit;
  packed[byte] |= uint64_t{bit} << (8 * place);
  if (place >= kNibblePlaces) return;
  low[place][byte & 15] |= bit;
  high[place][byte >> 4] |= bit;
}

void WindowTables::Add(std::string_view window, int bucket) {
  if (window.size() >= kLongKey) {
    long_keys.Add<kLongKey>(window.data());
  } else {
    short_keys.Add<kShortKey>(window.data());
  }
  for (size_t place = 0; place < kBytePlaces; ++place) {
    if (place < window.size()) {
      AddByte(place, static_cast<uint8_t>(window[place]), bucket);
      continue;
    }
    for (int byte = 0; byte < 256; ++byte) AddByte(place, static_cast<uint8_t>(byte), bucket);
  }
}

std::span<const ScanEngine> SupportedEngines() {
  static const std::vector<ScanEngine> supported = FindSupported();
  return supported;
}

}  // namespace oops::text
