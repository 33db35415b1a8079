// Text as a terminal shows it: how wide it is, and what in it must not get there as it is.
//
// Log text is hostile: it may hold escape sequences, line feeds, directional marks and broken
// UTF-8. Everything that leaves through text.h or markdown.h goes through Visible() first.
#ifndef OOPS_LIB_RENDER_DISPLAY_H_
#define OOPS_LIB_RENDER_DISPLAY_H_

#include <string>
#include <string_view>
#include <vector>

namespace oops::render {

// `text` with all that a terminal might act upon made visible: C0 and C1 controls and DEL become
// \x1b, directional and other invisible marks \u202e, bytes that are no UTF-8 \xff. A tab becomes a
// space. The result is valid UTF-8 on one line. Doing it twice changes nothing.
std::string Visible(std::string_view text);

// Columns that `text` takes: 0 for combining marks, 2 for East Asian wide characters, 1 for the
// rest. `text` is what Visible() returned.
int DisplayWidth(std::string_view text);

// `text` if it fits into `columns`, else its beginning with " .." in place of the rest.
std::string Fit(std::string_view text, int columns);

// `text` broken at spaces into lines of at most `columns` (at least 1); a word that is too long is
// broken anywhere. Never empty.
std::vector<std::string> Wrap(std::string_view text, int columns);

}  // namespace oops::render

#endif  // OOPS_LIB_RENDER_DISPLAY_H_
