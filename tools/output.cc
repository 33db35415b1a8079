#include "tools/output.h"

#include <unistd.h>

#include <cerrno>
#include <utility>

#include "lib/render/binpb.h"
#include "lib/render/display.h"
#include "lib/render/json.h"
#include "lib/render/markdown.h"
#include "lib/render/textproto.h"

namespace oops::tools {
namespace {

constexpr size_t kMuch = 64 << 10;
constexpr int kPageWidth = 100;

}  // namespace

Output::Output(int fd, Format format, render::TextOptions text, std::function<void()> before_write)
    : fd_(fd), format_(format), text_(text), before_write_(std::move(before_write)) {}

void Output::Put(const CrashRecord& record) {
  file_.Add(record);
  // Between records: an empty line for readers; programs have their own marks.
  const bool gap = anything_ && (format_ == Format::kText || format_ == Format::kMarkdown ||
                                 format_ == Format::kTextproto);
  if (gap) waiting_ += '\n';
  anything_ = true;
  switch (format_) {
    case Format::kText:
      waiting_ += render::ToText(record, text_);
      break;
    case Format::kJson:
      waiting_ += render::ToJson(record);
      break;
    case Format::kTextproto:
      waiting_ += render::ToTextproto(record);
      break;
    case Format::kBinpb:
      render::AppendBinpb(record, waiting_);
      break;
    case Format::kMarkdown:
      waiting_ += render::ToMarkdown(record);
      break;
  }
  if (waiting_.size() >= kMuch) Flush();
}

void Output::PutSummary(const std::string& head, const std::string& summary) {
  std::string indent;
  for (const std::string& line : render::Wrap(head + summary, kPageWidth - 2)) {
    waiting_ += indent + line + "\n";
    indent = "  ";
  }
}

void Output::EndFile(std::string_view name, uint64_t lines) {
  if (format_ == Format::kText) {
    PutSummary(name.empty() ? "" : render::Visible(name) + ": ", file_.Summary(lines));
    anything_ = true;
  }
  all_.Add(std::exchange(file_, {}));
  all_lines_ += lines;
  Flush();
}

void Output::EndAll() {
  if (format_ == Format::kText) PutSummary("in all: ", all_.Summary(all_lines_));
  Flush();
}

void Output::Flush() {
  std::string_view rest = waiting_;
  if (!rest.empty()) before_write_();
  while (!rest.empty() && error_ == 0) {
    const ssize_t count = write(fd_, rest.data(), rest.size());
    if (count >= 0) {
      rest.remove_prefix(static_cast<size_t>(count));
    } else if (errno != EINTR) {
      error_ = errno;
    }
  }
  waiting_.clear();
}

}  // namespace oops::tools
