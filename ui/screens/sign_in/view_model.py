"""What the sign-in shows, as frozen values."""

from dataclasses import dataclass
from typing import ClassVar, Protocol

from typing_extensions import override

from ui.screens.page_view import Around, PageView
from ui.widgets.views import DeviceView, DueView, Tag, Tone


class PortalView(Protocol):
    """The dark side of a page that nobody is signed in on yet; ``days`` are label and value."""

    @property
    def hall(self) -> str:
        """Where."""
        ...

    @property
    def window(self) -> str:
        """The large word."""
        ...

    @property
    def theme(self) -> str:
        """What is done there."""
        ...

    @property
    def days(self) -> tuple[tuple[str, str], ...]:
        """What the day is like."""
        ...


@dataclass(frozen=True, slots=True)
class PostView:
    """A post the clerk may take; one that is not possible says why."""

    name: str
    on: bool
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class HandedView:
    """A case that was handed to the clerk."""

    due_text: str
    due: DueView | None
    due_tone: Tone
    title: str
    detail: str


@dataclass(frozen=True, slots=True)
class SignInView(PageView):
    """``days`` are label and value beside the window's number; ``known`` the clerk's name once the number is."""

    hall: str
    window: str
    theme: str
    days: tuple[tuple[str, str], ...]
    number: str
    known: str
    greeting: str
    detail: str
    posts: tuple[PostView, ...]
    handed: tuple[HandedView, ...]
    handed_title: str
    handed_when: str
    handed_empty: str
    devices: tuple[DeviceView, ...]
    devices_status: Tag
    news: tuple[str, ...]
    error: str = ""
    error_tone: Tone = Tone.ERR
    busy: bool = False
    can_open: bool = True

    around: ClassVar[Around] = Around(top=False, keys=False, rail=False, right=False, foot=False)

    @property
    @override
    def scene(self) -> object:
        return self.number

    @override
    def drawer(self, *, now: bool) -> bool:
        return False
