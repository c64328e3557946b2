"""Reads the real-time status answers of ESC/POS printers (DLE EOT n), without ever taking silence for health."""

from collections.abc import Mapping
from dataclasses import dataclass

from printing.errors import PrinterReason

ROUTINE = (1, 2, 4)
"""Asked before each job and while waiting: the printer, the cause of being offline, the paper."""
AFTERWARDS = (1, 4)
CAUSE = 3
"""Asked only when ``n = 2`` says that there is an error."""

ASK_CONSUMED = b"\x1d\x72\x01"
"""``GS r 1`` waits its turn behind the buffered data, unlike DLE EOT: its answer says that the data was consumed.

[U] A printer that lacks it would leave every job unknown: such a model cannot be used.
"""

_ANSWER_MASK, _ANSWER = 0x93, 0x12
_OFFLINE, _COVER_OPEN, _PAPER_STOP, _ERROR, _CUTTER, _UNRECOVERABLE = 0x08, 0x04, 0x20, 0x40, 0x08, 0x20
_NEAR_END, _PAPER_END = 0x0C, 0x60


def ask_status(n: int) -> bytes:
    """Return the question ``DLE EOT n``."""
    return bytes((0x10, 0x04, n))


def is_status_answer(byte: int) -> bool:
    """Tell whether a byte answers DLE EOT: bits 1 and 4 set, bits 0 and 7 clear."""
    return byte & _ANSWER_MASK == _ANSWER


def is_consumed_answer(byte: int) -> bool:
    """Tell whether a byte answers ``GS r``: bits 4 and 7 clear, which no answer to DLE EOT has."""
    return byte & 0x90 == 0


@dataclass(frozen=True, slots=True)
class PrinterStatus:
    """What the printer says of itself. ``fault`` None means ready to print."""

    fault: PrinterReason | None
    near_end: bool = False


def read_status(answers: Mapping[int, int | None]) -> PrinterStatus:
    """Read the answers to DLE EOT, by n; None stands for silence.

    One missing or malformed answer makes the whole status ``SILENT``: unknown is never ok.
    """
    if not answers or any(byte is None or not is_status_answer(byte) for byte in answers.values()):
        return PrinterStatus(PrinterReason.SILENT)
    known = {n: byte for n, byte in answers.items() if byte is not None}
    return PrinterStatus(_fault(known), near_end=bool(known.get(4, 0) & _NEAR_END))


def _fault(answers: Mapping[int, int]) -> PrinterReason | None:
    printer, offline_cause, error, paper = (answers.get(n, 0) for n in (1, 2, 3, 4))
    if offline_cause & _COVER_OPEN:
        return PrinterReason.COVER_OPEN
    if offline_cause & _PAPER_STOP or paper & _PAPER_END:
        return PrinterReason.PAPER_OUT
    if error & _CUTTER:
        return PrinterReason.CUTTER
    if error & _UNRECOVERABLE:
        return PrinterReason.UNRECOVERABLE
    if offline_cause & _ERROR or printer & _OFFLINE:
        return PrinterReason.OFFLINE
    return None


def has_error(answers: Mapping[int, int | None]) -> bool:
    """Tell whether ``n = 2`` reports an error whose cause ``n = 3`` would name."""
    return bool((answers.get(2) or 0) & _ERROR)


def is_unexplained(answers: Mapping[int, int | None]) -> bool:
    """Tell whether the printer said it is offline and nothing asked after that names why: it may be mended by now."""
    named = {n: byte for n, byte in answers.items() if n != 1 and byte is not None}
    return bool((answers.get(1) or 0) & _OFFLINE) and 2 in named and _fault(named) is None  # noqa: PLR2004 - DLE EOT 2
