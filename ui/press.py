"""An intent that says nothing but its name."""

from typing_extensions import override


class Press:
    """Base of the intents without a value; two of one kind are equal.

    Not a dataclass: a window has half a hundred of them, and making each one's methods anew would cost the first paint.
    """

    __slots__ = ()

    @override
    def __eq__(self, other: object) -> bool:
        return type(self) is type(other)

    @override
    def __hash__(self) -> int:
        return hash(type(self))

    @override
    def __repr__(self) -> str:
        return f"{type(self).__name__}()"
