#include "tests/corpus/cases.h"

#include <zlib.h>

#include <algorithm>
#include <filesystem>

namespace oops::corpus {
namespace {

const char kRoot[] = "corpus";

// The name of the log in a case's folder; empty if there is none.
std::string LogName(const std::filesystem::path& folder) {
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    if (file.path().stem() == "log") return file.path().filename().string();
  }
  return {};
}

}  // namespace

std::string ReadFile(const std::string& path) {
  std::string text;
  gzFile file = gzopen(path.c_str(), "rb");  // what isn't packed is read as it is
  if (file == nullptr) return text;
  char block[1 << 14];
  for (int size; (size = gzread(file, block, sizeof block)) > 0;) text.append(block, size);
  gzclose(file);
  return text;
}

std::vector<Case> AllCases() {
  std::vector<Case> cases;
  for (const auto& folder : std::filesystem::directory_iterator(kRoot)) {
    if (!folder.is_directory()) continue;
    Case found = {folder.path().filename().string(), LogName(folder.path()), {}};
    if (found.log_name.empty()) continue;
    found.log = ReadFile((folder.path() / found.log_name).string());
    cases.push_back(std::move(found));
  }
  std::sort(cases.begin(), cases.end(),
            [](const Case& a, const Case& b) { return a.name < b.name; });
  return cases;
}

std::string ExpectationPath(const Case& of) {
  return std::string(kRoot) + "/" + of.name + "/expected.textproto";
}

}  // namespace oops::corpus
