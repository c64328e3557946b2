"""What the search shows, as frozen values."""

from dataclasses import dataclass, field
from typing import ClassVar

from PySide6.QtGui import QImage
from typing_extensions import override

from ui.screens.page_view import Around, PageView
from ui.widgets.slip_views import FaultView
from ui.widgets.views import DueView, IconLine, Tag, Tone


@dataclass(frozen=True, slots=True)
class HitView:
    """One case in the list. ``marks`` are the runs that were typed, lit up in number and name."""

    number: str
    item: str
    who: str
    due_text: str
    due: DueView | None
    due_tone: Tone
    state: str
    window: str
    day: str
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChipView:
    """A group with its count."""

    name: str
    count: int
    on: bool


@dataclass(frozen=True, slots=True)
class CommandView:
    """Something else the box can do, with the letters it is called by."""

    icon: str
    name: str
    code: str
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class StepView:
    """A step of a case: done, standing now, or still to come."""

    title: str
    detail: str = ""
    when: str = ""
    tone: Tone = Tone.OFF
    done: bool = False


@dataclass(frozen=True, slots=True)
class DetailView:
    """The case that is marked, masked; ``slip`` its paper when it is shown, ``reprint`` that Ctrl+1 prints it again.

    ``original`` says that Ctrl+2 prints its sealed original again. ``fault`` is what is the matter with a reprint.
    """

    number: str
    tag: Tag | None
    item: str
    who: tuple[str, ...]
    promise: str
    left: str
    due: DueView | None
    due_tone: Tone
    steps: tuple[StepView, ...]
    note: IconLine | None = None
    slip_name: str = ""
    slip: QImage | None = field(default=None, compare=False)
    slip_key: str = ""
    showing: bool = False
    reprint: bool = False
    original: bool = False
    correct: bool = False
    fault: FaultView | None = None
    primary: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class SearchView(PageView):
    """The whole page: box, groups, hits, commands, and the marked case for the right pane."""

    typed: str
    chips: tuple[ChipView, ...]
    hits: tuple[HitView, ...]
    at: int
    opened: bool
    back: str
    empty: str
    commands: tuple[CommandView, ...]
    detail: DetailView | None
    message: str = ""
    far: str = ""
    """The line over the server's hits: how many, or why there are none."""
    far_from: int = 0
    """How many hits are this counter's own; the server's follow."""

    around: ClassVar[Around] = Around(foot=False)

    @property
    @override
    def scene(self) -> object:
        return self.opened

    @override
    def drawer(self, *, now: bool) -> bool:
        return self.opened or now
