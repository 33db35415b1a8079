// The groups. Patterns cover all kernels and architectures; names that a kernel doesn't have do no
// harm. A new helper that shows up as the guilty function of other people's bugs is one more word
// here.
#include <array>

#include "lib/analysis/plumbing.h"

namespace oops::analysis {
namespace {

constexpr KindSet kAny = KindSet::All();

// Somebody waits, or is found waiting.
constexpr KindSet kBlocked = {KIND_HUNG_TASK,           KIND_SCHEDULING_WHILE_ATOMIC,
                              KIND_SLEEPING_IN_ATOMIC,  KIND_WORKQUEUE_LOCKUP,
                              KIND_RCU_STALL,           KIND_SOFT_LOCKUP,
                              KIND_STACK_OVERFLOW,      KIND_BACKTRACE,
                              KIND_UNREGISTER_NETDEVICE};

// A CPU makes no progress: the place where it was found is chance.
constexpr KindSet kLockup = {KIND_SOFT_LOCKUP, KIND_HARD_LOCKUP, KIND_RCU_STALL,
                             KIND_SPINLOCK_LOCKUP, KIND_WORKQUEUE_LOCKUP};

// Memory is missing, or its owner is.
constexpr KindSet kMemory = {KIND_MEMORY_LEAK, KIND_BAD_PAGE, KIND_PAGE_ALLOC_FAILURE,
                             KIND_OOM_KILL};

constexpr std::array kGroups = {
    PlumbingGroup{
        "report", "prints the report or stops the machine", kAny, Worth::kNothing,
        "dump_stack* __dump_stack show_stack* __show_stack dump_backtrace* __dump_backtrace "
        "show_trace* show_regs* __show_regs show_fault_oops unwind_backtrace walk_stackframe "
        "dump_trace dump_cpu_task show_raw_backtrace show_stacktrace save_trace panic __panic "
        "vpanic abort nmi_panic panic_saved_regs panic_bad_stack check_panic_on_warn crash_kexec "
        "__crash_kexec machine_kexec relocate_kernel kexec_* crash_fadump crash_save_cpu __warn "
        "__warn_printk __warn_printf warn_slowpath_* report_bug __report_bug handle_bug fixup_bug "
        "is_valid_bugaddr __bug do_bug bug_handler bug_brk_handler brk_handler do_trap_break "
        "get_taint die __die* die_* oops_* do_oops __handle_sysrq handle_sysrq "
        "write_sysrq_trigger print_bad_pte bad_page dump_page dump_header df_debug doublefault_fn "
        "doublefault_shim ex_handler_* fixup_exception Ldiv0* __div0 native_read_msr* "
        "native_write_msr* "
        "eeh_* __eeh_* "
        "handle_bad_stack "
        "__bad_stack handle_stack_overflow kernel_stack_overflow stack_overflow __report_bad_irq "
        "note_interrupt print_report print_address_description print_oops* end_report add_taint "
        "xfs_error_report xfs_corruption_error rust_begin_unwind rust_panic* rust_helper_BUG "
        "__rustc::* core::panicking::* "
        "core::result::unwrap_failed core::option::unwrap_failed core::option::expect_failed "
        "kernel::panic* debug_show_all_locks debug_show_held_locks lockdep_print_held_locks "
        "show_all_workqueues show_one_worker_pool show_mem __show_mem show_free_areas "
        "dump_unreclaimable_slab"},
    // Where the unwinder itself fails, it is the one to look at.
    PlumbingGroup{
        "unwinder", "records a stack for somebody's books",
        kLockup | kMemory | KindSet{KIND_STACK_OVERFLOW}, Worth::kNothing,
        "stack_trace_save* save_stack* __save_stack_trace stack_trace_consume* arch_stack_walk* "
        "unwind_* __unwind_* kernel_text_address __kernel_text_address is_bpf_text_address "
        "bpf_prog_kallsyms_* ftrace_graph_ret_addr print_context_stack dump_trace stack_depot_* "
        "find_stack deref_stack_reg"},
    PlumbingGroup{
        "sanitizer", "checks accesses on behalf of the code around it", kAny, Worth::kNothing,
        "kasan_* __kasan_* ____kasan_* __asan_* __hwasan_* hwasan_* quarantine_* qlink_* qlist_* "
        "kmsan_* __msan_* msan_* kcsan_* __kcsan_* __tsan_* kfence_* __kfence_* ubsan_* __ubsan_* "
        "handle_overflow __sanitizer_* check_memory_region* check_region_inline "
        "memory_is_poisoned* kmemleak_* create_object __create_object delete_object_full "
        "lookup_object_or_report kmemcheck_* read_word_at_a_time __read_once_word_nocheck "
        "instrument_* write_comp_data check_kcov_mode should_fail* __should_fail* fault_create_* "
        "cfi_* __cfi_* handle_cfi_failure report_cfi_failure mte_check_tfsr_* trace_hardirqs_* "
        "trace_irq_* trace_preempt_* "
        "__bpf_trace_* trace_call_bpf* perf_trace_* __traceiter_* bpf_trace_run* "
        "tracer_hardirqs_* __fentry__ mcount _mcount __gnu_mcount_nc arch_local_irq_* "
        "arch_local_save_flags preempt_count_add preempt_count_sub add_preempt_count "
        "sub_preempt_count debug_smp_processor_id check_preemption_disabled "
        "__this_cpu_preempt_check __stack_chk_fail __x86_indirect_thunk_* __x86_return_thunk "
        "srso_* retbleed_* __rela_dyn_start in_softirq_really ftrace_call ftrace_caller* "
        "ftrace_regs_caller* ftrace_graph_* ftrace_stub* ftrace_ops_* ftrace_return_* "
        "ftrace_trampoline* trace_event_raw_event_* trace_event_buffer_*"},
    PlumbingGroup{
        "debug objects", "checks the life of somebody's object", kAny, Worth::kNothing,
        "debug_print_object debug_object_* __debug_object_* debug_check_no_obj_freed "
        "__debug_check_no_obj_freed lookup_object_in_pool work_is_static_object "
        "timer_is_static_object work_fixup_* timer_fixup_* slab_free_freelist_hook slab_free_hook "
        "ref_tracker_* __list_add_valid* __list_del_entry_valid* __list_add __list_del_entry "
        "list_del list_add __list_del __list_add_rcu list_del_init refcount_* __refcount_* kref_* "
        "kobject_* __kobject_* plist_check_* list_add_tail list_move list_move_tail list_del_rcu "
        "list_add_rcu list_add_tail_rcu __list_splice list_splice* list_replace* hlist_add_* "
        "hlist_del* __hlist_del hlist_bl_add_* hlist_bl_del* hlist_nulls_add_* hlist_nulls_del* "
        "llist_add_batch llist_del_first* llist_reverse_order plist_add plist_del"},
    PlumbingGroup{
        "lock debugging", "keeps the books of locks", kAny, Worth::kNothing,
        "lockdep_* debug_lockdep_* __lockdep_* lock_acquire lock_release __lock_acquire "
        "__lock_release lock_acquired lock_contended lock_is_held* __lock_is_held lock_downgrade "
        "lock_set_class reacquire_held_locks find_held_lock mark_lock mark_lock_irq "
        "mark_held_locks mark_usage register_lock_class look_up_lock_class hlock_class "
        "validate_chain check_noncircular check_no_collision add_chain_cache* check_prev_add "
        "check_prevs_add check_irq_usage "
        "check_usage* check_deadlock print_circular_bug* print_deadlock_bug print_usage_bug* "
        "print_irq_inversion_bug print_bad_irq_dependency print_unlock_imbalance_bug* "
        "print_unlock_inbalance_bug* print_lock_* print_freed_lock_bug print_held_locks_bug "
        "print_lock_invalid_wait_context debug_check_no_locks_* rcu_lock_acquire rcu_read_lock* "
        "rcu_read_unlock* rcu_lock_release __rcu_read_* rcu_note_context_switch spin_dump "
        "spin_bug rwlock_bug debug_mutex_* debug_rt_mutex_* debug_spin_* debug_rwlock_* "
        "debug_write_lock_* check_wait_context rcu_preempt_sleep_check "
        "seqcount_lockdep_reader_access print_lock __mutex_init __init_rwsem __rwlock_init "
        "__rt_mutex_init"},
    PlumbingGroup{
        "bottom-half switch", "turns softirqs off and on for its caller", ~KindSet{KIND_WARNING},
        Worth::kNothing,
        "local_bh_disable local_bh_enable _local_bh_enable __local_bh_enable _local_bh_enable_ip "
        "__local_bh_enable_ip __local_bh_disable_ip"},
    PlumbingGroup{
        "lock", "takes a lock that belongs to its caller", kAny, Worth::kNothing,
        "_raw_spin_* __raw_spin_* do_raw_spin_* raw_spin_* arch_spin_* __spin_lock* _spin_* "
        "native_queued_spin_* __pv_queued_spin_* queued_spin_* pv_wait* __pv_* virt_spin_lock "
        "ticket_spin_* __ticket_spin_* xen_spin_* spin_lock* spin_unlock* spin_trylock* "
        "_raw_read_* _raw_write_* __raw_read_* __raw_write_* do_raw_read_* do_raw_write_* "
        "__read_lock_failed __write_lock_failed _read_lock* _write_lock* _read_unlock* "
        "_write_unlock* read_lock* write_lock* "
        "queued_read_* queued_write_* arch_read_* arch_write_* *_read_lock *_write_lock "
        "*_spin_lock *_spin_unlock mutex_lock* __mutex_lock* mutex_unlock mutex_optimistic_spin* "
        "mutex_spin_on_owner mutex_remove_waiter mutex_is_locked ww_mutex_* __ww_mutex_* osq_lock "
        "osq_unlock rt_mutex_* __rt_mutex_* rtlock_* rt_spin_* rt_read_* rt_write_* "
        "task_blocks_on_rt_mutex try_to_take_rt_mutex down_* __down* down up __up __up_* up_* "
        "up_read "
        "up_write rwsem_* __rwsem_* call_rwsem_* rwbase_* percpu_down_* percpu_up_* "
        "__percpu_down_* percpu_rwsem_* _atomic_dec_and_lock* atomic_dec_and_lock "
        "refcount_dec_and_* atomic_read atomic_set atomic_inc* atomic_dec* atomic_add* "
        "atomic_sub* atomic_fetch_* atomic_cmpxchg atomic_try_cmpxchg* atomic64_* arch_atomic_* "
        "arch_cmpxchg* __cmpxchg* __ll_sc_* __lse_* .text.lock.* _mutex_lock_nest_lock "
        "mutex_trylock* __mutex_trylock* __mutex_unlock* __mutex_remove_waiter __mutex_add_waiter "
        "downgrade_write _down_write_nest_lock ___down_common ldsem_* __ldsem_* hlist_bl_lock "
        "hlist_bl_unlock bit_spin_* lg_local_* lg_global_* get_online_cpus put_online_cpus "
        "*_read_unlock *_write_unlock __srcu_read_unlock lockref_* kvm_lock_spinning "
        "xen_lock_spinning pv_queued_spin_* resilient_queued_spin_* resilient_tas_* "
        "raw_res_spin_* atomic_long_* raw_atomic_* raw_atomic64_* arch_atomic64_* atomic_xchg "
        "atomic_or atomic_and atomic_andnot atomic_xor raw_cmpxchg* cmpxchg* __xchg* __atomic_* "
        "local_lock_* __local_lock_* read_seqbegin* read_seqretry write_seqlock* write_sequnlock* "
        "raw_read_seqcount*"},
    // It sleeps by design: to call it in atomic context is its caller's bug, but one that is known
    // by its name.
    PlumbingGroup{
        "socket lock", "takes a lock that belongs to its caller", ~KindSet{KIND_SLEEPING_IN_ATOMIC},
        Worth::kNothing,
        "lock_sock_nested lock_sock lock_sock_fast __lock_sock release_sock __release_sock"},
    PlumbingGroup{
        "memory and string helper", "works on its caller's bytes", kAny, Worth::kNothing,
        "memcpy* __memcpy* memset* __memset* memmove* __memmove* memcmp __memcmp memchr* memscan "
        "bcmp clear_page_rep clear_page_erms clear_page_orig copy_page copy_page_regs rep_movs* "
        "rep_stos* fortify_panic __fortify_panic __fortify_report fortify_* strlen __strlen "
        "strnlen strcmp strncmp strcasecmp strncasecmp strcpy strncpy strlcpy strscpy "
        "sized_strscpy strcat strncat strlcat strchr strnchr strrchr strstr strnstr strsep strspn "
        "strcspn strim skip_spaces hex_dump_to_buffer print_hex_dump* hex_string string "
        "string_nocheck widen_string vsnprintf snprintf vscnprintf scnprintf vsprintf sprintf "
        "format_decode number pointer kasprintf kvasprintf kvasprintf_const kstrdup kstrdup_const "
        "kstrndup kmemdup* kvmemdup* crc32_* crc32c_* crc16 __crc32c_* crc_t10dif* "
        "test_and_clear_bit test_and_set_bit set_bit clear_bit test_bit __set_bit __clear_bit "
        "__bitmap_* sort sort_r __phys_addr __virt_to_phys* __virt_addr_valid __phys_addr_symbol "
        "rb_erase* rb_insert_* rb_next rb_prev rb_first* rb_last __rb_* rhashtable_* "
        "__rhashtable_* ida_* list_sort percpu_counter_* __percpu_counter_* mmiocpy mmioset "
        "__memzero memchr_inv memweight memcpy_and_pad __pi_mem* __pi_str* strpbrk strreplace "
        "sysfs_streq match_string __sysfs_match_string kstrto* _kstrto* _parse_integer* "
        "simple_strto* sscanf vsscanf arch_set_bit arch_clear_bit arch_test_bit arch___set_bit "
        "arch___clear_bit arch_test_and_* __test_and_* test_and_change_bit test_and_set_bit_lock "
        "clear_bit_unlock variable_test_bit constant_test_bit _test_bit find_first_bit "
        "find_first_zero_bit find_first_and_bit find_next_bit find_next_zero_bit find_last_bit "
        "_find_first_* _find_next_* _find_last_bit cpumask_next* bitmap_zero bitmap_fill "
        "bitmap_copy* bitmap_and* bitmap_or bitmap_xor bitmap_subset bitmap_set bitmap_clear "
        "bitmap_parse* bitmap_print* bitmap_find_* bitmap_alloc* bitmap_zalloc* bitmap_free "
        "bitmap_weight* bitmap_full bitmap_empty bitmap_equal bitmap_intersects "
        "bitmap_release_region bitmap_onto bitmap_fold bitmap_remap bitmap_cut bitmap_replace "
        "bitmap_shift_* bitmap_to_arr* bitmap_from_arr* rb_replace_node* rb_next_postorder "
        "rb_link_node* rht_key_* rht_bucket* rht_lock* rht_unlock* rht_assign_* rht_ptr* "
        "rht_lookup* rht_head_*"},
    PlumbingGroup{
        "user copy", "copies to or from the buffer that its caller names", kAny, Worth::kNothing,
        "copy_to_user* _copy_to_user* __copy_to_user* copy_from_user* _copy_from_user* "
        "__copy_from_user* copyin copyout raw_copy_* __arch_copy_* arm_copy_* __generic_copy_* "
        "__get_user_* __put_user_* strncpy_from_user strnlen_user __clear_user clear_user "
        "_copy_to_iter copy_to_iter _copy_from_iter copy_from_iter copy_page_to_iter "
        "copy_page_from_iter copy_folio_to_iter _copy_from_iter_full* __check_object_size "
        "check_heap_object check_stack_object __check_heap_object usercopy_abort usercopy_warn "
        "report_usercopy copy_user_generic* copy_user_enhanced_* copy_user_64 copy_user_template "
        "copy_user_handle_tail copy_user_large_string copy_user_nocache* __copy_user* __copy_mc_* "
        "copy_mc_* __arch_clear_user __asm_copy_* __asm_vector_usercopy fallback_scalar_usercopy* "
        "__copy_tofrom_user* __clear_user_* copyout_nofault copyin_nofault "
        "copy_page_from_iter_iovec copy_overflow __copy_overflow _inline_copy_*"},
    PlumbingGroup{"user access check", "checks that its caller may touch user memory", kAny,
                  Worth::kLockSite, "__might_fault might_fault"},
    PlumbingGroup{
        "device access", "reads or writes a register that its caller names", kAny, Worth::kNothing,
        "__raw_read* __raw_write* logic_in* logic_out* inb inw inl outb outw outl readb readw "
        "readl readq writeb writew writel writeq ioread* iowrite* memcpy_fromio memcpy_toio "
        "memset_io __memcpy_* pci_generic_config_* pci_bus_read_config_* pci_bus_write_config_* "
        "raw_pci_*"},
    PlumbingGroup{
        "printk", "prints what its caller has to say", kAny, Worth::kNothing,
        "printk printk_* _printk* vprintk* __printk_* log_store dev_vprintk_emit dev_printk_emit "
        "__dev_printk _dev_* dev_printk __netdev_printk netdev_printk netdev_err netdev_warn "
        "netdev_info netdev_notice netdev_alert netdev_crit netdev_emerg msg_print_text "
        "record_print_text logbuf_*"},
    PlumbingGroup{
        "console", "brings out what somebody printed", kAny, Worth::kLockSite,
        "console_unlock console_flush_* console_emit_* console_trylock* "
        "__down_trylock_console_sem call_console_driver* serial8250_console_* uart_console_write "
        "univ8250_console_* wait_for_xmitr wait_for_lsr io_serial_in io_serial_out mem32_serial_*"},
    PlumbingGroup{
        "atomic-context check", "checks that its caller may sleep", kAny, Worth::kNothing,
        "___might_sleep __might_sleep __might_resched __cant_sleep __cant_migrate __schedule_bug "
        "preempt_count_equals"},
    PlumbingGroup{
        "allocator", "hands out and takes back memory", kAny, Worth::kNothing,
        "kmalloc* __kmalloc* ___kmalloc* kzalloc* kcalloc* krealloc* __krealloc* kvmalloc* "
        "__kvmalloc* kvzalloc* kvrealloc* __do_krealloc kfree* __kfree kfree_const kvfree* "
        "kfree_sensitive kzfree kmem_cache_* __kmem_cache_* slab_alloc* __slab_alloc* "
        "___slab_alloc slab_free* __slab_free slab_post_alloc_hook slab_pre_alloc_hook "
        "allocate_slab new_slab* discard_slab free_large_kmalloc do_kmem_cache_free cache_alloc* "
        "____cache_alloc* cache_grow* cache_free* ___cache_free __cache_free fallback_alloc "
        "free_block cache_flusharray ksize __ksize vmalloc* __vmalloc* vzalloc* vfree* __vfree "
        "__vunmap vunmap* vm_area_free remove_vm_area __get_vm_area_node alloc_vmap_area "
        "get_vm_area* alloc_pages* __alloc_pages* __alloc_frozen_pages* alloc_frozen_pages* "
        "alloc_page_* get_page_from_freelist __get_free_page* get_zeroed_page* __page_cache_alloc "
        "free_pages* __free_pages* free_unref_* free_pcppages_bulk free_one_page "
        "free_hot_cold_page* free_the_page free_pcp_prepare free_page_is_bad* "
        "free_tail_pages_check free_tail_page_prepare free_pages_check* free_pages_prepare* "
        "check_new_page* check_free_page* kmem_freepages kmem_getpages pcpu_mem_zalloc rmqueue* "
        "prep_new_page folio_alloc* __folio_alloc* post_alloc_hook bad_range warn_alloc* "
        "pcpu_alloc* __alloc_percpu* free_percpu mempool_alloc* mempool_free* dma_pool_* "
        "devm_kmalloc* devm_kzalloc* check_slab_allocation *_noprof object_err slab_err "
        "print_trailer check_bytes_and_report list_slab_objects __slab_error* "
        "__kernel_unpoison_pages* check_object check_slab free_debug_processing "
        "alloc_debug_processing free_to_partial_list slab_fix slab_bug alloc_consistency_checks "
        "free_consistency_checks on_freelist slab_pad_check check_pad_bytes get_partial_node "
        "get_freepointer* __rmqueue* put_cpu_partial __put_partials verify_mem_not_deleted "
        "__do_kmalloc_node alloc_slab_page memcg_slab_* __memcg_slab_* __memcg_kmem_* "
        "memcg_kmem_* memcg_charge_slab do_slab_free free_to_pcs* alloc_from_pcs* __pcs_* "
        "refill_sheaf free_frozen_page* __free_frozen_pages __put_single_page __put_compound_page "
        "free_large_page free_compound_page prep_compound_page mempool_kmalloc pcpu_alloc_area "
        "pcpu_free_area alloc_percpu* devm_kmemdup devm_kasprintf devm_kvasprintf devm_kstrdup* "
        "vm_area_alloc_pages"},
    PlumbingGroup{
        "page state", "changes a page for its caller", kAny, Worth::kNothing,
        "unlock_page folio_unlock lock_page __lock_page* __folio_lock* put_page __put_page "
        "__folio_put get_page release_pages folios_put* free_page_and_swap_cache iput ihold "
        "drop_nlink clear_nlink set_nlink inc_nlink"},
    PlumbingGroup{
        "socket buffer helper", "checks or frees the buffer that its caller filled", kAny,
        Worth::kNothing,
        "skb_panic skb_over_panic skb_under_panic skb_put skb_put_data skb_push skb_pull "
        "__skb_pull __skb_put __skb_push pskb_put skb_trim kfree_skb kfree_skb_reason __kfree_skb "
        "sk_skb_reason_drop kfree_skb_list* skb_pull_rcsum skb_put_zero skb_pull_data pskb_pull"},
    PlumbingGroup{
        "timer and work", "queues, runs or cancels somebody's timer or work", kAny,
        Worth::kLockSite,
        "mod_timer* __mod_timer add_timer* del_timer* timer_delete* try_to_del_timer_sync "
        "__try_to_del_timer_sync __timer_delete* timer_shutdown* detach_if_pending "
        "lock_timer_base init_timer_key timer_init_key __internal_add_timer enqueue_timer "
        "do_init_timer queue_work_on __queue_work queue_work __queue_delayed_work "
        "queue_delayed_work* mod_delayed_work* insert_work insert_wq_barrier __init_work "
        "flush_work __flush_work start_flush_work __cancel_work* cancel_work* "
        "cancel_delayed_work* flush_delayed_work complete complete_all complete_with_flags "
        "wait_for_completion* wait_for_common* __wait_for_common do_wait_for_common finish_wait "
        "__wake_up* autoremove_wake_function default_wake_function prepare_to_wait* "
        "init_srcu_struct* cleanup_srcu_struct* _cleanup_srcu_struct timer_reduce swake_up_* "
        "finish_swait __finish_swait __prepare_to_swait try_wait_for_completion completion_done "
        "wake_up_bit wake_up_var prepare_to_swait*"},
    PlumbingGroup{"transfer request",
                  "refuses what a driver asks of the USB core",
                  {KIND_WARNING},
                  Worth::kNothing,
                  "usb_submit_urb usb_start_wait_urb usb_internal_control_msg usb_bulk_msg "
                  "usb_interrupt_msg usb_control_msg*"},
    PlumbingGroup{
        "driver core", "registers or removes what a driver gives it", kAny, Worth::kLockSite,
        "device_add device_del device_register device_unregister device_destroy device_create "
        "device_create_* put_device get_device device_release device_initialize cdev_device_* "
        "dpm_sysfs_* sysfs_remove_* sysfs_create_* __sysfs_* sysfs_add_* sysfs_warn_dup "
        "sysfs_do_create_link* internal_create_group* klist_* bus_remove_device_of "
        "tty_unregister_device tty_register_device* i2c_del_adapter i2c_add_adapter "
        "rollback_registered* unregister_netdevice_queue unregister_netdevice_many* "
        "unregister_netdev register_netdev register_netdevice proc_register proc_create* "
        "proc_mkdir* remove_proc_entry* devres_* release_nodes device_create_file "
        "device_remove_file device_add_groups device_remove_groups device_remove_attrs "
        "device_add_attrs devm_device_add_group* devm_device_remove_group* sysfs_merge_group "
        "sysfs_unmerge_group sysfs_update_group cdev_add cdev_del wakeup_sysfs_* pm_qos_sysfs_* "
        "proc_remove remove_proc_subtree"},
    PlumbingGroup{
        "exception entry", "brought the CPU here from the instruction that failed", kAny,
        Worth::kEntry,
        // x86
        "do_trap do_trap_no_signal do_error_trap do_invalid_op handle_invalid_op invalid_op exc_* "
        "asm_exc_* __exc_* do_general_protection general_protection do_double_fault double_fault "
        "df_debug doublefault_shim doublefault_fn doublefault_init_cpu_tss do_divide_error "
        "divide_error do_int3 int3 do_debug debug stack_segment do_stack_segment do_page_fault "
        "__do_page_fault page_fault async_page_fault do_async_page_fault do_kern_addr_fault "
        "do_user_addr_fault spurious_kernel_fault no_context bad_area* pgtable_bad "
        "page_fault_oops kernelmode_fixup_or_oops fixup_exception error_entry error_exit "
        "paranoid_entry paranoid_exit trace_page_fault trace_do_page_fault "
        "do_device_not_available machine_check do_machine_check mce_* "
        // arm64
        "el1_sync* el1_abort el1_da el1_ia el1_undef el1_dbg el1_inv el1_pc el1_error* el1_bti "
        "el1_fpac el1h_64_sync* el1h_64_error* el1t_64_* el0_sync el0_da el0_ia do_mem_abort "
        "do_bad_area do_translation_fault do_tag_check_fault do_sp_pc_abort do_undefinstr do_sea "
        "do_serror __do_kernel_fault __do_user_fault die_kernel_fault do_debug_exception "
        "do_el1_undef do_el1_abort do_alignment_fault do_bad arm64_serror_panic "
        "arm64_is_fatal_ras_serror report_cfi "
        "__el1_* "
        // arm
        "__dabt_svc __pabt_svc __und_svc __und_svc_finish __und_fault do_DataAbort "
        "do_PrefetchAbort __do_kernel_fault.part __dabt_usr __pabt_usr arm_notify_die "
        "do_kernel_address_page_fault "
        // powerpc
        "program_check_exception program_check_common* do_program_check data_access_* "
        "data_access_slb_common* data_access_common* do_slb_fault instruction_access_* "
        "handle_page_fault do_hash_fault bad_page_fault __bad_page_fault _exception "
        "unrecoverable_exception system_reset_* alignment_common* kernel_bad_stack "
        "___do_page_fault interrupt_return* soft_nmi_* "
        // s390, riscv, mips, loongarch, sparc
        "__do_pgm_check pgm_check_handler pgm_check_ext illegal_op monitor_event_exception "
        "do_dat_exception do_protection_exception handle_fault_error* do_trap_* handle_exception "
        "ret_from_exception do_bp do_tr do_ri do_ade do_ale do_bce do_be handle_sys handle_tlbl "
        "handle_tlbs handle_tlb* tlb_do_page_fault_* bad_trap do_sparc64_fault "
        "sparc64_realfault_common unhandled_fault handle_bp handle_bp_int handle_tr handle_tr_int "
        "handle_ri handle_ri_int handle_ri_rdhwr* handle_adel* handle_ades* handle_ade "
        "handle_ade_int handle_ale handle_ale_int"},
    PlumbingGroup{
        "interrupt entry", "brought the CPU here from what it was doing", kAny, Worth::kEntry,
        "asm_sysvec_* sysvec_* __sysvec_* instr_sysvec_* asm_call_on_stack asm_call_irq_on_stack "
        "asm_call_sysvec_on_stack asm_common_interrupt common_interrupt call_irq_handler "
        "apic_timer_interrupt smp_apic_timer_interrupt* smp_local_timer_interrupt "
        "smp_trace_apic_timer_interrupt "
        "trace_apic_timer_interrupt local_apic_timer_interrupt retint_* ret_from_intr "
        "ret_from_except* restore_regs_and_return_to_kernel restore_args irqentry_* irq_work_* "
        "call_function_interrupt call_function_single_interrupt smp_call_function_interrupt "
        "smp_call_function_single_interrupt generic_smp_call_function_* flush_smp_call_function_* "
        "__flush_smp_call_function_* reschedule_interrupt smp_reschedule_interrupt scheduler_ipi "
        "el1_irq el1_interrupt __el1_irq el1h_64_irq* el1h_64_fiq* el0_irq* el0t_64_irq* "
        "gic_handle_irq call_on_irq_stack do_interrupt_handler generic_handle_arch_irq "
        "handle_arch_irq __irq_svc __irq_usr handle_IRQ asm_do_IRQ do_IRQ do_irq "
        "handle_domain_irq __handle_domain_irq generic_handle_domain_irq generic_handle_irq* "
        "handle_percpu_devid_irq handle_percpu_irq arch_timer_handler_* timer_handler "
        "timer_interrupt __timer_interrupt decrementer_common* __replay_soft_interrupts "
        "replay_soft_interrupts* do_ext_irq ext_int_handler "
        "ext_no_vtime do_ext_interrupt clock_comparator_interrupt do_irq_async riscv_intc_irq "
        "riscv_timer_interrupt handle_riscv_irq c0_compare_interrupt plat_irq_dispatch handle_int "
        "rollback_handle_int mipsr2_* handle_cpu_irq handle_loongarch_irq "
        "constant_timer_interrupt do_vint handle_vint call_do_irq __do_irq "
        "hardware_interrupt_common* nmi do_nmi end_repeat_nmi exc_nmi asm_exc_nmi nmi_handle "
        "default_do_nmi nmi_restore first_nmi repeat_nmi handle_nmi ipi_cpu_backtrace"},
    PlumbingGroup{
        "watchdog", "noticed that something is stuck", kAny, Worth::kNothing,
        "watchdog watchdog_timer_fn watchdog_overflow_callback watchdog_check_* "
        "watchdog_hardlockup_* watchdog_smp_panic watchdog_timer_interrupt watchdog_nmi_* "
        "wd_lockup_ipi softlockup_* hardlockup_* touch_nmi_watchdog is_softlockup "
        "perf_event_nmi_handler perf_event_overflow __perf_event_overflow x86_pmu_handle_irq "
        "intel_pmu_handle_irq* amd_pmu_* handle_pmi_common perf_ibs_* armv8pmu_handle_irq "
        "nmi_cpu_backtrace* nmi_trigger_cpumask_backtrace nmi_raise_cpu_backtrace "
        "nmi_watchdog_tick arch_trigger_*_backtrace trigger_*_backtrace "
        "arch_trigger_cpumask_backtrace check_hung_task check_hung_uninterruptible_tasks* "
        "hung_task_* rcu_check_callbacks rcu_sched_clock_irq rcu_pending __rcu_pending "
        "check_cpu_stall* print_cpu_stall* print_other_cpu_stall* rcu_dump_cpu_stacks rcu_print_* "
        "rcu_stall_* rcu_check_gp_kthread_* print_stall_* rcu_exp_* "
        "synchronize_rcu_expedited_wait* sched_show_task _sched_show_task show_state_filter "
        "dump_cpu_task lockdep_rcu_suspicious csd_lock_wait_toolong"},
    PlumbingGroup{
        "tick", "counts time, and is where the watchdogs look", kAny, Worth::kNothing,
        "update_process_times tick_* __hrtimer_run_queues __run_hrtimer hrtimer_interrupt "
        "hrtimer_run_queues run_local_timers account_process_tick account_system_* account_user_* "
        "account_idle_* scheduler_tick sched_tick task_tick_* entity_tick irqtime_* "
        "__irq_exit_rcu irq_exit irq_exit_rcu irq_enter* do_softirq_own_stack call_softirq "
        "do_softirq"},
    PlumbingGroup{"interrupt handling", "calls the handlers of an interrupt", kLockup,
                  Worth::kNothing,
                  "__handle_irq_event_percpu handle_irq_event* handle_level_irq handle_edge_irq "
                  "handle_fasteoi_irq handle_simple_irq handle_nested_irq handle_irq"},
    PlumbingGroup{
        "scheduler", "puts tasks to sleep and wakes them", kBlocked, Worth::kNothing,
        "schedule __schedule schedule_* io_schedule* context_switch __switch_to __switch_to_asm "
        "_switch switch_to preempt_schedule* ___preempt_schedule* __preempt_schedule* "
        "_cond_resched __cond_resched* cond_resched finish_task_switch* wait_task_inactive psi_* "
        "deactivate_task dequeue_task* pick_next_task* idle_balance load_balance "
        "raw_spin_rq_unlock* __sched_text_start kick_pool dynamic_preempt_schedule* "
        "raw_irqentry_exit_cond_resched wq_worker_sleeping sched_submit_work"},
    PlumbingGroup{
        "wait", "waits for what its caller asked for", kBlocked, Worth::kNothing,
        "wait_on_* __wait_on_* out_of_line_wait_on_* bit_wait* __wait_event* wait_event* "
        "wait_woken wait_for_common* __wait_for_common do_wait_for_common wait_for_completion* "
        "sleep_on* folio_wait_* wait_on_page* __lock_page* __folio_lock* msleep* usleep_range* "
        "ssleep __wait_rcu_gp wait_rcu_gp _wait_rcu_gp rcu_barrier* _rcu_barrier* srcu_barrier "
        "exp_funnel_lock jbd2_log_wait_* do_read_cache_* kthread_stop kthread_park "
        "kthread_flush_work* flush_workqueue* __flush_workqueue drain_workqueue "
        "flush_all_cpus_locked __lock_buffer"},
    PlumbingGroup{
        "busy wait", "spins or answers IPIs until its caller's condition holds", kLockup,
        Worth::kNothing,
        "cpu_relax rep_nop __delay delay_* __const_udelay __udelay udelay __ndelay __loop_delay "
        "__timer_delay read_tsc native_read_tsc ktime_get csd_lock_wait native_safe_halt "
        "default_idle* arch_cpu_idle cpu_do_idle cpuidle_* call_cpuidle mwait_idle* intel_idle* "
        "acpi_idle_* default_idle_call pv_native_safe_halt multi_cpu_stop cpu_stopper_thread "
        "stop_machine_yield rcu_momentary_* rcu_is_watching __free_one_page"},
    PlumbingGroup{
        "memory reclaim and charging", "allocates for its caller", kMemory, Worth::kNothing,
        "sock_kmalloc sk_prot_alloc sk_alloc __alloc_skb alloc_skb* __build_skb* build_skb "
        "dev_alloc_skb __netdev_alloc_skb netdev_alloc_* __napi_alloc_skb napi_alloc_* skb_clone "
        "__kmalloc_reserve kmalloc_reserve skb_copy* pskb_* alloc_netdev* debug_objects_mem_init "
        "__list_lru_init sget_userns alloc_super alloc_inode* inode_init_always alloc_workqueue* "
        "kthread_create* __kthread_create* pagecache_get_page __filemap_get_folio* "
        "filemap_alloc_folio* grow_dev_page find_or_create_page alloc_bprm_page __set_page_owner "
        "set_page_owner save_stack __reset_page_owner page_pool_* __page_pool_* page_frag_* "
        "__page_frag_* folio_add_* folio_batch_* shmem_alloc_* vma_alloc_folio* alloc_pages_vma "
        "do_anonymous_page skb_free_head skb_release_data consume_skb __netif_receive_skb* "
        "netif_receive_skb* out_of_memory __out_of_memory oom_kill_process __oom_kill_process "
        "mem_cgroup_* __mem_cgroup_* try_charge* charge_memcg pagefault_out_of_memory do_fault* "
        "handle_mm_fault* __handle_mm_fault handle_pte_fault filemap_fault __do_fault "
        "wp_page_copy do_swap_page swapin_readahead read_swap_cache_async "
        "__do_page_cache_readahead page_cache_ra_* radix_tree_* idr_* xa_* __xa_* xas_*"},
    // Where a task that died or was signalled is stuck, nothing else names what it was doing.
    PlumbingGroup{"system call exit", "lets the task go back to user space",
                  ~KindSet{KIND_RCU_STALL, KIND_SOFT_LOCKUP}, Worth::kEntry, "syscall_exit_*"},
    PlumbingGroup{
        "system call entry", "brought the CPU here from user space", kAny, Worth::kEntry,
        "entry_* do_syscall_* do_SYSENTER_32 do_fast_syscall_32 do_int80_syscall_32 "
        "__do_fast_syscall_32 "
        "x64_sys_call ia32_sys_call system_call* sysenter_* tracesys* ia32_sys* cstar_* "
        "exit_to_user_mode_* prepare_exit_to_usermode "
        "syscall_return_* ret_from_fork* ret_fast_syscall ret_slow_syscall __sys_trace_return "
        "el0_svc* el0t_64_sync* el0t_32_sync* invoke_syscall do_el0_svc ret_from_kernel_thread "
        "ret_from_kernel_user_thread kernel_thread* kthread worker_thread process_one_work "
        "process_scheduled_works smpboot_thread_fn do_trap_ecall_u ret_from_syscall "
        "common_exception syscall_common handle_syscall child_rip start_secondary "
        "secondary_startup* cpu_startup_entry rest_init x86_64_start_* start_ap "
        "secondary_start_kernel __secondary_switched __primary_switched early_stop_machine "
        "start_here_common start_secondary_prolog return_from_SYSCALL_64 syscall_call sysret_* "
        "int_ret_from_sys_call ret_from_sys_call sysenter_do_call"},
};

static_assert(kGroups.size() <= 64, "NamePatterns numbers lists up to 63");

}  // namespace

std::span<const PlumbingGroup> PlumbingGroups() { return kGroups; }

}  // namespace oops::analysis
