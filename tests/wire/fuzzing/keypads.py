"""The evaluator: keys of a keypad that frames them."""

from app.domain.rating import Grade
from devices.display import parts
from devices.evaluator import keys
from devices.evaluator.keys import KeyReader
from devices.evaluator.template import FOLDER, load_keypad
from fuzzing.target import Broken, Events, Stream, StreamTarget

FRAMED = load_keypad(FOLDER / "framed.toml")
LONGEST = 5
"""Bytes of one key."""


class _Line(KeyReader):
    def held(self) -> int:
        return len(self._buffer)


class KeypadKeys(StreamTarget):
    """The line of a keypad."""

    name = "keypad, keys"
    code = (keys, parts)
    most_held = LONGEST - 1
    quiet = bytes(LONGEST)
    lines_a_byte = 400
    memory_a_byte = 2_000

    def __init__(self) -> None:
        values = [{**FRAMED.values, "addr": address} for address in (0, 1, 0x55, 0xAA, 0xFF)]
        frames = [(grade, frame) for grade, frame in FRAMED.grades.items()]
        self.corpus = tuple(b"".join(frame.render(each)) for _, frame in frames for each in values)

    def fresh(self) -> Stream:
        return _Line(FRAMED)

    def judge(self, events: Events) -> None:
        if not all(isinstance(event, Grade) for event in events):
            raise Broken(f"{events} are no grades")
