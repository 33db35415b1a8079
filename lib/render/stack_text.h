// A record's stacks in the text form.
//
// The event's own stacks come first. The frame that is to blame is marked, what stands before it
// (how the report was made) is dimmed and shortened, what follows is shown until a page-worth is
// reached, and the parts after that take one line each. Other CPUs take one line each, idle ones
// one line together.
#ifndef OOPS_LIB_RENDER_STACK_TEXT_H_
#define OOPS_LIB_RENDER_STACK_TEXT_H_

#include "lib/render/sheet.h"
#include "proto/crash_record.pb.h"

namespace oops::render {

// `all` leaves nothing out: every stack with each of its frames, and its registers.
void PutStacks(Sheet& sheet, const CrashRecord& record, bool all);

}  // namespace oops::render

#endif  // OOPS_LIB_RENDER_STACK_TEXT_H_
