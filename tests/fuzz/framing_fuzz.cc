// Lines of any bytes through LineFramer, both doors.
#include <optional>
#include <string>
#include <string_view>

#include "lib/log/line_framer.h"
#include "lib/text/utf8.h"
#include "tests/fuzz/check.h"

namespace oops::fuzz {
namespace {

// Reads every byte that the line shows, so that a view that is no longer good is seen.
void Touch(const log::LogLine& line) {
  static volatile unsigned char last;
  for (const std::string_view view :
       {line.text, line.raw, line.wall_time, line.host, line.caller}) {
    for (const char c : view) last = static_cast<unsigned char>(c);
  }
  (void)last;
}

void CheckLine(const log::LogLine& line, const log::LogLine& given, size_t bound) {
  Touch(line);
  Check(line.number == given.number, "a line keeps its number");
  Check(line.begin == given.begin && line.end == given.end, "a line keeps its place");
  Check(line.text.size() <= bound, "no line grows without bound", line.text);
  Check(text::ValidUtf8Prefix(line.text) == line.text.size(), "a line's text is valid UTF-8",
        line.text);
  Check(line.text.find('\n') == std::string_view::npos, "a line holds no line end", line.text);
  Check(line.level >= -1 && line.level <= 7, "levels are 0 to 7, or -1");
}

// All messages of what was framed; each consumes some of it, so their number is bounded.
void TakeAll(log::LineFramer& framer, const log::LogLine& first, const log::LogLine& given,
             size_t bound) {
  CheckLine(first, given, bound);
  size_t further = 0;
  while (std::optional<log::LogLine> line = framer.Next()) {
    CheckLine(*line, given, bound);
    Check(++further <= bound, "the further messages of a line come to an end", given.raw);
  }
}

}  // namespace
}  // namespace oops::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace oops;
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  log::LineFramer framer;
  log::LineFramer record_framer;
  log::LogLine given;
  while (!rest.empty()) {
    const size_t end = std::min(rest.find('\n'), rest.size());
    const std::string line(rest.substr(0, end));
    const size_t bound = 3 * line.size() + 16;  // a bad byte becomes a U+FFFD of three bytes
    rest.remove_prefix(std::min(end + 1, rest.size()));
    ++given.number;
    given.begin = given.end;
    given.end += end + 1;
    given.raw = line;
    fuzz::TakeAll(framer, framer.Frame(line, given.number, given.begin, given.end), given, bound);
    fuzz::TakeAll(record_framer, record_framer.Text(line, given), given, bound);
  }
  return 0;
}
