"""Counts test cases over runs of `bazel test`.

Usage: count_tests.py FOLDER, which holds for each run NAME.json (Bazel's build events) and NAME.status
(its exit status). The events, unlike bazel-testlogs, name this run's results only. Exit status 1 if
anything failed.
"""

import json
import pathlib
import sys
import urllib.parse
import xml.etree.ElementTree as ElementTree


def read_events(path):
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return
    for line in lines:
        try:
            yield json.loads(line)
        except ValueError:
            return  # Bazel was stopped while it wrote.


def count_cases(xml_path):
    """(passed, failed) of one test.xml."""
    try:
        cases = list(ElementTree.parse(xml_path).iter("testcase"))
    except (OSError, ElementTree.ParseError):
        return 0, 0
    failed = sum(any(part.tag in ("failure", "error") for part in case) for case in cases)
    left_out = sum(
        case.get("status") == "notrun" or case.find("skipped") is not None for case in cases
    )
    return len(cases) - failed - left_out, failed


def count_result(result):
    """(passed, failed) of one attempt at one test target."""
    passed = failed = 0
    for output in result.get("testActionOutput", []):
        if output.get("name") == "test.xml":
            path = urllib.parse.unquote(urllib.parse.urlparse(output.get("uri", "")).path)
            passed, failed = count_cases(path)
    if result.get("status") != "PASSED" and not failed:
        failed = 1  # It crashed or timed out before it could say which case.
    return passed, failed


def count_run(events_path, status):
    passed = failed = 0
    for event in read_events(events_path):
        if "testResult" in event:
            more = count_result(event["testResult"])
            passed, failed = passed + more[0], failed + more[1]
        elif "targetCompleted" in event["id"] and not event.get("completed", {}).get("success"):
            label = event["id"]["targetCompleted"].get("label")
            print(f"not built: {label}")
            failed += 1
    # 4: there was nothing to test, which is no success either.
    if status != 0 and not failed:
        failed = 1
    return passed, failed


def main():
    total_passed = total_failed = 0
    for status_path in sorted(pathlib.Path(sys.argv[1]).glob("*.status")):
        status = int(status_path.read_text())
        passed, failed = count_run(status_path.with_suffix(".json"), status)
        print(f"{status_path.stem}: {passed} passed, {failed} failed")
        total_passed += passed
        total_failed += failed
    print(f"{total_passed} passed, {total_failed} failed")
    return 1 if total_failed or not total_passed else 0


if __name__ == "__main__":
    sys.exit(main())
