// Reports that lost their line ends on the way (a form, a chat, a web page) and are one line now.
#ifndef OOPS_LIB_RECORD_JOINED_LINES_H_
#define OOPS_LIB_RECORD_JOINED_LINES_H_

#include <string_view>
#include <vector>

namespace oops::record {

// The lines that `text` was, if it is several beyond doubt; empty where it may be what it seems.
std::vector<std::string_view> SplitJoinedLines(std::string_view text);

// "Call Trace: [<8004c93c>] [<80123460>] ...", which is one line.
bool IsRowOfAddresses(std::string_view text);

}  // namespace oops::record

#endif  // OOPS_LIB_RECORD_JOINED_LINES_H_
