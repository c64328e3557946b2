"""Where a citizen goes who has no case: to whoever is named, else to who can take what was asked about."""

import pytest

from app.domain.catalogue.catalogue import Catalogue
from app.domain.referral import Goal, chosen_window
from app.domain.referral_asked import Asked, asked_of, goal_of_asked
from app.domain.transfer import WindowLine
from app.domain.visit import Outcome
from app.domain.work.card import WorkCard
from app.domain.work.ending import choose_way, open_menu, write


@pytest.mark.parametrize(
    ("asked", "own", "goal"),
    [
        # A window that only takes papers in sends to one that accepts.
        (Asked("ITM-02"), "D02", Goal("A01", "A", "食品经营许可", anywhere=True)),
        # Nobody need go where this window does it too.
        (Asked("ITM-02"), "A01", Goal("A02", "A", "食品经营许可", urged=False, anywhere=True)),
        # The only other window may do less: nobody is sent there.
        (Asked("ITM-08"), "A07", None),
        # Who is named to answer comes before what is asked about.
        (Asked("ITM-02", "残疾人证新办问什么", "b02窗口 0311号"), "A01", Goal("B02", "B", "残疾人证新办问什么")),
        (Asked("ITM-02", "居住证怎么办", "A01窗口 0301号"), "A01", Goal("B05", "C", "居住证", anywhere=True)),
        (Asked("", "农村宅基地", "A01窗口 0301号"), "A01", None),
        (Asked("", "农村宅基地", "C01 出件窗口"), "A01", Goal("C01", "G", "农村宅基地")),
        (Asked("gone"), "A01", None),
        (None, "A01", None),
    ],
)
def test_the_window_named_comes_before_the_item_named(
    demo_catalogue: Catalogue, asked: Asked | None, own: str, goal: Goal | None
) -> None:
    assert goal_of_asked(asked, demo_catalogue, own) == goal


def test_where_any_window_of_the_business_will_do_the_shortest_line_is_taken() -> None:
    lines = [WindowLine("A01", ("A",), 4, open=True), WindowLine("A02", ("A",), 1, open=True)]
    assert chosen_window(lines, Goal("A01", "A", "食品经营许可", anywhere=True), "D02") == "A02"
    assert chosen_window(lines, Goal("A01", "A", "食品经营许可"), "D02") == "A01"
    assert chosen_window([], Goal("A01", "A", "食品经营许可", anywhere=True), "D02") == "A01"


def test_only_a_question_and_a_register_are_asked(demo_catalogue: Catalogue) -> None:
    card = WorkCard(None, "A012", "A", demo_catalogue.version, demo_catalogue.items_of_business("A"))
    assert asked_of(Outcome.INFORMED, card.choose_item("ITM-02")) == Asked("ITM-02")
    written = write(choose_way(open_menu(card), 2), "topic", " 宅基地 ")
    assert asked_of(Outcome.REGISTERED, write(written, "owner", "B02窗口")) == Asked("", "宅基地", "B02窗口")
    assert asked_of(Outcome.VOIDED, card.choose_item("ITM-02")) is None
    assert asked_of(Outcome.INFORMED, None) is None
