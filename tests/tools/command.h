// Runs the real command, the way a shell would.
#ifndef OOPS_TESTS_TOOLS_COMMAND_H_
#define OOPS_TESTS_TOOLS_COMMAND_H_

#include <string>
#include <vector>

namespace oops::tools {

struct Outcome {
  int status = -1;  // exit status; -1 if a signal ended it
  std::string out;
  std::string err;
};

struct Surroundings {
  std::string input;                          // what stands on the standard input
  std::vector<std::string> environment = {};  // NAME=value, on top of none at all
  bool terminal = false;                      // the standard output is a terminal
  std::string output_file = {};               // the standard output is this file
};

// Runs oopsparse with `arguments` and waits for it. Its binary is taken from $OOPSPARSE, else from
// where Bazel puts it.
Outcome RunCommand(const std::vector<std::string>& arguments, const Surroundings& around = {});

// Runs `script` in sh, in which $OOPSPARSE is the command.
Outcome RunShell(const std::string& script);

}  // namespace oops::tools

#endif  // OOPS_TESTS_TOOLS_COMMAND_H_
