// Bytes in, lines out: skips what is no crash at the speed of the scan, and cuts the rest into
// lines.
#ifndef OOPS_LIB_RECORD_READER_H_
#define OOPS_LIB_RECORD_READER_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "lib/log/line_framer.h"
#include "lib/record/assembler.h"
#include "lib/text/scanner.h"

namespace oops::record {

// One text stream. What it gives to the assembler depends on the stream's bytes alone, never on how
// they were cut: only whole lines are looked at, and a line without end is cut every kMaxLine
// bytes.
class Reader {
 public:
  static constexpr size_t kMaxLine = 64 << 10;  // bytes
  static constexpr size_t kTail = 8 << 10;      // bytes before an event that are looked back at
  static constexpr int kTailLines = 64;

  explicit Reader(Assembler& assembler) : assembler_(assembler) {}

  void Feed(std::string_view bytes);
  // The same for bytes whose anchors were found before.
  void Feed(std::string_view bytes, const text::ScanResult& hits);
  // The last line may lack its end.
  void Finish();
  // Looks once more at the last whole line, as one that nothing came behind.
  void ReadLastLine();
  uint64_t lines() const { return line_ - 1; }

 private:
  // Reads the whole lines of `bytes` from `from` on, which is a line's start; returns how many
  // bytes they are. `anchors` are those of `bytes`.
  size_t ReadLines(std::string_view bytes, size_t from, const text::ScanResult& anchors, bool last);
  void ReadPendingLine(std::string_view line, bool last);
  void ReadLine(std::string_view bytes, size_t begin, size_t end, bool anchored);
  // True if the line is not over: quoted-printable breaks lines where it likes.
  bool JoinSoftBreak(std::string_view& raw);
  void LookBack(std::string_view bytes, size_t before,
                const std::function<bool(std::string_view)>& visit) const;
  void KeepTail(std::string_view consumed);

  Assembler& assembler_;
  log::LineFramer framer_;
  text::ScanResult hits_;
  std::string pending_;  // a line whose end has not come yet
  struct SoftBreaks {
    bool open = false;
    std::string text;  // of a line whose rest has not come yet
    std::string whole;
    uint64_t line = 0;  // where it began
    uint64_t begin = 0;
    uint64_t parts = 0;
    uint64_t total = 0;  // of the stream
  } soft_;
  std::string tail_;     // the last bytes of what was read before the present call
  uint64_t offset_ = 0;  // of the next byte to be read
  uint64_t line_ = 1;    // its line
};

}  // namespace oops::record

#endif  // OOPS_LIB_RECORD_READER_H_
