// The ways into the kernel, and what watches, schedules and waits: what stands around the functions
// that do a kernel's work. Patterns as in plumbing_helpers.cc.
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

constexpr std::array kGroups = {
    // Before the exceptions, whose exc_* and __el1_* take these too: an NMI interrupts.
    PlumbingGroup{
        "interrupt entry", "brought the CPU here from what it was doing", kAny, Worth::kEntry,
        "asm_sysvec_* sysvec_* __sysvec_* instr_sysvec_* asm_call_on_stack asm_call_irq_on_stack "
        "asm_call_sysvec_on_stack asm_common_interrupt common_interrupt call_irq_handler "
        "apic_timer_interrupt smp_apic_timer_interrupt* smp_local_timer_interrupt "
        "smp_trace_apic_timer_interrupt trace_apic_timer_interrupt local_apic_timer_interrupt "
        "retint_* ret_from_intr ret_from_except ret_from_except_full ret_from_except_lite "
        "restore_args irqentry_* irq_work_* call_function_interrupt call_function_single_interrupt "
        "smp_call_function_interrupt smp_call_function_single_interrupt "
        "generic_smp_call_function_* flush_smp_call_function_* __flush_smp_call_function_* "
        "reschedule_interrupt smp_reschedule_interrupt scheduler_ipi el1_irq el1_interrupt "
        "__el1_irq el1h_64_irq* el1h_64_fiq* el0_irq* el0t_64_irq* gic_handle_irq "
        "call_on_irq_stack do_interrupt_handler generic_handle_arch_irq handle_arch_irq __irq_svc "
        "__irq_usr handle_IRQ asm_do_IRQ do_IRQ do_irq handle_domain_irq __handle_domain_irq "
        "generic_handle_domain_irq generic_handle_irq* handle_percpu_devid_irq handle_percpu_irq "
        "arch_timer_handler_* timer_handler timer_interrupt __timer_interrupt decrementer_common* "
        "do_ext_irq ext_int_handler ext_no_vtime do_ext_interrupt clock_comparator_interrupt "
        "do_irq_async riscv_intc_irq riscv_timer_interrupt handle_riscv_irq c0_compare_interrupt "
        "plat_irq_dispatch handle_int rollback_handle_int mipsr2_* handle_cpu_irq "
        "handle_loongarch_irq constant_timer_interrupt do_vint handle_vint call_do_irq __do_irq "
        "hardware_interrupt_common* nmi do_nmi end_repeat_nmi exc_nmi asm_exc_nmi nmi_handle "
        "default_do_nmi nmi_restore first_nmi repeat_nmi handle_nmi ipi_cpu_backtrace "
        "__common_interrupt common_interrupt_return restore_regs_and_* irq_return native_iret "
        "native_irq_return_iret smp_irq_work_interrupt xen_evtchn_do_upcall __xen_evtchn_do_upcall "
        "xen_hvm_callback_vector xen_do_hypervisor_callback xen_do_upcall hypervisor_callback "
        "hyperv_callback_vector hyperv_stimer0_callback_vector hyperv_vector_handler "
        "kvm_posted_intr_* smp_kvm_posted_intr_* irq_move_cleanup_interrupt "
        "run_irq_on_irqstack_cond nested_nmi vmx_do_nmi_irqoff vmx_do_interrupt_* "
        "thermal_interrupt smp_thermal_interrupt error_interrupt spurious_interrupt "
        "smp_spurious_interrupt fred_* asm_fred_* el0_interrupt __el0_irq_* __gic_handle_irq* "
        "gic_handle_ipi "
        "handle_IPI do_handle_IPI handle_percpu_devid_fasteoi_* call_with_stack vic_handle_irq "
        "avic_handle_irq handle_irq_desc do_domain_IRQ omap_intc_handle_irq sun4i_handle_irq "
        "bcm2835_handle_irq "
        "bcm2836_arm_irqchip_handle_irq armada_370_xp_handle_irq orion_handle_irq "
        "combiner_handle_irq twd_handler ipi_timer do_IPI h_virt_irq_common* doorbell_super_* "
        "doorbell_exception performance_monitor_* perf_event_interrupt __do_IRQ call_do_softirq "
        "smp_ipi_demux* replay_soft_interrupts* __replay_soft_interrupts* ret_from_irq do_io_irq "
        "io_int_handler ext_skip io_return do_extint do_ext_call_interrupt handle_IRQ_event "
        "riscv_intc_aia_irq ipi_mux_process imsic_handle_irq plic_handle_irq sbi_ipi_handle "
        "mips_cpu_irq_dispatch gic_irq_dispatch gic_handle_local_int gic_compare_interrupt "
        "smtc_ipi_replay ipi_call_interrupt ipi_resched_interrupt do_cpu_irq do_cpu_irq_mask "
        "handler_irq entInt do_entInt restore_check_irq_replay"},
    PlumbingGroup{
        "exception entry", "brought the CPU here from the instruction that failed", kAny,
        Worth::kEntry,
        // x86
        "do_trap do_error_trap do_invalid_op handle_invalid_op invalid_op exc_* asm_exc_* __exc_* "
        "do_general_protection general_protection do_double_fault double_fault "
        "doublefault_init_cpu_tss do_divide_error divide_error do_int3 int3 do_debug debug "
        "stack_segment do_stack_segment do_page_fault __do_page_fault page_fault async_page_fault "
        "do_async_page_fault do_kern_addr_fault do_user_addr_fault spurious_kernel_fault "
        "no_context bad_area* pgtable_bad page_fault_oops kernelmode_fixup_or_oops error_entry "
        "error_exit paranoid_entry paranoid_exit trace_page_fault trace_do_page_fault "
        "do_device_not_available machine_check do_machine_check mce_* spurious_fault is_prefetch "
        "gp_try_fixup_and_notify gp_user_force_sig_segv do_bounds bounds do_overflow overflow "
        "do_segment_not_present segment_not_present alignment_check do_coprocessor_error "
        "coprocessor_error simd_coprocessor_error do_simd_coprocessor_error math_error "
        "math_state_restore device_not_available do_kernel_cp_fault ve_raise_fault "
        "vc_raw_handle_exception vc_handle_exitcode early_idt_handler* early_fixup_exception "
        "do_early_exception xen_asm_* xen_page_fault xen_general_protection error_code "
        "common_exception_* "
        // arm64
        "el1_sync* el1_abort el1_da el1_ia el1_undef el1_dbg el1_inv el1_pc el1_error* el1_bti "
        "el1_fpac el1h_64_sync* el1h_64_error* el1t_64_* el0_sync el0_da el0_ia do_mem_abort "
        "do_bad_area do_translation_fault do_tag_check_fault do_sp_pc_abort do_undefinstr do_sea "
        "do_serror __do_kernel_fault __do_user_fault do_debug_exception do_bad arm64_serror_panic "
        "arm64_is_fatal_ras_serror report_cfi __el1_* el1_gcs el1_softstp el1_watchpt el1_brk64 "
        "el1_breakpt do_tag_recovery do_el0_* do_el1_* do_brk64 call_undef_hook call_break_hook "
        "call_el1_break_hook reserved_fault_handler early_brk64 panic_bad_mode __arm64_serror "
        "enter_from_kernel_mode "
        // arm
        "__dabt_svc __pabt_svc __und_svc __und_svc_finish __und_fault do_DataAbort "
        "do_PrefetchAbort __do_kernel_fault.part __dabt_usr __pabt_usr arm_notify_die "
        "do_kernel_address_page_fault __und_usr __fiq_svc do_sect_fault do_alignment "
        "do_alignment_* "
        // powerpc
        "program_check_exception program_check_common* do_program_check data_access_* "
        "do_slb_fault instruction_access_* handle_page_fault do_hash_fault bad_page_fault "
        "__bad_page_fault _exception unrecoverable_exception system_reset_* alignment_common* "
        "kernel_bad_stack ___do_page_fault interrupt_return* soft_nmi_* hash__do_page_fault "
        "do_bad_slb_fault slb_miss_bad_addr unaligned_access alignment_exception machine_check_* "
        "pseries_machine_check_* pseries_system_reset_* unknown_exception "
        "unknown_async_exception kernel_fp_unavailable_exception altivec_unavailable_exception "
        "vsx_unavailable_exception facility_unavailable_* single_step_exception "
        "handle_hmi_exception emulation_assist_* StackOverflow stack_overflow_exception "
        "bad_stack_* transfer_to_handler* interrupt_exit_kernel_prepare interrupt_enter_prepare "
        "fast_interrupt_return* "
        // s390, riscv, mips, loongarch, sparc
        "__do_pgm_check pgm_check_handler pgm_check_ext illegal_op monitor_event_exception "
        "do_dat_exception do_protection_exception handle_fault_error* do_trap_* handle_exception "
        "ret_from_exception do_bp do_tr do_ri do_ade do_ale do_bce do_be handle_sys handle_tlb* "
        "tlb_do_page_fault_* bad_trap do_sparc64_fault sparc64_realfault_common unhandled_fault "
        "handle_bp handle_bp_int handle_tr handle_tr_int handle_ri handle_ri_int handle_ri_rdhwr* "
        "handle_adel* handle_ades* handle_ade handle_ade_int handle_ale handle_ale_int "
        "do_asce_exception do_secure_storage_* do_exception do_no_context do_fault_error "
        "do_report_trap addressing_exception specification_exception data_exception "
        "translation_exception mcck_int_handler s390_handle_mcck s390_do_machine_check handle_cpu "
        "handle_ov handle_fpe handle_fpu handle_bce handle_reserved do_tr_or_bp do_cpu do_ov "
        "do_fpe do_fpu do_dbe do_mcheck do_watch do_reserved except_vec* bad_kernel_pc "
        "bad_trap_tl1 tl0_irq* rtrap_nmi kernel_unaligned_trap mem_address_unaligned entMM entUna "
        "entArith entIF do_entUna do_entIF handle_interruption intr_return EV_TLBProtV "
        "EV_PrivilegeV EV_Misaligned parisc_terminate "
        "excp_vect_table sun4v_dtsb_miss sun4v_itsb_miss ia64_do_page_fault ia64_bad_break "
        "ia64_leave_kernel ia64_fault ia64_native_leave_kernel mm_fault_error"},
    PlumbingGroup{
        "watchdog", "noticed that something is stuck", kAny, Worth::kNothing,
        "watchdog watchdog_timer_fn watchdog_overflow_callback watchdog_check_* "
        "watchdog_hardlockup_* watchdog_smp_panic watchdog_timer_interrupt watchdog_nmi_* "
        "wd_lockup_ipi softlockup_* hardlockup_* touch_nmi_watchdog is_softlockup "
        "perf_event_nmi_handler perf_event_overflow __perf_event_overflow x86_pmu_handle_irq "
        "intel_pmu_handle_irq* amd_pmu_* handle_pmi_common perf_ibs_* armv8pmu_handle_irq "
        "nmi_cpu_backtrace* wq_watchdog_* nmi_trigger_cpumask_backtrace nmi_raise_cpu_backtrace "
        "nmi_watchdog_tick arch_trigger_cpumask_backtrace check_hung_task "
        "check_hung_uninterruptible_tasks* hung_task_* rcu_check_callbacks rcu_sched_clock_irq "
        "rcu_pending __rcu_pending check_cpu_stall* print_cpu_stall* print_other_cpu_stall* "
        "rcu_dump_cpu_stacks rcu_print_* rcu_stall_* rcu_check_gp_kthread_* print_stall_* "
        "rcu_exp_* synchronize_rcu_expedited_wait* sched_show_task _sched_show_task "
        "show_state_filter csd_lock_wait_toolong panic_on_rcu_stall rcu_tasks_wait_gp "
        "show_stalled_task_trace check_all_holdout_tasks* check_holdout_task "
        "synchronize_sched_expedited_wait nmi_backtrace_stall_check debug_show_blocker "
        "watchdog_buddy_* watchdog_interrupt_count trigger_all_cpu_backtrace "
        "trigger_single_cpu_backtrace trigger_allbutself_cpu_backtrace "
        "trigger_allbutcpu_cpu_backtrace trigger_cpumask_backtrace "
        "arch_trigger_all_cpu_backtrace*"},
    PlumbingGroup{
        "tick", "counts time, and is where the watchdogs look", kAny, Worth::kNothing,
        "update_process_times tick_* __hrtimer_run_queues __run_hrtimer hrtimer_interrupt "
        "hrtimer_run_queues run_local_timers account_process_tick account_system_* "
        "account_user_* account_idle_* scheduler_tick sched_tick task_tick_* entity_tick "
        "irqtime_* __irq_exit_rcu irq_exit irq_exit_rcu irq_enter* do_softirq_own_stack "
        "call_softirq do_softirq hrtimer_peek_ahead_timers __hrtimer_peek_ahead_timers "
        "__remove_hrtimer account_process_time profile_tick invoke_softirq "
        "__do_softirq_own_stack raise_softirq* __raise_softirq_irqoff wakeup_softirqd "
        "trigger_load_balance"},
    PlumbingGroup{"interrupt handling", "calls the handlers of an interrupt",
                  kLockup | KindSet{KIND_STACK_OVERFLOW}, Worth::kNothing,
                  "__handle_irq_event_percpu handle_irq_event* handle_level_irq handle_edge_irq "
                  "handle_edge_eoi_irq handle_fasteoi_* handle_simple_irq handle_untracked_irq "
                  "handle_nested_irq handle_bad_irq handle_irq __handle_irq irq_thread_fn "
                  "stack_overflow_check check_stack_overflow "
                  "irq_forced_thread_fn"},
    PlumbingGroup{"timer softirq",
                  "runs the watchdog's timer",
                  {KIND_WORKQUEUE_LOCKUP},
                  Worth::kNothing,
                  "call_timer_fn expire_timers __run_timers __run_timer_base run_timer_base "
                  "run_timer_softirq __do_softirq handle_softirqs do_idle cpu_idle start_kernel"},
    // Of "IRQ handler type mismatch".
    PlumbingGroup{"interrupt request",
                  "takes the handler that a driver gives it",
                  {KIND_OTHER},
                  Worth::kNothing,
                  "__setup_irq setup_irq request_irq request_threaded_irq"},
    PlumbingGroup{
        "scheduler", "puts tasks to sleep and wakes them", kBlocked, Worth::kNothing,
        "schedule __schedule schedule_* io_schedule* context_switch __switch_to __switch_to_asm "
        "_switch switch_to preempt_schedule* ___preempt_schedule* __preempt_schedule* "
        "_cond_resched __cond_resched* cond_resched finish_task_switch* wait_task_inactive psi_* "
        "deactivate_task dequeue_task* pick_next_task* idle_balance load_balance "
        "__sched_text_start kick_pool dynamic_preempt_schedule* raw_irqentry_exit_cond_resched "
        "wq_worker_sleeping sched_submit_work cond_resched_lock dynamic_cond_resched yield "
        "__sched_yield do_sched_yield yield_to cpu_switch_to __schedule_loop thread_return "
        "freezable_schedule*"},
    PlumbingGroup{
        "wait", "waits for what its caller asked for", kBlocked, Worth::kNothing,
        "__lock_sock wait_on_* __wait_on_* out_of_line_wait_on_* bit_wait* __wait_event* "
        "wait_event* "
        "wait_woken sleep_on* folio_wait_* msleep* usleep_range* ssleep __wait_rcu_gp wait_rcu_gp "
        "_wait_rcu_gp rcu_barrier* _rcu_barrier* srcu_barrier exp_funnel_lock jbd2_log_wait_* "
        "do_read_cache_* kthread_stop kthread_park flush_workqueue* __flush_workqueue "
        "drain_workqueue flush_all_cpus_locked __lock_buffer do_wait_intr* wait_bit_action "
        "inode_wait sync_page sync_buffer folio_put_wait_locked softleaf_entry_wait_* "
        "*_wait_for_completion blk_wait_io flush_scheduled_work kthread_cancel_* kthread_flush_* "
        "__kthread_cancel_* kthread_unpark kthread_parkme __kthread_parkme "
        "del_singleshot_timer_sync hrtimer_cancel* tasklet_kill tasklet_unlock_* fsleep "
        "wait_var_event* rcuwait_wait_event swait_event*"},
    PlumbingGroup{
        "busy wait", "spins or answers IPIs until its caller's condition holds", kLockup,
        Worth::kNothing,
        "cpu_relax rep_nop __delay delay_* __const_udelay __udelay udelay __ndelay __loop_delay "
        "__timer_delay read_tsc native_read_tsc ktime_get csd_lock_wait native_safe_halt "
        "default_idle* arch_cpu_idle cpu_do_idle cpuidle_* call_cpuidle mwait_idle* intel_idle* "
        "acpi_idle_* multi_cpu_stop cpu_stopper_thread stop_machine_yield rcu_momentary_* "
        "native_pause ktime_get_* timekeeping_get_* kvm_clock_* pvclock_clocksource_* read_hpet "
        "native_sched_clock sched_clock* local_clock* paravirt_sched_clock arch_counter_get_* "
        "arch_timer_read_* xen_clocksource_* hv_read_tsc_* snooze_loop dedicated_cede_loop "
        "shared_cede_loop psw_idle* enabled_wait r4k_wait* __r4k_wait idle_loop poll_idle "
        "amd_e400_idle c1e_idle native_halt xen_safe_halt pv_native_*"},
    PlumbingGroup{"idle loop",
                  "has nothing to do",
                  {KIND_MCE, KIND_HARDWARE_ERROR},
                  Worth::kNothing,
                  "native_safe_halt native_halt default_idle* arch_cpu_idle cpu_do_idle cpuidle_* "
                  "call_cpuidle mwait_idle* intel_idle* acpi_idle_* acpi_processor_ffh_* poll_idle "
                  "c1e_idle amd_e400_idle pv_native_* xen_safe_halt do_idle cpu_idle "
                  "cpu_idle_loop start_kernel snooze_loop power7_* pnv_* psw_idle* enabled_wait "
                  "r4k_wait* __r4k_wait"},
    PlumbingGroup{
        "memory reclaim and charging", "allocates for its caller", kMemory, Worth::kNothing,
        "sock_kmalloc sk_prot_alloc sk_alloc __alloc_skb alloc_skb* __build_skb* build_skb "
        "dev_alloc_skb __netdev_alloc_skb netdev_alloc_* __napi_alloc_skb napi_alloc_* "
        "pskb_* alloc_netdev* __list_lru_init sget_userns alloc_super alloc_inode* "
        "inode_init_always alloc_workqueue* kthread_create* __kthread_create* pagecache_get_page "
        "__filemap_get_folio* filemap_alloc_folio* grow_dev_page find_or_create_page "
        "alloc_bprm_page page_pool_* __page_pool_* folio_add_* folio_batch_* shmem_alloc_* "
        "slab_build_skb napi_build_skb __napi_build_skb __finalize_skb_around napi_skb_cache_* "
        "percpu_counter_* __percpu_counter_* do_anonymous_page skb_free_head skb_release_data "
        "consume_skb __netif_receive_skb* "
        "netif_receive_skb* out_of_memory __out_of_memory oom_kill_process __oom_kill_process "
        "mem_cgroup_* __mem_cgroup_* try_charge* charge_memcg pagefault_out_of_memory do_fault* "
        "handle_mm_fault* __handle_mm_fault handle_pte_fault filemap_fault __do_fault wp_page_copy "
        "do_swap_page swapin_readahead read_swap_cache_async __do_page_cache_readahead "
        "radix_tree_node_alloc radix_tree_extend __radix_tree_create *radix_tree_preload idr_*"},
    // Where a task that died or was signalled is stuck, nothing else names what it was doing.
    PlumbingGroup{"system call exit", "lets the task go back to user space",
                  ~KindSet{KIND_RCU_STALL, KIND_SOFT_LOCKUP}, Worth::kEntry, "syscall_exit_*"},
    PlumbingGroup{
        "system call entry", "brought the CPU here from user space", kAny, Worth::kEntry,
        "userspace fork_handler new_thread_handler interrupt_end entry_* do_syscall_* "
        "do_SYSENTER_32 do_fast_syscall_32 __do_fast_syscall_32 x64_sys_call system_call* "
        "sysenter_* tracesys* ia32_sys* cstar_* exit_to_user_mode_* "
        "prepare_exit_to_usermode "
        "syscall_return_* ret_from_fork* ret_fast_syscall ret_slow_syscall __sys_trace_return "
        "el0_svc* el0t_64_sync* el0t_32_sync* invoke_syscall ret_from_kernel_thread "
        "ret_from_kernel_user_thread kernel_thread* kthread thread_generic_wrapper taskq_thread "
        "worker_thread process_one_work "
        "process_scheduled_works smpboot_thread_fn ret_from_syscall common_exception "
        "syscall_common handle_syscall child_rip start_secondary secondary_startup* "
        "cpu_startup_entry rest_init x86_64_start_* start_ap secondary_start_kernel "
        "__secondary_switched __primary_switched early_stop_machine start_secondary_prolog "
        "return_from_SYSCALL_64 syscall_call sysret_* int_ret_from_sys_call ret_from_sys_call "
        "__do_syscall "
        "syscall_trace_* syscall_slow_exit_work __syscall_exit_to_user_mode_work "
        "syscall_enter_from_user_mode* exit_to_usermode_loop do_int80_* "
        "int_check_syscall_exit_work int_signal int_careful int_very_careful int_with_check "
        "do_notify_resume* resume_userspace work_notifysig work_resched work_pending ret_to_user* "
        "ret_to_kernel vector_swi exit_task_work resume_user_mode_work tracehook_notify_* "
        "start_thread common_startup_64 start_cpu el0_sync_* el0_error_naked __invoke_syscall "
        "cpu_bringup_and_idle DoSyscall syscall_exit interrupt_exit_user_* start_secondary_resume "
        "start_here_* __ret_from_fork sysc_* smp_start_secondary syscall_handler check_syscall_nr "
        "smp_callin resume_kernel handle_sys64 handle_sysn32 handle_syso32 restore_all "
        "restore_partial smp_bootstrap arch_ret_from_fork linux_sparc_syscall* entSys "
        "ret_from_smp_fork EV_Trap intr_check_sig _syscall_return syscall csky_systemcall"},
};

}  // namespace

std::span<const PlumbingGroup> EntryGroups() { return kGroups; }

}  // namespace oops::analysis
