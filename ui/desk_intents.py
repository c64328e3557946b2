"""What the clerk can ask for beside the work on a citizen: search, pause, lock, sign-in, handover; frozen values."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OpenSearch:
    """F7: the search box."""


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


@dataclass(frozen=True, slots=True)
class OpenCase:
    """Enter in the F7 box: the chosen hit, or the command that was typed."""


@dataclass(frozen=True, slots=True)
class ShowCaseSlip:
    """Space in an opened case: its paper, and back."""


@dataclass(frozen=True, slots=True)
class ReprintCase:
    """Ctrl+1 in the search: the last paper of the chosen case once more."""


@dataclass(frozen=True, slots=True)
class RunCommand:
    """A command under the hits, by the letters it is called with."""

    code: str


@dataclass(frozen=True, slots=True)
class OpenPause:
    """Pause, Ctrl+B: cover the work and ask why."""


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


@dataclass(frozen=True, slots=True)
class HangOut:
    """Enter: the sign is out."""


@dataclass(frozen=True, slots=True)
class Lock:
    """Ctrl+L: cover the work at once, without a sign."""


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


@dataclass(frozen=True, slots=True)
class SignOut:
    """Leave the window without a handover; the next clerk signs in."""


@dataclass(frozen=True, slots=True)
class ChooseHeir:
    """Who takes over by default, as an index into the colleagues."""

    index: int


@dataclass(frozen=True, slots=True)
class ConfirmHeir:
    """Enter on the colleague that is shown: the keyboard goes to the list."""


@dataclass(frozen=True, slots=True)
class MoveEntry:
    """Up or down in the list of what is not done."""

    step: int


@dataclass(frozen=True, slots=True)
class GiveEntry:
    """The entry at ``row`` (None: the one that is marked) goes to owner ``index``, both from 0."""

    index: int
    row: int | None = None


@dataclass(frozen=True, slots=True)
class GiveRest:
    """Plus: everything that has no owner goes to the colleague on top."""


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
