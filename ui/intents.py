"""Everything the clerk can ask for at the counter, each one a frozen value that the window hands out."""

from dataclasses import dataclass

from app.domain.person import Slot
from app.domain.work.materials import Verdict


@dataclass(frozen=True, slots=True)
class CallNext:
    """F2: call the next ticket; after an outcome, finish and call."""


@dataclass(frozen=True, slots=True)
class Recall:
    """F3: call the same ticket again."""


@dataclass(frozen=True, slots=True)
class NoShow:
    """F4: the called citizen did not come."""


@dataclass(frozen=True, slots=True)
class WithdrawCall:
    """Shift+F3: take back a mistaken call."""


@dataclass(frozen=True, slots=True)
class Hold:
    """F5: put the citizen at the window aside; while the window is free, take back the first of those held."""


@dataclass(frozen=True, slots=True)
class ChooseHeld:
    """Shift+F5: choose whom to take back."""


@dataclass(frozen=True, slots=True)
class AnotherItem:
    """Ctrl+N: the citizen who holds a paper has a second matter."""


@dataclass(frozen=True, slots=True)
class CallManager:
    """Ctrl+H: ask the floor manager to come to the window."""


@dataclass(frozen=True, slots=True)
class Transfer:
    """F6: send the citizen at the window on to another one."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """Any key in the card while calling: the citizen is here."""


@dataclass(frozen=True, slots=True)
class EnterTicketMode:
    """Shift+F2: open the field for a presented or chosen ticket."""


@dataclass(frozen=True, slots=True)
class PresentTicket:
    """A ticket number as typed, trimmed and upper-case."""

    text: str


@dataclass(frozen=True, slots=True)
class Back:
    """Esc: one level back, never discarding anything."""


@dataclass(frozen=True, slots=True)
class ReadCard:
    """F8: read the card (again)."""


@dataclass(frozen=True, slots=True)
class ConfirmItem:
    """Section 1: the item at ``index``, from 0."""

    index: int


@dataclass(frozen=True, slots=True)
class TypePerson:
    """Alt+6 … Alt+9: type who stands in this place, by hand."""

    slot: Slot


@dataclass(frozen=True, slots=True)
class EditPerson:
    """The form of a person: ``field`` now holds ``text``."""

    field: str
    text: str


@dataclass(frozen=True, slots=True)
class FinishPerson:
    """The form of a person: Enter in its last field."""


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


@dataclass(frozen=True, slots=True)
class AcceptDefaults:
    """Section 2: Enter takes the suggested answers of every open question."""


@dataclass(frozen=True, slots=True)
class SetVerdict:
    """Section 3: the verdict on row ``row``, from 0; None clears it."""

    row: int
    verdict: Verdict | None


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


@dataclass(frozen=True, slots=True)
class MarkRestOk:
    """Section 3: ``+``, every open row is complete."""


@dataclass(frozen=True, slots=True)
class EditField:
    """Section 4: the field now holds ``text`` (for a choice, its code)."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class IssueNotice:
    """F9: tell once and for all what is needed, or what is missing."""


@dataclass(frozen=True, slots=True)
class PresentPaper:
    """The number of a notice, typed or scanned, whose citizen is back with the missing papers."""

    text: str


@dataclass(frozen=True, slots=True)
class Accept:
    """F10: the positive outcome."""


@dataclass(frozen=True, slots=True)
class Finish:
    """F12: finish without calling; while serving, ask how the visit ends."""


@dataclass(frozen=True, slots=True)
class ChooseEnding:
    """The way a visit without a case ends, from 0."""

    option: int


@dataclass(frozen=True, slots=True)
class WriteEnding:
    """The field ``name`` of an ending's form now holds ``text`` (for a choice, its code)."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class ConfirmEnding:
    """Enter in the last field of an ending's form."""


@dataclass(frozen=True, slots=True)
class Reject:
    """F11: open the legal section; pressed again, issue the refusal."""


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


@dataclass(frozen=True, slots=True)
class Correct:
    """Ctrl+E: correct or void the paper that is out."""


@dataclass(frozen=True, slots=True)
class Reprint:
    """Ctrl+P: print the last slip again, marked 补打."""


@dataclass(frozen=True, slots=True)
class JumpSection:
    """Alt+1…5: open this section, from 1."""

    number: int


@dataclass(frozen=True, slots=True)
class Undo:
    """Ctrl+Z: take back the last verdict or answer."""


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


@dataclass(frozen=True, slots=True)
class ConfirmAnswer:
    """Enter while a question is open: the first answer, or the number typed so far."""


@dataclass(frozen=True, slots=True)
class NoticeDone:
    """The action of a notice in the right pane, from 1 as printed."""

    number: int
