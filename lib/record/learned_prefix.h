// What stands in front of every line and is in no table: a test runner's clock and logger, a
// console's name. It is learned from a headline that stands behind other text, and believed of
// lines that begin in the same way.
#ifndef OOPS_LIB_RECORD_LEARNED_PREFIX_H_
#define OOPS_LIB_RECORD_LEARNED_PREFIX_H_

#include <optional>
#include <string>
#include <string_view>

namespace oops::record {

class LearnedPrefix {
 public:
  // `before`: what stands before a headline, its blank included. Words alone are prose, and leave
  // everything as it is.
  void Learn(std::string_view before);

  // libreport sets each line of an item behind a colon, ":BUG: soft lockup", ": [<..>] f+0x1/0x2":
  // no sentence begins so.
  static bool IsMark(std::string_view before);

  // What stands behind a prefix of that form in `text`, a line's whole text; nothing if it begins
  // otherwise. Numbers may be others.
  std::optional<std::string_view> Strip(std::string_view text) const;

 private:
  std::string form_;  // a '0' for each number, one blank for several
};

}  // namespace oops::record

#endif  // OOPS_LIB_RECORD_LEARNED_PREFIX_H_
