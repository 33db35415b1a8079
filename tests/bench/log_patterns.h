// The lines of clean logs. A '%' and a letter stand for a field that LogGenerator fills in:
//   %d digit  %n number  %u large number  %x %X %c %a hex of 4, 8, 12, 16 digits  %U uuid
//   %P PCI address  %i IPv4  %m MAC  %I network interface  %D driver  %k disk  %v vendor
//   %S systemd unit  %p path  %w word  %l user
#ifndef OOPS_TESTS_BENCH_LOG_PATTERNS_H_
#define OOPS_TESTS_BENCH_LOG_PATTERNS_H_

#include <string_view>

namespace oops::bench {

inline constexpr std::string_view kKernelPatterns[] = {
    "Command line: BOOT_IMAGE=/vmlinuz-5.10.0-%d-amd64 root=UUID=%U ro quiet "
    "console=ttyS0,115200n8",
    "BIOS-e820: [mem %a-%a] usable",
    "BIOS-e820: [mem %a-%a] reserved",
    "efi: mem%n: type:%d attr:0xf range=[%a-%a] (%nMB)",
    "SMBIOS 3.%d present.",
    "DMI: %v Standard Server/X11%x, BIOS 2.%d 07/21/2022",
    "tsc: Detected 2%n.%d MHz processor",
    "last_pfn = 0x%X max_arch_pfn = 0x400000000",
    "x86/PAT: Configuration [0-7]: WB  WC  UC- UC  WB  WP  UC- WT",
    "ACPI: SSDT %a %X (v02 INTEL  CpuSsdt  00003000 INTL %X)",
    "ACPI: bus type PCI registered",
    "ACPI: \\_SB_.PCI0.GPP%d._PRW: wakeup enabled, state S%d",
    "ACPI: Reserving FACP table memory at [mem 0x%X-0x%X]",
    "Zone ranges:   DMA32    [mem %a-%a]",
    "On node %d, zone Normal: %n pages in unavailable ranges",
    "percpu: Embedded %n pages/cpu s%n r8192 d%n u262144",
    "Memory: %nK/%nK available (%nK kernel code, %nK rwdata, %nK rodata, %nK init, %nK bss, %nK "
    "reserved)",
    "SLUB: HWalign=64, Order=0-3, MinObjects=0, CPUs=%n, Nodes=%d",
    "rcu: Hierarchical RCU implementation.",
    "rcu: Adjusting geometry for rcu_fanout_leaf=16, nr_cpu_ids=%n",
    "NR_IRQS: %n, nr_irqs: %n, preallocated irqs: 16",
    "Console: colour dummy device 80x25",
    "printk: console [tty0] enabled",
    "clocksource: hpet: mask: 0xffffffff max_cycles: 0xffffffff, max_idle_ns: %u ns",
    "Calibrating delay loop (skipped), value calculated using timer frequency.. %n.%n BogoMIPS "
    "(lpj=%u)",
    "pid_max: default: 32768 minimum: 301",
    "LSM: Security Framework initializing",
    "Mount-cache hash table entries: %n (order: %d, %n bytes, linear)",
    "smpboot: CPU0: %v Processor (family: 0x17, model: 0x%d, stepping: 0x%d)",
    "smp: Brought up %d nodes, %n CPUs",
    "devtmpfs: initialized",
    "NET: Registered PF_NETLINK/PF_ROUTE protocol family",
    "thermal_sys: Registered thermal governor 'step_wise'",
    "pci %P: [8086:%x] type 00 class 0x%X",
    "pci %P: reg 0x1%d: [mem 0x%X-0x%X 64bit pref]",
    "pci %P: PME# supported from D0 D3hot D3cold",
    "pci %P: BAR %d: assigned [mem 0x%X-0x%X]",
    "pci_bus 0000:%d%d: resource %d [mem 0x%X-0x%X window]",
    "pcieport %P: PME: Signaling with IRQ %n",
    "pcieport %P: AER: enabled with IRQ %n",
    "iommu: Default domain type: Translated ",
    "DMAR: IOMMU enabled, %d units at 0x%X",
    "DMAR-IR: Enabled IRQ remapping in x2apic mode",
    "vgaarb: setting as boot device: PCI:%P",
    "NetLabel:  unlabeled traffic allowed by default",
    "TCP established hash table entries: %n (order: %d, %n bytes, vmalloc)",
    "Trying to unpack rootfs image as initramfs...",
    "Freeing initrd memory: %nK",
    "workingset: timestamp_bits=36 max_order=%d bucket_order=0",
    "zbud: loaded",
    "io scheduler mq-deadline registered",
    "Serial: 8250/16550 driver, 4 ports, IRQ sharing enabled",
    "00:0%d: ttyS%d at I/O 0x3f8 (irq = %d, base_baud = 115200) is a 16550A",
    "rtc_cmos 00:0%d: setting system clock to 2023-05-1%d (%u)",
    "hid-generic 0003:046D:%x.000%d: input,hidraw%d: USB HID v1.11 Mouse [%v] on usb-%P-%d/input0",
    "usb %d-%d: new high-speed USB device number %n using xhci_hcd",
    "usb %d-%d.%d: New USB device found, idVendor=%x, idProduct=%x, bcdDevice= %d.%d%d",
    "usb %d-%d: New USB device strings: Mfr=%d, Product=%d, SerialNumber=%d",
    "usb %d-%d: Product: %v %w",
    "usb %d-%d: SerialNumber: %X%X",
    "usb %d-%d: USB disconnect, device number %n",
    "usb-storage %d-%d:1.0: USB Mass Storage device detected",
    "hub %d-0:1.0: %d ports detected",
    "input: %v Keyboard as /devices/pci0000:00/%P/usb%d/input/input%n",
    "scsi host%d: %D",
    "scsi %d:0:%d:0: Direct-Access     ATA      %v     %x PQ: 0 ANSI: 5",
    "sd %d:0:0:0: [%k] %u 512-byte logical blocks: (%n GB/%n GiB)",
    "sd %d:0:0:0: [%k] Write cache: enabled, read cache: enabled, doesn't support DPO or FUA",
    "sd %d:0:0:0: Attached scsi generic sg%d type 0",
    " %k: %k1 %k2 %k3 < %k5 >",
    "ata%d: SATA max UDMA/133 abar m2048@0x%X port 0x%X irq %n",
    "ata%d: SATA link up 6.0 Gbps (SStatus 133 SControl 300)",
    "ata%d.00: configured for UDMA/133",
    "ata%d.00: %u sectors, multi 16: LBA48 NCQ (depth 32), AA",
    "nvme nvme%d: pci function %P",
    "nvme nvme%d: %n/0/0 default/read/poll queues",
    "EXT4-fs (%k): mounted filesystem with ordered data mode. Opts: (null). Quota mode: none.",
    "EXT4-fs (%k): re-mounted. Opts: errors=remount-ro",
    "XFS (%k): Mounting V5 Filesystem",
    "XFS (%k): Ending clean mount",
    "BTRFS info (device %k): using crc32c (crc32c-intel) checksum algorithm",
    "BTRFS info (device %k): disk space caching is enabled",
    "md/raid1:md%n: active with 2 out of 2 mirrors",
    "device-mapper: ioctl: 4.%d.0-ioctl initialised: dm-devel@redhat.com",
    "%D %P %I: renamed from eth%d",
    "%D %P %I: NIC Link is Up 1000 Mbps Full Duplex, Flow Control: Rx/Tx",
    "%D %P: irq %n for MSI/MSI-X",
    "%D %P: enabling device (0000 -> 000%d)",
    "%D %P: firmware: direct-loading firmware %w-%x.bin",
    "%D %P: registered PHC clock on %I",
    "%D: module verified, version %d.%d.%n-k, Copyright (c) 1999 - 2022 %v",
    "IPv6: ADDRCONF(NETDEV_CHANGE): %I: link becomes ready",
    "%I: port %d(%I) entered blocking state",
    "%I: port %d(%I) entered forwarding state",
    "device %I entered promiscuous mode",
    "device %I left promiscuous mode",
    "8021q: adding VLAN 0 to HW filter on device %I",
    "wlan0: authenticate with %m (try %d/3)",
    "wlan0: associated, RX AssocResp from %m (capab=0x%x status=0 aid=%d)",
    "[UFW BLOCK] IN=%I OUT= MAC=%m:%m:08:00 SRC=%i DST=%i LEN=%n TOS=0x00 PREC=0x00 TTL=%n ID=%n "
    "DF PROTO=TCP SPT=%n "
    "DPT=%n WINDOW=%n RES=0x00 SYN URGP=0 ",
    "IN=%I OUT=%I MAC=%m SRC=%i DST=%i LEN=%n TOS=0x10 PREC=0x00 TTL=%n ID=%n PROTO=UDP SPT=%n "
    "DPT=53 LEN=%n",
    "audit: type=1400 audit(%u.%n:%n): apparmor=\"STATUS\" operation=\"profile_load\" "
    "profile=\"unconfined\" "
    "name=\"/usr/sbin/%w\" pid=%n comm=\"apparmor_parser\"",
    "audit: type=1130 audit(%u.%n:%n): pid=1 uid=0 auid=%u ses=%u msg='unit=%w comm=\"systemd\" "
    "exe=\"/usr/lib/systemd/systemd\" hostname=? addr=? terminal=? res=success'",
    "random: crng init done",
    "systemd[1]: Inserted module 'autofs4'",
    "systemd[1]: Detected architecture x86-64.",
    "systemd[1]: Set hostname to <%w>.",
    "systemd-journald[%n]: Received client request to flush runtime journal.",
    "systemd-fstab-generator[%n]: Checking was requested for %p, but it is not a device.",
    "EDAC MC%d: Giving out device to module %D controller %w: DEV %P (INTERRUPT)",
    "snd_hda_codec_realtek hdaudioC%dD0: autoconfig for ALC%n: line_outs=%d "
    "(0x%x/0x0/0x0/0x0/0x0) type:line",
    "[drm] Initialized %D 1.%d.0 2020%n for %P on minor %d",
    "[drm] GPU posting now, VRAM: %nM 0x%X - 0x%X (%nM used)",
    "fbcon: %D (fb%d) is primary device",
    "Adding %nk swap on /dev/%k.  Priority:-%d extents:1 across:%nk SSFS",
    "kvm: SVM: Nested Virtualization enabled, nested paging enabled",
    "kvm [%n]: vcpu%d disabled perfctr wrmsr: 0xc1 data 0x%x",
    "Bluetooth: hci%d: using rampatch file: %w/rampatch_usb_%X.bin",
    "cfg80211: Loading compiled-in X.509 certificates for regulatory database",
    "Loaded X.509 cert 'Build time autogenerated kernel key: %X%X%X'",
    "PM: suspend entry (s2idle)",
    "PM: suspend exit",
    "Restarting tasks ... done.",
    "cgroup: Setting release_agent not allowed",
    "overlayfs: upper fs does not support xattr, falling back to index=off and metacopy=off.",
    "nfs: Deprecated parameter 'intr' for %w:/%w",
    "FS-Cache: Netfs 'nfs' registered for caching",
    "Bridge firewalling registered",
    "nf_conntrack version 0.5.0 (%n buckets, %n max)",
    "hpet0: at MMIO 0x%X, IRQs 2, 8, 0, 0, 0, 0, 0, 0",
    "microcode: Microcode Update Driver: v2.2.",
    "perf: interrupt took too long (%n > %n), lowering kernel.perf_event_max_sample_rate to %n",
    "TCP: request_sock_TCP: Possible SYN flooding on port %n. Sending cookies.  Check SNMP "
    "counters.",
    "tun: Universal TUN/TAP device driver, 1.6",
    "sched: CPU%n attaching sched-domain(s), span=0-%n level=MC",
    "hv_utils: TimeSync IC version 4.0",
    "virtio_blk virtio%d: [%k] %u 512-byte logical blocks (%n GB/%n GiB)",
    "loop%d: detected capacity change from 0 to %u",
    "squashfs: version 4.0 (2009/01/31) Phillip Lougher",
    "Key type dns_resolver registered",
    "Run /init as init process",
    "Write protecting the kernel read-only data: %nk",
    "mce: CPU supports %n MCE banks",
    "x86/fpu: Supporting XSAVE feature 0x%d00: 'AVX-512 ZMM_Hi256'",
    "process '%w/bin/%w' started with executable stack",
};

inline constexpr std::string_view kServicePatterns[] = {
    "systemd[1]: Started %S - Daemon for %w and %w.",
    "systemd[1]: Starting %S...",
    "systemd[1]: %S: Succeeded.",
    "2023-05-1%d 0%d:1%d:2%d status half-configured lib%w%d:amd64 %d.%d.%d-%d+deb12u%d",
    "2023-05-1%d 0%d:1%d:2%d %w %w-%w:all %d.%d%d-%d <none>",
    "app[%n]: %w %w %w %w %w: %w %w, %w=%n %w=%w",
    "app[%n]: [%w] The %w %w has been %w by %w (%w %w of %n)",
    "%w[%n]: %w: %w %w %w %w %w %w %w %w %w",
    "%w-%w[%n]: %w/%w/%w.py:%n: %w_%w(%w=%n, %w='%w') %w",
    "systemd[1]: %S: Deactivated successfully.",
    "systemd[1]: %S: Consumed %n.%ns CPU time.",
    "systemd[1]: Reached target Multi-User System.",
    "systemd[1]: Listening on D-Bus User Message Bus Socket.",
    "systemd[%n]: Closed GnuPG cryptographic agent and passphrase cache.",
    "systemd[1]: session-%n.scope: Succeeded.",
    "systemd[1]: Created slice User Slice of UID %n.",
    "systemd[1]: Mounted %p.",
    "systemd[1]: var-lib-docker-overlay2-%c%c-merged.mount: Succeeded.",
    "systemd-logind[%n]: New session %n of user %l.",
    "systemd-logind[%n]: Session %n logged out. Waiting for processes to exit.",
    "systemd-logind[%n]: Removed session %n.",
    "systemd-resolved[%n]: Using degraded feature set UDP instead of TCP for DNS server %i.",
    "systemd-timesyncd[%n]: Initial synchronization to time server %i:123 (2.debian.pool.ntp.org).",
    "systemd-networkd[%n]: %I: Gained carrier",
    "systemd-udevd[%n]: Using default interface naming scheme 'v247'.",
    "sshd[%n]: Accepted publickey for %l from %i port %n ssh2: ED25519 SHA256:%c%X%c%X",
    "sshd[%n]: pam_unix(sshd:session): session opened for user %l(uid=%n) by (uid=0)",
    "sshd[%n]: pam_unix(sshd:session): session closed for user %l",
    "sshd[%n]: Received disconnect from %i port %n:11: disconnected by user",
    "sshd[%n]: Failed password for invalid user %w from %i port %n ssh2",
    "sshd[%n]: Connection closed by authenticating user %l %i port %n [preauth]",
    "sshd[%n]: Invalid user %w from %i port %n",
    "CRON[%n]: (%l) CMD (   cd / && run-parts --report /etc/cron.hourly)",
    "CRON[%n]: pam_unix(cron:session): session opened for user %l by (uid=0)",
    "CRON[%n]: (%l) CMD (command -v debian-sa1 > /dev/null && debian-sa1 1 1)",
    "sudo:    %l : TTY=pts/%d ; PWD=%p ; USER=root ; COMMAND=/usr/bin/systemctl restart %S",
    "sudo: pam_unix(sudo:session): session opened for user root by %l(uid=%n)",
    "su[%n]: (to %l) root on pts/%d",
    "dhclient[%n]: DHCPREQUEST for %i on %I to %i port 67",
    "dhclient[%n]: DHCPACK of %i from %i (xid=0x%X)",
    "dhclient[%n]: bound to %i -- renewal in %n seconds.",
    "NetworkManager[%n]: <info>  [%u.%n] device (%I): state change: config -> ip-config (reason "
    "'none', "
    "sys-iface-state: 'managed')",
    "NetworkManager[%n]: <info>  [%u.%n] dhcp4 (%I): state changed bound -> extended, address=%i",
    "dbus-daemon[%n]: [system] Activating via systemd: service name='org.freedesktop.hostname1' "
    "unit='dbus-org.freedesktop.hostname1.service' requested by ':1.%n' (uid=0 pid=%n "
    "comm=\"/usr/bin/%w \")",
    "dbus-daemon[%n]: [system] Successfully activated service 'org.freedesktop.PolicyKit1'",
    "polkitd[%n]: Registered Authentication Agent for unix-process:%n:%n (system bus name :1.%n, "
    "locale C.UTF-8)",
    "rsyslogd: [origin software=\"rsyslogd\" swVersion=\"8.2102.0\" x-pid=\"%n\"] rsyslogd was "
    "HUPed",
    "chronyd[%n]: Selected source %i (%w.pool.ntp.org)",
    "ntpd[%n]: Soliciting pool server %i",
    "named[%n]: client @0x%c %i#%n (%w.example.com): query: %w.example.com IN AAAA +E(0)K (%i)",
    "named[%n]: zone %w.example.com/IN: sending notifies (serial %u)",
    "postfix/smtpd[%n]: connect from unknown[%i]",
    "postfix/smtpd[%n]: disconnect from unknown[%i] ehlo=1 auth=0/1 quit=1 commands=2/3",
    "postfix/qmgr[%n]: %X%d: from=<%l@example.org>, size=%n, nrcpt=1 (queue active)",
    "postfix/smtp[%n]: %X%d: to=<%w@example.net>, relay=mx.example.net[%i]:25, delay=%d.%d, "
    "delays=0.0%d/0.0%d/0.%d/1.%d, dsn=2.0.0, status=sent (250 2.0.0 Ok: queued as %X%x)",
    "dovecot: imap-login: Login: user=<%l>, method=PLAIN, rip=%i, lip=%i, mpid=%n, TLS, "
    "session=<%c%X>",
    "dockerd[%n]: time=\"2023-05-1%dT0%d:1%d:2%d.%uZ\" level=info msg=\"ignoring event\" "
    "container=%c%c%c "
    "module=libcontainerd namespace=moby topic=/tasks/delete type=\"*events.TaskDelete\"",
    "containerd[%n]: time=\"2023-05-1%dT0%d:1%d:2%d.%uZ\" level=info msg=\"shim disconnected\" "
    "id=%c%c%c",
    "containerd[%n]: time=\"2023-05-1%dT0%d:1%d:2%dZ\" level=warning msg=\"cleaning up after "
    "shim disconnected\" id=%c%c "
    "namespace=k8s.io",
    "kubelet[%n]: I0%n %n kubelet_getters.go:187] \"Pod status updated\" "
    "pod=\"kube-system/%w-%x\" status=Running",
    "kubelet[%n]: I0%n %n reconciler.go:224] \"operationExecutor.VerifyControllerAttachedVolume "
    "started for volume "
    "\\\"kube-api-access-%x\\\" (UniqueName: \\\"kubernetes.io/projected/%U\\\") pod "
    "\\\"%w-%X\\\"\"",
    "kubelet[%n]: E0%n %n pod_workers.go:951] \"Error syncing pod, skipping\" err=\"failed to "
    "\\\"StartContainer\\\" for "
    "\\\"%w\\\" with CrashLoopBackOff\" podUID=%U",
    "etcd[%n]: {\"level\":\"info\",\"ts\":\"2023-05-1%dT0%d:1%d:2%d.%nZ\",\"caller\":\"mvcc/inde"
    "x.go:214\","
    "\"msg\":\"compact tree index\",\"revision\":%u}",
    "haproxy[%n]: %i:%n [1%d/May/2023:0%d:1%d:2%d.%n] %w~ %w/%w%d 0/0/%d/%n/%n 200 %n - - ---- "
    "%n/%n/%d/%d/0 0/0 "
    "\"GET /api/v1/%w/%n HTTP/1.1\"",
    "nginx: %i - - [1%d/May/2023:0%d:1%d:2%d +0000] \"GET /static/%w/%X.js HTTP/1.1\" 200 %n "
    "\"https://%w.example.com/\" "
    "\"Mozilla/5.0 (X11; Linux x86_64; rv:109.0) Gecko/20100101 Firefox/115.0\"",
    "nginx: %i - %l [1%d/May/2023:0%d:1%d:2%d +0000] \"POST /%w/%w?id=%u&token=%c HTTP/2.0\" 302 "
    "%n \"-\" \"curl/7.88.1\"",
    "postgres[%n]: [%n-1] LOG:  checkpoint complete: wrote %n buffers (%d.%d%%); 0 WAL file(s) "
    "added, %d removed, "
    "%d recycled; write=%n.%n s, sync=0.0%d s, total=%n.%n s",
    "postgres[%n]: [%n-1] %l@%w LOG:  duration: %n.%n ms  statement: SELECT id, name FROM %w "
    "WHERE %w_id = %n",
    "mysqld[%n]: %n [Note] Aborted connection %n to db: '%w' user: '%l' host: '%i' (Got timeout "
    "reading packets)",
    "redis[%n]: %n:M 1%d May 2023 0%d:1%d:2%d.%n * Background saving terminated with success",
    "mdadm[%n]: RebuildFinished event detected on md device /dev/md%n",
    "smartd[%n]: Device: /dev/%k [SAT], SMART Usage Attribute: 194 Temperature_Celsius changed "
    "from 11%d to 11%d",
    "fstrim[%n]: %p: %n.%d GiB (%u bytes) trimmed on /dev/%k",
    "anacron[%n]: Job `cron.daily' terminated",
    "logrotate[%n]: compressing log with: /bin/gzip",
    "apt-helper[%n]: Hit:%d http://deb.debian.org/debian bookworm-updates InRelease",
    "unattended-upgrade[%n]: Packages that will be upgraded: lib%w%d lib%w-dev",
    "puppet-agent[%n]: Applied catalog in %n.%n seconds",
    "ansible-command: Invoked with _raw_params=%p/%w.sh warn=True _uses_shell=False stdin=None",
    "avahi-daemon[%n]: Joining mDNS multicast group on interface %I.IPv4 with address %i.",
    "wpa_supplicant[%n]: wlan0: WPA: Group rekeying completed with %m [GTK=CCMP]",
    "ModemManager[%n]: <info>  [base-manager] couldn't check support for device "
    "'/sys/devices/pci0000:00/%P'",
    "gnome-shell[%n]: Window manager warning: Overwriting existing binding of keysym %d%d with "
    "keysym %d%d (keycode %d).",
    "pulseaudio[%n]: Disabling timer-based scheduling because high-resolution timers are not "
    "available.",
    "snapd[%n]: storehelpers.go:769: cannot refresh: snap has no updates available: \"%w\", "
    "\"core%n\"",
    "audit[%n]: SYSCALL arch=c000003e syscall=%n success=yes exit=%d a0=%X a1=%X a2=%d a3=%d "
    "items=%d ppid=%n pid=%n "
    "auid=%n uid=%n gid=%n tty=pts%d ses=%n comm=\"%w\" exe=\"/usr/bin/%w\" key=(null)",
    "app[%n]: INFO  [http-nio-8080-exec-%n] com.example.%w.%wController - Request %U handled in "
    "%n ms",
    "app[%n]: DEBUG [main] o.h.SQL - select %w0_.id as id1_%d_0_ from %w %w0_ where %w0_.id=?",
    "app[%n]: WARN  [pool-%d-thread-%n] com.example.%w.Retry - attempt %d of 5 failed, waiting "
    "%n ms",
    "app[%n]: ERROR [scheduler-%d] com.example.%w.Sync - java.net.SocketTimeoutException: Read "
    "timed out",
    "python3[%n]: 2023-05-1%d 0%d:1%d:2%d,%n INFO %w.%w Processed batch %n: rows=%n errors=0 "
    "took=%n.%ns",
    "prometheus[%n]: ts=2023-05-1%dT0%d:1%d:2%d.%nZ caller=compact.go:519 level=info "
    "component=tsdb "
    "msg=\"write block\" mint=%u maxt=%u ulid=01H%X%X duration=%n.%nms",
    "telegraf[%n]: E! [inputs.%w] Error in plugin: Get \"http://%i:%n/metrics\": context "
    "deadline exceeded",
    "libvirtd[%n]: operation failed: domain '%w-%d' already exists with uuid %U",
    "multipathd[%n]: %k: add path (uevent)",
    "iscsid: Connection%d:0 to [target: iqn.2003-01.org.linux-iscsi.%w:sn.%c, portal: %i,3260] "
    "is operational now",
    "winbindd[%n]:   Got user=[%l] domain=[%w] workstation=[%w] len1=24 len2=%n",
    "slurmd[%n]: launch task StepId=%n.0 request from UID:%n GID:%n HOST:%i PORT:%n",
    "k3s[%n]: I0%n %n trace.go:219] Trace[%u]: \"Update\" "
    "accept:application/vnd.kubernetes.protobuf,client:%i (total time: %nms)",
};

}  // namespace oops::bench

#endif  // OOPS_TESTS_BENCH_LOG_PATTERNS_H_
