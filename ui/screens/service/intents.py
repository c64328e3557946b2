"""What can be asked for about a service."""

from ui.press import Press


class OpenService(Press):
    """Ctrl+Y: what has to be served, or the refusal that was just given."""

    __slots__ = ()
