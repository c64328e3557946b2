"""What sign and cover show, as frozen values."""

from dataclasses import dataclass
from typing import ClassVar

from typing_extensions import override

from ui.screens.page_view import Around, PageView
from ui.widgets.views import Tag


@dataclass(frozen=True, slots=True)
class SignView:
    """What is seen from outside the window."""

    place: str
    headline: str
    back: str
    text: str
    foot: str


@dataclass(frozen=True, slots=True)
class ReasonView:
    """A reason with what the sign then says."""

    name: str
    says: str
    on: bool


@dataclass(frozen=True, slots=True)
class CoverView(PageView):
    """The page: sign on the left, reasons or the password on the right.

    ``choosing`` while the sign is being made; ``locked`` without any sign. ``tags`` say how it stands, ``facts`` are
    label and value under the sign, ``ends`` what happens when the time is over.
    """

    title: str
    tags: tuple[Tag, ...]
    sign: SignView
    facts: tuple[tuple[str, str], ...]
    ends: str
    reasons: tuple[ReasonView, ...]
    minutes: tuple[tuple[int, bool], ...]
    text: str
    choosing: bool
    locked: bool
    note: str = ""
    error: str = ""
    busy: bool = False

    around: ClassVar[Around] = Around(rail=False, right=False, foot=False)

    @property
    @override
    def scene(self) -> object:
        return (self.choosing, self.locked)

    @override
    def drawer(self, *, now: bool) -> bool:
        return False
