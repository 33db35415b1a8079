#include "lib/analysis/dispatch.h"

#include <algorithm>
#include <array>

#include "lib/analysis/name_patterns.h"

namespace oops::analysis {
namespace {

enum Role : unsigned {
  kHandsOver = 1,  // its callee is the operation under way
  kEndsKey = 2,    // what stands below it was there by chance
  kPassesOn = 4,   // stands on the way of many bugs, and tells none of them from another
};

struct DispatcherGroup {
  std::string_view to;  // what they call
  unsigned roles;
  std::string_view functions;  // patterns, see name_patterns.h
};

constexpr std::array kGroups = {
    DispatcherGroup{
        "system calls", kHandsOver,
        "do_syscall_* do_fast_syscall_32 do_int80_syscall_32 __do_fast_syscall_32 do_syscall "
        "entry_* x64_sys_call system_call* sysenter_* tracesys* ia32_sys* cstar_* invoke_syscall "
        "el0_svc* do_el0_svc ret_fast_syscall ret_slow_syscall __sys_trace_return do_trap_ecall_u "
        "__do_syscall handle_syscall syscall_common"},
    // These multiplex; below them stands the file's or the socket's own operation.
    DispatcherGroup{
        "file operations", kHandsOver,
        "__do_fault __vfs_read __vfs_write vfs_read vfs_write new_sync_read new_sync_write "
        "call_read_iter call_write_iter do_iter_read do_iter_write do_iter_readv_writev "
        "do_loop_readv_writev vfs_readv vfs_writev do_readv do_writev *sys_read *sys_write "
        "*sys_pread64 *sys_pwrite64 *sys_readv *sys_writev do_dentry_open __fput vfs_ioctl "
        "do_vfs_ioctl *sys_ioctl *SyS_ioctl *compat_ioctl blkdev_driver_ioctl blkdev_ioctl "
        "*SyS_read *SyS_write *SyS_pread64 *SyS_pwrite64 *SyS_readv *SyS_writev mmap_region "
        "__mmap_region call_mmap vfs_fsync_range vfs_fallocate iterate_dir vfs_poll do_splice_to "
        "do_splice_from vfs_splice_read splice_direct_to_actor direct_splice_actor notify_change "
        "mount_fs legacy_get_tree vfs_get_tree vfs_iter_read vfs_iter_write vfs_iocb_iter_read "
        "vfs_iocb_iter_write __kernel_read __kernel_write __kernel_write_iter vfs_llseek mmap_file "
        "vfs_mmap __mmap_new_file_vma do_splice_read io_issue_sqe __io_issue_sqe "
        "proc_reg_read* proc_reg_write proc_reg_ioctl proc_reg_unlocked_ioctl full_proxy_read "
        "full_proxy_write kernfs_fop_read* kernfs_fop_write* sysfs_kf_write sysfs_kf_seq_show "
        "dev_attr_store dev_attr_show"},
    DispatcherGroup{
        "protocols", kHandsOver,
        "sock_sendmsg* __sock_sendmsg sock_recvmsg* sock_ioctl sock_do_ioctl "
        "sock_common_setsockopt sock_common_getsockopt do_sock_setsockopt do_sock_getsockopt "
        "*sys_setsockopt *sys_getsockopt *SyS_setsockopt *SyS_getsockopt rtnetlink_rcv_msg "
        "nfnetlink_rcv_msg __netif_receive_skb __netif_receive_skb_core "
        "__netif_receive_skb_one_core __netif_receive_skb_list_core __napi_poll napi_poll "
        "net_rx_action"},
    DispatcherGroup{
        "callbacks", kHandsOver | kEndsKey,
        "process_one_work process_scheduled_works worker_thread kthread kthread_worker_fn "
        "task_work_run call_timer_fn expire_timers __run_timers __run_timer_base run_timer_base "
        "run_timer_softirq hrtimer_run_softirq __do_softirq handle_softirqs run_ksoftirqd "
        "smpboot_thread_fn irq_thread do_one_initcall cpuhp_invoke_callback ret_from_fork* "
        "ret_from_kernel_thread kernel_thread* start_secondary cpu_startup_entry "
        "generic_shutdown_super tasklet_action_common tasklet_action tasklet_hi_action"},
    // A stall in them is known by their own names.
    DispatcherGroup{
        "interrupt handlers and deferred work", kEndsKey,
        "__handle_irq_event_percpu handle_irq_event* irq_thread_fn irq_forced_thread_fn "
        "rcu_do_batch rcu_core rcu_core_si rcu_process_callbacks __rcu_process_callbacks "
        "rcu_cpu_kthread rcu_nocb_kthread rcu_nocb_cb_kthread nocb_cb_wait srcu_invoke_callbacks "
        "timer_expire_remote tmigr_handle_remote* run_timer_base_remote __tasklet_action "
        "__tasklet_hi_action workqueue_softirq_action bh_worker rescuer_thread cpu_stopper_thread "
        "multi_cpu_stop"},
    DispatcherGroup{
        "whatever is opened or closed", kPassesOn,
        "vfs_open do_open do_last path_openat do_filp_open finish_open chrdev_open misc_open "
        "blkdev_open filp_open filp_close filp_flush ____fput fput __fput_sync __close_fd close_fd "
        "close_files put_files_struct exit_files *sys_open *sys_openat *sys_openat2 *sys_creat "
        "*sys_close *SyS_open *SyS_openat *SyS_close sock_close __sock_release sock_release "
        "do_group_exit get_signal do_signal arch_do_signal* *sys_exit_group *SyS_exit_group"},
    DispatcherGroup{
        "whatever is read as a file", kPassesOn,
        "seq_read seq_read_iter traverse kernfs_seq_show kernfs_seq_start kernfs_fop_open "
        "kernfs_file_* sysfs_kf_read sysfs_kf_bin_* sysfs_read_file sysfs_write_file "
        "sysfs_open_file fill_read_buffer* flush_write_buffer* proc_single_show proc_reg_open "
        "proc_reg_release proc_reg_poll proc_reg_llseek proc_reg_mmap proc_reg_get_unmapped_area"},
    DispatcherGroup{
        "whatever drives a device", kPassesOn,
        "really_probe driver_probe_device __driver_probe_device call_driver_probe __device_attach* "
        "device_attach __driver_attach* driver_attach device_initial_probe bus_probe_device "
        "bus_for_each_* bus_add_driver driver_register device_release_driver* "
        "__device_release_driver driver_detach bus_remove_driver driver_unregister "
        "usb_probe_interface usb_probe_device usb_unbind_interface usb_unbind_device "
        "usb_disable_device usb_disconnect usb_set_configuration usb_generic_driver_probe "
        "generic_probe usb_new_device hub_port_connect hub_port_connect_change port_event "
        "hub_event bus_remove_device pci_device_probe pci_call_probe local_pci_probe "
        "pci_device_remove platform_probe platform_drv_probe platform_remove platform_drv_remove "
        "i2c_device_probe i2c_device_remove spi_probe spi_drv_probe virtio_dev_probe "
        "virtio_dev_remove hid_device_probe hid_device_remove sdio_bus_probe amba_probe "
        "device_shutdown i2c_register_driver __pci_register_driver __platform_driver_register "
        "usb_register_driver __hid_register_driver spi_register_driver"},
    DispatcherGroup{"whatever is in a module", kPassesOn,
                    "do_init_module load_module *finit_module *sys_init_module *SyS_init_module "
                    "*sys_delete_module *SyS_delete_module init_module_from_file "
                    "idempotent_init_module free_module"},
    DispatcherGroup{
        "whatever a socket carries", kPassesOn,
        "netlink_sendmsg netlink_rcv_skb netlink_unicast netlink_unicast_kernel genl_rcv "
        "genl_rcv_msg genl_family_rcv_msg* nfnetlink_rcv nfnetlink_rcv_batch rtnetlink_rcv "
        "do_recvmmsg __sys_connect_file sock_write_iter sock_read_iter *sys_sendmsg *sys_sendmmsg "
        "*sys_sendto *sys_recvmsg *sys_recvmmsg *sys_recvfrom *sys_connect *sys_bind *sys_listen "
        "*sys_accept4 *sys_shutdown *SyS_sendmsg *SyS_sendmmsg *SyS_sendto *SyS_recvmsg "
        "*SyS_recvmmsg *SyS_recvfrom *SyS_connect *SyS_bind"},
    DispatcherGroup{
        "whoever wants to know", kPassesOn,
        "notifier_call_chain raw_notifier_call_chain* atomic_notifier_call_chain "
        "blocking_notifier_call_chain* srcu_notifier_call_chain __raw_notifier_call_chain "
        "__atomic_notifier_call_chain __blocking_notifier_call_chain call_netdevice_notifiers* "
        "notify_die ops_exit_list ops_undo_list ops_init"},
};
static_assert(std::all_of(kGroups.begin(), kGroups.end(), [](const DispatcherGroup& group) {
  return ArePatterns(group.functions);
}));

// A list for each role.
uint64_t Roles(std::string_view function) {
  static const NamePatterns& patterns = *[] {
    auto* made = new NamePatterns;
    for (const DispatcherGroup& group : kGroups) {
      for (unsigned list = 0; group.roles >> list != 0; ++list) {
        if ((group.roles >> list) & 1) made->Add(list, group.functions);
      }
    }
    return made;
  }();
  return patterns.Lists(function);
}

}  // namespace

bool IsDispatcher(std::string_view function) { return (Roles(function) & kHandsOver) != 0; }

bool RunsCallbacks(std::string_view function) { return (Roles(function) & kEndsKey) != 0; }

bool IsOnManyWays(std::string_view function) { return Roles(function) != 0; }

}  // namespace oops::analysis
