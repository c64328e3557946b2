"""Whose card lies on the reader: never the one of somebody who was called before and did not come in time."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.domain.id_card import CardType, IdCard, Sex
from app.domain.person import Person
from app.domain.visit import Admission, Visit, VisitState
from app.domain.work.card import WorkCard
from app.ports.card_reader import CardLifted, CardRead
from ui.screens.counter.news import News
from ui.screens.counter.state import CounterState

CARD = IdCard(CardType.RESIDENT, "陈某某", Sex.MALE, date(1990, 3, 7), "990101199003070015", date(2020, 1, 1), None)


@dataclass
class Window:
    """A presenter whose acts are answered by the test."""

    state: CounterState = field(default_factory=lambda: CounterState(window="A01", now_ms=0))
    acted: int = 0
    card: WorkCard = field(default_factory=lambda: WorkCard(None, "A012", "A", 1, ()))

    def act(self, _work: Any) -> None:
        self.acted += not self.state.busy

    def update(self, **_changes: Any) -> None:
        """Show it."""

    def change_card(self, change: Callable[[WorkCard], WorkCard]) -> None:
        self.card = change(self.card)

    def stands_at(self, visit: Visit | None, *, busy: bool = False) -> None:
        self.state = CounterState(window="A01", now_ms=0, visit=visit, busy=busy)


def visit(number: str, state: VisitState = VisitState.CALLED, **more: Any) -> Visit:
    values = {"admission": Admission.CALLED, "called_ms": 0, **more}
    return Visit(f"visit-{number}", None, number, "A", state=state, **values)


def taken_after_an_idle_card(**more: Any) -> Person | None:
    """Return whose card a citizen is served with after a card was laid at millisecond 0, with nobody called."""
    window = Window()
    news = News(window)
    news.reader(CardRead(CARD))
    return news.take_card(visit("A012", VisitState.SERVING, **more))


def test_the_card_of_who_was_called_is_theirs_once_they_are_served() -> None:
    window = Window()
    news = News(window)
    window.stands_at(visit("A012"))
    news.reader(CardRead(CARD))
    assert window.acted == 1
    assert news.take_card(visit("A012", VisitState.SERVING)).number == CARD.number
    assert news.take_card(visit("A012", VisitState.SERVING)) is None, "a card is taken once"


def test_a_card_laid_while_the_next_is_being_called_is_not_the_next_ones() -> None:
    window = Window()
    news = News(window)
    window.stands_at(visit("A012"), busy=True)
    news.reader(CardRead(CARD))
    assert window.acted == 0
    assert news.take_card(visit("A013", VisitState.SERVING)) is None


def test_a_card_that_was_lifted_is_nobodys() -> None:
    news = News(Window())
    news.reader(CardRead(CARD))
    news.reader(CardLifted())
    assert news.take_card(visit("A012", VisitState.SERVING)) is None


def test_a_card_of_who_is_leaving_is_never_the_next_ones() -> None:
    news = News(Window())
    news.reader(CardRead(CARD))
    news.forget_card()
    assert news.take_card(visit("A012", VisitState.SERVING, called_ms=-1)) is None


def test_a_card_forgotten_on_the_reader_is_not_that_of_the_next_one_called() -> None:
    assert taken_after_an_idle_card(called_ms=1) is None


def test_a_card_laid_before_the_ticket_was_typed_is_that_of_who_shows_the_ticket() -> None:
    assert taken_after_an_idle_card(called_ms=1, admission=Admission.PRESENTED).number == CARD.number


def test_a_card_found_after_a_restart_is_that_of_who_sat_here_already() -> None:
    assert taken_after_an_idle_card(called_ms=-1).number == CARD.number
