// The forms that programs read: what was written is read back as it was.
#include <google/protobuf/struct.pb.h>
#include <google/protobuf/text_format.h>
#include <google/protobuf/util/json_util.h>
#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>

#include <limits>
#include <string>
#include <string_view>

#include "lib/render/binpb.h"
#include "lib/render/json.h"
#include "lib/render/textproto.h"
#include "lib/text/utf8.h"
#include "tests/render/testdata.h"

namespace oops::render {
namespace {

using ::google::protobuf::util::MessageDifferencer;

// JSON as a tree, in which the ways to write a string don't differ.
std::string AsJson(const std::string& json) {
  google::protobuf::Struct tree;
  EXPECT_TRUE(google::protobuf::util::JsonStringToMessage(json, &tree).ok()) << json;
  return tree.ShortDebugString();
}

class RoundTrip : public testing::TestWithParam<std::string> {
 protected:
  const CrashRecord record_ = ReadRecord(GetParam() + ".textproto");
  CrashRecord again_;
};

TEST_P(RoundTrip, Json) {
  ASSERT_TRUE(google::protobuf::util::JsonStringToMessage(ToJson(record_), &again_).ok());
  EXPECT_TRUE(MessageDifferencer::Equals(record_, again_));
}

TEST_P(RoundTrip, JsonSaysWhatProtobufsOwnWouldSay) {
  google::protobuf::util::JsonPrintOptions options;
  options.preserve_proto_field_names = true;
  std::string slow;
  ASSERT_TRUE(google::protobuf::util::MessageToJsonString(record_, &slow, options).ok());
  EXPECT_EQ(AsJson(ToJson(record_)), AsJson(slow));
}

TEST_P(RoundTrip, JsonIsOneLine) {
  const std::string json = ToJson(record_);
  EXPECT_EQ(json.find('\n'), json.size() - 1);
  EXPECT_TRUE(text::IsValidUtf8(json));
}

TEST_P(RoundTrip, Textproto) {
  ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(ToTextproto(record_), &again_));
  EXPECT_TRUE(MessageDifferencer::Equals(record_, again_));
}

TEST_P(RoundTrip, Binpb) {
  const std::string bytes = ToBinpb(record_);
  std::string_view stream = bytes;
  ASSERT_TRUE(ReadBinpb(stream, again_));
  EXPECT_TRUE(stream.empty());
  EXPECT_TRUE(MessageDifferencer::Equals(record_, again_));
}

INSTANTIATE_TEST_SUITE_P(Records, RoundTrip, testing::ValuesIn(RecordNames()),
                         [](const auto& info) { return BaseName(info.param); });

CrashRecord SmallRecord() {
  CrashRecord record;
  record.set_kind(KIND_WARNING);
  record.set_cpu(0);
  Frame* frame = record.add_stacks()->add_frames();
  frame->set_function("f");
  frame->set_reliable(false);
  record.mutable_kernel()->set_tainted("");
  record.mutable_source()->set_first_byte(5000000000);
  return record;
}

TEST(Json, KeepsNamesOfFieldsAndWhatIsSetToNothing) {
  EXPECT_EQ(ToJson(SmallRecord()),
            "{\"kind\":\"KIND_WARNING\",\"kernel\":{\"tainted\":\"\"},\"cpu\":0,"
            "\"stacks\":[{\"frames\":[{\"function\":\"f\",\"reliable\":false}]}],"
            "\"source\":{\"first_byte\":\"5000000000\"}}\n");
}

TEST(Json, ReplacesWhatIsNoUtf8) {
  CrashRecord record;
  record.set_title("a\xff\xfe z\xc0\xaf");
  record.mutable_task()->set_comm("ok");
  record.add_alt_titles("\xed\xa0\x80");
  const std::string json = ToJson(record);
  EXPECT_TRUE(text::IsValidUtf8(json));
  CrashRecord again;
  ASSERT_TRUE(google::protobuf::util::JsonStringToMessage(json, &again).ok());
  EXPECT_EQ(again.title(), "a\xef\xbf\xbd\xef\xbf\xbd z\xef\xbf\xbd\xef\xbf\xbd");
  EXPECT_EQ(again.task().comm(), "ok");
}

TEST(Json, EscapesControlCharacters) {
  CrashRecord record;
  record.set_title("a\n\x1b[2J\"\\");
  CrashRecord again;
  const std::string json = ToJson(record);
  EXPECT_EQ(json.find('\x1b'), std::string::npos);
  ASSERT_TRUE(google::protobuf::util::JsonStringToMessage(json, &again).ok());
  EXPECT_EQ(again.title(), record.title());
}

TEST(Textproto, IsLaidOutForDiffs) {
  CrashRecord record = SmallRecord();
  for (const char* name : {"RAX", "RBX", "RCX", "RDX"}) {
    Register* r = record.add_registers();
    r->set_name(name);
    r->set_value("0");
  }
  for (const char* name : {"ext4", "jbd2"}) record.add_modules()->set_name(name);
  EXPECT_EQ(ToTextproto(record), R"(kind: KIND_WARNING
kernel {
  tainted: ""
}
cpu: 0
registers: [ {name: "RAX" value: "0"}, {name: "RBX" value: "0"}, {name: "RCX" value: "0"} ]
registers: [ {name: "RDX" value: "0"} ]
stacks {
  frames {function: "f" reliable: false}
}
modules: [ {name: "ext4"}, {name: "jbd2"} ]
source {
  first_byte: 5000000000
}
)");
}

CrashRecord ExtremeRecord() {
  CrashRecord record;
  record.set_title(
      "quote \" backslash \\ tab \t feed \n escape \x1b"
      "7 DEL \x7f null");
  record.mutable_title()->push_back('\0');
  record.set_headline("浪潮 \xc2\x9b\xc2\xa0 \xe2\x80\xae \xf0\x9f\x98\x80 </script>");
  record.set_duration_seconds(0.1);
  record.add_known_bugs()->set_confidence(std::numeric_limits<double>::infinity());
  record.add_known_bugs()->set_confidence(-1e300);
  record.add_known_bugs();
  record.mutable_source()->set_monotonic_us(std::numeric_limits<int64_t>::min());
  record.mutable_source()->set_end_byte(std::numeric_limits<uint64_t>::max());
  record.mutable_machine();
  record.set_kind(static_cast<Kind>(12345));  // of a later version
  return record;
}

TEST(Json, SurvivesExtremes) {
  const CrashRecord record = ExtremeRecord();
  const std::string json = ToJson(record);
  CrashRecord again;
  ASSERT_TRUE(google::protobuf::util::JsonStringToMessage(json, &again).ok());
  EXPECT_TRUE(MessageDifferencer::Equals(record, again));
  EXPECT_EQ(json.find('\x7f'), std::string::npos);
  EXPECT_EQ(json.find("\xc2\x9b"), std::string::npos);
}

TEST(Textproto, SurvivesExtremes) {
  const CrashRecord record = ExtremeRecord();
  CrashRecord again;
  ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(ToTextproto(record), &again));
  EXPECT_TRUE(MessageDifferencer::Equals(record, again));
}

TEST(Binpb, IsLengthThenMessage) {
  CrashRecord record;
  record.set_title(std::string(300, 'x'));
  const std::string bytes = ToBinpb(record);
  const size_t message = record.ByteSizeLong();
  ASSERT_EQ(bytes.size(), message + 2);
  EXPECT_EQ(static_cast<unsigned char>(bytes[0]), 0x80 | (message & 0x7f));
  EXPECT_EQ(static_cast<unsigned char>(bytes[1]), message >> 7);
}

TEST(Binpb, IsAppendedWithItsTextRepaired) {
  CrashRecord bad, good;
  bad.set_title("a\xff");
  good.set_title("a\uFFFD");
  std::string stream = "before";
  AppendBinpb(bad, stream);
  EXPECT_EQ(stream, "before" + ToBinpb(good));
}

TEST(Binpb, ReadsAStreamAndStopsAtItsEnd) {
  CrashRecord first, second;
  first.set_title("first");
  const std::string bytes = ToBinpb(first) + ToBinpb(second) + ToBinpb(first);
  std::string_view stream = bytes;
  CrashRecord record;
  EXPECT_TRUE(ReadBinpb(stream, record));
  EXPECT_EQ(record.title(), "first");
  EXPECT_TRUE(ReadBinpb(stream, record));
  EXPECT_EQ(record.title(), "");
  std::string_view cut = stream.substr(0, stream.size() - 1);
  EXPECT_FALSE(ReadBinpb(cut, record));
  EXPECT_EQ(cut.size(), stream.size() - 1);
  EXPECT_TRUE(ReadBinpb(stream, record));
  EXPECT_FALSE(ReadBinpb(stream, record));
}

}  // namespace
}  // namespace oops::render
