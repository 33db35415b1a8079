// UTF-16 with a byte order mark, as PowerShell writes what `adb shell dmesg > log.txt` prints.
#ifndef OOPS_LIB_TEXT_UTF16_H_
#define OOPS_LIB_TEXT_UTF16_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace oops::text {

class Utf16Reader {
 public:
  static constexpr size_t kMarkBytes = 2;

  // Whether a stream that begins so is UTF-16.
  static bool IsMark(std::string_view beginning) {
    return beginning == "\xFF\xFE" || beginning == "\xFE\xFF";
  }

  // Appends as UTF-8 what is complete; half a character waits for the next piece. The mark is
  // dropped, and what is no character becomes U+FFFD.
  void Read(std::string_view bytes, std::string& out);

 private:
  void TakeUnit(uint32_t unit, std::string& out);

  bool begun_ = false;
  bool big_endian_ = false;
  int first_byte_ = -1;  // of a unit whose second one has not come yet
  uint32_t high_ = 0;    // surrogate that waits for its low one
};

}  // namespace oops::text

#endif  // OOPS_LIB_TEXT_UTF16_H_
