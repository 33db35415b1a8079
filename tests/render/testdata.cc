#include "tests/render/testdata.h"

#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace oops::render {

std::vector<std::string> RecordNames() {
  std::vector<std::string> names;
  for (const auto& file : std::filesystem::directory_iterator("tests/render/testdata")) {
    std::filesystem::path path = file.path();
    if (path.extension() == ".textproto") names.push_back(path.replace_extension().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::string BaseName(const std::string& path) {
  return std::filesystem::path(path).filename().string();
}

std::string ReadTestFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

CrashRecord ReadRecord(const std::string& path) {
  CrashRecord record;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(ReadTestFile(path), &record)) << path;
  return record;
}

std::vector<std::string> SplitLines(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

std::string WithoutEscapes(const std::string& text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\x1b') {
      i = text.find('m', i);
    } else {
      out += text[i];
    }
  }
  return out;
}

}  // namespace oops::render
