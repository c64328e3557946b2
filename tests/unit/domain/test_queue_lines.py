"""Several windows that choose in one go get whom they would get one after the other."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.queue_lines import QueueLines
from app.domain.queue_policy import choose
from app.domain.queue_rules import QueueRules
from app.domain.ticket import Ticket, TicketState

MINUTE = 60_000
NOW = 100 * MINUTE
WINDOWS = {"W1": ("A",), "W2": ("A", "B"), "W3": ("B",), "W4": ("A",)}
RULES = st.builds(
    QueueRules,
    weights=st.sampled_from([{}, {"elderly": 2, "military": 3}, {"elderly": 1, "military": 1}]),
    ageing_minutes=st.sampled_from([None, 40]),
    ordinary_after=st.sampled_from([None, 1, 2]),
)


def ticket(nth: int, place: int, business: str, priority: str | None) -> Ticket:
    return Ticket(
        f"t{nth:02}", "9901", f"{business}{nth:03}", business, TicketState.WAITING, 1, place * MINUTE, priority
    )


TICKETS = st.lists(
    st.tuples(st.integers(0, 99), st.sampled_from("AB"), st.sampled_from([None, None, "elderly", "military"])),
    max_size=12,
).map(lambda made: [ticket(nth, *each) for nth, each in enumerate(made)])


def one_after_the_other(
    line: list[Ticket], own: dict[str, list[Ticket]], rules: QueueRules, lately: list[Ticket], calls: list[str]
) -> list[str | None]:
    """Choose as single calls do, each from all who wait then; ``lately`` were called, newest last."""
    chosen = list[str | None]()
    for window in calls:
        codes = WINDOWS[window]
        here = [each for each in line if each.business in codes] + own.get(window, [])
        before = [each.priority for each in reversed(lately) if each.business in codes]
        in_a_row = next((n for n, priority in enumerate(before) if priority is None), len(before))
        choice = choose(here, rules, NOW, in_a_row=min(in_a_row, rules.ordinary_after or 0))
        chosen.append(None if choice is None else choice.ticket.number)
        if choice is not None:
            lately = [*lately, choice.ticket]
            line = [each for each in line if each != choice.ticket]
            own = {key: [each for each in tickets if each != choice.ticket] for key, tickets in own.items()}
    return chosen


@settings(max_examples=40)
@given(
    line=TICKETS,
    before=TICKETS,
    rules=RULES,
    calls=st.lists(st.sampled_from(list(WINDOWS)), max_size=8),
    data=st.data(),
)
def test_a_crowd_chooses_as_single_windows_do(
    line: list[Ticket], before: list[Ticket], rules: QueueRules, calls: list[str], data: st.DataObject
) -> None:
    lately = [replace(each, ticket_id=f"c{each.ticket_id}", number="") for each in before]
    own = dict[str, list[Ticket]]()
    for nth, window in enumerate(data.draw(st.lists(st.sampled_from(list(WINDOWS)), max_size=3))):
        handed = replace(ticket(50 + nth, nth, "B", None), state=TicketState.RETURNED, to_window=window, offered_ms=nth)
        own.setdefault(window, []).append(handed)
    known = {
        codes: [each.priority for each in reversed(lately) if each.business in codes][: rules.ordinary_after or 0]
        for codes in WINDOWS.values()
    }
    lines = QueueLines(rules, NOW, own=own, waiting=line, lately=known)
    choices = [lines.next_for(window, WINDOWS[window]) for window in calls]
    got = [None if each is None else each.ticket.number for each in choices]
    assert got == one_after_the_other(line, own, rules, lately, calls)


def test_nobody_is_chosen_twice_and_who_is_handed_over_goes_before_the_line() -> None:
    line = [ticket(1, 1, "A", None), ticket(2, 2, "A", None)]
    handed = replace(ticket(3, 3, "A", None), state=TicketState.RETURNED, to_window="W4", offered_ms=1)
    lines = QueueLines(QueueRules(), NOW, own={"W4": [handed]}, waiting=line, lately={})
    chosen = [lines.next_for(window, ("A",)) for window in ("W1", "W4", "W4", "W1")]
    assert [each and each.ticket.ticket_id for each in chosen] == ["t01", "t03", "t02", None]
