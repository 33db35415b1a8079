// Hardware, interrupts, network devices and file systems: mostly no kernel bugs, but what explains
// one, or what the machine's owner has to know (arch/x86/kernel/cpu/mce, drivers/acpi/apei,
// drivers/pci/pcie, drivers/edac, mm/memory-failure.c, drivers/iommu, kernel/irq,
// net/sched/sch_generic.c, net/core/dev.c, fs/).
#include "lib/grammar/headline.h"

namespace oops::grammar {
namespace {

constexpr std::string_view kMce = "Machine check";
constexpr std::string_view kAer = "PCIe error";
constexpr std::string_view kEdacCorrected = "EDAC: corrected memory error";
constexpr std::string_view kEdacUncorrected = "EDAC: uncorrected memory error";
constexpr std::string_view kMemoryFailure = "Memory failure";

// Bank lines come one a bank. VAL is bit 63 and UC bit 61 of the status: a first digit of 8, 9, c
// or d is corrected.
#define BANK(exception, digit)                                                       \
  R"((?:mce: )?(?:\[Hardware Error\]: )?CPU ?(?P<cpu>\d+): Machine Check)" exception \
  R"(: +(?P<mcg_status>[0-9a-f]+) Bank (?P<bank>\d+): (?P<status>)" digit R"([0-9a-f]{15}))"
#define BDF R"([0-9a-f]{4}:[0-9a-f]{2}:[0-9a-f]{2}\.[0-7])"
#define PCI R"((?:(?P<driver>\w+) )?(?P<device>)" BDF "):? "
// A port tells of what lies below it.
#define PORT R"((?:(?P<driver>\w+) )?)" BDF ":? "
#define OF_DEVICE "(?: (?P<device>" BDF "))?"
// Behind a line that says in words how bad it is; the second flag says it, too.
#define AMD_STATUS(id, flag, how_bad, words, sample)                                             \
  {                                                                                              \
    .name = id, .anchor = "_STATUS[",                                                            \
    .pattern = R"(\[Hardware Error\]: CPU:(?P<cpu>\d+) \([0-9a-f:]+\) MC(?P<bank>\d+)_STATUS\[)" \
               R"((?:Over|-)\|)" flag R"(\|[^\]]*\]: 0x(?P<status>[0-9a-f]+))",                  \
    .kind = KIND_MCE, .severity = how_bad, .join = Join::kDetail, .damage = DAMAGE_NO_HEADLINE,  \
    .title = words, .printed_by = "amd_decode_mce(), since 2.6.32", .example = sample            \
  }
// Lines of one kind that follow each other belong to one event.
#define SOFT(id, literal, regex, which, how_bad, words, by, sample)                      \
  {                                                                                      \
    .name = id, .anchor = literal, .pattern = regex, .kind = which, .severity = how_bad, \
    .join = Join::kDetail, .title = words, .printed_by = by, .example = sample           \
  }
#define FS(id, literal, regex, words, by, sample) \
  SOFT(id, literal, regex, KIND_FS_ERROR, SEVERITY_INFO, words, by, sample)
// "ext4_lookup:1590: inode #131074: comm ls: deleted inode", "ext3_free_blocks: Freeing".
#define EXT_PLACE \
  R"((?P<func>\w+)\b(?::(?P<line>\d+))?:? ?(?P<text>(?:.*?\bcomm (?P<comm>.{1,16}?): )?.*))"
#define BTRFS(level)                                                                          \
  "BTRFS " level R"( \(device (?P<device>[\w./-]+)(?::? state (?P<state>\w+))?\): (?P<what>)" \
  "corrupt(?:ed)? (?:leaf|node)|parent transid verify failed|bad tree block start|checksum "  \
  "verify "                                                                                   \
  "failed|"                                                                                   \
  R"(unable to find ref byte nr)\b[:,]? *(?P<text>.*))"

constexpr Headline kRows[] = {
    // Machine checks
    SOFT("mce-polled-corrected-2.6", "Machine Check Exception",
         R"((?:mce: )?(?:\[Hardware Error\]: )?CPU ?(?P<cpu>\d+): Machine Check Exception: +)"
         R"((?P<mcg_status>0) Bank (?P<bank>\d+): (?P<status>[89cd][0-9a-f]{15}))",
         KIND_MCE, SEVERITY_INFO, "Machine check: corrected",
         "print_mce() until 4.9: found by polling, whatever it says",
         "[Hardware Error]: CPU 0: Machine Check Exception: 0 Bank 5: 8c00004000010090"),
    SOFT("mce-polled-uncorrected-2.6", "Machine Check Exception",
         R"((?:mce: )?(?:\[Hardware Error\]: )?CPU ?(?P<cpu>\d+): Machine Check Exception: +)"
         R"((?P<mcg_status>0) Bank (?P<bank>\d+): (?P<status>[0-9a-f]{16}))",
         KIND_MCE, SEVERITY_WARNING, kMce, "print_mce() until 4.9: found by polling",
         "[Hardware Error]: CPU 4: Machine Check Exception: 0 Bank 5: be00004000010091"),
    SOFT("mce-exception", "Machine Check Exception", BANK(" Exception", "[0-9a-f]"), KIND_MCE,
         SEVERITY_OOPS, kMce, "print_mce(), x86, since 2.6.31",
         "mce: [Hardware Error]: CPU 18: Machine Check Exception: 5 Bank 7: be00000001010091"),
    SOFT("mce-corrected", ": Machine Check: ", BANK("", "[89cd]"), KIND_MCE, SEVERITY_INFO,
         "Machine check: corrected", "print_mce(), x86 since 4.10",
         "mce: [Hardware Error]: CPU 0: Machine Check: 0 Bank 4: 9c00000000010090"),
    SOFT("mce-uncorrected", ": Machine Check: ", BANK("", "[0-9a-f]"), KIND_MCE, SEVERITY_WARNING,
         kMce, "print_mce(), x86 since 4.10",
         "mce: [Hardware Error]: CPU 0: Machine Check: 0 Bank 4: be00000000010090"),
    SOFT("mce-exception-2.6", "Machine Check Exception",
         R"(CPU ?(?P<cpu>\d+): Machine Check Exception: +(?P<mcg_status>[0-9a-f]{16})\s*$)",
         KIND_MCE, SEVERITY_OOPS, kMce, "intel_machine_check(), i386 until 2.6.30",
         "CPU 0: Machine Check Exception: 0000000000000004"),
    {.name = "mce-logged",
     .anchor = "Machine check events logged",
     .pattern = R"((?:mce: )?(?:\[Hardware Error\]: )?Machine check events logged)",
     .kind = KIND_MCE,
     .severity = SEVERITY_INFO,
     .join = Join::kCarrier,
     .title = "Machine check events logged",
     .printed_by = "mce_notify_irq(): details follow, or are in mcelog",
     .example = "mce: [Hardware Error]: Machine check events logged"},
    SOFT(
        "mce-amd-corrected", "[Hardware Error]: ",
        R"(\[Hardware Error\]: (?:Corrected error, no action required|Deferred error, no action required)\b)",
        KIND_MCE, SEVERITY_INFO, "Machine check: corrected", "amd_decode_mce(), since 2.6.32",
        "[Hardware Error]: Corrected error, no action required."),
    SOFT(
        "mce-amd-uncorrected", "[Hardware Error]: ",
        R"(\[Hardware Error\]: (?:Uncorrected, software (?:restartable|containable) error|System Fatal error|Deferred error)\b)",
        KIND_MCE, SEVERITY_WARNING, kMce, "amd_decode_mce(), since 2.6.32",
        "[Hardware Error]: System Fatal error."),
    AMD_STATUS("mce-amd-status-uncorrected", "UE", SEVERITY_WARNING, kMce,
               "[Hardware Error]: CPU:5 (17:31:0) "
               "MC0_STATUS[-|UE|MiscV|AddrV|-|TCC|SyndV|UECC|-|Poison|-]: 0xbc002800000c0135"),
    AMD_STATUS("mce-amd-status", "(?:CE|-)", SEVERITY_INFO, "Machine check: corrected",
               "[Hardware Error]: CPU:2 (17:31:0) "
               "MC17_STATUS[Over|CE|MiscV|AddrV|-|-|SyndV|-|CECC|-|-|-]: 0xdc2040000000011b"),
    SOFT("mce-user-access", "Uncorrected hardware memory",
         R"((?:mce: )?Uncorrected hardware memory error in user-access at (?P<addr>[0-9a-f]+))",
         KIND_MCE, SEVERITY_WARNING, kMce, "kill_me_maybe(), since 4.2",
         "mce: Uncorrected hardware memory error in user-access at 12f4a5f4c0"),
    {.name = "mce-ppc",
     .anchor = ": machine check (",
     .pattern =
         R"((?:mce|MCE): CPU(?P<cpu>\d+): machine check \((?P<type>[A-Z][a-z]+)\) +(?P<text>.*))",
     .kind = KIND_MCE,
     .severity = SEVERITY_WARNING,
     .join = Join::kDetail,
     .title = kMce,
     .printed_by = "machine_check_print_event_info(), since 5.2",
     .arch = "ppc64",
     .example = "MCE: CPU22: machine check (Warning) Host DERAT Multihit [Recovered]"},
    {.name = "mce-ppc32",
     .anchor = "Machine check in kernel mode",
     .pattern = R"(Machine check in kernel mode\.)",
     .kind = KIND_MCE,
     .severity = SEVERITY_OOPS,
     .title = kMce,
     .printed_by = "machine_check_generic(), ppc32",
     .arch = "ppc32",
     .example = "Machine check in kernel mode."},
    // Firmware-first errors
    {.name = "ghes",
     .anchor = "Hardware error from APEI",
     .pattern =
         R"((?:\{\d+\})?(?:\[Hardware Error\]: )?Hardware error from APEI Generic Hardware Error Source: \d+)",
     .kind = KIND_HARDWARE_ERROR,
     .severity = SEVERITY_INFO,
     .title = "Hardware error from APEI",
     .printed_by = "__ghes_print_estatus(), since 2.6.36",
     .example = "{1}[Hardware Error]: Hardware error from APEI Generic Hardware Error Source: 1"},
    SOFT("ghes-uncorrected", "event severity: ",
         R"((?:\{\d+\})?\[Hardware Error\]: event severity: (?:fatal|recoverable)\b)",
         KIND_HARDWARE_ERROR, SEVERITY_WARNING, "Hardware error from APEI",
         "cper_estatus_print(), since 3.2", "{1}[Hardware Error]: event severity: recoverable"),
    {.name = "bert",
     .anchor = "BERT: Error records from",
     .pattern = "BERT: Error records from previous boot:",
     .kind = KIND_HARDWARE_ERROR,
     .severity = SEVERITY_WARNING,
     .title = "BERT: Error records from previous boot",
     .printed_by = "bert_print_all(), since 4.3",
     .example = "BERT: Error records from previous boot:"},
    // NMIs whose reason the chipset tells
    {.name = "nmi-iock",
     .anchor = "NMI: IOCK error",
     .pattern =
         R"(NMI: IOCK error \(debug interrupt\?\)(?: for reason (?P<err>[0-9a-f]{2}) on CPU (?P<cpu>\d+))?)",
     .kind = KIND_HARDWARE_ERROR,
     .severity = SEVERITY_WARNING,
     .title = "NMI: IOCK error",
     .printed_by = "io_check_error() of x86, with the registers",
     .example = "NMI: IOCK error (debug interrupt?) for reason 61 on CPU 0."},
    {.name = "nmi-serr",
     .anchor = "NMI: PCI system error",
     .pattern =
         R"(NMI: PCI system error \(SERR\) for reason (?P<err>[0-9a-f]{2}) on CPU (?P<cpu>\d+))",
     .kind = KIND_HARDWARE_ERROR,
     .severity = SEVERITY_WARNING,
     .title = "NMI: PCI system error",
     .printed_by = "pci_serr_error() of x86, since 2.6.36",
     .example = "NMI: PCI system error (SERR) for reason b1 on CPU 0."},
    // PCI Express
    SOFT(
        "aer-corrected", " Correct",
        PORT
        R"(AER: (?:Multiple )?Correct(?:ed|able) error (?:message )?received(?::| from))" OF_DEVICE,
        KIND_HARDWARE_ERROR, SEVERITY_INFO, "PCIe error: corrected",
        "aer_print_port_info(), 2.6.19 to 6.x",
        "pcieport 0000:00:1c.0: AER: Corrected error received: 0000:00:1c.0"),
    SOFT("aer-corrected-7.x", " Correct",
         PORT R"(AER: (?:Multiple )?Correct(?:ed|able) Error messages? from)" OF_DEVICE,
         KIND_HARDWARE_ERROR, SEVERITY_INFO, "PCIe error: corrected", "aer_print_port_info(), 7.x",
         "pcieport 0000:00:1c.0: AER: Multiple Correctable Error messages from 0000:00:1c.0"),
    SOFT("aer-uncorrected", "Uncorrect",
         PORT R"(AER: (?:Multiple )?Uncorrect(?:ed|able) \((?P<type>[A-Za-z-]+)\) [eE]rror)"
              R"((?: (?:message )?received(?::| from)| messages? from)?)" OF_DEVICE,
         KIND_HARDWARE_ERROR, SEVERITY_WARNING, kAer, "aer_print_port_info(), 2.6.19 to 6.x",
         "pcieport 0000:00:1c.0: AER: Uncorrected (Fatal) error received: 0000:01:00.0"),
    SOFT(
        "pcie-corrected", " Bus Error: severity=",
        PCI R"((?:AER: )?PCIe Bus Error: severity=Correct(?:ed|able), type=(?P<type>[A-Za-z ]+))",
        KIND_HARDWARE_ERROR, SEVERITY_INFO, "PCIe error: corrected", "aer_print_error()",
        "pcieport 0000:00:1c.0: PCIe Bus Error: severity=Corrected, type=Physical Layer, (Receiver "
        "ID)"),
    SOFT("pcie-uncorrected", " Bus Error: severity=",
         PCI R"((?:AER: )?(?:PCIe|CXL) Bus Error: severity=Uncorrect(?:ed|able) \([A-Za-z-]+\))",
         KIND_HARDWARE_ERROR, SEVERITY_WARNING, kAer, "aer_print_error()",
         "nvme 0000:01:00.0: PCIe Bus Error: severity=Uncorrected (Non-Fatal), type=Transaction "
         "Layer, (Requester ID)"),
    SOFT("pcie-dpc", "containment event, status",
         PCI R"((?:DPC:? )?containment event, status:0x[0-9a-f]+)", KIND_HARDWARE_ERROR,
         SEVERITY_WARNING, "PCIe containment event", "dpc_process_error(), since 4.6",
         "pcieport 0000:00:1c.0: DPC: containment event, status:0x1f01 source:0x0000"),
    SOFT("eeh", "EEH: F",
         R"(EEH: (?:Frozen|Fenced) (?P<device>PHB#?[0-9a-f]+(?:-PE#[0-9a-f]+)?) detected)",
         KIND_HARDWARE_ERROR, SEVERITY_WARNING, "EEH: frozen PCI device",
         "eeh_dev_check_failure(), powerpc, since 2.6.9", "EEH: Frozen PHB#0-PE#fd detected"),
    // Memory controllers, pages
    SOFT("edac-corrected", " CE ", R"(EDAC(?: \w+)? (?P<device>MC\d+): (?:\d+ )?CE .*)",
         KIND_HARDWARE_ERROR, SEVERITY_INFO, kEdacCorrected, "edac_ce_error(), since 2.6.16",
         "EDAC MC0: 1 CE memory read error on CPU_SrcID#0_Ha#0_Chan#1_DIMM#0 (channel:1 slot:0 "
         "page:0x12 offset:0x0)"),
    SOFT("edac-uncorrected", " UE ", R"(EDAC(?: \w+)? (?P<device>MC\d+): (?:\d+ )?UE .*)",
         KIND_HARDWARE_ERROR, SEVERITY_WARNING, kEdacUncorrected, "edac_ue_error(), since 2.6.16",
         "EDAC MC0: 1 UE memory scrubbing error on CPU_SrcID#0_Ha#0_Chan#1_DIMM#0 (channel:1 "
         "slot:0 page:0x12 offset:0x0)"),
    SOFT(
        "memory-failure-kill", "due to hardware memory",
        R"((?:MCE: |mce: |MCE 0x[0-9a-f]+: |Memory failure: (?:0x[0-9a-f]+: )?)?(?P<text>(?:Killing|Sending SIGBUS to) (?P<comm>.{1,30}?):(?P<pid>\d+) due to hardware memory corruption(?: fault at (?P<addr>[0-9a-f]+))?))",
        KIND_HARDWARE_ERROR, SEVERITY_WARNING, kMemoryFailure, "do_sigbus(), kill_proc()",
        "MCE: Killing a.out:412 due to hardware memory corruption fault at 7f12a4c00000"),
    SOFT("memory-failure", "Memory failure: 0x",
         R"(Memory failure: 0x(?P<page>[0-9a-f]+): (?P<text>.*))", KIND_HARDWARE_ERROR,
         SEVERITY_WARNING, kMemoryFailure, "memory_failure(), since 4.10",
         "Memory failure: 0x8a7c5: recovery action for dirty LRU page: Recovered"),
    SOFT(
        "memory-failure-3.x", "MCE 0x",
        R"(MCE 0x(?P<page>[0-9a-f]+): (?P<text>.*(?:page recovery|recovery action|corrupted page).*))",
        KIND_HARDWARE_ERROR, SEVERITY_WARNING, kMemoryFailure, "memory_failure() until 4.9",
        "MCE 0x8a7c5: dirty LRU page recovery: Recovered"),
    // IOMMUs
    SOFT(
        "dmar-fault", "[DMA ",
        R"((?:DMAR|dmar): ?\[(?P<type>DMA (?:(?P<access>Read|Write)|[A-Z])[^\]]*)\] Request device \[(?P<device>[0-9a-f:.]+)\](?: PASID \w+)? fault addr (?:0x)?(?P<addr>[0-9a-f]+)(?: +\[fault reason [0-9a-fx]+\] (?P<reason>.*))?)",
        KIND_OTHER, SEVERITY_INFO, "DMAR: DMA fault", "dmar_fault_do_one(), since 2.6.24",
        "DMAR: [DMA Read] Request device [03:00.0] fault addr ffc20000 [fault reason 06] PTE Read "
        "access is not set"),
    SOFT(
        "amd-iommu-fault", "[IO_PAGE_FAULT ",
        R"((?:\w+ [0-9a-f:.]+: )?(?:AMD-Vi: )?Event logged \[IO_PAGE_FAULT (?:device=(?P<device>\S+) )?domain=0x[0-9a-f]+ address=0x(?P<addr>[0-9a-f]+))",
        KIND_OTHER, SEVERITY_INFO, "AMD-Vi: IO_PAGE_FAULT",
        "amd_iommu_report_page_fault(), since 2.6.26",
        "AMD-Vi: Event logged [IO_PAGE_FAULT device=03:00.0 domain=0x0002 "
        "address=0x00000000fdf8e000 flags=0x0000]"),
    // Interrupts
    {.name = "irq-nobody-cared",
     .anchor = ": nobody cared",
     .pattern = R"(irq (?P<irq>\d+): nobody cared\b)",
     .kind = KIND_IRQ_NOBODY_CARED,
     .severity = SEVERITY_WARNING,
     .title = "irq: nobody cared in {f}",
     .printed_by = "__report_bad_irq()",
     .example = "irq 16: nobody cared (try booting with the \"irqpoll\" option)"},
    {.name = "irq-bogus-return",
     .anchor = ": bogus return value ",
     .pattern = R"(irq event (?P<irq>\d+): bogus return value (?P<err>[0-9a-f]+))",
     .kind = KIND_OTHER,
     .severity = SEVERITY_WARNING,
     .title = "irq event: bogus return value in {f}",
     .printed_by = "__report_bad_irq()",
     .example = "irq event 16: bogus return value ffffffff"},
    {.name = "irq-type-mismatch",
     .anchor = "IRQ handler type mismatch",
     .pattern = R"(IRQ handler type mismatch for IRQ (?P<irq>\d+))",
     .kind = KIND_OTHER,
     .severity = SEVERITY_INFO,
     .title = "IRQ handler type mismatch in {f}",
     .printed_by = "__setup_irq() until 3.5",
     .example = "IRQ handler type mismatch for IRQ 16"},
    {.name = "irq-stack-overflow",
     .anchor = "do_IRQ",
     .pattern =
         R"((?P<text>do_IRQ(?:\(\))?: (?:stack overflow: -?\d+|.{0,30} near stack overflow \(cur:|.{0,30} has overflown the kernel stack \(cur:).*))",
     .kind = KIND_STACK_OVERFLOW,
     .severity = SEVERITY_WARNING,
     .join = Join::kText,
     .title = "kernel stack overflow in {f}",
     .printed_by = "check_stack_overflow(), stack_overflow_check(), until 4.19",
     .example = "do_IRQ: a.out near stack overflow (cur:ffff880012340000,sp:ffff8800123400a8)"},
    // Network devices
    {.name = "netdev-watchdog",
     .anchor = "NETDEV WATCHDOG: ",
     .pattern =
         R"((?P<text>NETDEV WATCHDOG: (?P<device>[^\s:]+) \((?P<driver>[^)]*)\): transmit queue \d+ timed out(?: (?P<msecs>\d+) ms)?))",
     .kind = KIND_NETDEV_WATCHDOG,
     .severity = SEVERITY_WARNING,
     .join = Join::kText,
     .title = "WARNING in {f}",
     .printed_by = "dev_watchdog(), 2.6.28 to 6.x",
     .example = "NETDEV WATCHDOG: eth0 (e1000e): transmit queue 0 timed out"},
    {.name = "netdev-watchdog-6.x",
     .anchor = "NETDEV WATCHDOG: ",
     .pattern =
         R"((?:(?P<driver>\S+) \S+ (?P<device>\S+): )?(?P<text>NETDEV WATCHDOG: CPU: (?P<cpu>\d+): transmit queue \d+ timed out(?: (?P<msecs>\d+) ms)?))",
     .kind = KIND_NETDEV_WATCHDOG,
     .severity = SEVERITY_WARNING,
     .title = "NETDEV WATCHDOG: transmit queue timed out",
     .printed_by = "dev_watchdog(), since 6.7: no WARN() any more",
     .example =
         "e1000e 0000:00:19.0 eth0: NETDEV WATCHDOG: CPU: 3: transmit queue 0 timed out 5632 ms"},
    {.name = "netdev-watchdog-2.6",
     .anchor = "NETDEV WATCHDOG: ",
     .pattern =
         R"((?P<text>NETDEV WATCHDOG: (?P<device>[^\s:]+)(?: \([^)]*\))?: transmit timed out))",
     .kind = KIND_NETDEV_WATCHDOG,
     .severity = SEVERITY_WARNING,
     .join = Join::kText,
     .title = "NETDEV WATCHDOG: transmit timed out",
     .printed_by = "dev_watchdog() until 2.6.27",
     .example = "NETDEV WATCHDOG: eth0: transmit timed out"},
    {.name = "unregister-netdevice",
     .anchor = "unregister_netdevice: waiting",
     .pattern = R"(unregister_netdevice: waiting for (?P<device>\S+) to become free\.)",
     .kind = KIND_UNREGISTER_NETDEVICE,
     .severity = SEVERITY_WARNING,
     .title = "unregister_netdevice: waiting for DEV to become free",
     .printed_by = "netdev_wait_allrefs(), since 2.4",
     .example = "unregister_netdevice: waiting for lo to become free. Usage count = 2"},
    // Drivers
    {.name = "ath10k-usb-incomplete",
     .anchor = "ath10k USB support is",
     .pattern = R"((?:\w+ [\d.:-]+: )?(?P<text>WARNING: ath10k USB support is incomplete\b.*))",
     .kind = KIND_OTHER,
     .severity = SEVERITY_WARNING,
     .title = "{text}",
     .printed_by = "ath10k_usb_probe(), 4.14 to 5.1: \"Warning:\" since it was filed as a bug",
     .example =
         "usb 1-4: WARNING: ath10k USB support is incomplete, don't expect anything to work!"},
    {.name = "alsa-pcm-position",
     .anchor = ", buffer size = ",
     .pattern =
         R"((?:ALSA (?P<file>[^\s:]+):(?P<line>\d+): )?(?P<text>BUG: (?:(?P<device>pcmC\d+D\d+[pc](?::\d+)?)|stream = [01]), pos = (?:0x)?[0-9a-f]+, buffer size = .*))",
     .kind = KIND_OTHER,
     .severity = SEVERITY_WARNING,
     .title = "BUG: ALSA PCM position out of the buffer",
     .printed_by = "snd_pcm_update_hw_ptr_pos() of 2.6.x, snd_pcm_update_hw_ptr0() until 3.14",
     .example = "ALSA sound/core/pcm_lib.c:181: BUG: pcmC0D0p:0, pos = 0x4000, buffer size = "
                "0x4000, period size = 0x400"},
    {.name = "gpu-hang",
     .anchor = "GPU HANG: ecode",
     .pattern =
         R"((?:i915 (?P<device>[0-9a-f:.]+): )?(?:\[drm\] )?GPU HANG: ecode [0-9a-f:x]+(?:, in (?P<comm>.{1,30}?) \[(?P<pid>\d+)\])?)",
     .kind = KIND_OTHER,
     .severity = SEVERITY_INFO,
     .title = "i915: GPU HANG",
     .printed_by = "i915_capture_error_state(), since 3.13",
     .example = "[drm] GPU HANG: ecode 9:1:85dffffb, in Xorg [812]"},
    // File systems: a damaged disk or image, rarely the kernel's fault
    FS("ext4-error", "EXT4-fs error",
       R"(EXT4-fs error \(device (?P<device>[^)]+)\):? (?:in )?)" EXT_PLACE, "EXT4-fs error in {f}",
       "__ext4_error() and its kin, since 2.6.28",
       "EXT4-fs error (device sda1): ext4_lookup:1590: inode #131074: comm ls: deleted inode "
       "referenced: 131099"),
    FS("ext3-error", "-fs error (device",
       R"((?P<type>EXT[23])-fs error \(device (?P<device>[^)]+)\):? (?:in )?)" EXT_PLACE,
       "{type}-fs error in {f}", "ext3_error(), ext2_error()",
       "EXT3-fs error (device sda1): ext3_free_blocks: Freeing blocks not in datazone - block = "
       "4294967295"),
    FS("ext4-readonly", "emounting filesystem read-only",
       R"((?:EXT[234]-fs (?:error )?|REISERFS |NILFS )\((?:device )?(?P<device>[^)]+)\):? (?:error: )?[rR]emounting filesystem read-only)",
       "Remounting filesystem read-only",
       "ext4_handle_error(), ext3_handle_error(), reiserfs_error(), __nilfs_error()",
       "EXT4-fs (sda1): Remounting filesystem read-only"),
    FS("journal-abort", "Aborting journal on ",
       R"(Aborting journal on device (?P<device>\S+?)(?:-8)?\.?\s*$)", "Aborting journal",
       "__jbd2_journal_abort_hard(), since 2.6.19", "Aborting journal on device sda1-8."),
    FS("journal-errors", "Detected IO errors while",
       R"((?P<type>JBD2?): Detected IO errors while flushing file data on (?P<device>\S+?)(?:-8)?\s*$)",
       "{type}: Detected IO errors", "journal_commit_transaction()",
       "JBD2: Detected IO errors while flushing file data on sda1-8"),
    FS("xfs-internal-error", "Internal error ",
       R"(XFS(?: \((?P<device>[^)]+)\))?: Internal error (?P<text>[\w()!=<>| -]+?) at line (?P<line>\d+) of file (?P<file>\S+?)\.?  +Caller (?P<func>\S+(?: \[[\w-]+\])?))",
       "XFS: Internal error in {f}", "xfs_error_report(), since 2.6.39",
       "XFS (sda1): Internal error xfs_trans_cancel at line 957 of file fs/xfs/xfs_trans.c.  "
       "Caller xfs_create+0x2b1/0x5c0 [xfs]"),
    FS("xfs-internal-error-2.6", "XFS internal error",
       R"re((?:Filesystem "(?P<device>[^"]+)": )?XFS internal error (?P<text>\S+) at line (?P<line>\d+) of file (?P<file>\S+?)\.?  +Caller 0x(?P<ipaddr>[0-9a-f]+))re",
       "XFS: Internal error in {f}", "xfs_error_report() until 2.6.38",
       "Filesystem \"sda1\": XFS internal error XFS_WANT_CORRUPTED_GOTO at line 1595 of file "
       "fs/xfs/xfs_alloc.c.  "
       "Caller 0xffffffffa01c2ba5"),
    FS("xfs-metadata", "detected at ",
       R"(XFS \((?P<device>[^)]+)\): Metadata (?P<type>corruption|CRC error|I/O error)(?: \(0x[0-9a-f]+\))? detected at (?P<func>[^\s,]+(?: \[[\w-]+\])?)(?:, (?P<text>.*))?)",
       "XFS: Metadata {type} in {f}", "xfs_verifier_error(), xfs_buf_corruption_error(), since 3.7",
       "XFS (sda1): Metadata corruption detected at xfs_agi_verify+0x8a/0x1a0 [xfs], xfs_agi block "
       "0x2"),
    {.name = "xfs-shutdown-place",
     .anchor = "force_shutdown(",
     .pattern =
         R"((?:XFS \((?P<device>[^)]+)\): )?xfs_(?:do_)?force_shutdown\((?:[^,)]+,)?0x[0-9a-f]+\) called from line (?P<line>\d+) of file (?P<file>\S+?)\.?  *Return address)",
     .kind = KIND_FS_ERROR,
     .severity = SEVERITY_INFO,
     .join = Join::kCarrier,
     .title = "XFS: shutting down",
     .printed_by = "xfs_do_force_shutdown(), until 5.14: why comes on the next line",
     .example = "XFS (sda1): xfs_do_force_shutdown(0x8) called from line 1052 of file "
                "fs/xfs/xfs_trans.c.  Return address = 000000003a1b2c3d"},
    FS("xfs-shutdown", "hutting down filesystem",
       R"(XFS \((?P<device>[^)]+)\): (?P<what>[A-Z][A-Za-z/ -]*[A-Za-z])[^\n]*\. +Shutting down filesystem)",
       "XFS: {what}: shutting down", "xfs_do_force_shutdown()",
       "XFS (sda1): Corruption of in-memory data detected.  Shutting down filesystem"),
    FS("btrfs-error", ": errno=-",
       R"(BTRFS:? (?:error|critical) \(device (?P<device>[\w./-]+)(?::? state (?P<state>\w+))?\) in (?P<func>\w+):(?P<line>\d+): errno=(?P<err>-\d+) ?(?P<reason>.*))",
       "BTRFS: error in {f}", "__btrfs_handle_fs_error(), since 3.4",
       "BTRFS: error (device sda1) in btrfs_commit_transaction:2278: errno=-5 IO failure"),
    FS("btrfs-corrupt", "BTRFS critical (device", BTRFS("critical"), "BTRFS: {what}",
       "btrfs_crit(), since 3.8",
       "BTRFS critical (device sda1): corrupt leaf: root=5 block=30539776 slot=12, unexpected item "
       "end"),
    FS("btrfs-verify", "BTRFS error (device", BTRFS("error"), "BTRFS: {what}",
       "btrfs_err(), since 3.8",
       "BTRFS error (device sda1): parent transid verify failed on 30539776 wanted 12 found 10"),
    FS("btrfs-readonly", ": forced readonly",
       R"((?:BTRFS|btrfs)(?: info| warning)?(?:: | )(?:\(device (?P<device>[\w./-]+)(?::? state \w+)?\): )?forced readonly)",
       "BTRFS: forced readonly", "btrfs_set_sb_rdonly()",
       "BTRFS info (device sda1): forced readonly"),
    FS("gfs2-fatal", "GFS2: fsid=", R"(GFS2: fsid=(?P<device>\S+?): fatal: (?P<what>[a-z ]+[a-z]))",
       "GFS2: fatal: {what}", "gfs2_lm_withdraw(), since 2.6.19",
       "GFS2: fsid=vg:data.0: fatal: filesystem consistency error"),
    FS("ocfs2-error", "OCFS2: ERROR ",
       R"(OCFS2: ERROR \(device (?P<device>[^)]+)\): (?:[\w *]+[ *])?(?P<func>\w+)(?:\([^()]*\))?: (?P<text>.*))",
       "OCFS2: ERROR in {f}", "__ocfs2_error(); clang has it print the function's types, too",
       "OCFS2: ERROR (device sdb1): ocfs2_validate_inode_block: Invalid dinode #412"),
    FS("fat-error", "FAT-fs (",
       R"((?P<type>(?:ex)?FAT-fs) \((?P<device>[^)]+)\): error, (?P<what>[a-z][a-zA-Z_ ]*[a-zA-Z]))",
       "{type}: error: {what}", "__fat_fs_error(), __exfat_fs_error()",
       "FAT-fs (sdb1): error, corrupted directory (invalid entries)"),
    FS("jfs-error", "ERROR: (device ",
       R"(ERROR: \(device (?P<device>[^)\s]+)\): (?P<func>[a-zA-Z_]\w+):(?: (?P<text>.*)|\s*$))",
       "JFS: ERROR in {f}", "jfs_error()", "ERROR: (device sdb1): dbAllocBits: leaf page corrupt"),
    FS("udf-error", "UDF-fs: error (device ",
       R"(UDF-fs: error \(device (?P<device>[^)]+)\): (?P<func>\w+): (?P<text>.*))",
       "UDF-fs: error in {f}", "_udf_err(), since 3.2",
       "UDF-fs: error (device sr0): udf_verify_fi: directory (ino 269) has entry with bad length"),
    FS("nilfs-error", "NILFS error (device ",
       R"(NILFS error \(device (?P<device>[^)]+)\): (?P<func>\w+): (?P<text>.*))",
       "NILFS error in {f}", "__nilfs_error(), since 2.6.30",
       "NILFS error (device sdb1): nilfs_bmap_lookup_contig: broken bmap (inode number=16)"),
    FS("reiserfs-error", "REISERFS error",
       R"(REISERFS error \(device (?P<device>[^)]+)\): (?:\S+ )?(?P<func>\w+): (?P<text>.*))",
       "REISERFS error in {f}", "__reiserfs_error()",
       "REISERFS error (device sdb1): vs-5150 search_by_key: invalid format found in block 8211"),
    FS("f2fs-stopped", "F2FS-fs (",
       R"(F2FS-fs \((?P<device>[^)]+)\)\s?: Stopped filesystem due to reason: (?P<err>\d+))",
       "F2FS-fs: stopped filesystem", "f2fs_handle_critical_error(), since 6.4",
       "F2FS-fs (sdb1): Stopped filesystem due to reason: 3"),
    FS("bcachefs-emergency", "emergency read only",
       R"(bcachefs \((?P<device>[^)\s]+)[^)]*\): (?P<what>inconsistency detected|fatal error)\b.*emergency read only)",
       "bcachefs: {what}", "bch2_fs_emergency_read_only() and its kin, 6.7 to 6.16",
       "bcachefs (sdb1): fatal error - emergency read only"),
    FS("bcachefs-read-only", "emergency read only",
       R"(bcachefs \((?P<device>[^)\s]+)[^)]*\): emergency read only)",
       "bcachefs: emergency read only",
       "bch2_fs_emergency_read_only(), since 6.7, also \"at seq 12\"",
       "bcachefs (sdb1): emergency read only at seq 12"),
    FS("ubifs-error", "UBIFS error (",
       R"(UBIFS error \((?:(?P<device>ubi\S+) )?pid (?P<pid>\d+)\): (?P<func>\w+): (?P<text>.*))",
       "UBIFS error in {f}", "ubifs_err(); without the volume until 3.19",
       "UBIFS error (ubi0:1 pid 412): ubifs_check_node: bad CRC: calculated 0xf7, read 0x96"),
};

#undef BTRFS
#undef FS
#undef SOFT
#undef OF_DEVICE
#undef PORT
#undef PCI
#undef BDF
#undef BANK
#undef AMD_STATUS

}  // namespace

std::span<const Headline> SystemHeadlines() { return kRows; }

}  // namespace oops::grammar
