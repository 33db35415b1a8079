#include "lib/log/prefix_forms.h"

#include <gtest/gtest.h>

#include <string>

#include "lib/log/line_framer.h"

namespace oops::log {
namespace {

TEST(PrefixForms, EveryRowPeelsItsExample) {
  const PrefixFormTable forms = PrefixForms();
  for (int row = 0; row < forms.size; ++row) {
    const PrefixForm& form = forms.rows[row];
    LineFramer framer;
    EXPECT_EQ(framer.Frame(form.example, 1, 0, form.example.size()).text, form.text) << form.name;
  }
}

// A line may be cut anywhere; what is left of it must neither crash nor be read past its end.
TEST(PrefixForms, TakesEveryPartOfEachExample) {
  const PrefixFormTable forms = PrefixForms();
  for (int row = 0; row < forms.size; ++row) {
    const std::string example(forms.rows[row].example);
    for (size_t from = 0; from < example.size(); ++from) {
      for (size_t size = 0; size <= example.size() - from; ++size) {
        const std::string part =
            example.substr(from, size);  // its own allocation, so that overruns are seen
        LineFramer framer;
        // A bad byte becomes U+FFFD, three bytes.
        EXPECT_LE(framer.Frame(part, 1, 0, size).text.size(), 3 * size);
        while (framer.Next()) {
        }
      }
    }
  }
}

}  // namespace
}  // namespace oops::log
