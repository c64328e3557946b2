"""交接班: every open case and held ticket of a clerk gets an owner before the shift may end (domain.md I25, SL-14)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Self

from app.domain.business_day import CHINA
from app.domain.calendar import WorkCalendar
from app.domain.case import Case, CaseState
from app.domain.contact_record import ContactRecord
from app.domain.deadline import DEFAULT_LIGHTS, Light, LightLimits, light, remaining_workdays
from app.domain.original import Original
from app.domain.visit import Visit

HANDOVER_SLIP = "SL-14"
SOON_WORKDAYS = 3
"""Cases due within so many working days are named on the sheet."""
MAX_NOTE = 60
NONE = "无"
REGISTERED = "首问登记"
"""What a contact is called on the sheet: what was asked stays on its own page."""

_LIGHTS = {Light.GREEN: "绿", Light.BLUE: "绿", Light.YELLOW: "黄", Light.RED: "红"}


class EntryKind(StrEnum):
    """What is handed over."""

    CASE = "case"
    TICKET = "ticket"
    ORIGINAL = "original"
    """A sealed A4 paper that is still to be printed or sealed."""
    CONTACT = "contact"
    """A registered first contact (首问登记) this clerk still owes an answer."""


class SpecialReason(StrEnum):
    """Why an instant case (即办件) stays open over the day it came (特殊情况, domain rule I05): the whole list."""

    SYSTEM_DOWN = "system_down"
    CHECK_UNANSWERED = "check_unanswered"
    DEVICE_OUT = "device_out"
    APPLICANT_ASKED = "applicant_asked"


SPECIAL_WORDS: Mapping[SpecialReason, str] = {
    SpecialReason.SYSTEM_DOWN: "业务系统故障",
    SpecialReason.CHECK_UNANSWERED: "外部核验没有回复",
    SpecialReason.DEVICE_OUT: "制证设备故障",
    SpecialReason.APPLICANT_ASKED: "申请人要求改天办",
}

_STANDS = {
    EntryKind.CASE: " ",
    EntryKind.TICKET: " 挂起，",
    EntryKind.ORIGINAL: " 正本未盖章，",
    EntryKind.CONTACT: " 首问未答复，",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that is not done; ``owner`` is the clerk who answers for it, empty while nobody does.

    ``number`` is a case number or a ticket's, ``due`` an ISO date or None; ``note`` the sentence for who comes next.
    ``instant`` is a case that should have been done the day it came, ``special`` why it was not.
    """

    kind: EntryKind
    entity_id: str
    number: str
    item: str
    due: str | None = None
    owner: str = ""
    note: str = ""
    instant: bool = False
    special: SpecialReason | None = None

    @property
    def unexplained(self) -> bool:
        """Whether it keeps the window from closing: an instant case without a reason of the list."""
        return self.instant and self.special is None

    def to_json(self) -> dict[str, Any]:
        """Return a plain mapping."""
        return asdict(self)

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Self:
        """Return what ``to_json`` made."""
        special = value.get("special")
        named = {"kind": EntryKind(value["kind"]), "special": SpecialReason(special) if special else None}
        return cls(**{**value, **named})


@dataclass(frozen=True, slots=True)
class Stock:
    """What is counted at the end of a shift, in the clerk's own words; empty reads 无."""

    originals: str = ""
    blanks: str = ""
    seals: str = ""
    bills: str = ""
    devices: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A handover as the clerk fills it in. ``heir`` is who takes over by default; empty while nobody was chosen."""

    clerk: str
    heir: str
    entries: tuple[Entry, ...] = ()
    stock: Stock = Stock()

    @property
    def ownerless(self) -> tuple[Entry, ...]:
        """The entries that block the handover: whoever leaves names an owner for each."""
        return tuple(each for each in self.entries if not each.owner)

    @property
    def unexplained(self) -> tuple[Entry, ...]:
        """The instant cases that block the handover: each needs a reason of the list (domain rule I05)."""
        return tuple(each for each in self.entries if each.unexplained)

    def explain(self, index: int) -> Self:
        """Return the sheet with the next reason of the list on an instant case; others have none."""
        entry, reasons = self.entries[index], list(SpecialReason)
        if not entry.instant:
            return self
        at = reasons.index(entry.special) + 1 if entry.special else 0
        return self._with(index, replace(entry, special=reasons[at % len(reasons)]))

    def give(self, index: int, owner: str) -> Self:
        """Return the sheet with another owner for one entry, from 0."""
        return self._with(index, replace(self.entries[index], owner=owner))

    def say(self, index: int, note: str) -> Self:
        """Return the sheet with another note on one entry, from 0; at most ``MAX_NOTE`` characters are kept."""
        return self._with(index, replace(self.entries[index], note=note[:MAX_NOTE]))

    def give_rest(self, owner: str) -> Self:
        """Return the sheet on which all that has no owner goes to one."""
        return replace(self, entries=tuple(each if each.owner else replace(each, owner=owner) for each in self.entries))

    def _with(self, index: int, entry: Entry) -> Self:
        return replace(self, entries=(*self.entries[:index], entry, *self.entries[index + 1 :]))


def unfinished(
    cases: Iterable[Case],
    held: Iterable[Visit],
    item_of: Mapping[str, str],
    originals: Iterable[Original] = (),
    contacts: Iterable[ContactRecord] = (),
    *,
    instant: Collection[str] = (),
) -> tuple[Entry, ...]:
    """Return an entry for every open case, most urgent first, then for held tickets, unsealed originals, contacts.

    ``item_of`` maps a ticket's business to its name; ``instant`` are the items done the day they come. One that waits
    for the citizen's papers is not the window's delay.
    """
    found = [
        Entry(
            EntryKind.CASE,
            each.case_id,
            each.case_no,
            each.item_name,
            each.promised_due or each.statutory_due,
            instant=each.item_id in instant and each.state is not CaseState.SUPPLEMENT_NOTICED,
        )
        for each in cases
    ]
    found += [
        Entry(EntryKind.TICKET, each.visit_id, each.number, item_of.get(each.business, each.business)) for each in held
    ]
    found += [Entry(EntryKind.ORIGINAL, each.original_id, each.doc_no, each.item_name) for each in originals]
    found += [Entry(EntryKind.CONTACT, each.contact_id, each.no, REGISTERED, each.due) for each in contacts]
    return tuple(found)


@dataclass(frozen=True, slots=True)
class SheetPlace:
    """What the paper says besides the sheet: where, which number, when (UTC milliseconds), how dates are counted.

    ``lights`` say when a limit changes its colour.
    """

    hall: str
    window: str
    number: str
    now_ms: int
    today: date
    calendar: WorkCalendar
    lights: LightLimits = DEFAULT_LIGHTS


def handover_fields(sheet: Sheet, at: SheetPlace) -> dict[str, object]:
    """Return the fields of SL-14."""
    soon = [each for each in sheet.entries if _due_soon(each, at)]
    cases = sum(each.kind is EntryKind.CASE for each in sheet.entries)
    moment = datetime.fromtimestamp(at.now_ms // 1000, CHINA)
    stock = sheet.stock
    return {
        "hall": at.hall,
        "no": at.number,
        "now": f"{moment:%Y-%m-%d %H:%M}",
        "window": at.window,
        "kind": "交班",
        "from_no": sheet.clerk,
        "to_no": sheet.heir or "待定",
        "period": "接班时起",
        "rights": "所列办件的告知、催办、出件（不含审批）",
        "open_n": cases,
        "due_n": len(soon),
        "due": [_due_row(n, each, at) for n, each in enumerate(soon, start=1)],
        "todos": [{"n": n, "text": _todo(each, sheet)} for n, each in enumerate(_told(sheet.entries, sheet), start=1)],
        "originals": [{"n": 1, "text": stock.originals}] if stock.originals else [],
        "blanks": stock.blanks or NONE,
        "seals": stock.seals or NONE,
        "bills": stock.bills or NONE,
        "devices": stock.devices or NONE,
        "note": stock.note or NONE,
        "from_sign": f"{sheet.clerk}号 {moment:%H:%M}",
        "to_sign": "登录后确认",
        "lead_sign": NONE,
    }


def _told(entries: Sequence[Entry], sheet: Sheet) -> list[Entry]:
    """Return what the paper names beside the cases due soon: what has a note, another owner, or is no case."""
    return [
        each
        for each in entries
        if each.note or each.special or each.owner != sheet.heir or each.kind is not EntryKind.CASE
    ]


def _todo(entry: Entry, sheet: Sheet) -> str:
    number = short_number(entry.number) if entry.kind is EntryKind.CASE else entry.number
    if not entry.owner:
        owner = "待定"
    elif entry.owner == sheet.clerk:
        owner = "本人"
    else:
        owner = f"{entry.owner}号"
    what = f"{number}{_STANDS[entry.kind]}交{owner}"
    why = f"（{SPECIAL_WORDS[entry.special]}）" if entry.special else ""
    return f"{what}{why}：{entry.note}" if entry.note else f"{what}{why}"


def _due_row(n: int, entry: Entry, at: SheetPlace) -> dict[str, object]:
    assert entry.due is not None
    due = date.fromisoformat(entry.due)
    colour = _LIGHTS[light(at.today, at.today, due, at.calendar, limits=at.lights)]
    return {
        "n": n,
        "case": short_number(entry.number) if entry.kind is EntryKind.CASE else entry.number,
        "item": entry.item,
        "due": f"{due:%m-%d}",
        "light": "红" if due < at.today else colour,
    }


def _due_soon(entry: Entry, at: SheetPlace) -> bool:
    if entry.due is None:
        return False
    due = date.fromisoformat(entry.due)
    return due <= at.today or remaining_workdays(at.today, due, at.calendar) <= SOON_WORKDAYS


def short_number(case_no: str) -> str:
    """Return sequence and check digit, which tell the cases of a counter and day apart: ``0017-4``."""
    return "-".join(case_no.split("-")[-2:])
