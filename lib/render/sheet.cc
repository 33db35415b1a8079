#include "lib/render/sheet.h"

#include <algorithm>
#include <vector>

#include "lib/render/display.h"

namespace oops::render {
namespace {

// Of one row: what is longer is no text for people.
constexpr size_t kMostLines = 12;

std::string_view Escape(Ink ink) {
  switch (ink) {
    case Ink::kPlain:
      return "";
    case Ink::kBold:
      return "\x1b[1m";
    case Ink::kDim:
      return "\x1b[2m";
    case Ink::kLabel:
      return "\x1b[36m";
    case Ink::kGuilty:
      return "\x1b[1;31m";
    case Ink::kPanic:
      return "\x1b[1;31m";
    case Ink::kLockup:
      return "\x1b[1;35m";
    case Ink::kWarning:
      return "\x1b[1;33m";
    case Ink::kInfo:
      return "\x1b[1;36m";
    case Ink::kGood:
      return "\x1b[32m";
  }
  return "";
}

}  // namespace

Line& Line::Add(std::string_view text, Ink ink) {
  const std::string visible = Visible(text);
  width_ += DisplayWidth(visible);
  const std::string_view escape = color_ ? Escape(ink) : "";
  bytes_.append(escape).append(visible);
  if (!escape.empty()) bytes_ += "\x1b[0m";
  return *this;
}

Line& Line::PadTo(int column, int least) {
  const int count = std::max(column - width_, least);
  if (count > 0) {
    bytes_.append(count, ' ');
    width_ += count;
  }
  return *this;
}

Line Sheet::NewRow(std::string_view label) const {
  Line line = NewLine();
  line.PadTo(kLabelIndent);
  if (!label.empty()) line.Add(label, Ink::kLabel);
  line.PadTo(kTextIndent, label.empty() ? 0 : 1);
  return line;
}

void Sheet::Put(const Line& line) {
  std::string_view bytes = line.bytes();
  while (!bytes.empty() && bytes.back() == ' ') bytes.remove_suffix(1);
  out_.append(bytes) += '\n';
}

void Sheet::Row(std::string_view label, std::string_view text, Ink ink, int hang) {
  std::vector<std::string> lines = Wrap(Visible(text), kTextWidth - hang);
  if (lines.size() > kMostLines) {
    lines.resize(kMostLines);
    lines.back() = Fit(lines.back() + " ..", kTextWidth - hang);
  }
  for (size_t i = 0; i < lines.size(); ++i) {
    Line line = NewRow(i == 0 ? label : "");
    if (i > 0) line.PadTo(kTextIndent + hang);
    Put(line.Add(lines[i], ink));
  }
}

}  // namespace oops::render
