"""When a link flaps, and when it is steady again."""

from typing import Any

import pytest

from app.domain.link import Course
from sync.client.flapping import LOSSES, MINUTE_MS, STEADY_MS, WITHIN_MS, Flapping
from sync.client.requests import PullPage
from sync.client.session import Session
from sync.protocol.messages import Page

PAGE = Page(events=[], next=0, head=0, floor=0, server_incarnation="server-1")


@pytest.fixture
def link(manual_clock: Any) -> Flapping:
    link = Flapping(manual_clock)
    link.back()
    return link


def flap(link: Flapping, clock: Any, times: int, every_ms: int) -> None:
    """Lose the link so often, ``every_ms`` apart, and find it again half-way."""
    for _ in range(times):
        link.lost()
        clock.advance(every_ms // 2)
        link.back()
        clock.advance(every_ms // 2)


@pytest.mark.parametrize(("times", "every_ms"), [(LOSSES - 1, 1000), (10, WITHIN_MS // (LOSSES - 1) + 2)])
def test_few_losses_or_rare_ones_do_not_make_it_flap(
    link: Flapping, manual_clock: Any, times: int, every_ms: int
) -> None:
    flap(link, manual_clock, times, every_ms)
    assert link.course() is Course.UNSETTLED


def test_three_losses_within_five_minutes_make_it_flap_until_it_was_steady(link: Flapping, manual_clock: Any) -> None:
    flap(link, manual_clock, LOSSES, WITHIN_MS // (LOSSES - 1))
    assert link.course() is Course.FLAPPING
    manual_clock.advance(STEADY_MS - WITHIN_MS // (LOSSES - 1) // 2 - 1)
    assert link.course() is Course.FLAPPING
    link.lost()
    manual_clock.advance(10 * STEADY_MS)
    assert link.course() is Course.FLAPPING, "a link that is gone is not steady, however long"
    link.back()
    manual_clock.advance(STEADY_MS)
    assert link.course() is Course.STEADY


def test_after_calm_the_old_losses_count_no_more(link: Flapping, manual_clock: Any) -> None:
    flap(link, manual_clock, LOSSES, MINUTE_MS)
    manual_clock.advance(STEADY_MS)
    flap(link, manual_clock, LOSSES - 1, MINUTE_MS)
    assert link.course() is Course.UNSETTLED


def test_a_program_that_only_started_knows_of_no_steadiness(manual_clock: Any) -> None:
    link = Flapping(manual_clock)
    manual_clock.advance(STEADY_MS)
    assert link.course() is Course.UNSETTLED
    link.back()
    assert link.course() is Course.UNSETTLED


def test_the_session_tells_how_its_link_holds(kit: Any) -> None:
    session = Session(kit.replica, kit.clock, "ab" * 32)
    request = PullPage("9901", 0)
    courses = []
    for _ in range(LOSSES):
        session.answered(request, PAGE)
        session.unreachable(request)
        session.unreachable(request)  # no second loss: it was gone already
        courses.append(session.status().course)
    assert courses == [Course.UNSETTLED, Course.UNSETTLED, Course.FLAPPING]
    session.answered(request, PAGE)
    kit.clock.advance(STEADY_MS)
    assert session.status().course is Course.STEADY
