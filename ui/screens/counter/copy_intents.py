"""What can be asked for about the scanned copies of the citizen at the window."""

from ui.press import Press


class OpenCopies(Press):
    """Ctrl+K: look at the copies of the material whose row has the keyboard."""

    __slots__ = ()
