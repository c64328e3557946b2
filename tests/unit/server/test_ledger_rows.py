"""Which operations make rows in the ledgers, and when they say that it was."""

from typing import Any

import pytest

from app.domain.ledgers import KINDS, LedgerName
from app.domain.rating import rating_mark
from app.domain.rights import Role
from sync.protocol.interface import Refused
from sync.server.service.apply_ops import KINDS as APPLIED
from sync.server.service.caller import Caller
from sync.server.service.ledgers.ask import Asked, ledger_figures, ledger_page
from sync.server.service.ledgers.definitions import LEDGERS

HALL = "9901"
MINUTE = 60_000
DAY = 24 * 60 * MINUTE


def page(hall: Any, name: str, *days: str) -> Any:
    manager = Caller(HALL, frozenset({Role.FLOOR_MANAGER}), clerk="0901")
    return ledger_page(hall.service.context, manager, HALL, name, Asked(*days))


def paused(counter: Any, since_ms: int, **more: Any) -> Any:
    until = {"reason": "meal", "since_ms": since_ms, "until_ms": since_ms + 30 * MINUTE}
    kind = "window.resumed" if "ended_ms" in more else "window.paused"
    return counter.operation(kind, "window", counter.window, {**until, **more})


def test_every_kind_that_counts_can_be_applied_and_has_its_word() -> None:
    assert {kind for kind, _ in APPLIED} >= set(KINDS)
    for name in LedgerName:
        counted = {kind for kind, ledgers in KINDS.items() if name in ledgers}
        assert counted <= set(LEDGERS[name].kinds), name
        assert LEDGERS[name].rule.endswith("。"), name


def test_what_was_done_without_the_network_counts_on_the_day_it_was_done(hall: Any) -> None:
    counter = hall.counter("A01")
    operation = counter.accepted()
    hall.clock.now += DAY
    counter.push(operation)
    assert page(hall, "acceptance", "2026-11-23").count == 1
    assert page(hall, "acceptance").count == 0


def test_a_clock_that_is_ahead_counts_from_now_and_its_pause_ends_all_the_same(hall: Any) -> None:
    counter = hall.counter("A01")
    since_ms = hall.clock.now + 4 * MINUTE
    counter.push(paused(counter, since_ms, minutes=30))
    assert page(hall, "suspension").rows[0].cells[0] == "2026-11-23 09:00:00"
    assert page(hall, "suspension").amount == 0
    hall.clock.now += 12 * MINUTE
    counter.push(paused(counter, since_ms, ended_ms=since_ms + 7 * MINUTE + 1))
    assert page(hall, "suspension").amount == 8, "begun minutes count whole"
    later = hall.clock.now
    counter.push(paused(counter, later, minutes=30), paused(counter, later, ended_ms=later + 2 * MINUTE))
    assert (page(hall, "suspension").count, page(hall, "suspension").amount) == (2, 10)


def test_what_is_parked_counts_nowhere(hall: Any) -> None:
    counter = hall.counter("A01")
    counter.push(counter.accepted(), counter.accepted(item_id="ITM-09", case_id="case-2", sequence=2))
    assert page(hall, "acceptance").count == 1
    assert [each.cells[4] for each in page(hall, "acceptance").rows] == ["张*"]


def test_a_person_alone_sees_rows_and_only_in_their_hall(hall: Any) -> None:
    device = hall.service.authenticate("token-manager")
    assert ledger_figures(hall.service.context, device, HALL, Asked()).figures
    for caller, code in ((device, "forbidden"), (Caller(HALL, frozenset({Role.CLERK}), clerk="0301"), "forbidden")):
        with pytest.raises(Refused) as refused:
            ledger_page(hall.service.context, caller, HALL, "acceptance", Asked())
        assert refused.value.code == code
    with pytest.raises(Refused) as refused:
        ledger_page(hall.service.context, Caller("9902", device.roles, clerk="0901"), HALL, "acceptance", Asked())
    assert refused.value.code == "unknown_hall"


def test_numbers_and_ratings_are_paged_without_their_keys_leaving_the_server(hall: Any) -> None:
    numbers = [hall.issue() for _ in range(3)]
    counter = hall.counter("A01")
    for n, grade in enumerate((1, 5), start=1):
        token = f"{n:022}"
        accepted = counter.accepted(case_id=f"case-{n}", sequence=n, rating_token=token)
        payload = {"grade": grade, "way": "keypad", "window": "A01"}
        counter.push(accepted, counter.operation("rating.given", "rating", rating_mark(token), payload))
    manager = Caller(HALL, frozenset({Role.SUPERVISOR}), clerk="0902")
    seen: dict[str, list[Any]] = {"tickets": [], "ratings": []}
    for name, rows in seen.items():
        after: str | None = ""
        while after is not None:
            got = ledger_page(hall.service.context, manager, HALL, name, Asked(), after=after, most=1)
            assert rating_mark(f"{1:022}")[:8] not in str(got)
            rows += [row.cells[1] for row in got.rows]
            after = got.after
    assert seen == {"tickets": numbers, "ratings": ["非常不满意", "非常满意"]}
