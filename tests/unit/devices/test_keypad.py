"""The keypad's driver on a real pseudo terminal and on sockets against the simulator that shares its template."""

import logging
import os
import queue
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.rating import Grade
from app.ports.device_fault import Advice, FaultReason
from app.ports.evaluator import EvaluatorBack, EvaluatorEvent, EvaluatorLost, GradePressed
from devices.display.template import BadTemplate
from devices.evaluator.driver import SerialKeypad
from devices.evaluator.keys import KeyReader
from devices.evaluator.simulator import KeypadSimulator
from devices.evaluator.template import FOLDER, GRADES, KeypadTemplate, load_keypad
from devices.transport import SerialPort

PATIENCE_S = 10
posix_only = pytest.mark.skipif(sys.platform == "win32", reason="no pseudo terminals")
PLAIN = load_keypad(FOLDER / "five-keys.toml")
FRAMED = load_keypad(FOLDER / "framed.toml")


class Heard:
    """A keypad and what it told."""

    def __init__(self, url: str, template: KeypadTemplate) -> None:
        self._events: queue.Queue[EvaluatorEvent] = queue.Queue()
        self.keypad = SerialKeypad(SerialPort(url, 9600), template, retry_s=0.02)
        self.keypad.start(self._events.put)

    def next(self) -> EvaluatorEvent:
        return self._events.get(timeout=PATIENCE_S)

    @property
    def nothing_more(self) -> bool:
        return self._events.empty()


@pytest.fixture
def listen() -> Iterator[Callable[[str, KeypadTemplate], Heard]]:
    before = set(threading.enumerate())
    heard: list[Heard] = []

    def listen(url: str, template: KeypadTemplate) -> Heard:
        heard.append(Heard(url, template))
        return heard[-1]

    yield listen
    for each in heard:
        each.keypad.stop()
    assert set(threading.enumerate()) <= before, "a thread outlived its keypad"


@pytest.fixture
def simulator() -> Iterator[KeypadSimulator]:
    simulator = KeypadSimulator("127.0.0.1", 0, FRAMED)
    simulator.start()
    yield simulator
    simulator.stop()


def until(simulator: KeypadSimulator, listeners: int, prompts: list[str]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while (state := simulator.handle({"do": "state"})) != {"listeners": listeners, "prompts": prompts}:
        assert time.monotonic() < deadline, state
        threading.Event().wait(0.002)


@posix_only
def test_every_key_of_a_keypad_on_a_terminal_device_is_its_grade(
    listen: Callable[[str, KeypadTemplate], Heard],
) -> None:
    far, near = os.openpty()
    heard = listen(os.ttyname(near), PLAIN)
    assert heard.next() == EvaluatorBack()
    os.close(near)
    os.write(far, b"\x00\xff12345")
    assert [heard.next() for _ in Grade] == [GradePressed(each) for each in (5, 4, 3, 2, 1)]
    os.close(far)
    assert heard.next() == EvaluatorLost(FaultReason.DISCONNECTED, Advice.CHECK_CABLE)


def test_prompts_reach_the_keypad_and_grades_come_back(
    listen: Callable[[str, KeypadTemplate], Heard], simulator: KeypadSimulator, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    heard = listen("socket://{}:{}".format(*simulator.address), FRAMED)
    assert heard.next() == EvaluatorBack()
    until(simulator, 1, [])
    heard.keypad.ask()
    until(simulator, 1, ["ask"])
    for grade in Grade:
        simulator.handle({"do": "press", "grade": int(grade)})
        assert heard.next() == GradePressed(grade)
    heard.keypad.end()
    until(simulator, 1, ["ask", "end"])
    simulator.handle({"do": "unplug"})
    assert heard.next() == EvaluatorLost(FaultReason.DISCONNECTED, Advice.CHECK_CABLE)
    simulator.handle({"do": "plug"})
    assert heard.next() == EvaluatorBack()
    assert heard.nothing_more
    told = [record.getMessage() for record in caplog.records if record.name == "devices.evaluator.driver"]
    assert told == ["evaluator_back", "evaluator_lost reason=device_disconnected", "evaluator_back"]


@settings(max_examples=40)
@given(
    st.lists(
        st.one_of(st.sampled_from(list(Grade)), st.binary(max_size=3).map(lambda each: each.replace(b"\xaa", b"")))
    )
)
def test_grades_are_found_between_any_noise(sent: list[Grade | bytes]) -> None:
    reader, data = KeyReader(FRAMED), b""
    for each in sent:
        key = b"".join(FRAMED.grades[each].render({"addr": 9})) if isinstance(each, Grade) else each
        data += key
    one_by_one = [grade for byte in data for grade in reader.feed(bytes([byte]))]
    assert one_by_one == [each for each in sent if isinstance(each, Grade)]
    assert reader.held == 0


@pytest.mark.parametrize(
    ("change", "place"),
    [({"satisfied": "31"}, "very_satisfied"), ({"satisfied": "3132"}, "satisfied"), ({"satisfied": None}, "grades")],
)
def test_five_grades_that_cannot_be_told_apart_are_refused(
    tmp_path: Path, change: dict[str, str | None], place: str
) -> None:
    lines = {key: f"3{number}" for number, key in enumerate(GRADES, 1)} | change
    file = tmp_path / "own.toml"
    file.write_text("[grades]\n" + "\n".join(f'{key} = "{line}"' for key, line in lines.items() if line), "utf-8")
    with pytest.raises(BadTemplate) as refused:
        load_keypad(file)
    assert (refused.value.fault, place in refused.value.place) == ("template_bad_grades", True)


def test_a_key_that_nobody_hears_is_not_lost_in_silence(simulator: KeypadSimulator) -> None:
    with pytest.raises(ValueError, match="nobody listens"):
        simulator.handle({"do": "press", "grade": 5})
    for wrong in ({"do": "press", "grade": 6}, {"do": "eat"}, {"do": "raw", "hex": "zz"}):
        with pytest.raises(ValueError, match=r"not a valid|cannot do|fromhex"):
            simulator.handle(wrong)
