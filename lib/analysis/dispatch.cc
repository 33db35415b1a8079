#include "lib/analysis/dispatch.h"

#include <array>

#include "lib/analysis/name_patterns.h"

namespace oops::analysis {
namespace {

struct DispatcherGroup {
  std::string_view to;         // what they call
  std::string_view functions;  // patterns, see name_patterns.h
};

constexpr std::string_view kCallbacks = "callbacks";

constexpr std::array kGroups = {
    DispatcherGroup{
        "system calls",
        "do_syscall_* do_fast_syscall_32 do_int80_syscall_32 __do_fast_syscall_32 do_syscall "
        "entry_* x64_sys_call ia32_sys_call system_call* sysenter_* tracesys* ia32_sys* cstar_* "
        "invoke_syscall el0_svc* do_el0_svc ret_fast_syscall ret_slow_syscall __sys_trace_return "
        "do_trap_ecall_u __do_syscall handle_syscall syscall_common"},
    // These multiplex; below them stands the file's or the socket's own operation.
    DispatcherGroup{
        "file operations",
        "__vfs_read __vfs_write vfs_read vfs_write new_sync_read new_sync_write call_read_iter "
        "call_write_iter do_iter_read do_iter_write do_iter_readv_writev do_loop_readv_writev "
        "vfs_readv vfs_writev do_readv do_writev ksys_read ksys_write *sys_read *sys_write "
        "*sys_pread64 *sys_pwrite64 *sys_readv *sys_writev do_dentry_open __fput vfs_ioctl "
        "do_vfs_ioctl ksys_ioctl *sys_ioctl *SyS_ioctl *compat_ioctl blkdev_driver_ioctl "
        "blkdev_ioctl *SyS_read *SyS_write *SyS_pread64 *SyS_pwrite64 *SyS_readv *SyS_writev "
        "mmap_region __mmap_region call_mmap vfs_fsync_range vfs_fallocate iterate_dir vfs_poll "
        "do_splice_to do_splice_from vfs_splice_read splice_direct_to_actor direct_splice_actor "
        "notify_change mount_fs legacy_get_tree vfs_get_tree "
        "vfs_iter_read vfs_iter_write io_issue_sqe proc_reg_read* proc_reg_write proc_reg_ioctl "
        "proc_reg_unlocked_ioctl full_proxy_read full_proxy_write kernfs_fop_read* "
        "kernfs_fop_write* sysfs_kf_write sysfs_kf_seq_show dev_attr_store dev_attr_show"},
    DispatcherGroup{
        "protocols",
        "sock_sendmsg* __sock_sendmsg sock_recvmsg* sock_ioctl sock_do_ioctl "
        "sock_common_setsockopt sock_common_getsockopt __sys_setsockopt __sys_getsockopt "
        "do_sock_setsockopt do_sock_getsockopt *sys_setsockopt *sys_getsockopt *SyS_setsockopt "
        "*SyS_getsockopt rtnetlink_rcv_msg nfnetlink_rcv_msg __netif_receive_skb "
        "__netif_receive_skb_core __netif_receive_skb_one_core __netif_receive_skb_list_core "
        "__napi_poll napi_poll net_rx_action"},
    DispatcherGroup{
        kCallbacks,
        "process_one_work process_scheduled_works worker_thread kthread kthread_worker_fn "
        "task_work_run call_timer_fn expire_timers __run_timers __run_timer_base run_timer_base "
        "run_timer_softirq hrtimer_run_softirq __do_softirq "
        "handle_softirqs run_ksoftirqd smpboot_thread_fn irq_thread do_one_initcall "
        "cpuhp_invoke_callback ret_from_fork* ret_from_kernel_thread kernel_thread* "
        "start_secondary cpu_startup_entry generic_shutdown_super tasklet_action_common "
        "tasklet_action tasklet_hi_action"},
};

// List 0 holds all dispatchers, list 1 those of callbacks.
uint64_t Lists(std::string_view function) {
  static const NamePatterns& patterns = *[] {
    auto* made = new NamePatterns;
    for (const DispatcherGroup& group : kGroups) {
      made->Add(0, group.functions);
      if (group.to == kCallbacks) made->Add(1, group.functions);
    }
    return made;
  }();
  return patterns.Lists(function);
}

}  // namespace

bool IsDispatcher(std::string_view function) { return Lists(function) != 0; }

bool RunsCallbacks(std::string_view function) { return (Lists(function) & 2) != 0; }

}  // namespace oops::analysis
