#include "lib/analysis/signature.h"

#include "lib/analysis/numberless.h"
#include "lib/analysis/stable_hash.h"
#include "lib/analysis/subsystem.h"

namespace oops::analysis {
namespace {

// Of the key: another way to make it is another version, once keys are stored anywhere (none are
// before 1.0).
constexpr std::string_view kVersion = "1-";

// One bad pointer shows as any of the faults, by what its value happens to be.
std::string_view KindFamily(const CrashRecord& record) {
  switch (record.kind()) {
    case KIND_NULL_DEREF:
    case KIND_PAGE_FAULT:
    case KIND_GPF:
      return "fault";
    default:
      return Kind_Name(record.kind());
  }
}

}  // namespace

Signature MakeSignature(const CrashRecord& record, const Guilty& guilty, std::string_view title) {
  Signature signature;
  StableHash key;
  key.Add(KindFamily(record));
  if (guilty.frames.empty()) {
    key.Add(Numberless(title));
    if (!guilty.module.empty()) key.Add(guilty.module);
  } else {
    StableHash stack;
    for (const std::string& frame : guilty.frames) {
      key.Add(frame);
      stack.Add(frame);
      signature.add_frames(frame);
    }
    signature.set_stack_hash(stack.Hex());
  }
  signature.set_bucket(std::string(kVersion) + key.Hex());
  signature.set_guilty_function(guilty.function);
  signature.set_guilty_module(guilty.module);
  signature.set_subsystem(std::string(SubsystemOf(record, guilty)));
  return signature;
}

}  // namespace oops::analysis
