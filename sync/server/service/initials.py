"""The readings of Chinese characters as far as a search needs them: their first letters."""

import os
from collections.abc import Sequence
from functools import cache


def first_letters(text: str) -> Sequence[Sequence[str]]:
    """Return for each character the first letters of its readings, the most usual first; a sign has none.

    An ``app.domain.case_search.Readings``. The library comes on the first call, without its table of phrases (45 MB).
    """
    return [_of(sign) for sign in text]


@cache
def _of(sign: str) -> tuple[str, ...]:
    if sign.isascii():
        return (sign.lower(),) if sign.isalnum() else ()
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")
    from pypinyin import Style, pinyin  # noqa: PLC0415 - a tenth of a second that a server without cases need not pay

    found = pinyin(sign, style=Style.FIRST_LETTER, heteronym=True, errors="ignore")
    letters = (each[:1] for each in found[0]) if found else ()
    return tuple(dict.fromkeys(each for each in letters if "a" <= each <= "z"))
