"""F12 on the work card: the menu of endings, and the few words some of them need (design.md decision 14)."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from enum import StrEnum

from app.domain.channel import Channel
from app.domain.first_contact import AnswerDue, ContactAction
from app.domain.work.card import WorkCard
from app.domain.work.ending_sheet import MAX_VALUE, EndingSheet, EndingWay
from app.domain.work.refusal import WorkRefusal, WorkRefused
from app.domain.work.refusing import unkind_words


class LeaveReason(StrEnum):
    """Why a citizen leaves without an outcome (domain rule I18: 离开 with its reason)."""

    NO_IDENTITY_CARD = "no_identity_card"
    ANOTHER_DAY = "another_day"
    GAVE_UP = "gave_up"
    UNSAID = "unsaid"


class WithdrawReason(StrEnum):
    """Why an applicant takes the application back; never demanded, only offered."""

    NOT_NEEDED = "not_needed_any_more"
    ELSEWHERE = "elsewhere"
    LATER = "later"
    UNSAID = "no_reason_given"


class Print(StrEnum):
    """Whether an answered question is handed out on paper (SL-03)."""

    YES = "yes"
    NO = "no"


class Receipt(StrEnum):
    """Whether SL-02 is printed where nobody is there to take it: usually not, the number is told instead."""

    NO = "no"
    YES = "yes"


CHOICES: Mapping[EndingWay, tuple[StrEnum, ...]] = {
    EndingWay.ANSWERED: tuple(Print),
    EndingWay.LEFT: tuple(LeaveReason),
}
"""The second question of the ways that need one more digit and nothing typed."""

FIELDS: Mapping[EndingWay, Mapping[str, tuple[StrEnum, ...]]] = {
    EndingWay.REGISTERED: {"topic": (), "action": tuple(ContactAction), "owner": (), "due": tuple(AnswerDue)},
    EndingWay.PICK_UP: {"number": ()},
    EndingWay.WITHDRAWAL: {"number": (), "reason": tuple(WithdrawReason)},
}
"""The fields of the ways that are typed, in order, each with its closed list; texts have none."""

_AWAY: Mapping[str, tuple[StrEnum, ...]] = {
    "topic": (),
    "caller": (),
    "action": tuple(ContactAction),
    "owner": (),
    "due": tuple(AnswerDue),
    "receipt": tuple(Receipt),
}
"""首问登记 of a call or a letter: who rang or wrote may be left out, and so may the paper (domain rules I01, I70)."""

_HERE_ONLY = frozenset({EndingWay.PICK_UP, EndingWay.WITHDRAWAL})
"""Ways for which the person has to sit here with the identity card."""

_NEEDED = {
    "topic": WorkRefusal.TOPIC_NEEDED,
    "owner": WorkRefusal.OWNER_NEEDED,
    "number": WorkRefusal.NUMBER_NEEDED,
}
_DEFAULTS: Mapping[str, str] = {
    "action": ContactAction.ASKING,
    "due": AnswerDue.ONE,
    "receipt": Receipt.NO,
    "reason": WithdrawReason.UNSAID,
}


def is_open(card: WorkCard) -> bool:
    """Say whether the menu or one of its forms stands open."""
    return card.ending is not None and card.ending.opened


def open_menu(card: WorkCard) -> WorkCard:
    """F12: ask how the visit ends."""
    sheet = card.ending or EndingSheet()
    return replace(card, ending=replace(sheet, opened=True, way=None))


def close_menu(card: WorkCard) -> WorkCard:
    """Esc in the menu: go on serving; what was typed stays."""
    return card if card.ending is None else replace(card, ending=card.ending.closed())


def step_back(card: WorkCard) -> WorkCard:
    """Esc: from a form or second question to the menu, from the menu to the page."""
    sheet = card.ending
    if sheet is None or sheet.way is None:
        return close_menu(card)
    return replace(card, ending=replace(sheet, way=None))


def choose_way(card: WorkCard, number: int) -> WorkCard:
    """1-5: take a way of the menu.

    Raises:
        WorkRefused: no such line.
    """
    ways = tuple(EndingWay)
    if not 1 <= number <= len(ways):
        raise WorkRefused(WorkRefusal.NO_SUCH_OPTION)
    return replace(card, ending=replace(card.ending or EndingSheet(), opened=True, way=ways[number - 1]))


def fields_of(card: WorkCard) -> Mapping[str, tuple[StrEnum, ...]]:
    """Return the fields of the form that stands open, in order, each with its closed list; none in the menu."""
    way = card.ending.way if card.ending is not None else None
    if way is EndingWay.REGISTERED and card.channel is not Channel.IN_PERSON:
        return _AWAY
    return FIELDS.get(way, {}) if way is not None else {}


def wants_receipt(card: WorkCard) -> bool:
    """Say whether the registered contact gets its paper: always where the citizen is here to take it."""
    return card.channel is Channel.IN_PERSON or value(card, "receipt") == Receipt.YES


def write(card: WorkCard, name: str, text: str) -> WorkCard:
    """Type into a field of the form, or choose from its list.

    Raises:
        WorkRefused: no such field or option, or a text that is too long for the paper.
    """
    sheet = card.ending
    listed = fields_of(card)
    if sheet is None or name not in listed or (listed[name] and text not in listed[name]):
        raise WorkRefused(WorkRefusal.NO_SUCH_FIELD)
    if len(text) > MAX_VALUE:
        raise WorkRefused(WorkRefusal.TEXT_TOO_LONG)
    return replace(card, ending=replace(sheet, values={**sheet.values, name: text}))


def value(card: WorkCard, name: str, otherwise: str = "") -> str:
    """Return what stands in a field: typed or chosen, else its usual value, else ``otherwise``.

    Who came back with a notice takes back the case of that notice; the topic is the item until it is said otherwise.
    """
    typed = card.ending.values.get(name) if card.ending is not None else None
    if typed is not None:
        return typed
    if name == "topic" and card.item is not None:
        return card.item.name[:MAX_VALUE]
    back = card.supplement if name == "number" and card.ending and card.ending.way is EndingWay.WITHDRAWAL else None
    return back.case_no if back is not None else _DEFAULTS.get(name, otherwise)


def hindrances(card: WorkCard, owner: str) -> tuple[WorkRefusal, ...]:
    """Return what the form still needs; ``owner`` stands in its field until somebody else is named."""
    return tuple(dict.fromkeys(_hindrances(card, owner)))


def _hindrances(card: WorkCard, owner: str) -> Iterator[WorkRefusal]:
    way = card.ending.way if card.ending is not None else None
    if way in _HERE_ONLY and card.channel is not Channel.IN_PERSON:
        yield WorkRefusal.NOT_IN_PERSON
    names = fields_of(card)
    texts = {name: value(card, name, owner if name == "owner" else "") for name in names}
    yield from (_NEEDED[name] for name, text in texts.items() if name in _NEEDED and not text.strip())
    yield from unkind_words(*texts.values())
