"""A printer of Windows, through its spooler (pywin32): raw bytes in, and what the spooler says of them.

[U] A driver may report less than its printer knows; what it reports is told, and nothing is taken for health.
"""

from typing import Any, Final

from printing.errors import PrinterReason
from printing.queue_state import Progress, QueueFault, QueueState

LEVEL: Final = 2
JOB_LEVEL: Final = 1
WORK_OFFLINE: Final = 0x400
NO_SUCH_JOB: Final = 87
"""ERROR_INVALID_PARAMETER: the spooler has removed the document, which it does when it is through."""

_STATES: Final = (
    (0x00000010, PrinterReason.PAPER_OUT),
    (0x00400000, PrinterReason.COVER_OPEN),
    (0x00000008, PrinterReason.UNRECOVERABLE),
    (0x00000001 | 0x00000004, PrinterReason.QUEUE_STOPPED),
    (0x00000080 | 0x00001000 | 0x00000002, PrinterReason.OFFLINE),
)
"""PRINTER_STATUS_… of PRINTER_INFO_2: paper out, door open, jam, paused or being deleted, offline or in error."""
_PRINTED, _SENT, _DROPPED, _PRINTING = 0x00000080, 0x00001000, 0x00000004 | 0x00000100, 0x00000010


class WindowsQueue:
    """Speaks to the spooler with the same verbs as ``printing.cups.CupsQueue``."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._last_seen: dict[str, Progress] = {}

    def state(self) -> QueueState:
        """Ask what the spooler knows of the printer.

        Raises:
            QueueFault: no such printer, or this is not Windows.
        """
        known = self._with(lambda api, handle: api.GetPrinter(handle, LEVEL))
        if known["Attributes"] & WORK_OFFLINE:
            return QueueState(PrinterReason.OFFLINE)
        return QueueState(next((fault for bits, fault in _STATES if known["Status"] & bits), None))

    def submit(self, data: bytes, title: str, copies: int = 1) -> str:
        """Hand the bytes over, ``copies`` times, as one document; return the spooler's number of it.

        Raises:
            QueueFault: ``unsure`` where a part of it was taken.
        """

        def write(api: Any, handle: Any) -> str:
            number = api.StartDocPrinter(handle, 1, (title, None, "RAW"))
            try:
                api.WritePrinter(handle, data * copies)
            except api.error as error:
                raise QueueFault(PrinterReason.OFFLINE, unsure=True) from error
            finally:
                api.EndDocPrinter(handle)
            return str(number)

        return str(self._with(write))

    def progress(self, job: str) -> Progress:
        """Ask where a document stands; the spooler forgets it once it is through.

        One that was forgotten while it waited was taken out by a person, or may have been: that is doubt.

        Raises:
            QueueFault: the spooler does not answer.
        """

        def ask(api: Any, handle: Any) -> Progress:
            try:
                status = int(api.GetJob(handle, int(job), JOB_LEVEL)["Status"])
            except api.error as error:
                if error.winerror != NO_SUCH_JOB:
                    raise
                before = self._last_seen.pop(job, Progress.PRINTING)
                return Progress.GONE if before is Progress.WAITING else Progress.DONE
            if status & _DROPPED:
                return Progress.DROPPED
            if status & (_PRINTED | _SENT):
                return Progress.DONE
            return Progress.PRINTING if status & _PRINTING else Progress.WAITING

        progress = self._last_seen[job] = Progress(self._with(ask))
        if progress not in (Progress.WAITING, Progress.PRINTING):
            del self._last_seen[job]
        return progress

    def cancel(self, job: str) -> None:
        """Take a document back.

        Raises:
            QueueFault: the spooler did not take it back.
        """
        self._with(lambda api, handle: api.SetJob(handle, int(job), 0, None, api.JOB_CONTROL_DELETE))

    def _with(self, work: Any) -> Any:
        api = _library()
        try:
            handle = api.OpenPrinter(self._name)
            try:
                return work(api, handle)
            finally:
                api.ClosePrinter(handle)
        except api.error as error:
            raise QueueFault(PrinterReason.UNREACHABLE) from error


def _library() -> Any:
    try:
        import win32print  # type: ignore[import-untyped] # noqa: PLC0415 - Windows alone has it
    except ImportError as error:
        raise QueueFault(PrinterReason.NO_DRIVER) from error
    return win32print
