// Records written in tests as text.
#ifndef OOPS_TESTS_ANALYSIS_RECORD_H_
#define OOPS_TESTS_ANALYSIS_RECORD_H_

#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "lib/analysis/analyze.h"
#include "proto/crash_record.pb.h"

namespace oops::analysis {

// A stack in one word list: "dump_stack ?stale inlined~ func" makes frames, '?' unreliable, '~'
// inlined.
inline void AddStack(CrashRecord& record, StackType type, std::string_view words) {
  Stack& stack = *record.add_stacks();
  stack.set_type(type);
  for (size_t at = words.find_first_not_of(' '); at != words.npos;
       at = words.find_first_not_of(' ', at)) {
    const size_t end = std::min(words.find(' ', at), words.size());
    std::string_view word = words.substr(at, end - at);
    at = end;
    Frame& frame = *stack.add_frames();
    frame.set_reliable(word.front() != '?');
    if (word.front() == '?') word.remove_prefix(1);
    frame.set_inlined(word.back() == '~');
    if (word.back() == '~') word.remove_suffix(1);
    frame.set_function(std::string(word));
  }
}

// `text` as textproto, with `stack` as the task's.
inline CrashRecord Record(const std::string& text, std::string_view stack = {}) {
  CrashRecord record;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &record)) << text;
  if (!stack.empty()) AddStack(record, STACK_TASK, stack);
  return record;
}

inline CrashRecord Analyzed(const std::string& text, std::string_view stack = {}) {
  CrashRecord record = Record(text, stack);
  Analyze(record);
  return record;
}

}  // namespace oops::analysis

#endif  // OOPS_TESTS_ANALYSIS_RECORD_H_
