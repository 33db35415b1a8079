// The lock validator and lock debugging (kernel/locking/lockdep.c, rtmutex). Titles stood in
// brackets, as INFO or BUG, until 4.10: "[ INFO: inconsistent lock state ]"; since 4.11 they are
// "WARNING: inconsistent lock state".
#include "lib/grammar/headline.h"

namespace oops::grammar {
namespace {

constexpr std::string_view kDeadlock = "possible deadlock in {f}";

// A title in the forms of both eras. {word} is BUG, INFO or WARNING.
#define HEADING R"((?:\[ )?(?P<word>INFO|BUG|WARNING): )"
#define BOTH_ERAS(words) HEADING "(?P<problem>" words ")"
#define DEADLOCK(id, literal, words, by, sample)                                                 \
  {                                                                                              \
    .name = "lockdep-" id, .anchor = literal, .pattern = BOTH_ERAS(words), .kind = KIND_LOCKDEP, \
    .severity = SEVERITY_WARNING, .title = kDeadlock, .printed_by = by,                          \
    .example = "WARNING: " sample                                                                \
  }
#define MISUSE(id, literal, words, titled, by, sample)                                           \
  {                                                                                              \
    .name = "lockdep-" id, .anchor = literal, .pattern = BOTH_ERAS(words), .kind = KIND_LOCKDEP, \
    .severity = SEVERITY_WARNING, .title = "{word}: " titled " in {f}", .printed_by = by,        \
    .example = sample                                                                            \
  }

constexpr Headline kRows[] = {
    DEADLOCK("circular", "possible circular locking",
             "possible circular locking dependency detected",
             "print_circular_bug_header(), since 2.6.18",
             "possible circular locking dependency detected"),
    DEADLOCK("recursive", "possible recursive locking", "possible recursive locking detected",
             "print_deadlock_bug(), since 2.6.18", "possible recursive locking detected"),
    DEADLOCK("irq-order", "-unsafe lock order detected",
             R"([A-Z_]+(?:-READ)?-safe -> [A-Z_]+(?:-READ)?-unsafe lock order detected)",
             "print_bad_irq_dependency(), since 2.6.18",
             "HARDIRQ-safe -> HARDIRQ-unsafe lock order detected"),
    DEADLOCK("irq-inversion", "possible irq lock inversion",
             "possible irq lock inversion dependency detected",
             "print_irq_inversion_bug(), since 2.6.18",
             "possible irq lock inversion dependency detected"),
    DEADLOCK("rtmutex", "circular locking deadlock", "circular locking deadlock detected!",
             "debug_rt_mutex_print_deadlock(), until 5.10", "circular locking deadlock detected!"),
    {.name = "lockdep-inconsistent",
     .anchor = "inconsistent lock state",
     .pattern = BOTH_ERAS("inconsistent lock state"),
     .kind = KIND_LOCKDEP,
     .severity = SEVERITY_WARNING,
     .title = "inconsistent lock state in {f}",
     .printed_by = "print_usage_bug(), since 2.6.18",
     .example = "WARNING: inconsistent lock state"},
    MISUSE("unbalance", "bad unlock balance", "bad unlock balance detected!", "bad unlock balance",
           "print_unlock_imbalance_bug(), since 2.6.18", "[ BUG: bad unlock balance detected! ]"),
    MISUSE("contention", "bad contention detected", "bad contention detected!", "bad contention",
           "print_lock_contention_bug(), since 2.6.23", "WARNING: bad contention detected!"),
    MISUSE("freed", "held lock freed!", "held lock freed!", "held lock freed",
           "print_freed_lock_bug(), since 2.6.18", "WARNING: held lock freed!"),
    MISUSE("user-space", "lock held when returning", "lock held when returning to user space!",
           "lock held when returning to user space", "lockdep_sys_exit(), since 2.6.24",
           "WARNING: lock held when returning to user space!"),
    MISUSE("exit", "lock held at task exit time", "lock held at task exit time!",
           "lock held at task exit time", "print_held_locks_bug(), until 3.10",
           "[ BUG: lock held at task exit time! ]"),
    MISUSE("still-held", "still has locks held",
           R"((?P<comm>[^\n]{1,80}?)/(?P<pid>\d+) still has locks held!)", "still has locks held",
           "print_held_locks_bug(), since 3.9", "WARNING: a.out/412 still has locks held!"),
    MISUSE("nested", "Nested lock was not taken", "Nested lock was not taken",
           "nested lock was not taken", "print_lock_nested_lock_not_held(), since 3.6",
           "WARNING: Nested lock was not taken"),
    MISUSE("chain-key", "chain_key collision", "chain_key collision", "chain_key collision",
           "print_collision(), since 4.6", "WARNING: chain_key collision"),
    {.name = "lockdep-wait-context",
     .anchor = "Invalid wait context",
     .pattern = BOTH_ERAS("Invalid wait context"),
     .kind = KIND_LOCKDEP,
     .severity = SEVERITY_WARNING,
     .title = "WARNING: locking bug in {f}",
     .printed_by = "print_lock_invalid_wait_context(), since 5.8",
     .example = "[ BUG: Invalid wait context ]"},
    {.name = "rcu-suspicious-usage",
     .anchor = "suspicious RCU usage",
     .pattern = HEADING R"(suspicious RCU usage(?:\. \]|\.?\s*$))",
     .kind = KIND_RCU_WARNING,
     .severity = SEVERITY_WARNING,
     .title = "{word}: suspicious RCU usage in {f}",
     .printed_by = "lockdep_rcu_suspicious(), since 3.2",
     .example = "WARNING: suspicious RCU usage"},
    {.name = "rcu-suspicious-dereference",
     .anchor = "suspicious rcu_dereference",
     .pattern = R"(\[ (?P<word>INFO): suspicious rcu_dereference_\w+\(\) usage\. \])",
     .kind = KIND_RCU_WARNING,
     .severity = SEVERITY_WARNING,
     .title = "{word}: suspicious RCU usage in {f}",
     .printed_by = "lockdep_rcu_dereference(), 2.6.34 to 3.1",
     .example = "[ INFO: suspicious rcu_dereference_check() usage. ]"},
    {.name = "lockdep-non-static-key",
     .anchor = "register non-static key",
     .pattern = R"(INFO: trying to register non-static key(?:\.|\s*$))",
     .kind = KIND_LOCKDEP,
     .severity = SEVERITY_WARNING,
     .title = "INFO: trying to register non-static key in {f}",
     .printed_by = "register_lock_class(), assign_lock_key(), since 2.6.18",
     .example = "INFO: trying to register non-static key."},
    {.name = "lockdep-key",
     .anchor = "BUG: key ",
     .pattern = R"(BUG: key (?P<addr>\S+) (?P<what>not in \.data|has not been registered)!)",
     .kind = KIND_LOCKDEP,
     .severity = SEVERITY_WARNING,
     .join = Join::kText,
     .title = "BUG: key ADDR {what}!",
     .printed_by = "lockdep_init_map(), before DEBUG_LOCKS_WARN_ON()",
     .example = "BUG: key ffff88003f4b6a08 has not been registered!"},
    {.name = "lockdep-limit",
     .anchor = " too low!",
     .pattern = R"(BUG: (?P<type>MAX_(?:LOCKDEP_[A-Z_]+|STACK_TRACE_ENTRIES|LOCK_DEPTH)) too low!)",
     .kind = KIND_LOCKDEP,
     .severity = SEVERITY_WARNING,
     .title = "BUG: {type} too low!",
     .printed_by = "print_lockdep_off()",
     .example = "BUG: MAX_LOCKDEP_CHAINS too low!"},
    {.name = "lockdep-subclass",
     .anchor = "up invalid subclass:",
     .pattern = R"(BUG: looking up invalid subclass: \d+)",
     .kind = KIND_LOCKDEP,
     .severity = SEVERITY_WARNING,
     .title = "BUG: looking up invalid subclass in {f}",
     .printed_by = "look_up_lock_class()",
     .example = "BUG: looking up invalid subclass: 9"},
};

#undef MISUSE
#undef DEADLOCK
#undef BOTH_ERAS
#undef HEADING

}  // namespace

std::span<const Headline> LockingHeadlines() { return kRows; }

}  // namespace oops::grammar
