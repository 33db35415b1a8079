#include "lib/render/markdown.h"

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

size_t LongestRunOfBackticks(std::string_view text) {
  size_t longest = 0, run = 0;
  for (const char c : text) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return longest;
}

// A code span that `text` can't end, on one line.
std::string Span(std::string_view text) {
  const std::string visible = Visible(text);
  const size_t run = LongestRunOfBackticks(visible);
  if (run == 0) return "`" + visible + "`";
  const std::string fence(run + 1, '`');
  return fence + " " + visible + " " + fence;
}

// The same in a table's cell, where a bar would end the cell even inside of a code span.
std::string Cell(std::string_view text) {
  std::string out;
  for (const char c : Span(text)) {
    if (c == '|') out += '\\';
    out += c;
  }
  return out;
}

std::string Block(std::string_view text) {
  const std::string fence(std::max<size_t>(LongestRunOfBackticks(text) + 1, 3), '`');
  return (fence + "text\n").append(text) + fence + "\n";
}

void AddRow(std::string& out, std::string_view label, std::string_view text) {
  if (!text.empty()) out.append("| ").append(label).append(" | ") += Cell(text) + " |\n";
}

void AddFacts(std::string& out, const std::vector<Fact>& facts) {
  for (const Fact& fact : facts) AddRow(out, fact.label, fact.text);
}

}  // namespace

std::string ToMarkdown(const CrashRecord& record) {
  std::string out = "### " + Span(record.title().empty() ? record.headline() : record.title());
  out += "\n\n| | |\n|---|---|\n";
  AddRow(out, "what", std::string(WordsFor(record.kind()).noun) + ", " + OpeningText(record));
  if (record.headline() != record.title()) AddRow(out, "headline", record.headline());
  if (record.message() != record.headline()) AddRow(out, "message", record.message());
  AddFacts(out, Circumstances(record));
  AddFacts(out, Particulars(record));
  AddFacts(out, Remarks(record));
  AddRow(out, "source", SourceText(record.source()));
  AddRow(out, "bucket", record.signature().bucket());

  Sheet sheet(false);
  PutCode(sheet, record, false);
  PutStacks(sheet, record, true);
  const std::string stacks = sheet.Take();
  if (!stacks.empty()) out += "\n" + Block(stacks);

  if (record.diagnosis_size() > 0) out += "\n**Diagnosis**\n\n";
  for (const Diagnosis& reason : record.diagnosis()) out += "- " + Span(reason.statement()) + "\n";

  for (const KnownBugMatch& bug : record.known_bugs()) {
    out += "\n**Known bug**\n\n";
    for (const std::string& line : KnownBugLines(bug)) out += "- " + Span(line) + "\n";
  }
  return out;
}

}  // namespace oops::render
