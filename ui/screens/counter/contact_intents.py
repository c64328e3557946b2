"""What can be asked for about calls and letters."""

from ui.press import Press


class OpenContact(Press):
    """Ctrl+T: somebody rings or writes."""

    __slots__ = ()
