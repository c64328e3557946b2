"""What the reviewer's answers lead to: the next question, or an act on the store."""

from dataclasses import replace
from functools import partial

from app.domain.case import Case
from app.domain.catalogue.item import Item
from app.domain.upward import UpwardStage, upward_of
from ui.screens.review import acts
from ui.screens.review.acts import Act
from ui.screens.review.build.strip import ATTACH_DENIED, ATTACH_GRANTED, CONTACTS, contacts
from ui.screens.review.build.view import keys
from ui.screens.review.clocks import CLOCK_QUESTIONS, clock_entered, clock_question, clock_typed
from ui.screens.review.extensions import EXTENSION_QUESTIONS, extension_entered, extension_question
from ui.screens.review.state import Ask, Question, ReviewState

Step = tuple[ReviewState, Act | None]


def open_question(state: ReviewState, name: str) -> Ask | None:
    """Return the question a function key opens; None where it opens none now."""
    case = state.case
    if case is None or name not in keys(state):
        return None
    match name:
        case "act_grant":
            return Ask(Question.GRANT, case.case_id)
        case "act_deny":
            return Ask(Question.CONDITIONS, case.case_id)
        case "act_clock" | "act_extend":
            return clock_question(case) if name == "act_clock" else extension_question(case)
        case "act_upward":
            return Ask(Question.ORGAN if upward_of(case) is None else Question.CONTACT, case.case_id)
        case _:
            return None


def typed(state: ReviewState, ask: Ask, sign: str) -> Step:
    """Return where a digit leads."""
    case, item = _about(state, ask)
    if case is None or item is None or not sign.isdecimal():
        return state, None
    number = int(sign)
    if ask.question in CLOCK_QUESTIONS:
        led = clock_typed(ask, item, number)
        if led is None:
            return state, None
        return (replace(state, ask=led, message=""), None) if isinstance(led, Ask) else (state, led)
    if ask.question is Question.CONDITIONS and 1 <= number <= len(item.conditions):
        unmet = tuple(each for each in ask.unmet if each != number)
        after = unmet if len(unmet) < len(ask.unmet) else tuple(sorted((*unmet, number)))
        return replace(state, ask=replace(ask, unmet=after), message=""), None
    if ask.question is Question.CONTACT and number in {n for n, _ in contacts(case)}:
        decided = len(contacts(case)) == ATTACH_DENIED
        attach = decided and number in {ATTACH_GRANTED, ATTACH_DENIED}
        question = Question.RESULT if attach else Question.NOTE
        return replace(state, ask=replace(ask, question=question, way=number), message=""), None
    return state, None


def erased(ask: Ask) -> Ask:
    """Return the question without its last digit."""
    return replace(ask, unmet=ask.unmet[:-1]) if ask.question is Question.CONDITIONS else ask


def entered(state: ReviewState, ask: Ask) -> Step:
    """Return where Enter leads: to the next question, or to an act."""
    case, item = _about(state, ask)
    if case is None or item is None:
        return replace(state, ask=None), None
    if ask.question in EXTENSION_QUESTIONS:
        led = extension_entered(ask)
        return (replace(state, ask=led, message=""), None) if isinstance(led, Ask) else (state, led)
    if ask.question is Question.CONDITIONS:
        return _onward(state, ask, Question.FACTS, "" if ask.unmet else "decision_no_condition"), None
    if ask.question is Question.FACTS:
        return _onward(state, ask, Question.DENY, "" if ask.denial else "decision_no_facts"), None
    return state, clock_entered(ask, item) if ask.question in CLOCK_QUESTIONS else _act(ask, case)


def _onward(state: ReviewState, ask: Ask, question: Question, missing: str) -> ReviewState:
    """Return the state with the next question, or with what is missing for it."""
    if missing:
        return replace(state, message=missing)
    return replace(state, ask=replace(ask, question=question), message="")


def _act(ask: Ask, case: Case) -> Act | None:
    match ask.question:
        case Question.GRANT:
            act: Act | None = partial(acts.grant, case_id=case.case_id)
        case Question.DENY if ask.denial is not None:
            act = partial(acts.deny, case_id=case.case_id, denial=ask.denial)
        case Question.ORGAN:
            act = partial(acts.report, case_id=case.case_id, organ=ask.words)
        case Question.NOTE:
            act = partial(acts.contact, case_id=case.case_id, words=ask.words, stage=_stage(ask, case))
        case Question.RESULT:
            granted = ask.way == ATTACH_GRANTED
            act = partial(acts.attach, case_id=case.case_id, words=ask.words, granted=granted)
        case _:
            act = None
    return act


def _stage(ask: Ask, case: Case) -> UpwardStage | None:
    """Return the stage that the digit before the note says the case has come to."""
    upward = upward_of(case)
    lines = CONTACTS[upward.stage] if upward is not None else ()
    return lines[ask.way - 1][1] if 1 <= ask.way <= len(lines) else None


def _about(state: ReviewState, ask: Ask) -> tuple[Case | None, Item | None]:
    facts = state.facts
    case = facts.case(ask.case_id) if facts is not None else None
    return case, facts.item(case) if facts is not None and case is not None else None
