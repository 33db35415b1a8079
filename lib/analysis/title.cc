#include "lib/analysis/title.h"

#include <algorithm>
#include <string_view>

#include "lib/analysis/function_name.h"
#include "lib/analysis/numberless.h"
#include "lib/analysis/plumbing.h"
#include "lib/analysis/title_forms.h"

namespace oops::analysis {
namespace {

constexpr KindSet kWaits = kLockup | KindSet{KIND_HUNG_TASK};
constexpr std::string_view kFunction = "{f}";
constexpr std::string_view kInFunction = " in {f}";
constexpr std::string_view kNoWords = "kernel panic";  // a crash session's "bt" alone
constexpr std::string_view kAccess = " {access}";

bool IsDamaged(const CrashRecord& record) {
  return std::any_of(record.damage().begin(), record.damage().end(), [&](const Damage& damage) {
    switch (damage.type()) {
      case DAMAGE_TRUNCATED:  // where nothing is left there was no name to lose
        return record.stacks_size() > 0;
      case DAMAGE_INTERLEAVED:
      case DAMAGE_LINES_DROPPED:
      case DAMAGE_MANGLED:
      case DAMAGE_CUT:
        return true;
      default:
        return false;
    }
  });
}

std::string_view AccessWord(Access access) {
  switch (access) {
    case ACCESS_READ:
      return " Read";
    case ACCESS_WRITE:
      return " Write";
    default:
      return {};
  }
}

void Replace(std::string& text, std::string_view what, std::string_view with) {
  const size_t at = text.find(what);
  if (at != text.npos) text.replace(at, what.size(), with);
}

std::string Fill(std::string_view form, const CrashRecord& record, std::string_view function) {
  std::string title(form);
  Replace(title, kAccess, AccessWord(record.fault().access()));
  if (!function.empty()) {
    Replace(title, kFunction, function);
  } else if (IsDamaged(record)) {
    Replace(title, kFunction, "corrupted");
  } else {
    Replace(title, kInFunction, "");
    Replace(title, kFunction, "");
  }
  return title;
}

std::string_view FormOf(const CrashRecord& record) {
  if (const std::string_view form = ReporterForm(record); !form.empty()) return form;
  if (!record.title_form().empty()) return record.title_form();
  return KindForm(record.kind());
}

// kcsan's print_report(): "BUG: KCSAN: data-race in a / b". Which one comes first is chance.
std::string RacePair(const CrashRecord& record) {
  constexpr std::string_view kIn = "data-race in ";
  const std::string_view headline = record.headline();
  const size_t in = headline.find(kIn);
  const size_t slash = headline.find(" / ");
  if (record.kind() != KIND_KCSAN || in == headline.npos || slash == headline.npos || slash < in)
    return {};
  const auto name = [](std::string_view text) {
    return SourceName(text.substr(0, text.find_first_of("+ ")));
  };
  std::string one = name(headline.substr(in + kIn.size()));
  std::string other = name(headline.substr(slash + 3));
  if (other < one) std::swap(one, other);
  return one + " / " + other;
}

class TitleList {
 public:
  void Add(std::string title) {
    if (title.empty()) return;
    if (std::find(titles_.begin(), titles_.end(), title) == titles_.end())
      titles_.push_back(std::move(title));
  }
  Titles Take() {
    Titles titles;
    if (titles_.empty()) return titles;
    titles.title = std::move(titles_.front());
    titles.alternatives.assign(std::make_move_iterator(titles_.begin() + 1),
                               std::make_move_iterator(titles_.end()));
    return titles;
  }

 private:
  std::vector<std::string> titles_;
};

}  // namespace

Titles MakeTitles(const CrashRecord& record, const Guilty& guilty) {
  std::string_view form = FormOf(record);
  TitleList titles;
  if (form.empty()) {
    titles.Add(record.headline().empty() ? std::string(kNoWords) : Numberless(record.headline()));
    return titles.Take();
  }

  std::vector<std::string> names;
  if (std::string pair = RacePair(record); !pair.empty()) {
    names.push_back(std::move(pair));
  } else if (!guilty.handler.empty()) {
    names = TitleNames(guilty.handler, kWaits.Has(record.kind()));
    std::reverse(names.begin(), names.end());
  } else {
    names.emplace_back();
  }

  const std::string title = Fill(form, record, names.front());
  for (const std::string& name : names) titles.Add(Fill(form, record, name));
  if (const std::string_view family = FamilyForm(record.kind(), title);
      !family.empty() && (!names.front().empty() || IsDamaged(record))) {
    for (const std::string& name : names) titles.Add(Fill(family, record, name));
  }
  if (guilty.function != guilty.handler) titles.Add(Fill(form, record, guilty.function));
  for (const std::string& other : record.alt_title_forms())
    titles.Add(Fill(other, record, names.front()));
  // "possible deadlock" without a name is less than lockdep said.
  if (names.front().empty() && record.kind() == KIND_LOCKDEP)
    titles.Add(Numberless(record.headline()));
  return titles.Take();
}

}  // namespace oops::analysis
