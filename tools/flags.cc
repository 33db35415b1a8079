#include "tools/flags.h"

#include <getopt.h>

#include <algorithm>
#include <charconv>
#include <string>
#include <thread>
#include <utility>

#include "lib/oops.h"

namespace oops::tools {
namespace {

constexpr std::string_view kHelp =
    R"(usage: oopsparse [parse] [--format=FORMAT] [--stacks=all] [--color=WHEN] [FILE|-]...

Finds the crash reports in kernel logs (dmesg, consoles, journals, bug reports with a log pasted
into them) and prints each as one record. Without a FILE, or where it is -, reads the standard
input. Files compressed with gzip, xz or zstd are read as they are.

  --format=FORMAT   text (the default), json (one object a line), textproto, binpb (length-delimited
                    oops.CrashRecord messages), markdown
  --stacks=all      in text: every stack, frame and register, not only those that matter
  --color=WHEN      auto (the default: on a terminal), always, never; NO_COLOR in the environment
                    means never
  --threads=N       how many files are parsed at once, or how many threads read and scan a single large
                    one; as many as there are processors if it isn't said. The records are the same
  --help, --version

Exit status: 0 if a crash was found, 1 if none was, 2 if something could not be read or written.
)";

constexpr int kMostThreads = 64;

enum Option { kFormat = 256, kStacks, kColor, kThreads, kHelpFlag, kVersionFlag };

template <typename Value>
struct Word {
  std::string_view word;
  Value value;
};

constexpr Word<Format> kFormats[] = {
    {"text", Format::kText},   {"json", Format::kJson},         {"textproto", Format::kTextproto},
    {"binpb", Format::kBinpb}, {"markdown", Format::kMarkdown},
};
constexpr Word<When> kWhens[] = {
    {"auto", When::kAuto},
    {"always", When::kAlways},
    {"never", When::kNever},
};
constexpr Word<bool> kStackChoices[] = {{"brief", false}, {"all", true}};

// Sets `value` to what `word` means; false, and a complaint that lists the choices, if it means
// nothing.
template <typename Value, size_t N>
bool Choose(const Word<Value> (&words)[N], std::string_view flag, std::string_view word,
            Value& value, std::string& error) {
  std::string choices;
  for (const Word<Value>& row : words) {
    if (row.word == word) {
      value = row.value;
      return true;
    }
    choices += (choices.empty() ? "" : ", ") + std::string(row.word);
  }
  error = std::string(flag) + " must be one of " + choices + ", not '" + std::string(word) + "'";
  return false;
}

bool ReadThreads(std::string_view word, int& threads, std::string& error) {
  const auto [end, problem] = std::from_chars(word.data(), word.data() + word.size(), threads);
  const bool good = problem == std::errc() && end == word.data() + word.size() && threads >= 1 &&
                    threads <= kMostThreads;
  if (!good) {
    error = "--threads must be a number from 1 to " + std::to_string(kMostThreads) + ", not '" +
            std::string(word) + "'";
  }
  return good;
}

Flags Refuse(std::string error) {
  Flags flags;
  flags.action = Action::kError;
  flags.error = std::move(error) + " (see oopsparse --help)";
  return flags;
}

}  // namespace

Flags ParseFlags(int argc, char** argv, bool stdin_is_terminal) {
  static const option kOptions[] = {
      {"format", required_argument, nullptr, kFormat},
      {"stacks", required_argument, nullptr, kStacks},
      {"color", required_argument, nullptr, kColor},
      {"colour", required_argument, nullptr, kColor},
      {"threads", required_argument, nullptr, kThreads},
      {"help", no_argument, nullptr, kHelpFlag},
      {"version", no_argument, nullptr, kVersionFlag},
      {nullptr, 0, nullptr, 0},
  };
  Flags flags;
  flags.threads =
      std::clamp<int>(static_cast<int>(std::thread::hardware_concurrency()), 1, kMostThreads);
  opterr = 0;  // getopt's own messages are not ours
  optind = 1;
  while (true) {
    const int at = optind;
    const int option = getopt_long(argc, argv, ":h", kOptions, nullptr);
    if (option == -1) break;
    bool good = true;
    switch (option) {
      case kFormat:
        good = Choose(kFormats, "--format", optarg, flags.format, flags.error);
        break;
      case kStacks:
        good = Choose(kStackChoices, "--stacks", optarg, flags.all_stacks, flags.error);
        break;
      case kColor:
        good = Choose(kWhens, "--color", optarg, flags.color, flags.error);
        break;
      case kThreads:
        good = ReadThreads(optarg, flags.threads, flags.error);
        break;
      case 'h':
      case kHelpFlag:
        flags.action = Action::kHelp;
        return flags;
      case kVersionFlag:
        flags.action = Action::kVersion;
        return flags;
      case ':':
        return Refuse(std::string(argv[optind - 1]) + " needs a value");
      default:
        // A bad letter in the middle of a word leaves optind at that word, everything else behind
        // it.
        return Refuse("unknown flag " + std::string(argv[optind > at ? optind - 1 : at]));
    }
    if (!good) return Refuse(flags.error);
  }
  const bool parse = optind < argc && std::string_view(argv[optind]) == "parse";
  flags.files.assign(argv + optind + (parse ? 1 : 0), argv + argc);
  if (flags.files.empty()) {
    if (!parse && stdin_is_terminal) return Refuse("no file given");
    flags.files.push_back("-");
  }
  return flags;
}

std::string_view HelpText() { return kHelp; }

std::string_view VersionText() {
  static const std::string text = std::string("oopsparse ") + kVersion + "\n";
  return text;
}

}  // namespace oops::tools
