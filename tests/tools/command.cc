#include "tests/tools/command.h"

#include <fcntl.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>

namespace oops::tools {
namespace {

std::string Binary() {
  const char* path = std::getenv("OOPSPARSE");
  return path != nullptr ? path : "tools/oopsparse";
}

std::string TempFile(const std::string& name) {
  const char* folder = std::getenv("TEST_TMPDIR");
  return std::string(folder != nullptr ? folder : "/tmp") + "/" + name + "." +
         std::to_string(getpid());
}

std::string Slurp(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

void Redirect(const std::string& path, int flags, int fd) {
  const int opened = open(path.c_str(), flags, 0600);
  if (opened < 0 || dup2(opened, fd) < 0) _exit(126);
}

// What the command writes on the terminal until it hangs up.
std::string ReadTerminal(int terminal) {
  std::string text;
  char buffer[4096];
  ssize_t count;
  while ((count = read(terminal, buffer, sizeof buffer)) > 0) text.append(buffer, count);
  return text;
}

[[noreturn]] void Become(const std::vector<std::string>& words,
                         const std::vector<std::string>& environment) {
  std::vector<char*> argv, envp;
  for (const std::string& word : words) argv.push_back(const_cast<char*>(word.c_str()));
  for (const std::string& e : environment) envp.push_back(const_cast<char*>(e.c_str()));
  argv.push_back(nullptr);
  envp.push_back(nullptr);
  execve(argv[0], argv.data(), envp.data());
  _exit(127);
}

Outcome RunWords(const std::vector<std::string>& words, const Surroundings& around) {
  const std::string in = TempFile("in"), out = TempFile("out"), err = TempFile("err");
  std::ofstream(in, std::ios::binary) << around.input;
  std::ofstream(out).close();
  int master = -1, slave = -1;
  if (around.terminal && openpty(&master, &slave, nullptr, nullptr, nullptr) != 0) return {};
  const pid_t child = fork();
  if (child == 0) {
    Redirect(in, O_RDONLY, STDIN_FILENO);
    Redirect(err, O_WRONLY | O_CREAT | O_TRUNC, STDERR_FILENO);
    if (around.terminal) {
      dup2(slave, STDOUT_FILENO);
      close(slave);
      close(master);
    } else {
      Redirect(around.output_file.empty() ? out : around.output_file, O_WRONLY, STDOUT_FILENO);
    }
    Become(words, around.environment);
  }
  Outcome outcome;
  if (around.terminal) {
    close(slave);
    outcome.out = ReadTerminal(master);
    close(master);
  }
  int status = 0;
  waitpid(child, &status, 0);
  if (WIFEXITED(status)) outcome.status = WEXITSTATUS(status);
  if (!around.terminal) outcome.out = Slurp(out);
  outcome.err = Slurp(err);
  for (const std::string& path : {in, out, err}) std::remove(path.c_str());
  return outcome;
}

}  // namespace

Outcome RunCommand(const std::vector<std::string>& arguments, const Surroundings& around) {
  std::vector<std::string> words = {Binary()};
  words.insert(words.end(), arguments.begin(), arguments.end());
  return RunWords(words, around);
}

Outcome RunShell(const std::string& script) {
  Surroundings around;
  around.environment = {"OOPSPARSE=" + Binary(), "PATH=/usr/bin:/bin"};
  return RunWords({"/bin/sh", "-c", script}, around);
}

}  // namespace oops::tools
