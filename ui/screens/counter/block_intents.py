"""What can be asked for about the numbers that are reserved for this window."""

from ui.press import Press


class ReleaseBlock(Press):
    """Shift+F6: give them back into line."""

    __slots__ = ()
