"""What a frame is made of: fixed bytes, values, lengths, check codes. Both directions share it: bytes made, bytes read.

A part is made from values (``Frame.render``) and found again in bytes (``Frame.match``), so that a simulator
decodes exactly what its template encodes.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from devices.display.checks import KINDS, Order
from devices.display.forms import MAX_OPEN, Chars, Number, Unfit, Value


@dataclass(frozen=True, slots=True)
class Bytes:
    """Fixed bytes."""

    data: bytes


@dataclass(frozen=True, slots=True)
class AnyByte:
    """A byte that is not looked at; only in answers."""


@dataclass(frozen=True, slots=True)
class Field:
    """A value by its name."""

    name: str
    form: Number | Chars


@dataclass(frozen=True, slots=True)
class Span:
    """Parts of a frame from ``start`` up to but not with ``end``, counted from 0."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Length:
    """How many bytes the parts of ``span`` have, ``add`` more."""

    form: Number
    span: Span
    add: int = 0


@dataclass(frozen=True, slots=True)
class Check:
    """A check code over the parts of ``span``; ``kind`` is a name of ``checks.KINDS``."""

    kind: str
    order: Order
    span: Span


Part = Bytes | AnyByte | Field | Length | Check


def width_of(part: Part) -> int | None:
    """Return how many bytes a part has; None for the field that is as long as its value."""
    match part:
        case Bytes(data):
            return len(data)
        case AnyByte():
            return 1
        case Field(form=form) | Length(form=form):
            return form.width
        case Check(kind=kind):
            return KINDS[kind].width


@dataclass(frozen=True, slots=True)
class _Layout:
    """What a frame's parts come to, worked out once: matching runs over every byte of a line."""

    head: bytes
    """The fixed bytes it begins with."""
    widths: tuple[int | None, ...]
    open_sizes: range
    proofs: tuple[tuple[int, Length | Check], ...]
    fields: tuple[tuple[int, Field], ...]

    @classmethod
    def of(cls, parts: Sequence[Part]) -> "_Layout":
        widths = tuple(map(width_of, parts))
        return cls(
            head=parts[0].data if parts and isinstance(parts[0], Bytes) else b"",
            widths=widths,
            open_sizes=range(MAX_OPEN + 1) if None in widths else range(1),
            proofs=tuple((at, part) for at, part in enumerate(parts) if isinstance(part, Length | Check)),
            fields=tuple((at, part) for at, part in enumerate(parts) if isinstance(part, Field)),
        )


@dataclass(frozen=True, slots=True)
class Frame:
    """The parts in order; at most one of them has no fixed width."""

    parts: tuple[Part, ...]
    _layout: _Layout = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Work the layout out."""
        object.__setattr__(self, "_layout", _Layout.of(self.parts))

    def render(self, values: Mapping[str, Value]) -> tuple[bytes, ...]:
        """Return the bytes of each part.

        Raises:
            Unfit: a value is missing or does not fit its place.
        """
        made: list[bytes | None] = [self._plain(part, values) for part in self.parts]
        for at, part in enumerate(self.parts):
            if isinstance(part, Length):
                long = sum(_size(part_, made_) for part_, made_ in self._pairs(part.span, made))
                made[at] = part.form.encode(long + part.add, "length")
        while None in made:
            self._check_round(made)
        return tuple(each for each in made if each is not None)

    def match(self, data: bytes, at: int = 0) -> "Match | Literal['more'] | None":
        """Find the frame in ``data`` at ``at``; ``more`` while it may still come, None where it cannot."""
        if not data.startswith(self._layout.head[: len(data) - at], at):
            return None
        answer: Literal["more"] | None = None
        for size in self._layout.open_sizes:
            found = self._match(data, at, size)
            if isinstance(found, Match):
                return found
            answer = answer or found
        return answer

    def without_any(self) -> "Frame":
        """Return the frame with 00 wherever any byte will do."""
        return Frame(tuple(Bytes(b"\0") if isinstance(each, AnyByte) else each for each in self.parts))

    @property
    def marked(self) -> bool:
        """Whether it begins with fixed bytes."""
        return bool(self._layout.head)

    def _plain(self, part: Part, values: Mapping[str, Value]) -> bytes | None:
        match part:
            case Bytes(data):
                return data
            case Field(name, form):
                if name not in values:
                    raise Unfit(name)
                if isinstance(form, Number):
                    return form.encode(values[name], name)
                return form.encode(values[name], name, cut=name == "text")
            case _:
                return None

    def _pairs(self, span: Span, made: Sequence[bytes | None]) -> Iterator[tuple[Part, bytes | None]]:
        return zip(self.parts[span.start : span.end], made[span.start : span.end], strict=True)

    def _check_round(self, made: list[bytes | None]) -> None:
        """Work out the checks whose bytes are all there; the template has made sure that there is one each time."""
        for at, part in enumerate(self.parts):
            if isinstance(part, Check) and made[at] is None:
                covered = made[part.span.start : part.span.end]
                if None not in covered:
                    made[at] = checked(part, b"".join(each for each in covered if each is not None))

    def _match(self, data: bytes, start: int, open_size: int) -> "Match | Literal['more'] | None":
        pieces: list[bytes] = []
        at = start
        for part, width in zip(self.parts, self._layout.widths, strict=True):
            end = at + (open_size if width is None else width)
            piece = data[at:end]
            if isinstance(part, Bytes) and not part.data.startswith(piece):
                return None
            if end > len(data):
                return "more"
            pieces.append(piece)
            at = end
        if not all(_proven(part, pieces[place], pieces) for place, part in self._layout.proofs):
            return None
        values = self._values(pieces)
        return None if values is None else Match(values, at - start)

    def _values(self, pieces: Sequence[bytes]) -> Mapping[str, Value] | None:
        """Return what the fields say; None where one says nothing. The halves of a value are put together."""
        values: dict[str, Value] = {}
        for place, part in self._layout.fields:
            value = part.form.decode(pieces[place])
            if value is None:
                return None
            values[part.name] = f"{values.get(part.name, '')}{value}" if _is_half(part.form) else value
        return values


@dataclass(frozen=True, slots=True)
class Match:
    """What a frame said, and how many bytes it has."""

    values: Mapping[str, Value]
    length: int


def checked(part: Check, data: bytes) -> bytes:
    """Return the bytes of a check code over ``data``."""
    kind = KINDS[part.kind]
    return kind.work_out(data).to_bytes(kind.width, part.order)


def _proven(part: Length | Check, piece: bytes, pieces: Sequence[bytes]) -> bool:
    """Say whether a length or a check code is right for the pieces it is about."""
    covered = pieces[part.span.start : part.span.end]
    if isinstance(part, Length):
        return part.form.decode(piece) == sum(map(len, covered)) + part.add
    return piece == checked(part, b"".join(covered))


def _is_half(form: Number | Chars) -> bool:
    """Say whether the field holds the letters or the digits of a value alone."""
    return isinstance(form, Chars) and bool(form.only)


def _size(part: Part, made: bytes | None) -> int:
    width = width_of(part)
    return width if width is not None else len(made or b"")
