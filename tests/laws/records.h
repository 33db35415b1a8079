// Parses logs in every manner, and compares what comes out.
#ifndef OOPS_TESTS_LAWS_RECORDS_H_
#define OOPS_TESTS_LAWS_RECORDS_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "lib/log/detect.h"
#include "lib/oops.h"

namespace oops::laws {

using Records = std::vector<CrashRecord>;

// Tests do a share of their work under sanitizers, which make it many times slower.
#if defined(__SANITIZE_ADDRESS__)
inline constexpr size_t kSparing = 16;
#else
inline constexpr size_t kSparing = 1;
#endif

// The records of a log that arrives in pieces; `next` says how long the next one is (at least 1).
Records ParseInPieces(std::string_view log, const std::function<size_t()>& next);

// The same with each piece scanned before any is parsed, as threads do it.
Records ParseScannedPieces(std::string_view log, const std::function<size_t()>& next);

// The records of a log that arrives as a transport's records: what the transport knows of each line
// apart from the kernel's words, and without lines that aren't the kernel's.
Records ParseAsRecords(std::string_view log);

// Whether the record's first line shows that it went through a transport. Others may have been
// typed.
bool CameThroughTransport(std::string_view log, const CrashRecord& record);

// Each record as bytes: equal if all that they say is equal.
std::vector<std::string> Bytes(const Records& records);

// The record without its places in the stream.
CrashRecord WithoutPlaces(CrashRecord record);

log::Container ContainerOf(std::string_view log);

// Whether the log is lines of text, and not records in a container: JSON, a journal's export, parts
// of pstore.
bool IsText(std::string_view log);

// What differs between the two, for a person to read; empty if nothing does.
std::string Difference(const Records& expected, const Records& found);

// Lines of all logs of the corpus in an order by chance, in short runs; some cut, some glued to the
// next.
std::string ShuffledLines(uint32_t seed, size_t lines);

// A line for each record: kind, title, and the functions of its stacks.
std::string Summary(const Records& records);
std::string Summary(const CrashRecord& record);

}  // namespace oops::laws

#endif  // OOPS_TESTS_LAWS_RECORDS_H_
