// The records that the tests of this folder render.
#ifndef OOPS_TESTS_RENDER_TESTDATA_H_
#define OOPS_TESTS_RENDER_TESTDATA_H_

#include <string>
#include <string_view>
#include <vector>

#include "proto/crash_record.pb.h"

namespace oops::render {

// testdata/NAME for each NAME.textproto, sorted. Paths are relative to the workspace.
std::vector<std::string> RecordNames();

std::string BaseName(const std::string& path);
std::string ReadTestFile(const std::string& path);

// Fails the test and returns an empty record if the file is none.
CrashRecord ReadRecord(const std::string& path);

std::vector<std::string> SplitLines(const std::string& text);

// `text` without ANSI colours.
std::string WithoutEscapes(const std::string& text);

}  // namespace oops::render

#endif  // OOPS_TESTS_RENDER_TESTDATA_H_
