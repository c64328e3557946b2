"""The reader's driver against the simulator, over a real socket and with its real thread."""

import queue
import threading
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest

from app.commands.system_clock import SystemClock
from app.ports.card_reader import CardLifted, CardRead, CardUnreadable, ReaderBack, ReaderEvent, ReaderLost
from app.ports.device_fault import Advice, FaultReason
from devices.sam.commands import FIND
from devices.sam.demo_cards import demo_card
from devices.sam.driver import SamCardReader
from devices.sam.frames import encode
from devices.sam.link import SamLink
from devices.sam.simulator import SamSimulator
from devices.transport import SerialPort

PATIENCE_S = 15
SAM_LABEL = "05.01-20101129-0001228293-0296863149"


class WatchedPort(SerialPort):
    """The real port, with a queue of what was sent and of every attempt to open it."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.written: queue.Queue[bytes] = queue.Queue()
        self.opened: queue.Queue[str] = queue.Queue()

    def open(self) -> None:
        self.opened.put("open")
        super().open()

    def write(self, data: bytes) -> None:
        self.written.put(data)
        super().write(data)


class Counter:
    """A reader on a simulator, and the events it told."""

    def __init__(self) -> None:
        self.simulator = SamSimulator("127.0.0.1", 0)
        self.simulator.start()
        self.port = WatchedPort("socket://{}:{}".format(*self.simulator.address))
        self.reader = SamCardReader(partial(SamLink, self.port, SystemClock()))
        self._events: queue.Queue[ReaderEvent] = queue.Queue()
        self.reader.start(self._events.put)

    def do(self, what: str, **fields: Any) -> dict[str, Any]:
        return self.simulator.handle({"do": what, **fields})

    def next_event(self) -> ReaderEvent:
        return self._events.get(timeout=PATIENCE_S)

    def wait_for_finds(self, count: int) -> None:
        while not self.port.written.empty():
            self.port.written.get()
        while count:
            count -= self.port.written.get(timeout=PATIENCE_S) == encode(FIND.code)

    def wait_for_opens(self, count: int) -> None:
        while not self.port.opened.empty():
            self.port.opened.get()
        for _ in range(count):
            self.port.opened.get(timeout=PATIENCE_S)

    def told_nothing_more(self) -> bool:
        return self._events.empty()

    def close(self) -> None:
        self.reader.stop()
        self.simulator.stop()


@pytest.fixture
def counter() -> Iterator[Counter]:
    before = set(threading.enumerate())
    counter = Counter()
    assert counter.next_event() == ReaderBack(SAM_LABEL)
    yield counter
    counter.close()
    assert set(threading.enumerate()) <= before


@pytest.mark.parametrize("find_after_read", [True, False])
def test_a_laid_card_is_told_once_and_again_when_laid_again(counter: Counter, *, find_after_read: bool) -> None:
    counter.do("mode", find_after_read=find_after_read)
    counter.do("lay", person="P6")
    assert counter.next_event() == CardRead(demo_card("P6"))
    counter.wait_for_finds(5)
    if not find_after_read:
        assert counter.next_event() == CardLifted()
    assert counter.told_nothing_more()
    counter.do("lift")
    if find_after_read:
        assert counter.next_event() == CardLifted()
    counter.wait_for_finds(2)
    assert counter.told_nothing_more()
    counter.do("lay", person="P6")
    assert counter.next_event() == CardRead(demo_card("P6"))


@pytest.mark.parametrize("person", ["J1", "I1", "Y1"])
def test_the_other_cards_are_read(counter: Counter, person: str) -> None:
    counter.do("lay", person=person)
    assert counter.next_event() == CardRead(demo_card(person))


def test_the_clerk_reads_a_card_again(counter: Counter) -> None:
    counter.do("mode", find_after_read=False)
    counter.do("lay", person="P1")
    assert counter.next_event() == CardRead(demo_card("P1"))
    counter.reader.read_now()
    assert counter.next_event() == CardRead(demo_card("P1"))


def test_an_unplugged_reader_is_lost_once_and_back_once(counter: Counter) -> None:
    counter.do("unplug")
    assert isinstance(counter.next_event(), ReaderLost)
    counter.wait_for_opens(2)
    assert counter.told_nothing_more()
    counter.do("plug")
    assert counter.next_event() == ReaderBack(SAM_LABEL)
    counter.do("lay", person="P1")
    assert counter.next_event() == CardRead(demo_card("P1"))


def test_the_loss_is_logged_once_and_no_name_ever(counter: Counter, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    counter.do("lay", person="P6")
    counter.next_event()
    counter.do("unplug")
    counter.next_event()
    counter.wait_for_opens(2)
    counter.do("plug")
    counter.next_event()
    ours = [record.getMessage() for record in caplog.records if record.name == "devices.sam.driver"]
    assert [line.split()[0] for line in ours] == ["reader_lost", "reader_back"]
    assert "䶮" not in caplog.text
    assert demo_card("P6").number not in caplog.text


@pytest.mark.parametrize(
    "kind", ["noise", "split", "preamble_inside", "delay", "bad_xor", "truncate", "wrong_length", "silence"]
)
@pytest.mark.parametrize("command", ["find", "read"])
def test_a_fault_on_the_line_is_got_over(counter: Counter, kind: str, command: str) -> None:
    counter.do("fault", kind=kind, command=command)
    counter.do("lay", person="P3")
    assert counter.next_event() == CardRead(demo_card("P3"))


@pytest.mark.parametrize("baud", [-1, "fast", None])
def test_a_pace_that_makes_no_sense_is_refused(counter: Counter, baud: object) -> None:
    with pytest.raises(ValueError, match="whole number"):
        counter.do("pace", baud=baud)


def test_a_read_error_asks_for_the_card_to_be_laid_again(counter: Counter) -> None:
    counter.do("fault", kind="status", command="read", sw3="41")
    counter.do("lay", person="P3")
    assert counter.next_event() == CardUnreadable(FaultReason.READ_FAILED, Advice.LAY_AGAIN)
    counter.do("lift")
    assert counter.next_event() == CardLifted()
    counter.do("lay", person="P3")
    assert counter.next_event() == CardRead(demo_card("P3"))


def test_a_module_that_stays_silent_is_lost_and_comes_back(counter: Counter) -> None:
    counter.do("fault", kind="silence", times=1000)
    assert counter.next_event() == ReaderLost(FaultReason.SILENT, Advice.CHECK_CABLE)
    counter.do("heal")
    assert counter.next_event() == ReaderBack(SAM_LABEL)
