#include "tests/bench/log_generator.h"

#include <cstdio>
#include <iterator>

#include "tests/bench/log_patterns.h"

namespace oops::bench {
namespace {

constexpr uint64_t kSecond = 1'000'000;
constexpr uint64_t kDay = 86'400 * kSecond;

constexpr std::string_view kHosts[] = {"web-03",  "db1",         "node-17.example.org",
                                       "gateway", "ip-10-0-4-8", "build-worker",
                                       "nas",     "lab42"};
constexpr std::string_view kUsers[] = {"root", "alice", "deploy", "postgres", "www-data", "backup"};
constexpr std::string_view kWords[] = {
    "alpha",     "cache",       "primary",     "queue",     "default",    "metrics",
    "worker",    "session",     "bridge",      "report",    "index",      "storage",
    "billing",   "frontend",    "mirror",      "archive",   "status",     "installed",
    "unpacked",  "upgrade",     "configure",   "triggers",  "remove",     "purge",
    "package",   "version",     "library",     "common",    "headers",    "module",
    "network",   "server",      "client",      "address",   "request",    "response",
    "timeout",   "connection",  "closed",      "opened",    "accepted",   "refused",
    "retry",     "backoff",     "user",        "group",     "account",    "password",
    "token",     "secret",      "certificate", "expired",   "renewed",    "policy",
    "role",      "permission",  "denied",      "granted",   "file",       "directory",
    "path",      "inode",       "volume",      "snapshot",  "backup",     "restore",
    "replica",   "shard",       "leader",      "follower",  "election",   "quorum",
    "heartbeat", "database",    "table",       "column",    "schema",     "query",
    "result",    "transaction", "commit",      "rollback",  "checkpoint", "buffer",
    "page",      "block",       "sector",      "offset",    "process",    "thread",
    "task",      "job",         "schedule",    "trigger",   "event",      "handler",
    "callback",  "message",     "topic",       "consumer",  "producer",   "partition",
    "memory",    "usage",       "limit",       "threshold", "warning",    "critical",
    "normal",    "average",     "maximum",     "minimum",   "total",      "free",
    "used",      "available",   "pressure",    "device",    "driver",     "firmware",
    "sensor",    "voltage",     "temperature", "fan",       "power",      "battery",
    "charger",   "display",     "monitor",     "keyboard",  "mouse",      "camera",
    "start",     "stop",        "restart",     "reload",    "enable",     "disable",
    "create",    "update",      "delete",      "insert",    "select",     "fetch",
    "publish",   "subscribe",   "verify",      "validate",  "failed",     "succeeded",
    "completed", "finished",    "pending",     "running",   "waiting",    "skipped",
    "ignored",   "unknown",     "invalid",     "missing",   "unexpected", "empty",
    "python",    "perl",        "ruby",        "java",      "kernel",     "systemd",
    "udev",      "dbus",        "gnome",       "firefox",   "chrome",     "docker",
    "podman",    "ansible",     "terraform",   "grafana",   "monday",     "tuesday",
    "wednesday", "january",     "february",    "october",   "morning",    "evening",
    "yesterday", "tomorrow",    "minute",      "second",    "hour",       "daily",
    "weekly",    "the",         "and",         "for",       "with",       "from",
    "this",      "that",        "have",        "not",       "but",        "are",
    "was",       "were",        "will",        "would",     "should",     "could",
    "about",     "after",       "before",      "during",    "customer",   "order",
    "invoice",   "payment",     "product",     "price",     "discount",   "shipping",
    "delivery",  "return",      "refund",      "cart",      "checkout",   "coupon",
    "image",     "container",   "registry",    "manifest",  "digest",     "layer",
    "build",     "deploy",      "release",     "branch",    "merge",      "review",
    "pipeline",  "stage"};
constexpr std::string_view kDrivers[] = {
    "e1000e",  "ixgbe",  "mlx5_core",     "nvme",       "ahci", "xhci_hcd",
    "i915",    "amdgpu", "r8169",         "virtio_net", "igb",  "megaraid_sas",
    "mpt3sas", "usbhid", "snd_hda_intel", "iwlwifi",    "tg3"};
constexpr std::string_view kInterfaces[] = {"eth0",   "eth1",      "enp3s0f0", "wlan0", "docker0",
                                            "br-lan", "veth41f2a", "bond0",    "virbr0"};
constexpr std::string_view kDisks[] = {"sda",       "sdb1", "sdc",  "nvme0n1",
                                       "nvme1n1p2", "vda",  "dm-3", "md127"};
constexpr std::string_view kUnits[] = {"nginx.service",          "postgresql@15-main.service",
                                       "cron.service",           "ssh.service",
                                       "logrotate.timer",        "user@1000.service",
                                       "docker.service",         "apt-daily.timer",
                                       "containerd.service",     "systemd-udevd.service",
                                       "NetworkManager.service", "kubelet.service"};
constexpr std::string_view kPaths[] = {"/var/lib/docker/overlay2",  "/etc/systemd/system",
                                       "/usr/lib/firmware/iwlwifi", "/srv/data/backup",
                                       "/home/alice/project",       "/run/user/1000",
                                       "/var/log/journal",          "/boot/efi"};
constexpr std::string_view kVendors[] = {"Intel Corp.",  "Logitech",     "Samsung SSD 980",
                                         "WDC WD40EFRX", "Realtek",      "SanDisk Ultra",
                                         "Broadcom",     "QEMU HARDDISK"};
constexpr std::string_view kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

template <typename... Args>
void AppendFormat(std::string* out, const char* format, Args... args) {
  char buffer[96];
  const int length = std::snprintf(buffer, sizeof(buffer), format, args...);
  out->append(buffer, static_cast<size_t>(length));
}

}  // namespace

LogGenerator::LogGenerator(uint64_t seed, LogStyle style) : state_(seed), style_(style) {}

// SplitMix64: the standard library's distributions differ from one to the next.
uint64_t LogGenerator::Random(uint64_t bound) {
  state_ += 0x9e3779b97f4a7c15;
  uint64_t mixed = state_;
  mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
  mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
  return (mixed ^ (mixed >> 31)) % bound;
}

void LogGenerator::AppendHeader(LogStyle style, bool kernel, std::string* log) {
  const unsigned long long seconds = clock_us_ / kSecond;
  const unsigned long long micros = clock_us_ % kSecond;
  const unsigned day = static_cast<unsigned>(clock_us_ / kDay % 28) + 1;
  const unsigned month = static_cast<unsigned>(clock_us_ / (28 * kDay) % 12);
  const unsigned hour = static_cast<unsigned>(seconds / 3600 % 24);
  const unsigned minute = static_cast<unsigned>(seconds / 60 % 60);
  const unsigned second = static_cast<unsigned>(seconds % 60);
  const std::string_view host = kHosts[month % std::size(kHosts)];
  switch (style) {
    case LogStyle::kSyslog:
      log->append(kMonths[month]);
      AppendFormat(log, " %2u %02u:%02u:%02u ", day, hour, minute, second);
      log->append(host).append(" ");
      break;
    case LogStyle::kIsoSyslog:
      AppendFormat(log, "2023-%02u-%02uT%02u:%02u:%02u.%06llu+00:00 ", month + 1, day, hour, minute,
                   second, micros);
      log->append(host).append(" ");
      break;
    case LogStyle::kDmesg:
    case LogStyle::kMixed:
      break;
  }
  if (!kernel) return;
  if (style != LogStyle::kDmesg) log->append("kernel: ");
  AppendFormat(log, "[%5llu.%06llu] ", seconds, micros);
}

void LogGenerator::AppendLine(std::string* log) {
  clock_us_ += Random(4) == 0 ? Random(3 * kSecond) : Random(900);
  LogStyle style = style_;
  // A mixed log keeps to one style for a while: several hosts or boots, one after the other.
  if (style == LogStyle::kMixed) style = static_cast<LogStyle>(clock_us_ / (900 * kSecond) % 3);
  const bool kernel = style == LogStyle::kDmesg || Random(3) == 0;
  AppendHeader(style, kernel, log);
  AppendFilled(kernel ? kKernelPatterns[Random(std::size(kKernelPatterns))]
                      : kServicePatterns[Random(std::size(kServicePatterns))],
               log);
  log->push_back('\n');
}

void LogGenerator::AppendFilled(std::string_view pattern, std::string* log) {
  for (size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == '%') {
      AppendField(pattern[++i], log);
    } else {
      log->push_back(pattern[i]);
    }
  }
}

void LogGenerator::AppendField(char field, std::string* log) {
  const auto number = [this](uint64_t bound) { return static_cast<unsigned>(Random(bound)); };
  switch (field) {
    case 'd':
      AppendFormat(log, "%u", number(10));
      break;
    case 'n':
      AppendFormat(log, "%u", number(100'000));
      break;
    case 'u':
      AppendFormat(log, "%u", number(0xffffffff));
      break;
    case 'x':
      AppendHex(4, log);
      break;
    case 'X':
      AppendHex(8, log);
      break;
    case 'a':
      log->append("0x00000000");
      AppendHex(8, log);
      break;
    case 'c':
      AppendHex(12, log);
      break;
    case 'U':
      for (int digits : {8, 4, 4, 4, 12}) {
        if (digits != 8 && log->back() != '-') log->push_back('-');
        AppendHex(digits, log);
      }
      break;
    case 'P':
      AppendFormat(log, "0000:%02x:%02x.%u", number(256), number(32), number(8));
      break;
    case 'i':
      AppendFormat(log, "10.%u.%u.%u", number(256), number(256), number(256));
      break;
    case 'm':
      AppendFormat(log, "52:54:%02x:%02x:%02x:%02x", number(256), number(256), number(256),
                   number(256));
      break;
    case 'D':
      AppendOneOf(kDrivers, log);
      break;
    case 'I':
      AppendOneOf(kInterfaces, log);
      break;
    case 'k':
      AppendOneOf(kDisks, log);
      break;
    case 'S':
      AppendOneOf(kUnits, log);
      break;
    case 'p':
      AppendOneOf(kPaths, log);
      break;
    case 'v':
      AppendOneOf(kVendors, log);
      break;
    case 'w':
      AppendOneOf(kWords, log);
      break;
    case 'l':
      AppendOneOf(kUsers, log);
      break;
    default:
      log->push_back(field);
      break;
  }
}

void LogGenerator::AppendHex(int digits, std::string* log) {
  for (int i = 0; i < digits; ++i) log->push_back("0123456789abcdef"[Random(16)]);
}

template <size_t kCount>
void LogGenerator::AppendOneOf(const std::string_view (&words)[kCount], std::string* log) {
  log->append(words[Random(kCount)]);
}

std::string GenerateLog(size_t bytes, uint64_t seed, LogStyle style) {
  LogGenerator generator(seed, style);
  std::string log;
  log.reserve(bytes + 512);
  while (log.size() < bytes) generator.AppendLine(&log);
  return log;
}

}  // namespace oops::bench
