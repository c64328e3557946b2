"""What can be asked for about the numbers that are kept for this window."""

from ui.press import Press


class ReleaseBlock(Press):
    """Shift+F6: give them back into line."""

    __slots__ = ()


class IssueNumber(Press):
    """Shift+F8: give out a number of the window's own series, while it is cut off."""

    __slots__ = ()
