"""What can be asked for about results that wait to be taken."""

from ui.press import Press


class OpenUnclaimed(Press):
    """Ctrl+U: the list of results that lie here, and whom nobody has told."""

    __slots__ = ()
