"""Every device out before every step of every flow; writes docs/device-faults.md; status 1 when a run broke a rule."""

import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PAPER = ROOT / "docs" / "device-faults.md"
KEPT = ROOT / "build" / "unplug.jsonl"

TEXT = """# A device goes and comes back

Written by `make unplug`; do not edit. The real counter window (offscreen) with all its devices on simulators: card
reader and printer by serial port (a pseudo terminal) and by TCP, scanner by serial port, window display and keypad by
TCP. In each run one device is pulled out before one step of a flow and plugged in again behind it; a printer stays away
until the paper waits for it, and in the runs `mid-paper` its line breaks in the middle of the paper. Each run has to
end with the flow's outcome and its papers, two lines in the log (lost, back) and no other warning, and as many threads
and open files as before.

- {date}: {runs} runs on {cores} cores with a load of {load:.0f}; broken: {broken}
- `reacts`: the longest time the GUI thread did not answer, in ms, from the hand's pull or plug until the window knows;
  50 at most. `–` is below 50: shorter waits are not written down (`ui/stall_watch.py`)
- `whole`: the same for the whole flow, whose keys build pages, the longest of all tries; as with a hand's keys the
  window may draw between two. Beside it what the flow has without a fault. No gate: the simulators run in the same
  process and take time from it (`make bench` has the gates)
- time in which the machine had no processor for the GUI thread is left out; a run that reacts late is repeated, up to
  four times

| device | flow | moments | broken | tries | reacts | whole | without a fault |
|---|---|---|---|---|---|---|---|
{rows}
"""


class Runs:
    """Keeps what every run found, in a file as well: what broke may be run again by itself."""

    def __init__(self, file: Path) -> None:
        self._file = file
        lines = file.read_text("utf-8").splitlines() if file.exists() else []
        self._kept = {_key(each): each for each in map(json.loads, lines)}

    @property
    def found(self) -> list[dict[str, Any]]:
        """The newest of each."""
        return list(self._kept.values())

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Take the figures of a run; one that broke before it had any counts with none."""
        if report.failed:
            print(report.longreprtext, flush=True)  # it may be an hour until all have run
        figures = dict(report.user_properties).get("unplugged")
        if report.when == "call" and isinstance(figures, dict):
            found = {**figures, "ok": report.passed}
            self._kept[_key(found)] = found
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with self._file.open("a", encoding="utf-8") as file:
                file.write(json.dumps(found) + "\n")

    def row(self, device: str, flow: str) -> str:
        """Return a row of the table."""
        runs = [each for each in self.found if (each["device"], each["flow"]) == (device, flow)]
        calm = max(
            (each["whole"] for each in self.found if (each["device"], each["flow"]) == ("none", flow)), default=0
        )
        figures = (
            device,
            flow,
            len(runs),
            sum(not each["ok"] for each in runs) or "no",
            max(each["tries"] for each in runs),
            *(_ms(max(each[name] for each in runs)) for name in ("reacts", "whole")),
            _ms(calm),
        )
        return f"| {' | '.join(map(str, figures))} |"


def main() -> int:
    """Run them all, or again those that ``-k`` names, and write the paper of all that was found."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if not sys.argv[1:]:
        KEPT.unlink(missing_ok=True)
    runs = Runs(KEPT)
    arguments = [str(HERE / "test_unplugged.py"), "--every-unplug", "-q", "--tb=short", *sys.argv[1:]]
    status = pytest.main(arguments, plugins=[runs])
    pairs = dict.fromkeys((each["device"], each["flow"]) for each in runs.found if each["device"] != "none")
    text = TEXT.format(
        date=datetime.now(UTC).date(),
        runs=len(runs.found),
        cores=os.cpu_count(),
        load=os.getloadavg()[2],
        broken=sum(not each["ok"] for each in runs.found),
        rows="\n".join(runs.row(*pair) for pair in sorted(pairs)),
    )
    print(text)
    PAPER.write_text(text, encoding="utf-8")
    return int(status)


def _key(found: dict[str, Any]) -> tuple[str, str, str]:
    return found["device"], found["flow"], found["moment"]


def _ms(stall: int) -> str:
    return str(stall) if stall else "–"


if __name__ == "__main__":
    sys.exit(main())
