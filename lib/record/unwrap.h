// Puts lines of a report together again that a mail client, a forum or a terminal broke at a
// column.
//
// A line is held back while the next one may be the rest of it. That is told by its form (an open
// bracket, an address without its function, a register without its value), or by a token that only
// makes sense in one piece; never by the width alone.
#ifndef OOPS_LIB_RECORD_UNWRAP_H_
#define OOPS_LIB_RECORD_UNWRAP_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "lib/log/log_line.h"

namespace oops::record {

class Unwrapper {
 public:
  // Keeps a copy of the line if it may go on in the next one.
  bool Hold(const log::LogLine& line);
  bool holds() const { return parts_ > 0; }

  // True if `next` is the rest of the held line, which has grown by it.
  bool Append(const log::LogLine& next);
  // True if the held line needs what follows so much that one blank line between them doesn't part
  // them.
  bool SkipBlankLine(const log::LogLine& blank);

  // Lets the held line go, which is good until the next Hold(); its number is that of its last
  // part.
  const log::LogLine& Release();

  // Of the line that was let go last.
  bool joined() const { return released_parts_ > 1; }
  int parts() const { return released_parts_; }

 private:
  enum class Seam { kNone, kGlue, kBlank, kExact };  // kExact: with the blanks that stand there
  Seam FindSeam(const log::LogLine& next) const;
  Seam SeamByForm(std::string_view next) const;
  Seam SeamByWidth(std::string_view next) const;

  log::LogLine line_;  // its text is a part of raw_, or text_ if it was repaired or has grown
  std::string text_, raw_, wall_time_, host_, boot_id_, caller_;
  int parts_ = 0;
  bool blank_ = false;  // a blank line was skipped
  int released_parts_ = 0;
  uint64_t first_number_ = 0;
  size_t widest_ = 0;       // of all lines that were held
  bool at_blanks_ = false;  // lines were broken between words
  size_t column_ = 0;       // bytes of the lines that were cut in the middle of a word
  size_t last_width_ = 0;   // bytes of the last part as it stood in the stream
};

}  // namespace oops::record

#endif  // OOPS_LIB_RECORD_UNWRAP_H_
