#!/usr/bin/env bash
# A gibibyte without a line end goes through the command within an address space of 384 MiB: nothing grows with it.
set -euo pipefail

oopsparse=$1
run() {
  ( ulimit -v $((384 * 1024)); "$oopsparse" --format=json )
}

status=0
found=$(head -c 1G /dev/zero | tr '\0' 'a' | run) || status=$?
[[ $status == 1 && -z $found ]] || { echo "one endless line: status $status, found: ${found:0:200}"; exit 1; }

# The same behind a report: the report is still there.
status=0
found=$( { printf 'BUG: kernel NULL pointer dereference, address: 0000000000000008\nOops: 0002 [#1] SMP\n'
           head -c 256M /dev/zero | tr '\0' 'f'; } | run) || status=$?
[[ $status == 0 && $found == *KIND_NULL_DEREF* ]] ||
  { echo "a report before it: status $status, found: ${found:0:200}"; exit 1; }
((${#found} < 8 << 20)) || { echo "a record of ${#found} bytes"; exit 1; }
