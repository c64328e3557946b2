"""What every page over the work says of itself, so that the frame needs to know none of them."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Around:
    """Which parts of the frame stay around a page; ``foot`` is the button under the paper, which in XS stands apart.

    ``faults``: Ctrl and a digit take what is offered above the paper.
    """

    top: bool = True
    keys: bool = True
    rail: bool = True
    right: bool = True
    foot: bool = True
    faults: bool = False


class PageView:
    """Base of the views."""

    __slots__ = ()
    around: ClassVar[Around] = Around()

    @property
    def scene(self) -> object:
        """What decides where the keyboard should be: when it changes, the first thing to do gets the keyboard."""
        return None

    def drawer(self, *, now: bool) -> bool:
        """Say whether the right pane is open where it is a drawer; ``now`` is how it stands."""
        return now
