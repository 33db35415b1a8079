#include "lib/analysis/analyze.h"

#include <utility>

#include "lib/analysis/guilty.h"
#include "lib/analysis/signature.h"
#include "lib/analysis/title.h"

namespace oops::analysis {

void Analyze(CrashRecord& record) {
  const Guilty guilty = FindGuilty(record);
  Titles titles = MakeTitles(record, guilty);
  *record.mutable_signature() = MakeSignature(record, guilty, titles.title);
  record.set_title(std::move(titles.title));
  record.clear_alt_titles();
  for (std::string& title : titles.alternatives) record.add_alt_titles(std::move(title));
}

}  // namespace oops::analysis
