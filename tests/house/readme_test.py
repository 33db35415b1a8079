#!/usr/bin/env python3
"""Holds the README's table of what is recognised against the grammar's rows.

readme_test.py [--update] README LIST_GRAMMAR: compares the text between the two "<!-- grammar -->" lines with what
the program prints, or replaces it (tools/update_readme). Without a README there is nothing to hold.
"""

import pathlib
import subprocess
import sys

MARKER = "<!-- grammar -->\n"


def main():
    update = sys.argv[1] == "--update"
    readme, program = (pathlib.Path(argument) for argument in sys.argv[1 + update :])
    if not readme.exists() and not update:
        # Bazel's folder of inputs links to the source tree, where this file lies.
        readme = pathlib.Path("WORKSPACE").resolve().parent / readme
    if not readme.exists():
        print(f"{readme}: no such file")
        return 1 if update else 0
    parts = readme.read_text(encoding="utf-8").split(MARKER)
    if len(parts) != 3:
        print(f"{readme}: {len(parts) - 1} lines are {MARKER.strip()}, where 2 are meant")
        return 1
    table = subprocess.run([program.resolve()], check=True, capture_output=True, text=True).stdout
    if update:
        readme.write_text(MARKER.join([parts[0], table, parts[2]]), encoding="utf-8")
        return 0
    if parts[1] != table:
        print(f"{readme}: its table of what is recognised is old; run tools/update_readme")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
