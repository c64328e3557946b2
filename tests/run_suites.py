"""Runs the suites one after the other and prints what each took: the body of ``make test``."""

import os
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SUITES = {
    "unit": ["-n", "2"],
    "contract": ["-n", "2"],
    "golden": ["-n", "2"],
    "integration": ["-n", "2", "--dist", "loadfile"],
    "simulation": ["-n", "2"],
    "ui": ["-n", "2"],
    "pages": ["--timeout", "120"],
    "e2e": ["--timeout", "400"],
}
"""Each is a folder of tests/, with what pytest is told beside it."""

NO_TESTS = 5


def main() -> int:
    """Run them all even when one fails; the status is 1 when any did."""
    wanted = sys.argv[1:] or list(SUITES)
    environment = {**os.environ, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    passed = failed = skipped = 0
    broken = []
    print_lines = []
    for suite in wanted:
        report = ROOT / "build" / "junit" / f"{suite}.xml"
        report.parent.mkdir(parents=True, exist_ok=True)
        report.unlink(missing_ok=True)
        started = time.monotonic()
        command = [sys.executable, "-m", "pytest", f"tests/{suite}", "-q", f"--junitxml={report}", *SUITES[suite]]
        status = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
        took = time.monotonic() - started
        if status != 0:
            broken.append(suite)
        counts = {"tests": 0, "failures": 0, "errors": 0, "skipped": 0}
        if report.exists():
            for element in ET.parse(report).getroot().iter("testsuite"):
                for name in counts:
                    counts[name] += int(element.get(name, "0"))
        bad = counts["failures"] + counts["errors"]
        passed += counts["tests"] - bad - counts["skipped"]
        failed += bad
        skipped += counts["skipped"]
        print_lines.append(f"{suite:12} {counts['tests']:5} tests {took:7.1f} s  {'ok' if status == 0 else 'FAILED'}")
    print("\n".join(["", *print_lines]))
    if broken:
        print("broken:", *broken)
    print(f"{passed} passed, {max(failed, len(broken))} failed, {skipped} skipped")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
