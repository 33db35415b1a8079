#include "lib/render/text.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "lib/render/code_text.h"
#include "lib/render/display.h"
#include "lib/render/facts.h"
#include "lib/render/sheet.h"
#include "lib/render/stack_text.h"
#include "lib/render/words.h"

namespace oops::render {
namespace {

constexpr int kMostOfOneLabel = 6;  // locks, memory banks
constexpr int kMostKnownBugs = 3;
constexpr int kMostReasons = 5;
constexpr int kHang = 2;

Ink InkFor(Severity severity) {
  switch (severity) {
    case SEVERITY_PANIC:
    case SEVERITY_OOPS:
      return Ink::kPanic;
    case SEVERITY_LOCKUP:
      return Ink::kLockup;
    case SEVERITY_WARNING:
      return Ink::kWarning;
    default:
      return Ink::kInfo;
  }
}

// The one bold line. Where the file's name doesn't fit behind it, that gets a row of its own.
void PutHead(Sheet& sheet, const CrashRecord& record) {
  const std::string_view shout = WordsFor(record.kind()).shout;
  const std::string source = Visible(SourceText(record.source()));
  Line line = sheet.NewLine();
  line.Add(shout, InkFor(record.severity())).Add("  ");
  const int room = kPageWidth - line.width();
  const std::string telling = Visible(OpeningText(record));
  const bool fits = DisplayWidth(telling) + 2 + DisplayWidth(source) <= room;
  line.Add(Fit(telling, room), Ink::kBold);
  if (fits && !source.empty())
    line.PadTo(kPageWidth - DisplayWidth(source), 2).Add(source, Ink::kDim);
  sheet.Put(line);
  if (!fits && !source.empty()) sheet.Row("source", source);
}

// The report's own words, where the first line doesn't have them already.
void PutWords(Sheet& sheet, const CrashRecord& record) {
  const std::string telling = OpeningText(record);
  std::string text;
  for (const std::string& words : {record.headline(), record.message()}) {
    const bool told =
        telling.find(words) != std::string::npos || text.find(words) != std::string::npos;
    if (!words.empty() && !told) text += (text.empty() ? "" : "; ") + words;
  }
  if (!text.empty()) sheet.Row("says", text);
}

void PutFacts(Sheet& sheet, const std::vector<Fact>& facts, bool all) {
  for (size_t i = 0; i < facts.size();) {
    size_t end = i;
    while (end < facts.size() && facts[end].label == facts[i].label) ++end;
    const size_t shown = all ? end : std::min(end, i + kMostOfOneLabel);
    for (size_t at = i; at < shown; ++at) {
      const Ink ink = facts[at].label == "panic" ? Ink::kPanic : Ink::kPlain;
      sheet.Row(at == i ? facts[at].label : "", facts[at].text, ink);
    }
    if (shown < end) sheet.Row("", ".. " + std::to_string(end - shown) + " more", Ink::kDim);
    i = end;
  }
}

void PutDiagnosis(Sheet& sheet, const CrashRecord& record, bool all) {
  int shown = 0;
  for (const Diagnosis& reason : record.diagnosis()) {
    if (!all && ++shown > kMostReasons) break;
    sheet.Row("why", reason.statement(), Ink::kBold);
    std::string evidence;
    for (const std::string& e : reason.evidence()) evidence += (evidence.empty() ? "" : ", ") + e;
    std::string lines;
    for (const Lines& l : reason.lines()) lines += (lines.empty() ? "line " : ", ") + LineRange(l);
    if (!evidence.empty() && !lines.empty()) evidence += "; ";
    if (!(evidence + lines).empty()) sheet.Row("", evidence + lines, Ink::kDim);
  }
}

void PutKnownBugs(Sheet& sheet, const CrashRecord& record, bool all) {
  int shown = 0;
  for (const KnownBugMatch& bug : record.known_bugs()) {
    if (!all && ++shown > kMostKnownBugs) break;
    bool first = true;
    for (const std::string& line : KnownBugLines(bug)) {
      const bool verdict = line.compare(0, 11, "this kernel") == 0;
      const Ink ink = first                                        ? Ink::kBold
                      : verdict && bug.status() == STATUS_AFFECTED ? Ink::kWarning
                      : verdict && bug.status() == STATUS_FIXED    ? Ink::kGood
                                                                   : Ink::kPlain;
      sheet.Row(first ? "known" : "", line, ink, kHang);
      first = false;
    }
  }
}

void PutBucket(Sheet& sheet, const CrashRecord& record) {
  const std::string& bucket = record.signature().bucket();
  const std::string title = Visible(record.title());
  const std::string both = bucket + "   title  " + title;
  if (!bucket.empty() && !title.empty() && DisplayWidth(both) <= kTextWidth) {
    sheet.Row("bucket", both);
    return;
  }
  if (!bucket.empty()) sheet.Row("bucket", bucket);
  if (!title.empty()) sheet.Row("title", title);
}

std::string ListOf(const std::map<Kind, uint64_t>& kinds, const std::string& last) {
  std::string text;
  for (const auto& [kind, count] : kinds) {
    const KindWords& words = WordsFor(kind);
    text += (text.empty() ? "" : ", ") + CountOf(count, words.noun, words.plural);
  }
  if (!last.empty()) text += ", " + last;
  return text;
}

}  // namespace

std::string ToText(const CrashRecord& record, const TextOptions& options) {
  Sheet sheet(options.color);
  const bool all = options.all_stacks;
  PutHead(sheet, record);
  PutWords(sheet, record);
  PutFacts(sheet, Circumstances(record), all);
  PutFacts(sheet, Particulars(record), all);
  PutCode(sheet, record, all);
  PutStacks(sheet, record, all);
  PutDiagnosis(sheet, record, all);
  PutKnownBugs(sheet, record, all);
  PutFacts(sheet, Remarks(record), all);
  PutBucket(sheet, record);
  return sheet.Take();
}

void Tally::Add(const CrashRecord& record) {
  const bool crash = record.severity() > SEVERITY_INFO;
  ++(crash ? crashes_ : notes_);
  ++(crash ? crash_kinds_ : note_kinds_)[record.kind()];
  for (const KnownBugMatch& bug : record.known_bugs()) known_bugs_.insert(bug.id());
}

void Tally::Add(const Tally& other) {
  crashes_ += other.crashes_;
  notes_ += other.notes_;
  for (const auto& [kind, count] : other.crash_kinds_) crash_kinds_[kind] += count;
  for (const auto& [kind, count] : other.note_kinds_) note_kinds_[kind] += count;
  known_bugs_.insert(other.known_bugs_.begin(), other.known_bugs_.end());
}

std::string Tally::Summary(uint64_t lines) const {
  const std::string known =
      known_bugs_.empty() ? "" : CountOf(known_bugs_.size(), "known bug", "known bugs");
  std::string text = crashes_ == 0 ? "no crash" : CountOf(crashes_, "crash", "crashes");
  if (crashes_ > 0) text += " (" + ListOf(crash_kinds_, known) + ")";
  if (notes_ > 0) {
    text += ", " + CountOf(notes_, "note", "notes") + " (" + ListOf(note_kinds_, "") + ")";
  }
  return text + " in " + CountOf(lines, "line", "lines");
}

}  // namespace oops::render
