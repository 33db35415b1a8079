// Kernel messages of reports, and the forms in which transports write them.
#ifndef OOPS_TESTS_FACADE_SAMPLE_H_
#define OOPS_TESTS_FACADE_SAMPLE_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "lib/oops.h"

namespace oops::facade {

struct Message {
  int64_t us;  // since boot
  int level;
  std::string text;
};
using Messages = std::vector<Message>;

// A line of `text` is a message; the first one at `us`, each a microsecond after the one before.
Messages Split(std::string_view text, int64_t us, int level = 4);

// Reports of one machine with a 5.10 kernel.
std::string NullDereference(int oops_count);
std::string HungTask();  // shows no architecture

// A log with a boot banner, some chatter, and three reports: a hung task, an oops and another one.
Messages Log();

// "[   12.345678] text"
std::string AsDmesg(const Messages& messages);
// journalctl -o json
std::string AsJournal(const Messages& messages);
// journalctl -o export
std::string AsExport(const Messages& messages);
// dmesg -J
std::string AsDmesgJson(const Messages& messages);
// cat /dev/kmsg
std::string AsKmsg(const Messages& messages);
// Parts as they sort in /sys/fs/pstore: the end comes first. Each begins between reports.
std::string AsPstore(const Messages& messages);

// A line for each record: kind, title, role, functions.
std::string Summary(const std::vector<CrashRecord>& records);

}  // namespace oops::facade

#endif  // OOPS_TESTS_FACADE_SAMPLE_H_
