"""The bench's two papers: a table on the terminal and docs/benchmarks.md."""

import os
import platform
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import dropwhile, takewhile
from pathlib import Path

from figures import Figure
from hands import ROOT

TEXT = """# Benchmarks

Written by `make bench`; do not edit. Run it on a quiet machine: the gates are meant for a window PC that does nothing
else.

- machine: {machine}
- date: {date}
- commit: {commit}
- load average at the end: {load}

{table}

## How it is measured

- **Accepting.** `accept_case` with an ordinary food licence ({item}) on the SQLCipher store with 10,000 cases. By turns
  with it, in the same run and on the same file system: one transaction of SQLite without key (`WAL`,
  `synchronous = FULL`) that writes as many bytes of log. The gate is 1.5 times that commit plus 5 ms: it moves with
  the disk.
- **F10 to the printer.** The whole hall runs (`chuangkou demo`) on a virtual X display. The bench gives the key event
  to the X server (XTest) and notes the time; the printer simulator notes when the last byte to be printed came.
- **Start.** From the start of the process to the log's `counter.first_paint` (the whole window is on the screen) and
  `counter.ready` (the screen shows what the store holds). For `make run`: from the command to the painted counter
  window, on a directory that was used before. Byte code is compiled beforehand, as a second start finds it.
- **Memory.** `Pss` of `/proc/PID/smaps_rollup`: what the counter has for itself and its part of what it shares.
- **Stalls.** A second thread knocks at the GUI thread every 10 ms; an answer later than 50 ms is a stall and is always
  logged (`gui.stall`). Counted from the first call (three seconds after the window opened) to the last, the loss of
  the server and its return included.
- **Sending.** The counter that served the morning gets 10,000 more accepted cases, signed and chained, while it is
  closed; then the hall opens and they go to the server behind the open window. Counted from three seconds after it
  opened.
- **Sections.** From the new view to the painted page, each section for its first time, in a window that has rehearsed
  the pages of its first items as it does when it opens; the pages measured are others. No X server.
- **Ledgers.** `ledger_figures` and `ledger_page` (50 rows, opened and masked, the look kept) over a month of 2,000
  cases that four counters pushed as signed operations, on the server's own SQLite file; without HTTP.
- **Receipt.** Bytes of the acceptance notice as the printer got it.

## Parsers under broken frames

From docs/fuzz.md, which `make fuzz` writes; a device that goes and comes back in a flow: docs/device-faults.md.

{parsers}
"""
SERVER = "\n## Server\n"
"""Where the part begins that ``make bench-server`` writes, and that the other bench leaves as it is."""


def table(figures: Sequence[Figure]) -> str:
    """Return a table in Markdown that also reads well on a terminal."""
    rows = [("figure", "measured", "gate", "", "how")]
    for each in figures:
        gate = "" if each.limit is None else f"≤ {_number(each.limit)} {each.unit}".strip()
        verdict = "" if each.limit is None else ("ok" if each.passed else "FAILED")
        rows.append((each.name, f"{_number(each.value)} {each.unit}".strip(), gate, verdict, each.how))
    widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in rows
    ]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)


def write(figures: Sequence[Figure], item: str) -> Path:
    """Write docs/benchmarks.md."""
    path = ROOT / "docs" / "benchmarks.md"
    today = datetime.now(UTC).date().isoformat()
    content = TEXT.format(
        machine=_machine(),
        date=today,
        commit=_commit(),
        load=f"{os.getloadavg()[0]:.1f}",
        table=table(figures),
        item=item,
        parsers=first_table((ROOT / "docs" / "fuzz.md").read_text("utf-8")),
    )
    path.write_text(content + "".join(path.read_text("utf-8").partition(SERVER)[1:]), encoding="utf-8")
    return path


def keep_server(text: str) -> None:
    """Write the server's part of docs/benchmarks.md anew."""
    path = ROOT / "docs" / "benchmarks.md"
    path.write_text(f"{path.read_text('utf-8').partition(SERVER)[0]}{SERVER}\n{text}\n", encoding="utf-8")


def first_table(text: str) -> str:
    """Return the first table of a paper in Markdown; nothing where it has none."""
    lines = dropwhile(lambda line: not line.startswith("|"), text.splitlines())
    return "\n".join(takewhile(lambda line: line.startswith("|"), lines))


def _number(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) else f"{value:,.2f}"


def _machine() -> str:
    information = Path("/proc/cpuinfo").read_text(encoding="ascii", errors="replace")
    model = next((line.partition(":")[2].strip() for line in information.splitlines() if "model name" in line), "")
    python = platform.python_version()
    return f"{model or platform.machine()}, {os.cpu_count()} cores, {platform.system()}, Python {python}"


def _commit() -> str:
    def git(*arguments: str) -> str:
        return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()

    return git("rev-parse", "--short", "HEAD") + (" with changes" if git("status", "--porcelain") else "")
