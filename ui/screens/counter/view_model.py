"""Everything the counter window shows, as one frozen value; the presenter makes it, the window draws it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from ui.widgets.slip_views import SideView, SlipView
from ui.widgets.views import DueView, KeyHintView, RailView, Tag, TopBarView, Words

if TYPE_CHECKING:
    from ui.screens.consent.view_model import ConsentView
    from ui.screens.door.view_model import DoorView
    from ui.screens.handover.view_model import HandoverView
    from ui.screens.laws.view_model import LawsView
    from ui.screens.pause.view_model import CoverView
    from ui.screens.search.view_model import SearchView
    from ui.screens.service.view_model import ServiceView
    from ui.screens.sign_in.view_model import SignInView
    from ui.widgets.work_views import PersonView, SectionView

    Page = SearchView | CoverView | HandoverView | SignInView | DoorView | ConsentView | LawsView | ServiceView


class CapState(StrEnum):
    """How a key stands in the bar. Everything but DISABLED may be pressed."""

    DISABLED = "disabled"
    NORMAL = "normal"
    SUGGESTED = "suggested"
    PRIMARY = "primary"
    WARN = "warn"


@dataclass(frozen=True, slots=True)
class KeyState:
    """The state of one action of keymap.toml; an action that is not listed is disabled.

    ``label`` replaces the action's own name (F10 收件). Keys outside the bar are listed the same way.
    """

    action: str
    state: CapState = CapState.NORMAL
    label: str = ""


class HeroKind(StrEnum):
    """What the big card of the idle screen is for."""

    NEXT = "next"
    EMPTY = "empty"
    CALLING = "calling"
    ENTRY = "entry"


@dataclass(frozen=True, slots=True)
class HeroView:
    """The big card: who is next, who was called, nobody, or the field for a presented ticket.

    ``button`` with ``action`` is the one thing to press; ``second`` a smaller key beneath it.
    ENTRY shows a field whose text goes out as ``PresentTicket``; ``error`` says what was wrong with the last one.
    """

    kind: HeroKind
    caption: str
    headline: str
    detail: str = ""
    ticket: str = ""
    tag: Tag | None = None
    waited: Words = ()
    button: str = ""
    action: str = ""
    second: KeyHintView | None = None
    placeholder: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class CaseRowView:
    """One of the clerk's own cases. ``due_text`` carries the meaning in words (黄牌 今日 17:30)."""

    number: str
    item: str
    applicant: str
    state: str
    due_text: str
    due: DueView | None = None
    next_step: str = ""


@dataclass(frozen=True, slots=True)
class FootFact:
    """A column under the list of cases."""

    label: str
    value: Words


@dataclass(frozen=True, slots=True)
class IdleView:
    """The centre while nobody sits here (uiState idle and calling)."""

    hero: HeroView
    title: str = "我手上的件"
    tags: tuple[Tag, ...] = ()
    detail: str = ""
    cases: tuple[CaseRowView, ...] = ()
    empty: str = "手上没有件"
    facts: tuple[FootFact, ...] = ()
    say: Words = ()


@dataclass(frozen=True, slots=True)
class ServingView:
    """The centre while a citizen is here (uiState serving, issuing, issued)."""

    person: "PersonView"
    sections: "tuple[SectionView, ...]"
    say: Words = ()


@dataclass(frozen=True, slots=True)
class CounterView:
    """The whole window.

    ``ui_state`` is one of flows.md §0. ``busy`` keeps every action that was pressed shut until a view with
    ``busy=False`` answers it. ``message`` is a line above the key bar that stays until the next view drops it.
    ``section`` is the current section, 0 when none. ``outcome`` as flows.md §0, empty while open.
    ``coming`` is the page that opens when the called citizen is here; it is laid out beforehand.
    ``page`` lies over the work: it says itself what of the frame stays around it. While ``asking``, digits and Enter
    answer the question in the right pane. ``turns``: Alt+P turns the right pane to a sealed original, or back.
    """

    ui_state: str
    top: TopBarView
    rail: RailView
    centre: IdleView | ServingView
    right: SlipView | SideView
    keys: tuple[KeyState, ...] = ()
    busy: bool = False
    message: str = ""
    section: int = 0
    outcome: str = ""
    coming: ServingView | None = None
    asking: bool = False
    page: "Page | None" = None
    turns: bool = False
