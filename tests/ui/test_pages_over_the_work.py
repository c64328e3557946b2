"""Search, sign, handover and sign-in against their drawings: whole texts, no overlaps, in every layout class."""

from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any

import pytest
from PIL import Image
from PySide6.QtTest import QTest
from screens_kept import Screens
from test_counter_screens import SIZES, cut_texts, low_controls, overlaps

from app.domain.clerk import Clerk
from app.domain.handover import Entry, EntryKind, Sheet, Stock, unfinished
from app.domain.pause import Pause, PauseReason
from app.storage.slip_files import load_templates
from app.usecases.accept_case import accept_case
from app.usecases.arrive import arrive
from app.usecases.call_next import call_next
from app.usecases.open_day import open_day
from ui.pictures import image_of
from ui.screens.counter.build import build
from ui.screens.counter.build.over import over
from ui.screens.counter.facts import read_facts
from ui.screens.counter.state import CounterState, DeviceStatus
from ui.screens.counter.view import CounterWindow
from ui.screens.handover.state import HandoverState
from ui.screens.pause.state import Cover, PauseDraft
from ui.screens.search.state import Looked, SearchState, SlipPicture
from ui.screens.sign_in.state import Morning, SignInState
from ui.widgets.views import DeviceState


def pages(kit: Any, clerk: Clerk, case: Any) -> Iterator[tuple[str, CounterState]]:
    """Every page over the work, from what the store holds."""
    facts = read_facts(kit.store, "A01", kit.clock.now_ms())
    known = {each.name: getattr(facts, each.name) for each in fields(facts)}
    devices = {"reader": DeviceStatus(), "printer": DeviceStatus(DeviceState.WARN, "printer_near_end")}
    state = CounterState(window="A01", now_ms=kit.clock.now_ms(), clerk=clerk, devices=devices, **known)
    image = image_of(Image.new("1", (576, 900), 1))
    late = replace(case, case_id="late", case_no="9901-0003-20261120-0009-7", promised_due="2026-11-20")
    slip = SlipPicture(case.case_id, image, "paper")
    looked = Looked(case.case_id, ())
    search = SearchState("c 1123", "c 1123", (case, late), looked=looked, slip=slip)
    yield "search", replace(state, over=replace(search, at=1, opened=True, looked=None))
    draft = PauseDraft(PauseReason.MATERIALS, others=("A02", "A03"))
    yield "pause-choosing", replace(state, over=draft)
    pause = Pause(state.now_ms, PauseReason.MATERIALS, 15, "工作人员去取材料，请稍候。等不及请到 A02、A03 窗口。")
    yield "pause", replace(state, cover=Cover(error="wrong_password"), pauses=(pause,))
    with kit.store.read() as view:
        staff = tuple(view.catalogue().staff.values())
    held = Entry(EntryKind.TICKET, "v1", "A019", "市场准入")
    entries = (*unfinished((case, late), (), {}), held)
    sheet = Sheet("0301", "0302", entries, Stock(originals="执照 1 本")).give(0, "0302").say(0, "正常，不用管")
    handing = HandoverState(sheet, staff[1:4], (case, late), settled=True, at=2, figures=(("accepted", 3),), paper=slip)
    yield "handover", replace(state, over=handing)
    morning = Morning("0301", "王某", entries=entries[:2], handed_by="0302", handed_ms=state.now_ms, cases=(case, late))
    entering = SignInState(state.catalogue, state.calendar, "0301", morning)
    nobody = replace(state, clerk=None, visit=None, card=None)
    yield "sign-in", replace(nobody, over=entering)


@pytest.fixture
def case(kit: Any, clerk: Clerk, ready_card: Any, queue: Any, ticket: Any) -> Any:
    open_day(kit.store, kit.clock, clerk)
    call_next(kit.store, kit.clock, queue(ticket("A012")), clerk)
    arrive(kit.store, kit.clock, clerk)
    return accept_case(kit.store, kit.clock, load_templates(), ready_card("ITM-02"), clerk).case


@pytest.mark.parametrize("density", SIZES)
def test_the_pages_are_whole_in_every_layout_class(
    window: CounterWindow, kit: Any, clerk: Clerk, case: Any, *, screens: Screens, density: str
) -> None:
    window.resize(*SIZES[density])
    found: list[Any] = []
    for name, state in pages(kit, clerk, case):
        window.show_view(over(state, build(state)))
        QTest.qWait(40)
        screens.keep(window, f"{name}-{density}.png")
        found += [(name, each) for look in (cut_texts, overlaps, low_controls) for each in look(window)]
    assert found == []
