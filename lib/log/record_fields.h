// The fields of a record as journals and JSON logs name them, and how they become a LogLine.
#ifndef OOPS_LIB_LOG_RECORD_FIELDS_H_
#define OOPS_LIB_LOG_RECORD_FIELDS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "lib/log/log_line.h"

namespace oops::log {

enum class Field : uint8_t {
  kNone,
  kText,
  kPiece,     // of a text stream: complete if it ends a line, else the next record goes on
  kPriority,  // a number or a level's name
  kFacility,
  kIdentifier,  // the program: "kernel"
  kTransport,   // journald's _TRANSPORT
  kHost,
  kBootId,
  kCaller,
  kSourceMonotonicUs,
  kMonotonicUs,  // when journald took it; used where the kernel's own stamp is missing
  kWallUs,       // since 1970
  kWallTime,     // as text
  kWrapper,      // an object that holds the others
  kCount,
};

// What a key means, in any of the dialects; kNone for all others.
Field FieldOf(std::string_view key);

// The fields of one record. Values are kept over records to spare allocations.
class RecordFields {
 public:
  void Clear();
  std::string& Value(Field field) { return values_[static_cast<size_t>(field)]; }
  bool Has(Field field) const { return !values_[static_cast<size_t>(field)].empty(); }
  std::string_view Get(Field field) const { return values_[static_cast<size_t>(field)]; }

  // Fills in everything that a LogLine can say. The line's views end with the next Clear().
  void Describe(LogLine& line);

 private:
  std::string values_[static_cast<size_t>(Field::kCount)];
  std::string wall_;
};

}  // namespace oops::log

#endif  // OOPS_LIB_LOG_RECORD_FIELDS_H_
