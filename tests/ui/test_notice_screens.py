"""Section 3 with what is missing, against 03-one-time-notice.png, in every layout class."""

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from screens_kept import Screens
from test_counter_screens import SIZES, cut_texts, low_controls, overlaps, sunk_below_the_edge

from app.domain.clerk import Clerk
from app.domain.person import Person
from app.domain.visit import Admission, Visit, VisitState
from app.domain.work.card import WorkCard
from app.domain.work.describing import describe
from app.storage.slip_files import load_templates
from app.usecases.open_day import open_day
from app.usecases.preview_slip import preview_slip
from printing.bitmap import render
from printing.profile import PrinterProfile
from ui.pictures import image_of
from ui.screens.counter.build import build
from ui.screens.counter.state import CounterState, Paper
from ui.screens.counter.view import CounterWindow


@pytest.fixture
def state(kit: Any, clerk: Clerk, citizen: Person) -> CounterState:
    """The food licence lacks its plan, and its list of rules leaves one out; the rest is there."""
    open_day(kit.store, kit.clock, clerk)
    with kit.store.read() as view:
        catalogue, calendar = view.catalogue(), view.calendar()
    card = WorkCard(None, "A023", "A", catalogue.version, catalogue.items_of_business("A"))
    card = card.choose_item("ITM-02").seat(citizen).accept_answers().toggle_missing(3).toggle_missing(4)
    card = card.turn_reason("M4", 1).mark_rest_ok()
    document = preview_slip(kit.store, kit.clock, load_templates(), card, clerk)
    assert document is not None
    now = kit.clock.now_ms()
    return CounterState(
        window="A01",
        now_ms=now,
        catalogue=catalogue,
        calendar=calendar,
        clerk=clerk,
        visit=Visit("visit-1", None, "A023", "A", Admission.CALLED, VisitState.SERVING, now - 60_000, now - 50_000),
        card=card,
        paper=Paper(image_of(render(document, PrinterProfile())), "notice"),
    )


@pytest.mark.parametrize("density", SIZES)
def test_what_is_missing_stands_together_and_whole(
    window: CounterWindow, state: CounterState, screens: Screens, density: str
) -> None:
    window.resize(*SIZES[density])
    window.show_view(build(state))
    QTest.qWait(30)

    screens.keep(window, f"notice-{density}.png")

    assert cut_texts(window) == []
    assert overlaps(window) == []
    assert low_controls(window) == []
    assert sunk_below_the_edge(window) == []


def test_a_line_moves_down_when_it_is_missing_and_back_when_it_is_not(
    window: CounterWindow, state: CounterState
) -> None:
    assert state.card is not None
    window.show_view(build(state))
    assert not shown(window, "work_mat_row__3")
    assert shown(window, "work_mat_short__3")
    window.show_view(build(replace(state, card=state.card.toggle_missing(3))))
    assert shown(window, "work_mat_row__3")
    assert not shown(window, "work_mat_short__3")
    assert shown(window, "work_mat_short__4")


def test_own_words_stand_where_the_remedy_stood(window: CounterWindow, state: CounterState) -> None:
    assert state.card is not None
    view = build(replace(state, card=describe(state.card, "M3", "第二页看不清")))
    window.show_view(view)
    block = window.findChild(QWidget, "work_mat_short__3")
    assert block is not None
    assert block.property("state") == "不符"
    assert "其他" in block.accessibleName()


def shown(window: CounterWindow, name: str) -> bool:
    part = window.findChild(QWidget, name)
    return part is not None and part.isVisible()
