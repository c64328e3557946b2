"""What the clerk can ask for beside the work on a citizen: search, pause, lock, sign-in, handover; frozen values."""

from dataclasses import dataclass

from ui.press import Press


class OpenSearch(Press):
    """F7: the search box."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class SearchCases:
    """The F7 box now holds ``text``."""

    text: str


@dataclass(frozen=True, slots=True)
class MoveCase:
    """Up or down in the hits by ``step`` rows."""

    step: int


@dataclass(frozen=True, slots=True)
class PickCase:
    """A hit that was clicked, from 0."""

    index: int


@dataclass(frozen=True, slots=True)
class NextFilter:
    """Tab in the F7 box: the next group of hits; ``index`` for the one that was clicked."""

    index: int | None = None


class OpenCase(Press):
    """Enter in the F7 box: the chosen hit, or the command that was typed."""

    __slots__ = ()


class ShowCaseSlip(Press):
    """Space in an opened case: its paper, and back."""

    __slots__ = ()


class ReprintCase(Press):
    """Ctrl+1 in the search: the last paper of the chosen case once more."""

    __slots__ = ()


class ReprintOriginal(Press):
    """Ctrl+2 in the search: the sealed original of the chosen case once more."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class RunCommand:
    """A command under the hits, by the letters it is called with."""

    code: str


class OpenPause(Press):
    """Pause, Ctrl+B: cover the work and ask why."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class ChooseReason:
    """Why the window pauses, from 1 as printed."""

    number: int


@dataclass(frozen=True, slots=True)
class ChooseMinutes:
    """Left or right among the lengths of a pause by ``step``; ``index``, from 0, for the one that was clicked."""

    step: int = 0
    index: int | None = None


@dataclass(frozen=True, slots=True)
class WriteSign:
    """What the sign says under the time."""

    text: str


class HangOut(Press):
    """Enter: the sign is out."""

    __slots__ = ()


class Lock(Press):
    """Ctrl+L: cover the work at once, without a sign."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, repr=False)
class Unlock:
    """The clerk is back; no repr, for it carries a password."""

    password: str


@dataclass(frozen=True, slots=True)
class GiveNumber:
    """The clerk number at the sign-in; empty for 不是我."""

    text: str


@dataclass(frozen=True, slots=True, repr=False)
class SignIn:
    """Enter at the sign-in; no repr, for it carries a password."""

    password: str


class SignOut(Press):
    """Leave the window without a handover; the next clerk signs in."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class ChooseHeir:
    """Who takes over by default, as an index into the colleagues."""

    index: int


class ConfirmHeir(Press):
    """Enter on the colleague that is shown: the keyboard goes to the list."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class MoveEntry:
    """Up or down in the list of what is not done."""

    step: int


@dataclass(frozen=True, slots=True)
class GiveEntry:
    """The entry at ``row`` (None: the one that is marked) goes to owner ``index``, both from 0."""

    index: int
    row: int | None = None


class GiveRest(Press):
    """Plus: everything that has no owner goes to the colleague on top."""

    __slots__ = ()


class ExplainEntry(Press):
    """/: the next reason of the list why the marked instant case stays open (特殊情况)."""


@dataclass(frozen=True, slots=True)
class SayEntry:
    """The sentence for who takes over the entry at ``row``."""

    row: int
    text: str


@dataclass(frozen=True, slots=True)
class CountStock:
    """One of the things that are counted: the field of ``app.domain.handover.Stock`` now holds ``text``."""

    name: str
    text: str
