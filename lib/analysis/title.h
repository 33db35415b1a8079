// The one-line name of a record, in the form that kernel developers know from syzbot.
#ifndef OOPS_LIB_ANALYSIS_TITLE_H_
#define OOPS_LIB_ANALYSIS_TITLE_H_

#include <string>
#include <vector>

#include "lib/analysis/guilty.h"
#include "proto/crash_record.pb.h"

namespace oops::analysis {

struct Titles {
  std::string title;
  std::vector<std::string> alternatives;  // other names of the same; never holds `title`
};

// From the form that the headline's grammar row gave (record.title_form), else from the record's
// kind. In a form, {f} stands for the function and {access} for Read or Write. A part that is not
// known is left out.
Titles MakeTitles(const CrashRecord& record, const Guilty& guilty);

}  // namespace oops::analysis

#endif  // OOPS_LIB_ANALYSIS_TITLE_H_
