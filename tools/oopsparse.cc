// oopsparse: crash reports in kernel logs, as records. See flags.cc for its use.

#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <string>
#include <string_view>

#include "lib/oops.h"
#include "lib/render/display.h"
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

int64_t NowMicroseconds() {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::microseconds>(now).count();
}

// Reads one file. Returns the bytes it took; `input.error()` tells how it went.
void ParseFile(Input& input, Parser& parser, Output& output, Progress& progress, uint64_t before) {
  std::string_view bytes;
  while (!output.failed()) {
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
        return;
    }
    output.Flush();
    progress.Show(before + input.position());
  }
}

int Parse(const Flags& flags) {
  Progress progress(TotalSize(flags.files));
  Output output(STDOUT_FILENO, flags.format,
                {.color = WantsColor(flags.color), .all_stacks = flags.all_stacks},
                [&progress] { progress.Clear(); });
  const bool several = flags.files.size() > 1;
  bool error = false;
  uint64_t done = 0;
  for (const std::string& file : flags.files) {
    Input input(file, flags.threads);
    Parser parser({.file = file}, [&output](CrashRecord&& record) { output.Put(record); });
    ParseFile(input, parser, output, progress, done);
    done += input.position();
    // A file that could not be opened has nothing to sum up.
    if (input.position() > 0 || input.error().empty()) {
      output.EndFile(several ? file : "", parser.lines());
    }
    if (output.failed()) break;
    if (!input.error().empty()) {
      error = true;
      progress.Clear();
      Complain((file == "-" ? "standard input" : file) + ": " + input.error());
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
