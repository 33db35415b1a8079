// Which form a title has, where the headline alone doesn't say.
#ifndef OOPS_LIB_ANALYSIS_TITLE_FORMS_H_
#define OOPS_LIB_ANALYSIS_TITLE_FORMS_H_

#include <string_view>

#include "proto/crash_record.pb.h"

namespace oops::analysis {

// The form for a report by a function that reports one thing only (kmalloc_slab() warns of a size,
// debug_print_object() of an object's life); empty for all others.
std::string_view ReporterForm(const CrashRecord& record);

// The form for a kind; empty for kinds whose headline is the better title.
std::string_view KindForm(Kind kind);

// The coarser form by which a title is also known; empty if there is none.
std::string_view FamilyForm(Kind kind, std::string_view title);

}  // namespace oops::analysis

#endif  // OOPS_LIB_ANALYSIS_TITLE_FORMS_H_
