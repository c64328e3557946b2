"""What the floor manager lays down reaches the window: notices, a closed window, another line; devices go back."""

from dataclasses import asdict, replace
from types import SimpleNamespace
from typing import Any

import pytest

from app.domain.clerk import Clerk
from app.domain.feed import table_digest
from app.domain.floor import Note, WindowOrder
from app.domain.link import Link, LinkStatus
from app.usecases.arrive import arrive
from app.usecases.call_next import call_next
from app.usecases.open_day import open_day
from ui.screens.counter import device_reports
from ui.screens.counter.build import build
from ui.screens.counter.build.manager import line, unseen
from ui.screens.counter.facts import read_facts
from ui.screens.counter.state import CounterState, DeviceStatus
from ui.screens.counter.view_model import IdleView
from ui.widgets.slip_views import SideView
from ui.widgets.views import DeviceState

NOW = 1_795_240_000_000
DAY = 24 * 3_600_000
FIRST, SECOND = Note("n1", NOW - 60_000, "请到值班台来一下"), Note("n2", NOW - 1000, "请提醒群众评价")


def idle_with(clerk: Clerk, *notes: Note, **given: Any) -> CounterState:
    return CounterState(window="A01", now_ms=NOW, clerk=clerk, order=WindowOrder("A01", 3, notes=notes), **given)


@pytest.fixture
def serving(kit: Any, clerk: Clerk, queue: Any, ticket: Any) -> None:
    open_day(kit.store, kit.clock, clerk)
    call_next(kit.store, kit.clock, queue(ticket("A012")), clerk)
    arrive(kit.store, kit.clock, clerk)


def test_messages_of_today_stand_in_the_right_pane_until_they_are_acknowledged(clerk: Clerk) -> None:
    old = Note("n0", NOW - DAY, "昨天的")
    state = idle_with(clerk, old, FIRST, SECOND)
    right = build(state).right
    assert isinstance(right, SideView)
    assert [each.lines for each in right.notices] == [((SECOND.text,),), ((FIRST.text,),)]
    assert all(each.action == "知道了" for each in right.notices)
    assert "act_panel__1" in {key.action for key in build(state).keys}

    assert unseen(replace(state, notes_seen=frozenset({"n2"}))) == (FIRST,)
    assert line(state) == "", "without a citizen the pane says it"


def test_while_a_citizen_sits_there_the_newest_is_a_line_above_the_keys(kit: Any, clerk: Clerk, serving: Any) -> None:
    facts = read_facts(kit.store, "A01", NOW)
    state = replace(idle_with(clerk, FIRST, SECOND), visit=facts.visit)
    assert facts.visit is not None
    assert line(state).endswith("：请提醒群众评价")
    assert build(state).message == line(state)


def test_a_closed_window_says_so_in_its_middle(clerk: Clerk) -> None:
    state = replace(idle_with(clerk), order=WindowOrder("A01", 1, closed=True), link=LinkStatus(Link.SYNCED))
    assert headline(state) == "本窗口已关闭"
    assert headline(replace(state, order=None)) != "本窗口已关闭"


def headline(state: CounterState) -> str:
    centre = build(state).centre
    assert isinstance(centre, IdleView)
    return centre.hero.headline


def test_the_feed_brings_the_order_and_with_it_another_line(kit: Any) -> None:
    row = {"window": "A01", "rev": 1, "closed": True, "businesses": ["B"], "notes": [asdict(FIRST)]}
    event = {"seq": kit.replica.cursor() + 1, "entity": "window", "entity_id": "A01", "rev": 1, "data": row}
    assert kit.replica.apply(kit.replica.cursor(), [event], event["seq"])
    order = read_facts(kit.store, "A01", NOW).order
    assert order == WindowOrder("A01", 1, closed=True, businesses=("B",), notes=(FIRST,))
    assert kit.replica.digest()[1]["window"] == table_digest([row], "window")
    assert read_facts(kit.store, "A02", NOW).order is None


def test_a_device_is_reported_lost_and_back_once_each(kit: Any, clerk: Clerk) -> None:
    before = kit.replica.outbox()[1]
    presenter = Presenter(kit, clerk)
    fault, warn = DeviceStatus(DeviceState.FAULT, "printer_paper_out", ""), DeviceStatus(DeviceState.WARN, "x", "")
    for status in (fault, fault, DeviceStatus(), warn):
        presenter.turn(status)
    sent = kit.replica.pending(100)[before:]
    assert [(each.kind, dict(each.payload)) for each in sent] == [
        ("device.fault", {"device": "printer", "state": "fault", "reason": "printer_paper_out"}),
        ("device.fault", {"device": "printer", "state": "ok", "reason": ""}),
    ]


class Presenter:
    """As much of the presenter as the reports use: its state, and work aside."""

    def __init__(self, kit: Any, clerk: Clerk) -> None:
        self.state = CounterState(window="A01", now_ms=NOW)
        self.kit, self.clerk = kit, clerk

    def turn(self, status: DeviceStatus) -> None:
        before = self.state.devices
        self.state = replace(self.state, devices={"printer": status})
        device_reports.report_changes(self, before)  # type: ignore[arg-type]  # the part of it that is used

    def aside(self, work: Any) -> None:
        work(SimpleNamespace(store=self.kit.store, clerk=self.clerk, wake_sync=lambda: None))
