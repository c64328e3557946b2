"""The scanner's driver on a real pseudo terminal and on a real socket, with its real thread."""

import logging
import os
import queue
import sys
import threading
from collections.abc import Callable, Iterator

import pytest

from app.ports.device_fault import Advice, FaultReason
from app.ports.scanner import Scanned, ScannerBack, ScannerEvent, ScannerLost, ScanUnreadable, Unreadable
from devices.scanner.driver import SerialScanner
from devices.scanner.simulator import ScannerSimulator
from devices.transport import SerialPort

PATIENCE_S = 10
posix_only = pytest.mark.skipif(sys.platform == "win32", reason="no pseudo terminals")


class Heard:
    """A scanner and what it told."""

    def __init__(self, url: str) -> None:
        self._events: queue.Queue[ScannerEvent] = queue.Queue()
        self.scanner = SerialScanner(SerialPort(url, 9600), retry_s=0.02)
        self.scanner.start(self._events.put)

    def next(self) -> ScannerEvent:
        return self._events.get(timeout=PATIENCE_S)

    @property
    def nothing_more(self) -> bool:
        return self._events.empty()


@pytest.fixture
def listen() -> Iterator[Callable[[str], Heard]]:
    before = set(threading.enumerate())
    heard: list[Heard] = []

    def listen(url: str) -> Heard:
        heard.append(Heard(url))
        return heard[-1]

    yield listen
    for each in heard:
        each.scanner.stop()
    assert set(threading.enumerate()) <= before, "a thread outlived its scanner"


@pytest.fixture
def simulator() -> Iterator[ScannerSimulator]:
    simulator = ScannerSimulator("127.0.0.1", 0)
    simulator.start()
    yield simulator
    simulator.stop()


def heard_by(simulator: ScannerSimulator) -> None:
    """Wait until the simulator has a listener."""
    while simulator.handle({"do": "state"})["listeners"] == 0:
        threading.Event().wait(0.005)


@posix_only
@pytest.mark.parametrize("end", [b"\r", b"\n", b"\r\n", b""])
def test_scans_of_a_terminal_device_are_told_with_and_without_terminators(
    listen: Callable[[str], Heard], end: bytes
) -> None:
    far, near = os.openpty()
    heard = listen(os.ttyname(near))
    assert heard.next() == ScannerBack()
    os.close(near)
    for text in ("ZW1:9901-0003-20261123-0017-4", "示范县"):
        os.write(far, text.encode() + end)
        assert heard.next() == Scanned(text)
    os.close(far)
    assert heard.next() == ScannerLost(FaultReason.DISCONNECTED, Advice.CHECK_CABLE)


def test_bytes_that_come_one_by_one_are_one_scan(listen: Callable[[str], Heard], simulator: ScannerSimulator) -> None:
    heard = listen("socket://{}:{}".format(*simulator.address))
    assert heard.next() == ScannerBack()
    heard_by(simulator)
    for byte in b"A023\rA024\n":
        simulator.handle({"do": "raw", "hex": bytes([byte]).hex()})
    assert [heard.next(), heard.next()] == [Scanned("A023"), Scanned("A024")]
    assert simulator.handle({"do": "raw", "hex": "ff0d"})["scans"] == 11
    assert heard.next() == ScanUnreadable(Unreadable.GARBLED)


def test_an_unplugged_scanner_is_told_once_and_heard_again_once_it_is_back(
    listen: Callable[[str], Heard], simulator: ScannerSimulator, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    heard = listen("socket://{}:{}".format(*simulator.address))
    assert heard.next() == ScannerBack()
    heard_by(simulator)
    simulator.handle({"do": "scan", "text": "A02", "end": "none"})
    simulator.handle({"do": "unplug"})
    events = [heard.next()]
    if events == [Scanned("A02")]:  # the line was silent for long enough before it broke
        events = [heard.next()]
    assert events == [ScannerLost(FaultReason.DISCONNECTED, Advice.CHECK_CABLE)]
    simulator.handle({"do": "plug"})
    assert heard.next() == ScannerBack()
    heard_by(simulator)
    simulator.handle({"do": "scan", "text": "示范县", "charset": "gb18030", "end": "crlf"})
    assert heard.next() == Scanned("示范县")
    assert heard.nothing_more
    told = [record.getMessage() for record in caplog.records if record.name == "devices.scanner.driver"]
    assert told == ["scanner_back", "scanner_lost reason=device_disconnected", "scanner_back"]


def test_a_scanner_that_is_not_there_is_told_once_and_found_later(
    listen: Callable[[str], Heard], simulator: ScannerSimulator
) -> None:
    simulator.handle({"do": "unplug"})
    heard = listen("socket://{}:{}".format(*simulator.address))
    assert heard.next() == ScannerLost(FaultReason.PORT_ABSENT, Advice.CHECK_CABLE)
    simulator.handle({"do": "plug"})
    assert heard.next() == ScannerBack()
    assert heard.nothing_more


@pytest.mark.parametrize(
    "request_", [{"do": "eat"}, {"do": "scan", "text": "A", "end": "bell"}, {"do": "raw", "hex": "zz"}, {}]
)
def test_a_simulator_refuses_what_makes_no_sense(simulator: ScannerSimulator, request_: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"cannot do|end is one of|fromhex"):
        simulator.handle(request_)


def test_a_scan_that_nobody_hears_is_not_lost_in_silence(simulator: ScannerSimulator) -> None:
    with pytest.raises(ValueError, match="nobody listens"):
        simulator.handle({"do": "scan", "text": "A023"})
