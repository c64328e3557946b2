"""What the page of the consent shows, as a frozen value."""

from dataclasses import dataclass
from typing import ClassVar

from typing_extensions import override

from ui.screens.page_view import Around, PageView


@dataclass(frozen=True, slots=True)
class ConsentView(PageView):
    """``facts`` are label and value of what is consented to; ``note`` says what becomes of it."""

    title: str
    facts: tuple[tuple[str, str], ...]
    note: str
    error: str = ""
    busy: bool = False

    around: ClassVar[Around] = Around(right=False, foot=False)

    @property
    @override
    def scene(self) -> object:
        return self.facts

    @override
    def drawer(self, *, now: bool) -> bool:
        return False
