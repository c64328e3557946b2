"""Each device is unplugged and plugged in again in the middle of each flow, at the window with everything it has.

Rules: the flow ends with its outcome and its papers; the log says once that the device went and once that it is back,
and warns of nothing else; there are as many threads and open files as before; and from the moment the hand pulls or
plugs until the window knows, the GUI thread answers within 50 ms. Time in which the machine let the GUI thread wait for
a processor (/proc/self/schedstat) is no stall, and what the simulators in this same process take from it does not come
again: a run with a stall is repeated. What the keys of a flow cost is not judged here but in ``make bench``, where the
simulators are other processes; the full form (``make unplug``) writes it down beside the same flow without the fault.
"""

import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import Any

import living_counter
import pytest
from counter_flows import FLOWS, LINES, Flow, lost_paper
from ending_hands import at_window
from living_counter import Living, everywhere, living
from plugged import DEVICES, Desk, held, plugged, told
from PySide6.QtCore import QCoreApplication

from app.commands.system_clock import SystemClock
from ui.application import GIL_TURN_S, load_work
from ui.screens.counter.build.rehearsal import rehearsal
from ui.stall_watch import STALL_MS

if sys.platform == "win32":
    pytest.skip("no pseudo terminals", allow_module_level=True)

MID_PAPER = "mid-paper"
"""The moment in which a printer's line breaks while the paper goes over it."""
SHORT = (
    ("reader-serial", "accept", "come"),
    ("reader-tcp", "referral", "come"),
    ("printer-serial", "notice", "notice"),
    ("printer-tcp", "reprint", "again"),
    ("printer-tcp", "accept", MID_PAPER),
    ("scanner", "refusal", "refuse"),
    ("display", "pick-up", "look_up"),
    ("keypad", "accept", "accept"),
)
TORN = ("accept", "notice", "refusal", "referral")
NO_DEVICE = "none"
TRIES = 5
PATIENCE_MS = 20_000
SCHEDULED = Path("/proc/self/schedstat")
"""Of the first thread, which is the GUI's: nanoseconds it ran, those it was ready and waited, and how often it ran."""
OF_QT = "anon_inode"
"""Qt opens two of these with its first window and keeps them."""


class RunClock(SystemClock):
    """Stands still while the GUI thread is ready to run and the machine has no processor for it."""

    def monotonic_ms(self) -> int:
        waited_ns = int(SCHEDULED.read_text().split()[1])
        return super().monotonic_ms() - waited_ns // 1_000_000


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Every device out before every step of every flow; the short form takes one moment of each device."""
    trials: list[tuple[str, str, str]] = list(SHORT)
    if metafunc.config.getoption("--every-unplug"):
        trials = [(NO_DEVICE, name, "") for name in FLOWS]
        trials += [
            (device, name, moment) for name, flow in FLOWS.items() for device in DEVICES for moment in flow.moments
        ]
        trials += [(device, name, MID_PAPER) for name in TORN for device in DEVICES if device.startswith("printer")]
    metafunc.parametrize(("device", "name", "moment"), trials)


@pytest.fixture(autouse=True)
def _as_the_program_runs(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The program lets go of the interpreter more often than Python's own default; devices take long to come."""
    monkeypatch.setattr(living_counter, "WAIT_MS", PATIENCE_MS)
    press = Living.press

    def press_as_a_hand_does(counter: Living, *keys: Any, **how: Any) -> None:
        """Let the window draw between two keys: in one go they would add up to a stall that no hand can make."""
        for key in keys:
            press(counter, key, **how)
            QCoreApplication.processEvents()

    monkeypatch.setattr(Living, "press", press_as_a_hand_does)
    before = sys.getswitchinterval()
    sys.setswitchinterval(GIL_TURN_S)
    yield
    sys.setswitchinterval(before)


@pytest.fixture
def open_desk(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[Flow, str], AbstractContextManager[Desk]]:
    """Opens a desk on a store as it is when nobody was here yet."""
    need = request.getfixturevalue
    names = ("qtbot", "kit", "clerk", "ticket", "queue", "clock")
    qtbot, kit, clerk, ticket, queue, clock = map(need, names)

    @contextmanager
    def opened(flow: Flow, device: str) -> Iterator[Desk]:
        need("memory_of")(kit.database.engine).hold(need("published_store"))
        at_window(kit, flow.window)
        authority = queue(*map(ticket, flow.tickets))
        authority.windows = LINES
        with ExitStack() as open_:
            counter = open_.enter_context(
                living(qtbot, clock, kit, everywhere(clerk), authority=authority, number=flow.window)
            )
            load_work()
            counter.window.rehearse(rehearsal(counter.state))
            desk = open_.enter_context(plugged(counter, device, tmp_path, RunClock()))
            if flow.before is not None:
                flow.before(desk, need("ready_card"))
            yield desk

    return opened


def go(desk: Desk, flow: Flow, device: str, moment: str) -> None:
    """Do the flow; the device goes before the step ``moment``, and a printer comes back when a paper waits for it."""
    out = back = torn = -1
    if moment == MID_PAPER:
        torn = flow.waits_at(0) - 1
    elif moment:
        out = back = flow.moments.index(moment)
        if device.startswith("printer"):
            back = flow.waits_at(out)
    for at, step in enumerate(flow.steps):
        if at == out:
            desk.pull(device)
        if at == torn:
            desk.tear(device)
        step(desk)
        if at == torn:
            desk.torn(device)
            desk.put_back(device)
            lost_paper(desk)
        if at == back:
            desk.put_back(device)


def one_run(desk: Desk, flow: Flow, device: str, moment: str, records: Any) -> tuple[int, int]:
    """Do the flow and check everything but its stalls; return the longest while reacting, and of the whole, in ms."""
    before = held()
    records.clear()
    go(desk, flow, device, moment)
    warnings = [each for each in records.records if each.levelno >= logging.WARNING and each.name != "ui.stall_watch"]
    if moment:
        assert told(records.records, device) == ["lost", "back"]
    assert len(warnings) == bool(moment)
    with desk.counter.kit.store.read() as view:
        ended = view.last_ended()
    assert ended is not None
    assert ended.outcome is flow.outcome
    papers = desk.papers()[1:] if moment == MID_PAPER else desk.papers()
    assert [each["violations"] for each in papers] == [[]] * flow.papers
    desk.counter.until(lambda: held() == before)
    return max(desk.reacting, default=0), desk.watch.longest_ms


def test_a_device_that_goes_and_comes_back_stops_no_flow(
    *,
    open_desk: Callable[[Flow, str], AbstractContextManager[Desk]],
    device: str,
    name: str,
    moment: str,
    caplog: pytest.LogCaptureFixture,
    record_property: Callable[[str, object], None],
) -> None:
    caplog.set_level(logging.INFO)
    flow = FLOWS[name]
    at_first = held()
    longest = 0
    figures: dict[str, Any] = {"device": device, "flow": name, "moment": moment, "reacts": 0, "whole": 0, "tries": 1}
    record_property("unplugged", figures)
    for tries in range(1, TRIES + 1):  # noqa: B007 - told behind the loop
        with open_desk(flow, device) as desk:
            reacting, whole = one_run(desk, flow, device, moment, caplog)
        longest = max(longest, whole)
        if reacting <= STALL_MS and device != NO_DEVICE:
            break
    assert {**held(), OF_QT: 0} == {**at_first, OF_QT: 0}
    figures |= {"reacts": reacting, "whole": longest, "tries": tries}
    assert reacting <= STALL_MS
