#include "tests/corpus/expectation.h"

#include "lib/render/textproto.h"

namespace oops::corpus {
namespace {

constexpr std::string_view kMark = "# record ";

CrashRecord WithoutProse(CrashRecord record) {
  for (KnownBugMatch& match : *record.mutable_known_bugs()) {
    KnownBugMatch kept;
    kept.set_id(match.id());
    kept.set_confidence(match.confidence());
    kept.set_status(match.status());
    match.Swap(&kept);
  }
  return record;
}

}  // namespace

std::string WriteExpectation(const std::vector<CrashRecord>& records) {
  if (records.empty()) return "# no records\n";
  std::string text;
  for (size_t i = 0; i < records.size(); ++i) {
    text += (i == 0 ? "" : "\n") + std::string(kMark) + std::to_string(i + 1) + " of " +
            std::to_string(records.size()) + "\n" + render::ToTextproto(WithoutProse(records[i]));
  }
  return text;
}

std::vector<std::string> SplitExpectation(std::string_view text) {
  std::vector<std::string> records;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end);
    if (line.substr(0, kMark.size()) == kMark) {
      records.emplace_back();
    } else if (!records.empty()) {
      records.back() += line;
    }
  }
  return records;
}

}  // namespace oops::corpus
