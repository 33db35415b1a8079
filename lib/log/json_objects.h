// Finds the JSON objects in a stream of bytes, whatever stands between them: lines (journalctl -o
// json), record separators (json-seq), "data: " (json-sse), commas and an enclosing array (dmesg
// -J), "- " (LAVA's YAML), white space within (json-pretty).
#ifndef OOPS_LIB_LOG_JSON_OBJECTS_H_
#define OOPS_LIB_LOG_JSON_OBJECTS_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace oops::log {

struct JsonObject {
  std::string_view text;  // from '{' to '}', or what stood between objects
  bool is_object = true;
  uint64_t number = 0;  // line in which it begins, from 1
  uint64_t begin = 0;
  uint64_t end = 0;
  uint64_t last_number = 0;  // line in which it ends
};

class JsonObjects {
 public:
  using Take = std::function<void(const JsonObject&)>;

  // Calls take for each object that is complete now, and for each line outside of objects that says
  // something: a log may begin with an object and go on as text. An object above kMaxObjectBytes,
  // and one with a bare line end in a string (it was cut off), is given as text.
  void Feed(std::string_view bytes, const Take& take);

  // An object that was not closed is closed and tried: dmesg --follow -J leaves the last one open.
  void Finish(const Take& take);

  // journald writes a byte as up to five characters; see kMaxRecordBytes.
  static constexpr size_t kMaxObjectBytes = size_t{6} << 20;

 private:
  void Byte(char c, const Take& take);
  void Open();
  void Close(const Take& take);
  void GiveUp(const Take& take);
  void AddOutside(std::string_view piece);
  void EndOutside(const Take& take);
  void Reset();

  std::string object_;
  std::string outside_;
  uint64_t outside_begin_ = 0;
  uint64_t outside_number_ = 1;
  int depth_ = 0;
  bool in_string_ = false;
  bool escaped_ = false;
  bool skip_line_ = false;
  bool in_wrapper_ = false;
  uint64_t offset_ = 0;
  uint64_t number_ = 1;
  uint64_t begin_ = 0;
  uint64_t begin_number_ = 1;
};

}  // namespace oops::log

#endif  // OOPS_LIB_LOG_JSON_OBJECTS_H_
