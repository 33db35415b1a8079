// A page of text in two columns, labels and what belongs to them, with or without colour.
#ifndef OOPS_LIB_RENDER_SHEET_H_
#define OOPS_LIB_RENDER_SHEET_H_

#include <string>
#include <string_view>
#include <utility>

namespace oops::render {

// How a piece of text looks. With colour off all look alike.
enum class Ink { kPlain, kBold, kDim, kLabel, kGuilty, kPanic, kLockup, kWarning, kInfo, kGood };

inline constexpr int kPageWidth = 100;
inline constexpr int kLabelIndent = 2;  // where labels begin
inline constexpr int kTextIndent = 11;  // where what belongs to them begins
inline constexpr int kTextWidth = kPageWidth - kTextIndent;

// One line, put together from left to right. Text goes through Visible() on its way in: nothing
// from a log reaches the page in another way.
class Line {
 public:
  explicit Line(bool color) : color_(color) {}

  Line& Add(std::string_view text, Ink ink = Ink::kPlain);
  // Spaces up to `column`, at least `least` of them.
  Line& PadTo(int column, int least = 0);
  int width() const { return width_; }
  const std::string& bytes() const { return bytes_; }

 private:
  bool color_;
  int width_ = 0;
  std::string bytes_;
};

class Sheet {
 public:
  explicit Sheet(bool color) : color_(color) {}

  Line NewLine() const { return Line(color_); }
  // A line that begins with `label` and stands at the text's column; an empty label leaves its
  // place free.
  Line NewRow(std::string_view label) const;
  void Put(const Line& line);
  // `text` behind `label`, over as many lines as it takes; the further ones begin `hang` columns
  // deeper.
  void Row(std::string_view label, std::string_view text, Ink ink = Ink::kPlain, int hang = 0);

  std::string Take() { return std::move(out_); }

 private:
  bool color_;
  std::string out_;
};

}  // namespace oops::render

#endif  // OOPS_LIB_RENDER_SHEET_H_
