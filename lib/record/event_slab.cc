// What the slab allocators say of an object (mm/slub.c print_trailer(), mm/slab.c
// print_objinfo()).
#include <optional>
#include <string>
#include <string_view>

#include "lib/grammar/chars.h"
#include "lib/grammar/symbol.h"
#include "lib/record/captures.h"
#include "lib/record/event.h"

namespace oops::record {
namespace {

using grammar::Cursor;

bool OfAllocator(Kind kind) {
  return kind == KIND_SLAB_CORRUPTION || kind == KIND_KASAN || kind == KIND_PAGE_ALLOC_FAILURE;
}

}  // namespace

// "foo_alloc+0x6d/0xf0 [foo] age=65691 cpu=0 pid=2305" behind "Allocated in " and "Freed in ": all
// there is without CONFIG_STACKTRACE, else frames follow.
void Event::OnSlabTrack(std::string_view text, const log::LogLine& line) {
  if (text.find(" age=") == std::string_view::npos) return;
  const std::optional<grammar::Symbol> symbol =
      grammar::TakeSymbol(text, grammar::Offset::kRequired);
  Stack& stack = stacks_.Current(line.number);
  if (symbol) SetLocation(*symbol, symbol->address, *stack.mutable_ip());
}

// Where no frames followed the place is the only one.
void Event::FillSlabTracks() {
  for (Stack& stack : *record_.mutable_stacks()) {
    const bool track = stack.type() == STACK_ALLOCATED || stack.type() == STACK_FREED;
    if (!track || stack.ip().function().empty()) continue;
    if (stack.frames_size() > 0) continue;
    const CodeLocation& ip = stack.ip();
    Frame* frame = stack.add_frames();
    SetFrame(ip, *frame);
    frame->set_reliable(true);
    stack.clear_ip();
  }
}

// "Object 0xffff..: 6b 6b", "INFO: Slab 0xffff..", "  node 0: slabs: 5": part of these reports, and
// of others nothing. "INFO: 0xffff..-0xffff... First byte 0x0 instead of 0x6b" tells where, else
// that which names the object.
bool Event::OnSlabLine(std::string_view text) {
  constexpr std::string_view kPlaces[] = {"INFO: 0x", "0x", "INFO: Object 0x", "Object 0x",
                                          "Object at "};
  if (!OfAllocator(record_.kind())) return false;
  constexpr std::string_view kByte = "First byte 0x";
  const size_t byte = text.find(kByte);
  if (byte != text.npos && record_.message().find(kByte) == std::string::npos)
    AddMessage(text.substr(byte));
  if (record_.kind() == KIND_PAGE_ALLOC_FAILURE || record_.fault().has_address()) return true;
  for (const std::string_view place : kPlaces) {
    Cursor cursor(grammar::TrimLeft(text));
    const std::string_view hex = cursor.Take(place) ? cursor.TakeHex() : std::string_view{};
    if (!hex.empty()) record_.mutable_fault()->set_address(std::string(hex));
  }
  return true;
}

// "010: 6b 6b 6b 6b 00 00": print_hex_dump() with its offset; "c1b3f0a4: redzone 1:0x.., redzone
// 2:0x..": verify_redzone_free().
bool Event::TakeSlabDump(std::string_view& text) {
  if (record_.kind() != KIND_SLAB_CORRUPTION) return false;
  // check_bytes_and_report(), since 5.14 without "INFO: "
  if (text.find(" First byte 0x") != text.npos) {
    OnSlabLine(text);
    text = {};
    return true;
  }
  Cursor cursor(text);
  cursor.SkipBlanks();
  const std::string_view offset = cursor.TakeHex();
  if (offset.size() < 3 || !cursor.Take(':')) return false;
  cursor.SkipBlanks();
  if (cursor.Take("redzone 1:0x")) {
    if (!record_.fault().has_address()) record_.mutable_fault()->set_address(std::string(offset));
  } else if (cursor.TakeHex().size() != 2 || !(cursor.AtEnd() || grammar::IsBlank(cursor.Peek()))) {
    return false;
  }
  text = {};
  return true;
}

// "Last user: [<c1b3f0a8>](foo_put+0x2e/0x50 [foo])": who took or gave back the object last. Those
// of its neighbours say nothing of the fault.
bool Event::OnLastUser(std::string_view label) {
  if (record_.kind() != KIND_SLAB_CORRUPTION) return false;
  if (stacks_.owner() != Owner::kNobody) stacks_.SwitchTo(Owner::kExtra, STACK_RELATED, label);
  block_open_ = false;
  return true;
}

}  // namespace oops::record
