// Files as streams of text, whatever they are compressed with.
#ifndef OOPS_TOOLS_INPUT_H_
#define OOPS_TOOLS_INPUT_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "tools/decompress.h"
#include "tools/scan_ahead.h"

namespace oops::tools {

// A file, or the standard input, read once from its start to its end in blocks. Files are read()
// rather than mapped: a log that is truncated while it is mapped would kill the process (SIGBUS).
// Memory: two blocks, and what the decompressor needs (bounded, see decompress.h).
class Input {
 public:
  enum class State {
    kBytes,  // `bytes` holds the next piece, never empty
    kIdle,   // nothing came for a while; only pipes and terminals
    kEnd,    // nothing more will come; error() says whether all is well
  };

  // Opens `path`, "-" for the standard input. Where that fails error() is set and Next() says kEnd.
  // With more than one of them, `threads` threads read and scan a large file that isn't packed.
  explicit Input(const std::string& path, int threads = 1);
  ~Input();
  Input(const Input&) = delete;
  Input& operator=(const Input&) = delete;

  // The next piece of text; `bytes` is valid until the next call.
  State Next(std::string_view& bytes);

  // What a thread found in those bytes, or null.
  const Scan* scan() const { return scan_; }

  // What went wrong, in the words of the system; empty if nothing did. What was read before it is
  // good.
  const std::string& error() const { return error_; }

  // Bytes of the file itself that were read, and how many there are (0 = not known, as in a pipe).
  uint64_t position() const { return position_; }
  uint64_t size() const { return size_; }

 private:
  enum class Read { kBytes, kIdle, kEnd };

  Read ReadBlock();
  Read Begin();
  State NextUnpacked(std::string_view& bytes);
  State NextScanned(std::string_view& bytes);
  State End(std::string error);

  int fd_ = -1;
  bool waits_ = false;  // a pipe, a socket or a terminal: bytes may take their time
  bool begun_ = false;  // the packing is known
  bool ended_ = false;
  bool more_inside_ = false;  // the last step filled text_
  const int threads_;
  Packing packing_ = Packing::kNone;
  uint64_t position_ = 0;
  uint64_t size_ = 0;
  std::string error_;
  std::unique_ptr<char[]> raw_;
  std::string_view pending_;  // in raw_, not handed out or unpacked yet
  Decompressor decompressor_;
  std::unique_ptr<char[]> text_;  // what was unpacked
  std::optional<ScanAhead> ahead_;
  const Scan* scan_ = nullptr;
};

}  // namespace oops::tools

#endif  // OOPS_TOOLS_INPUT_H_
