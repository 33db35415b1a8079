// Any record, as textproto or as protobuf's bytes, through the analysis, the known bugs and every
// form.
#include <google/protobuf/stubs/logging.h>
#include <google/protobuf/text_format.h>
#include <google/protobuf/util/json_util.h>

#include <string>
#include <string_view>

#include "lib/analysis/analyze.h"
#include "lib/knownbugs/matcher.h"
#include "lib/render/binpb.h"
#include "lib/render/display.h"
#include "lib/render/json.h"
#include "lib/render/markdown.h"
#include "lib/render/text.h"
#include "lib/render/textproto.h"
#include "lib/text/utf8.h"
#include "tests/fuzz/check.h"

namespace oops::fuzz {
namespace {

constexpr int kColumns = 100;

// The first of the corpus's records, where the input is an expectation with several.
bool Read(const std::string& input, CrashRecord& record) {
  const std::string first = input.substr(0, input.find("\n# record "));
  if (google::protobuf::TextFormat::ParseFromString(first, &record)) return true;
  if (!record.ParseFromString(input)) return false;
  record.DiscardUnknownFields();
  return true;
}

void CheckPage(const std::string& page, int columns) {
  Check(text::IsValidUtf8(page), "a page is valid UTF-8", page);
  Check(page.ends_with('\n'), "a page ends with a line feed", page);
  for (std::string_view rest = page; !rest.empty();) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    Check(render::Visible(line) == line, "nothing on a page acts upon the terminal", line);
    Check(columns == 0 || render::DisplayWidth(line) <= columns, "a page fits its width", line);
    rest.remove_prefix(line.size() + 1);
  }
}

void CheckForms(const CrashRecord& record) {
  const std::string json = render::ToJson(record);
  Check(json.find('\n') == json.size() - 1, "JSON is one line", json);
  Check(text::IsValidUtf8(json), "JSON is valid UTF-8", json);
  CrashRecord from_json;
  Check(google::protobuf::util::JsonStringToMessage(json, &from_json).ok(), "JSON is read back",
        json);

  // The binary form is of the repaired record; the others must say the same.
  const std::string binpb = render::ToBinpb(record);
  std::string_view stream = binpb;
  CrashRecord from_binpb;
  Check(render::ReadBinpb(stream, from_binpb) && stream.empty(), "bytes are read back");
  const std::string bytes = from_binpb.SerializeAsString();
  Check(from_json.SerializeAsString() == bytes, "JSON says the same", json);

  const std::string textproto = render::ToTextproto(record);
  CrashRecord from_text;
  Check(google::protobuf::TextFormat::ParseFromString(textproto, &from_text), "text is read back",
        textproto);
  Check(from_text.SerializeAsString() == bytes, "text says the same", textproto);

  for (const bool all : {false, true})
    CheckPage(render::ToText(record, {.color = false, .all_stacks = all}), kColumns);
  render::ToText(record, {.color = true, .all_stacks = true});
  CheckPage(render::ToMarkdown(record), 0);
  render::Tally tally;
  tally.Add(record);
  Check(text::IsValidUtf8(tally.Summary(1)), "a summary is valid UTF-8");
}

}  // namespace
}  // namespace oops::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace oops;
  const google::protobuf::LogSilencer quiet;
  CrashRecord record;
  const std::string input(reinterpret_cast<const char*>(data), size);
  if (!fuzz::Read(input, record)) return 0;
  if (fuzz::OneIn(4, input)) fuzz::CheckForms(record);
  analysis::Analyze(record);
  const CrashRecord once = record;
  analysis::Analyze(record);
  fuzz::Check(record.SerializeAsString() == once.SerializeAsString(),
              "analysing again changes nothing", record.title());
  const CrashRecord* companions[] = {&once};
  knownbugs::Matcher::BuiltIn().Match(companions, record);
  fuzz::CheckForms(record);
  return 0;
}
