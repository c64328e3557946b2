"""What every spool promises the printer thread, in memory, over the quick engine and in an encrypted file alike."""

from typing import Any

import pytest

from app.ports.spool import JobState, PrintJob


@pytest.fixture(params=["kit", "quick_kit", "file_kit"])
def any_kit(request: Any) -> Any:
    return request.getfixturevalue(request.param)


@pytest.fixture
def queue_job(any_kit: Any) -> Any:
    def put(job_id: str) -> Any:
        job = PrintJob(job_id, "SL-05", {"version": 1}, 0, JobState.QUEUED, any_kit.clock.now_ms())
        with any_kit.store.begin() as work:
            work.queue_print(job)
        return job

    return put


def test_papers_print_in_the_order_of_their_acts(any_kit: Any, queue_job: Any) -> None:
    first, second = queue_job("b"), queue_job("a")
    assert any_kit.spool.next_queued() == first
    any_kit.spool.mark("b", JobState.PRINTED)
    assert any_kit.spool.next_queued() == second
    any_kit.spool.mark("a", JobState.PRINTED)
    assert any_kit.spool.next_queued() is None


def test_only_a_queued_paper_can_be_claimed_for_the_wire(any_kit: Any, queue_job: Any) -> None:
    queue_job("a")
    assert any_kit.spool.claim("a")
    assert not any_kit.spool.claim("a")
    any_kit.spool.mark("a", JobState.HANDWRITTEN)
    assert not any_kit.spool.claim("a")


def test_nothing_overtakes_a_paper_in_doubt(any_kit: Any, queue_job: Any) -> None:
    queue_job("a")
    second = queue_job("b")
    any_kit.spool.mark("a", JobState.UNKNOWN)
    assert any_kit.spool.next_queued() is None
    any_kit.spool.mark("a", JobState.LOST)
    assert any_kit.spool.next_queued() == second


def test_half_a_paper_may_hang_in_the_printer_only_after_a_lost_one(any_kit: Any, queue_job: Any) -> None:
    for each in ("d", "c", "b", "a"):
        queue_job(each)
    torn = any_kit.spool.torn_before
    assert not torn("d")
    any_kit.spool.mark("d", JobState.LOST)
    assert torn("c")
    any_kit.spool.mark("c", JobState.HANDWRITTEN)
    assert torn("b"), "nothing went to the printer meanwhile"
    any_kit.spool.mark("b", JobState.PRINTED)
    assert not torn("a")


def test_what_was_on_the_wire_at_a_crash_is_in_doubt_afterwards(any_kit: Any, queue_job: Any) -> None:
    queue_job("a")
    queue_job("b")
    any_kit.spool.mark("a", JobState.SENDING)
    assert [each.job_id for each in any_kit.spool.recover()] == ["a"]
    assert [each.job_id for each in any_kit.spool.recover()] == ["a"]
    with any_kit.store.read() as view:
        assert view.print_job("a").state is JobState.UNKNOWN
        assert view.print_job("b").state is JobState.QUEUED
