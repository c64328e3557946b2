"""冲突 by keys: two places change one case while the cable is out; what the server cannot take is a task, once."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from living_counter import Key, Living
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from screens_kept import Screens
from test_counter_screens import cut_texts

from app.domain.case import Case, CaseState
from app.domain.correction import VoidReason
from app.domain.link import Link, LinkStatus
from app.domain.original import OriginalState
from app.domain.person import Person
from app.ports.spool import JobState
from app.storage.replica import CounterReplica
from app.usecases.correct_found import void_found_case
from app.usecases.open_day import open_day
from app.usecases.review_case import take_up
from sync.server.service import provision
from sync.server.storage import cards
from sync.server.storage.conflict_tables import conflict
from ui.screens.counter.build import build
from ui.screens.counter.build.conflict_words import differences
from ui.screens.counter.conflict_tasks import ConflictTask
from ui.screens.review.build.view import build as review_view
from ui.screens.search.state import SearchState
from ui.widgets.slip_views import SideView

sys.path.append(str(Path(__file__).parents[1] / "rules"))
from hand_out import at_window, tags
from office import HALL, Office, Place, opened_office
from review_hands import review_desk

CTRL = Qt.KeyboardModifier.ControlModifier
SIZES = ((1920, 1080), (1536, 864), (1366, 768), (1280, 720), (1092, 614))


@pytest.fixture(scope="module")
def office(qapp: Any) -> Iterator[Office]:
    with opened_office() as hall:
        yield hall


@pytest.fixture
def places(office: Office, citizen: Person) -> tuple[Place, Place, Case]:
    """A window and a department that hold the same case, when the window's cable is pulled."""
    window, department = office.place("A03", "0302"), office.place("R01", "0401")
    case = window.accept(citizen)
    department.sync()
    return window, department, window.case(case.case_id)


def met(window: Place, department: Place, case: Case) -> None:
    """The department takes the case up; the window, cut off, voids it; then the cable is back."""
    open_day(department.store, department.clock, department.clerk)
    take_up(department.store, department.clock, case.case_id, department.clerk)
    department.sync()
    void_found_case(window.store, case.case_id, VoidReason.WRONG_PERSON, window.clerk)
    window.talk()


def waiting(place: Place) -> list[tuple[str, str]]:
    """Return kind and reason of what the server keeps open of a place's chain."""
    own = conflict.c.incarnation == place.replica.incarnation()
    with place.office.storage.engine.connect() as connection:
        rows = connection.execute(conflict.select().where(own, conflict.c.resolved_ms.is_(None)))
        return [(row.kind, row.reason) for row in rows]


def hanging(office: Office, case: Case) -> int:
    """Return how many cards hang over what was parked of a case."""
    with office.storage.engine.connect() as connection:
        return sum((each.rule, each.subject) == ("parked", case.case_no) for each in cards.hanging(connection, HALL))


def asked(counter: Living) -> list[str]:
    """Press Ctrl+S and return what the right pane says above the digits."""
    counter.until(lambda: bool(counter.state.conflicts))
    counter.press(Key.Key_S, modifier=CTRL)
    assert counter.state.ask is not None
    right = build(counter.state).right
    assert isinstance(right, SideView)
    return [right.fault.title if right.fault else "", *(line[0] for each in right.notices[:1] for line in each.lines)]


def test_at_the_reviewers_desk_it_is_one_key_and_a_digit(
    office: Office, places: tuple[Place, Place, Case], qtbot: Any
) -> None:
    window, department, case = places
    void_found_case(window.store, case.case_id, VoidReason.TWICE, window.clerk)
    window.sync()
    open_day(department.store, department.clock, department.clerk)
    take_up(department.store, department.clock, case.case_id, department.clerk)
    department.talk()
    assert (waiting(department), hanging(office, case)) == ([("case.review_begun", "illegal_transition")], 1)
    with review_desk(department, qtbot) as desk:
        assert "有 1 件与服务端的记录不合" in review_view(desk.presenter.state).message
        QTest.keyClick(desk.window, Key.Key_S, CTRL)
        desk.until(lambda: desk.presenter.state.ask is not None)
        sheet = review_view(desk.presenter.state).sheet
        assert sheet is not None
        rows = [each.cells for each in sheet.rows]
        assert rows[0][1].endswith("您办的，这时已经不能这样办")
        assert rows[1] == ("现在", "已作废")
        for width, height in SIZES[::2]:
            desk.window.resize(width, height)
            desk.until(lambda: cut_texts(desk.window) == [])
            Screens().keep(desk.window, f"conflict-review-{width}.png")
        desk.press("9", "1")
        desk.until(lambda: desk.presenter.state.facts is not None and desk.presenter.state.facts.conflicts == ())
    department.talk()
    assert (waiting(department), hanging(office, case)) == ([], 0)


def otherwise(task: ConflictTask) -> ConflictTask:
    """The same task, had the window said something else of the form and of the first material."""
    payload = task.parked.operation.payload
    first = next(iter(payload["verdicts"]))
    verdicts = {**payload["verdicts"], first: {**payload["verdicts"][first], "verdict": "defective"}}
    said = replace(task.parked.operation, payload={**payload, "form": {"operator_name": "乙"}, "verdicts": verdicts})
    return replace(task, parked=replace(task.parked, operation=said), later=1)


def test_what_stands_there_holds_and_the_task_ends_everywhere(
    office: Office, places: tuple[Place, Place, Case], qtbot: Any
) -> None:
    window, department, case = places
    met(window, department, case)
    assert (waiting(window), hanging(office, case)) == ([("case.voided", "illegal_transition")], 1)
    assert window.case(case.case_id).state is CaseState.REVIEWING  # the feed's word; what was said is the task
    with at_window(window, qtbot) as counter:
        assert "冲突 1 · Ctrl S" in tags(counter)
        said = asked(counter)
        assert said[0] == "作废没有入账，怎么办？"
        assert said[1].endswith("您办的，这时已经不能这样办。")
        assert said[2].startswith("现在：审查中")
        assert said[2].endswith("工号 0401 办的。")
        (task,) = counter.state.conflicts
        assert differences(task, counter.state.catalogue) == ()
        assert differences(otherwise(task), counter.state.catalogue) == (
            "表单与您记的不同",
            "食品经营许可证申请书：您记“不符”，现在“齐”",
        )
        counter.presenter.update(conflicts=(otherwise(task),))
        pictures(counter, "conflict")
        counter.press(Key.Key_1)
        counter.until(lambda: counter.state.message == "conflict_take" and not counter.state.conflicts)
        counter.press(Key.Key_S, modifier=CTRL)
        assert counter.state.ask is None
    window.talk()
    assert (waiting(window), hanging(office, case), window.replica.parked()) == ([], 0, 0)


def test_it_is_done_anew_on_what_stands_there(office: Office, places: tuple[Place, Place, Case], qtbot: Any) -> None:
    window, department, case = places
    met(window, department, case)
    with at_window(window, qtbot) as counter:
        asked(counter)
        counter.press(Key.Key_2)
        counter.until(lambda: isinstance(counter.state.over, SearchState) and bool(counter.state.over.hits))
        over = counter.state.over
        assert isinstance(over, SearchState)
        assert (over.typed, over.hits[0].state) == (case.case_no, CaseState.REVIEWING)
        counter.press(Key.Key_Escape)
        counter.until(lambda: counter.state.over is None)
    window.talk()
    assert (waiting(window), hanging(office, case)) == ([], 0)


def test_the_floor_manager_has_it_and_the_counter_is_done(
    office: Office, places: tuple[Place, Place, Case], qtbot: Any
) -> None:
    window, department, case = places
    met(window, department, case)
    with at_window(window, qtbot) as counter:
        asked(counter)
        counter.press(Key.Key_3)
        counter.until(lambda: counter.state.message == "conflict_manager" and not counter.state.conflicts)
    window.talk()
    assert (waiting(window), hanging(office, case), window.replica.parked()) == ([], 1, 0)


@pytest.fixture
def without_the_item(office: Office) -> Iterator[None]:
    """The centre took the item from the clerk while the window was cut off; afterwards they have it back."""
    profile = next(each for each in provision.profiles_of(office.document) if each.clerk == "0302")
    provision.add_clerk(office.storage, replace(profile, items=()), HALL, password=None)
    yield
    provision.add_clerk(office.storage, profile, HALL, password=None)


@pytest.mark.usefixtures("without_the_item")
def test_a_case_the_server_never_took_in_ends_with_its_papers(office: Office, citizen: Person, qtbot: Any) -> None:
    window = office.place("A03", "0302")
    with pytest.raises(AssertionError, match="forbidden_actor"):
        window.accept(citizen)
    with at_window(window, qtbot) as counter:
        said = asked(counter)
        assert said[1].endswith("您办的，服务端没有您的这项权限。")
        assert said[2] == "现在：服务端没有这一件。"
        (task,) = counter.state.conflicts
        assert [each.value for each in task.ways] == ["take", "manager"]
        assert task.case is not None
        counter.press(Key.Key_1)
        counter.until(lambda: counter.state.message == "conflict_take" and not counter.state.conflicts)
    with window.store.read() as view:
        assert {each.state for each in view.print_jobs_of(task.case.case_id)} == {JobState.VOIDED}
        assert all(each.state is OriginalState.VOIDED for each in view.originals_of(task.case.case_id))
    assert window.case(task.case.case_id).state is CaseState.VOIDED
    window.talk()
    assert waiting(window) == []


def test_several_are_listed_and_nothing_is_pressed_twice(
    office: Office, places: tuple[Place, Place, Case], citizen: Person, qtbot: Any
) -> None:
    window, department, case = places
    other = window.accept(replace(citizen, name="李四"))
    department.sync()
    met(window, department, case)
    met(window, department, window.case(other.case_id))
    # The answer to the push was lost: the same operations go out once more and are told the same.
    incarnation = window.replica.server_incarnation()
    assert incarnation is not None
    window.replica.rewind(window.replica.outbox()[0] - 1, incarnation)
    window.talk()
    assert (len(waiting(window)), window.replica.parked()) == (2, 2)
    # After a restart they are there, as before.
    assert CounterReplica(window.database, window.clock).parked() == 2
    with at_window(window, qtbot) as counter:
        counter.bridge.link.emit(LinkStatus(Link.ATTENTION, conflicts=2))
        assert asked(counter)[0] == "有 2 件要您看，先看哪一件？"
        Screens().keep(counter.window, "conflicts.png")
        counter.press(Key.Key_9)
        assert counter.state.ask is not None
        counter.press(Key.Key_2, Key.Key_1)
        counter.until(lambda: len(counter.state.conflicts) == 1 and not counter.state.busy)
        assert asked(counter)[0] == "作废没有入账，怎么办？"
        assert build(counter.state).right.notices[0].title == case.case_no
        counter.press(Key.Key_Escape)
        assert (counter.state.ask, len(counter.state.conflicts)) == (None, 1)
    window.talk()
    assert (len(waiting(window)), window.replica.parked()) == (1, 1)


def pictures(counter: Living, name: str) -> None:
    """What is shown fits in every layout class."""
    before = counter.window.size()
    for width, height in SIZES:
        counter.window.resize(width, height)
        counter.whole()
        Screens().keep(counter.window, f"{name}-{width}.png")
    counter.window.resize(before)
    counter.whole()
