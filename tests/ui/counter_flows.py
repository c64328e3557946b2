"""The flows of a counter, step by step, at a desk whose devices may be out: each goes on and ends as it should."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from decided import lie_ready
from ending_hands import explain, right
from living_counter import Key
from plugged import Desk
from PySide6.QtCore import Qt
from test_persons import typed

from app.domain.case import Case
from app.domain.catalogue.organisation import Authority
from app.domain.transfer import WindowLine
from app.domain.visit import Outcome
from app.ports.spool import JobState
from devices.sam.demo_cards import demo_card
from ui.screens.counter import acts

CTRL = Qt.KeyboardModifier.ControlModifier
ANSWERS = {"phone": "15400000001"}
READY_REV = 4
"""How often a case has changed whose result lies ready: this window has read all of it."""
Step = Callable[[Desk], None]


@dataclass(frozen=True)
class Flow:
    """What is done at which window; ``before`` is what lies there already, ``papers`` how many come out in all."""

    window: str
    tickets: tuple[str, ...]
    steps: tuple[Step, ...]
    outcome: Outcome
    papers: int
    before: Callable[[Desk, Any], None] | None = None

    @property
    def moments(self) -> tuple[str, ...]:
        """The names of the steps, a second one numbered: before each of them a device may go."""
        names = [step.__name__ for step in self.steps]
        seen = [names[: at + 1].count(name) for at, name in enumerate(names)]
        return tuple(name if count == 1 else f"{name} {count}" for name, count in zip(names, seen, strict=True))

    def waits_at(self, out: int) -> int:
        """Return the step from ``out`` on after which a paper waits for a printer that is out; ``out`` if none does."""
        waiting = (at for at in range(out, len(self.steps)) if self.steps[at] in (paper, second_copy))
        return next(waiting, out)


def come(desk: Desk) -> None:
    """Call; the citizen lays the card, or where no reader is, the clerk types who it is."""
    counter = desk.counter
    counter.press(Key.Key_F2)
    if desk.pulled == "reader":
        person = demo_card("P1")
        counter.press(Key.Key_Return)
        counter.until(lambda: counter.state.card is not None)
        counter.press(Key.Key_F8, Key.Key_F8)
        typed(counter, person.name, person.number, "15400000001")
    else:
        desk.sam.handle({"do": "lay", "person": "P1"})
    counter.until(lambda: counter.state.card is not None and counter.state.card.applicant is not None)
    assert counter.state.card is not None
    assert counter.state.card.applicant is not None
    assert counter.state.card.applicant.number == demo_card("P1").number
    desk.sam.handle({"do": "lift"})


def paper(desk: Desk) -> None:
    """The paper comes out; where no printer is, it waits with its ways out and comes by itself once one is there."""
    counter = desk.counter
    if desk.pulled != "printer" or _came_out(desk):
        counter.until(lambda: _came_out(desk))
        return
    counter.until(lambda: counter.state.job is not None and right(counter).fault is not None)
    assert counter.state.job is not None
    assert counter.state.job.state is JobState.QUEUED


def lost_paper(desk: Desk) -> None:
    """The line broke in the middle of the paper: the clerk looks, and it did not come out."""
    desk.counter.until(lambda: desk.counter.state.unsure is not None)
    desk.counter.press(Key.Key_2)
    desk.counter.until(lambda: desk.counter.state.unsure is None)


def given(desk: Desk) -> None:
    """The paper is in the citizen's hand; whoever pulled the printer has put it back by now."""
    paper(desk)


def situation(desk: Desk) -> None:
    """残疾人证新办, three situations."""
    desk.counter.press(Key.Key_5, Key.Key_1, Key.Key_1, Key.Key_1)


def leave(desk: Desk) -> None:
    """The citizen goes."""
    desk.counter.press(Key.Key_F12)
    desk.counter.until(lambda: desk.counter.state.visit is None)


def accept(desk: Desk) -> None:
    """All papers are there: F10."""
    desk.counter.press(Key.Key_Plus)
    _fill(desk)
    desk.counter.press(Key.Key_F10)
    desk.counter.until(lambda: desk.counter.state.issued is not None)


def notice(desk: Desk) -> None:
    """Two papers are missing: F9."""
    desk.counter.press(Key.Key_2, Key.Key_3, Key.Key_Plus, Key.Key_F9)
    desk.counter.until(lambda: desk.counter.state.issued is not None)


def fill_refusal(desk: Desk) -> None:
    """F11 and why."""
    counter = desk.counter
    counter.press(Key.Key_Return, Key.Key_F11, Key.Key_2, Key.Key_Tab)
    counter.write("示范市交通运输局，示例路20号，000-7654321")
    counter.press(Key.Key_Tab, Key.Key_Y, Key.Key_Tab)
    explain("您运的是危险货物，由市交通运输局许可，本窗口没有这项权限")
    counter.until(lambda: right(counter).primary is not None and right(counter).primary.enabled)


def refuse(desk: Desk) -> None:
    """The second F11 refuses."""
    desk.counter.press(Key.Key_F11)
    desk.counter.until(lambda: desk.counter.window.property("outcome") == "rejected")


def complete(desk: Desk) -> None:
    """ITM-01 to its completion: the item, the usual answers, the form, F10."""
    desk.counter.press(Key.Key_1, Key.Key_Return, Key.Key_Plus)
    _fill(desk)
    desk.counter.press(Key.Key_F10)
    desk.counter.until(lambda: desk.counter.state.issued is not None)


def refer(desk: Desk) -> None:
    """F6: on to the tax window, with a number and a paper."""
    desk.counter.press(Key.Key_F6)
    desk.counter.until(lambda: desk.counter.state.message == "referral_done")


def look_up(desk: Desk) -> None:
    """F12, 领取结果, the number of the case."""
    counter = desk.counter
    counter.press(Key.Key_F12, Key.Key_4)
    counter.write(desk.case_no)


def hand_out(desk: Desk) -> None:
    """The result is handed out."""
    desk.counter.press(Key.Key_Return)
    desk.counter.until(lambda: desk.counter.state.visit is None)


def find(desk: Desk) -> None:
    """F7 and the serial of the day."""
    counter = desk.counter
    counter.press(Key.Key_F7)
    counter.letters(desk.case_no.split("-")[2])
    counter.until(lambda: bool(counter.state.over.hits) and counter.state.over.looked is not None)


def again(desk: Desk) -> None:
    """补打."""
    desk.counter.press(Key.Key_1, modifier=CTRL)
    desk.counter.until(lambda: desk.counter.state.over.message == "reprint_queued")


def second_copy(desk: Desk) -> None:
    """The second copy comes out, or waits for the printer."""
    job = _jobs(desk)[-1]
    assert job.reprint == 1
    if desk.pulled == "printer" and job.state is not JobState.PRINTED:
        assert job.state is JobState.QUEUED
        return
    desk.counter.until(lambda: _jobs(desk)[-1].state is JobState.PRINTED)


def close_search(desk: Desk) -> None:
    """Esc, until the idle window is there."""
    second_copy(desk)
    desk.counter.press(Key.Key_Escape)
    desk.counter.until(lambda: desk.counter.state.over is None)


def accepted_before(desk: Desk, ready_card: Any) -> None:
    """Somebody was here: a case whose paper came out."""
    counter = desk.counter
    counter.press(Key.Key_F2, Key.Key_Return)
    counter.until(lambda: counter.state.card is not None)
    counter.presenter.act(lambda parts: acts.decide(parts, ready_card("ITM-02"), Authority.ACCEPT))
    counter.until(lambda: counter.state.issued is not None and not counter.state.busy)
    desk.case_no = counter.state.issued.case_no
    paper(desk)
    leave(desk)
    counter.kit.clock.advance(1_000)


def ready_before(desk: Desk, ready_card: Any) -> None:
    """The same, and the result lies ready."""
    accepted_before(desk, ready_card)
    lie_ready(desk.counter.kit, _kept(desk), READY_REV)


def _fill(desk: Desk) -> None:
    """Whatever the form still wants; a card that was read leaves less than a person who was typed."""
    counter = desk.counter
    card = counter.state.card
    assert card is not None
    assert card.form is not None
    for field in card.form.to_fill():
        counter.write(ANSWERS.get(field.name, "5" if field.pattern else "某某经营"))
        counter.press(Key.Key_Return)


def _came_out(desk: Desk) -> bool:
    job = desk.counter.state.job
    return job is not None and job.state is JobState.PRINTED


def _kept(desk: Desk) -> Case:
    with desk.counter.kit.store.read() as view:
        (case,) = view.cases_named(desk.case_no)
    found: Case = case
    return found


def _jobs(desk: Desk) -> list[Any]:
    case_id = _kept(desk).case_id
    with desk.counter.kit.store.read() as view:
        return list(view.print_jobs_of(case_id))


LINES = [WindowLine("A01", ("A",), 2, open=True), WindowLine("B07", ("D",), 3, open=True)]
FLOWS = {
    "accept": Flow("B01", ("B012",), (come, situation, accept, paper, given, leave), Outcome.ACCEPTED, 1),
    "notice": Flow("B01", ("B012",), (come, situation, notice, paper, given, leave), Outcome.NOTICED, 1),
    "refusal": Flow("A07", ("F012",), (come, fill_refusal, refuse, paper, given, leave), Outcome.REFUSED, 1),
    "referral": Flow(
        "A01", ("A012",), (come, complete, paper, given, refer, paper, given, leave), Outcome.COMPLETED, 2
    ),
    "pick-up": Flow("A01", ("A012", "A013"), (come, look_up, hand_out), Outcome.PICKED_UP, 1, before=ready_before),
    "reprint": Flow(
        "A01", ("A012",), (find, again, second_copy, close_search), Outcome.ACCEPTED, 2, before=accepted_before
    ),
}
