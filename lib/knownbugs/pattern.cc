#include "lib/knownbugs/pattern.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include "absl/status/status.h"

namespace oops::knownbugs {
namespace {

re2::StringPiece Piece(std::string_view text) { return {text.data(), text.size()}; }

absl::StatusOr<std::unique_ptr<RE2>> CompileExpression(const std::string& text) {
  RE2::Options options;
  options.set_log_errors(false);
  auto expression = std::make_unique<RE2>(text, options);
  if (!expression->ok()) {
    return absl::InvalidArgumentError("bad pattern '" + text + "': " + expression->error());
  }
  return expression;
}

// Compiles each of `texts` into `compiled`.
template <typename Texts>
absl::Status CompileAll(const Texts& texts, std::vector<std::unique_ptr<RE2>>& compiled) {
  for (const std::string& text : texts) {
    auto expression = CompileExpression(text);
    if (!expression.ok()) return expression.status();
    compiled.push_back(*std::move(expression));
  }
  return absl::OkStatus();
}

template <typename Texts>
absl::Status CompileAll(const Texts& texts, std::vector<NamePattern>& compiled) {
  for (const std::string& text : texts) {
    auto name = NamePattern::Compile(text);
    if (!name.ok()) return name.status();
    compiled.push_back(*std::move(name));
  }
  return absl::OkStatus();
}

bool AnyContained(const std::vector<std::unique_ptr<RE2>>& expressions, std::string_view text) {
  return std::any_of(expressions.begin(), expressions.end(), [text](const auto& expression) {
    return RE2::PartialMatch(Piece(text), *expression);
  });
}

std::string Join(const std::vector<std::string_view>& names) {
  std::string text;
  for (const std::string_view name : names) {
    if (!text.empty()) text += ", ";
    text += name;
  }
  return text;
}

std::string Describe(const CodeLocation& place) {
  std::string text = place.function();
  const auto hex = [](uint32_t value) {
    std::array<char, 16> digits;
    std::snprintf(digits.data(), digits.size(), "0x%x", value);
    return std::string(digits.data());
  };
  if (place.has_offset()) text += "+" + hex(place.offset());
  if (place.has_size()) text += "/" + hex(place.size());
  return text;
}

bool IsNameCharacter(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '$' || c == '*';
}

struct PartPrefix {
  std::string_view prefix;
  Part part;
};
constexpr PartPrefix kPartPrefixes[] = {
    {"irq:", Part::kIrq}, {"task:", Part::kTask}, {"nmi:", Part::kNmi}};

}  // namespace

absl::StatusOr<NamePattern> NamePattern::Compile(std::string_view text) {
  const auto bad = [text](const char* why) {
    return absl::InvalidArgumentError("bad name '" + std::string(text) + "': " + why);
  };
  NamePattern pattern;
  std::string_view rest = text;
  while (true) {
    const size_t bar = rest.find('|');
    const std::string_view name = rest.substr(0, bar);
    if (name.empty()) return bad("empty");
    if (!std::all_of(name.begin(), name.end(), IsNameCharacter)) return bad("strange character");
    const size_t star = name.find('*');
    if (star != name.rfind('*')) return bad("more than one '*'");
    Alternative& alternative = pattern.alternatives_.emplace_back();
    alternative.prefix = name.substr(0, star);
    alternative.is_glob = star != std::string_view::npos;
    if (alternative.is_glob) alternative.suffix = name.substr(star + 1);
    if (bar == std::string_view::npos) return pattern;
    rest.remove_prefix(bar + 1);
  }
}

bool NamePattern::Matches(std::string_view function) const {
  return std::any_of(alternatives_.begin(), alternatives_.end(), [function](const Alternative& a) {
    if (!a.is_glob) return function == a.prefix;
    return function.size() >= a.prefix.size() + a.suffix.size() && function.starts_with(a.prefix) &&
           function.ends_with(a.suffix);
  });
}

std::vector<std::string> NamePattern::ExactNames() const {
  std::vector<std::string> names;
  for (const Alternative& alternative : alternatives_) {
    if (alternative.is_glob) return {};
    names.push_back(alternative.prefix);
  }
  return names;
}

absl::StatusOr<CompiledStack> CompiledStack::Compile(const StackPattern& pattern) {
  CompiledStack compiled;
  for (std::string_view text : pattern.in_order()) {
    std::optional<Part> part;
    for (const PartPrefix& known : kPartPrefixes) {
      if (!text.starts_with(known.prefix)) continue;
      part = known.part;
      text.remove_prefix(known.prefix.size());
    }
    auto name = NamePattern::Compile(text);
    if (!name.ok()) return name.status();
    compiled.in_order_.push_back({part, *std::move(name)});
  }
  if (auto status = CompileAll(pattern.anywhere(), compiled.anywhere_); !status.ok()) return status;
  if (auto status = CompileAll(pattern.any_of(), compiled.any_of_); !status.ok()) return status;
  if (auto status = CompileAll(pattern.none_of(), compiled.none_of_); !status.ok()) return status;
  compiled.unreliable_too_ = pattern.unreliable_too();
  compiled.own_ = !pattern.others_only();
  compiled.others_ = pattern.others_too() || pattern.others_only();
  return compiled;
}

bool CompiledStack::Sees(const Trace& trace, const FrameView& frame) const {
  return (trace.own ? own_ : others_) && (frame.reliable || unreliable_too_);
}

// The frames that the steps fall on, each on the first that it can; empty if they don't all find
// one.
std::vector<std::string_view> CompiledStack::Follow(const Trace& trace) const {
  std::vector<std::string_view> found;
  for (const FrameView& frame : trace.frames) {
    if (found.size() == in_order_.size()) break;
    const Step& step = in_order_[found.size()];
    if (Sees(trace, frame) && (!step.part || *step.part == frame.part) &&
        step.name.Matches(frame.function)) {
      found.push_back(frame.function);
    }
  }
  if (found.size() != in_order_.size()) found.clear();
  return found;
}

std::string_view CompiledStack::FindAnywhere(const RecordView& view,
                                             const NamePattern& name) const {
  for (const Trace& trace : view.traces) {
    for (const FrameView& frame : trace.frames) {
      if (Sees(trace, frame) && name.Matches(frame.function)) return frame.function;
    }
  }
  return {};
}

bool CompiledStack::Matches(const RecordView& view, Evidence& evidence) const {
  for (const NamePattern& name : none_of_) {
    if (!FindAnywhere(view, name).empty()) return false;
  }
  if (!in_order_.empty()) {
    std::vector<std::string_view> found;
    const Trace* where = nullptr;
    for (const Trace& trace : view.traces) {
      found = Follow(trace);
      where = &trace;
      if (!found.empty()) break;
    }
    if (found.empty()) return false;
    const std::string owner = where->own ? "" : " of " + where->who;
    evidence.sentences.push_back(
        (found.size() > 1 ? "in this order in the trace" : "in the trace") + owner + ": " +
        Join(found));
  }
  std::vector<std::string_view> found;
  for (const NamePattern& name : anywhere_) {
    found.push_back(FindAnywhere(view, name));
    if (found.back().empty()) return false;
  }
  for (const NamePattern& name : any_of_) {
    const std::string_view function = FindAnywhere(view, name);
    if (!function.empty()) found.push_back(function);
  }
  if (!any_of_.empty() && found.size() == anywhere_.size()) return false;
  if (!found.empty()) evidence.sentences.push_back("in the trace: " + Join(found));
  return true;
}

std::vector<std::vector<std::string>> CompiledStack::RequiredNames() const {
  std::vector<std::vector<std::string>> required;
  for (const Step& step : in_order_) required.push_back(step.name.ExactNames());
  for (const NamePattern& name : anywhere_) required.push_back(name.ExactNames());
  std::erase_if(required, [](const auto& names) { return names.empty(); });
  return required;
}

absl::StatusOr<CompiledSite> CompiledSite::Compile(const SitePattern& pattern) {
  CompiledSite compiled;
  for (const std::string& text : pattern.function()) {
    if (text.empty()) {
      compiled.place_may_be_unknown_ = true;
      continue;
    }
    auto name = NamePattern::Compile(text);
    if (!name.ok()) return name.status();
    compiled.function_.push_back(*std::move(name));
  }
  for (const CodePattern& code : pattern.code()) {
    auto bytes = CompileExpression("(" + code.bytes() + ")");
    if (!bytes.ok()) return bytes.status();
    compiled.code_.push_back({*std::move(bytes), code.what(), code.arch(), code.weight()});
  }
  auto status = CompileAll(pattern.headline(), compiled.headline_);
  if (status.ok()) status = CompileAll(pattern.fault_address(), compiled.fault_address_);
  if (status.ok()) status = CompileAll(pattern.text(), compiled.text_);
  if (!status.ok()) return status;
  compiled.arch_ = pattern.arch();
  return compiled;
}

bool CompiledSite::MatchesFunction(const RecordView& view, Evidence& evidence) const {
  const std::string_view place = BareFunctionName(view.record.ip().function());
  if (place.empty()) return function_.empty() || place_may_be_unknown_;
  if (function_.empty()) return !place_may_be_unknown_;
  const bool fits = std::any_of(function_.begin(), function_.end(),
                                [place](const NamePattern& name) { return name.Matches(place); });
  if (fits) evidence.sentences.push_back("at " + Describe(view.record.ip()));
  return fits;
}

bool CompiledSite::MatchesCode(const RecordView& view, Evidence& evidence) const {
  if (view.code.empty()) return true;
  bool speaks = false;
  for (const Code& code : code_) {
    if (code.arch != view.record.arch()) continue;
    speaks = true;
    re2::StringPiece rest(view.code);
    re2::StringPiece match;
    while (RE2::FindAndConsume(&rest, *code.bytes, &match) && !match.empty()) {
      const size_t begin = static_cast<size_t>(match.data() - view.code.data());
      if (begin <= view.trap && view.trap < begin + match.size()) {
        evidence.sentences.push_back("the code at the trapping instruction is " + code.what);
        evidence.doubt *= 1 - code.weight;
        return true;
      }
      // The next match may overlap this one; patterns begin on a byte, three characters from the
      // last.
      rest = Piece(std::string_view(view.code).substr(begin + 3));
    }
  }
  return !speaks;
}

bool CompiledSite::Matches(const RecordView& view, Evidence& evidence) const {
  const CrashRecord& record = view.record;
  if (!arch_.empty() && !record.arch().empty() && record.arch() != arch_) return false;
  if (!headline_.empty() && !AnyContained(headline_, record.headline())) return false;
  if (!MatchesFunction(view, evidence) || !MatchesCode(view, evidence)) return false;
  const std::string& address = record.fault().address();
  if (!fault_address_.empty() && !address.empty()) {
    if (!AnyContained(fault_address_, address)) return false;
    evidence.sentences.push_back("fault address " + address);
  }
  for (const auto& expression : text_) {
    const auto fact = std::find_if(
        view.facts().begin(), view.facts().end(),
        [&expression](const std::string& text) { return RE2::PartialMatch(text, *expression); });
    if (fact == view.facts().end()) return false;
    evidence.sentences.push_back(*fact);
  }
  return true;
}

std::vector<std::vector<std::string>> CompiledSite::RequiredNames() const {
  std::vector<std::string> names;
  if (place_may_be_unknown_) return {};
  for (const NamePattern& name : function_) {
    const std::vector<std::string> exact = name.ExactNames();
    if (exact.empty()) return {};
    names.insert(names.end(), exact.begin(), exact.end());
  }
  if (names.empty()) return {};
  return {names};
}

}  // namespace oops::knownbugs
