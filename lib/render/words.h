// What things are called when people read about them.
#ifndef OOPS_LIB_RENDER_WORDS_H_
#define OOPS_LIB_RENDER_WORDS_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "proto/crash_record.pb.h"

namespace oops::render {

// What the first line of a record of some kind tells beside the kind.
enum class Opening {
  kTitle,    // the title without the words that the kind has said already
  kPlace,    // where, and the report's own words
  kAccess,   // which access, to what, where
  kStuck,    // which CPU is stuck where, for how long
  kBlocked,  // which task waits where, for how long
};

struct KindWords {
  Kind kind;
  std::string_view shout;   // "HARD LOCKUP"
  std::string_view noun;    // "hard lockup"
  std::string_view plural;  // "hard lockups"
  Opening opening;
};

// The words of a kind; those of KIND_OTHER for one that this version doesn't know.
const KindWords& WordsFor(Kind kind);

// "TASK", "IRQ", ... at most 8 characters; "STACK" for what has no name.
std::string_view StackLabel(StackType type);

// The name of an enum value without its type's prefix: "WRAPPED" of DAMAGE_WRAPPED. Empty for value
// 0.
std::string_view BareName(DamageType type);
std::string_view BareName(Status status);
std::string_view BareName(Severity severity);

// "1 crash", "3 crashes".
std::string CountOf(uint64_t count, std::string_view noun, std::string_view plural);

// "12", "12-137".
std::string LineRange(const Lines& lines);

// "0.95": with so many decimals, whatever the locale.
std::string Fixed(double value, int decimals);

// "23 s", "427149.717 s": seconds with as many decimals as they have, three at most.
std::string Seconds(double seconds);

// "4d 22h 39m", "17m 3s", "12s".
std::string Uptime(int64_t microseconds);

// "3.2 GiB" of kilobytes.
std::string Size(uint64_t kib);

// "1c": hex without a prefix.
std::string Hex(uint32_t value);

// "foo+0x1c/0x40 [mod]", or the address where there is no function.
std::string PlaceText(const CodeLocation& place);

// `function` without what compilers and linkers put around it: .isra.0, .cold, .constprop.3,
// .llvm.123, powerpc's leading dot, __pfx_ and __cfi_.
std::string_view BareFunction(std::string_view function);

}  // namespace oops::render

#endif  // OOPS_LIB_RENDER_WORDS_H_
