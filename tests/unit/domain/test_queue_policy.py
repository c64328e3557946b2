"""The order of the line: no rule leaves anybody waiting for ever, and each choice says why it was made."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.queue_policy import Why, choose, in_order
from app.domain.queue_rules import QueueRules, rules_of
from app.domain.ticket import Ticket, TicketState

MINUTE = 60_000
CODES = ("elderly", "military")


def ticket(name: str, issued_ms: int = 0, priority: str | None = None, **changes: object) -> Ticket:
    plain = Ticket(name, "9901", name, "A", TicketState.WAITING, 1, issued_ms, priority)
    return replace(plain, **changes)  # type: ignore[arg-type]


def why(line: list[Ticket], rules: QueueRules, now_ms: int = MINUTE, in_a_row: int = 0) -> tuple[str, Why, int]:
    choice = choose(line, rules, now_ms, in_a_row=in_a_row)
    assert choice is not None
    return choice.ticket.number, choice.why, choice.minutes


def test_a_block_is_called_by_its_reservations_before_the_line_and_after_what_was_handed_over() -> None:
    mine = {"state": TicketState.RESERVED, "window": "A01"}
    line = [
        ticket("A1", 1, "elderly"),
        ticket("A3", 3, epoch=2, **mine),
        ticket("A2", 2, epoch=7, **mine),
        ticket("A4", 4, state=TicketState.RETURNED, to_window="A01", offered_ms=5),
    ]
    order = list(in_order(line, QueueRules(), MINUTE))
    assert [each.ticket.number for each in order] == ["A4", "A3", "A2", "A1"]
    assert [each.why for each in order[:2]] == [Why.RETURNED, Why.RESERVED]


def test_without_rules_priority_comes_first_and_then_age() -> None:
    line = [ticket("A2", 2), ticket("A1", 1), ticket("A4", 4, "elderly"), ticket("A3", 3, "military")]
    assert [each.ticket.number for each in in_order(line, QueueRules(), MINUTE)] == ["A3", "A4", "A1", "A2"]


@pytest.mark.parametrize(
    ("line", "rules", "in_a_row", "said"),
    [
        ([ticket("A1"), ticket("A2", 1)], QueueRules(), 9, ("A1", Why.FIRST, 40)),
        ([ticket("A1"), ticket("A2", 1, "elderly")], QueueRules(), 9, ("A2", Why.PRIORITY, 39)),
        ([ticket("A1"), ticket("A2", 1, "elderly")], QueueRules(ordinary_after=2), 1, ("A2", Why.PRIORITY, 39)),
        ([ticket("A1"), ticket("A2", 1, "elderly")], QueueRules(ordinary_after=2), 2, ("A1", Why.ORDINARY_TURN, 40)),
        ([ticket("A1"), ticket("A2", 1, "elderly")], QueueRules(ageing_minutes=40), 0, ("A1", Why.WAITED, 40)),
        ([ticket("A1"), ticket("A2", 1, "elderly")], QueueRules(ageing_minutes=41), 0, ("A2", Why.PRIORITY, 39)),
        ([ticket("A1"), ticket("A2", 1)], QueueRules(ageing_minutes=40), 0, ("A1", Why.FIRST, 40)),
        ([ticket("A1", line_ms=5), ticket("A2", 1)], QueueRules(), 0, ("A2", Why.FIRST, 39)),
        (
            [ticket("A1", 0, "elderly"), ticket("A2", 1, "military")],
            QueueRules({"military": 2}, ageing_minutes=60),
            0,
            ("A2", Why.PRIORITY, 39),
        ),
        (
            [ticket("A1", 0, "elderly"), ticket("A2", 1, "military")],
            QueueRules({"military": 2}, ageing_minutes=40),
            0,
            ("A1", Why.PRIORITY, 40),
        ),
    ],
)
def test_the_choice_says_why(line: list[Ticket], rules: QueueRules, in_a_row: int, said: tuple[str, Why, int]) -> None:
    assert why(line, rules, 40 * MINUTE, in_a_row) == said


def test_a_ticket_that_was_handed_here_comes_first_once_its_minute_is_over() -> None:
    waiting = ticket("A1", 0, "elderly")
    offered = ticket("B1", 9, state=TicketState.TRANSFERRING, to_window="A01", offered_ms=MINUTE)
    assert why([waiting, offered], QueueRules(), 2 * MINUTE - 1)[0] == "A1"
    assert why([waiting, offered], QueueRules(), 2 * MINUTE)[:2] == ("B1", Why.TRANSFERRED)
    back = replace(offered, state=TicketState.RETURNED)
    assert why([waiting, back], QueueRules(), MINUTE)[:2] == ("B1", Why.RETURNED)


@pytest.mark.parametrize("state", [each for each in TicketState if each is not TicketState.WAITING])
def test_nobody_else_is_ever_next(state: TicketState) -> None:
    fresh = ticket("A1", state=state, offered_ms=0)
    chosen = choose([fresh], QueueRules(), 1)
    assert (chosen is None) is (state not in {TicketState.RETURNED, TicketState.RESERVED})


@given(st.lists(st.integers(0, 1000), unique=True, min_size=1, max_size=30), st.builds(QueueRules))
def test_without_priorities_it_is_first_come_first_served(times: list[int], rules: QueueRules) -> None:
    line = [ticket(f"A{each:04}", each) for each in times]
    assert [each.ticket.issued_ms for each in in_order(line, rules, 10**9)] == sorted(times)


RULES = st.builds(
    QueueRules,
    weights=st.dictionaries(st.sampled_from(CODES), st.integers(1, 9)),
    ordinary_after=st.none() | st.integers(1, 4),
    ageing_minutes=st.integers(1, 30),
)
"""What the publish gate lets pass where weights differ: age counts."""


@given(RULES, st.lists(st.sampled_from((None, *CODES)), min_size=1, max_size=12), st.sampled_from((None, *CODES)))
def test_with_ageing_nobody_waits_for_ever(rules: QueueRules, waiting: list[str | None], comes: str | None) -> None:
    """One more comes with every call, in the heaviest way the rules know; everybody of the beginning is called."""
    now, in_a_row = 0, 0
    line = [ticket(f"A{n:03}", 0, priority) for n, priority in enumerate(waiting)]
    left = {each.number for each in line}
    # Half an hour until the last of them is old enough; then every second call at least is one of them.
    for n in range(30 + 2 * len(waiting)):
        choice = choose(line, rules, now, in_a_row=in_a_row)
        assert choice is not None
        left.discard(choice.ticket.number)
        line.remove(choice.ticket)
        in_a_row = 0 if choice.ticket.priority is None else in_a_row + 1
        now += MINUTE
        line.append(ticket(f"B{n:03}", now, comes))
    assert not left


@given(
    st.integers(1, 5),
    st.none() | st.integers(1, 30),
    st.lists(st.sampled_from((None, None, *CODES)), min_size=1, max_size=40),
)
def test_alternation_is_kept(after: int, ageing: int | None, waiting: list[str | None]) -> None:
    line = [ticket(f"A{n:03}", n, priority) for n, priority in enumerate(waiting)]
    ordinary = waiting.count(None)
    run = 0
    for choice in in_order(line, QueueRules(ordinary_after=after, ageing_minutes=ageing), 10 * MINUTE):
        if choice.ticket.priority is None:
            ordinary, run = ordinary - 1, 0
        else:
            run += 1
        assert run <= after or not ordinary


def test_the_first_of_the_whole_line_is_the_first_of_its_heads() -> None:
    line = [ticket("A1", 1), ticket("A2", 2), ticket("A3", 3, "elderly"), ticket("A4", 4, "elderly")]
    heads = [line[0], line[2]]
    for rules in (QueueRules(), QueueRules(ordinary_after=1), QueueRules(ageing_minutes=1)):
        assert choose(heads, rules, 5 * MINUTE, in_a_row=1) == choose(line, rules, 5 * MINUTE, in_a_row=1)


def test_a_document_without_rules_has_none() -> None:
    assert rules_of({}) == QueueRules()
    assert rules_of({"queue": {"ordinary_after": 3}}) == QueueRules(ordinary_after=3)
