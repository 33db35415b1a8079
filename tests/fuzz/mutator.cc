#include "tests/fuzz/mutator.h"

#include <algorithm>
#include <iterator>
#include <string_view>

namespace oops::fuzz {
namespace {

// What parsers stumble over: ends, marks, limits of numbers, broken UTF-8.
constexpr std::string_view kPieces[] = {{"\0", 1},
                                        "\n",
                                        "\r\n",
                                        "\xff",
                                        "\xc3",
                                        "\xe2\x80",
                                        "\xc2\xa0",
                                        "\x1b[31m",
                                        "\t",
                                        " ",
                                        "<",
                                        ">",
                                        "[",
                                        "]",
                                        "(",
                                        ")",
                                        "{",
                                        "}",
                                        "\"",
                                        "\\",
                                        "'",
                                        "/",
                                        ":",
                                        ";",
                                        ",",
                                        "=",
                                        "#",
                                        "?",
                                        "*",
                                        "+0x",
                                        "0x",
                                        "-1",
                                        "0",
                                        "18446744073709551616",
                                        "99999999999999999999",
                                        "4294967296",
                                        "2147483648",
                                        "ffffffffffffffff",
                                        "1e999",
                                        "nan",
                                        "=\n",
                                        "&lt;",
                                        "> > ",
                                        "[    1.000000] ",
                                        "Call Trace:",
                                        "<IRQ>",
                                        "---[ end trace ]---",
                                        "------------[ cut here ]------------\n"};

constexpr int kMostSteps = 6;

}  // namespace

std::string Mutator::Next(size_t limit) {
  std::string text = seeds_[Below(seeds_.size())];
  if (text.size() > limit) text = text.substr(Below(text.size() - limit), limit);
  for (size_t steps = 1 + Below(kMostSteps); steps > 0; --steps) Mutate(text);
  if (text.size() > limit) text.resize(limit);
  return text;
}

std::pair<size_t, size_t> Mutator::Range(const std::string& text) {
  const size_t begin = Below(text.size() + 1);
  if (Below(2) == 0) return {begin, std::min(Below(32), text.size() - begin)};
  const size_t newline = begin == 0 ? std::string::npos : text.rfind('\n', begin - 1);
  const size_t start = newline == std::string::npos ? 0 : newline + 1;
  size_t end = start;
  for (size_t lines = 1 + Below(4); lines > 0 && end < text.size(); --lines) {
    end = std::min(text.find('\n', end), text.size() - 1) + 1;
  }
  return {start, end - start};
}

void Mutator::Mutate(std::string& text) {
  const auto [at, size] = Range(text);
  switch (Below(10)) {
    case 0:
      if (at < text.size()) text[at] = static_cast<char>(random_());
      return;
    case 1:
      if (at < text.size()) text[at] = static_cast<char>(text[at] ^ (1 << Below(8)));
      return;
    case 2:
      text.erase(at, size);
      return;
    case 3:
      text.insert(at, text.substr(at, size));
      return;
    case 4:
      text.insert(at, kPieces[Below(std::size(kPieces))]);
      return;
    case 5:
      text.replace(at, size, kPieces[Below(std::size(kPieces))]);
      return;
    case 6: {  // elsewhere in the same text
      const std::string moved = text.substr(at, size);
      text.erase(at, size);
      text.insert(Below(text.size() + 1), moved);
      return;
    }
    case 7: {
      const std::string& other = seeds_[Below(seeds_.size())];
      const auto [from, length] = Range(other);
      text.insert(at, other.substr(from, length));
      return;
    }
    case 8:
      text.resize(at);
      return;
    case 9:
      if (const size_t newline = text.find('\n', at); newline != std::string::npos)
        text.erase(newline, 1);
      return;
  }
}

}  // namespace oops::fuzz
