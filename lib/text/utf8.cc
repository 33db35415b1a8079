#include "lib/text/utf8.h"

#include <cstdint>
#include <cstring>

namespace oops::text {
namespace {

constexpr std::string_view kReplacement = "\xef\xbf\xbd";
constexpr uint64_t kTopBits = 0x8080808080808080;

// What may follow a lead byte: the Unicode standard's table of well-formed sequences. Only the
// second byte's range depends on the lead.
struct Form {
  uint8_t first_lead;
  uint8_t last_lead;
  uint8_t length;
  uint8_t second_min;
  uint8_t second_max;
};
constexpr Form kForms[] = {
    {0xc2, 0xdf, 2, 0x80, 0xbf}, {0xe0, 0xe0, 3, 0xa0, 0xbf}, {0xe1, 0xec, 3, 0x80, 0xbf},
    {0xed, 0xed, 3, 0x80, 0x9f}, {0xee, 0xef, 3, 0x80, 0xbf}, {0xf0, 0xf0, 4, 0x90, 0xbf},
    {0xf1, 0xf3, 4, 0x80, 0xbf}, {0xf4, 0xf4, 4, 0x80, 0x8f},
};

struct Sequence {
  size_t length;  // of the character, or of the maximal part of one that is broken off
  bool valid;
};

// `bytes` begins with a byte above 0x7f.
Sequence ReadSequence(std::string_view bytes) {
  const uint8_t lead = static_cast<uint8_t>(bytes[0]);
  for (const Form& form : kForms) {
    if (lead < form.first_lead || lead > form.last_lead) continue;
    for (size_t i = 1; i < form.length; ++i) {
      const uint8_t min = i == 1 ? form.second_min : 0x80;
      const uint8_t max = i == 1 ? form.second_max : 0xbf;
      if (i >= bytes.size()) return {i, false};
      const uint8_t byte = static_cast<uint8_t>(bytes[i]);
      if (byte < min || byte > max) return {i, false};
    }
    return {form.length, true};
  }
  return {1, false};
}

size_t AsciiPrefix(std::string_view bytes) {
  size_t i = 0;
  for (; i + sizeof(uint64_t) <= bytes.size(); i += sizeof(uint64_t)) {
    uint64_t word;
    std::memcpy(&word, bytes.data() + i, sizeof(word));
    if ((word & kTopBits) != 0) break;
  }
  while (i < bytes.size() && static_cast<uint8_t>(bytes[i]) < 0x80) ++i;
  return i;
}

}  // namespace

Utf8Character ReadUtf8(std::string_view bytes) {
  const auto lead = static_cast<uint8_t>(bytes[0]);
  if (lead < 0x80) return {lead, 1};
  const Sequence sequence = ReadSequence(bytes);
  if (!sequence.valid) return {0, 0};
  char32_t code = lead & (0xff >> (sequence.length + 1));
  for (size_t i = 1; i < sequence.length; ++i)
    code = code << 6 | (static_cast<uint8_t>(bytes[i]) & 0x3f);
  return {code, sequence.length};
}

size_t ValidUtf8Prefix(std::string_view bytes) {
  size_t valid = 0;
  while (true) {
    valid += AsciiPrefix(bytes.substr(valid));
    if (valid == bytes.size()) return valid;
    const Sequence sequence = ReadSequence(bytes.substr(valid));
    if (!sequence.valid) return valid;
    valid += sequence.length;
  }
}

std::string_view Utf8Head(std::string_view text, size_t most) {
  if (text.size() <= most) return text;
  while (most > 0 && (static_cast<uint8_t>(text[most]) & 0xc0) == 0x80) --most;
  return text.substr(0, most);
}

std::string_view RepairUtf8(std::string_view bytes, std::string* repaired) {
  size_t valid = ValidUtf8Prefix(bytes);
  if (valid == bytes.size()) return bytes;
  repaired->clear();
  repaired->reserve(bytes.size() + kReplacement.size());
  while (true) {
    repaired->append(bytes.substr(0, valid));
    bytes.remove_prefix(valid);
    if (bytes.empty()) return *repaired;
    repaired->append(kReplacement);
    bytes.remove_prefix(ReadSequence(bytes).length);
    valid = ValidUtf8Prefix(bytes);
  }
}

}  // namespace oops::text
