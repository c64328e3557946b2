"""What can be asked for in the law library, and the key of the printed guide; frozen values."""

from dataclasses import dataclass

from ui.press import Press


class OpenLaws(Press):
    """Shift+F1: the laws the current item cites, the whole library beneath."""

    __slots__ = ()


class PrintGuide(Press):
    """Shift+F9: print the service guide of the current item."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class SearchLaws:
    """The field of the library now holds ``text``."""

    text: str


@dataclass(frozen=True, slots=True)
class MoveLaw:
    """Up or down in the list by ``step`` rows."""

    step: int


@dataclass(frozen=True, slots=True)
class PickLaw:
    """A law that was clicked, from 0."""

    index: int
