"""What a key does to the store, beyond the use case behind it."""

from dataclasses import replace
from typing import Any

import pytest

from app.domain.catalogue.organisation import Authority
from app.domain.clerk import Clerk
from app.domain.serials import CaseNumber
from app.domain.visit import HoldReason
from app.ports.queue_authority import WindowBusy
from app.ports.spool import JobState
from app.storage.slip_files import load_templates
from app.usecases.arrive import arrive
from app.usecases.call_next import call_next
from app.usecases.finish_visit import finish_visit
from app.usecases.open_day import open_day
from ui.screens.counter import acts, queue_acts
from ui.screens.counter.parts import CounterParts

DAY_MS = 24 * 3_600_000


@pytest.fixture
def parts(kit: Any, clerk: Clerk, queue: Any, ticket: Any) -> CounterParts:
    """A counter at which A012 is being served."""
    authority = queue(ticket("A012"))
    open_day(kit.store, kit.clock, clerk)
    call_next(kit.store, kit.clock, authority, clerk)
    arrive(kit.store, kit.clock, clerk)
    return CounterParts(
        window="A01",
        clerk=clerk,
        store=kit.store,
        clock=kit.clock,
        authority=authority,
        templates=load_templates(),
        render=lambda _document, _reprint: pytest.fail("nothing is drawn here"),
        wake_printer=lambda: None,
        wake_sync=lambda: None,
        drain_sync=lambda _seconds: True,
        read_card=lambda: None,
    )


def test_what_is_decided_after_midnight_bears_the_date_of_its_own_day(
    parts: CounterParts, kit: Any, ready_card: Any
) -> None:
    kit.clock.advance(DAY_MS)
    case = acts.decide(parts, ready_card("ITM-02"), Authority.ACCEPT).facts.issued
    assert case is not None
    assert (case.accepted_on, CaseNumber.parse(case.case_no).day.isoformat()) == ("2026-11-24", "2026-11-24")


class Busy:
    """An authority for which this window still serves."""

    def call_next(self, _window: str, _key: str) -> None:
        raise WindowBusy


def test_a_call_that_is_refused_still_shows_that_the_citizen_before_has_left(
    parts: CounterParts, ready_card: Any
) -> None:
    acts.decide(parts, ready_card("ITM-02"), Authority.ACCEPT)
    answer = acts.call(replace(parts, authority=Busy()))
    assert (answer.facts.visit, answer.message) == (None, "window_busy")


def test_a_paper_in_doubt_is_shown_after_its_citizen_has_left(
    parts: CounterParts, kit: Any, clerk: Clerk, ready_card: Any
) -> None:
    job = acts.decide(parts, ready_card("ITM-02"), Authority.ACCEPT).facts.job
    assert job is not None
    kit.spool.mark(job.job_id, JobState.SENDING)
    finish_visit(kit.store, kit.clock, clerk)
    kit.spool.mark(job.job_id, JobState.UNKNOWN)
    unsure = acts.look(parts).facts.unsure
    assert unsure is not None
    assert unsure.job_id == job.job_id
    assert acts.settle(parts, job.job_id, came_out=True).facts.unsure is None


def test_the_server_hears_of_a_held_visit_before_it_is_asked_for_the_next(parts: CounterParts, kit: Any) -> None:
    drained: list[float] = []

    def drain(seconds: float) -> bool:
        drained.append(seconds)
        kit.replica.acknowledge(kit.operations()[-1].seq, {})
        return True

    listening = replace(parts, drain_sync=drain)
    queue_acts.hold(listening, HoldReason.PHOTO)
    assert acts.call(listening).message == "nobody_waits"
    assert drained == [acts.DRAIN_S]
    acts.call(listening)
    assert drained == [acts.DRAIN_S], "nothing is waited for when the server knows everything"
