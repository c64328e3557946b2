"""What the door shows, as frozen values."""

from dataclasses import dataclass
from typing import ClassVar

from typing_extensions import override

from ui.screens.page_view import Around, PageView


@dataclass(frozen=True, slots=True)
class FieldView:
    """Something to type; ``text`` None leaves the field alone, a secret is emptied with every Enter."""

    name: str
    label: str
    text: str | None = None
    secret: bool = False
    code: bool = False


@dataclass(frozen=True, slots=True)
class CardView:
    """A card with what to know; each line is a label, which may be empty, and its words."""

    title: str
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class DoorView(PageView):
    """``hall``, ``window``, ``theme`` and ``days`` stand on the dark side, as at the sign-in."""

    hall: str
    window: str
    theme: str
    days: tuple[tuple[str, str], ...]
    title: str
    detail: str
    fields: tuple[FieldView, ...]
    hint: str
    cards: tuple[CardView, ...]
    foot: str
    button: str
    error: str = ""
    busy: bool = False

    around: ClassVar[Around] = Around(top=False, keys=False, rail=False, right=False, foot=False)

    @property
    @override
    def scene(self) -> object:
        return tuple(each.name for each in self.fields)

    @override
    def drawer(self, *, now: bool) -> bool:
        return False
