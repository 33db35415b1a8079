#include "lib/boots.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace oops {
namespace {

constexpr size_t kMaxHosts = 64;
constexpr int64_t kJitter =
    1'000'000;  // microseconds by which lines of several CPUs may be out of order

// A damaged log may have lost the end of a release.
bool MayBeSame(std::string_view a, std::string_view b) {
  const size_t common = std::min(a.size(), b.size());
  return a.substr(0, common) == b.substr(0, common);
}

}  // namespace

bool Boots::Excludes(const Boot& boot, const CrashRecord& record) {
  const Source& source = record.source();
  if (!boot.id.empty() && !source.boot_id().empty()) return boot.id != source.boot_id();
  if (boot.last_us && source.has_monotonic_us() && source.monotonic_us() + kJitter < *boot.last_us)
    return true;
  return !MayBeSame(boot.release, record.kernel().release());
}

uint64_t Boots::NumberOf(const CrashRecord& record) {
  const Source& source = record.source();
  auto boot_of = [this](std::string_view host) {
    return std::find_if(boots_.begin(), boots_.end(),
                        [host](const Boot& boot) { return boot.host == host; });
  };
  auto found = boot_of(source.host());
  // The crash utility names the host of a dump whose dmesg, pasted beside it, names none.
  if (found == boots_.end() && record.from_crash_utility()) found = boot_of({});
  Boot boot;
  if (found != boots_.end()) {
    if (!Excludes(*found, record)) boot = std::move(*found);
    boots_.erase(found);
  }
  if (boot.number == 0) boot = {next_number_++, source.host(), {}, {}, {}};
  if (!source.boot_id().empty()) boot.id = source.boot_id();
  if (record.kernel().release().size() > boot.release.size())
    boot.release = record.kernel().release();
  if (source.has_monotonic_us()) boot.last_us = source.monotonic_us();
  boots_.push_front(std::move(boot));
  if (boots_.size() > kMaxHosts) boots_.pop_back();
  return boots_.front().number;
}

}  // namespace oops
