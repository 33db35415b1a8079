// Helpers: they report, check, lock, copy, print or allocate for somebody else. Patterns cover all
// kernels and architectures; names that a kernel doesn't have do no harm. A new helper that shows
// up as the guilty function of other people's bugs is one more word here.
#include <array>

#include "lib/analysis/plumbing.h"

namespace oops::analysis {
namespace {

constexpr KindSet kAny = KindSet::All();

constexpr std::array kGroups = {
    // Where lockdep says that a lock was taken "at:" them, it is one of their own.
    PlumbingGroup{
        "lock of its own",
        "works for its caller",
        {KIND_LOCKDEP},
        Worth::kLockSite,
        "get_page_from_freelist rmqueue* __rmqueue_pcplist free_pcppages_bulk free_one_page "
        "free_unref_* ___slab_alloc __slab_free get_partial_node get_any_partial put_cpu_partial "
        "__unfreeze_partials unfreeze_partials __put_partials free_to_partial_list "
        "free_debug_processing cache_alloc_refill cache_flusharray cache_grow_end drain_array "
        "alloc_vmap_area free_vmap_area* remove_vm_area __get_vm_area_node purge_vmap_area_lazy "
        "pcpu_alloc* free_percpu mempool_alloc* dma_pool_* quarantine_* percpu_counter_* "
        "__percpu_counter_* hrtimer_interrupt hrtimer_run_queues __hrtimer_run_queues tick_* "
        "scheduler_tick sched_tick do_user_addr_fault exc_page_fault do_page_fault __do_page_fault "
        "___do_page_fault do_dat_exception do_exception process_one_work"},
    PlumbingGroup{
        "report", "prints the report or stops the machine", kAny, Worth::kNothing,
        "mrdump_common_die* ipanic_die ipanic aee_* "
        "dump_stack* __dump_stack show_stack* __show_stack dump_backtrace* __dump_backtrace "
        "show_trace* show_fault_oops unwind_backtrace walk_stackframe dump_trace dump_cpu_task "
        "show_raw_backtrace save_trace panic __panic __panic_unhandled vpanic abort nmi_panic "
        "panic_other_cpus_shutdown nmi_shootdown_cpus panic_saved_regs eeh_* __eeh_* "
        "panic_bad_stack check_panic_on_warn crash_kexec "
        "__crash_kexec machine_kexec "
        "relocate_kernel kexec_* crash_fadump crash_save_cpu __warn __warn_printk __warn_printf "
        "warn_slowpath_* report_bug __report_bug handle_bug fixup_bug is_valid_bugaddr __bug "
        "__WARN_trap "
        "do_bug bug_handler bug_brk_handler brk_handler do_trap_break get_taint die __die* die_* "
        "oops_* do_oops __handle_sysrq handle_sysrq write_sysrq_trigger print_bad_pte bad_page "
        "dump_page dump_header df_debug doublefault_fn doublefault_shim ex_handler_* "
        "fixup_exception Ldiv0* __div0 native_read_msr* native_write_msr* handle_bad_stack "
        "__bad_stack handle_stack_overflow kernel_stack_overflow stack_overflow __report_bad_irq "
        "note_interrupt print_report print_address_description print_oops* end_report add_taint "
        "xfs_error_report xfs_corruption_error ext4_handle_error __ext4_error* __ext4_std_error "
        "__ext4_grp_locked_error __ext4_abort ext3_handle_error ext3_error ext3_abort "
        "__ext3_std_error "
        "__fat_fs_error rust_begin_unwind rust_panic* rust_helper_BUG "
        "__rustc::* core::panicking::* core::result::unwrap_failed core::option::unwrap_failed "
        "core::option::expect_failed kernel::panic* debug_show_all_locks debug_show_held_locks "
        "lockdep_print_held_locks show_all_workqueues show_one_worker_pool show_mem __show_mem "
        "show_free_areas dump_unreclaimable_slab print_modules print_tainted* show_iret_regs "
        "show_ip show_opcodes show_code show_pte* dump_instr dump_mem print_track* print_section "
        "print_page_info print_slab_info print_shadow_for_address print_memory_metadata "
        "start_report report_suppressed report_enabled describe_address describe_object* "
        "raw_show_trace show_state print_stack_trace nmi_stop_this_cpu xmon* vm_die kdb_* "
        "show_regs* __show_regs spl_dumpstack spl_panic spl_debug_* vcmn_err cmn_err "
        "zfs_panic_recover libcfs_assertion_failed "
        "lbug_with_loc libcfs_debug_dumpstack libcfs_call_trace hpwdt_pretimeout "
        "io_check_error pci_serr_error unknown_nmi_error"},
    // Where the unwinder itself fails, it is the one to look at.
    PlumbingGroup{
        "unwinder", "records a stack for somebody's books",
        kLockup | kMemory | KindSet{KIND_STACK_OVERFLOW}, Worth::kNothing,
        "stack_trace_save* save_stack* __save_stack_trace stack_trace_consume* arch_stack_walk* "
        "unwind_* __unwind_* kernel_text_address __kernel_text_address is_bpf_text_address "
        "bpf_prog_kallsyms_* ftrace_graph_ret_addr print_context_stack stack_depot_* find_stack "
        "deref_stack_reg"},
    PlumbingGroup{
        "sanitizer", "checks accesses on behalf of the code around it", kAny, Worth::kNothing,
        "kasan_* __kasan_* ____kasan_* __asan_* __hwasan_* hwasan_* quarantine_* qlink_* qlist_* "
        "kmsan_* __msan_* msan_* kcsan_* __kcsan_* __tsan_* kfence_* __kfence_* ubsan_* "
        "__ubsan_* handle_overflow __sanitizer_* check_memory_region* check_region_inline "
        "memory_is_poisoned* kmemleak_* create_object __create_object delete_object_full "
        "lookup_object_or_report kmemcheck_* read_word_at_a_time __read_once_word_nocheck "
        "instrument_* write_comp_data check_kcov_mode should_fail* __should_fail* fault_create_* "
        "cfi_* __cfi_* handle_cfi_failure report_cfi_failure mte_check_tfsr_* trace_hardirqs_* "
        "trace_irq_* trace_preempt_* __bpf_trace_* trace_call_bpf* perf_trace_* __traceiter_* "
        "bpf_trace_run* tracer_hardirqs_* __fentry__ mcount _mcount __gnu_mcount_nc "
        "arch_local_irq_* arch_local_save_flags preempt_count_add preempt_count_sub "
        "add_preempt_count sub_preempt_count debug_smp_processor_id check_preemption_disabled "
        "__this_cpu_preempt_check __stack_chk_fail __x86_indirect_thunk_* __x86_return_thunk "
        "srso_* retbleed_* __rela_dyn_start in_softirq_really ftrace_call ftrace_caller* "
        "ftrace_regs_caller* ftrace_graph_* ftrace_stub* ftrace_ops_* ftrace_return_* "
        "ftrace_trampoline* trace_event_raw_event_* trace_event_buffer_* get_shadow_bug_type "
        "get_wild_bug_type get_bug_type object_is_valid per_cpu_remove_cache addr_has_metadata "
        "addr_has_shadow memory_is_nonzero bytes_is_nonzero memory_is_zero bytes_is_zero "
        "find_watchpoint insert_watchpoint set_other_info_task val_to_string get_signed_val "
        "get_unsigned_val handle_null_ptr_deref handle_missaligned_access "
        "handle_misaligned_access handle_object_size_mismatch canonicalize_ip delete_object_part "
        "find_and_remove_object fail_dump trace_softirqs_* hardirqs_off_caller "
        "kprobe_ftrace_handler kprobe_int3_handler kprobe_exceptions_notify kprobe_fault_handler "
        "aggr_pre_handler aggr_post_handler opt_pre_handler optimized_callback optprobe_* "
        "kretprobe_* __kretprobe_* trampoline_handler arch_rethook_* rethook_* fprobe_* "
        "bpf_trampoline_* bpf_dispatcher_* __bpf_prog_enter* __bpf_prog_exit* trace_clock_* "
        "__static_call_*"},
    PlumbingGroup{
        "debug objects", "checks the life of somebody's object", kAny, Worth::kNothing,
        "debug_print_object debug_object_* __debug_object_* debug_check_no_obj_freed "
        "__debug_check_no_obj_freed lookup_object_in_pool work_fixup_* timer_fixup_* "
        "slab_free_freelist_hook slab_free_hook ref_tracker_* __list_add_valid* "
        "__list_del_entry_valid* __list_add __list_del_entry list_del list_add __list_del "
        "__list_add_rcu list_del_init refcount_* __refcount_* kref_* kobject_* __kobject_* "
        "plist_check_* list_add_tail list_move list_move_tail list_del_rcu list_add_rcu "
        "list_add_tail_rcu __list_splice list_splice* list_replace* list_cut_* __list_cut_position "
        "list_bulk_move_tail list_swap list_rotate_* __list_del_clearprev hlist_move_list rcuref_* "
        "hlist_add_* hlist_del* "
        "__hlist_del hlist_bl_add_* hlist_bl_del* hlist_nulls_add_* hlist_nulls_del* "
        "llist_add_batch llist_del_first* llist_reverse_order plist_add plist_del fill_pool "
        "debug_objects_* lookup_object_or_alloc *_is_static_object kthread_fill_pool "
        "hrtimer_fixup_* rcuhead_fixup_* check_data_corruption kset_register kset_unregister"},
    PlumbingGroup{
        "lock debugging", "keeps the books of locks", kAny, Worth::kNothing,
        "lockdep_* debug_lockdep_* __lockdep_* lock_acquire lock_release __lock_acquire "
        "__lock_release lock_acquired lock_contended lock_is_held* __lock_is_held lock_downgrade "
        "lock_set_class reacquire_held_locks find_held_lock mark_lock mark_lock_irq "
        "mark_held_locks mark_usage register_lock_class look_up_lock_class hlock_class "
        "validate_chain check_noncircular check_no_collision add_chain_cache* check_prevs_add "
        "check_irq_usage check_usage* check_deadlock print_circular_bug* print_deadlock_bug "
        "print_usage_bug* print_irq_inversion_bug print_bad_irq_dependency "
        "print_unlock_imbalance_bug* print_unlock_inbalance_bug* print_lock_* print_bfs_bug "
        "print_freed_lock_bug print_held_locks_bug debug_check_no_locks_* rcu_lock_acquire "
        "rcu_try_lock_acquire srcu_lock_acquire srcu_lock_release "
        "rcu_read_lock* rcu_read_unlock* rcu_lock_release __rcu_read_* rcu_note_context_switch "
        "spin_dump spin_bug rwlock_bug debug_mutex_* debug_rt_mutex_* debug_spin_* "
        "debug_rwlock_* debug_write_lock_* check_wait_context rcu_preempt_sleep_check "
        "seqcount_lockdep_reader_access print_lock __mutex_init __init_rwsem __rwlock_init "
        "__rt_mutex_init __lock_set_class lock_pin_lock lock_unpin_lock lock_repin_lock "
        "__lock_pin_lock __lock_unpin_lock __lock_contended __lock_acquired lock_sync "
        "lock_accessed mark_lock_accessed __lock_downgrade valid_state mark_irqflags "
        "separate_irq_context graph_lock graph_unlock debug_locks_off* print_collision "
        "print_nested_lock_bug print_shortest_lock_dependencies print_kernel_ident print_chain_* "
        "check_flags check_chain_key check_redundant check_path check_deadlock_bug check_prev_* "
        "lookup_chain_cache* add_lock_to_list alloc_list_entry assign_lock_key is_dynamic_key "
        "static_obj count_matching_names init_data_structures_once hlock_id match_held_lock "
        "__bfs __bfs_* find_usage_forwards find_usage_backwards zap_class noop_count "
        "chain_hlocks_* rcu_is_watching rcu_lockdep_current_cpu_online rcu_dynticks_*"},
    PlumbingGroup{
        "bottom-half switch", "turns softirqs off and on for its caller", ~KindSet{KIND_WARNING},
        Worth::kNothing,
        "local_bh_disable local_bh_enable _local_bh_enable __local_bh_enable _local_bh_enable_ip "
        "__local_bh_enable_ip __local_bh_disable_ip"},
    // A semaphore has no lockdep map of its own: where lockdep names these, it means the spin lock
    // inside, and there is no better name for that.
    PlumbingGroup{"semaphore", "takes a lock that belongs to its caller", kAny, Worth::kLockSite,
                  "down down_trylock down_interruptible down_killable down_timeout up"},
    PlumbingGroup{
        "lock", "takes a lock that belongs to its caller", kAny, Worth::kNothing,
        "_raw_spin_* __raw_spin_* do_raw_spin_* raw_spin_* arch_spin_* __spin_lock* _spin_* "
        "native_queued_spin_* queued_spin_* pv_wait* __pv_* ticket_spin_* xen_spin_* spin_lock* "
        "spin_unlock* spin_trylock* _raw_read_* _raw_write_* __raw_read_* __raw_write_* "
        "do_raw_read_* do_raw_write_* __read_lock_failed __write_lock_failed _read_lock* "
        "_write_lock* _read_unlock* _write_unlock* read_lock* write_lock* queued_read_* "
        "queued_write_* arch_read_* arch_write_* *_read_lock *_write_lock *_spin_lock "
        "*_spin_unlock ww_mutex_* __ww_mutex_* osq_lock osq_unlock rt_mutex_* __rt_mutex_* "
        "rtlock_* rt_spin_* rt_read_* rt_write_* task_blocks_on_rt_mutex try_to_take_rt_mutex "
        "class_mutex_* class_spinlock_* "
        "class_raw_spinlock_* class_rwsem_* class_read_lock* class_write_lock* class_rcu_* "
        "class_srcu_* "
        "mmap_read_* mmap_write_* __mmap_lock_* down_* __down* __up __up_* up_* rwsem_* __rwsem_* "
        "call_rwsem_* rwbase_* percpu_down_* "
        "percpu_up_* __percpu_down_* percpu_rwsem_* _atomic_dec_and_lock* "
        "_atomic_dec_and_raw_lock* atomic_read atomic_set "
        "atomic_inc* atomic_dec* atomic_add* atomic_sub* atomic_fetch_* atomic_cmpxchg "
        "atomic_try_cmpxchg* atomic64_* arch_atomic_* arch_cmpxchg* __cmpxchg* __ll_sc_* __lse_* "
        ".text.lock.* _mutex_lock_nest_lock downgrade_write _down_write_nest_lock ___down_common "
        "ldsem_* __ldsem_* hlist_bl_lock hlist_bl_unlock bit_spin_* lg_local_* lg_global_* "
        "get_online_cpus put_online_cpus *_read_unlock *_write_unlock lockref_* kvm_lock_spinning "
        "xen_lock_spinning pv_queued_spin_* resilient_queued_spin_* resilient_tas_* raw_res_spin_* "
        "atomic_long_* raw_atomic_* raw_atomic64_* arch_atomic64_* atomic_xchg atomic_or "
        "atomic_and atomic_andnot atomic_xor raw_cmpxchg* cmpxchg* __xchg* __atomic_* local_lock_* "
        "__local_lock_* read_seqbegin* read_seqretry write_seqlock* write_sequnlock* "
        "raw_read_seqcount* mutex_* __mutex_* remove_waiter mark_wakeup_next_waiter "
        "rspin_until_owner_* pv_hash pv_unhash pv_kick* kvm_wait kvm_kick_cpu *_qlock_wait "
        "*_qlock_kick __raw_callee_save_* PV_UNLOCK_SLOWPATH __ticket_* yield_to_prev "
        "yield_to_preempted yield_head_to_lock_owner yield_to_locked_owner __yield_cpu "
        "splpar_spin_yield __spin_yield __rw_yield __write_lock_debug __read_lock_debug "
        "lock_kernel unlock_kernel _lock_kernel is_rwsem_* osq_wait_next cpu_hotplug_begin "
        "cpu_hotplug_done cpu_maps_update_* write_seqcount_* do_write_seqcount_* rwlock_* "
        "rcuwait_wake_up"},
    // It sleeps by design: to call it in atomic context is its caller's bug, but one that is known
    // by its name.
    PlumbingGroup{
        "socket lock", "takes a lock that belongs to its caller",
        ~KindSet{KIND_SLEEPING_IN_ATOMIC, KIND_HUNG_TASK}, Worth::kNothing,
        "lock_sock_nested lock_sock lock_sock_fast __lock_sock release_sock __release_sock"},
    PlumbingGroup{
        "memory and string helper", "works on its caller's bytes", kAny, Worth::kNothing,
        "memcpy* __memcpy* memset* __memset* memmove* __memmove* memcmp __memcmp memchr* memscan "
        "bcmp clear_page_rep clear_page_erms clear_page_orig copy_page copy_page_regs rep_movs* "
        "rep_stos* __fortify_panic __fortify_report fortify_* strlen __strlen strnlen strcmp "
        "strncmp strcasecmp strncasecmp strcpy strncpy sized_strscpy strcat strncat strlcat "
        "strchr strnchr strrchr strstr strnstr strsep strspn strcspn strim skip_spaces "
        "hex_dump_to_buffer print_hex_dump* kstrdup kstrdup_const kstrndup kmemdup* kvmemdup* "
        "crc32 crc32_* crc32c crc32c_* crc16 __crc32c_* crc_t10dif* crc_ccitt* crc_itu_t* crc64_* "
        "crc7_* crc8 crc4 test_and_clear_bit test_and_set_bit "
        "set_bit clear_bit test_bit __set_bit __clear_bit __bitmap_* sort sort_r __phys_addr "
        "__virt_to_phys* __virt_addr_valid __phys_addr_symbol rb_erase* rb_insert_* rb_next "
        "rb_prev rb_first* rb_last __rb_* rhashtable_lookup* __rhashtable_lookup* "
        "rhashtable_insert* __rhashtable_insert* rhashtable_remove* __rhashtable_remove* "
        "rhashtable_replace* rhashtable_get_* ida_* list_sort "
        "mmiocpy mmioset __memzero memweight __pi_mem* "
        "__pi_str* strpbrk strreplace sysfs_streq match_string __sysfs_match_string kstrto* "
        "_kstrto* _parse_integer* arch_set_bit arch_clear_bit arch_test_bit arch___set_bit "
        "arch___clear_bit arch_test_and_* __test_and_* test_and_change_bit test_and_set_bit_lock "
        "clear_bit_unlock variable_test_bit constant_test_bit _test_bit find_first_bit "
        "find_first_zero_bit find_first_and_bit find_next_bit find_next_zero_bit find_last_bit "
        "find_next_and* find_first_andnot* find_nth_* __find_nth_* _find_first_* _find_next_* "
        "_find_last_bit _find_nth* cpumask_next* bitmap_zero bitmap_fill "
        "bitmap_copy* bitmap_and* bitmap_or bitmap_xor bitmap_subset bitmap_set bitmap_clear "
        "bitmap_parse* bitmap_print* bitmap_find_* bitmap_alloc* bitmap_zalloc* bitmap_free "
        "bitmap_weight* bitmap_full bitmap_empty bitmap_equal bitmap_intersects "
        "bitmap_release_region bitmap_onto bitmap_fold bitmap_remap bitmap_cut bitmap_replace "
        "bitmap_shift_* bitmap_to_arr* bitmap_from_arr* rb_replace_node* rb_next_postorder "
        "rb_link_node* rht_key_* rht_bucket* rht_lock* rht_unlock* rht_assign_* rht_ptr* "
        "rht_lookup* rht_head_* strscpy* strlcpy* strchrnul strnchrnul mem_is_zero memzero_* "
        "zero_user_segments string_escape_* string_unescape* __strcmp* __strncmp* __memchr* "
        "arm_mem* __bzero* bzero dcache_clean_* dcache_inval_* caches_clean_* __flush_dcache_* "
        "__flush_icache_* __clean_dcache_* __inval_dcache_* __dma_map_area __dma_unmap_area "
        "__dma_inv_* __dma_clean_* __dma_flush_* v7_dma_* v7_flush_* memcmp_* strcmp_* "
        "copy_template seq_printf seq_vprintf seq_puts __seq_puts seq_putc seq_write seq_put_* "
        "seq_escape* seq_hex_dump seq_pad seq_bprintf seq_buf_* trace_seq_* sysfs_emit* "
        "simple_read_from_buffer simple_write_to_buffer memory_read_from_buffer"},
    PlumbingGroup{
        "number and name formatting", "prints a value that its caller names", kAny, Worth::kNothing,
        "string string_nocheck widen_string number put_dec* pointer default_pointer ptr_to_id "
        "__ptr_to_hashval restricted_pointer pointer_string special_hex_number error_string "
        "err_ptr check_pointer* valid_string vsnprintf snprintf vscnprintf scnprintf vsprintf "
        "sprintf format_decode kasprintf kvasprintf kvasprintf_const vasprintf bprintf "
        "vbin_printf bstr_printf va_format symbol_string resource_string hex_string "
        "bitmap_string bitmap_list_string mac_address_string ip4_string ip6_string "
        "ip6_compressed_string ip4_addr_string* ip6_addr_string* ip_addr_string uuid_string "
        "escaped_string netdev_bits address_val dentry_name file_dentry_name bdev_name "
        "flags_string format_flags device_node_string fwnode_string fourcc_string time_and_date "
        "rtc_str time64_str simple_strto* simple_strnto* sscanf vsscanf sprint_symbol* "
        "__sprint_symbol* sprint_backtrace* kallsyms_lookup* kallsyms_expand_symbol* "
        "module_address_lookup"},
    PlumbingGroup{
        "user copy", "copies to or from the buffer that its caller names", kAny, Worth::kNothing,
        "copy_to_user* _copy_to_user* __copy_to_user* copy_from_user* _copy_from_user* "
        "__copy_from_user* copyin copyout raw_copy_* __arch_copy_* arm_copy_* __generic_copy_* "
        "__get_user_* __put_user_* strnlen_user __clear_user clear_user _copy_to_iter copy_to_iter "
        "_copy_from_iter copy_from_iter copy_page_to_iter copy_page_from_iter copy_folio_to_iter "
        "_copy_from_iter_full* __check_object_size check_heap_object check_stack_object "
        "__check_heap_object usercopy_abort usercopy_warn report_usercopy copy_user_generic* "
        "copy_user_enhanced_* copy_user_64 copy_user_template copy_user_handle_tail "
        "copy_user_large_string copy_user_nocache* __copy_user* __copy_mc_* copy_mc_* "
        "__arch_clear_user __asm_copy_* __asm_vector_usercopy fallback_scalar_usercopy* "
        "__copy_tofrom_user* __clear_user_* copy_overflow __copy_overflow _inline_copy_* "
        "copy_in_user *_nofault probe_kernel_* __probe_kernel_* probe_user_* strncpy_from_* "
        "__strncpy_from_* do_strncpy_from_user __strnlen_user do_strnlen_user __arm_copy_* "
        "copyout_mc copy_page_from_iter_* copy_folio_from_iter_* iov_iter_copy_from_user_atomic "
        "csum_and_copy_* csum_partial_copy_* copy_struct_from_user check_zeroed_user "
        "simple_copy_to_iter hash_and_copy_to_iter"},
    PlumbingGroup{"user access check", "checks that its caller may touch user memory", kAny,
                  Worth::kLockSite, "__might_fault might_fault fault_in_* iov_iter_fault_in_*"},
    PlumbingGroup{
        "device access", "reads or writes a register that its caller names", kAny, Worth::kNothing,
        "__raw_read* __raw_write* logic_in* logic_out* inb inw inl outb outw outl readb readw "
        "readl readq writeb writew writel writeq ioread* iowrite* pci_generic_config_* "
        "pci_bus_read_config_* pci_bus_write_config_* raw_pci_* pci_conf1_* pci_conf2_* "
        "pci_mmcfg_* pci_read_config_* "
        "pci_write_config_* __iowrite* __ioread*"},
    PlumbingGroup{
        "printk", "prints what its caller has to say", kAny, Worth::kNothing,
        "printk printk_* _printk* vprintk* __printk_* log_store dev_vprintk_emit dev_printk_emit "
        "__dev_printk _dev_* dev_printk __netdev_printk netdev_printk netdev_err netdev_warn "
        "netdev_info netdev_notice netdev_alert netdev_crit netdev_emerg msg_print_text "
        "record_print_text logbuf_* __dynamic_pr_* __dynamic_dev_* __dynamic_netdev_* "
        "__dynamic_ibdev_* ___ratelimit __ratelimit net_ratelimit prb_* _prb_* desc_read "
        "desc_reserve data_alloc data_push_tail print_prefix print_time info_print_prefix "
        "log_output cont_add cont_flush emit_log_char dev_driver_string"},
    PlumbingGroup{
        "console", "brings out what somebody printed", kAny, Worth::kLockSite,
        "console_unlock console_flush_* console_emit_* console_trylock* call_console_driver* "
        "serial8250_console_* univ8250_console_* wait_for_xmitr wait_for_lsr io_serial_in "
        "io_serial_out mem32_serial_* console_cont_flush _call_console_drivers "
        "__call_console_drivers console_lock_spinning_* release_console_sem "
        "acquire_console_semaphore_for_printk nbcon_* __nbcon_* legacy_kthread_func wake_up_klogd* "
        "defer_console_output *_console_write *_console_putchar *_console_putc early_serial_putc "
        "mem_serial_in mem_serial_out mem32be_serial_* hvc_console_print"},
    PlumbingGroup{
        "atomic-context check", "checks that its caller may sleep", kAny, Worth::kNothing,
        "___might_sleep __might_sleep __might_resched __cant_sleep __cant_migrate __schedule_bug "
        "preempt_count_equals"},
    PlumbingGroup{
        "allocator", "hands out and takes back memory", kAny, Worth::kNothing,
        "kmalloc* __kmalloc* ___kmalloc* kzalloc* kcalloc* krealloc* __krealloc* kvmalloc* "
        "__kvmalloc* kvzalloc* kvrealloc* __do_krealloc kfree* __kfree kvfree* kzfree kmem_cache_* "
        "__kmem_cache_* slab_alloc* __slab_alloc* ___slab_alloc slab_free* __slab_free "
        "slab_post_alloc_hook slab_pre_alloc_hook allocate_slab new_slab* discard_slab "
        "free_large_kmalloc do_kmem_cache_free cache_alloc* ____cache_alloc* cache_grow* "
        "cache_free* ___cache_free __cache_free fallback_alloc free_block cache_flusharray ksize "
        "__ksize vmalloc* __vmalloc* vzalloc* vfree* __vfree __vunmap vunmap* vm_area_free "
        "remove_vm_area __get_vm_area_node alloc_vmap_area get_vm_area* alloc_pages* "
        "__alloc_pages* __alloc_frozen_pages* alloc_frozen_pages* alloc_page_* "
        "get_page_from_freelist __get_free_page* get_zeroed_page* __page_cache_alloc free_pages* "
        "__free_pages* free_unref_* free_pcppages_bulk free_one_page free_hot_cold_page* "
        "free_the_page free_pcp_prepare free_page_is_bad* free_tail_pages_check "
        "free_tail_page_prepare check_new_page* check_free_page* kmem_freepages kmem_getpages "
        "rmqueue* prep_new_page folio_alloc* __folio_alloc* post_alloc_hook bad_range warn_alloc* "
        "pcpu_alloc* __alloc_percpu* free_percpu dma_pool_* check_slab_allocation *_noprof "
        "object_err slab_err __slab_err print_trailer check_bytes_and_report list_slab_objects "
        "__slab_error* "
        "check_object check_slab check_slabp free_debug_processing alloc_debug_processing "
        "free_to_partial_list slab_fix slab_bug alloc_consistency_checks free_consistency_checks "
        "on_freelist slab_pad_check check_pad_bytes get_freepointer* __rmqueue* put_cpu_partial "
        "__put_partials verify_mem_not_deleted __do_kmalloc_node alloc_slab_page memcg_slab_* "
        "__memcg_slab_* __memcg_kmem_* memcg_kmem_* memcg_charge_slab do_slab_free free_to_pcs* "
        "alloc_from_pcs* __pcs_* refill_sheaf free_frozen_page* __free_frozen_pages "
        "__put_single_page __put_compound_page free_large_page free_compound_page "
        "prep_compound_page pcpu_free_area alloc_percpu* vm_area_alloc_pages alloc_single_from_* "
        "get_any_partial get_partial get_partial_* __unfreeze_partials unfreeze_partials "
        "build_detached_freelist early_kmem_cache_node_alloc free_slab free_partial __free_slab "
        "rcu_free_slab "
        "setup_object* init_object memcg_alloc_* alloc_slab_obj_exts alloc_tagging_slab_* "
        "prepare_slab_obj_exts_hook fixup_red_left nearest_obj cache_from_obj slab_out_of_memory "
        "check_valid_pointer restore_bytes kvcalloc* free_deferred_objects barn_* rcu_free_sheaf "
        "alloc_full_sheaf alloc_empty_sheaf drain_array slab_destroy* slabs_destroy "
        "check_poison_obj poison_obj verify_redzone_free __cache_alloc* alternate_node_alloc "
        "do_ccupdate_local slob_* cache_init_objs transfer_objects alloc_contig_* buffered_rmqueue "
        "steal_suitable_fallback del_page_from_free_list move_freepages* prep_zero_page "
        "kernel_init_free_pages kernel_init_pages check_pcp_refill __free_one_page page_frag_* "
        "__page_frag_* vma_alloc_folio* __set_page_owner* __reset_page_owner set_page_owner "
        "reset_page_owner kernel_poison_pages __kernel_poison_pages kernel_unpoison_pages "
        "kernel_map_pages __kernel_map_pages debug_pagealloc_* __alloc_vmap_area "
        "adjust_va_to_fit_type insert_vmap_area free_vmap_area* free_unmap_vmap_area* "
        "vmap_pages_range* __vmap_pages_range* vmap_small_pages_range_* pcpu_mem_* "
        "pcpu_create_chunk pcpu_populate_chunk pcpu_find_block_fit pcpu_block_* mempool_* "
        "prepare_alloc_pages page_bad_reason page_expected_state try_to_claim_block "
        "move_to_free_list add_to_free_list __add_to_free_list __del_page_from_free_list va_clip "
        "va_alloc sheaf_flush_* pcs_flush_* flush_cpu_sheaves flush_slab __flush_cpu_slab "
        "free_sheaf free_empty_sheaf free_slab_obj_exts __alloc_tagging_* alloc_tag_* "
        "pgalloc_tag_* "
        "check_element poison_element devm_k* __devres_alloc* __kernel_unpoison_pages*"},
    PlumbingGroup{
        "page state", "changes a page for its caller", kAny, Worth::kNothing,
        "unlock_page folio_unlock lock_page __lock_page* __folio_lock* put_page __put_page "
        "__folio_put get_page release_pages folios_put* free_page_and_swap_cache "
        "free_folio_and_swap_cache "
        "free_pages_and_swap_cache iput ihold drop_nlink clear_nlink set_nlink inc_nlink"},
    PlumbingGroup{"socket buffer helper", "checks or frees the buffer that its caller filled", kAny,
                  Worth::kNothing,
                  "skb_panic skb_over_panic skb_under_panic skb_put skb_put_data skb_push skb_pull "
                  "__skb_pull __skb_put __skb_push pskb_put skb_trim __kfree_skb "
                  "sk_skb_reason_drop skb_pull_rcsum skb_put_zero skb_pull_data pskb_pull"},
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
        "wake_up_bit wake_up_var prepare_to_swait* hrtimer_init hrtimer_setup __hrtimer_init* "
        "__hrtimer_setup* hrtimer_init_sleeper* kthread_queue_work kthread_insert_work* "
        "kthread_queue_delayed_work __kthread_queue_delayed_work kthread_mod_delayed_work "
        "disable_work* "
        "disable_delayed_work* __disable_work*"},
    PlumbingGroup{"transfer request",
                  "refuses what a driver asks of the USB core, or waits for its answer",
                  {KIND_WARNING, KIND_HUNG_TASK},
                  Worth::kNothing,
                  "usb_submit_urb usb_start_wait_urb usb_internal_control_msg usb_bulk_msg "
                  "usb_interrupt_msg usb_control_msg*"},
    PlumbingGroup{
        "driver core", "registers or removes what a driver gives it", kAny, Worth::kLockSite,
        "device_add device_del device_register device_unregister device_destroy device_create "
        "device_create_* device_move device_rename put_device get_device device_release "
        "device_initialize cdev_device_* "
        "dpm_sysfs_* sysfs_remove_* sysfs_create_* __sysfs_* sysfs_add_* sysfs_warn_dup "
        "sysfs_do_create_link* internal_create_group* klist_* bus_remove_device_of "
        "tty_unregister_device tty_register_device* i2c_del_adapter i2c_add_adapter "
        "rollback_registered* unregister_netdevice_queue unregister_netdevice_many* "
        "unregister_netdev register_netdev register_netdevice proc_register proc_create* "
        "proc_mkdir* remove_proc_entry* devres_* release_nodes device_remove_file "
        "device_add_groups device_remove_groups device_remove_attrs device_add_attrs "
        "devm_device_add_group* devm_device_remove_group* sysfs_merge_group sysfs_unmerge_group "
        "sysfs_update_group cdev_add cdev_del wakeup_sysfs_* pm_qos_sysfs_* proc_remove "
        "remove_proc_subtree dec_klist_ref"},
};

}  // namespace

std::span<const PlumbingGroup> HelperGroups() { return kGroups; }

}  // namespace oops::analysis
