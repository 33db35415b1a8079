#include "lib/analysis/title_forms.h"

#include <array>
#include <string>

#include "lib/analysis/function_name.h"
#include "lib/analysis/kind_set.h"

namespace oops::analysis {
namespace {

struct Reporter {
  KindSet kinds;
  std::string_view function;  // begin of the source name of the reporting function; empty: any
  std::string_view file;      // part of the path that the report names; empty: any
  std::string_view form;
};

constexpr KindSet kWarning = {KIND_WARNING};

constexpr std::array<Reporter, 13> kReporters = {{
    {kWarning, "kmalloc_slab", "", "WARNING: kmalloc bug in {f}"},
    {kWarning, "kvmalloc_node", "", "WARNING: kmalloc bug in {f}"},
    {kWarning, "__kvmalloc_node", "", "WARNING: kmalloc bug in {f}"},
    {kWarning, "kobject_", "", "WARNING: kobject bug in {f}"},
    {kWarning, "__vmalloc_node_range", "", "WARNING: zero-size vmalloc in {f}"},
    {kWarning, "debug_print_object", "", "WARNING: ODEBUG bug in {f}"},
    {kWarning, "proc_register", "", "WARNING: proc registration bug in {f}"},
    {kWarning, "usb_submit_urb", "", "WARNING in {f}/usb_submit_urb"},
    {kWarning, "", "kernel/locking/lockdep.c", "WARNING: locking bug in {f}"},
    {kWarning, "", "lib/refcount.c", "WARNING: refcount bug in {f}"},
    {{KIND_REFCOUNT}, "", "", "WARNING: refcount bug in {f}"},
    {{KIND_KERNEL_BUG, KIND_WARNING}, "__list_", "lib/list_debug.c", "BUG: corrupted list in {f}"},
    {{KIND_LIST_CORRUPTION}, "", "", "BUG: corrupted list in {f}"},
}};

struct KindRow {
  Kind kind;
  std::string_view form;
};

constexpr std::array kKinds = {
    KindRow{KIND_NULL_DEREF, "BUG: unable to handle kernel NULL pointer dereference in {f}"},
    KindRow{KIND_PAGE_FAULT, "BUG: unable to handle kernel paging request in {f}"},
    KindRow{KIND_GPF, "general protection fault in {f}"},
    KindRow{KIND_KERNEL_BUG, "kernel BUG in {f}"},
    KindRow{KIND_INVALID_OPCODE, "invalid opcode in {f}"},
    KindRow{KIND_DIVIDE_ERROR, "divide error in {f}"},
    KindRow{KIND_DOUBLE_FAULT, "PANIC: double fault in {f}"},
    KindRow{KIND_STACK_OVERFLOW, "kernel stack overflow in {f}"},
    KindRow{KIND_STACK_PROTECTOR, "kernel panic: stack is corrupted in {f}"},
    KindRow{KIND_WARNING, "WARNING in {f}"},
    KindRow{KIND_SCHEDULING_WHILE_ATOMIC, "BUG: scheduling while atomic in {f}"},
    KindRow{KIND_SLEEPING_IN_ATOMIC, "BUG: sleeping function called from invalid context in {f}"},
    KindRow{KIND_BAD_PAGE, "BUG: Bad page state in {f}"},
    KindRow{KIND_SOFT_LOCKUP, "BUG: soft lockup in {f}"},
    KindRow{KIND_HARD_LOCKUP, "BUG: hard lockup in {f}"},
    KindRow{KIND_HUNG_TASK, "INFO: task hung in {f}"},
    KindRow{KIND_RCU_STALL, "INFO: rcu detected stall in {f}"},
    KindRow{KIND_WORKQUEUE_LOCKUP, "BUG: workqueue lockup"},
    KindRow{KIND_SPINLOCK_LOCKUP, "BUG: spinlock lockup suspected in {f}"},
    KindRow{KIND_KASAN, "KASAN: bad access {access} in {f}"},
    KindRow{KIND_KFENCE, "KFENCE: bad access in {f}"},
    KindRow{KIND_KMSAN, "KMSAN: uninit-value in {f}"},
    KindRow{KIND_KCSAN, "KCSAN: data-race in {f}"},
    KindRow{KIND_UBSAN, "UBSAN: undefined-behaviour in {f}"},
    KindRow{KIND_MEMORY_LEAK, "memory leak in {f}"},
    KindRow{KIND_LOCKDEP, "possible deadlock in {f}"},
    KindRow{KIND_RCU_WARNING, "WARNING: suspicious RCU usage in {f}"},
    KindRow{KIND_OOM_KILL, "Out of memory"},
    KindRow{KIND_PAGE_ALLOC_FAILURE, "page allocation failure in {f}"},
    KindRow{KIND_USERCOPY, "BUG: bad usercopy in {f}"},
    KindRow{KIND_FORTIFY, "kernel BUG in {f}"},
    KindRow{KIND_NETDEV_WATCHDOG, "WARNING in {f}"},
    KindRow{KIND_ALIGNMENT, "Alignment trap in {f}"},
    KindRow{KIND_IRQ_NOBODY_CARED, "irq: nobody cared in {f}"},
    KindRow{KIND_CFI, "CFI failure in {f}"},
    KindRow{KIND_BACKTRACE, "backtrace in {f}"},
    KindRow{KIND_OOPS_OTHER, "Internal error in {f}"},
};

struct Family {
  std::string_view title;  // begin of the titles that belong to it
  std::string_view form;
};

// The first row that fits counts.
constexpr std::array<Family, 17> kFamilies = {{
    {"KASAN: invalid-free", "invalid-free in {f}"},
    {"KASAN: double-free", "invalid-free in {f}"},
    {"KASAN: ", "bad-access in {f}"},
    {"KFENCE: memory corruption", ""},
    {"KFENCE: invalid free", "invalid-free in {f}"},
    {"KFENCE: ", "bad-access in {f}"},
    {"KMSAN: ", "bad-access in {f}"},
    {"UBSAN: array-index-out-of-bounds", "bad-access in {f}"},
    {"BUG: unable to handle kernel", "bad-access in {f}"},
    {"BUG: corrupted list", "bad-access in {f}"},
    {"general protection fault", "bad-access in {f}"},
    {"Unhandled fault", "bad-access in {f}"},
    {"Internal error", "bad-access in {f}"},
    {"INFO: rcu detected stall", "stall in {f}"},
    {"BUG: soft lockup", "stall in {f}"},
    {"BUG: hard lockup", "stall in {f}"},
    {"INFO: task hung", "hang in {f}"},
}};

// Titles of an overflow begin in many ways; its kind is what they have in common.
constexpr std::string_view kOverflowForm = "stack-overflow in {f}";

bool StartsWith(std::string_view text, std::string_view prefix) {
  return text.substr(0, prefix.size()) == prefix;
}

}  // namespace

std::string_view ReporterForm(const CrashRecord& record) {
  const std::string function = SourceName(record.ip().function());
  for (const Reporter& reporter : kReporters) {
    if (!reporter.kinds.Has(record.kind()) || !StartsWith(function, reporter.function)) continue;
    if (record.file().find(reporter.file) == std::string::npos &&
        record.ip().file().find(reporter.file) == std::string::npos) {
      continue;
    }
    return reporter.form;
  }
  return {};
}

std::string_view KindForm(Kind kind) {
  for (const KindRow& row : kKinds) {
    if (row.kind == kind) return row.form;
  }
  return {};
}

std::string_view FamilyForm(Kind kind, std::string_view title) {
  if (kind == KIND_STACK_OVERFLOW) return kOverflowForm;
  for (const Family& family : kFamilies) {
    if (StartsWith(title, family.title)) return family.form;
  }
  return {};
}

}  // namespace oops::analysis
