// Headlines that were wrapped: a line that may be the first part of one, and the next that may be
// its rest.
#include <optional>
#include <string>
#include <string_view>

#include "lib/grammar/body.h"
#include "lib/grammar/chars.h"
#include "lib/grammar/headline.h"
#include "lib/record/assembler.h"
#include "lib/record/words.h"

namespace oops::record {
namespace {

using grammar::Body;
using grammar::Join;

constexpr int kMaxHeadParts = 3;      // lines of a wrapped headline
constexpr size_t kMaxShortPart = 40;  // bytes of a line that may be a middle part of one
constexpr std::string_view kWrappedHead = "the headline was wrapped";

bool IsHeadlineAlone(std::string_view text) {
  std::optional<grammar::HeadlineMatch> match = grammar::MatchHeadline(text);
  return match && match->at_start && match->row->join == Join::kNew &&
         match->row->severity > SEVERITY_INFO;
}

}  // namespace

// True if the line began with the rest of a wrapped headline: `text` is what stands behind it.
bool Assembler::JoinWrapped(std::string_view& text, const log::LogLine& line,
                            const LookBack& look_back) {
  std::string head;
  head.swap(head_);
  std::string_view next = grammar::Trim(text);
  // What begins like a line of its own was not wrapped.
  bool own_line = (line.kernel_prefix && head_prefixed_ && !line.continuation) ||
                  grammar::MatchBody(next).body != Body::kNone || IsStalledCpu(next) ||
                  AreDieOptions(next) || IsHeadlineAlone(next);
  if (line.order != head_line_ + 1 || next.size() > kMaxWrapped || own_line) return false;
  const bool in_path = IsCutInPath(head, next);
  size_t seam = head.size() - (in_path ? 1 : 0);
  std::string joined = head + (in_path ? "" : " ") + std::string(next);
  // A short part may have been broken again, by the next program on its way.
  auto keep = [&] {
    if (next.size() > kMaxShortPart || ++head_parts_ > kMaxHeadParts) return false;
    head_ = joined;
    head_line_ = line.order;
    return true;
  };
  std::optional<grammar::HeadlineMatch> match = grammar::MatchHeadline(joined);
  Event* event = OpenEventFor(line);
  if (head_row_ != nullptr && (!event || event->row() != head_row_)) return false;
  bool longer = match && match->begin < seam && match->end > seam + 1;
  // Only what the first line lacked is a reason to join: a group that takes all of a line takes the
  // next, too.
  bool lacked = head_row_ == nullptr || (match && match->captures.size() > head_captures_) ||
                (OpenBracket(head) != '\0' && OpenBracket(joined) == '\0');
  if (!longer || !lacked) {
    keep();
    return false;
  }
  std::string_view whole = std::string_view(joined).substr(0, match->end);
  log::LogLine begin = line;
  begin.number = head_begin_.number;
  begin.begin = head_begin_.byte;
  if (!line.monotonic_us) begin.monotonic_us = head_begin_.monotonic_us;
  if (head_row_ == nullptr) {
    begin.kernel_prefix = head_prefixed_;
    LookBack before_head = [&, parts = head_parts_](const auto& visit) {
      int own = parts;
      look_back([&](std::string_view raw) { return own-- > 0 || visit(raw); });
    };
    OnHeadline(*match, whole, begin, before_head);
    event = OpenEventFor(line);
    if (event) event->TakeBackMessage(head);
    if (event) event->Touch(line);
  } else if (match->row->kind == head_row_->kind) {
    event->ExtendHeadline(*match, whole, line);
  } else {
    return false;
  }
  if (event) {
    event->AddDamage(DAMAGE_WRAPPED, kWrappedHead, begin);
    event->AddDamage(DAMAGE_WRAPPED, kWrappedHead, line);
  }
  text = grammar::Trim(next.substr(match->end - seam - 1));
  if (text.empty() && keep()) {
    head_row_ = match->row;
    head_captures_ = match->captures.size();
  }
  return true;
}

void Assembler::KeepHead(std::string_view text, const log::LogLine& line) {
  head_ = std::string(grammar::Trim(text));
  head_line_ = line.order;
  head_begin_ = {line.number, line.begin, line.monotonic_us};
  head_prefixed_ = line.kernel_prefix;
  head_row_ = nullptr;
  head_parts_ = 1;
}

}  // namespace oops::record
