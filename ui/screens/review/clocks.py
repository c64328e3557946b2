"""F5 不计时: the procedure, its days, the printed notice, then the clock stops; a stopped one runs again (rule L04)."""

from dataclasses import replace
from functools import partial

from app.domain.case import Case, CaseState
from app.domain.case_clock import clock_of
from app.domain.catalogue.item import Item
from app.domain.clock_moves import procedures_of
from ui.screens.floor.view_model import StripView
from ui.screens.review import clock_acts
from ui.screens.review.acts import Act
from ui.screens.review.state import Ask, Question
from ui.texts import text

CLOCK_QUESTIONS = frozenset({Question.STOP_WAY, Question.STOP_DAYS, Question.STOP_NOW, Question.RESUME})
_NOW = ("打印告知书", "已盖章", "停止计时", "撤回告知")
_PRINT, _SEAL, _STOP, _DROP = range(1, len(_NOW) + 1)
_MOST = 9
"""Procedures that have a digit."""


def clock_question(case: Case) -> Ask | None:
    """Return what F5 asks about a case; None where no clock can be stopped or run again."""
    if case.state is CaseState.SUSPENDED:
        return Ask(Question.RESUME, case.case_id)
    if case.state is not CaseState.REVIEWING:
        return None
    announced = clock_of(case).announced is not None
    return Ask(Question.STOP_NOW if announced else Question.STOP_WAY, case.case_id)


def clock_strip(ask: Ask, case: Case, item: Item) -> StripView:
    """Return what such a question shows."""
    clock = clock_of(case)
    match ask.question:
        case Question.RESUME:
            last = clock.suspensions[-1].last if clock.suspensions else ""
            return StripView("恢复计时", case.case_no, f"今天起重新计算；原定停到 {last}", ready=True)
        case Question.STOP_NOW:
            told = clock.announced
            words = f"{told.procedure} {told.first} 至 {told.last}，{told.doc_no}" if told is not None else ""
            return StripView("特别程序告知书", consequence=words, hints=_numbered(_NOW))
        case _:
            names = tuple(each.name for each in procedures_of(item)[:_MOST])
            words = "" if names else text("clock_procedure_not_listed")
            return StripView("因什么停止计时", consequence=words, hints=_numbered(names))


def clock_typed(ask: Ask, item: Item, number: int) -> Ask | Act | None:
    """Return where a digit leads: the next question, an act, or nowhere."""
    if ask.question is Question.STOP_WAY:
        known = 1 <= number <= min(_MOST, len(procedures_of(item)))
        return replace(ask, question=Question.STOP_DAYS, way=number) if known else None
    if ask.question is not Question.STOP_NOW:
        return None
    acts = {
        _PRINT: clock_acts.print_notice,
        _SEAL: clock_acts.seal_notice,
        _STOP: clock_acts.stop,
        _DROP: clock_acts.drop,
    }
    act = acts.get(number)
    return None if act is None else partial(act, case_id=ask.case_id)


def clock_entered(ask: Ask, item: Item) -> Act | None:
    """Return what Enter does."""
    if ask.question is Question.RESUME:
        return partial(clock_acts.run_again, case_id=ask.case_id)
    if ask.question is Question.STOP_DAYS:
        name = procedures_of(item)[ask.way - 1].name
        return partial(clock_acts.announce_it, case_id=ask.case_id, procedure=name, words=ask.words)
    return None


def _numbered(words: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((str(n), each) for n, each in enumerate(words, start=1))
