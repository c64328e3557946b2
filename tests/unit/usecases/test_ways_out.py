"""A paper whose printer stands still goes one other way, on the record, and never two."""

from typing import Any

import pytest

from app.domain.clerk import Clerk
from app.ports.spool import JobState, PrintWay
from app.storage.spool import CounterSpool
from app.usecases.accept_case import accept_case
from app.usecases.acting import ActRefusal, ActRefused
from app.usecases.divert_print import divert_print
from app.usecases.settle_print import settle_print
from app.usecases.write_by_hand import write_by_hand

FAULT = "printer_paper_out"


@pytest.fixture
def job_id(serving_kit: Any, clerk: Clerk, templates: Any, ready_card: Any) -> str:
    done = accept_case(serving_kit.store, serving_kit.clock, templates, ready_card("ITM-02"), clerk)
    return str(done.job.job_id)


@pytest.mark.parametrize("way", [PrintWay.OTHER, PrintWay.A4])
def test_a_diverted_paper_waits_in_one_queue_alone(
    serving_kit: Any, clerk: Clerk, job_id: str, commits: Any, way: PrintWay
) -> None:
    other = CounterSpool(serving_kit.database, way)
    assert other.next_queued() is None
    with commits(serving_kit.database) as seen:
        divert_print(serving_kit.store, job_id, way, FAULT, clerk)
    assert len(seen) == 1
    assert (serving_kit.spool.next_queued(), serving_kit.spool.claim(job_id)) == (None, False)
    waiting = other.next_queued()
    assert (waiting.job_id, waiting.way, waiting.state) == (job_id, way, JobState.QUEUED)
    last = serving_kit.operations()[-1]
    assert (last.kind, last.payload) == ("slip.diverted", {"slip": "SL-05", "way": way.value, "reason": FAULT})


def test_what_was_given_back_waits_here_again_and_nowhere_else(serving_kit: Any, clerk: Clerk, job_id: str) -> None:
    other = CounterSpool(serving_kit.database, PrintWay.OTHER)
    divert_print(serving_kit.store, job_id, PrintWay.OTHER, FAULT, clerk)
    assert other.give_back(job_id)
    assert (other.next_queued(), serving_kit.spool.next_queued().job_id) == (None, job_id)
    assert not other.give_back(job_id)
    divert_print(serving_kit.store, job_id, PrintWay.OTHER, FAULT, clerk)
    assert other.claim(job_id)
    assert not other.give_back(job_id), "its bytes may be on the way"


def test_a_paper_goes_one_way_only(serving_kit: Any, clerk: Clerk, job_id: str) -> None:
    divert_print(serving_kit.store, job_id, PrintWay.A4, FAULT, clerk)
    for act in (
        lambda: divert_print(serving_kit.store, job_id, PrintWay.OTHER, FAULT, clerk),
        lambda: divert_print(serving_kit.store, job_id, PrintWay.OWN, FAULT, clerk),
    ):
        with pytest.raises(ActRefused) as caught:
            act()
        assert caught.value.reason is ActRefusal.PAPER_UNDER_WAY


@pytest.mark.parametrize("state", [JobState.SENDING, JobState.UNKNOWN, JobState.PRINTED, JobState.VOIDED])
def test_what_may_have_come_out_goes_no_other_way(serving_kit: Any, clerk: Clerk, job_id: str, state: JobState) -> None:
    serving_kit.spool.mark(job_id, state)
    for act in (divert, write_by_hand):
        with pytest.raises(ActRefused) as caught:
            act(serving_kit.store, job_id, FAULT, clerk)
        assert caught.value.reason is ActRefusal.PAPER_UNDER_WAY


def divert(store: Any, job_id: str, reason: str, by: Clerk) -> None:
    divert_print(store, job_id, PrintWay.OTHER, reason, by)


def test_every_way_out_has_a_reason(serving_kit: Any, clerk: Clerk, job_id: str) -> None:
    for act in (divert, write_by_hand):
        with pytest.raises(ActRefused) as caught:
            act(serving_kit.store, job_id, " ", clerk)
        assert caught.value.reason is ActRefusal.REASON_NEEDED
    with pytest.raises(ActRefused) as caught:
        divert(serving_kit.store, "nothing", FAULT, clerk)
    assert caught.value.reason is ActRefusal.UNKNOWN_PAPER


def test_one_lost_elsewhere_is_asked_for_and_printed_again_here(serving_kit: Any, clerk: Clerk, job_id: str) -> None:
    other = CounterSpool(serving_kit.database, PrintWay.OTHER)
    divert_print(serving_kit.store, job_id, PrintWay.OTHER, FAULT, clerk)
    other.claim(job_id)
    assert serving_kit.spool.recover() == [], "the thread of this printer leaves the other's papers alone"
    assert [each.job_id for each in other.recover()] == [job_id]
    with serving_kit.store.read() as view:
        assert view.paper_in_doubt().way is PrintWay.OTHER
    again = settle_print(serving_kit.store, serving_kit.clock, job_id, came_out=False, by=clerk)
    assert (again.way, again.reprint) == (PrintWay.OWN, 1)
    assert serving_kit.spool.next_queued() == again
    assert not serving_kit.spool.torn_before(again.job_id), "half a paper hangs in the other printer, not in this one"
