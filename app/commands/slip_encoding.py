"""Turns a job of a print spool into the bytes of the configured printer."""

from collections.abc import Callable

from app.commands.settings import PrinterSettings
from app.domain.paper.blocks import document_from_json
from app.domain.paper.errors import PaperError
from app.ports.spool import PrintJob
from printing.errors import PrinterError, PrinterReason
from printing.fonts import FontMissing
from printing.profile import COLUMN_DOTS, PrinterProfile
from printing.thermal import encode


def profile_of(settings: PrinterSettings) -> PrinterProfile:
    """Return what the encoder must know of the printer."""
    return PrinterProfile(
        settings.charset,
        settings.columns,
        settings.columns * COLUMN_DOTS,
        settings.cut,
        barcode=settings.barcode or "raster",
        drawer=settings.drawer,
    )


def encoder(profile: PrinterProfile) -> Callable[[PrintJob], bytes]:
    """Return what a spooler encodes with; it raises ``PrinterError(REFUSED)`` for a paper it cannot print."""

    def encoded(job: PrintJob) -> bytes:
        try:
            return encode(document_from_json(job.document), profile, job.reprint)
        except (PaperError, FontMissing) as error:
            raise PrinterError(PrinterReason.REFUSED, str(error)) from error

    return encoded
