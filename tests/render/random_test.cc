// Records that no parser would make: every form keeps its promises for them, too.
#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>
#include <google/protobuf/text_format.h>
#include <google/protobuf/util/json_util.h>
#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <string_view>

#include "lib/render/binpb.h"
#include "lib/render/display.h"
#include "lib/render/json.h"
#include "lib/render/markdown.h"
#include "lib/render/text.h"
#include "lib/render/textproto.h"
#include "lib/text/utf8.h"
#include "tests/render/testdata.h"

namespace oops::render {
namespace {

using ::google::protobuf::FieldDescriptor;
using ::google::protobuf::Message;
using ::google::protobuf::util::MessageDifferencer;

class Filler {
 public:
  explicit Filler(unsigned seed) : random_(seed) {}

  void Fill(Message& message, int depth) {
    const auto* type = message.GetDescriptor();
    for (int i = 0; i < type->field_count(); ++i) {
      const FieldDescriptor* field = type->field(i);
      if (Below(3) == 0) continue;
      const int count = field->is_repeated() ? Below(4) : 1;
      for (int n = 0; n < count; ++n) Set(message, field, depth);
    }
  }

 private:
  int Below(int end) { return static_cast<int>(random_() % end); }

  // Small, or with any bits.
  uint64_t Number() { return Below(2) == 0 ? Below(100) : (uint64_t{random_()} << 32 | random_()); }

  std::string Text() {
    constexpr std::string_view kPieces[] = {"f",       "long_function_name", " ",  "0010", "\n",
                                            "\x1b[2J", "\xe2\x80\xae",       "浪", "```",  "|",
                                            ".isra.0", "\xcc\x81",           "\"", "\\",   "%rax"};
    std::string text;
    for (int i = Below(2) == 0 ? Below(3) : Below(60); i > 0; --i) {
      text += kPieces[Below(std::size(kPieces))];
    }
    return text;
  }

  void Set(Message& message, const FieldDescriptor* field, int depth) {
    const auto* r = message.GetReflection();
    const bool many = field->is_repeated();
    switch (field->cpp_type()) {
      case FieldDescriptor::CPPTYPE_MESSAGE:
        if (depth > 0) {
          Fill(*(many ? r->AddMessage(&message, field) : r->MutableMessage(&message, field)),
               depth - 1);
        }
        return;
      case FieldDescriptor::CPPTYPE_STRING:
        many ? r->AddString(&message, field, Text()) : r->SetString(&message, field, Text());
        return;
      case FieldDescriptor::CPPTYPE_ENUM:
        r->SetEnumValue(&message, field, Below(50));
        return;
      case FieldDescriptor::CPPTYPE_BOOL:
        r->SetBool(&message, field, Below(2) == 0);
        return;
      case FieldDescriptor::CPPTYPE_DOUBLE:
        r->SetDouble(&message, field, static_cast<double>(Number()) / 7);
        return;
      case FieldDescriptor::CPPTYPE_INT32: {
        const auto value = static_cast<int32_t>(Number());
        many ? r->AddInt32(&message, field, value) : r->SetInt32(&message, field, value);
        return;
      }
      case FieldDescriptor::CPPTYPE_UINT32:
        r->SetUInt32(&message, field, static_cast<uint32_t>(Number()));
        return;
      case FieldDescriptor::CPPTYPE_INT64:
        r->SetInt64(&message, field, static_cast<int64_t>(Number()));
        return;
      case FieldDescriptor::CPPTYPE_UINT64:
        r->SetUInt64(&message, field, Number());
        return;
      default:
        FAIL() << field->full_name() << " has a type that is not filled";
    }
  }

  std::mt19937 random_;
};

class AnyRecord : public testing::TestWithParam<unsigned> {
 protected:
  AnyRecord() { Filler(GetParam()).Fill(record_, 4); }

  CrashRecord record_;
  CrashRecord again_;
};

TEST_P(AnyRecord, FitsThePageAndTheTerminal) {
  for (const bool all : {false, true}) {
    const std::string text = ToText(record_, {.color = false, .all_stacks = all});
    EXPECT_TRUE(text::IsValidUtf8(text));
    for (const std::string& line : SplitLines(text)) {
      EXPECT_LE(DisplayWidth(line), 100) << line;
      EXPECT_EQ(Visible(line), line);
    }
  }
  for (const std::string& line : SplitLines(ToMarkdown(record_))) EXPECT_EQ(Visible(line), line);
}

TEST_P(AnyRecord, IsReadBack) {
  ASSERT_TRUE(google::protobuf::util::JsonStringToMessage(ToJson(record_), &again_).ok());
  EXPECT_TRUE(MessageDifferencer::Equals(record_, again_));
  ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(ToTextproto(record_), &again_));
  EXPECT_TRUE(MessageDifferencer::Equals(record_, again_));
  const std::string bytes = ToBinpb(record_);
  std::string_view stream = bytes;
  ASSERT_TRUE(ReadBinpb(stream, again_));
  EXPECT_TRUE(MessageDifferencer::Equals(record_, again_));
}

INSTANTIATE_TEST_SUITE_P(Seeds, AnyRecord, testing::Range(1u, 100u));

}  // namespace
}  // namespace oops::render
