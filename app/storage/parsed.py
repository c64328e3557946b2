"""Catalogue and calendar are documents of up to a megabyte: they are parsed once an edition, not once a question."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from app.domain.calendar import WorkCalendar
from app.domain.calendar_document import table_from_json
from app.domain.catalogue.catalogue import Catalogue
from app.domain.catalogue.gate import build

Edition = tuple[int, int]


class Parsed:
    """Keeps the edition that was asked for last, and one earlier to compare with.

    Threads may race to parse the same one, which does no harm.
    """

    def __init__(self) -> None:
        self._catalogue: tuple[Edition, Catalogue] | None = None
        self._earlier: tuple[Edition, Catalogue] | None = None
        self._calendar: tuple[tuple[Edition, ...], WorkCalendar] | None = None

    def catalogue(self, version: int, rev: int, document: Callable[[int], Mapping[str, Any]]) -> Catalogue:
        """Return the parsed catalogue of that version and revision."""
        kept = self._catalogue
        if kept is None or kept[0] != (version, rev):
            kept = (version, rev), build(document(version))
            self._catalogue = kept
        return kept[1]

    def earlier(self, version: int, rev: int, document: Callable[[int], Mapping[str, Any]]) -> Catalogue:
        """Return an edition beside the one in force, to compare the two; or that one, where it is asked for."""
        for kept in (self._catalogue, self._earlier):
            if kept is not None and kept[0] == (version, rev):
                return kept[1]
        kept = self._earlier = (version, rev), build(document(version))
        return kept[1]

    def calendar(
        self, editions: tuple[Edition, ...], tables: Callable[[], Iterable[Mapping[str, Any]]]
    ) -> WorkCalendar:
        """Return the calendar made of those years and revisions."""
        kept = self._calendar
        if kept is None or kept[0] != editions:
            kept = editions, WorkCalendar(map(table_from_json, tables()))
            self._calendar = kept
        return kept[1]
