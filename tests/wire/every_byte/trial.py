"""One receipt, one break: what the counter makes of it, and whether it is true."""

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from app.commands.system_clock import SystemClock
from app.ports.spool import JobState
from every_byte.breaks import HOST, Break, Point
from every_byte.counter import Kind
from every_byte.receipt import JOB, copy, whole_papers
from printing.simulator.printer import PrinterSimulator
from printing.spooler import Spooler


@dataclass(frozen=True)
class Outcome:
    """How a receipt ended. Papers are counted as whole when the printer got every byte of one, cut included."""

    told: JobState
    """What the counter says once everything is mended, before a person was asked."""
    lying: int
    """Whole papers in the tray at that moment."""
    finally_told: JobState
    """What it says after a person, if asked, has looked and answered."""
    finally_lying: int
    reprints: int
    """How many of those carry 补打."""

    @property
    def violation(self) -> str | None:
        """The broken promise, or None."""
        printed = self.told is JobState.PRINTED
        again = not printed and not self.lying
        promises = {
            f"{self.lying} papers that nobody asked for": self.lying <= 1,
            f"left as {self.told}": printed or self.told is JobState.UNKNOWN,
            "told as printed, and no paper: lost": not printed or self.lying == 1,
            f"{self.finally_lying} papers in the end": self.finally_lying == 1,
            f"left as {self.finally_told} in the end": self.finally_told is JobState.PRINTED,
            f"{self.reprints} of them marked as reprints": self.reprints == again,
        }
        return next((broken for broken, kept in promises.items() if not kept), None)


def attempt(prepared: Path, breaking: Break, at: Point, kind: Kind = Spooler) -> Outcome:
    """Print the prepared receipt through that break. The person at the counter tells the truth."""
    printer = PrinterSimulator(HOST, 0, SystemClock())
    printer.start()
    try:
        with TemporaryDirectory() as folder:
            store = copy(prepared, Path(folder) / "counter.db")
            with breaking(printer, store, at, kind) as counter:
                told = counter.await_rest(JOB)
                lying = len(whole_papers(printer))
                last, finally_told = JOB, told
                while finally_told is JobState.UNKNOWN:  # on a busy machine a reprint may be in doubt as well
                    last = counter.answer(last, came_out=len(whole_papers(printer)) > 0)
                    finally_told = counter.await_rest(last)
        papers = whole_papers(printer)
        return Outcome(told, lying, finally_told, len(papers), sum(number > 0 for number in papers))
    finally:
        printer.stop()
