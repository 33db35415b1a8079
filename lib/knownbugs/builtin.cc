#include <utility>

#include "lib/knownbugs/database.h"
#include "lib/knownbugs/matcher.h"

namespace oops::knownbugs {

const Matcher& Matcher::BuiltIn() {
  static const Matcher* const matcher = [] {
    KnownBugDatabase database;
    const std::string_view bytes = EmbeddedBugs();
    database.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()));
    auto created = Create({database.bug().begin(), database.bug().end()});
    // embed_bugs has made a matcher of the same bytes at build time, so this one can't fail.
    return new Matcher(created.ok() ? *std::move(created) : *Create({}));
  }();
  return *matcher;
}

}  // namespace oops::knownbugs
