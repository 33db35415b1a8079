#include "lib/companions.h"

#include "lib/knownbugs/matcher.h"

namespace oops {
namespace {

// Of all stacks together: a few of hundreds of CPUs' are enough, and the record's own come first.
constexpr int kMaxFrames = 2000;

void CopyTask(const Task& from, Task& to) {
  to.set_comm(from.comm());
  if (from.has_pid()) to.set_pid(from.pid());
}

void CopyStack(const Stack& from, int max_frames, Stack& to) {
  to.set_type(from.type());
  to.set_part(from.part());
  if (from.has_cpu()) to.set_cpu(from.cpu());
  if (from.has_task()) CopyTask(from.task(), *to.mutable_task());
  if (!from.ip().function().empty()) to.mutable_ip()->set_function(from.ip().function());
  for (const Frame& frame : from.frames()) {
    if (max_frames-- <= 0) return;
    Frame& copy = *to.add_frames();
    copy.set_function(frame.function());
    if (frame.has_reliable()) copy.set_reliable(frame.reliable());
  }
}

void CopyKernel(const Kernel& from, Kernel& to) {
  to.set_release(from.release());
  to.set_version(from.version());
  to.set_release_hint(from.release_hint());
}

}  // namespace

void DigestForCompanion(const CrashRecord& record, CrashRecord& digest) {
  digest.Clear();
  digest.set_kind(record.kind());
  digest.set_arch(record.arch());
  if (record.has_cpu()) digest.set_cpu(record.cpu());
  CopyKernel(record.kernel(), *digest.mutable_kernel());
  if (!knownbugs::Matcher::BuiltIn().LooksInto(record.kind())) return;
  digest.set_headline(record.headline());
  digest.set_message(record.message());
  digest.set_panic(record.panic());
  digest.set_workqueue(record.workqueue());
  if (record.has_preempt_count()) digest.set_preempt_count(record.preempt_count());
  if (record.fault().has_address()) digest.mutable_fault()->set_address(record.fault().address());
  if (!record.ip().function().empty()) digest.mutable_ip()->set_function(record.ip().function());
  CopyTask(record.task(), *digest.mutable_task());
  *digest.mutable_registers() = record.registers();
  if (record.has_code()) {
    digest.mutable_code()->set_bytes(record.code().bytes());
    if (record.code().has_trap_index())
      digest.mutable_code()->set_trap_index(record.code().trap_index());
  }
  int frames = 0;
  for (const Stack& stack : record.stacks()) {
    if (frames >= kMaxFrames) break;
    CopyStack(stack, kMaxFrames - frames, *digest.add_stacks());
    frames += stack.frames_size();
  }
  for (const Module& module : record.modules()) digest.add_modules()->set_name(module.name());
  for (const Lock& lock : record.locks_held()) digest.add_locks_held()->set_name(lock.name());
}

}  // namespace oops
