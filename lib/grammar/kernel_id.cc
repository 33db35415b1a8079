#include "lib/grammar/kernel_id.h"

#include <algorithm>
#include <array>
#include <utility>

#include "lib/grammar/chars.h"

namespace oops::grammar {
namespace {

constexpr std::pair<char, std::string_view> kTaints[] = {
    {'P', "PROPRIETARY_MODULE"},
    {'G', ""},
    {'F', "FORCED_MODULE"},
    {'S', "CPU_OUT_OF_SPEC"},
    {'R', "FORCED_RMMOD"},
    {'M', "MACHINE_CHECK"},
    {'B', "BAD_PAGE"},
    {'U', "USER"},
    {'D', "DIE"},
    {'A', "OVERRIDDEN_ACPI_TABLE"},
    {'W', "WARN"},
    {'C', "CRAP"},
    {'I', "FIRMWARE_WORKAROUND"},
    {'O', "OOT_MODULE"},
    {'E', "UNSIGNED_MODULE"},
    {'L', "SOFTLOCKUP"},
    {'K', "LIVEPATCH"},
    {'X', "AUX"},
    {'T', "RANDSTRUCT"},
    {'N', "TEST"},
    {'J', "FWCTL"},
};

// A field of the taint string: letters standing in their columns, or the dashes of Red Hat's
// kernels.
bool IsTaintWord(std::string_view word) {
  if (word.empty() || word.size() > 32) return false;
  return std::all_of(word.begin(), word.end(), [](char c) {
    return (c >= 'A' && c <= 'Z') || c == '-' || c == 'r' || c == 't' || c == 'u' || c == 'i';
  });
}

std::string_view TakeWord(std::string_view& text) {
  text = TrimLeft(text);
  size_t end = std::min(text.find_first_of(" \t"), text.size());
  std::string_view word = text.substr(0, end);
  text.remove_prefix(end);
  return word;
}

bool IsBuildId(std::string_view word) {
  return word.size() == 40 && std::all_of(word.begin(), word.end(), IsHex);
}

std::string_view LastWord(std::string_view text) { return text.substr(text.rfind(' ') + 1); }

// preempt_model_str(), in the line of the CPU since 6.15.
bool IsPreemptModel(std::string_view word) {
  return word.starts_with("PREEMPT") || word == "VOLUNTARY" || word == "NONE";
}

// "3.10.0 #1 SMP", "(2.6.32 #1)". Kernels before 3.9 (`old`) put the machine's name behind it.
void ParseRelease(std::string_view text, bool old, KernelId& id) {
  text = Trim(text);
  bool bracketed = !text.empty() && text.front() == '(';
  if (bracketed) {
    text.remove_prefix(1);
    size_t close = std::min(text.find(')'), text.size());
    if (old && close < text.size()) id.product = Trim(text.substr(close + 1));
    text = text.substr(0, close);
  }
  id.release = TakeWord(text);
  text = Trim(text);
  if (const std::string_view last = LastWord(text); IsBuildId(last)) {
    id.build_id = last;
    text = TrimRight(text.substr(0, text.size() - last.size()));
  }
  if (const std::string_view model = LastWord(text); IsPreemptModel(model)) {
    id.options = model;
    text = TrimRight(text.substr(0, text.size() - model.size()));
  }
  if (old && !bracketed) {
    size_t number_end = std::min(text.find(' '), text.size());
    constexpr std::string_view kDebian = " Debian ";  // "#1 Debian 3.2.65-1 Dell Inc. ..."
    if (text.substr(number_end).starts_with(kDebian)) {
      number_end = std::min(text.find(' ', number_end + kDebian.size()), text.size());
    }
    id.product = Trim(text.substr(number_end));
    text = text.substr(0, number_end);
  }
  id.version = text;
}

// Position of the first of "Not tainted" and "Tainted: " in the text.
size_t FindTaint(std::string_view text, bool& tainted) {
  size_t clean = text.find("Not tainted");
  size_t dirty = text.find("Tainted: ");
  tainted = dirty < clean;
  return std::min(clean, dirty);
}

struct DistroRow {
  std::string_view mark;       // in the release or, from '#' on, in the version
  std::string_view name;       // "" + digits that follow the mark where it ends in '%'
  bool behind_number = false;  // of the ABI: others call their kernels generic, too
};
constexpr DistroRow kDistros[] = {
    {"uek.", "oracle-uek"},       {".el", "rhel%"},          {".fc", "fedora%"},
    {".amzn", "amazon%"},         {".ky", "kylin%"},         {".EL", "rhel4"},
    {"+deb", "debian%"},          {".oe", "openeuler"},      {"-azure", "ubuntu"},
    {"-generic", "ubuntu", true}, {"-lowlatency", "ubuntu"}, {"-Ubuntu", "ubuntu"},
    {"-default", "suse"},         {"-android", "android"},   {"-arch", "arch"},
    {"-gentoo", "gentoo"},
};

}  // namespace

std::string_view TaintName(char letter, std::string_view release) {
  constexpr char kRandstruct = 'T';  // since 4.17; Red Hat had the letter before
  const bool red_hat = release.find(".el6") != release.npos || release.find(".el7") != release.npos;
  if (letter == kRandstruct && red_hat) return "TECH_PREVIEW";
  for (const auto& [c, name] : kTaints) {
    if (c == letter) return name;
  }
  return {};
}

bool LooksLikeRelease(std::string_view word) {
  Cursor cursor(word);
  for (int part = 0; part < 2; ++part) {
    if (cursor.TakeDigits().empty()) return false;
    if (part == 0 && !cursor.Take('.')) return false;
  }
  return true;
}

namespace {

std::optional<KernelId> ParseTaintAndReleaseOf(std::string_view text, bool old) {
  bool tainted = false;
  size_t at = FindTaint(text, tainted);
  if (at == std::string_view::npos) return std::nullopt;
  KernelId id;
  id.taint_printed = true;
  if (!tainted) {
    ParseRelease(text.substr(at + std::string_view("Not tainted").size()), old, id);
    return id;
  }
  text.remove_prefix(at + std::string_view("Tainted: ").size());
  while (true) {
    std::string_view before = text;
    std::string_view word = TakeWord(text);
    if (word == "VLI") continue;  // i386 until 2.6.24: instructions of variable length
    if (!IsTaintWord(word)) {
      text = before;
      break;
    }
    for (char c : word) {
      if (IsLetter(c)) id.taint_letters.push_back(c);
    }
  }
  ParseRelease(text, old, id);
  return id;
}

// "su 5.14.0-503.35.1.el9_5.x86_64 #1 SMP ...": libcfs_call_trace() of Lustre says nothing of
// taints.
size_t FindReleaseBehindComm(std::string_view text) {
  for (size_t at = text.find(" #"); at != std::string_view::npos; at = text.find(" #", at + 1)) {
    const size_t begin = text.substr(0, at).rfind(' ') + 1;
    if (begin > 0 && LooksLikeRelease(text.substr(begin, at - begin))) return begin;
  }
  return std::string_view::npos;
}

}  // namespace

std::optional<KernelId> ParseTaintAndRelease(std::string_view text) {
  return ParseTaintAndReleaseOf(text, false);
}

KernelId ParseReleaseAlone(std::string_view text) {
  KernelId id;
  ParseRelease(text, false, id);
  return id;
}

std::optional<Who> ParseWho(std::string_view text) {
  Cursor cursor(text);
  Who who;
  cursor.SkipBlanks();
  const bool pid_first = cursor.rest().starts_with("Pid: ");  // until 3.8
  if (cursor.Take("CPU: ") || cursor.Take("CPU #: ") || cursor.Take("CPU ") ||
      cursor.Take("Cpu ")) {
    cursor.SkipBlanks();
    who.cpu = ParseInt32(cursor.TakeDigits());
    if (!who.cpu) return std::nullopt;
    cursor.SkipBlanks();
    if (cursor.Take("UID: ")) {
      cursor.SkipBlanks();
      who.uid = ParseUint32(cursor.TakeDigits(), 10);
      cursor.SkipBlanks();
    }
    if (!cursor.Take("PID: ")) {
      std::string_view rest = Trim(cursor.rest());
      if (rest.empty() || rest == ":") return who;  // "CPU 3" alone, until 2.6.3x
      std::optional<KernelId> id = ParseTaintAndRelease(cursor.rest());  // arm before 3.10
      if (!id) return std::nullopt;
      who.kernel = std::move(*id);
      return who;
    }
    cursor.SkipBlanks();
    who.pid = ParseInt32(cursor.TakeDigits());
    cursor.SkipBlanks();
    if (!who.pid || !cursor.Take("Comm:")) return who;
  } else if (cursor.Take("Pid: ")) {
    who.pid = ParseInt32(cursor.TakeDigits());
    if (cursor.Take(", CPU ")) who.cpu = ParseInt32(cursor.TakeDigits());  // ia64
    if (!who.pid || !cursor.Take(", comm:")) return std::nullopt;
  } else {
    return std::nullopt;
  }
  std::string_view rest = TrimLeft(cursor.rest());
  bool tainted = false;
  size_t end = FindTaint(rest, tainted);
  const bool has_taint = end != std::string_view::npos;
  if (!has_taint) end = FindReleaseBehindComm(rest);
  std::string_view comm = Trim(rest.substr(0, end));
  constexpr std::string_view kKdump = "Kdump: loaded";
  if (comm.ends_with(kKdump)) comm = TrimRight(comm.substr(0, comm.size() - kKdump.size()));
  who.comm = comm;
  if (has_taint) {
    std::optional<KernelId> id = ParseTaintAndReleaseOf(rest.substr(end), pid_first);
    if (id) who.kernel = std::move(*id);
  } else if (end != std::string_view::npos) {
    who.kernel = ParseReleaseAlone(rest.substr(end));
  }
  return who;
}

std::string FindReleaseInProse(std::string_view text) {
  for (size_t at = 0; at < text.size(); ++at) {
    bool word_start = at == 0 || !(IsSymbolChar(text[at - 1]) && text[at - 1] != '-');
    if (!IsDigit(text[at]) || !word_start) continue;
    Cursor cursor(text.substr(at));
    std::string_view major = cursor.TakeDigits();
    bool version = major.size() == 1 && cursor.Take('.') && !cursor.TakeDigits().empty() &&
                   cursor.Take('.') && !cursor.TakeDigits().empty() && cursor.Take('-') &&
                   IsDigit(cursor.Peek());
    if (version) {
      cursor.TakeWhile([](char c) { return IsSymbolChar(c) || c == '-' || c == '+'; });
      std::string release(text.substr(at, cursor.position()));
      // Translators and typesetters put blanks round underscores and behind dots.
      if (release.ends_with(".x86") &&
          (cursor.Take(" _ 64") || cursor.Take(" _64") || cursor.Take("_ 64"))) {
        release += "_64";
      }
      while (!release.empty() && (release.back() == '.' || release.back() == '-'))
        release.pop_back();
      bool suffixed = release.find_first_of("abcdefghijklmnopqrstuvwxyz") != std::string::npos;
      if (suffixed) return release;
    }
    while (at + 1 < text.size() && (IsSymbolChar(text[at + 1]) || text[at + 1] == '-')) ++at;
  }
  return {};
}

std::string DistroOf(std::string_view release, std::string_view version) {
  for (const DistroRow& row : kDistros) {
    std::string_view text = release.find(row.mark) != std::string_view::npos ? release : version;
    size_t at = text.find(row.mark);
    if (at == std::string_view::npos) continue;
    if (row.behind_number && (at == 0 || !IsDigit(text[at - 1]))) continue;
    if (row.name.back() != '%') return std::string(row.name);
    Cursor cursor(text);
    cursor.Seek(at + row.mark.size());
    std::string_view digits = cursor.TakeDigits();
    if (digits.empty()) continue;
    return std::string(row.name.substr(0, row.name.size() - 1)).append(digits);
  }
  if (version.find("Debian") != std::string_view::npos) return "debian";
  return {};
}

}  // namespace oops::grammar
