// list_grammar [--all]: what the grammar's tables recognise, as Markdown. Without --all one line a
// kind, which is the README's table (tools/update_readme puts it there).
#include <algorithm>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "lib/grammar/headline.h"

namespace oops {
namespace {

using grammar::Headline;

std::string_view WithoutPrefix(const std::string& enum_name) {
  return std::string_view(enum_name).substr(enum_name.find('_') + 1);
}

// A table's cell with code in it. GitHub ends a cell at a '|' even inside code.
std::string CodeCell(std::string_view text, size_t width) {
  std::string cell = "`";
  for (char c : text.substr(0, width)) {
    if (c == '|') cell += '\\';
    cell += c;
  }
  if (text.size() > width) cell += "...";
  return cell + "`";
}

std::vector<const Headline*> RowsByKind() {
  std::vector<const Headline*> rows;
  for (const Headline* row : grammar::AllHeadlines()) {
    if (row->kind != KIND_UNSPECIFIED) rows.push_back(row);
  }
  std::stable_sort(rows.begin(), rows.end(),
                   [](const Headline* a, const Headline* b) { return a->kind < b->kind; });
  return rows;
}

void PrintKinds(const std::vector<const Headline*>& rows) {
  constexpr size_t kWidth = 88;
  std::printf("| kind | messages | for example |\n|---|---|---|\n");
  for (size_t first = 0; first < rows.size();) {
    size_t end = first;
    while (end < rows.size() && rows[end]->kind == rows[first]->kind) ++end;
    std::printf("| %s | %zu | %s |\n", WithoutPrefix(Kind_Name(rows[first]->kind)).data(),
                end - first, CodeCell(rows[first]->example, kWidth).c_str());
    first = end;
  }
}

void PrintRows(const std::vector<const Headline*>& rows) {
  std::printf("| kind | severity | row | printed by | for example |\n|---|---|---|---|---|\n");
  for (const Headline* row : rows) {
    std::printf("| %s | %s | %s | %s | %s |\n", WithoutPrefix(Kind_Name(row->kind)).data(),
                WithoutPrefix(Severity_Name(row->severity)).data(), std::string(row->name).c_str(),
                std::string(row->printed_by).c_str(),
                CodeCell(row->example, row->example.size()).c_str());
  }
}

}  // namespace
}  // namespace oops

int main(int argc, char** argv) {
  bool all = argc == 2 && std::string_view(argv[1]) == "--all";
  if (argc > 1 && !all) {
    std::fprintf(stderr, "usage: list_grammar [--all]\n");
    return 2;
  }
  std::vector<const oops::grammar::Headline*> rows = oops::RowsByKind();
  all ? oops::PrintRows(rows) : oops::PrintKinds(rows);
  return 0;
}
