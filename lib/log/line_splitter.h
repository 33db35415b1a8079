// Cuts chunks into lines. A line that lies in one chunk is passed on where it is; only the piece at
// a chunk's end is kept.
#ifndef OOPS_LIB_LOG_LINE_SPLITTER_H_
#define OOPS_LIB_LOG_LINE_SPLITTER_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace oops::log {

// One line and where it stood; `text` is without its line end.
struct RawLine {
  std::string_view text;
  uint64_t number = 0;  // from 1
  uint64_t begin = 0;
  uint64_t end = 0;   // one past the line end
  bool whole = true;  // false for the last line of a stream that has no line end, and a line that
                      // had to be cut
};

class LineSplitter {
 public:
  // Lines above this are cut, so that a stream without line ends needs bounded memory.
  static constexpr size_t kMaxLineBytes = size_t{1} << 20;

  // Calls take(const RawLine&) for each line that is complete now.
  template <typename Take>
  void Feed(std::string_view bytes, Take&& take) {
    while (!bytes.empty()) {
      const size_t end = bytes.find('\n');
      if (end == std::string_view::npos) break;
      const std::string_view piece = bytes.substr(0, end);
      bytes.remove_prefix(end + 1);
      if (kept_.empty()) {
        Emit(piece, 1, true, take);
      } else {
        kept_.append(piece);
        Emit(kept_, 1, true, take);
        kept_.clear();
      }
    }
    while (kept_.size() + bytes.size() > kMaxLineBytes) {
      const size_t part = kMaxLineBytes - kept_.size();
      kept_.append(bytes.substr(0, part));
      bytes.remove_prefix(part);
      Emit(kept_, 0, false, take);
      kept_.clear();
    }
    kept_.append(bytes);
  }

  template <typename Take>
  void Finish(Take&& take) {
    if (!kept_.empty()) Emit(kept_, 0, false, take);
    kept_.clear();
  }

 private:
  template <typename Take>
  void Emit(std::string_view text, size_t line_end, bool whole, Take&& take) {
    const uint64_t begin = offset_;
    offset_ += text.size() + line_end;
    take(RawLine{text, number_, begin, offset_, whole});
    if (whole) ++number_;
  }

  std::string kept_;
  uint64_t number_ = 1;
  uint64_t offset_ = 0;
};

}  // namespace oops::log

#endif  // OOPS_LIB_LOG_LINE_SPLITTER_H_
