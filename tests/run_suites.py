"""Runs the suites and prints what each took: the body of ``make test``."""

import os
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile

ROOT = Path(__file__).resolve().parent.parent
SUITES = {
    "unit": [],
    "contract": [],
    "golden": [],
    "integration": ["--timeout", "300"],
    "pages": ["--timeout", "120"],
    "e2e": ["--timeout", "500", "-n", "2", "--dist", "worksteal"],
    "ui": ["-n", "2", "--dist", "worksteal"],
    "simulation": ["--timeout", "500", "-n", "2", "--dist", "worksteal"],
    "wire": ["-n", "2"],
    "rules": ["--timeout", "500", "-n", "2", "--dist", "worksteal"],
    "fire": ["--timeout", "300"],
}
"""Each is a folder of tests/, with what pytest is told beside it."""

LANES = (
    ("e2e", "ui"),
    ("integration", "contract", "golden"),
    ("pages", "fire", "unit", "wire", "rules"),
    ("simulation",),
)
"""What runs side by side, and within a lane one after the other; the first three take about as long as each other."""

BEHIND = "simulation"
"""It waits for nobody and no clock of it is real: it takes what the others leave of the machine."""

NO_BYTE_CODE = "PYTHONDONTWRITEBYTECODE"
"""Some machines forbid Python to keep what it compiled; here every process would compile the tests anew."""


@dataclass(frozen=True)
class Ran:
    """How a suite ended."""

    suite: str
    ok: bool
    seconds: float
    processor_s: float
    tests: int = 0
    bad: int = 0
    skipped: int = 0

    def line(self) -> str:
        """One line of the table."""
        cost = f"{self.seconds:7.1f} s {self.processor_s:7.1f} s of a core"
        return f"{self.suite:12} {self.tests:5} tests {cost}  {'ok' if self.ok else 'FAILED'}"


def main() -> int:
    """Run them all even when one fails; the status is 1 when any did."""
    wanted = sys.argv[1:] or list(SUITES)
    began, ran = time.monotonic(), []
    with ThreadPoolExecutor(len(LANES)) as pool:
        lanes = [[suite for suite in lane if suite in wanted] for lane in LANES]
        ran += [each for lane in pool.map(_lane, lanes) for each in lane]
    print("\n".join(["", *(each.line() for each in ran)]))
    broken = [each.suite for each in ran if not each.ok]
    if broken:
        print("broken:", *broken)
    bad, skipped = sum(each.bad for each in ran), sum(each.skipped for each in ran)
    passed = sum(each.tests for each in ran) - bad - skipped
    print(f"{passed} passed, {max(bad, len(broken))} failed, {skipped} skipped in {time.monotonic() - began:.0f} s")
    return 1 if broken else 0


def _lane(suites: list[str]) -> list[Ran]:
    return [_run(suite) for suite in suites]


def _run(suite: str) -> Ran:
    report = ROOT / "build" / "junit" / f"{suite}.xml"
    report.parent.mkdir(parents=True, exist_ok=True)
    report.unlink(missing_ok=True)
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ}
    environment.pop(NO_BYTE_CODE, None)
    command = [sys.executable, "-m", "pytest", f"tests/{suite}", "-q", f"--junitxml={report}", *SUITES[suite]]
    if suite == BEHIND:
        command = ["nice", "-n", "10", *command]
    started = time.monotonic()
    with TemporaryFile("w+", encoding="utf-8") as said:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=said, stderr=subprocess.STDOUT)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        took = time.monotonic() - started
        said.seek(0)
        # Several suites at a time: each speaks when it is done.
        print(f"\n== {suite}\n{said.read()}", flush=True)
    counts = dict.fromkeys(("tests", "failures", "errors", "skipped"), 0)
    if report.exists():
        for element in ET.parse(report).getroot().iter("testsuite"):
            for name in counts:
                counts[name] += int(element.get(name, "0"))
    bad = counts["failures"] + counts["errors"]
    processor_s = used.ru_utime + used.ru_stime
    return Ran(suite, process.returncode == 0, took, processor_s, counts["tests"], bad, counts["skipped"])


if __name__ == "__main__":
    sys.exit(main())
