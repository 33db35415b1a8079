// Records on their way out.
#ifndef OOPS_TOOLS_OUTPUT_H_
#define OOPS_TOOLS_OUTPUT_H_

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "lib/render/text.h"
#include "proto/crash_record.pb.h"
#include "tools/flags.h"

namespace oops::tools {

// Writes records in the chosen form to a file descriptor, and in text form a summary of each file.
// After a failed write it swallows the rest.
class Output {
 public:
  // `before_write` is called before bytes leave: what else stands on the terminal must make way.
  Output(int fd, Format format, render::TextOptions text, std::function<void()> before_write);

  void Put(const CrashRecord& record);
  // The file `name` is at its end. `name` goes into the summary if it is not empty.
  void EndFile(std::string_view name, uint64_t lines);
  // All files are at their end, and there were several.
  void EndAll();
  // Writes out what waits. Put does so by itself when much does.
  void Flush();

  // True if a record above SEVERITY_INFO went out.
  bool crash() const { return all_.crash(); }
  bool failed() const { return error_ != 0; }
  // errno of the write that failed.
  int error() const { return error_; }

 private:
  void PutSummary(const std::string& head, const std::string& summary);

  const int fd_;
  const Format format_;
  const render::TextOptions text_;
  const std::function<void()> before_write_;
  std::string waiting_;
  bool anything_ = false;  // something was put
  int error_ = 0;
  render::Tally file_;
  render::Tally all_;
  uint64_t all_lines_ = 0;
};

}  // namespace oops::tools

#endif  // OOPS_TOOLS_OUTPUT_H_
