"""The display's driver on real pseudo terminals and sockets, with its real thread, and the sink at the other end."""

import logging
import os
import queue
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.commands.system_clock import SystemClock
from app.ports.device_fault import Advice, FaultReason
from app.ports.window_display import DisplayBack, DisplayEvent, DisplayLost, DisplayUnfit, Kind, Showing
from devices.display.bus import BusLock
from devices.display.driver import LedDisplay
from devices.display.sink import DisplaySink
from devices.display.template import FOLDER, Template, load_template
from devices.errors import DeviceError
from devices.transport import SerialPort

PATIENCE_S = 10
posix_only = pytest.mark.skipif(sys.platform == "win32", reason="no pseudo terminals")
FOUR = load_template(FOLDER / "four-byte.toml")
SEVEN = load_template(FOLDER / "seven-byte.toml")
TEXT = load_template(FOLDER / "text-line.toml")


def call(ticket: str) -> Showing:
    return Showing(Kind.CALL, ticket, f"请{ticket}号")


class Driven:
    """A display and what it told."""

    def __init__(self, url: str, template: Template, **more: Any) -> None:
        self._events: queue.Queue[DisplayEvent] = queue.Queue()
        times = {"retry_s": 0.02, "look_s": 0.02, "turnaround_s": 0.001}
        self.display = LedDisplay(SerialPort(url, 9600), template, SystemClock(), **{**times, **more})
        self.display.start(self._events.put)

    def next(self) -> DisplayEvent:
        return self._events.get(timeout=PATIENCE_S)

    @property
    def nothing_more(self) -> bool:
        return self._events.empty()


@pytest.fixture
def drive() -> Iterator[Callable[..., Driven]]:
    before = set(threading.enumerate())
    driven: list[Driven] = []

    def drive(url: str, template: Template = FOUR, **more: Any) -> Driven:
        driven.append(Driven(url, template, **more))
        return driven[-1]

    yield drive
    for each in driven:
        each.display.stop()
    assert set(threading.enumerate()) <= before, "a thread outlived its display"


@pytest.fixture
def sink(request: pytest.FixtureRequest) -> Iterator[DisplaySink]:
    sink = DisplaySink("127.0.0.1", 0, getattr(request, "param", None))
    sink.start()
    yield sink
    sink.stop()


def url_of(sink: DisplaySink) -> str:
    return "socket://{}:{}".format(*sink.address)


def until(sink: DisplaySink, holds: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    deadline = time.monotonic() + PATIENCE_S
    while not holds(state := sink.handle({"do": "state"})):
        assert time.monotonic() < deadline, state
        threading.Event().wait(0.002)
    return state


def read_exactly(far: int, count: int) -> bytes:
    data = b""
    while len(data) < count:
        data += os.read(far, count - len(data))
    return data


@posix_only
@pytest.mark.parametrize(
    ("template", "address", "ticket", "frame"), [(FOUR, 5, "A999", "0503E7EF"), (SEVEN, 0, "B888", "3A00780301B60A")]
)
def test_the_real_frames_go_out_on_a_terminal_device(
    drive: Callable[..., Driven], template: Template, address: int, ticket: str, frame: str
) -> None:
    far, near = os.openpty()
    driven = drive(os.ttyname(near), template, address=address)
    assert driven.next() == DisplayBack()
    os.close(near)
    driven.display.show(call(ticket))
    assert read_exactly(far, len(frame) // 2).hex().upper() == frame
    os.close(far)
    assert driven.next() == DisplayLost(FaultReason.DISCONNECTED, Advice.CHECK_CABLE)


@pytest.mark.parametrize("sink", [TEXT], indirect=True)
def test_calls_notices_and_clearing_arrive_and_stopping_clears(drive: Callable[..., Driven], sink: DisplaySink) -> None:
    driven = drive(url_of(sink), TEXT, address=7, window="A03")
    assert driven.next() == DisplayBack()
    for showing in (call("A023"), Showing(Kind.TEXT, text="暂停服务"), Showing(Kind.IDLE, text="空闲")):
        driven.display.show(showing)
        assert until(sink, lambda state, text=showing.text: state["shown"].get("7") == text)  # type: ignore[misc]
    driven.display.stop()
    assert until(sink, lambda state: state["shown"]["7"] == "")["last"] == {"kind": "clear", "addr": 7}


def test_the_newest_wins_and_what_was_missed_is_shown_once_it_is_back(
    drive: Callable[..., Driven], sink: DisplaySink, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    driven = drive(url_of(sink), FOUR, address=5)
    assert driven.next() == DisplayBack()
    driven.display.show(call("A023"))
    until(sink, lambda state: state["shown"] == {"5": 23})
    sink.handle({"do": "unplug"})
    assert driven.next() == DisplayLost(FaultReason.DISCONNECTED, Advice.CHECK_CABLE)
    before = sink.handle({"do": "state"})["frames"]
    for number in range(24, 90):
        driven.display.show(call(f"A{number:03}"))
    sink.handle({"do": "plug"})
    assert until(sink, lambda state: state["shown"] == {"5": 89})["frames"] == before + 1
    assert driven.next() == DisplayBack()
    assert driven.nothing_more
    told = [record.getMessage() for record in caplog.records if record.name == "devices.display.driver"]
    assert told == ["display_back", "display_lost reason=device_disconnected", "display_back"]


def test_showing_never_waits_for_a_board_that_is_not_there(drive: Callable[..., Driven], sink: DisplaySink) -> None:
    sink.handle({"do": "unplug"})
    driven = drive(url_of(sink))
    assert driven.next() == DisplayLost(FaultReason.PORT_ABSENT, Advice.CHECK_CABLE)
    began = time.monotonic()
    for number in range(1000):
        driven.display.show(call(f"A{number:03}"))
    assert time.monotonic() - began < 1


def test_a_number_without_a_place_is_told_and_the_next_one_shown(
    drive: Callable[..., Driven], sink: DisplaySink
) -> None:
    driven = drive(url_of(sink), SEVEN)
    assert driven.next() == DisplayBack()
    driven.display.show(call("A99999"))
    assert driven.next() == DisplayUnfit("ticket")
    driven.display.show(call("A024"))
    until(sink, lambda state: state["shown"] == {"0": 24})


@pytest.mark.parametrize("sink", [TEXT], indirect=True)
def test_a_board_that_must_answer_is_asked_again_and_silence_is_told_once(
    drive: Callable[..., Driven], sink: DisplaySink
) -> None:
    assert TEXT.ack is not None
    quick = replace(TEXT, ack=replace(TEXT.ack, timeout_ms=30, retries=2))
    sink.handle({"do": "mute", "on": True})
    driven = drive(url_of(sink), quick, address=7)
    assert driven.next() == DisplayBack()
    driven.display.show(call("A023"))
    assert driven.next() == DisplayLost(FaultReason.SILENT, Advice.CHECK_CABLE)
    until(sink, lambda state: state["frames"] >= 4)  # three tries, and the next round after the port was opened again
    sink.handle({"do": "mute", "on": False})
    assert driven.next() == DisplayBack()
    assert driven.nothing_more


@posix_only
def test_an_answer_from_another_board_does_not_count(drive: Callable[..., Driven]) -> None:
    assert TEXT.ack is not None
    far, near = os.openpty()
    driven = drive(os.ttyname(near), replace(TEXT, ack=replace(TEXT.ack, timeout_ms=60, retries=0)), address=7)
    assert driven.next() == DisplayBack()
    driven.display.show(call("A023"))
    read_exactly(far, 20)
    os.write(far, bytes.fromhex("AA550806"))
    assert driven.next() == DisplayLost(FaultReason.SILENT, Advice.CHECK_CABLE)
    os.close(near)
    os.close(far)


def test_a_bus_is_spoken_on_by_one_program_at_a_time(
    drive: Callable[..., Driven], sink: DisplaySink, tmp_path: Path
) -> None:
    lock = tmp_path / "bus.lock"
    first = drive(url_of(sink), FOUR, address=1, bus=BusLock(lock, SystemClock()))
    second = drive(url_of(sink), FOUR, address=2, bus=BusLock(lock, SystemClock()))
    assert [first.next(), second.next()] == [DisplayBack(), DisplayBack()]
    with BusLock(lock, SystemClock()).held():
        first.display.show(call("A011"))
        second.display.show(call("A022"))
        assert sink.handle({"do": "state"})["frames"] == 0
        with pytest.raises(DeviceError, match="port_busy"), BusLock(lock, SystemClock(), wait_ms=20).held():
            pass
    until(sink, lambda state: state["shown"] == {"1": 11, "2": 22})
    assert (first.nothing_more, second.nothing_more) == (True, True)


@pytest.mark.parametrize("request_", [{"do": "eat"}, {}])
def test_a_sink_refuses_what_makes_no_sense(sink: DisplaySink, request_: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="cannot do"):
        sink.handle(request_)
