"""The form in place of the identity strip, while somebody is typed by hand."""

from collections.abc import Mapping

from app.domain.business_day import business_date
from app.domain.id_card import CardType
from app.domain.person import Person, Slot
from app.domain.person_entry import EntryFault, EntryProblem, fields_of, problems
from app.domain.work.card import WorkCard
from ui.screens.counter.state import CounterState, PersonEntry
from ui.texts import text
from ui.widgets.views import KeyHintView
from ui.widgets.work_views import FieldKind, FieldView, PersonEntryView, PersonTab

PLACES = {
    Slot.APPLICANT: ("Alt 6", "申请人"),
    Slot.AGENT: ("Alt 7", "代理人"),
    Slot.GUARDIAN: ("Alt 8", "监护人"),
    Slot.ORGANISATION: ("Alt 9", "单位"),
}
"""Their key and name; keymap.toml has the keys as act_person__1 … 4."""

CARD_TYPES = {
    CardType.RESIDENT: "居民身份证",
    CardType.HMT: "港澳台居民居住证",
    CardType.FOREIGNER_2017: "外国人永久居留证 2017",
    CardType.FOREIGNER_2023: "外国人永久居留证 2023",
}

_LABELS = {"card_type": "证件种类", "name": "姓名", "number": "证件号码", "phone": "联系电话"}
_ORGANISATION_LABELS = {"name": "单位名称", "uscc": "统一社会信用代码"}
_KINDS = {
    "card_type": FieldKind.CHOICE,
    "name": FieldKind.TEXT,
    "number": FieldKind.IDENTITY,
    "uscc": FieldKind.IDENTITY,
    "phone": FieldKind.PHONE,
}
_OPTIONAL = frozenset({"phone"})


def person_entry(state: CounterState, card: WorkCard) -> PersonEntryView | None:
    """Return the open form with what is wrong under each field; an empty field is wrong once Enter was tried."""
    entry = entry_of(state)
    if entry is None:
        return None
    typed = entry.typed[entry.slot]
    found = {each.field: each for each in problems(entry.slot, typed, business_date(state.now_ms), others(card))}
    seated = {**others(card), Slot.ORGANISATION: card.organisation}
    return PersonEntryView(
        title=f"手工录入{PLACES[entry.slot][1]}",
        tabs=tuple(
            PersonTab(key, name, current=slot is entry.slot, done=seated[slot] is not None)
            for slot, (key, name) in PLACES.items()
        ),
        hints=(KeyHintView("Enter", "下一项，最后一项录完"), KeyHintView("Esc", "先不录")),
        fields=tuple(_field(entry, name, found.get(name)) for name in fields_of(entry.slot)),
    )


def entry_of(state: CounterState) -> PersonEntry | None:
    """Return the open form of this visit."""
    entry, visit = state.person_entry, state.visit
    mine = entry is not None and entry.open and visit is not None and entry.visit_id == visit.visit_id
    return entry if mine else None


def others(card: WorkCard) -> Mapping[Slot, Person | None]:
    """Return who sits there already."""
    return {Slot.APPLICANT: card.applicant, Slot.AGENT: card.agent, Slot.GUARDIAN: card.guardian}


def _field(entry: PersonEntry, name: str, problem: EntryProblem | None) -> FieldView:
    labels = _ORGANISATION_LABELS if entry.slot is Slot.ORGANISATION else _LABELS
    typed = entry.typed[entry.slot].get(name, "")
    shown = problem is not None and (entry.tried or (bool(typed) and problem.fault is not EntryFault.EMPTY))
    types = name == "card_type"
    return FieldView(
        name=f"person_{name}",
        label=labels[name],
        value=typed or (CardType.RESIDENT.value if types else ""),
        kind=_KINDS[name],
        required=name not in _OPTIONAL,
        error=text(problem.fault.value, **problem.values) if problem is not None and shown else "",
        options=tuple((each.value, words) for each, words in CARD_TYPES.items()) if types else (),
    )
