"""The pages over the work, each built when it is first wanted; the work beneath is not touched."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedLayout, QStackedWidget, QWidget

from ui.screens.page import Page
from ui.screens.page_view import PageView
from ui.theme import Theme


class Pages(QObject):
    """Lives with the frame; ``intent`` carries what any page says."""

    intent = Signal(object)

    def __init__(self, theme: Theme, centre: QStackedWidget, rights: QStackedLayout) -> None:
        super().__init__()
        self._theme, self._centre, self._rights = theme, centre, rights
        self._built: dict[type[PageView], Page] = {}
        self._shown: Page | None = None

    def show_view(self, view: PageView) -> None:
        """Show a page in the centre."""
        page = self._built.get(type(view)) or self._build(type(view))
        self._shown = page
        page.show_view(view)
        self._centre.setCurrentWidget(page)

    def _build(self, kind: type[PageView]) -> Page:
        from ui.screens.counter.page_kinds import PAGES  # noqa: PLC0415 - none is needed for the first paint

        page = self._built[kind] = PAGES[kind](self._theme)
        page.intent.connect(self.intent)
        self._centre.addWidget(page)
        right = page.right()
        if right is not None:
            self._rights.addWidget(right)
        return page

    def show_right(self, view: PageView) -> bool:
        """Show the page's own right pane; False where it has none."""
        page = self._built.get(type(view))
        right = page.right() if page is not None else None
        if right is not None:
            self._rights.setCurrentWidget(right)
        return right is not None

    def first_focus(self) -> QWidget:
        """The first thing to do on the page that is shown."""
        return self._shown.first_focus() if self._shown is not None else self._centre

    def choose(self, number: int) -> bool:
        """Take Ctrl+``number`` on the page that is shown."""
        return self._shown is not None and self._shown.choose(number)

    def take_key(self, event: QKeyEvent) -> bool:
        """Handle a key that no field took."""
        return self._shown is not None and self._shown.take_key(event)
