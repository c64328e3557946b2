"""What the handover shows, as frozen values."""

from dataclasses import dataclass
from typing import ClassVar

from typing_extensions import override

from ui.screens.page_view import Around, PageView
from ui.widgets.views import DueView, Tag, Tone


@dataclass(frozen=True, slots=True)
class EntryView:
    """One thing that is not done. ``owner`` indexes the owners, -1 while nobody was chosen."""

    key: str
    due_text: str
    due: DueView | None
    due_tone: Tone
    title: str
    detail: str
    owner: int
    note: str


@dataclass(frozen=True, slots=True)
class HandoverView(PageView):
    """``heirs`` are the colleagues with ``heir`` chosen; ``owners`` who may own an entry, as the digits name them.

    ``stock`` are field name, label and text of what is counted; ``facts`` label and value of what the counter knows.
    """

    who: str
    heirs: tuple[str, ...]
    heir: int
    begins: str
    ends: str
    settled: bool
    progress: Tag
    owners: tuple[str, ...]
    entries: tuple[EntryView, ...]
    at: int
    stock: tuple[tuple[str, str, str], ...]
    facts: tuple[tuple[str, str], ...]
    empty: str
    blocked: str = ""
    message: str = ""

    around: ClassVar[Around] = Around(faults=True)

    @property
    @override
    def scene(self) -> object:
        return self.settled

    @override
    def drawer(self, *, now: bool) -> bool:
        return now
