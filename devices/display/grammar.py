"""The line a frame is written as: ``3A {addr u8} {ticket u16le} 01 {sum8} 0A`` (docs/window-devices.md)."""

import codecs
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from devices.display.checks import KINDS, Order
from devices.display.forms import Chars, Number
from devices.display.parts import AnyByte, Bytes, Check, Field, Frame, Length, Part, Span, width_of

_TOKEN = re.compile(r"\{[^{}]*\}|<[a-z0-9_]+|[a-z0-9_]+>|\?\?|[^\s{}<>?]+|\S")
_HEX = re.compile(r"(?:[0-9A-Fa-f]{2})+")
_UNSIGNED = re.compile(r"u(8|16|24|32)(le|be)?")
_BCD = re.compile(r"bcd([1-8])(le|be)?")
_ORDERS: dict[str | None, Order] = {"le": "little", "be": "big", None: "big"}
_ENCODINGS = ("ascii", "gb2312", "gbk", "gb18030", "utf-8", "utf-16le", "utf-16be")
MAX_WIDTH = 64
MAX_PARTS = 64


class BadLine(ValueError):  # noqa: N818 - what a person wrote, not a bug
    """A frame cannot be read; ``fault`` is a code of the message table, ``word`` the piece at ``part``, from 1.

    ``column`` is where the piece begins in the line, from 1; 0 where it is the whole line that cannot be.
    """

    def __init__(self, fault: str, part: int = 0, word: str = "") -> None:
        super().__init__(f"{fault}: {part} {word}")
        self.fault = fault
        self.part = part
        self.word = word
        self.column = 0


@dataclass(slots=True)
class _Reading:
    """What was read of a line so far: parts, open and closed spans, and which span a part still waits for."""

    names: frozenset[str]
    parts: list[Part] = field(default_factory=list)
    opened: dict[str, int] = field(default_factory=dict)
    spans: dict[str, Span] = field(default_factory=dict)
    wanted: dict[int, str] = field(default_factory=dict)

    def fault(self, code: str, word: str) -> BadLine:
        return BadLine(code, len(self.parts) + 1, word)


def read_frame(line: str, names: Iterable[str], *, answer: bool = False) -> Frame:
    """Return the frame a line spells; ``names`` are the fields it may use, ``??`` is for answers alone.

    Raises:
        BadLine: with the part that is wrong and its column.
    """
    at = [1]
    try:
        return _read(line, names, at, answer=answer)
    except BadLine as error:
        error.column = at[0] or max(0, line.find(error.word) + 1 if error.word else 0)
        raise


def _read(line: str, names: Iterable[str], at: list[int], *, answer: bool) -> Frame:
    """Read word by word; ``at`` tells the column of the word at hand, 0 once all were read."""
    reading = _Reading(frozenset(names))
    for found in _TOKEN.finditer(line):
        word, at[0] = found[0], found.start() + 1
        _take(reading, word, answer=answer)
        if len(reading.parts) > MAX_PARTS:
            raise reading.fault("template_too_long", word)
    at[0] = 0
    if not reading.parts:
        raise BadLine("template_empty_frame")
    if reading.opened:
        raise BadLine("template_open_span", len(reading.parts), next(iter(reading.opened)))
    parts = [_with_span(reading, at, part) for at, part in enumerate(reading.parts)]
    if sum(width_of(each) is None for each in parts) > 1:
        raise BadLine("template_two_open", len(parts), line)
    _can_be_worked_out(parts)
    return Frame(tuple(parts))


def _take(reading: _Reading, word: str, *, answer: bool) -> None:
    if word.startswith("{") and word.endswith("}"):
        reading.parts.append(_braced(reading, word))
    elif word.startswith("<"):
        name = word[1:]
        if name in reading.opened or name in reading.spans:
            raise reading.fault("template_span_twice", word)
        reading.opened[name] = len(reading.parts)
    elif word.endswith(">"):
        name = word[:-1]
        start = reading.opened.pop(name, None)
        if start is None or start == len(reading.parts):
            raise reading.fault("template_open_span", word)
        reading.spans[name] = Span(start, len(reading.parts))
    elif word == "??" and answer:
        reading.parts.append(AnyByte())
    elif _HEX.fullmatch(word):
        _literal(reading, bytes.fromhex(word))
    else:
        raise reading.fault("template_bad_hex", word)


def _literal(reading: _Reading, data: bytes) -> None:
    """Add fixed bytes to those just before, unless a span begins or ends between the two."""
    here = len(reading.parts)
    cut = here in reading.opened.values() or any(span.end == here for span in reading.spans.values())
    before = reading.parts[-1] if reading.parts and not cut else None
    if isinstance(before, Bytes):
        reading.parts[-1] = Bytes(before.data + data)
    else:
        reading.parts.append(Bytes(data))


def _braced(reading: _Reading, word: str) -> Part:
    name, *options = word[1:-1].split() or [""]
    if name == "length":
        return _length(reading, word, options)
    if name in KINDS:
        return _check(reading, word, name, options)
    if name not in reading.names:
        raise reading.fault("template_unknown_field", word)
    if not options:
        raise reading.fault("template_no_form", word)
    return Field(name, _number(options) or _chars(reading, word, options))


def _number(options: Sequence[str]) -> Number | None:
    if len(options) != 1:
        return None
    if found := _UNSIGNED.fullmatch(options[0]):
        return Number(int(found[1]) // 8, _ORDERS[found[2]])
    if found := _BCD.fullmatch(options[0]):
        return Number(int(found[1]), _ORDERS[found[2]], bcd=True)
    return None


def _chars(reading: _Reading, word: str, options: Sequence[str]) -> Chars:
    encoding, *others = options
    if encoding not in _ENCODINGS:
        raise reading.fault("template_bad_encoding", word)
    chars = Chars(codecs.lookup(encoding).name, pad=" ".encode(encoding))
    takes: dict[str, Callable[[Chars], Chars]] = {
        "right": lambda chars: replace(chars, right=True),
        "letters": lambda chars: replace(chars, only="letters"),
        "digits": lambda chars: replace(chars, only="digits"),
    }
    for option in others:
        key, _, value = option.partition("=")
        if option in takes:
            chars = takes[option](chars)
        elif key == "width" and value.isdecimal() and 0 < int(value) <= MAX_WIDTH:
            chars = replace(chars, width=int(value))
        elif key == "pad" and _HEX.fullmatch(value):
            chars = replace(chars, pad=bytes.fromhex(value))
        else:
            raise reading.fault("template_bad_option", f"{word}（{option}）")
    if chars.width is not None and chars.width % len(chars.pad):
        raise reading.fault("template_bad_pad", word)
    return chars


def _length(reading: _Reading, word: str, options: Sequence[str]) -> Length:
    form, span, add = Number(1), "", 0
    for option in options:
        key, _, value = option.partition("=")
        number = _number([option])
        if number is not None and number.width <= 2:  # noqa: PLR2004 - one byte or two
            form = number
        elif key == "of" and value:
            span = value
        elif key == "add" and re.fullmatch(r"-?[0-9]{1,3}", value):
            add = int(value)
        else:
            raise reading.fault("template_bad_option", f"{word}（{option}）")
    return Length(form, _wanted(reading, span), add)


def _check(reading: _Reading, word: str, name: str, options: Sequence[str]) -> Check:
    order, span = KINDS[name].order, ""
    for option in options:
        key, _, value = option.partition("=")
        if option in ("le", "be"):
            order = _ORDERS[option]
        elif key == "of" and value:
            span = value
        else:
            raise reading.fault("template_bad_option", f"{word}（{option}）")
    return Check(name, order, _wanted(reading, span))


_LATER = Span(-1, -1)


def _wanted(reading: _Reading, span: str) -> Span:
    """Remember which span the next part is about; it may begin further on."""
    reading.wanted[len(reading.parts)] = span
    return _LATER


def _with_span(reading: _Reading, at: int, part: Part) -> Part:
    """Return the part with its span; without a name a length counts what follows, a check what went before."""
    if not isinstance(part, Length | Check):
        return part
    name = reading.wanted[at]
    if name and name not in reading.spans:
        raise BadLine("template_unknown_span", at + 1, name)
    default = Span(at + 1, len(reading.parts)) if isinstance(part, Length) else Span(0, at)
    span = reading.spans[name] if name else default
    if isinstance(part, Check) and span.start <= at < span.end:
        raise BadLine("template_check_of_itself", at + 1, part.kind)
    if span.start == span.end:
        raise BadLine("template_empty_span", at + 1, name)
    return replace(part, span=span)


def _can_be_worked_out(parts: Sequence[Part]) -> None:
    """Make sure that no two checks wait for each other."""
    open_ = {at for at, part in enumerate(parts) if isinstance(part, Check)}
    while open_:
        ready = {at for at in open_ if not open_.intersection(_covered(parts[at]))}
        if not ready:
            raise BadLine("template_check_of_itself", min(open_) + 1, "")
        open_ -= ready


def _covered(part: Part) -> range:
    return range(part.span.start, part.span.end) if isinstance(part, Check) else range(0)
