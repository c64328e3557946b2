"""What can be asked for about blank forms and samples."""

from ui.press import Press


class OpenForms(Press):
    """Ctrl+F: the forms of the item on the page."""

    __slots__ = ()
