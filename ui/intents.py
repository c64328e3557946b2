"""Everything the clerk can ask for at the counter, each one a frozen value that the window hands out."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ui.press import Press

if TYPE_CHECKING:
    from app.domain.person import Slot
    from app.domain.work.materials import Verdict


class CallNext(Press):
    """F2: call the next ticket; after an outcome, finish and call."""

    __slots__ = ()


class Recall(Press):
    """F3: call the same ticket again."""

    __slots__ = ()


class NoShow(Press):
    """F4: the called citizen did not come."""

    __slots__ = ()


class WithdrawCall(Press):
    """Shift+F3: take back a mistaken call."""

    __slots__ = ()


class Hold(Press):
    """F5: put the citizen at the window aside; while the window is free, take back the first of those held."""

    __slots__ = ()


class ChooseHeld(Press):
    """Shift+F5: choose whom to take back."""

    __slots__ = ()


class AnotherItem(Press):
    """Ctrl+N: the citizen who holds a paper has a second matter."""

    __slots__ = ()


class CallManager(Press):
    """Ctrl+H: ask the floor manager to come to the window."""

    __slots__ = ()


class AddMaterial(Press):
    """Ctrl+G: ask for a material that the notice did not name; the floor manager has to consent."""

    __slots__ = ()


class Transfer(Press):
    """F6: send the citizen at the window on to another one; after an issued paper, on to the next one."""

    __slots__ = ()


class TakeOver(Press):
    """Ctrl+J: answer for what a citizen first asked elsewhere, or take it back."""

    __slots__ = ()


class Arrived(Press):
    """Any key in the card while calling: the citizen is here."""

    __slots__ = ()


class EnterTicketMode(Press):
    """Shift+F2: open the field for a presented or chosen ticket."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class PresentTicket:
    """A ticket number as typed, trimmed and upper-case."""

    text: str


class Back(Press):
    """Esc: one level back, never discarding anything."""

    __slots__ = ()


class ReadCard(Press):
    """F8: read the card (again)."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class ConfirmItem:
    """Section 1: the item at ``index``, from 0."""

    index: int


@dataclass(frozen=True, slots=True)
class TypePerson:
    """Alt+6 … Alt+9: type who stands in this place, by hand."""

    slot: "Slot"


@dataclass(frozen=True, slots=True)
class EditPerson:
    """The form of a person: ``field`` now holds ``text``."""

    field: str
    text: str


class FinishPerson(Press):
    """The form of a person: Enter in its last field."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class SearchItems:
    """Section 1: look for items by ``text``, all that was typed so far; empty ends the search."""

    text: str


@dataclass(frozen=True, slots=True)
class MoveHit:
    """Section 1, while searching: down one hit (1) or up one (-1)."""

    step: int


@dataclass(frozen=True, slots=True)
class TakeHit:
    """Section 1, while searching: the hit at ``index``, from 0."""

    index: int


@dataclass(frozen=True, slots=True)
class AnswerSituation:
    """Section 2: option ``option`` of question ``question``, both from 0."""

    question: int
    option: int


class AcceptDefaults(Press):
    """Section 2: Enter takes the suggested answers of every open question."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class SetVerdict:
    """Section 3: the verdict on row ``row``, from 0; None clears it."""

    row: int
    verdict: "Verdict | None"


@dataclass(frozen=True, slots=True)
class FailCheck:
    """Section 3: the shared data of row ``row``, from 0, could not be verified; only then it may be asked for (L07)."""

    row: int


@dataclass(frozen=True, slots=True)
class ToggleMissing:
    """Section 3: a digit marks row ``row``, from 0, as missing, or takes that back."""

    row: int


@dataclass(frozen=True, slots=True)
class TurnReason:
    """Section 3: the short row ``row``, from 0, takes the next (1) or the previous (-1) published reason."""

    row: int
    step: int


@dataclass(frozen=True, slots=True)
class ChooseReason:
    """Section 3: the short row ``row`` takes the reason at ``index``, both from 0 as shown."""

    row: int
    index: int


@dataclass(frozen=True, slots=True)
class WriteReason:
    """Section 3: the fault of the short row ``row``, from 0, in the clerk's own words."""

    row: int
    text: str


@dataclass(frozen=True, slots=True)
class MarkDefective:
    """Section 3: row ``row``, from 0, is there but faulty (不符); again, its next published defect."""

    row: int


class MarkRestOk(Press):
    """Section 3: ``+``, every open row is complete."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class EditField:
    """Section 4: the field now holds ``text`` (for a choice, its code)."""

    name: str
    text: str


class IssueNotice(Press):
    """F9: tell once and for all what is needed, or what is missing."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class PresentPaper:
    """The number of a notice, typed or scanned, whose citizen is back with the missing papers."""

    text: str


class Accept(Press):
    """F10: the positive outcome."""

    __slots__ = ()


class Finish(Press):
    """F12: finish without calling; while serving, ask how the visit ends."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class ChooseEnding:
    """The way a visit without a case ends, from 0."""

    option: int


@dataclass(frozen=True, slots=True)
class WriteEnding:
    """The field ``name`` of an ending's form now holds ``text`` (for a choice, its code)."""

    name: str
    text: str


class ConfirmEnding(Press):
    """Enter in the last field of an ending's form."""

    __slots__ = ()


class Reject(Press):
    """F11: open the legal section; pressed again, issue the refusal."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class ChooseGround:
    """The numbered ground of a refusal, from 1 as printed; the same again turns to its next published case."""

    number: int


@dataclass(frozen=True, slots=True)
class WriteRefusal:
    """A text of the legal section (``office`` or ``reason``) now holds ``text``."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class SayPhoned:
    """Y or N: whether the other organ was phoned first."""

    phoned: bool


class Correct(Press):
    """Ctrl+E: correct or void the paper that is out."""

    __slots__ = ()


class Reprint(Press):
    """Ctrl+P: print the last slip again, marked 补打."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class JumpSection:
    """Alt+1…5: open this section, from 1."""

    number: int


class Undo(Press):
    """Ctrl+Z: take back the last verdict or answer."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Reveal:
    """Show masked values (Alt held, or Alt+0 for ten seconds), or mask them again."""

    on: bool


@dataclass(frozen=True, slots=True)
class FaultOptionChosen:
    """A way out of a device fault, from 1 as printed."""

    number: int


@dataclass(frozen=True, slots=True)
class Answer:
    """A digit pressed while a question is open, or an answer that was clicked; from 1 as printed (0 only typed)."""

    number: int


@dataclass(frozen=True, slots=True)
class AnswerLetter:
    """A letter pressed while a question is open, upper-case: part of a window's number."""

    letter: str


class ConfirmAnswer(Press):
    """Enter while a question is open: the first answer, or the number typed so far."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class NoticeDone:
    """The action of a notice in the right pane, from 1 as printed."""

    number: int


class TurnPaper(Press):
    """Alt+P: turn the right pane to the sealed original, or back."""

    __slots__ = ()
