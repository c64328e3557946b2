"""Finding an item by what is typed: pinyin initials, whole pinyin, or a piece of its name (design.md section 7.2)."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from unicodedata import normalize

from app.domain.catalogue.item import Item

MAX_TYPED = 40
"""Characters of a search; more are not looked at."""

SHOWN = 9
"""Hits that a digit can take."""

_READ_WHOLE = 2
"""From so many letters on whole pinyin is looked at; one letter is an initial."""

Readings = Callable[[str], Sequence[Sequence[str]]]
"""For each character of a text its readings without tones, the most usual first, in ``a``-``z``.

A letter or digit reads as itself, small; a sign has no reading.
"""

Choices = Mapping[tuple[str, str], int]
"""How often an item was taken at this window: (what was typed, item id) to times."""


@dataclass(frozen=True, slots=True)
class Hit:
    """An item that fits what was typed; ``here`` says that this window serves it, so that it can be chosen."""

    item: Item
    here: bool


@dataclass(frozen=True, slots=True)
class _Entry:
    """One item with what it is found by; the texts of name and short name stand in lines of their own.

    ``full`` has every syllable begin with an apostrophe, ``letters`` is the same without them.
    """

    item: Item
    names: str
    initials: str
    letters: str
    full: str


def typed_key(text: str) -> str:
    """Return what was typed as it is compared: small letters, narrow forms, no blanks or apostrophes, bounded."""
    plain = normalize("NFKC", text[:MAX_TYPED]).lower()
    return "".join(each for each in plain if not each.isspace() and each != "'")


class ItemIndex:
    """The items of one catalogue, made ready to be searched with every key; it never changes."""

    def __init__(self, items: Iterable[Item], read: Readings) -> None:
        self._entries = tuple(_entry(each, read) for each in items)

    def find(self, typed: str, here: Collection[str], choices: Choices, limit: int = SHOWN) -> tuple[Hit, ...]:
        """Return the best hits: those of this window (ids ``here``) first, then those of other windows.

        Within each, what was taken most often for the very same letters comes first (the learned top hit), then what
        begins with them, then what is taken most at this window, then published order.
        """
        key = typed_key(typed)
        if not key:
            return ()
        total: dict[str, int] = {}
        for (_, item_id), times in choices.items():
            total[item_id] = total.get(item_id, 0) + times

        def rank(found: tuple[int, _Entry]) -> tuple[bool, int, bool, int, int]:
            order, entry = found
            item = entry.item
            learned = choices.get((key, item.id), 0)
            return (item.id not in here, -learned, not _begins(entry, key), -total.get(item.id, 0), order)

        known = {*here, *total}
        best = nsmallest(limit, self._worth_ranking(key, known, limit), key=rank)
        return tuple(Hit(entry.item, entry.item.id in here) for _, entry in best)

    def _worth_ranking(self, key: str, known: Collection[str], limit: int) -> Iterator[tuple[int, _Entry]]:
        """Yield the matches that can be among the best: of items neither served nor ever taken here, the first few."""
        first, later = 0, 0
        for order, entry in self._matches(key):
            if entry.item.id in known:
                yield order, entry
            elif first < limit:
                begins = _begins(entry, key)
                if begins or later < limit:
                    yield order, entry
                first, later = first + begins, later + (not begins)

    def _matches(self, key: str) -> Iterator[tuple[int, _Entry]]:
        """Plain substring tests let few entries through; only those are looked at by syllable."""
        whole = _syllables(key) if len(key) >= _READ_WHOLE and key.isascii() and key.isalpha() else None
        for order, entry in enumerate(self._entries):
            quickly = key in entry.initials or key in entry.names
            if quickly or (whole is not None and key in entry.letters and whole.search(entry.full)):
                yield order, entry


def _syllables(key: str) -> re.Pattern[str]:
    """Match whole pinyin that begins at a syllable: ``shanghu`` in ``'ge'ti'gong'shang'hu``, never ``hanghu``."""
    return re.compile("'" + "'?".join(key))


def _begins(entry: _Entry, key: str) -> bool:
    return f"\n{key}" in entry.initials or f"\n{key}" in entry.names or f"\n{key}" in entry.letters


def _entry(item: Item, read: Readings) -> _Entry:
    names = dict.fromkeys((item.name, item.short))
    rows = [row for name in names for row in spoken(read(name))]
    rows += [tuple(each.split()) for each in item.pinyin]
    rows = list(dict.fromkeys(rows))
    return _Entry(
        item=item,
        names=_lines(typed_key(name) for name in names),
        initials=_lines(dict.fromkeys("".join(each[0] for each in row) for row in rows)),
        letters=_lines("".join(row) for row in rows),
        full=_lines("".join(f"'{each}" for each in row) for row in rows),
    )


def _lines(texts: Iterable[str]) -> str:
    return "".join(f"\n{each}" for each in texts)


def spoken(readings: Sequence[Sequence[str]]) -> Iterator[tuple[str, ...]]:
    """Yield the usual reading of a text, then each that differs from it in one character.

    Two unusual readings in one name are rare; a catalogue names them itself (``pinyin`` of the item).
    """
    known = [each for each in readings if each]
    usual = tuple(each[0] for each in known)
    if usual:
        yield usual
    for at, each in enumerate(known):
        for other in each[1:]:
            yield (*usual[:at], other, *usual[at + 1 :])
