#include "lib/analysis/name_patterns.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <functional>
#include <string>

namespace oops::analysis {
namespace {

constexpr size_t kLongestAffix = 63;  // lengths are kept as bits of a word

// FNV-1a, a byte at a time: forward for names and prefixes, backward for suffixes.
constexpr uint64_t kHashStart = 0xcbf29ce484222325;
uint64_t HashNext(uint64_t hash, char c) {
  return (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
}

uint64_t HashForward(std::string_view word) {
  uint64_t hash = kHashStart;
  for (char c : word) hash = HashNext(hash, c);
  return hash;
}

uint64_t HashBackward(std::string_view word) {
  uint64_t hash = kHashStart;
  for (size_t i = word.size(); i-- > 0;) hash = HashNext(hash, word[i]);
  return hash;
}

// The low bits of FNV-1a depend on few of the word's bits.
size_t SlotOf(uint64_t hash, size_t slots) { return (hash ^ (hash >> 32)) & (slots - 1); }

}  // namespace

void NamePatterns::Index::Add(std::string_view word, uint64_t hash, uint64_t lists) {
  if (2 * (taken_ + 1) > slots_.size()) Grow();
  size_t at = SlotOf(hash, slots_.size());
  while (!slots_[at].word.empty() && slots_[at].word != word) at = (at + 1) & (slots_.size() - 1);
  if (slots_[at].word.empty()) ++taken_;
  filter_[FilterBit(hash) / 64] |= uint64_t{1} << FilterBit(hash) % 64;
  slots_[at].hash = hash;
  slots_[at].word = word;
  slots_[at].lists |= lists;
}

uint64_t NamePatterns::Index::Find(std::string_view word, uint64_t hash) const {
  if (!MayHave(hash)) return 0;
  for (size_t at = SlotOf(hash, slots_.size()); !slots_[at].word.empty();
       at = (at + 1) & (slots_.size() - 1)) {
    if (slots_[at].hash == hash && slots_[at].word == word) return slots_[at].lists;
  }
  return 0;
}

void NamePatterns::Index::Grow() {
  std::vector<Slot> old(std::max<size_t>(16, 2 * slots_.size()));
  old.swap(slots_);
  taken_ = 0;
  for (const Slot& slot : old) {
    if (!slot.word.empty()) Add(slot.word, slot.hash, slot.lists);
  }
}

void NamePatterns::Add(unsigned list, std::string_view patterns) {
  static std::atomic<uint64_t> versions{0};
  version_ = ++versions;
  const uint64_t bit = uint64_t{1} << (list % 64);
  constexpr std::string_view kBlanks = " \n";
  for (size_t at = patterns.find_first_not_of(kBlanks); at != patterns.npos;
       at = patterns.find_first_not_of(kBlanks, at)) {
    const size_t end = std::min(patterns.find_first_of(kBlanks, at), patterns.size());
    std::string_view pattern = patterns.substr(at, end - at);
    at = end;
    if (pattern.back() == '*') {
      pattern.remove_suffix(1);
      pattern = pattern.substr(0, kLongestAffix);
      prefixes_.Add(pattern, HashForward(pattern), bit);
      prefix_lengths_ |= uint64_t{1} << pattern.size();
    } else if (pattern.front() == '*') {
      pattern.remove_prefix(1);
      if (pattern.size() > kLongestAffix) pattern.remove_prefix(pattern.size() - kLongestAffix);
      suffixes_.Add(pattern, HashBackward(pattern), bit);
      suffix_lengths_ |= uint64_t{1} << pattern.size();
    } else {
      exact_.Add(pattern, HashForward(pattern), bit);
    }
  }
}

uint64_t NamePatterns::Lists(std::string_view name) const {
  // The same few hundred functions stand in nearly all traces.
  struct Answer {
    uint64_t version = 0;
    std::string name;
    uint64_t lists = 0;
  };
  thread_local std::array<Answer, 4096> answers;
  const size_t hash = std::hash<std::string_view>()(name) + version_;
  Answer& answer = answers[hash % answers.size()];
  if (answer.version == version_ && answer.name == name) return answer.lists;
  const uint64_t lists = Find(name);
  if (name.size() > kLongestAffix) return lists;
  answer.version = version_;
  answer.name = name;
  answer.lists = lists;
  return lists;
}

uint64_t NamePatterns::Find(std::string_view name) const {
  uint64_t lists = 0;
  const size_t longest = std::min(name.size(), kLongestAffix);
  uint64_t forward = kHashStart;
  uint64_t backward = kHashStart;
  for (size_t length = 1; length <= longest; ++length) {
    forward = HashNext(forward, name[length - 1]);
    backward = HashNext(backward, name[name.size() - length]);
    if ((prefix_lengths_ >> length) & 1) lists |= prefixes_.Find(name.substr(0, length), forward);
    if ((suffix_lengths_ >> length) & 1)
      lists |= suffixes_.Find(name.substr(name.size() - length), backward);
  }
  if (longest < name.size()) forward = HashForward(name);
  return lists | exact_.Find(name, forward);
}

}  // namespace oops::analysis
