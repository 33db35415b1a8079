#include "tests/bench/many_bugs.h"

#include <google/protobuf/repeated_ptr_field.h>

#include <algorithm>
#include <span>
#include <string>
#include <string_view>

#include "lib/knownbugs/matcher.h"

namespace oops::bench {
namespace {

using Names = google::protobuf::RepeatedPtrField<std::string>;

// "a|b_*" with 17: "a17|b_17*".
std::string Renamed(std::string_view name, const std::string& number) {
  std::string out;
  for (size_t at = 0; at < name.size();) {
    const size_t end = std::min(name.find('|', at), name.size());
    const std::string_view alternative = name.substr(at, end - at);
    const bool open = alternative.ends_with('*');
    out.append(alternative.substr(0, alternative.size() - (open ? 1 : 0)))
        .append(number)
        .append(open ? "*" : "");
    if (end < name.size()) out.push_back('|');
    at = end + 1;
  }
  return out;
}

void Rename(Names& names, const std::string& number) {
  for (std::string& name : names) name = Renamed(name, number);
}

void Rename(StackPattern& stack, const std::string& number) {
  Rename(*stack.mutable_in_order(), number);
  Rename(*stack.mutable_anywhere(), number);
  Rename(*stack.mutable_any_of(), number);
}

KnownBug Variant(KnownBug bug, const std::string& number) {
  bug.set_id(bug.id() + "-" + number);
  for (Identity& identity : *bug.mutable_identity()) {
    // What a bug without a name of its own says fits variants of it as well.
    identity.mutable_site()->add_headline("variant " + number);
    Rename(*identity.mutable_site()->mutable_function(), number);
    for (StackPattern& stack : *identity.mutable_stack()) Rename(stack, number);
  }
  return bug;
}

}  // namespace

std::vector<KnownBug> ManyBugs(size_t count) {
  const std::span<const KnownBug> known = knownbugs::Matcher::BuiltIn().bugs();
  std::vector<KnownBug> bugs(known.begin(), known.end());
  for (size_t i = 0; bugs.size() < count; ++i)
    bugs.push_back(Variant(known[i % known.size()], std::to_string(i)));
  return bugs;
}

}  // namespace oops::bench
