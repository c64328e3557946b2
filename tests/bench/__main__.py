"""``make bench``: measures what the product promises a clerk, prints a table, fails when a gate does not hold."""

import compileall
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "e2e" / "tour")]

import archive  # noqa: E402 - the tour's hands are found from here on
import backlog  # noqa: E402 - the same
import card_form  # noqa: E402 - the same
import case_search  # noqa: E402 - the same
import commit  # noqa: E402 - the same
import ledgers  # noqa: E402 - the same
import report  # noqa: E402 - the same
import search  # noqa: E402 - the same
import sections  # noqa: E402 - the same
import served  # noqa: E402 - the same
import start  # noqa: E402 - the same
from hands import Display  # noqa: E402 - the same

PACKAGES = ("app", "ui", "printing", "devices", "sync")
WIDTH, HEIGHT = 2900, 1080


def main() -> int:
    """Serve a morning, age the counter by ten thousand cases, start it again, and accept against the bare disk."""
    data = ROOT / "build" / "bench" / "data"
    shutil.rmtree(data.parent, ignore_errors=True)
    for package in PACKAGES:
        compileall.compile_dir(ROOT / package, quiet=1)
    with Display(WIDTH, HEIGHT) as display:
        morning = served.serve(display, data)
        archive.fill(data / "counter")
        behind = backlog.measure(display, data)
        starts = start.measure(display, data)
    alone = [*sections.measure(), *search.measure(), *case_search.measure(), *card_form.measure(), *ledgers.measure()]
    figures = [*commit.measure(data / "counter"), *starts, *morning.figures(), *behind, *alone]
    print(report.table(figures))
    print(report.write(figures, commit.ITEM).relative_to(ROOT))
    failed = [each.name for each in figures if not each.passed]
    if failed:
        print("gates failed:", *failed, sep="\n  ")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
