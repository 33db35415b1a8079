// oopsparse: crash reports in kernel logs, as records. See flags.cc for its use.

#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lib/oops.h"
#include "lib/render/display.h"
#include "tools/file_crew.h"
#include "tools/flags.h"
#include "tools/input.h"
#include "tools/output.h"
#include "tools/progress.h"

namespace oops::tools {
namespace {

enum ExitStatus { kCrash = 0, kNoCrash = 1, kError = 2 };

void Complain(std::string_view what) {
  std::cerr << "oopsparse: " + render::Visible(what) + "\n" << std::flush;
}

bool WantsColor(When when) {
  const char* no_color = std::getenv("NO_COLOR");
  if (when == When::kNever || (no_color != nullptr && *no_color != '\0')) return false;
  if (when == When::kAlways) return true;
  const char* terminal = std::getenv("TERM");
  const bool dumb = terminal != nullptr && std::string_view(terminal) == "dumb";
  return isatty(STDOUT_FILENO) == 1 && !dumb;
}

// Bytes of all files together; 0 if one of them doesn't say.
uint64_t TotalSize(const std::vector<std::string>& files) {
  uint64_t total = 0;
  for (const std::string& file : files) {
    struct stat info;
    const int result = file == "-" ? fstat(STDIN_FILENO, &info) : stat(file.c_str(), &info);
    if (result != 0) continue;
    if (!S_ISREG(info.st_mode)) return 0;
    total += static_cast<uint64_t>(info.st_size);
  }
  return total;
}

// Those that can be read at once: a pipe may keep its reader waiting, and the standard input may be
// named twice.
bool AreRegular(const std::vector<std::string>& files) {
  return std::all_of(files.begin(), files.end(), [](const std::string& file) {
    struct stat info;
    return file != "-" &&
           (stat(file.c_str(), &info) != 0 || S_ISREG(info.st_mode) || S_ISDIR(info.st_mode));
  });
}

int64_t NowMicroseconds() {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::microseconds>(now).count();
}

// Parses one file by itself, on any thread.
FileCrew::Ending ParseFile(const std::string& file, int threads, const FileCrew::Put& put,
                           const FileCrew::Show& show) {
  Input input(file, threads);
  Parser parser({.file = file}, [&put](CrashRecord&& record) { put(std::move(record)); });
  std::string_view bytes;
  bool more = true;
  while (more && show(input.position())) {
    switch (input.Next(bytes)) {
      case Input::State::kBytes:
        if (input.scan() != nullptr) {
          parser.Feed(*input.scan());
        } else {
          parser.Feed(bytes);
        }
        break;
      case Input::State::kIdle:
        parser.Tick(NowMicroseconds());
        break;
      case Input::State::kEnd:
        parser.Finish();
        more = false;
        break;
    }
  }
  return {parser.lines(), input.position(), input.error()};
}

int Parse(const Flags& flags) {
  Progress progress(TotalSize(flags.files));
  Output output(STDOUT_FILENO, flags.format,
                {.color = WantsColor(flags.color), .all_stacks = flags.all_stacks},
                [&progress] { progress.Clear(); });
  const bool several = flags.files.size() > 1;
  bool error = false;
  uint64_t done = 0;
  std::optional<FileCrew> crew;
  if (several && flags.threads > 1 && AreRegular(flags.files)) {
    const int files = static_cast<int>(std::min<size_t>(flags.files.size(), flags.threads));
    const int each = flags.threads / files;
    crew.emplace(flags.files, files,
                 [each](const std::string& file, const FileCrew::Put& put,
                        const FileCrew::Show& show) { return ParseFile(file, each, put, show); });
  }
  const auto put = [&output](const CrashRecord& record) { output.Put(record); };
  for (const std::string& file : flags.files) {
    const auto show = [&](uint64_t bytes) {
      output.Flush();
      progress.Show(crew ? bytes : done + bytes);
      return !output.failed();
    };
    const FileCrew::Ending ending =
        crew ? crew->Next(put, show) : ParseFile(file, flags.threads, put, show);
    done += ending.bytes;
    // A file that could not be opened has nothing to sum up.
    if (ending.bytes > 0 || ending.error.empty()) output.EndFile(several ? file : "", ending.lines);
    if (output.failed()) break;
    if (!ending.error.empty()) {
      error = true;
      progress.Clear();
      Complain((file == "-" ? "standard input" : file) + ": " + ending.error);
    }
  }
  if (several && !output.failed()) output.EndAll();
  if (output.failed()) {
    // Whoever closed the pipe (head, a pager) has seen enough and wants no complaint.
    if (output.error() != EPIPE) {
      Complain(std::string("writing the records: ") + std::strerror(output.error()));
    }
    return kError;
  }
  return error ? kError : output.crash() ? kCrash : kNoCrash;
}

int Main(int argc, char** argv) {
  signal(SIGPIPE, SIG_IGN);
  const Flags flags = ParseFlags(argc, argv, isatty(STDIN_FILENO) == 1);
  switch (flags.action) {
    case Action::kHelp:
      std::cout << HelpText() << std::flush;
      return std::cout ? kCrash : kError;
    case Action::kVersion:
      std::cout << VersionText() << std::flush;
      return std::cout ? kCrash : kError;
    case Action::kError:
      Complain(flags.error);
      return kError;
    case Action::kParse:
      return Parse(flags);
  }
  return kError;
}

}  // namespace
}  // namespace oops::tools

int main(int argc, char** argv) { return oops::tools::Main(argc, argv); }
