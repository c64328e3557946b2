"""Finds the frames of templates in a stream of bytes: the other end of the wire, out of the same template."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.ports.window_display import Kind
from devices.display.forms import Value
from devices.display.parts import Frame, Match
from devices.display.template import FOLDER, Template, load_template

KNOWN = ("seven-byte", "four-byte")
"""The two models whose frames are known from real boards (devices.md section 5)."""


@dataclass(frozen=True, slots=True)
class Heard:
    """One frame: of which kind, and what its fields say."""

    kind: Kind
    values: Mapping[str, Value]


class Decoder:
    """Takes frames off a buffer. Those that begin with fixed bytes are looked for first: the others fit anything."""

    def __init__(self, templates: Iterable[Template]) -> None:
        frames = [(kind, frame) for template in templates for kind, frame in template.frames.items()]
        self._frames = sorted(frames, key=lambda each: not each[1].marked)

    def take(self, buffer: bytearray) -> Heard | None:
        """Remove the first frame, and what stands before it, from ``buffer``; None when more bytes are needed."""
        data = bytes(buffer)
        for at in range(len(data)):
            found = self._at(data, at)
            if isinstance(found, tuple):
                kind, match = found
                del buffer[: at + match.length]
                return Heard(kind, match.values)
            if found == "more":
                del buffer[:at]
                return None
        buffer.clear()
        return None

    def _at(self, data: bytes, at: int) -> tuple[Kind, Match] | str:
        for kind, frame in self._frames:
            found = frame.match(data, at)
            if isinstance(found, Match):
                return kind, found
            if found is not None:
                return found
        return ""


def find(frame: Frame, data: bytes) -> Match | None:
    """Return the frame wherever it stands in ``data``: an answer may come behind noise of the line."""
    for start in range(len(data)):
        found = frame.match(data, start)
        if isinstance(found, Match):
            return found
    return None


def known_decoder() -> Decoder:
    """Return the decoder of the two known models."""
    return Decoder([load_template(FOLDER / f"{name}.toml") for name in KNOWN])
