"""How a value becomes bytes and bytes a value: numbers, packed decimals, text in an encoding."""

from dataclasses import dataclass
from typing import Literal

from devices.display.checks import Order

Value = int | str
MAX_OPEN = 64
"""Bytes of a field without a width, at most."""
_TEN = 10
_NIBBLE = 4
_LOW = 0x0F


class Unfit(ValueError):  # noqa: N818 - a value the board cannot show, not a bug
    """A value cannot be put into its place; ``name`` is the field's."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number in ``width`` bytes; with ``bcd`` two decimal digits a byte."""

    width: int
    order: Order = "big"
    bcd: bool = False

    def encode(self, value: Value, name: str) -> bytes:
        """Return the bytes; of a text like A023 the digits count.

        Raises:
            Unfit: no digits, or more than fit.
        """
        digits = str(value) if isinstance(value, int) else "".join(each for each in value if each in "0123456789")
        if not digits.isdigit():
            raise Unfit(name)
        try:
            if self.bcd:
                made = bytes.fromhex(digits.lstrip("0").zfill(2 * self.width))
                if len(made) != self.width:
                    raise Unfit(name)
                return made if self.order == "big" else made[::-1]
            return int(digits).to_bytes(self.width, self.order)
        except (OverflowError, ValueError) as error:
            raise Unfit(name) from error

    def decode(self, data: bytes) -> int | None:
        """Return the number; None where a half byte is no decimal digit."""
        if not self.bcd:
            return int.from_bytes(data, self.order)
        number = 0
        for byte in data if self.order == "big" else data[::-1]:
            high, low = byte >> _NIBBLE, byte & _LOW
            if high >= _TEN or low >= _TEN:
                return None
            number = number * 100 + high * _TEN + low
        return number


@dataclass(frozen=True, slots=True)
class Chars:
    """Text in an encoding, ``width`` bytes long (None: as long as it is), padded behind, or before where ``right``.

    ``only`` takes the ``letters`` or the ``digits`` of the value.
    """

    encoding: str
    width: int | None = None
    pad: bytes = b" "
    right: bool = False
    only: Literal["", "letters", "digits"] = ""

    def encode(self, value: Value, name: str, *, cut: bool) -> bytes:
        """Return the bytes; with ``cut`` what is too long loses its end and a strange character becomes ``?``.

        Raises:
            Unfit: the encoding lacks a character, or the value is too long, and it may not be cut.
        """
        most = self.width if self.width is not None else MAX_OPEN
        made = b""
        for sign in self._chosen(str(value)):
            try:
                coded = sign.encode(self.encoding)
            except UnicodeEncodeError as error:
                if not cut:
                    raise Unfit(name) from error
                coded = "?".encode(self.encoding)
            if len(made) + len(coded) > most:
                if not cut:
                    raise Unfit(name)
                break
            made += coded
        return self._padded(made)

    def decode(self, data: bytes) -> str | None:
        """Return the text without its padding; None where the bytes are none."""
        step = len(self.pad)
        if self.width is not None:
            while data and (data.startswith(self.pad) if self.right else data.endswith(self.pad)):
                data = data[step:] if self.right else data[:-step]
        try:
            return data.decode(self.encoding)
        except UnicodeDecodeError:
            return None

    def _chosen(self, text: str) -> str:
        if self.only == "letters":
            return "".join(each for each in text if each.isascii() and each.isalpha())
        if self.only == "digits":
            return "".join(each for each in text if each.isascii() and each.isdigit())
        return text

    def _padded(self, made: bytes) -> bytes:
        if self.width is None:
            return made
        room = self.width - len(made)
        filling = (self.pad * (room // len(self.pad) + 1))[:room]
        return filling + made if self.right else made + filling
