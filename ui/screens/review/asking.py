"""What the reviewer's answers lead to: the next question, or an act on the store."""

from dataclasses import replace
from functools import partial

from app.domain.case import Case
from app.domain.catalogue.item import Item
from app.domain.upward import UpwardStage, upward_of
from app.usecases.acting import ActRefused
from app.usecases.report_upward import INCOMPLETE
from ui.screens.review import acts
from ui.screens.review.acts import Act
from ui.screens.review.answers import ANSWER_QUESTIONS, answer_entered, answer_question, answer_typed
from ui.screens.review.build.strip import ATTACH_DENIED, ATTACH_GRANTED, CONTACTS, contacts
from ui.screens.review.build.view import keys
from ui.screens.review.clocks import CLOCK_QUESTIONS, clock_entered, clock_question, clock_typed
from ui.screens.review.conflicts import conflict_question, conflict_typed
from ui.screens.review.extensions import EXTENSION_QUESTIONS, extension_entered, extension_question
from ui.screens.review.starts import start_entered, start_question
from ui.screens.review.state import Ask, Question, ReviewState

Step = tuple[ReviewState, Act | None]


def open_question(state: ReviewState, name: str) -> Ask | None:
    """Return the question a function key opens; None where it opens none now."""
    case = state.case
    if name == "act_conflicts" or case is None or name not in keys(state):
        return conflict_question(state) if name == "act_conflicts" else None
    match name:
        case "act_grant":
            return Ask(Question.GRANT, case.case_id)
        case "act_deny":
            return Ask(Question.CONDITIONS, case.case_id)
        case "act_notice" | "act_refuse" | "act_start" | "act_clock" | "act_extend":
            return _opened(state, case, name)
        case "act_upward":
            return Ask(Question.ORGAN if upward_of(case) is None else Question.CONTACT, case.case_id)
        case _:
            return None


def _opened(state: ReviewState, case: Case, name: str) -> Ask | None:
    """Return the question of a key whose questions stand in a module of their own."""
    match name:
        case "act_clock":
            return clock_question(case)
        case "act_extend":
            return extension_question(case)
        case "act_start":
            return start_question(case, state.facts.item(case) if state.facts is not None else None)
        case _:
            facts = state.facts
            catalogue = facts.catalogues.get(case.catalogue_version, facts.catalogue) if facts is not None else None
            return answer_question(case, catalogue, name) if catalogue is not None else None


def typed(state: ReviewState, ask: Ask, sign: str) -> Step:
    """Return where a digit leads."""
    case, item = _about(state, ask)
    if ask.question is Question.CONFLICT or case is None or item is None or not sign.isdecimal():
        return state, conflict_typed(state, ask, sign)
    number = int(sign)
    if ask.question in ANSWER_QUESTIONS:
        return _asked(state, *answer_typed(ask, number)), None
    if ask.question in CLOCK_QUESTIONS:
        return _led(state, clock_typed(ask, item, number))
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
    if ask.question is Question.CONFLICT:
        return state, None
    case, item = _about(state, ask)
    if case is None or item is None:
        return replace(state, ask=None), None
    if ask.question in ANSWER_QUESTIONS:
        answer = answer_entered(ask)
        return (_asked(state, *answer), None) if isinstance(answer, tuple) else (state, answer)
    if ask.question in EXTENSION_QUESTIONS:
        return _led(state, extension_entered(ask))
    onward = _next(state, ask)
    if onward is not None:
        return onward, None
    return state, clock_entered(ask, item) if ask.question in CLOCK_QUESTIONS else _act(ask, case)


def _next(state: ReviewState, ask: Ask) -> ReviewState | None:
    """Return the state with the next question, or with what this one lacks; None where Enter is an act."""
    match ask.question:
        case Question.RESULT:
            return _named(state, ask)
        case Question.CONDITIONS:
            return _onward(state, ask, Question.FACTS, "" if ask.unmet else "decision_no_condition")
        case Question.FACTS:
            return _onward(state, ask, Question.DENY, "" if ask.denial else "decision_no_facts")
        case _:
            return None


def _led(state: ReviewState, led: Ask | Act | None) -> Step:
    """Return where an answer leads: another question, an act, or nowhere."""
    return (replace(state, ask=led, message=""), None) if isinstance(led, Ask) else (state, led)


def _asked(state: ReviewState, ask: Ask, missing: str) -> ReviewState:
    return replace(state, ask=ask, message=missing)


def _onward(state: ReviewState, ask: Ask, question: Question, missing: str) -> ReviewState:
    """Return the state with the next question, or with what is missing for it."""
    if missing:
        return replace(state, message=missing)
    return replace(state, ask=replace(ask, question=question), message="")


def _named(state: ReviewState, ask: Ask) -> ReviewState:
    """Return the state with the question for the file of a document that is named whole."""
    try:
        number, _, organ = acts.document_named(ask.words)
    except ActRefused as refused:
        return replace(state, message=refused.reason.value)
    if not number or not organ.strip():
        return replace(state, message=INCOMPLETE.value)
    return replace(state, ask=replace(ask, question=Question.SCAN, kept=(ask.words,), words=""), message="")


def _act(ask: Ask, case: Case) -> Act | None:
    match ask.question:
        case Question.GRANT:
            act: Act | None = partial(acts.grant, case_id=case.case_id)
        case Question.DENY if ask.denial is not None:
            act = partial(acts.deny, case_id=case.case_id, denial=ask.denial)
        case Question.START:
            act = start_entered(ask)
        case Question.ORGAN:
            act = partial(acts.report, case_id=case.case_id, organ=ask.words)
        case Question.NOTE:
            act = partial(acts.contact, case_id=case.case_id, words=ask.words, stage=_stage(ask, case))
        case Question.SCAN:
            granted = ask.way == ATTACH_GRANTED
            act = partial(acts.attach, case_id=case.case_id, words=ask.kept[-1], granted=granted, scan=ask.words)
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
