// What a stream told between its reports, for the records that don't print it themselves.
#ifndef OOPS_LIB_RECORD_CONTEXT_H_
#define OOPS_LIB_RECORD_CONTEXT_H_

#include <string>
#include <string_view>

#include "lib/log/log_line.h"
#include "proto/crash_record.pb.h"

namespace oops::record {

// Of one boot of one host.
struct StreamContext {
  std::string release;
  std::string version;
  std::string package;  // "Debian 2.6.32-48squeeze6", which some versions name instead of a date
  std::string arch;
  std::string host;
  std::string release_hint;  // from prose
};

// "Linux version 5.10.0 (user@host) (gcc ...) #1 SMP ...": `rest` is what stands behind "Linux
// version ".
void ReadBanner(std::string_view rest, StreamContext& context);

// A report's own release is that of the boot's later reports, too, where no banner told it.
void LearnRelease(const CrashRecord& record, StreamContext& context);

// The architecture that a release names: "...x86_64", "-amd64", "-686-pae", "-arm64"; empty where
// it names none.
std::string_view ArchOfRelease(std::string_view release);

}  // namespace oops::record

#endif  // OOPS_LIB_RECORD_CONTEXT_H_
