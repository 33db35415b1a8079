#include "lib/analysis/subsystem.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cctype>
#include <cstdint>
#include <iterator>
#include <string_view>

#include "lib/analysis/function_name.h"
#include "lib/analysis/name_patterns.h"

namespace oops::analysis {
namespace {

struct Row {
  std::string_view subsystem;
  std::string_view names;  // of functions and modules; patterns, see name_patterns.h
};

// The first row that fits counts: hci_uart_* comes before hci_*.
constexpr std::array kRows = {
    Row{"fs/ext4", "ext4 ext4_* __ext4_* mb_* ext4fs*"},
    Row{"fs/ext3", "ext3 ext3_* __ext3_*"},  // until 4.2
    Row{"fs/jbd2", "jbd2 jbd2_* __jbd2_* jbd jbd_* journal_*"},
    Row{"fs/xfs", "xfs xfs_* xlog_*"},
    Row{"fs/btrfs", "btrfs btrfs_* __btrfs_*"},
    Row{"fs/nfs", "nfs nfs4 nfs3 nfsv3 nfsv4 nfs_* nfs3_* nfs4_* __nfs_*"},
    Row{"fs/nfsd", "nfsd nfsd_* nfsd4_*"},
    Row{"net/sunrpc", "sunrpc rpc_* xprt_* svc_* xs_* __rpc_*"},
    Row{"fs/smb", "cifs cifs_* smb2_* ksmbd ksmbd_*"},
    Row{"fs/fuse", "fuse fuse_* __fuse_*"},
    Row{"fs/overlayfs", "overlay ovl_*"},
    Row{"fs/f2fs", "f2fs f2fs_* __f2fs_*"},
    Row{"fs/gfs2", "gfs2 gfs2_*"},
    Row{"fs/ocfs2", "ocfs2 ocfs2_* __ocfs2_*"},
    Row{"fs/ceph", "ceph libceph ceph_*"},
    Row{"fs/kernfs", "kernfs_* __kernfs_* sysfs_*"},
    Row{"fs/proc", "proc_*"},
    Row{"fs/squashfs", "squashfs_*"},
    Row{"fs/udf", "udf udf_*"},
    Row{"fs/ubifs", "ubifs ubifs_*"},
    Row{"fs/jfs", "jfs jfs_* txCommit* diAlloc* dbAlloc* txEnd"},
    Row{"fs/reiserfs", "reiserfs reiserfs_* search_by_key do_balance"},
    Row{"fs/ntfs3", "ntfs3 ntfs ntfs_*"},
    Row{"fs/nilfs2", "nilfs nilfs2 nilfs_*"},
    Row{"io_uring", "io_uring_* io_issue_* io_req_* io_file_* io_ring_* __io_*"},
    Row{"fs/aio", "exit_aio aio_* io_submit_* io_getevents"},
    Row{"fs/eventpoll", "ep_* eventpoll_*"},
    Row{"fs/bcachefs", "bcachefs bch2_* __bch2_*"},
    Row{"fs/jffs2", "jffs2 jffs2_*"},
    Row{"fs/hfsplus", "hfs hfsplus hfs_* hfsplus_*"},
    Row{"fs/ext2", "ext2 ext2_*"},
    Row{"fs/bfs", "bfs bfs_*"},
    Row{"fs/exfat", "exfat exfat_*"},
    Row{"fs/fat", "fat vfat msdos fat_* vfat_* msdos_*"},
    Row{"fs/isofs", "isofs isofs_*"},
    Row{"init", "mount_root* mount_block_root mount_initrd prepare_namespace kernel_init*"},
    Row{"fs",
        "vfs_* do_dentry_open d_* __d_* dput dget iput inode_* __fput fput path_* link_path_* "
        "lookup_* do_mount* generic_file_* generic_write_* pipe_* seq_* simple_* writeback_* wb_* "
        "bdi_* shrink_dcache_* shrink_icache_* prune_dcache* prune_icache* shrink_dentry_* super_* "
        "sget* deactivate_super "
        "deactivate_locked_super mount_* buffer_* __getblk* mpage_* blkdev_* locks_* flock_* "
        "file_* iterate_* splice_* grab_super* dup_fd do_sendfile generic_shutdown_super evict "
        "evict_* do_filp_open filename_* user_path_* fsnotify_* inotify_* posix_acl_* "
        "get_empty_filp alloc_empty_file __block_* block_* submit_bh* sync_inode* sync_filesystem* "
        "sync_blockdev* sync_dirty_buffer* sync_file_range* sync_mapping_buffers __sync_filesystem "
        "__sync_blockdev __sync_dirty_buffer iomap_*"},
    Row{"net/netfilter",
        "nf_* nft_* nfnetlink_* ip_vs_* do_ip_vs_* xt_* ipt_* ip6t_* nfqnl_* ip_set_* ctnetlink_* "
        "nf_tables nf_conntrack ip_vs x_tables ip_tables hash_ip* hash_net* hash_mac* bitmap_ip* "
        "bitmap_port* list_set_* clusterip_* ebt_* arpt_* nfct_* call_ad"},
    Row{"net/ipv6",
        "tcp6_* tcp_v6_* udp6_* udpv6_* __udp6_* ip6_* ipv6_* __ipv6_* icmpv6_* inet6_* ndisc_* "
        "mld_* addrconf_* fib6_* rt6_* rawv6_* xfrm6_* do_ipv6_* esp6_* ah6_* ila_* ip6mr_* vti6_* "
        "sit_* ip6gre_* seg6_*"},
    Row{"net/ipv4",
        "tcp_* __tcp_* tcp4_* udp_* __udp4_* ip_* __ip_* inet_* __inet_* icmp_* arp_* igmp_* raw_* "
        "fib_* ipv4_* ping_* xfrm4_* ipgre_* ipmr_* esp4_* esp_* ah4_* ipip_* vti_* gre_* "
        "inetdev_* devinet_*"},
    Row{"net/xfrm", "xfrm_* __xfrm_* ipcomp_* pfkey_*"},
    Row{"net/sctp", "sctp sctp_* __sctp_*"},
    Row{"net/tipc", "tipc tipc_* __tipc_*"},
    Row{"net/rds", "rds rds_* __rds_*"},
    Row{"net/tls", "tls tls_*"},
    Row{"net/wireless", "cfg80211 cfg80211_* nl80211_* regulatory_*"},
    Row{"net/mac80211", "mac80211 ieee80211_* __ieee80211_* sta_info_*"},
    Row{"drivers/bluetooth",
        "hci_uart hci_uart_* btusb btusb_* bcsp_* h5_* ll_device_* ll_recv ll_enqueue ll_dequeue"},
    Row{"net/bluetooth", "bluetooth hci_* l2cap_* rfcomm_* sco_* mgmt_* bt_* iso_*"},
    Row{"net/netlink", "netlink_* __netlink_* genl_* nla_* rtnl_* rtnetlink_*"},
    Row{"net/packet", "packet_* tpacket_*"},
    Row{"net/unix", "unix_* __unix_*"},
    Row{"net/sched",
        "qdisc_* tc_* htb_* fq_* hhf_* taprio_* advance_sched cbq_* pfifo_* dev_watchdog tcf_* "
        "cls_*"},
    Row{"net/bridge", "bridge br_* __br_*"},
    Row{"net/openvswitch", "openvswitch ovs_*"},
    Row{"net/batman-adv", "batman_adv batadv_*"},
    Row{"net/nfc", "nfc nfc_* nci_* llcp_*"},
    Row{"net/9p", "p9_* 9pnet*"},
    Row{"fs/9p", "v9fs_*"},
    Row{"net/x25", "x25 x25_*"},
    Row{"net/netrom",
        "netrom nr_rx_* nr_rt_* nr_sendmsg nr_route_* nr_insert_* nr_create nr_release "
        "nr_loopback_* nr_heartbeat_*"},
    Row{"net/rose", "rose rose_*"},
    Row{"net/ax25", "ax25 ax25_*"},
    Row{"net/hsr", "hsr hsr_* send_hsr_*"},
    Row{"net/ieee802154", "ieee802154 nl802154_* ieee802154_*"},
    Row{"net/netlabel", "netlbl_* cipso_*"},
    Row{"net/smc", "smc smc_*"},
    Row{"net/mptcp", "mptcp_* __mptcp_*"},
    Row{"net/can",
        "can can_rcv* can_send* can_rx_* can_create* bcm_rx_* bcm_tx_* bcm_release bcm_sendmsg "
        "j1939_* isotp_*"},
    Row{"net/vmw_vsock", "vsock_* virtio_transport_*"},
    Row{"net/llc", "llc_*"},
    Row{"net/dccp", "dccp dccp_*"},
    Row{"net/l2tp", "l2tp_* pppol2tp_*"},
    Row{"net/rxrpc", "rxrpc_*"},
    Row{"net/core",
        "lock_sock* skb_* __skb_* sk_* __sk_* sock_* __sock_* dev_* __dev_* netif_* __netif_* "
        "napi_* net_* "
        "neigh_* ___neigh_* netdev_* free_netdev register_netdevice* dst_* __alloc_skb consume_skb "
        "flow_* pskb_* rollback_registered* bpf_prog_test_run_* xdp_* ethnl_* ethtool_* strp_* "
        "gro_* __napi_* rtmsg_*"},
    Row{"net",
        "sys_socket __sys_socket* ___sys_sendmsg ____sys_sendmsg __sys_sendmsg compat_sock_ioctl"},
    Row{"virt/kvm",
        "kvm kvm_intel kvm_amd kvm_* __kvm_* vcpu_* vmx_* svm_* handle_ept_* mmu_page_* pte_list_* "
        "x86_emulate_* nested_vmx_*"},
    Row{"kernel/bpf", "bpf_* __bpf_* ___bpf_* htab_* do_check_common do_check"},
    Row{"kernel/events", "perf_* __perf_* _perf_* x86_pmu_* intel_pmu_*"},
    Row{"kernel/trace", "trace_* tracing_* ftrace_* ring_buffer_* rb_* event_trace_*"},
    Row{"kernel/rcu",
        "rcu_* __rcu_* call_rcu* __call_rcu* synchronize_* srcu_* process_srcu __synchronize_srcu "
        "sync_rcu_* __sync_rcu_* kfree_rcu_*"},
    Row{"kernel/locking", "mutex_* rwsem_* down_* lock_* __lock_* lockdep_* osq_* rt_mutex_*"},
    Row{"kernel/cgroup", "cgroup_* cpuset_* css_* rebuild_sched_*"},
    Row{"kernel/time",
        "hrtimer_* timer_* run_timer_* tick_* clock_* ktime_* timekeeping_* alarm_* posix_* "
        "timerqueue_* itimer_*"},
    Row{"kernel/sched",
        "sched_* __sched_* schedule* __schedule try_to_wake_* wake_up_* ttwu_* select_task_* "
        "set_next_* enqueue_* dequeue_* load_balance pick_next_* task_rq_* migrate_task_* "
        "update_curr* finish_task_* partition_sched_* wq_has_* __wake_up* account_entity_* "
        "check_preempt_* update_load_* update_rq_* cpuacct_* psi_*"},
    Row{"kernel/futex", "futex_* do_futex get_futex_*"},
    Row{"kernel/workqueue",
        "process_one_work queue_work* __queue_work flush_work* __flush_work* worker_thread "
        "flush_workqueue wq_* create_worker"},
    Row{"kernel/module", "load_module module_* do_init_module"},
    Row{"kernel/irq",
        "handle_irq* __handle_irq* irq_* request_threaded_* __free_irq free_irq note_interrupt "
        "__report_bad_irq __setup_irq setup_irq request_irq"},
    Row{"kernel",
        "do_exit do_group_exit copy_process do_fork kernel_clone get_signal* signal_* kthread* "
        "smp_call_function* generic_exec_* stop_machine* multi_cpu_* seccomp_* __seccomp_* relay_* "
        "console_* vprintk* audit_* ptrace_* wait_consider_* do_wait release_task mm_release mmput "
        "taskstats_*"},
    Row{"mm",
        "alloc_pages* __alloc_pages* get_page_* shrink_* page_* __page_* put_page put_compound_* "
        "free_pages* handle_mm_* __handle_mm_* do_wp_* do_swap_* unmap_* zap_* vma_* mmap_* "
        "do_mmap* do_munmap* __do_munmap exit_mmap filemap_* pagecache_* find_get_* shmem_* slab_* "
        "kmem_* kmalloc* kfree vmalloc* __vmalloc* vunmap* ksm_* khugepaged* collapse_* "
        "split_huge_* hugetlb_* migrate_pages* move_* mem_cgroup_* memcg_* try_charge* oom_* "
        "out_of_memory balance_* get_user_pages* gup_* follow_* truncate_* invalidate_* "
        "read_cache_* compact* isolate_* rmap_* try_to_unmap* mremap* mprotect* test_clear_page_* "
        "clear_page* count_memcg_* free_unref_* bad_page unlink_anon_vmas anon_vma_* "
        "copy_page_range copy_pmd_* copy_pte_* get_mem_cgroup_* __filemap_* __vma_* folio_* "
        "__folio_* __pagevec_* pagevec_* unaccount_page_* write_cache_pages do_writepages "
        "memory_failure* swap_* lru_* list_lru_* vmpressure* userfaultfd_* kcompactd* do_madvise "
        "madvise_* mincore_* mlock_* munlock_* extract_iter_* reserve_bootmem_* dump_page"},
    Row{"block",
        "blk_* __blk_* bio_* __bio_* submit_bio* elv_* cfq_* bfq_* blkcg_* blkg_* disk_* "
        "del_gendisk add_disk part_* partition_* rq_qos_* wbt_* iocg_* ioc_* dio_* __blkdev_*"},
    Row{"drivers/md",
        "md_* raid1 raid10 raid456 raid5_* raid1_* raid10_* dm_* __dm_* dm_mod clone_* dec_pending "
        "bcache bch_* mddev_*"},
    Row{"drivers/scsi",
        "scsi_* __scsi_* sd_* sg_* sr_* iscsi_* fc_* qla* lpfc* mpt* megasas_* megaraid* hpsa* "
        "ses_* aac_* virtscsi_*"},
    Row{"drivers/ata", "ata_* ahci_* libata ahci"},
    Row{"drivers/nvme", "nvme nvme_* nvmet_*"},
    Row{"drivers/block",
        "loop lo_* loop_* nbd nbd_* rbd rbd_* virtblk_* zram zram_* drbd drbd_* aoe* floppy_* "
        "fd_*"},
    Row{"drivers/iommu", "iommu_* intel_iommu_* amd_iommu_* dmar_* qi_* arm_smmu_*"},
    Row{"drivers/idle", "intel_idle*"},
    Row{"drivers/cpufreq", "cpufreq_* dbs_* intel_pstate_*"},
    Row{"drivers/gpu/drm",
        "drm drm_* __drm_* i915 i915_* intel_* gen6_* gen8_* amdgpu amdgpu_* radeon radeon_* "
        "nouveau nouveau_* nv50_* nvkm_* ttm ttm_* vkms_* virtio_gpu_* dc_* vmw_* ast_* mgag200_*"},
    Row{"drivers/video", "fb_* fbcon_* imageblit cfb_* sys_imageblit sys_fillrect dlfb_* vgacon_*"},
    Row{"drivers/cpuidle", "cpuidle_*"},
    Row{"drivers/spi", "spi_* __spi_*"},
    Row{"drivers/i2c", "i2c_* __i2c_*"},
    Row{"drivers/mmc", "mmc_* sdhci_* sdio_*"},
    Row{"drivers/mtd", "mtd_* nand_* ubi_*"},
    Row{"drivers/gpio", "gpio_* gpiod_* gpiochip_*"},
    Row{"drivers/clk", "clk_* __clk_*"},
    Row{"drivers/firmware", "efi_* dmi_*"},
    Row{"drivers/usb",
        "usb_* __usb_* hub_* xhci_* ehci_* uhci_* ohci_* usbhid_* hcd_* dwc2_* dwc3_* usbcore "
        "xhci_hcd ehci_hcd usb_storage uas_* mon_* gadget_* usblp_* usbdev_* iowarrior_*"},
    Row{"drivers/hid", "hid_* hiddev_* hidraw_* hid"},
    Row{"drivers/input", "input_* evdev_* serio_* psmouse_* i8042_* atkbd_* aiptek_*"},
    Row{"drivers/tty",
        "sysrq_* tty_* n_tty_* pty_* vt_* vcs_* con_* do_con_* uart_* serial8250_* ldisc_* gsm_* "
        "gsmld_* flush_to_ldisc"},
    Row{"sound", "snd_* soundcore azx_* hda_* soc_* line6_*"},
    Row{"drivers/media",
        "video_* v4l2_* vb2_* dvb_* em28xx_* uvc_* media_* pvr2_* hdpvr_* au0828_* tpg_* "
        "precalculate_color"},
    Row{"drivers/infiniband",
        "ib_* rdma_* mlx4_ib_* mlx5_ib_* ucma_* cma_* uverbs_* iwcm_* rxe_* siw_*"},
    Row{"drivers/net",
        "tun_* e1000* igb_* ixgbe_* i40e_* ice_* bnx2* bnxt_* tg3_* mlx4_* mlx5_* r8169* rtl8169* "
        "virtnet_* vxlan_* bond_* bonding team_* veth_* ppp_* slip_* sky2_* cxgb* be2net be_* qed* "
        "ena_* hso_* wg_* macvlan_* hamradio* start_xmit decode_data sixpack_* mkiss_* usbnet_* "
        "asix_* r8152_* phy_* mdiobus_*"},
    Row{"drivers/net/wireless",
        "iwl* ath9k_* ath10k_* ath_* htc_* brcm* b43* rt2x00* rtw_* rtl_* mwifiex_* hwsim_* "
        "mac80211_hwsim* r871x*"},
    Row{"drivers/pci", "pci_* __pci_* pcie_* pciehp_* aer_*"},
    Row{"drivers/acpi", "acpi_* ghes_* apei_*"},
    Row{"drivers/virtio", "virtio_* virtqueue_* vring_* vp_*"},
    Row{"drivers/vhost", "vhost_* handle_tx handle_rx vhost_net"},
    Row{"drivers/char/ipmi", "ipmi_* smi_*"},
    Row{"drivers/android", "binder_* binder ashmem_* rust_binder*"},
    Row{"drivers/base",
        "device_* driver_* bus_* really_probe dpm_* devres_* firmware_* __device_* regmap_* "
        "__regmap_*"},
    Row{"drivers/staging", "ion_*"},
    Row{"security/selinux", "selinux_* avc_* sidtab_*"},
    Row{"security/apparmor", "apparmor_* aa_* __aa_*"},
    Row{"security", "security_* cap_* integrity_* ima_* smack_* tomoyo_* key_* keyring_*"},
    Row{"crypto", "crypto_* aead_* skcipher_* hash_* af_alg_* sha1_* sha256_* aes_* padata_*"},
    Row{"ipc", "shm_* sem_* msg_* ipc_* mqueue_* do_shmat"},
    Row{"lib",
        "iov_iter_* string strlen strnlen memcmp rhashtable_* list_* __list_* refcount_* kobject_* "
        "idr_* ida_* xas_* xa_* radix_tree_* find_next_bit"},
    Row{"drivers/xen", "xen_* xenbus_* xenvif_* xenwatch_*"},
    Row{"drivers/hv", "hv_* vmbus_*"},
    Row{"drivers/edac", "edac_*"},
};
static_assert(std::all_of(kRows.begin(), kRows.end(),
                          [](const Row& row) { return ArePatterns(row.names); }));

// Others call a directory of their sources "kernel", too.
bool IsOfKernelDirectory(std::string_view below) {
  constexpr std::string_view kDirectories[] = {
      "bpf/",   "cgroup/", "configs/", "debug/", "dma/",       "entry/",   "events/",
      "futex/", "gcov/",   "irq/",     "kcsan/", "livepatch/", "locking/", "module/",
      "power/", "printk/", "rcu/",     "sched/", "time/",      "trace/",   "unwind/"};
  if (below.find('/') == below.npos) return true;
  return std::any_of(std::begin(kDirectories), std::end(kDirectories),
                     [below](std::string_view name) { return below.starts_with(name); });
}

// fs/ext4/inode.c -> fs/ext4; mm/slub.c -> mm. A distribution's build puts its own directories in
// front.
std::string FromPath(std::string_view path) {
  constexpr std::string_view kKernel = "kernel/";
  constexpr std::array<std::string_view, 16> kTops = {
      "fs/",     "net/", "mm/",   kKernel, "drivers/", "block/",    "sound/", "security/",
      "crypto/", "ipc/", "virt/", "arch/", "init/",    "io_uring/", "lib/",   "rust/"};
  size_t begin = path.npos;
  for (std::string_view top : kTops) {
    for (size_t at = path.find(top); at < begin; at = path.find(top, at + 1)) {
      const bool whole = at == 0 || path[at - 1] == '/';
      const bool real = top != kKernel || IsOfKernelDirectory(path.substr(at + top.size()));
      if (whole && real) begin = at;
    }
  }
  if (begin == path.npos) return {};
  path.remove_prefix(begin);
  const size_t first = path.find('/');
  const size_t second = path.find('/', first + 1);
  return std::string(path.substr(0, second == path.npos ? first : second));
}

std::string_view FromName(std::string_view name) {
  constexpr size_t kLists = 64;  // what NamePatterns holds
  using Tables = std::array<NamePatterns, (kRows.size() + kLists - 1) / kLists>;
  static const Tables& tables = *[] {
    auto* made = new Tables;
    for (size_t row = 0; row < kRows.size(); ++row)
      (*made)[row / kLists].Add(static_cast<unsigned>(row % kLists), kRows[row].names);
    return made;
  }();
  for (size_t table = 0; table < tables.size(); ++table) {
    if (const uint64_t lists = tables[table].Lists(name); lists != 0)
      return kRows[table * kLists + std::countr_zero(lists)].subsystem;
  }
  return {};
}

// "EXT4-fs error (device sda1): ...", "XFS (sda1): ..."
std::string FromFileSystem(const CrashRecord& record) {
  if (record.kind() != KIND_FS_ERROR) return {};
  std::string name;
  for (const unsigned char c : record.headline()) {
    if (!std::isalnum(c)) break;
    name.push_back(static_cast<char>(std::tolower(c)));
  }
  return std::string(FromName(name));
}

}  // namespace

std::string SubsystemOf(const CrashRecord& record, const Guilty& guilty) {
  if (std::string subsystem = FromPath(guilty.file); !subsystem.empty()) return subsystem;
  // What a module calls its functions is its own affair.
  if (!guilty.module.empty()) {
    if (const std::string_view subsystem = FromName(guilty.module); !subsystem.empty())
      return std::string(subsystem);
  } else {
    for (const std::string& name : {guilty.function, guilty.handler}) {
      if (const std::string_view subsystem = FromName(name); !subsystem.empty())
        return std::string(subsystem);
    }
  }
  // The reporter's file; the guilty function's too if it reported on itself.
  if (guilty.function == SourceName(record.ip().function())) {
    if (std::string subsystem = FromPath(record.file()); !subsystem.empty()) return subsystem;
  }
  return FromFileSystem(record);
}

}  // namespace oops::analysis
