"""CODE128 (ISO/IEC 15417) as symbol values: what a barcode of the paper model is made of, and how wide it stands.

A symbol is 11 modules wide, the stop is 13, and 10 modules on either side stay white. Text is written in set B, runs of
digits two a symbol in set C where this is shorter.
"""

import re
from collections.abc import Iterator

START_B, START_C = 104, 105
TO_B, TO_C = 100, 99
SYMBOL_MODULES, STOP_MODULES, QUIET_MODULES = 11, 13, 10
MODULES_A_COLUMN = (4, 6)
"""How fine bars may be: three dots a module or two, of the twelve of a column (1/203 inch); scanners want no less."""
MAX_MODULES = 32 * MODULES_A_COLUMN[-1]
"""The widest barcode, its white sides included, that paper of 58 mm holds."""
_CHECK = 103
_PAIRS = re.compile(r"\A(?:[0-9]{2})+\Z|\A(?:[0-9]{2}){2,}|(?:[0-9]{2}){3,}|(?:[0-9]{2}){2,}\Z")
"""Digits that pay for their changes of set: two inside a text, one at either end, none where there is nothing else."""
_TEXT = re.compile(r"[ -~]+")


def is_encodable(text: str) -> bool:
    """Whether set B has every character: printable ASCII, at least one."""
    return _TEXT.fullmatch(text) is not None


def parts(text: str) -> Iterator[tuple[str, str]]:
    """Yield ``(set, text)`` for each stretch of set ``B`` or ``C``, in order; a stretch of C has an even length."""
    at = 0
    for run in _PAIRS.finditer(text):
        if run.start() > at:
            yield "B", text[at : run.start()]
        yield "C", run[0]
        at = run.end()
    if at < len(text):
        yield "B", text[at:]


def symbols(text: str) -> tuple[int, ...]:
    """Return the symbol values (0…105) from the start to the check symbol; the stop stands behind them.

    Raises:
        ValueError: a character that no bars stand for, or no character at all.
    """
    if not is_encodable(text):
        raise ValueError("set B has printable ASCII only")
    values: list[int] = []
    for name, part in parts(text):
        start, change = (START_C, TO_C) if name == "C" else (START_B, TO_B)
        values.append(change if values else start)
        pairs = (int(part[at : at + 2]) for at in range(0, len(part), 2))
        values += pairs if name == "C" else (ord(char) - 32 for char in part)
    return (*values, sum(max(at, 1) * value for at, value in enumerate(values)) % _CHECK)


def modules(text: str) -> int:
    """Return the width of a barcode in modules, its white sides included; raises ValueError like ``symbols``."""
    return len(symbols(text)) * SYMBOL_MODULES + STOP_MODULES + 2 * QUIET_MODULES


def modules_a_column(text: str, columns: int) -> int | None:
    """Return how many modules a column of the paper holds, the widest bars first; None where no bars fit.

    Raises:
        ValueError: like ``symbols``.
    """
    width = modules(text)
    return next((fine for fine in MODULES_A_COLUMN if width <= columns * fine), None)
