"""Pause, resume, unlock, hand over: state, operation and paper go together."""

from dataclasses import replace
from typing import Any

import pytest

from app.domain.clerk import Clerk
from app.domain.handover import Sheet
from app.domain.pause import PauseReason
from app.ports.store import SignIn
from app.usecases.accept_case import accept_case
from app.usecases.acting import ActRefusal, ActRefused
from app.usecases.finish_visit import finish_visit
from app.usecases.hand_over import begin_handover, hand_over, preview_handover, refreshed
from app.usecases.pause_window import pause_window
from app.usecases.resume_window import resume_window
from app.usecases.sign_in import MOST_FAILURES
from app.usecases.unlock import unlock


class Reversed:
    """Quick, and no secret."""

    def verifier(self, password: str) -> str:
        return password[::-1]

    def matches(self, verifier: str, password: str) -> bool:
        return verifier == password[::-1]


def refused(act: Any) -> ActRefusal:
    with pytest.raises(ActRefused) as caught:
        act()
    return caught.value.reason


@pytest.fixture
def accepted(serving_kit: Any, clerk: Clerk, ready_card: Any, templates: Any) -> Any:
    """A case was accepted and the citizen has left."""
    taken = accept_case(serving_kit.store, serving_kit.clock, templates, ready_card("ITM-02"), clerk)
    finish_visit(serving_kit.store, serving_kit.clock, clerk)
    return taken.case


def sheet_of(kit: Any, clerk: Clerk) -> Sheet:
    with kit.store.read() as view:
        return begin_handover(view, clerk)


def test_a_pause_is_one_commit_and_ends_once(open_kit: Any, clerk: Clerk, commits: Any) -> None:
    with commits(open_kit.database) as seen:
        pause = pause_window(open_kit.store, open_kit.clock, clerk, reason=PauseReason.MEAL, minutes=30, text="用餐")
    assert len(seen) == 1
    assert pause == pause_window(open_kit.store, open_kit.clock, clerk, reason=PauseReason.DEVICE, minutes=5)
    open_kit.clock.advance(40 * 60_000)
    assert pause.overrun(open_kit.clock.now_ms())
    ended = resume_window(open_kit.store, open_kit.clock, clerk)
    assert ended.lasted_ms(0) == 40 * 60_000
    assert resume_window(open_kit.store, open_kit.clock, clerk) is None
    kinds = [each.kind for each in open_kit.operations()]
    assert kinds[-2:] == ["window.paused", "window.resumed"]
    said = open_kit.operations()[-2].payload
    assert (said["reason"], said["minutes"], said["until_ms"] - said["since_ms"]) == ("meal", 30, 30 * 60_000)


def test_a_pause_needs_minutes_somebody_would_wait(open_kit: Any, clerk: Clerk) -> None:
    for minutes in (0, -5, 481):
        act = lambda: pause_window(open_kit.store, open_kit.clock, clerk, reason=PauseReason.MEAL, minutes=minutes)  # noqa: B023, E731
        assert refused(act) is ActRefusal.PAUSE_TOO_LONG


def test_a_pause_outlives_the_program(file_kit: Any, clerk: Clerk) -> None:
    pause_window(file_kit.store, file_kit.clock, clerk, reason=PauseReason.MEETING, minutes=60)
    with file_kit.store.read() as view:
        assert view.pause().reason is PauseReason.MEETING


def test_the_way_back_counts_wrong_passwords_and_shuts(open_kit: Any, clerk: Clerk) -> None:
    assert refused(lambda: unlock(open_kit.store, Reversed(), clerk, "right")) is ActRefusal.OFFLINE_UNKNOWN
    with open_kit.store.begin() as work:
        work.put_sign_in(SignIn(clerk, "thgir"))
    for _ in range(MOST_FAILURES - 1):
        assert refused(lambda: unlock(open_kit.store, Reversed(), clerk, "wrong")) is ActRefusal.WRONG_PASSWORD
    unlock(open_kit.store, Reversed(), clerk, "right")
    for _ in range(MOST_FAILURES):
        refused(lambda: unlock(open_kit.store, Reversed(), clerk, "wrong"))
    assert refused(lambda: unlock(open_kit.store, Reversed(), clerk, "right")) is ActRefusal.LOCKED_OUT


def test_a_shift_is_handed_over_in_one_commit_with_its_sheet(
    serving_kit: Any, accepted: Any, clerk: Clerk, templates: Any, commits: Any
) -> None:
    kit = serving_kit
    sheet = sheet_of(kit, clerk)
    assert [each.number for each in sheet.entries] == [accepted.case_no, accepted.doc_no]
    act = lambda: hand_over(kit.store, kit.clock, templates, sheet, clerk)  # noqa: E731
    assert refused(act) is ActRefusal.OWNER_MISSING
    given = replace(sheet, heir="0302").give_rest("0302")
    with commits(kit.database) as seen:
        job = hand_over(kit.store, kit.clock, templates, given, clerk)
    assert len(seen) == 1
    assert job.slip == "SL-14"
    said = kit.operations()[-1]
    assert (said.kind, said.entity_id) == ("shift.handed_over", "JJ20261123-0003-01")
    assert said.payload["figures"] == {"accepted": 1}
    with kit.store.read() as view:
        assert view.cases_in_hand("0301") == []
        assert [each.case_id for each in view.cases_in_hand("0302")] == [accepted.case_id]
        assert view.handovers(0)[-1].entries[0].owner == "0302"


def test_nothing_is_handed_over_behind_the_clerks_back(
    serving_kit: Any, accepted: Any, clerk: Clerk, templates: Any
) -> None:
    kit = serving_kit
    given = replace(sheet_of(kit, clerk), heir="0302").give_rest("0302")
    stale = replace(given, entries=())
    assert refused(lambda: hand_over(kit.store, kit.clock, templates, stale, clerk)) is ActRefusal.HANDOVER_CHANGED
    with kit.store.read() as view:
        assert refreshed(view, clerk, given) == given
        assert preview_handover(view, kit.clock, templates, given.say(0, "请盯着"))
    stranger = replace(sheet_of(kit, clerk), heir="9999").give_rest("9999")
    assert refused(lambda: hand_over(kit.store, kit.clock, templates, stranger, clerk)) is ActRefusal.OWNER_UNKNOWN


def test_nobody_leaves_while_a_citizen_sits_there(serving_kit: Any, clerk: Clerk, templates: Any) -> None:
    act = lambda: hand_over(serving_kit.store, serving_kit.clock, templates, Sheet("0301", ""), clerk)  # noqa: E731
    assert refused(act) is ActRefusal.VISIT_OPEN
