"""What can be asked for about fees."""

from ui.press import Press


class OpenFee(Press):
    """Ctrl+M: the fee of the case at the window, or of one that waits to be handed out."""

    __slots__ = ()
