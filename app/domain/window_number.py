"""Which window a clerk means by what they type: A03, a03, A3, or the digits alone (design/README.md, 15)."""

import re
import unicodedata
from collections.abc import Iterable

_TYPED = re.compile(r"([A-Z]?)([0-9]{1,2})")
MAX_TYPED = 3


class NoSuchWindow(Exception):  # noqa: N818 - what was typed names no window
    """There is none with this number."""


class AmbiguousWindow(Exception):  # noqa: N818 - what was typed is not enough
    """Several windows have this number under other letters; ``windows`` are they."""

    def __init__(self, windows: tuple[str, ...]) -> None:
        super().__init__(", ".join(windows))
        self.windows = windows


def window_meant(typed: str, windows: Iterable[str], own: str) -> str:
    """Return the number of the window; digits alone mean the one of the own letter first.

    Raises:
        NoSuchWindow: none fits.
        AmbiguousWindow: several fit, none of the own letter.
    """
    found = _TYPED.fullmatch(unicodedata.normalize("NFKC", typed[:MAX_TYPED]).strip().upper())
    if found is None:
        raise NoSuchWindow
    letter, digits = found[1], int(found[2])
    fit = [each for each in windows if int(each[1:]) == digits and letter in ("", each[0])]
    nearest = [each for each in fit if each[0] == own[0]] or fit
    if not nearest:
        raise NoSuchWindow
    if len(nearest) > 1:
        raise AmbiguousWindow(tuple(nearest))
    return nearest[0]
