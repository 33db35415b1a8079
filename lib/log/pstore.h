// Dumps out of pstore (ramoops, EFI variables, ERST). A dump is cut into parts, each with a line
// such as "Panic#1 Part3" on top (pstore_dump()); part 1 is the newest, and files sort by it, so
// that a dump arrives with its end first. The cut may lie in the middle of a line.
#ifndef OOPS_LIB_LOG_PSTORE_H_
#define OOPS_LIB_LOG_PSTORE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "lib/log/line_splitter.h"
#include "lib/log/record_sink.h"

namespace oops::log {

// True for "Panic#1 Part3".
bool IsPstoreHeader(std::string_view line);

// True for "====1234.567890-D", which ramoops puts in front of each dump in memory.
bool IsRamoopsHeader(std::string_view line);

// Keeps the parts (at most kMaxBytes; a longer input is put in order piece by piece), and passes on
// their lines in the order in which they were printed. Not thread-safe.
class PstoreDecoder {
 public:
  static constexpr size_t kMaxBytes = size_t{4} << 20;

  void Feed(std::string_view bytes, const RecordSink& sink);
  void Finish(const RecordSink& sink);

 private:
  struct Part {
    std::string reason;  // "Panic#1"
    uint64_t number = 0;
    size_t dump = 0;  // parts of one dump have the same
    std::string body;
    uint64_t line = 1;  // where the body begins in the input
    uint64_t begin = 0;
  };

  void Take(const RawLine& line, const RecordSink& sink);
  void Open(std::string_view header, const RawLine& line);
  void EmitAll(const RecordSink& sink);
  void EmitDump(size_t first, size_t last, const RecordSink& sink);

  LineSplitter lines_;
  std::vector<Part> parts_;
  size_t bytes_ = 0;
  size_t dumps_ = 0;
};

}  // namespace oops::log

#endif  // OOPS_LIB_LOG_PSTORE_H_
