"""Pushes of several counters by one transaction: what comes of each is what would have come of it alone."""

import asyncio
import random
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from typing import Any

import pytest

from app.commands.system_clock import SystemClock
from app.domain.operation import to_wire
from app.domain.rights import Role
from app.domain.walk_in import walk_in_number
from sync.protocol.interface import Refused
from sync.protocol.messages import MAX_PAGE, Event, Push, PushResult
from sync.server.http.application import OPERATIONS
from sync.server.http.sync_routes import weight
from sync.server.http.together import Together
from sync.server.service import provision
from sync.server.service.push import push_together
from sync.server.service.tokens import token_hash
from sync.server.storage import devices
from sync.server.storage.devices import ChainKey
from sync.server.storage.engine import Storage, open_storage

HALL = "9901"
WINDOWS = ("A01", "A02", "A03", "B01", "D01")


def pushed(counter: Any, *operations: Any) -> Push:
    """Return what the counter sends."""
    wire = [to_wire(each) for each in operations]
    return Push(device=counter.device, incarnation=counter.incarnation, first_seq=operations[0].seq, ops=wire)


def sent(hall: Any, counter: Any, *operations: Any) -> tuple[Any, Push]:
    """Return who sends what."""
    return hall.service.authenticate(f"token-{counter.window}"), pushed(counter, *operations)


def said(answer: PushResult | Refused) -> Any:
    """Return an answer in short: the refusal's code, or statuses with their reasons."""
    if isinstance(answer, Refused):
        return answer.code
    return [each.status if each.reason is None else each.reason for each in answer.results]


def walked_in(counter: Any, serial: int) -> Any:
    payload = {
        "number": walk_in_number(counter.number, serial),
        "window": counter.window,
        "business_date": "2026-11-23",
        "served_ms": counter.clock.now_ms(),
    }
    return counter.operation("ticket.walked_in", "ticket", f"walk-{counter.window}-{serial}", payload)


def of_walk_in(counter: Any, serial: int, kind: str, **more: Any) -> Any:
    payload = {"number": walk_in_number(counter.number, serial), "window": counter.window, **more}
    return counter.operation(kind, "ticket", f"walk-{counter.window}-{serial}", payload)


def finished(counter: Any, serial: int) -> Any:
    return of_walk_in(counter, serial, "ticket.finished", outcome="answered", case_id=None)


def rated(counter: Any, token: str) -> Any:
    payload = {"grade": 5, "way": "keypad", "window": counter.window}
    return counter.operation("rating.given", "rating", token_hash(token), payload)


def feed_of(hall: Any) -> list[Event]:
    return list(hall.server("A01").pull(HALL, 0, MAX_PAGE).events)


def test_each_has_an_answer_of_its_own(hall: Any) -> None:
    well, behind, again, odd, forked = (hall.counter(window) for window in WINDOWS)
    kept = again.accepted(case_id="case-again")
    again.push(kept)
    forked.push(walked_in(forked, 1))
    clone = hall.counter("D01")
    behind.operation("day.opened", "window", "A02", {"business_date": "2026-11-23"})
    before = len(feed_of(hall))
    answers = push_together(
        hall.service.context,
        [
            sent(hall, well, walked_in(well, 1), well.accepted(case_id="case-well", rating_token="w" * 22)),
            sent(hall, behind, walked_in(behind, 1)),
            sent(hall, again, kept, walked_in(again, 1)),
            sent(hall, odd, odd.operation("nothing.known", "window", "B01", {}), walked_in(odd, 1)),
            sent(hall, clone, walked_in(clone, 2)),
            (hall.service.authenticate("token-manager"), pushed(well, walked_in(well, 2))),
        ],
    )
    expected = [["applied"] * 2, "gap", ["duplicate", "applied"], ["unknown_kind", "applied"], "fork", "forbidden"]
    assert [said(each) for each in answers] == expected
    assert isinstance(answers[0], PushResult)
    assert answers[0].acked_seq == 2
    events = feed_of(hall)
    assert [each.seq for each in events] == list(range(1, len(events) + 1))
    told = [each.entity for each in events[before:]]
    assert sorted(told) == ["card", "case", "ticket", "ticket", "ticket", "window"]  # a card hangs of what was parked
    with pytest.raises(Refused, match="quarantined"):
        forked.push(walked_in(forked, 3))


def test_pushes_of_one_device_that_meet_follow_each_other(hall: Any) -> None:
    counter, other = hall.counter("A01"), hall.counter("A02")
    first, second = walked_in(counter, 1), finished(counter, 1)
    waiting = [sent(hall, counter, first), sent(hall, other, walked_in(other, 1)), sent(hall, counter, second)]
    repeated = [*waiting, sent(hall, counter, first, second)]
    answers = [said(each) for each in push_together(hall.service.context, repeated)]
    assert answers == [["applied"], ["applied"], ["applied"], ["duplicate", "duplicate"]]


def test_what_one_tells_of_anothers_ticket_is_read_after_it(hall: Any) -> None:
    """Two windows name one ticket in one transaction: what was read ahead must not hide what the first did to it."""
    from_window, to_window, third = hall.counter("A01"), hall.counter("A02"), hall.counter("A03")
    hall.issue()
    called = hall.call("A01")
    handed = {"to_window": "A02", "reason": "other_item"}
    served = sent(hall, from_window, from_window.ticket_op("ticket.served", called))
    push_together(hall.service.context, [served, sent(hall, third, walked_in(third, 1))])
    came = (
        to_window.ticket_op("ticket.taken", called),
        to_window.presented(called.number),
        to_window.ticket_op("ticket.finished", called, outcome="answered", case_id=None),
    )
    answers = push_together(
        hall.service.context,
        [
            sent(hall, from_window, from_window.ticket_op("ticket.transferred", called, **handed)),
            sent(hall, to_window, *came),
            sent(hall, third, finished(third, 1)),
        ],
    )
    assert [said(each) for each in answers] == [["applied"], ["applied"] * 3, ["applied"]]
    rows = hall.server("A01").snapshot(HALL).tables
    assert [(each["state"], each["window"]) for each in rows["ticket"] if each["ticket_id"] == called.id] == [
        ("done", "A02")
    ]
    assert [(each["contact_id"], each["state"]) for each in rows["contact"]] == [(called.id, "closed")]


ENDS: tuple[tuple[str, ...], ...] = (("finished",), ("held", "resumed", "finished"), ("withdrawn",), ("held",))
"""What becomes of a citizen; a withdrawn number waits again, which is no kind that gathers (ADR 0031)."""


def a_visit(counter: Any, chance: random.Random, serial: int) -> list[Any]:
    """Sign what a citizen is, now and then in an order, under a case or with a grade that cannot be."""
    case_id = f"case-{counter.window}-{serial if chance.random() < 0.95 else 1}"
    token = f"{counter.window}-{serial}".ljust(22, "-")
    steps = ["walked", "case", "rated", *chance.choice(ENDS), *(["rated"] if chance.random() < 0.05 else [])]
    if chance.random() < 0.08:
        chance.shuffle(steps)
    said_by = {
        "walked": lambda: walked_in(counter, serial),
        "case": lambda: counter.accepted(case_id=case_id, sequence=serial, rating_token=token),
        "rated": lambda: rated(counter, token),
        "finished": lambda: finished(counter, serial),
        "held": lambda: of_walk_in(counter, serial, "ticket.held", reason="photo"),
    }
    return [said_by[each]() if each in said_by else of_walk_in(counter, serial, f"ticket.{each}") for each in steps]


def a_morning(hall: Any, chance: random.Random, *, together: bool) -> tuple[Any, list[Any], list[Event]]:
    """Let five windows work and push at random, together or each alone; return digest, answers and feed."""
    counters, serials, answers = [hall.counter(window) for window in WINDOWS], dict.fromkeys(WINDOWS, 0), []
    for _ in range(7):
        waiting = []
        for counter in chance.sample(counters, chance.randint(2, len(counters))):
            serials[counter.window] += 1
            waiting.append(sent(hall, counter, *a_visit(counter, chance, serials[counter.window])))
        groups = [waiting] if together else [[each] for each in waiting]
        answers += [said(each) for group in groups for each in push_together(hall.service.context, group)]
        hall.clock.now += 60_000
    return hall.server("A01").digest(HALL), answers, feed_of(hall)


MIRRORED = ("ticket", "case", "contact", "window")


def told(event: Event) -> Any:
    """Return what the feed tells; the name of a card is drawn by chance."""
    drawn = event.entity == "card"
    data = {name: value for name, value in event.data.items() if name != "card_id"} if event.data else event.data
    return (event.seq, event.entity, "" if drawn else event.entity_id, event.rev, data)


@pytest.mark.parametrize("seed", [0])
def test_together_comes_to_the_same_as_one_after_the_other(store: Any, hall_on: Any, seed: int) -> None:
    came = []
    for together in (False, True):
        store.hold(furnished=True)
        came.append(a_morning(hall_on(store.storage), random.Random(seed), together=together))
    (digest, answers, feed), (digest_together, answers_together, feed_together) = came
    assert answers_together == answers
    assert {reason for each in answers for reason in each} > {"applied"}  # some are parked
    assert any(set(each) == {"applied"} for each in answers)
    assert [told(each) for each in feed_together] == [told(each) for each in feed]
    assert {each: digest_together.tables[each] for each in MIRRORED} == {each: digest.tables[each] for each in MIRRORED}


@pytest.fixture
def two_halls(prepared_postgres: Any, hall_on: Any) -> Iterator[list[Any]]:
    """One hall of sixteen counters on PostgreSQL, as two processes serve it."""
    prepared_postgres.hold(furnished=True)
    first: Storage = prepared_postgres.storage
    for n in range(16):
        provision.add_device(first, HALL, f"W{n:02}", Role.COUNTER, token=f"token-W{n:02}", window=f"W{n:02}")
    with closing(open_storage(prepared_postgres.url, SystemClock())) as second:
        yield [hall_on(first), hall_on(second)]


@pytest.mark.parametrize("seed", [0])
def test_sixteen_counters_at_two_processes_are_taken_in_once_each(two_halls: list[Any], seed: int) -> None:
    """Half of the pushes go to both processes at the same time, as one does that is repeated too early."""
    chance = random.Random(seed)
    counters = [two_halls[0].counter(f"W{n:02}") for n in range(16)]
    taken: dict[tuple[str, int], list[str]] = {}

    def take(hall: Any, work: Sequence[tuple[Any, list[Any]]]) -> list[PushResult | Refused]:
        waiting = [sent(hall, counter, *operations) for counter, operations in work]
        return push_together(hall.service.context, waiting)

    with ThreadPoolExecutor(2) as pool:
        for serial in range(1, 5):
            turn = [(each, [walked_in(each, serial), finished(each, serial)]) for each in counters]
            twice = chance.sample(turn, 8)
            once = [each for each in turn if each not in twice]
            parts = [chance.sample(each, len(each)) for each in (twice + once[:4], twice + once[4:])]
            for part, answers in zip(parts, pool.map(take, two_halls, parts), strict=True):
                for (counter, operations), answer in zip(part, answers, strict=True):
                    assert isinstance(answer, PushResult)
                    assert answer.acked_seq == operations[-1].seq
                    for each in answer.results:
                        taken.setdefault((counter.window, each.seq), []).append(each.status)
    assert len(taken) == 16 * 8
    assert {tuple(sorted(each)) for each in taken.values()} == {("applied",), ("applied", "duplicate")}
    events = feed_of(two_halls[1])
    assert [each.seq for each in events] == list(range(1, len(events) + 1))
    assert two_halls[0].server("A01").digest(HALL) == two_halls[1].server("A02").digest(HALL)
    for counter in counters:
        key = ChainKey(HALL, counter.device, counter.incarnation)
        chain = two_halls[0].storage.write(lambda connection, key=key: devices.chain(connection, key))
        assert (chain.last_seq, chain.last_hash) == (counter.seq, counter.head)


def test_a_group_is_bounded_by_its_operations() -> None:
    """A counter that was cut off for a week sends full pushes: many of them are no transaction."""
    groups: list[list[int]] = []

    def serve(members: Sequence[tuple[None, Push]]) -> list[int]:
        groups.append([len(each[1].ops) for each in members])
        return groups[-1]

    def member(size: int) -> tuple[Any, Push]:
        return None, Push(device="d", incarnation="i", first_seq=1, ops=[{}] * size)

    async def ask(*sizes: int) -> list[int]:
        together = Together(serve, OPERATIONS, weight)
        return await asyncio.gather(*(together.ask(HALL, member(size)) for size in sizes))

    assert asyncio.run(ask(1, 60, 40, 1, 200, 99, 0, 1)) == [1, 60, 40, 1, 200, 99, 0, 1]
    assert groups == [[1, 60], [40, 1], [200], [99, 0], [1]]


def test_one_that_the_database_cannot_take_harms_no_other(hall: Any) -> None:
    """A text with NUL: PostgreSQL refuses it, SQLite takes it; whoever pushed beside it is served either way."""
    counter, other = hall.counter("A01"), hall.counter("A02")
    case = counter.accepted()
    said_by = replace(case.actor, clerk="0301\0")
    odd = counter.sign(replace(case, actor=said_by, signature=""))
    waiting = [sent(hall, counter, odd), sent(hall, other, walked_in(other, 1))]
    answers = [said(each) for each in push_together(hall.service.context, waiting)]
    assert answers[1] == ["applied"]
    assert answers[0] in (["forbidden_actor"], ["malformed_payload"])
