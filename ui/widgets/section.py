"""One section of the work card on its spine: a line while closed, a panel while open."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from ui.icons import paint_icon
from ui.theme import Theme
from ui.widgets.ending_form import EndingFormPanel
from ui.widgets.form_panel import FormPanel
from ui.widgets.item_panel import ItemPanel
from ui.widgets.kept import Gap, Hint, Kept
from ui.widgets.material_table import MaterialTable
from ui.widgets.note_box import NoteBox
from ui.widgets.outcome_panel import OutcomePanel
from ui.widgets.panel import Panel
from ui.widgets.parts import KeyCap, TagLabel, Text, clear, laid_out_once, let_go, put
from ui.widgets.refusal_panel import RefusalPanel
from ui.widgets.situation_panel import EndingPanel, SituationPanel
from ui.widgets.work_views import (
    Body,
    EndingFormView,
    EndingView,
    FormView,
    ItemsView,
    MaterialsView,
    OutcomeView,
    RefusalView,
    SectionState,
    SectionView,
    SituationsView,
)

DOT: Final = {
    SectionState.TODO: ("surface", "offL", "ink3"),
    SectionState.CURRENT: ("pri", "pri", "surface"),
    SectionState.DONE: ("ok", "ok", "surface"),
    SectionState.ERROR: ("err", "err", "surface"),
    SectionState.REVIEW: ("yellow", "yellow", "ink"),
}
"""Fill, edge and ink of the spine dot."""

MOST_KEPT: Final = 4
"""Panels of earlier citizens that a section keeps: those of the items a window is asked for most."""


PANELS: Final[Mapping[type[Body], Callable[[Theme, Any], Panel]]] = {
    ItemsView: ItemPanel,
    SituationsView: SituationPanel,
    MaterialsView: MaterialTable,
    FormView: FormPanel,
    OutcomeView: OutcomePanel,
    EndingView: EndingPanel,
    EndingFormView: EndingFormPanel,
    RefusalView: RefusalPanel,
}
"""What shows the inside of a section, by the kind of inside."""


class Header(QWidget):
    """Label, summary, tags and trailing words at the left, hints and the Alt key at the right.

    Its parts stay from one citizen to the next: building them anew would lay the whole page out once for each.
    """

    LABEL_WIDTH: Final = 44
    """Pixels of a closed line's label: the summaries of all sections begin at one edge."""

    def __init__(self, theme: Theme, number: int) -> None:
        super().__init__()
        self._theme = theme
        small = theme.metrics.small
        self.setMinimumHeight(26 if small else 30)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(9 if small else 12)
        self._title = Text(theme, "second", "ink3")
        self._summary = Text(theme, "body", "ink")
        self._summary.setObjectName(f"work_sec_summary__{number}")
        self._tags = Kept(self._row.spacing(), lambda: TagLabel(theme))
        self._trailing = Text(theme, "second", "ink2", wrap=True)
        self._trailing.setObjectName(f"work_sec_trailing__{number}")
        self._gap = Gap()
        self._hints = Kept(self._row.spacing(), lambda: Hint(theme))
        self._note = Text(theme, "hint", "ink3")
        self._cap = KeyCap(theme, f"Alt {number}")
        self._change = Text(theme, "hint", "pri")
        self._change.show_text(self.tr("改"))
        for part in (self._title, self._summary, self._tags, self._trailing, self._gap, self._hints, self._note):
            self._row.addWidget(part)
        self._row.addWidget(self._cap)
        self._row.addWidget(self._change)

    def show_view(self, view: SectionView) -> None:
        """Show what changed in the line."""
        with laid_out_once(self._row):
            self._show_parts(view)

    def _show_parts(self, view: SectionView) -> None:
        self._show_title(view)
        self._show_words(view)
        self._tags.show_each(view.tags, TagLabel.show_tag)
        self._hints.show_each(() if self._theme.metrics.small else view.hints, Hint.show_view)
        self._note.show_text(view.note_right)
        self._note.setVisible(bool(view.note_right))
        self._cap.setVisible(view.jump)
        self._change.setVisible(view.jump and view.state is not SectionState.TODO)

    def _show_title(self, view: SectionView) -> None:
        current = view.state in (SectionState.CURRENT, SectionState.ERROR) and view.body is not None
        self._title.set_font(self._theme.font("section" if current else "second", bold=current))
        self._title.set_tone("ink" if current else "ink3")
        self._title.setMinimumWidth(0 if current else self.LABEL_WIDTH)
        self._title.setMaximumWidth(self.maximumWidth() if current else self.LABEL_WIDTH)
        self._title.show_text(view.title if current else view.label)

    def _show_words(self, view: SectionView) -> None:
        """The last words of the line take the room that is left; without any, the gap does."""
        alone = bool(view.summary) and not view.tags and not view.trailing
        self._summary.set_wrap(wrap=alone)
        self._summary.set_tone("ink3" if view.state is SectionState.TODO else "ink")
        self._summary.show_words(view.summary)
        self._summary.setVisible(bool(view.summary))
        self._trailing.show_words(view.trailing)
        self._trailing.setVisible(bool(view.trailing))
        self._gap.setVisible(not alone and not view.trailing)
        self._row.setStretchFactor(self._summary, int(alone))
        self._row.setStretchFactor(self._trailing, int(bool(view.trailing)))
        self._row.setStretchFactor(self._gap, 1)


class Section(QWidget):
    """``jump(number)`` when its closed line is clicked; panels hand their intents through ``intent``."""

    jump = Signal(int)
    intent = Signal(object)

    def __init__(self, theme: Theme, number: int) -> None:
        super().__init__()
        self._theme, self._number = theme, number
        self._view: SectionView | None = None
        self._first = self._last = False
        self.panel: Panel | None = None
        self._kept: list[Panel] = []
        self.setObjectName(f"work_sec__{number}")
        metrics = theme.metrics
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(metrics["spine"], metrics["bar"], metrics["pad"], metrics["bar"])
        self._column.setSpacing(0)
        self._header = Header(theme, number)
        self._column.addWidget(self._header)
        self._inside = QVBoxLayout()
        self._inside.setSpacing(0)
        self._column.addLayout(self._inside)
        self._notes = QVBoxLayout()
        self._notes.setSpacing(0)
        self._column.addLayout(self._notes)

    def set_place(self, *, first: bool, last: bool) -> None:
        """Tell where the spine begins and ends."""
        self._first, self._last = first, last

    def show_view(self, view: SectionView) -> None:
        """Show what changed; an open panel that can show the new values stays."""
        old, self._view = self._view, view
        if old == view:
            return
        self.setProperty("state", view.state.value)
        self.setAccessibleName(f"{view.number} {view.title}")
        self.setCursor(Qt.CursorShape.PointingHandCursor if view.jump else Qt.CursorShape.ArrowCursor)
        with laid_out_once(self._column):
            if old is None or _line(old) != _line(view):
                self._header.show_view(view)
            if old is None or old.body != view.body or old.note != view.note:
                self._show_inside(view, old)
        self.update()

    def _show_inside(self, view: SectionView, old: SectionView | None) -> None:
        wanted = self._panel_for(view.body) if view.body is not None else None
        if wanted is not self.panel:
            if self.panel is not None:
                self.panel.hide()
            self.panel = wanted
            if wanted is not None:
                wanted.show()
        if old is None or old.note != view.note:
            clear(self._notes)
            if view.note is not None:
                self._notes.addSpacing(12)
                put(self._notes, NoteBox(self._theme, view.note))

    def _panel_for(self, body: Body) -> Panel:
        """Return an earlier citizen's panel where it can show this body: building one takes tens of milliseconds."""
        kept = next((panel for panel in self._kept if panel.can_show(body)), None)
        if kept is not None:
            kept.show_view(body)
            return kept
        panel = PANELS[type(body)](self._theme, body)
        panel.intent.connect(self.intent)
        put(self._inside, panel)
        self._kept.append(panel)
        if len(self._kept) > MOST_KEPT:
            oldest = self._kept.pop(0)
            self._inside.removeWidget(oldest)
            let_go(oldest)
        return panel

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._view is not None and self._view.jump and self._header.geometry().contains(event.position().toPoint()):
            self.jump.emit(self._number)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._view is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, spine, dot = self._theme, self._theme.metrics["spine"], self._theme.metrics["dot"]
        if not self._first:
            painter.fillRect(spine, 0, self.width() - spine, 1, theme.colour("hair"))
        top = theme.metrics["bar"] + (self._header.height() - dot) / 2
        circle = QRectF(spine / 2 - dot / 2, top, dot, dot)
        begin = circle.center().y() if self._first else 0.0
        end = circle.center().y() if self._last else float(self.height())
        done = self._view.state is SectionState.DONE
        painter.fillRect(QRectF(spine / 2 - 1, begin, 2, end - begin), theme.colour("okL" if done else "line"))
        self._paint_dot(painter, circle)

    def _paint_dot(self, painter: QPainter, circle: QRectF) -> None:
        assert self._view is not None
        fill, edge, ink = DOT[self._view.state]
        painter.setPen(QPen(self._theme.colour(edge), 2))
        painter.setBrush(self._theme.colour(fill))
        painter.drawEllipse(circle.adjusted(1, 1, -1, -1))
        if self._view.state is SectionState.DONE:
            paint_icon(painter, "ph.check", circle.adjusted(6, 6, -6, -6), self._theme.colour(ink))
            return
        attention = self._view.state in (SectionState.ERROR, SectionState.REVIEW)
        painter.setFont(self._theme.font("second", bold=True, family="number"))
        painter.setPen(self._theme.colour(ink))
        painter.drawText(
            circle.translated(0, 1), int(Qt.AlignmentFlag.AlignCenter), "!" if attention else str(self._number)
        )


def _line(view: SectionView) -> tuple[object, ...]:
    opened = view.body is not None
    return (
        view.label, view.title, view.state, view.summary, view.tags, view.trailing, view.note_right, view.jump,
        view.hints, opened,
    )  # fmt: skip
