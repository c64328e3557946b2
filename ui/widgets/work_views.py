"""What the work card shows: the person, the five sections and what is inside the open ones."""

from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.work.materials import Verdict
from ui.widgets.views import DueView, KeyHintView, NoteView, Tag, Tone, Words


@dataclass(frozen=True, slots=True)
class FactView:
    """A label with its value."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class PersonView:
    """The identity strip, or the form in its place (``entry``).

    Values arrive masked; after ``Reveal`` the presenter sends a view with the full ones.
    """

    name: str
    reading: str
    tags: tuple[Tag, ...] = ()
    facts: tuple[FactView, ...] = ()
    address: str = ""
    known: bool = True
    revealed: bool = False
    revealable: bool = True
    entry: "PersonEntryView | None" = None


@dataclass(frozen=True, slots=True)
class OptionView:
    """One numbered answer. ``suggested`` has the dashed ring: Enter takes it."""

    text: str
    detail: str = ""
    suggested: bool = False
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class ItemsView:
    """Section 1 open: the items this ticket may mean, or what was found for ``typed``; Enter takes the suggested one.

    ``note`` stands in place of hits where there are none.
    """

    options: tuple[OptionView, ...]
    typed: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A situation question; ``answer`` is the index into ``options``."""

    text: str
    options: tuple[OptionView, ...]
    answer: int | None = None


@dataclass(frozen=True, slots=True)
class SituationsView:
    """Section 2 open. ``current`` is the question that digits answer."""

    questions: tuple[QuestionView, ...]
    current: int = 0


@dataclass(frozen=True, slots=True)
class EndingView:
    """How a visit without a case ends (F12 while serving): numbered, one key."""

    question: str
    options: tuple[OptionView, ...]


@dataclass(frozen=True, slots=True)
class GroundView:
    """One numbered ground of a refusal; a disabled one leads elsewhere, as its detail says."""

    title: str
    detail: str
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class RefusalView:
    """The legal section (F11). ``chosen`` counts from 1, 0 for none; ``elsewhere`` opens office and phone call.

    ``phoned`` is None while nobody said; ``call`` says it in words.
    """

    grounds: tuple[GroundView, ...]
    chosen: int = 0
    elsewhere: bool = False
    office: str = ""
    phoned: bool | None = None
    call: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class VerdictChoice:
    """One cell of the verdict segment."""

    verdict: Verdict
    label: str
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class MaterialRowView:
    """One material line; ``choices`` are two to four cells, of which ``verdict`` is set.

    A line to ``recheck`` wants one more look, a ``waived`` one nothing: another of its group suffices.
    """

    name: str
    hint: str
    need: str
    source: str
    verdict: Verdict | None
    choices: tuple[VerdictChoice, ...]
    group: str = ""
    recheck: bool = False
    waived: bool = False


@dataclass(frozen=True, slots=True)
class ShortView:
    """A material row, from 0, that is missing or faulty, with its reasons of which ``chosen`` holds.

    ``words`` say how it is mended, or where ``own`` what is wrong in the clerk's own words.
    """

    row: int
    name: str
    verdict: str
    reasons: tuple[str, ...]
    chosen: int
    words: str
    own: bool = False


@dataclass(frozen=True, slots=True)
class MaterialsView:
    """Section 3 open. Rows are numbered from 1 as shown; those of ``shorts`` stand together below the others."""

    rows: tuple[MaterialRowView, ...]
    shorts: tuple[ShortView, ...] = ()
    shorts_note: str = ""


class FieldKind(StrEnum):
    """What is typed into a field; all but text and choice take raw letters (no input method)."""

    TEXT = "text"
    PHONE = "phone"
    IDENTITY = "identity"
    AMOUNT = "amount"
    DIGITS = "digits"
    DATE = "date"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class FieldView:
    """One form field, ``span`` columns wide (1..3). ``options`` are (code, text); ``value`` is then a code.

    A field to ``recheck`` is right again once Enter leaves it.
    """

    name: str
    label: str
    value: str
    kind: FieldKind = FieldKind.TEXT
    required: bool = False
    error: str = ""
    options: tuple[tuple[str, str], ...] = ()
    readonly: bool = False
    unit: str = ""
    span: int = 1
    placeholder: str = ""
    recheck: bool = False


@dataclass(frozen=True, slots=True)
class FormView:
    """Section 4 open. ``resume`` names the field the clerk was in last; empty for a form nobody touched."""

    fields: tuple[FieldView, ...]
    resume: str = ""


@dataclass(frozen=True, slots=True)
class EndingFormView:
    """The few fields of an ending; Enter in the last one that needs something does it."""

    question: str
    fields: tuple[FieldView, ...]


@dataclass(frozen=True, slots=True)
class PersonTab:
    """One of the places somebody can be typed for."""

    key: str
    name: str
    current: bool
    done: bool


@dataclass(frozen=True, slots=True)
class PersonEntryView:
    """The form in place of the identity strip."""

    title: str
    tabs: tuple[PersonTab, ...]
    hints: tuple[KeyHintView, ...]
    fields: tuple[FieldView, ...]


@dataclass(frozen=True, slots=True)
class ResultView:
    """The green card of section 5: what was done and until when."""

    title: str
    number: str
    tone: Tone = Tone.OK
    due: DueView | None = None
    due_label: str = ""
    due_date: str = ""
    due_note: str = ""
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class JournalRow:
    """An act that waits for the network."""

    number: str
    item: str
    time: str
    state: str


@dataclass(frozen=True, slots=True)
class JournalView:
    """本机待同步: what this counter did and the server has not heard of."""

    title: str
    count: Tag
    rows: tuple[JournalRow, ...]
    footnote: str = ""


class Ability(StrEnum):
    """Whether something works offline."""

    WORKS = "works"
    LATER = "later"
    WAITS = "waits"


@dataclass(frozen=True, slots=True)
class AbilitiesView:
    """离线时: what goes on as usual, what is caught up later, what waits."""

    title: str
    lines: tuple[tuple[Ability, str], ...]


@dataclass(frozen=True, slots=True)
class OnwardView:
    """下一个环节: the window the citizen goes to next, with the button of F6."""

    title: str
    place: str
    detail: str
    button: str
    enabled: bool


@dataclass(frozen=True, slots=True)
class RatingView:
    """The citizen is asked, or was: ``state`` in words.

    While somebody is asked ``left_ms`` of ``whole_ms`` are left; the card counts them itself, so they tell no two views
    apart.
    """

    title: str
    state: str
    note: str
    whole_ms: int = 0
    left_ms: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class OutcomeView:
    """Section 5 open: cards side by side, those that are there; the next window under them."""

    result: ResultView | None = None
    journal: JournalView | None = None
    abilities: AbilitiesView | None = None
    onward: OnwardView | None = None
    rating: RatingView | None = None


Body = ItemsView | SituationsView | MaterialsView | FormView | OutcomeView | EndingView | EndingFormView | RefusalView


class SectionState(StrEnum):
    """The spine dot."""

    TODO = "todo"
    CURRENT = "current"
    DONE = "done"
    ERROR = "error"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class SectionView:
    """One of the five sections. It is open when it has a ``body``.

    ``title`` stands there while current (核对材料), ``label`` while collapsed (材料); ``jump`` shows its Alt key.
    """

    number: int
    label: str
    title: str
    state: SectionState
    summary: Words = ()
    tags: tuple[Tag, ...] = ()
    trailing: Words = ()
    note_right: str = ""
    jump: bool = False
    hints: tuple[KeyHintView, ...] = ()
    body: Body | None = None
    note: NoteView | None = None
