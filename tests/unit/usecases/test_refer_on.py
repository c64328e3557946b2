"""引导 after a paper: one commit, one number however often it is asked, and a paper that is printed again as such."""

from typing import Any

import pytest

from app.domain.clerk import Clerk
from app.domain.transfer import WindowLine
from app.ports.spool import JobState
from app.usecases.acting import ActRefused
from app.usecases.complete_case import complete_case
from app.usecases.refer_on import refer_on


@pytest.fixture
def hall(queue: Any) -> Any:
    hall = queue()
    hall.windows = [WindowLine("B07", ("D",), 2, open=True)]
    return hall


@pytest.fixture
def completed(serving_kit: Any, clerk: Clerk, templates: Any, ready_card: Any) -> Any:
    """The citizen has the completion of ITM-01 in hand, after which everybody goes to the tax window."""
    return complete_case(serving_kit.store, serving_kit.clock, templates, ready_card("ITM-01"), clerk)


@pytest.fixture
def refer(serving_kit: Any, clerk: Clerk, templates: Any, hall: Any) -> Any:
    return lambda: refer_on(serving_kit.store, serving_kit.clock, templates, hall, clerk)


def test_operation_and_paper_are_one_commit_beside_the_case(
    serving_kit: Any, completed: Any, refer: Any, commits: Any
) -> None:
    with commits(serving_kit.database) as seen:
        referred = refer()
    assert len(seen) == 1
    assert (referred.window, referred.taken.number, referred.job.slip) == ("B07", "D001", "SL-09")
    assert serving_kit.operations()[-1].kind == "ticket.referred"
    with serving_kit.store.read() as view:
        assert view.print_jobs_of(completed.case.case_id) == [completed.job]
        assert view.open_visit() == completed.visit


def test_a_lost_answer_takes_no_second_number(serving_kit: Any, completed: Any, refer: Any, hall: Any) -> None:
    hall.lost_answers = 1
    assert refer().taken is None
    hall.lost_answers = 0
    again = refer()
    assert (again.window, again.job.reprint) == ("", 1)
    assert hall.taken == {}


def test_asked_again_it_is_the_same_paper_with_its_count(
    serving_kit: Any, completed: Any, refer: Any, hall: Any
) -> None:
    first = refer()
    serving_kit.spool.mark(completed.job.job_id, JobState.PRINTED)
    second = refer()
    assert (second.job.document, second.job.reprint) == (first.job.document, 1)
    assert len(hall.taken) == 1
    assert serving_kit.operations()[-1].kind == "slip.reprinted"


def test_nobody_is_sent_on_before_the_paper(serving_kit: Any, refer: Any, hall: Any) -> None:
    with pytest.raises(ActRefused, match="no_visit"):
        refer()
    assert hall.taken == {}
