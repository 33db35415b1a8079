// The architecture, from what only one architecture prints.
#ifndef OOPS_LIB_RECORD_ARCH_EVIDENCE_H_
#define OOPS_LIB_RECORD_ARCH_EVIDENCE_H_

#include <string_view>

#include "proto/crash_record.pb.h"

namespace oops::record {

// From functions that only one architecture has. Empty where nothing tells.
std::string_view ArchOfEntryCode(const CrashRecord& record);

// From where addresses lie and how wide they are, together with the marks of x86's traces.
std::string_view ArchOfAddresses(const CrashRecord& record);

// From the code that arm and arm64 print in the same words: arm64's fills 32 bits, arm's hardly
// ten.
std::string_view ArchOfSyndrome(std::string_view esr);

// 31-bit s390, until 4.0, prints what s390x does, in words of half the width.
bool HasShortRegisters(const CrashRecord& record);

// "Call trace:", as arm and arm64 write it.
std::string_view ArchOfSmallCallTrace(const CrashRecord& record);

// From the message, where no other architecture has it. The last that one asks: some share a few.
std::string_view ArchOfMessage(std::string_view grammar_row);

// From the name of the machine: device-tree boards, s390's and powerpc's own machines.
std::string_view ArchOfHardware(std::string_view hardware_name);

}  // namespace oops::record

#endif  // OOPS_LIB_RECORD_ARCH_EVIDENCE_H_
