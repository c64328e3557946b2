"""What can be wrong with a printer, as codes: the screen's words stand in the table of messages."""

from enum import StrEnum


class PrinterReason(StrEnum):
    """Why the printer cannot print, or why its line failed; each is one entry of the [error] table."""

    UNREACHABLE = "printer_unreachable"
    """No connection, or it was lost."""
    NO_ACCESS = "printer_no_access"
    """The device is there, but this user may not open it."""
    BUSY = "printer_busy"
    """Another program has the line."""
    NO_DRIVER = "printer_no_driver"
    """What this way to a printer needs is not installed here: CUPS, libusb, or Windows with pywin32."""
    SILENT = "printer_silent"
    """Connected, but the status is unknown: no answer, or one that is no answer."""
    OFFLINE = "printer_offline"
    """Offline, and the printer does not say why."""
    PAPER_OUT = "printer_paper_out"
    COVER_OPEN = "printer_cover_open"
    CUTTER = "printer_cutter"
    UNRECOVERABLE = "printer_unrecoverable"
    """Only switching it off and on helps, if anything."""
    RESTING = "printer_resting"
    """An error that mends itself, such as a hot head."""
    QUEUE_STOPPED = "printer_queue_stopped"
    """The system's queue in front of the printer was stopped, or takes nothing."""
    DROPPED = "printer_dropped"
    """The system's queue gave a document up: whether paper came out, only a person can say."""
    REFUSED = "printer_refused"
    """The document, or the printer's address, cannot be used as it is."""
    FAILED = "printer_spooler_failed"
    """The spooler met something nobody foresaw and has ended; the log has the trace."""


class PrinterError(Exception):
    """A failure at the printer's edge.

    ``accepted`` is how many bytes of the failed write the line had already taken: above 0, paper may come out.
    """

    def __init__(self, reason: PrinterReason, message: str = "", *, accepted: int = 0) -> None:
        super().__init__(message or reason.value)
        self.reason = reason
        self.accepted = accepted
