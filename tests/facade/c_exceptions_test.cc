// What a callback written in C++ throws must not reach the C code that called the parser.
#include <gtest/gtest.h>

#include <new>
#include <stdexcept>
#include <string_view>

#include "lib/oops_c.h"

namespace oops::facade {
namespace {

constexpr std::string_view kLog = "[    1.000000] Kernel panic - not syncing: out of paint\n";

template <typename Exception>
int FinishWithACallbackThatThrows(const Exception& exception) {
  const oops_record_fn callback = [](void* context, const char*, size_t) {
    throw *static_cast<const Exception*>(context);
  };
  Exception copy = exception;
  oops_parser* parser = oops_parser_new(nullptr, callback, &copy);
  EXPECT_EQ(oops_parser_feed(parser, kLog.data(), kLog.size()), OOPS_OK);
  const int result = oops_parser_finish(parser);
  oops_parser_free(parser);
  return result;
}

TEST(CExceptions, BecomeErrors) {
  EXPECT_EQ(FinishWithACallbackThatThrows(std::runtime_error("disk full")), OOPS_FAILED);
  EXPECT_EQ(FinishWithACallbackThatThrows(std::bad_alloc()), OOPS_NO_MEMORY);
  EXPECT_EQ(FinishWithACallbackThatThrows(7), OOPS_FAILED);
}

TEST(CExceptions, LeaveAParserThatKeepsItsError) {
  const oops_record_fn callback = [](void*, const char*, size_t) { throw 7; };
  oops_parser* parser = oops_parser_new(nullptr, callback, nullptr);
  EXPECT_EQ(oops_parser_feed(parser, kLog.data(), kLog.size()), OOPS_OK);
  for (int64_t second : {0, 100, 200, 300}) oops_parser_tick(parser, second * 1'000'000);
  EXPECT_EQ(oops_parser_feed(parser, kLog.data(), kLog.size()), OOPS_FAILED);
  EXPECT_EQ(oops_parser_finish(parser), OOPS_FAILED);
  oops_parser_free(parser);
}

}  // namespace
}  // namespace oops::facade
