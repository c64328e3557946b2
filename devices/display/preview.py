"""The bytes a template makes of some values, and what each of them is: what a settings page shows while one types."""

from collections.abc import Mapping
from dataclasses import dataclass

from devices.display.forms import Number, Value
from devices.display.parts import AnyByte, Bytes, Check, Field, Frame, Length, Part, Span


@dataclass(frozen=True, slots=True)
class PreviewPart:
    """One part: its bytes as hex, and the sentence ``code`` (resources/messages/displays.toml) with its values."""

    number: int
    hex: str
    code: str
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Preview:
    """The whole frame as hex, and its parts in order, counted from 1 as an error counts them."""

    hex: str
    parts: tuple[PreviewPart, ...]


def preview(frame: Frame, values: Mapping[str, Value]) -> Preview:
    """Return what would be sent.

    Raises:
        Unfit: a value does not fit its place.
    """
    made = frame.render(values)
    parts = zip(range(1, len(made) + 1), frame.parts, made, strict=True)
    told = tuple(PreviewPart(number, _hex(data), *_said(part, data)) for number, part, data in parts)
    return Preview(_hex(b"".join(made)), told)


def _hex(data: bytes) -> str:
    return data.hex(" ").upper()


def _said(part: Part, data: bytes) -> tuple[str, Mapping[str, Value]]:
    match part:
        case Bytes() | AnyByte():
            return "frame_part_fixed", {}
        case Field(name, form):
            if isinstance(form, Number):
                return "frame_part_number", {"name": name, "value": form.decode(data) or 0, "width": len(data)}
            return "frame_part_text", {"name": name, "value": form.decode(data) or "", "encoding": form.encoding}
        case Length(form, span, _):
            return "frame_part_length", {"value": form.decode(data) or 0, **_of(span)}
        case Check(kind, _, span):
            return "frame_part_check", {"name": kind, **_of(span)}


def _of(span: Span) -> dict[str, Value]:
    return {"first": span.start + 1, "last": span.end}
