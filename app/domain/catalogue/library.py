"""The law library at the window: what the item cites, each law's standing and text, found by pinyin or number (I14)."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.catalogue.catalogue import Catalogue
from app.domain.catalogue.item import Item
from app.domain.catalogue.law import Article, Law
from app.domain.catalogue.search import Readings, spoken, typed_key

_ARTICLE = re.compile(r"第[零一二三四五六七八九十百千]+条(?:之[一二三四五六七八九十]+)?")


class Standing(StrEnum):
    """How a law stands on a day."""

    IN_FORCE = "in_force"
    EXPIRED = "expired"
    NOT_YET = "not_yet"


def standing(law: Law, on: date) -> Standing:
    """Return how a law stands on a day."""
    if law.in_force(on):
        return Standing.IN_FORCE
    return Standing.EXPIRED if law.expires is not None and law.expires <= on else Standing.NOT_YET


@dataclass(frozen=True, slots=True)
class LibraryEntry:
    """A law as the library shows it: for the current item the articles it cites and their gist, else none.

    ``texts`` are the loaded texts of these articles, or of the whole law where none is cited.
    """

    law: Law
    cited: str = ""
    gist: str = ""
    texts: tuple[Article, ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        """The cited articles whose text nobody loaded."""
        loaded = {each.number for each in self.texts}
        return tuple(each for each in article_numbers(self.cited) if each not in loaded)


def article_numbers(citation: str) -> tuple[str, ...]:
    """Return the articles a citation names: of ``第三条、第十六条第二款`` ``第三条`` and ``第十六条``."""
    return tuple(dict.fromkeys(_ARTICLE.findall(citation)))


def cited_by(item: Item, catalogue: Catalogue) -> tuple[LibraryEntry, ...]:
    """Return what an item rests on, then what its grounds of refusal and its waivers rest on, as published."""
    rows = [(each.law, each.article, each.gist) for each in item.legal_basis]
    rows += [(each.law, each.article, each.case) for each in item.refused_when]
    rows += [(each.law, each.article, each.name) for each in item.fee_waivers]
    return tuple(_entry(catalogue.laws[law], article, gist) for law, article, gist in rows)


def _entry(law: Law, cited: str, gist: str) -> LibraryEntry:
    wanted = set(article_numbers(cited))
    return LibraryEntry(law, cited, gist, tuple(each for each in law.articles if each.number in wanted))


class LawIndex:
    """The laws of one catalogue, made ready to be searched with every key; it never changes."""

    def __init__(self, laws: Mapping[str, Law], read: Readings) -> None:
        self._entries = [(law, tuple(_found_by(law, read))) for law in laws.values()]

    def find(self, typed: str) -> tuple[LibraryEntry, ...]:
        """Return the laws that fit: by title, document number, pinyin, or words of a loaded text; titles first.

        Nothing typed finds all, in published order.
        """
        key = typed_key(typed)
        named = [law for law, names in self._entries if any(key in each for each in names)]
        known = {law.id for law in named}
        within = [law for law, _ in self._entries if law.id not in known and key and _articles_with(law, key)]
        return tuple(
            [LibraryEntry(law, texts=law.articles) for law in named]
            + [LibraryEntry(law, texts=tuple(_articles_with(law, key))) for law in within]
        )


def _found_by(law: Law, read: Readings) -> Iterator[str]:
    yield typed_key(law.title)
    yield typed_key(law.doc_no)
    yield law.id.lower()
    yield from _letters(spoken(read(law.title)))


def _letters(rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    for row in rows:
        yield "".join(each[0] for each in row)
        yield "".join(row)


def _articles_with(law: Law, key: str) -> list[Article]:
    return [each for each in law.articles if key in typed_key_of_text(each)]


def typed_key_of_text(article: Article) -> str:
    """Return an article as it is compared with what is typed; not bounded as a search is."""
    return "".join(f"{article.number}{article.text}".lower().split())
