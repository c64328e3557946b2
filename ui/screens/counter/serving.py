"""The centre while a citizen is here: identity strip and the card with its five sections (screens 02, 04, 05)."""

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QKeyEvent, QRegion
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.intents import JumpSection
from ui.screens.counter.view_model import ServingView
from ui.theme import Theme
from ui.widgets.material_table import MaterialTable
from ui.widgets.panel import Panel
from ui.widgets.parts import Card, clear, laid_out_once, put, scrolling
from ui.widgets.person_entry import PersonEntryPanel
from ui.widgets.person_strip import PersonStrip
from ui.widgets.say_strip import SayStrip
from ui.widgets.section import Section
from ui.widgets.work_views import SectionState, SectionView

SCROLL_MARGIN = 24


class WorkPage(QWidget):
    """One citizen, one card, one page."""

    intent = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._view: ServingView | None = None
        self._sections: list[Section] = []
        column = QVBoxLayout(self)
        across, down = theme.metrics["edge_x"], theme.metrics["edge_y"]
        column.setContentsMargins(across, down, across, down)
        column.setSpacing(theme.metrics["gap"])
        self._person = PersonStrip(theme)
        column.addWidget(self._person)
        self._entry = PersonEntryPanel(theme)
        self._entry.intent.connect(self.intent)
        column.addWidget(self._entry)
        self._card = Card(theme)
        self._card.setObjectName("work_card")
        inside = QVBoxLayout(self._card)
        inside.setContentsMargins(1, 1, 1, 2)
        inside.setSpacing(0)
        self._spine_page = QWidget()
        self._spine = QVBoxLayout(self._spine_page)
        self._spine.setContentsMargins(0, 0, 0, 0)
        self._spine.setSpacing(0)
        self._scroll = scrolling(self._spine_page)
        self._scroll.setObjectName("work_scroll")
        inside.addWidget(self._scroll, 1)
        self._say = SayStrip(theme)
        inside.addWidget(self._say)
        column.addWidget(self._card, 1)

    def show_view(self, view: ServingView) -> None:
        """Show what changed."""
        if view == self._view:
            return
        self._view = view
        with laid_out_once(self._spine, self._card.layout(), self.layout()):
            self._show_parts(view)

    def _show_parts(self, view: ServingView) -> None:
        self._person.show_view(view.person)
        self._person.setVisible(view.person.entry is None)
        self._entry.show_view(view.person.entry)
        if [section.objectName() for section in self._sections] != [
            f"work_sec__{each.number}" for each in view.sections
        ]:
            self._make_sections(view.sections)
        for section, section_view in zip(self._sections, view.sections, strict=True):
            section.show_view(section_view)
        self._say.show_words(view.say)

    def lay_out(self) -> None:
        """Settle every place while the page is hidden: rendering one dot of it makes Qt do so."""
        dot = QImage(1, 1, QImage.Format.Format_ARGB32_Premultiplied)
        self.render(dot, QPoint(), QRegion(0, 0, 1, 1))

    def _make_sections(self, views: tuple[SectionView, ...]) -> None:
        clear(self._spine)
        self._sections = []
        for index, each in enumerate(views):
            section = Section(self._theme, each.number)
            section.set_place(first=index == 0, last=index == len(views) - 1)
            section.jump.connect(lambda number: self.intent.emit(JumpSection(number)))
            section.intent.connect(self.intent)
            self._sections.append(section)
            put(self._spine, section)
        self._spine.addStretch(1)

    def current_panel(self) -> Panel | None:
        """The panel that plain keys go to: the current section's, else the last open one."""
        if self._view is None:
            return None
        opened = [(view, section.panel) for view, section in zip(self._view.sections, self._sections, strict=True)]
        opened = [(view, panel) for view, panel in opened if panel is not None]
        for view, panel in opened:
            if view.state in (SectionState.CURRENT, SectionState.ERROR):
                return panel
        return opened[-1][1] if opened else None

    def first_focus(self) -> QWidget:
        """The first thing to do."""
        if self._view is not None and self._view.person.entry is not None:
            return self._entry.first_focus()
        panel = self.current_panel()
        return panel.first_focus() if panel is not None else self._resting()

    def focused_material(self) -> int | None:
        """Return the line of the checklist, from 0, that has the keyboard."""
        panel = self.current_panel()
        return panel.focused() if isinstance(panel, MaterialTable) else None

    def first_error(self) -> QWidget | None:
        """The first thing that keeps the big button grey: the first open thing of the first section in error."""
        if self._view is None:
            return None
        for view, section in zip(self._view.sections, self._sections, strict=True):
            if view.state is SectionState.ERROR and section.panel is not None:
                return section.panel.first_focus()
        return None

    def _resting(self) -> QWidget:
        self._card.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._card.setProperty("ring", False)  # noqa: FBT003 -- Qt's own signature
        return self._card

    def take_key(self, event: QKeyEvent) -> bool:
        """Give a plain key to the current section."""
        panel = self.current_panel()
        return panel is not None and panel.take_key(event)

    def reveal(self, widget: QWidget) -> None:
        """Scroll so that a widget stands free, once its place is settled."""
        QTimer.singleShot(0, widget, lambda: self._scroll.ensureWidgetVisible(widget, 0, SCROLL_MARGIN))
