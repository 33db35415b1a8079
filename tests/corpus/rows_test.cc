// Which messages of the grammar some case of the corpus shows. Prints those that none does; fails
// only if one that is listed in reached_rows.txt isn't reached any more, so that the corpus can
// grow but not shrink. OOPS_REGENERATE=1 writes the list anew.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <set>
#include <sstream>
#include <string>

#include "lib/grammar/headline.h"
#include "lib/oops.h"
#include "tests/corpus/cases.h"

namespace oops::corpus {
namespace {

const char kList[] = "tests/corpus/reached_rows.txt";

std::set<std::string> ReachedRows() {
  std::set<std::string> rows;
  for (const Case& which : AllCases()) {
    for (const CrashRecord& record : ParseLog(which.log)) rows.insert(record.grammar_row());
  }
  rows.erase("");
  return rows;
}

std::set<std::string> ListedRows() {
  std::set<std::string> rows;
  std::istringstream lines(ReadFile(kList));
  for (std::string line; std::getline(lines, line);) {
    if (!line.empty() && line[0] != '#') rows.insert(line);
  }
  return rows;
}

void WriteList(const std::set<std::string>& rows) {
  std::ofstream file(kList, std::ios::binary);
  file << "# Rows of the grammar that open a record of some case in corpus/. Written by "
          "rows_test.cc.\n";
  for (const std::string& row : rows) file << row << "\n";
}

TEST(Rows, NoneIsLost) {
  const std::set<std::string> reached = ReachedRows();
  if (std::getenv("OOPS_REGENERATE") != nullptr) WriteList(reached);
  for (const std::string& row : ListedRows()) {
    EXPECT_TRUE(reached.count(row)) << "no case of the corpus reaches " << row << " any more";
  }
  std::cout << "rows that no case reaches:\n";
  for (const grammar::Headline* row : grammar::AllHeadlines()) {
    const bool names_none = row->join == grammar::Join::kCut;  // "cut here" is no record's headline
    if (!names_none && !reached.count(std::string(row->name)))
      std::cout << "  " << row->name << "\n";
  }
}

}  // namespace
}  // namespace oops::corpus
