"""Finds the grades in what a keypad sends."""

from app.domain.rating import Grade
from devices.display.parts import Match
from devices.evaluator.template import KeypadTemplate


class KeyReader:
    """Keeps what has come of a key so far; noise before it is dropped."""

    def __init__(self, template: KeypadTemplate) -> None:
        self._template = template
        self._buffer = bytearray()

    @property
    def held(self) -> int:
        """Bytes of a key that is not whole yet."""
        return len(self._buffer)

    def feed(self, data: bytes) -> list[Grade]:
        """Return the grades that are whole now."""
        self._buffer += data
        come, at = bytes(self._buffer), 0
        pressed: list[Grade] = []
        while at < len(come):
            found = self._first(come, at)
            if isinstance(found, tuple):
                grade, length = found
                pressed.append(grade)
                at += length
            elif found is None:
                at += 1
            else:
                break
        del self._buffer[:at]
        return pressed

    def reset(self) -> None:
        """Forget what came of a key."""
        self._buffer.clear()

    def _first(self, data: bytes, at: int) -> tuple[Grade, int] | str | None:
        answer: str | None = None
        for grade, frame in self._template.grades.items():
            found = frame.match(data, at)
            if isinstance(found, Match):
                return grade, found.length
            answer = answer or found
        return answer
