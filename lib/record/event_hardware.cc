// What reports of the hardware's errors say: banks, addresses, who accessed a device.
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "lib/grammar/chars.h"
#include "lib/grammar/frame.h"
#include "lib/record/captures.h"
#include "lib/record/event.h"

namespace oops::record {

using grammar::Cursor;

// "TSC 0 ADDR 5000 MISC 8c", "Error Addr: 0x5000" of AMD: the line behind a bank's.
void Event::OnMachineCheck(std::string_view text) {
  if (record_.machine_checks_size() == 0) return;
  MachineCheck* check = record_.mutable_machine_checks(record_.machine_checks_size() - 1);
  auto behind = [&](std::string_view key) {
    const size_t at = text.find(key);
    if (at == std::string_view::npos) return std::string();
    Cursor cursor(text.substr(at + key.size()));
    return std::string(cursor.TakeHex());
  };
  for (const std::string_view key : {"ADDR ", "Error Addr: 0x"}) {
    if (std::string address = behind(key); !address.empty()) check->set_address(std::move(address));
  }
  if (std::string misc = behind("MISC "); !misc.empty()) check->set_misc(std::move(misc));
}

// "3: b200000000070f0f[0000000000000001] at 000000001ad5f1c0": intel_machine_check() of i386, each
// bank on a line of its own.
bool Event::OnMachineCheckBank(std::string_view text) {
  constexpr int kMost = 64;
  Cursor cursor(text);
  const std::optional<int32_t> bank = grammar::ParseInt32(cursor.TakeDigits());
  if (record_.kind() != KIND_MCE || !bank || !cursor.Take(": ")) return false;
  const std::string_view status = cursor.TakeHex();
  if (status.size() != 16 || record_.machine_checks_size() >= kMost) return false;
  const int checks = record_.machine_checks_size();
  const bool begun = checks > 0 && !record_.machine_checks(checks - 1).has_bank();
  MachineCheck* check =
      begun ? record_.mutable_machine_checks(checks - 1) : record_.add_machine_checks();
  if (record_.has_cpu()) check->set_cpu(record_.cpu());
  const std::string& of_all = record_.machine_checks(0).mcg_status();  // one exception's banks
  if (!of_all.empty()) check->set_mcg_status(of_all);
  check->set_bank(*bank);
  check->set_status(std::string(status));
  if (cursor.Take('[')) {
    check->set_misc(std::string(cursor.TakeHex()));
    cursor.Take(']');
  }
  if (cursor.Take(" at ")) check->set_address(std::string(cursor.TakeHex()));
  return true;
}

// "22: NIP: [c00000000002d3a4] copy_page+0x24/0x60", "22: Initiator CPU" of powerpc.
bool Event::OnMachineCheckLine(std::string_view text) {
  constexpr std::string_view kPlace = "NIP: [";
  if (record_.kind() != KIND_MCE) return false;
  const size_t at = text.find(kPlace);
  if (at == std::string_view::npos || !record_.ip().function().empty()) return true;
  Cursor cursor(text.substr(at + kPlace.size()));
  const std::string_view address = cursor.TakeHex();
  cursor.Take(']');
  cursor.SkipBlanks();
  std::string_view rest = cursor.rest();
  const std::optional<grammar::Symbol> symbol =
      grammar::TakeSymbol(rest, grammar::Offset::kRequired);
  if (symbol) SetLocation(*symbol, address, *record_.mutable_ip());
  return true;
}

// "00000000a3c1d20e] nvme_timeout+0x2c4/0x560 [nvme]": who found the device dead.
bool Event::OnEehFrame(std::string_view text, const log::LogLine& line) {
  Cursor cursor(text);
  grammar::Frame frame;
  frame.address = cursor.TakeHex();
  if (frame.address.empty() || !cursor.Take("] ")) return false;
  std::string_view rest = cursor.rest();
  const std::optional<grammar::Symbol> symbol =
      grammar::TakeSymbol(rest, grammar::Offset::kRequired);
  if (!symbol) return false;
  frame.symbol = *symbol;
  frame.addressed = true;
  frame.reliable = true;
  stacks_.AddFrame(frame, line.number);
  return true;
}

}  // namespace oops::record
