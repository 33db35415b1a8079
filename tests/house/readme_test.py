#!/usr/bin/env python3
"""Holds the parts of the README that programs print against what they print today.

readme_test.py [--update] README LIST_GRAMMAR OOPSPARSE LOG: between the two "<!-- grammar -->" lines stands what
LIST_GRAMMAR prints, between the two "<!-- example -->" lines what OOPSPARSE prints for LOG.
"""

import os
import pathlib
import subprocess
import sys


def output_of(command, folder=None):
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{command[0]} ended with {done.returncode}: {done.stderr}")
    return done.stdout


def main():
    update = sys.argv[1] == "--update"
    readme, grammar, oopsparse, log = (pathlib.Path(argument) for argument in sys.argv[1 + update :])
    if not readme.exists():
        # Bazel's folder of inputs links to the source tree, where this file lies.
        readme = pathlib.Path("WORKSPACE").resolve().parent / readme
    example = output_of([os.path.abspath(oopsparse), "parse", log.name], log.resolve().parent)
    parts = {"<!-- grammar -->\n": output_of([grammar.resolve()]), "<!-- example -->\n": f"```\n{example}```\n"}
    text = readme.read_text(encoding="utf-8")
    for marker, wanted in parts.items():
        pieces = text.split(marker)
        if len(pieces) != 3:
            print(f"{readme}: {len(pieces) - 1} lines are {marker.strip()}, where 2 are meant")
            return 1
        if not update and pieces[1] != wanted:
            print(f"{readme}: what stands between {marker.strip()} is old; run tools/update_readme")
            return 1
        text = marker.join([pieces[0], wanted, pieces[2]])
    if update:
        readme.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
