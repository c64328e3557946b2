"""Prints the papers of numbers at the guide desk: template, picture, spool and printer thread of one place."""

from collections.abc import Callable

import msgspec
from PIL import Image

from app.commands.settings import PrinterSettings
from app.commands.slip_encoding import encoder, profile_of
from app.domain.number_slip import NUMBER_SLIP
from app.domain.paper.blocks import Document, document_to_json
from app.domain.paper.fill import fill
from app.ports.clock import Clock
from app.storage.number_spool import NumberSpool
from app.storage.slip_files import load_templates
from printing.bitmap import render
from printing.delivery import PrintEvent
from printing.spooler import Spooler
from printing.thermal import cut_off
from printing.transport import open_printer
from sync.protocol.messages import NumberSlip


class NumberPrinting:
    """``tell`` hears from the printer's thread what became of each paper."""

    def __init__(self, settings: PrinterSettings, clock: Clock, tell: Callable[[PrintEvent], None]) -> None:
        """Take the printer.

        Raises:
            PrinterError: ``REFUSED``: its address is none.
        """
        self._template = load_templates()[NUMBER_SLIP]
        self._profile = profile_of(settings)
        self._barcode = settings.barcode is not None
        self._spool = NumberSpool(clock)
        printer, cut = open_printer(settings.url, clock), cut_off(self._profile)
        self._spooler = Spooler(self._spool, printer, encoder(self._profile), clock, tell, cut_off=cut)
        self._spooler.start()

    def filled(self, paper: NumberSlip) -> Document:
        """Return the paper of a number; raises ``PaperError`` where it does not fit the template."""
        fields = msgspec.to_builtins(paper)
        return fill(self._template, fields | {"barcode": paper.ticket_no} if self._barcode else fields)

    def rendered(self, document: Document, reprint: int) -> Image.Image:
        """Return what the printer burns."""
        return render(document, self._profile, reprint)

    def printed(self, document: Document, reprint: int) -> str:
        """Print it as soon as the printer can; returns the job."""
        job = self._spool.add(document_to_json(document), reprint)
        self._spooler.wake()
        return job

    def settled(self) -> None:
        """A person looked after the paper in doubt: it came out, and the next one may."""
        self._spool.forget_doubt()
        self._spooler.wake()

    def stop(self) -> None:
        """End the thread and hang up."""
        self._spooler.stop()
