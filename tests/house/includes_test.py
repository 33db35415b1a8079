#!/usr/bin/env python3
"""Holds every #include in lib/ and tools/ against the order of rooms in rooms.bzl.

Arguments: the rooms that see lines and those that see records, each a list with commas, in order.
"""

import pathlib
import re
import sys

# The façade lib/*.h and, last, the command stand after all rooms.
FACADE = "lib"
COMMAND = "tools"

SOURCES = {".cc", ".h", ".inc"}
INCLUDE = re.compile(r'^\s*#\s*include\s*"([^"]+)"', re.MULTILINE)


def room_of(path):
    """"lib/log/line.h" -> "log"; None for what belongs to no room, as proto/ or a system library."""
    parts = pathlib.PurePosixPath(path).parts
    if parts[0] == COMMAND:
        return COMMAND
    if parts[0] != "lib":
        return None
    return parts[1] if len(parts) > 2 else FACADE


def allowed_rooms(stream_rooms, record_rooms):
    """Room -> rooms that it may include from."""
    allowed = {}
    for rooms in (stream_rooms, record_rooms):
        for index, room in enumerate(rooms):
            allowed[room] = set(rooms[: index + 1])
    allowed[FACADE] = {FACADE, *allowed}
    allowed[COMMAND] = {COMMAND, *allowed}
    return allowed


def check_include(root, file, name, allowed):
    """What is wrong with `#include "name"` in the file, or None."""
    if not (root / name).exists() and (root / file).parent.joinpath(name).exists():
        return "names a file that stands beside it: write its path from the root"
    room, other = room_of(file), room_of(name)
    if other is None or other in allowed[room]:
        return None
    if other not in allowed:
        return f"lib/{other} has no place in rooms.bzl"
    return f"{room} must not know {other}"


def check_tree(root, allowed):
    """(files read, complaints)"""
    files = [
        path.relative_to(root).as_posix()
        for folder in ("lib", "tools")
        for path in sorted((root / folder).rglob("*"))
        if path.suffix in SOURCES
    ]
    complaints = []
    for file in files:
        if room_of(file) not in allowed:
            complaints.append(f"{file}: its room has no place in rooms.bzl")
            continue
        text = (root / file).read_text(encoding="utf-8")
        for match in INCLUDE.finditer(text):
            problem = check_include(root, file, match[1], allowed)
            if problem:
                line = text.count("\n", 0, match.start(1)) + 1
                complaints.append(f'{file}:{line}: "{match[1]}": {problem}')
    return files, complaints


def self_check(root, allowed):
    """Rows that show what the rules are; the test would be worth nothing if these came out otherwise."""
    rows = [
        ("lib/log/x.cc", "lib/text/x.h", True),
        ("lib/log/x.cc", "lib/log/x.h", True),
        ("lib/log/x.cc", "lib/grammar/x.h", False),
        ("lib/text/x.cc", "lib/log/x.h", False),
        ("lib/record/x.cc", "lib/analysis/x.h", False),
        ("lib/analysis/x.cc", "lib/grammar/x.h", False),
        ("lib/analysis/x.cc", "lib/text/x.h", True),
        ("lib/render/x.cc", "lib/analysis/x.h", True),
        ("lib/render/x.cc", "lib/oops.h", False),
        ("lib/render/x.cc", "lib/attic/x.h", False),
        ("lib/oops.cc", "lib/record/x.h", True),
        ("lib/oops.cc", "tools/x.h", False),
        ("tools/x.cc", "lib/oops.h", True),
        ("lib/text/x.cc", "proto/x.pb.h", True),
    ]
    return [
        f"self-check: {file} including {name}"
        for file, name, right in rows
        if (check_include(root, file, name, allowed) is None) != right
    ]


def main():
    allowed = allowed_rooms(sys.argv[1].split(","), sys.argv[2].split(","))
    root = pathlib.Path("WORKSPACE").resolve().parent
    files, complaints = check_tree(root, allowed)
    complaints += self_check(root, allowed)
    if not files:
        complaints.append(f"{root}: no sources found")
    print("\n".join(complaints + [f"{len(files)} files, {len(complaints)} complaints"]))
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
