"""The reviewer's window in every layout class: nothing is cut, lies over another, or shows a person's name."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from test_counter_screens import cut_texts, overlaps

from app.domain.person import Person
from printing.a4_bitmap import render

sys.path.append(str(Path(__file__).parents[1] / "rules"))
from office import opened_office
from review_hands import DOWN, ENTER, ESC, F2, F3, F4, F11, ReviewDesk, review_desk

SIZES = ((1920, 1080), (1536, 864), (1366, 768), (1280, 720), (1092, 614))


@pytest.fixture
def desk(qapp: Any, qtbot: Any, citizen: Person) -> Iterator[ReviewDesk]:
    """Three cases: one past its day, one near it, one fresh."""
    with opened_office() as office:
        window, department = office.place("A03", "0302"), office.place("R01", "0401")
        for day, name in (("2026-11-12", "陈某某"), ("2026-11-16", "张三丰"), ("2026-11-25", "李四")):
            office.clock.set(day)
            window.accept(replace(citizen, name=name))
        department.sync()
        with review_desk(department, qtbot, render) as opened:
            yield opened


def settled(desk: ReviewDesk) -> None:
    """Nothing is cut or lies over another once every place is settled."""
    try:
        desk.until(lambda: wrong(desk) == [])
    except desk.qtbot.TimeoutError:
        assert wrong(desk) == []


def wrong(desk: ReviewDesk) -> list[str]:
    return [*cut_texts(desk.window), *overlaps(desk.window)]


def whole(desk: ReviewDesk, name: str, screens: Any) -> None:
    """In every class, on both sides of the case, everything is whole."""
    for width, height in SIZES:
        desk.window.resize(width, height)
        for turn in (Qt.Key.Key_Right, Qt.Key.Key_Left):
            desk.press(turn)
            settled(desk)
        QCoreApplication.processEvents()
        screens.keep(desk.window, f"review-{name}-{width}.png")


def test_every_size_shows_the_case_and_its_document_whole(desk: ReviewDesk, screens: Any) -> None:
    desk.press(F2)
    desk.until(lambda: desk.presenter.state.sheet is not None and desk.presenter.state.sheet.picture is not None)
    whole(desk, "reviewing", screens)
    assert desk.window.windowTitle().startswith("审批台 · 办件 3 · 9901-")


def test_a_denial_is_asked_for_in_every_size(desk: ReviewDesk, screens: Any) -> None:
    desk.press(DOWN, F2, F11, "2", "4")
    for width, height in SIZES:
        desk.window.resize(width, height)
        settled(desk)
        screens.keep(desk.window, f"review-conditions-{width}.png")
    desk.press(ENTER).write("现场没有洗消设施。").press(ENTER, ENTER)
    assert "已决定不予" in desk.message
    desk.until(lambda: desk.presenter.state.sheet is not None and desk.presenter.state.sheet.picture is not None)
    whole(desk, "denied", screens)


def test_no_name_stands_on_the_screen(desk: ReviewDesk) -> None:
    desk.press(F2)
    shown = repr(desk.window._view)
    assert "陈**" in shown
    assert not any(name in shown for name in ("陈某某", "张三丰", "李四", "990101199003070015"))


def test_an_answer_to_received_papers_is_asked_for_in_every_size(
    citizen: Person, screens: Any, qapp: Any, qtbot: Any
) -> None:
    """F3: materials and their faults, then the notice; F4: the grounds, then the refusal."""
    with opened_office() as office:
        window, department = office.place("D02", "0323"), office.place("R01", "0401")
        window.accept(citizen)
        department.sync()
        with review_desk(department, qtbot, render) as desk:
            for keys, name in (((F3,), "short"), ((ESC, F4, "2"), "grounds")):
                desk.press(*keys)
                if name == "short":
                    desk.write("3").press(ENTER).write("2 照片看不清，看不出食品处理区").press(ENTER)
                for width, height in SIZES:
                    desk.window.resize(width, height)
                    settled(desk)
                    screens.keep(desk.window, f"review-{name}-{width}.png")
            desk.press(ESC, F3).write("3").press(ENTER, ENTER)
            desk.until(
                lambda: desk.presenter.state.sheet is not None and desk.presenter.state.sheet.picture is not None
            )
            settled(desk)
            screens.keep(desk.window, "review-notice.png")
            desk.press(ENTER)
            whole(desk, "noticed", screens)
