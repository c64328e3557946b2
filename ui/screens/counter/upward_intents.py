"""What can be asked for about cases that a higher authority has."""

from ui.press import Press


class OpenUpward(Press):
    """Ctrl+D: the list of cases this window asks a higher authority about."""

    __slots__ = ()
