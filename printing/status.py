"""Reads the real-time status answers of ESC/POS printers (DLE EOT n), without ever taking silence for health."""

from collections.abc import Callable, Mapping
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
_OFFLINE, _ERROR = 0x08, 0x40
_NEAR_END = 0x0C
_FAULTS = (
    (2, 0x04, PrinterReason.COVER_OPEN),
    (2, 0x20, PrinterReason.PAPER_OUT),
    (4, 0x60, PrinterReason.PAPER_OUT),
    (3, 0x08, PrinterReason.CUTTER),
    (3, 0x20, PrinterReason.UNRECOVERABLE),
    (3, 0x40, PrinterReason.RESTING),
    (2, _ERROR, PrinterReason.OFFLINE),
    (1, _OFFLINE, PrinterReason.OFFLINE),
)
"""The n of ``DLE EOT n``, a bit of its answer and what it means, the most telling first (devices.md 3.2)."""


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
    """What the printer says of itself. ``fault`` None means ready to print.

    ``blind``: a queue stands between, so that paper and cover are not seen; ready is then the queue's word alone.
    """

    fault: PrinterReason | None
    near_end: bool = False
    blind: bool = False


def read_status(answers: Mapping[int, int | None]) -> PrinterStatus:
    """Read the answers to DLE EOT, by n; None stands for silence.

    One missing or malformed answer makes the whole status ``SILENT``: unknown is never ok.
    """
    if not answers or any(byte is None or not is_status_answer(byte) for byte in answers.values()):
        return PrinterStatus(PrinterReason.SILENT)
    known = {n: byte for n, byte in answers.items() if byte is not None}
    return PrinterStatus(_fault(known), near_end=bool(known.get(4, 0) & _NEAR_END))


def _fault(answers: Mapping[int, int]) -> PrinterReason | None:
    return next((reason for n, bit, reason in _FAULTS if answers.get(n, 0) & bit), None)


def ask_all(ask: Callable[[int], int | None], questions: tuple[int, ...]) -> PrinterStatus:
    """Ask one question after the other until one is not answered, then what explains the answers."""
    answers: dict[int, int | None] = {}
    for n in questions:
        answers[n] = ask(n)
        if answers[n] is None:
            break
    if has_error(answers):
        answers[CAUSE] = ask(CAUSE)
    if is_unexplained(answers):
        answers[1] = ask(1)
    return read_status(answers)


def has_error(answers: Mapping[int, int | None]) -> bool:
    """Tell whether ``n = 2`` reports an error whose cause ``n = 3`` would name."""
    return bool((answers.get(2) or 0) & _ERROR)


def is_unexplained(answers: Mapping[int, int | None]) -> bool:
    """Tell whether the printer said it is offline and nothing asked after that names why: it may be mended by now."""
    named = {n: byte for n, byte in answers.items() if n != 1 and byte is not None}
    return bool((answers.get(1) or 0) & _OFFLINE) and 2 in named and _fault(named) is None  # noqa: PLR2004 - DLE EOT 2
