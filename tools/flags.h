// The command line of oopsparse.
#ifndef OOPS_TOOLS_FLAGS_H_
#define OOPS_TOOLS_FLAGS_H_

#include <string>
#include <string_view>
#include <vector>

namespace oops::tools {

enum class Format { kText, kJson, kTextproto, kBinpb, kMarkdown };
enum class When { kAuto, kAlways, kNever };
enum class Action { kParse, kHelp, kVersion, kError };

struct Flags {
  Action action = Action::kParse;
  std::string error;  // what is wrong, for Action::kError
  Format format = Format::kText;
  When color = When::kAuto;
  bool all_stacks = false;
  int threads = 1;
  std::vector<std::string> files;  // "-" is the standard input
};

// Reads the command line; `stdin_is_terminal` decides what is meant where neither `parse` nor a
// file is given.
Flags ParseFlags(int argc, char** argv, bool stdin_is_terminal);

// The text of --help and --version.
std::string_view HelpText();
std::string_view VersionText();

}  // namespace oops::tools

#endif  // OOPS_TOOLS_FLAGS_H_
