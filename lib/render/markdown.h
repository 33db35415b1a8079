// A record as Markdown, for bug trackers.
#ifndef OOPS_LIB_RENDER_MARKDOWN_H_
#define OOPS_LIB_RENDER_MARKDOWN_H_

#include <string>

#include "proto/crash_record.pb.h"

namespace oops::render {

// The title as a heading, a table of facts, the stacks in a code block, the known bug. Text from
// the log stands in code spans and code blocks that it can't leave: it neither formats nor mentions
// anybody. GitHub's dialect. Ends with a line feed.
std::string ToMarkdown(const CrashRecord& record);

}  // namespace oops::render

#endif  // OOPS_LIB_RENDER_MARKDOWN_H_
