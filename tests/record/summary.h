// A record in words, for tables of cases.
#ifndef OOPS_TESTS_RECORD_SUMMARY_H_
#define OOPS_TESTS_RECORD_SUMMARY_H_

#include <string>
#include <string_view>
#include <vector>

#include "lib/record/assembler.h"
#include "lib/record/reader.h"
#include "lib/record/record_pool.h"
#include "proto/crash_record.pb.h"

namespace oops::record {

inline std::vector<CrashRecord> Parse(std::string_view log) {
  std::vector<CrashRecord> records;
  RecordPool pool;
  Assembler assembler(pool, [&](CrashRecord&& record) { records.push_back(std::move(record)); });
  Reader reader(assembler);
  reader.Feed(log);
  reader.Finish();
  assembler.Finish();
  return records;
}

// Names of a stack's frames; those that the kernel doubts end in '?'.
inline std::string Functions(const Stack& stack) {
  std::string out;
  for (const Frame& frame : stack.frames()) {
    if (!out.empty()) out += ' ';
    out += frame.function().empty() ? frame.address() : frame.function();
    if (frame.has_reliable() && !frame.reliable()) out += '?';
  }
  return out;
}

// The value of one field as text; "-" where it is not set.
inline std::string FieldOf(const CrashRecord& record, std::string_view field) {
  auto or_dash = [](std::string text) { return text.empty() ? "-" : text; };
  if (field == "kind") return Kind_Name(record.kind()).substr(5);
  if (field == "headline") return or_dash(record.headline());
  if (field == "acquiring") {
    std::string locks;
    for (const std::string& lock : record.lockdep().acquiring()) locks += lock;
    return or_dash(locks);
  }
  if (field == "arch") return or_dash(record.arch());
  if (field == "cpu") return record.has_cpu() ? std::to_string(record.cpu()) : "-";
  if (field == "pid") return record.task().has_pid() ? std::to_string(record.task().pid()) : "-";
  if (field == "comm") return or_dash(record.task().comm());
  if (field == "state") return or_dash(record.task().state());
  if (field == "ppid") return record.task().has_ppid() ? std::to_string(record.task().ppid()) : "-";
  if (field == "ip") return or_dash(record.ip().function());
  if (field == "ip.module") return or_dash(record.ip().module());
  if (field == "fault") return record.fault().has_address() ? record.fault().address() : "-";
  if (field == "release") return or_dash(record.kernel().release());
  if (field == "tainted") return record.kernel().has_tainted() ? record.kernel().tainted() : "-";
  if (field == "panic") return or_dash(record.panic());
  if (field == "victim") return or_dash(record.oom().victim());
  if (field == "modules") return std::to_string(record.modules_size());
  if (field == "registers") return std::to_string(record.registers_size());
  if (field == "code") return or_dash(record.code().bytes());
  if (field == "stacks") {
    std::string out;
    for (const Stack& stack : record.stacks()) {
      if (stack.frames_size() == 0) continue;
      if (!out.empty()) out += "; ";
      out += StackType_Name(stack.type()).substr(6) + ": " + Functions(stack);
    }
    return or_dash(out);
  }
  if (field == "damage") {
    std::string out;
    for (const Damage& damage : record.damage()) {
      if (!out.empty()) out += ' ';
      out += DamageType_Name(damage.type()).substr(7);
    }
    return or_dash(out);
  }
  return "no such field";
}

}  // namespace oops::record

#endif  // OOPS_TESTS_RECORD_SUMMARY_H_
