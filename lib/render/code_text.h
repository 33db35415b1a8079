// The faulting instruction in the text form.
#ifndef OOPS_LIB_RENDER_CODE_TEXT_H_
#define OOPS_LIB_RENDER_CODE_TEXT_H_

#include "lib/render/sheet.h"
#include "proto/crash_record.pb.h"

namespace oops::render {

// The later sample of the event's CPU that gave the record its instruction pointer; null if none
// did.
const Stack* SampledFrom(const CrashRecord& record);

// Where the event happened ("at" row), and the instructions around it with the values of the
// registers that they use; the bytes alone where nothing was disassembled. `all` shows every
// instruction that was printed.
void PutCode(Sheet& sheet, const CrashRecord& record, bool all);

}  // namespace oops::render

#endif  // OOPS_LIB_RENDER_CODE_TEXT_H_
