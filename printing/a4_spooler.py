"""The one thread that renders owed originals and hands them to the A4 printer; what became of each lies in its row."""

import logging
from collections.abc import Callable, Mapping
from threading import Event, Thread
from typing import Any

from app.domain.original import Original, broken, delivered, failed, sent
from app.domain.paper.blocks import Document, document_from_json
from app.domain.paper.errors import PaperError
from app.ports.clock import Clock
from app.ports.originals import A4Fault, A4Reason, OriginalPrinter, OriginalSpool
from app.ports.store_fault import StoreFault
from printing.a4_slips import A4Slips
from printing.fonts import FontMissing

log = logging.getLogger(__name__)

STORE_PAUSE_S = 5.0
ID_TAIL = 6
"""Characters of its id behind a document number, so that a corrected original never takes the place of the first."""


class A4Spooler:
    """Hands over one original after the other; ``changed`` is called in its thread when a row was written.

    Slips that come out on A4 go first: their citizen is waiting.

    The PDF library is loaded with the first original, not with the program.
    """

    def __init__(
        self,
        spool: OriginalSpool,
        printer: OriginalPrinter,
        clock: Clock,
        changed: Callable[[], None],
        slips: A4Slips | None = None,
    ) -> None:
        self._spool = spool
        self._slips = slips
        self._printer = printer
        self._clock = clock
        self._changed = changed
        self._recover_due = True
        self._woken = Event()
        self._woken.set()
        self._stopping = Event()
        self._thread = Thread(target=self._run, name="a4-spooler", daemon=True)

    def start(self) -> None:
        """Put what the last run left on the way in doubt, then print what waits."""
        self._thread.start()

    def wake(self) -> None:
        """Tell that an original was queued."""
        self._woken.set()

    def stop(self) -> None:
        """End the thread; a document whose paper is waited for is given up, in doubt."""
        self._stopping.set()
        self._woken.set()
        self._printer.stop_waiting()
        self._thread.join()

    def _run(self) -> None:
        pause: float | None = None
        while not self._stopping.is_set():
            self._woken.wait(pause)
            self._woken.clear()  # before the next look, so that no call is lost
            if not self._stopping.is_set():
                pause = self._work()

    def _work(self) -> float | None:
        """Do all that waits and return the seconds until the next try; None until somebody wakes the thread."""
        try:
            if self._recover_due:
                self.recover()
                self._recover_due = False
            while not self._stopping.is_set() and ((self._slips is not None and self._slips.step()) or self.step()):
                pass
            self.tidy()
        except StoreFault as fault:
            # A full disk or a busy store passes; what was on the way meanwhile is in doubt.
            log.error("a4_store_fault reason=%s", fault.reason)  # noqa: TRY400 - the reason says it all
            self._recover_due = True
            return STORE_PAUSE_S
        return None

    def recover(self) -> None:
        """Put every original in doubt that was being handed over when the program ended."""
        if self._slips is not None:
            self._slips.recover()
        for each in self._spool.unsettled():
            self._settle(broken(each, A4Reason.INTERRUPTED.value, self._clock.now_ms()))

    def step(self) -> bool:
        """Hand over the oldest original that waits; False when there is none."""
        original = self._spool.next_queued()
        if original is None:
            return False
        content = self._spool.claim(original.original_id)
        if content is not None:
            self._settle(self._sent(original, content))
        return True

    def tidy(self) -> None:
        """Delete the kept PDFs of what is sealed or voided; paper is what counts from then on."""
        try:
            self._printer.keep_only([stem_of(each) for each in self._spool.owed()])
        except OSError as error:
            log.warning("a4_kept_not_deleted errno=%s", error.errno)

    def _sent(self, queued: Original, content: Mapping[str, Any]) -> Original:
        """Render and hand over one that was claimed, and return what became of it."""
        sending = sent(queued)
        try:
            pdf = _pdf(content, queued.prints)
            handed = self._printer.hand_over(pdf, name_of(queued), queued.copies)
        except A4Fault as fault:
            if fault.unsure:
                return broken(sending, fault.reason.value, self._clock.now_ms())
            return failed(sending, fault.reason.value)
        except (FontMissing, PaperError):
            return failed(sending, A4Reason.NOT_RENDERED.value)
        return delivered(sending, handed.place, self._clock.now_ms(), kept=handed.kept)

    def _settle(self, original: Original) -> None:
        self._spool.settle(original)
        log.info("original id=%s state=%s fault=%s", original.original_id, original.state, original.fault or "-")
        self._changed()


def name_of(original: Original) -> str:
    """Return what a job or a file of this printing is called: its document number, no person."""
    again = f"-补打{original.prints}" if original.prints else ""
    return f"{stem_of(original)}{again}"


def stem_of(original: Original) -> str:
    """Return what all printings of an original have in common."""
    return f"{original.doc_no}-{original.original_id[-ID_TAIL:]}"


def _pdf(content: Mapping[str, Any], reprint: int) -> bytes:
    return render_pdf(document_from_json(content), reprint)


def render_pdf(document: Document, reprint: int) -> bytes:
    """Return the PDF of a document; raises what ``printing.pdf.render`` raises."""
    from printing.pdf import render  # noqa: PLC0415 - reportlab takes a quarter of a second to load

    return render(document, reprint)
