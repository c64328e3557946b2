"""Opens the other ways a paper can come out when this window's printer stands still (design/README.md 13)."""

from collections.abc import Callable

from app.commands.settings import PrinterSettings
from app.commands.slip_encoding import encoder, profile_of
from app.ports.clock import Clock
from app.ports.originals import OriginalPrinter
from app.ports.spool import PrintWay
from app.storage.engine import Database
from app.storage.spool import CounterSpool
from printing.a4_slips import A4Slips
from printing.a4_spooler import render_pdf
from printing.delivery import WayEvent
from printing.guest_spooler import GuestSpooler
from printing.thermal import cut_off
from printing.transport import open_printer

Tell = Callable[[WayEvent], None]
"""Called in the thread of a printer."""


def start_other(settings: PrinterSettings | None, database: Database, clock: Clock, tell: Tell) -> GuestSpooler | None:
    """Start the thread of the other printer; without one, what was sent there before waits here again."""
    spool = CounterSpool(database, PrintWay.OTHER)
    if settings is None:
        spool.close_way()
        return None
    profile = profile_of(settings)
    printer = open_printer(settings.url, clock)  # its address was checked with the settings
    spooler = GuestSpooler(spool, printer, encoder(profile), clock, tell, cut_off=cut_off(profile))
    spooler.start()
    return spooler


def slips_on(url: str | None, printer: OriginalPrinter, database: Database, tell: Tell) -> A4Slips | None:
    """Return what takes slips to the A4 printer; None where none is connected."""
    spool = CounterSpool(database, PrintWay.A4)
    if url is None:
        spool.close_way()
        return None
    return A4Slips(spool, printer, tell, render_pdf)
