"""A copy is taken off while its citizen is served: recorded, gone, and never sent."""

from typing import Any

import pytest

from app.domain.clerk import Clerk
from app.domain.disk_room import NO_SCANS
from app.domain.scanned_copy import KEPT_MS, CopyKind, CopyPlace, ScannedCopy
from app.storage.copy_lane import CounterCopyLane
from app.storage.messages import sentence
from app.usecases.accept_case import accept_case
from app.usecases.acting import ActRefusal, ActRefused
from app.usecases.attach_copy import attach_copy
from app.usecases.finish_visit import finish_visit
from app.usecases.open_day import open_day
from app.usecases.remove_copy import remove_copy

PAGE = b"\xff\xd8\xff a page \xff\xd9"


def attach(kit: Any, clerk: Clerk, content: bytes = PAGE, **more: Any) -> ScannedCopy:
    with kit.store.read() as view:
        visit = view.open_visit()
    assert visit is not None
    place = CopyPlace(visit.visit_id, "M-1")
    return attach_copy(kit.store, kit.clock, place, CopyKind.JPEG, content, by=clerk, **more)


def refused(reason: ActRefusal, act: Any) -> None:
    with pytest.raises(ActRefused) as caught:
        act()
    assert caught.value.reason is reason
    assert sentence(reason.value)


def test_a_copy_is_taken_off_and_the_log_says_which(serving_kit: Any, clerk: Clerk, commits: Any) -> None:
    copy = attach(serving_kit, clerk)
    with commits(serving_kit.database) as seen:
        assert remove_copy(serving_kit.store, copy.copy_id, clerk) == copy
    assert len(seen) == 1
    said = serving_kit.operations()[-1]
    assert (said.kind, said.entity_id, said.payload["sha256"]) == ("copy.removed", copy.copy_id, copy.sha256)
    with serving_kit.store.read() as view:
        assert view.copies_of(copy.visit_id) == []
    refused(ActRefusal.NO_SUCH_COPY, lambda: remove_copy(serving_kit.store, copy.copy_id, clerk))
    assert attach(serving_kit, clerk).copy_id != copy.copy_id, "the same page may be scanned again"


def test_after_the_paper_nothing_is_taken_off(serving_kit: Any, clerk: Clerk, templates: Any, ready_card: Any) -> None:
    copy = attach(serving_kit, clerk)
    accept_case(serving_kit.store, serving_kit.clock, templates, ready_card("ITM-02"), clerk)
    refused(ActRefusal.NO_SUCH_COPY, lambda: remove_copy(serving_kit.store, copy.copy_id, clerk))


def test_no_new_copy_is_taken_on_a_full_disk(serving_kit: Any, clerk: Clerk) -> None:
    refused(ActRefusal.COPY_NO_ROOM, lambda: attach(serving_kit, clerk, disk_used=NO_SCANS))
    assert attach(serving_kit, clerk, disk_used=NO_SCANS - 0.01)


def test_only_copies_of_a_case_wait_and_their_room_comes_back(
    serving_kit: Any, clerk: Clerk, templates: Any, ready_card: Any
) -> None:
    store, clock, lane = serving_kit.store, serving_kit.clock, CounterCopyLane(serving_kit.database)
    first = attach(serving_kit, clerk)
    clock.advance(1)
    second = attach(serving_kit, clerk, b"another")
    assert lane.next_waiting() is None, "it may still be taken off"
    accept_case(store, clock, templates, ready_card("ITM-02"), clerk)
    finish_visit(store, clock, clerk)
    assert not lane.is_free()
    serving_kit.replica.acknowledge(serving_kit.replica.outbox()[1], {})
    assert lane.is_free()
    waiting = lane.next_waiting()
    assert waiting is not None
    assert (waiting.copy_id, waiting.sha256, waiting.size) == (first.copy_id, first.sha256, len(PAGE))
    assert lane.content(first.copy_id) == PAGE
    lane.sent(first.copy_id, clock.now_ms())
    lane.set_aside(second.copy_id, "unknown_blob")
    assert lane.next_waiting() is None
    clock.advance(KEPT_MS + 24 * 3_600_000)
    open_day(store, clock, clerk)
    with store.read() as view:
        assert (view.copy_content(first.copy_id), view.copy_content(second.copy_id)) == (b"", b"another")
        assert len(view.copies_of(first.visit_id)) == 2
