"""I44: yellow one working day before the due day, red after it; the numbers are the catalogue's, everywhere."""

import copy
from typing import Any

import pytest
from hand_out import at_window
from office import DEMO, HALL, opened_office
from review_hands import review_desk

from app.domain.person import Person
from app.domain.rights import Role
from sync.server.service.attempts import Attempts
from sync.server.service.caller import Caller
from sync.server.service.case_progress import case_progress
from sync.server.service.floor_state import floor_state
from sync.server.service.ledgers.ask import Asked, ledger_page
from ui.screens.counter.view_model import IdleView

SUPERVISOR = Caller(HALL, frozenset({Role.SUPERVISOR, Role.FLOOR_MANAGER}), clerk="0902")


@pytest.mark.parametrize(("days", "word", "colour"), [(1, "剩 3 天", "蓝"), (3, "黄牌 剩 3 天", "黄")])
def test_i44_a_light_is_what_the_catalogue_says_everywhere(
    days: int, word: str, colour: str, citizen: Person, qtbot: Any
) -> None:
    """Three working days left of eight: yellow in the window, at the desk, in the ledger, on the page, if so said."""
    document = copy.deepcopy(DEMO)
    document["cards"]["due_soon"]["amount"] = days
    with opened_office(document) as office:
        window, department = office.place("A03", "0302"), office.place("R01", "0401")
        case = window.accept(citizen)
        department.sync()
        office.clock.set("2026-11-30")
        assert case.promised_due == "2026-12-03"
        with at_window(window, qtbot) as counter:
            view = counter.window._view
            assert view is not None
            assert isinstance(view.centre, IdleView)
            assert [each.due_text for each in view.centre.cases] == [word]
        with review_desk(department, qtbot) as desk:
            assert [each.due_text for each in desk.window._view.list.rows] == [word]
        context = office.service.context
        page = ledger_page(context, SUPERVISOR, HALL, "acceptance", Asked("2026-11-23"))
        assert page.rows[0].cells[-2:] == [colour, 3]
        shown = case_progress(context, Attempts(context), case.case_no, case.query_code, "127.0.0.1")
        assert (shown.ring.light.value == "yellow") is (colour == "黄")
        assert floor_state(context, SUPERVISOR, HALL).figures.yellow == (colour == "黄")
