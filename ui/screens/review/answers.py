"""F3 补正 and F4 不予受理: the department answers papers that a window only took in (rules L02, I03, I04)."""

from dataclasses import replace
from functools import partial

from app.domain.case import Case, CaseState
from app.domain.catalogue.catalogue import Catalogue
from app.domain.inside_answer import looked_at
from app.domain.work.card import WorkCard
from app.domain.work.materials import SHORT, Verdict
from app.domain.work.refusal import WorkRefusal, WorkRefused
from app.domain.work.refusal_sheet import RefusalSheet
from app.domain.work.refusing import (
    RefusalField,
    choose_ground,
    grounds_of,
    needs_office,
    open_refusal,
    say_phoned,
    write,
)
from ui.screens.review import answer_acts
from ui.screens.review.acts import Act
from ui.screens.review.state import Ask, Question

NOTICE_QUESTIONS = frozenset({Question.SHORT, Question.NOTICE})
REFUSAL_QUESTIONS = frozenset({Question.GROUND, Question.OFFICE, Question.PHONED, Question.WHY, Question.REFUSE})
ANSWER_QUESTIONS = NOTICE_QUESTIONS | REFUSAL_QUESTIONS
PREVIEWED = frozenset({Question.NOTICE, Question.REFUSE})
"""The last question of each: the paper is looked at, then Enter."""
_PHONED = {1: True, 2: False}

Step = tuple[Ask, str]
"""The question as it stands now, and the code of what is missing."""


def answer_question(case: Case, catalogue: Catalogue, key: str) -> Ask | None:
    """Return what F3 or F4 asks about a case; None where it waits for no answer, or has no such ground."""
    card = looked_at(case, catalogue) if case.state is CaseState.RECEIVED else None
    if card is None:
        return None
    if key == "act_notice":
        return Ask(Question.SHORT, case.case_id, card=card)
    try:
        return Ask(Question.GROUND, case.case_id, card=open_refusal(card))
    except WorkRefused:
        return None


def answer_typed(ask: Ask, number: int) -> Step:
    """Return where a digit leads."""
    card = _card(ask)
    try:
        if ask.question is Question.GROUND:
            return replace(ask, card=choose_ground(card, number)), ""
        if ask.question is Question.PHONED and number in _PHONED:
            phoned = say_phoned(card, phoned=_PHONED[number])
            return replace(ask, card=phoned, question=Question.WHY, words=_sheet(phoned).reason), ""
    except WorkRefused as refused:
        return ask, refused.reason.value
    return ask, ""


def answer_entered(ask: Ask) -> Step | Act:
    """Return where Enter leads: the next question, or the act."""
    match ask.question:
        case Question.SHORT:
            return _line(ask) if ask.words.strip() else _told(ask)
        case Question.NOTICE:
            return partial(answer_acts.notice, case_id=ask.case_id, faults=_card(ask).marks)
        case Question.REFUSE:
            return partial(answer_acts.refuse, case_id=ask.case_id, sheet=_sheet(_card(ask)))
        case _:
            return _onward(ask)


def fault_lines(card: WorkCard) -> tuple[tuple[int, str, Verdict | None, str], ...]:
    """Return every material that may be faulted: number, name, verdict, and what is wrong with it."""
    return tuple(
        (
            each.line.n,
            each.line.material.name,
            each.mark.verdict if each.mark else None,
            each.mark.reason if each.mark else "",
        )
        for each in card.materials.states()
        if not each.waived
    )


def faults(card: WorkCard) -> int:
    """Return how many materials are short."""
    return sum(each.short for each in card.materials.states())


def _line(ask: Ask) -> Step:
    """Take ``2`` (turn to the next published defect) or ``2 缺页`` (in words)."""
    card, (head, _, words) = _card(ask), ask.words.strip().partition(" ")
    state = next((each for each in card.materials.states() if str(each.line.n) == head), None)
    if state is None:
        return ask, "no_such_material"
    key = state.line.material.id
    try:
        after = card.mark(key, Verdict.DEFECTIVE, words.strip()) if words.strip() else _turned(card, key)
    except WorkRefused as refused:
        named = refused.reason is not WorkRefusal.NOT_IN_NOTICE
        return ask, refused.reason.value if named else "answer_not_in_notice"
    return replace(ask, card=after, words="" if after != card else ask.words), ""


def _turned(card: WorkCard, key: str) -> WorkCard:
    """Return the page with the material's next fault; behind the last one nothing is wrong with it."""
    ring, present = card.materials.reasons(key), card.marks.get(key)
    if not ring:
        raise WorkRefused(WorkRefusal.SHARED_MATERIAL)
    said = [(each.verdict, each.reason) for each in ring]
    at = -1
    if present is not None and present.verdict in SHORT:
        here = (present.verdict, present.reason)
        at = said.index(here) if here in said else len(ring) - 1
    if at == len(ring) - 1:
        return card.mark(key, Verdict.OK)
    return card.mark(key, ring[at + 1].verdict, ring[at + 1].reason, check_failed=ring[at + 1].check_failed)


def _told(ask: Ask) -> Step:
    if not faults(_card(ask)):
        return ask, "nothing_missing"
    return replace(ask, question=Question.NOTICE), ""


def _onward(ask: Ask) -> Step:
    """Return the next question of a refusal, or what this one lacks."""
    card = _card(ask)
    lacking = _lacking(ask, _sheet(card))
    if lacking:
        return ask, lacking
    if ask.question is Question.GROUND:
        office = needs_office(card)
        words = _sheet(card).office if office else _sheet(card).reason
        return replace(ask, question=Question.OFFICE if office else Question.WHY, words=words), ""
    office = ask.question is Question.OFFICE
    try:
        after = write(card, RefusalField.OFFICE if office else RefusalField.REASON, ask.words)
    except WorkRefused as refused:
        return ask, refused.reason.value
    return replace(ask, question=Question.PHONED if office else Question.REFUSE, card=after), ""


def _lacking(ask: Ask, sheet: RefusalSheet) -> str:
    """Return the code of what a question lacks; empty where Enter leads on."""
    match ask.question:
        case Question.GROUND:
            return "" if sheet.ground else "no_ground"
        case Question.OFFICE:
            return "" if ask.words.strip() else "office_needed"
        case Question.WHY:
            return "" if ask.words.strip() else "facts_needed"
        case _:
            return "answer_phone_first"


def listed_grounds(ask: Ask) -> tuple[tuple[int, str, str, bool], ...]:
    """Return the numbered grounds: number, kind, the published case that is meant, and whether it is chosen."""
    card = _card(ask)
    sheet = _sheet(card)
    return tuple(
        (
            n,
            each.kind.value,
            each.cases[sheet.case % len(each.cases) if n == sheet.ground else 0].name if each.cases else "",
            n == sheet.ground,
        )
        for n, each in enumerate(grounds_of(card), start=1)
    )


def _card(ask: Ask) -> WorkCard:
    assert ask.card is not None, "such a question has a page"
    return ask.card


def _sheet(card: WorkCard) -> RefusalSheet:
    assert card.refusing is not None, "the section was opened by F4"
    return card.refusing
