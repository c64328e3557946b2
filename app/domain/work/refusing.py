"""F11 on the work card: open the legal section, choose a ground, say where to go instead, and whether it may go out."""

from collections.abc import Iterator
from dataclasses import replace
from enum import StrEnum

from app.domain.channel import Channel
from app.domain.courtesy import unkind
from app.domain.refusal_grounds import Ground, GroundCase, GroundKind, grounds
from app.domain.work.card import WorkCard
from app.domain.work.refusal import WorkRefusal, WorkRefused
from app.domain.work.refusal_sheet import MAX_OFFICE, MAX_REASON, RefusalSheet


class RefusalField(StrEnum):
    """The texts of the legal section."""

    OFFICE = "office"
    REASON = "reason"


_LONGEST = {RefusalField.OFFICE: MAX_OFFICE, RefusalField.REASON: MAX_REASON}


def sheet_of(card: WorkCard) -> RefusalSheet | None:
    """Return the sheet of the card's item; None while F11 was not pressed for it."""
    sheet = card.refusing
    return sheet if sheet is not None and card.item is not None and sheet.item_id == card.item.id else None


def is_open(card: WorkCard) -> bool:
    """Say whether the legal section stands open."""
    sheet = sheet_of(card)
    return sheet is not None and sheet.opened


def grounds_of(card: WorkCard) -> tuple[Ground, ...]:
    """Return the numbered grounds of the card's item."""
    return grounds(card.item, card.answers) if card.item is not None else ()


def chosen_ground(card: WorkCard) -> Ground | None:
    """Return the chosen ground."""
    sheet, listed = sheet_of(card), grounds_of(card)
    return listed[sheet.ground - 1] if sheet is not None and 1 <= sheet.ground <= len(listed) else None


def chosen_case(card: WorkCard) -> GroundCase | None:
    """Return the published case that the chosen ground means; None where the item published none."""
    sheet, ground = sheet_of(card), chosen_ground(card)
    if sheet is None or ground is None or not ground.cases:
        return None
    return ground.cases[sheet.case % len(ground.cases)]


def open_refusal(card: WorkCard) -> WorkCard:
    """F11: open the section, with what was said in it before.

    Raises:
        WorkRefused: nobody is here in person, no item, or an item that is no licence and published no ground.
    """
    if card.channel is not Channel.IN_PERSON:
        raise WorkRefused(WorkRefusal.NOT_IN_PERSON)
    if card.item is None:
        raise WorkRefused(WorkRefusal.NO_ITEM)
    sheet = sheet_of(card)
    if sheet is not None:
        return replace(card, refusing=replace(sheet, opened=True))
    listed = grounds_of(card)
    if not listed:
        raise WorkRefused(WorkRefusal.NO_PUBLISHED_GROUND)
    return replace(card, refusing=RefusalSheet(card.item.id))


def close_refusal(card: WorkCard) -> WorkCard:
    """Esc: put the section aside; what was said stays."""
    return card if card.refusing is None else replace(card, refusing=card.refusing.closed())


def choose_ground(card: WorkCard, number: int) -> WorkCard:
    """1-9: take a ground; the same digit again turns to the next published case of it.

    Raises:
        WorkRefused: no such line, or incomplete papers, for which there is a notice and no refusal.
    """
    sheet, listed = _opened(card), grounds_of(card)
    if not 1 <= number <= len(listed):
        raise WorkRefused(WorkRefusal.NO_SUCH_OPTION)
    if not listed[number - 1].refusable:
        raise WorkRefused(WorkRefusal.NOTICE_INSTEAD)
    turned = (sheet.case + 1) % max(1, len(listed[number - 1].cases)) if sheet.ground == number else 0
    return replace(card, refusing=replace(sheet, ground=number, case=turned))


def say_phoned(card: WorkCard, *, phoned: bool) -> WorkCard:
    """Y, N: whether the office was phoned before the citizen is sent there."""
    return replace(card, refusing=replace(_opened(card), phoned=phoned))


def write(card: WorkCard, name: RefusalField, text: str) -> WorkCard:
    """Type into the office or the reason.

    Raises:
        WorkRefused: the text is too long for the paper.
    """
    sheet = _opened(card)
    if len(text) > _LONGEST[name]:
        raise WorkRefused(WorkRefusal.TEXT_TOO_LONG)
    changed = replace(sheet, office=text) if name is RefusalField.OFFICE else replace(sheet, reason=text)
    return replace(card, refusing=changed)


def needs_office(card: WorkCard) -> bool:
    """Say whether the citizen has to be sent to another organ (first-contact duty, seed part 1 art. 11)."""
    ground = chosen_ground(card)
    return ground is not None and ground.kind is GroundKind.NOT_OURS


def hindrances(card: WorkCard) -> tuple[WorkRefusal, ...]:
    """Return what keeps the notice from going out, in the order of the page; empty: F11 issues it."""
    return tuple(dict.fromkeys(_hindrances(card)))


def _hindrances(card: WorkCard) -> Iterator[WorkRefusal]:
    sheet = sheet_of(card)
    if card.channel is not Channel.IN_PERSON:
        yield WorkRefusal.NOT_IN_PERSON
    if card.who_is_who:
        yield WorkRefusal.WHO_IS_WHO
    if card.applicant is None:
        yield WorkRefusal.NO_APPLICANT
    if card.by_agent and card.acting_agent is None:
        yield WorkRefusal.NO_AGENT
    if sheet is None or chosen_ground(card) is None:
        yield WorkRefusal.NO_GROUND
        return
    if needs_office(card):
        if not sheet.office.strip():
            yield WorkRefusal.OFFICE_NEEDED
        if sheet.phoned is None:
            yield WorkRefusal.PHONE_FIRST
    if not sheet.reason.strip():
        yield WorkRefusal.FACTS_NEEDED
    yield from unkind_words(sheet.office, sheet.reason)


def unkind_words(*texts: str) -> Iterator[WorkRefusal]:
    """Yield what to say instead of the forbidden phrases in texts that go to citizens."""
    yield from (WorkRefusal(code) for text in texts if (code := unkind(text)) is not None)


def _opened(card: WorkCard) -> RefusalSheet:
    sheet = sheet_of(card)
    if sheet is None or not sheet.opened:
        raise WorkRefused(WorkRefusal.NOT_REFUSING)
    return sheet
