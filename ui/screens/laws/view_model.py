"""What the law library shows, as frozen values."""

from dataclasses import dataclass
from typing import ClassVar

from typing_extensions import override

from ui.screens.page_view import Around, PageView
from ui.widgets.views import Tag


@dataclass(frozen=True, slots=True)
class LawRowView:
    """A law in the list: its title, which articles are cited or its number, and how it stands."""

    title: str
    detail: str
    tag: Tag


@dataclass(frozen=True, slots=True)
class LawDetailView:
    """The marked law: facts as label and value, the gist of what is cited, the articles as number and text.

    ``missing`` says which text nobody loaded, and where that is done.
    """

    title: str
    tag: Tag
    facts: tuple[tuple[str, str], ...]
    gist: str
    articles: tuple[tuple[str, str], ...]
    missing: str


@dataclass(frozen=True, slots=True)
class LawsView(PageView):
    """The library; ``at`` is the marked row, from 0."""

    title: str
    typed: str
    rows: tuple[LawRowView, ...]
    at: int
    back: str
    empty: str
    detail: LawDetailView | None = None

    around: ClassVar[Around] = Around(right=False, foot=False)

    @property
    @override
    def scene(self) -> object:
        return "laws"

    @override
    def drawer(self, *, now: bool) -> bool:
        return False
