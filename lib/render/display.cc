#include "lib/render/display.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>

#include "lib/text/utf8.h"

namespace oops::render {
namespace {

struct Range {
  char32_t first;
  char32_t last;
};

// Sorted. What changes the order or the look of its neighbours without being seen.
constexpr Range kInvisible[] = {
    {0x80, 0x9f},     {0xad, 0xad},     {0x61c, 0x61c},   {0x200b, 0x200f},   {0x2028, 0x202e},
    {0x2060, 0x206f}, {0xfeff, 0xfeff}, {0xfff9, 0xfffb}, {0xe0000, 0xe0fff},
};

// Sorted. Combining marks of the scripts that logs and the prose around them are written in.
constexpr Range kCombining[] = {
    {0x300, 0x36f},   {0x483, 0x489},   {0x591, 0x5bd},   {0x610, 0x61a},   {0x64b, 0x65f},
    {0x900, 0x902},   {0x93c, 0x93c},   {0x941, 0x948},   {0x94d, 0x94d},   {0xe31, 0xe31},
    {0xe34, 0xe3a},   {0xe47, 0xe4e},   {0x1ab0, 0x1aff}, {0x1dc0, 0x1dff}, {0x20d0, 0x20ff},
    {0x302a, 0x302d}, {0x3099, 0x309a}, {0xfe00, 0xfe0f}, {0xfe20, 0xfe2f},
};

// Sorted. East Asian wide and fullwidth, and emoji.
constexpr Range kWide[] = {
    {0x1100, 0x115f},   {0x231a, 0x231b},   {0x2e80, 0x303e},   {0x3041, 0xa4cf},
    {0xa960, 0xa97c},   {0xac00, 0xd7a3},   {0xf900, 0xfaff},   {0xfe30, 0xfe6f},
    {0xff00, 0xff60},   {0xffe0, 0xffe6},   {0x1f300, 0x1f64f}, {0x1f680, 0x1f6ff},
    {0x1f900, 0x1f9ff}, {0x20000, 0x2fffd}, {0x30000, 0x3fffd},
};

template <size_t N>
bool In(const Range (&table)[N], char32_t c) {
  const Range* end = std::end(table);
  const Range* at = std::lower_bound(std::begin(table), end, c,
                                     [](const Range& r, char32_t value) { return r.last < value; });
  return at != end && at->first <= c;
}

void AppendHex(std::string& out, std::string_view prefix, uint32_t value, int digits) {
  out += prefix;
  for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
    out += "0123456789abcdef"[value >> shift & 15];
  }
}

int Columns(char32_t c) {
  if (c < kCombining[0].first) return 1;  // nearly all of a record
  if (In(kCombining, c)) return 0;
  return In(kWide, c) ? 2 : 1;
}

// Bytes of `text` that fit into `columns`, whole characters only.
size_t PrefixThatFits(std::string_view text, int columns) {
  size_t at = 0;
  while (at < text.size()) {
    const text::Utf8Character c = text::ReadUtf8(text.substr(at));
    columns -= c.length == 0 ? 1 : Columns(c.code);
    if (columns < 0) break;
    at += std::max<size_t>(c.length, 1);
  }
  return at;
}

}  // namespace

std::string Visible(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  const auto plain = [](char c) { return c >= ' ' && c < '\x7f'; };
  while (!text.empty()) {
    const auto special = std::find_if_not(text.begin(), text.end(), plain);
    out.append(text.begin(), special);
    text.remove_prefix(static_cast<size_t>(special - text.begin()));
    if (text.empty()) break;
    const text::Utf8Character c = text::ReadUtf8(text);
    const auto lead = static_cast<unsigned char>(text[0]);
    if (c.length == 0) {
      AppendHex(out, "\\x", lead, 2);
    } else if (c.code == '\t') {
      out += ' ';
    } else if (c.code < 0x20 || c.code == 0x7f) {
      AppendHex(out, "\\x", c.code, 2);
    } else if (c.length > 1 && In(kInvisible, c.code)) {
      AppendHex(out, "\\u", c.code, c.code > 0xffff ? 5 : 4);
    } else {
      out += text.substr(0, c.length);
    }
    text.remove_prefix(std::max<size_t>(c.length, 1));
  }
  return out;
}

int DisplayWidth(std::string_view text) {
  int width = 0;
  while (!text.empty()) {
    const text::Utf8Character c = text::ReadUtf8(text);
    width += c.length == 0 ? 1 : Columns(c.code);
    text.remove_prefix(std::max<size_t>(c.length, 1));
  }
  return width;
}

std::string Fit(std::string_view text, int columns) {
  if (DisplayWidth(text) <= columns) return std::string(text);
  std::string_view kept = text.substr(0, PrefixThatFits(text, std::max(columns - 3, 0)));
  while (!kept.empty() && kept.back() == ' ') kept.remove_suffix(1);
  return std::string(kept) + " ..";
}

std::vector<std::string> Wrap(std::string_view text, int columns) {
  std::vector<std::string> lines;
  while (true) {
    while (!text.empty() && text.front() == ' ' && !lines.empty()) text.remove_prefix(1);
    size_t length = PrefixThatFits(text, std::max(columns, 1));
    if (length == text.size()) break;
    if (length == 0)
      length = std::max<size_t>(text::ReadUtf8(text).length, 1);  // wider than the line
    const size_t space = text.rfind(' ', length);
    if (space != std::string_view::npos && space > 0) length = space;
    lines.emplace_back(text.substr(0, length));
    text.remove_prefix(length);
  }
  if (!text.empty() || lines.empty()) lines.emplace_back(text);
  return lines;
}

}  // namespace oops::render
