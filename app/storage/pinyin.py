"""The readings of Chinese characters, from pypinyin's table of single characters."""

import os
from collections.abc import Sequence
from functools import cache


def readings(text: str) -> Sequence[Sequence[str]]:
    """Return every reading of each character, see ``app.domain.catalogue.search.Readings``.

    The library is loaded on the first call (0.1 s), without its table of phrases: that would cost 45 MB, and a search
    that knows every reading of a character does not need it.
    """
    return [_of_character(sign) for sign in text]


@cache
def _of_character(sign: str) -> tuple[str, ...]:
    if sign.isascii():
        return (sign.lower(),) if sign.isalnum() else ()
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")
    from pypinyin import Style, pinyin  # noqa: PLC0415 - takes a tenth of a second, which no start waits for

    found = pinyin(sign, style=Style.NORMAL, heteronym=True, errors="ignore")
    return tuple(dict.fromkeys(_letters(each) for each in found[0] if each)) if found else ()


def _letters(reading: str) -> str:
    """Return a reading in the letters of a keyboard: ü is typed v."""
    return "".join(each for each in reading.replace("ü", "v").replace("ê", "e") if "a" <= each <= "z")
