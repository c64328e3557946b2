"""One section of the work card on its spine: a line while closed, a panel while open."""

from typing import Final

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from ui.icons import paint_icon
from ui.theme import Theme
from ui.widgets.form_panel import FormPanel
from ui.widgets.material_table import MaterialTable
from ui.widgets.note_box import NoteBox
from ui.widgets.outcome_panel import OutcomePanel
from ui.widgets.panel import Panel
from ui.widgets.parts import KeyCap, TagLabel, Text, clear, put
from ui.widgets.situation_panel import EndingPanel, ItemPanel, SituationPanel
from ui.widgets.views import Tag
from ui.widgets.work_views import (
    Body,
    EndingView,
    FormView,
    ItemsView,
    MaterialsView,
    OutcomeView,
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


def make_panel(theme: Theme, body: Body) -> Panel:
    """Return the panel that shows a section's inside."""
    match body:
        case ItemsView():
            return ItemPanel(theme, body)
        case SituationsView():
            return SituationPanel(theme, body)
        case MaterialsView():
            return MaterialTable(theme, body)
        case FormView():
            return FormPanel(theme, body)
        case OutcomeView():
            return OutcomePanel(theme, body)
        case EndingView():
            return EndingPanel(theme, body)


class Header(QWidget):
    """Label, tags and summary at the left, hints and the Alt key at the right."""

    def __init__(self, theme: Theme, number: int) -> None:
        super().__init__()
        self._theme = theme
        self.setMinimumHeight(26 if theme.metrics.small else 30)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(9 if theme.metrics.small else 12)
        self._number = number

    def show_view(self, view: SectionView) -> None:
        """Lay the line out anew; it is short."""
        # Every part shown in a visible line would lay out the whole page once more.
        self.hide()
        clear(self._row)
        current = view.state in (SectionState.CURRENT, SectionState.ERROR) and (view.body is not None)
        title = Text(self._theme, "section" if current else "second", "ink" if current else "ink3", bold=current)
        title.show_text(view.title if current else view.label)
        if not current:
            title.setFixedWidth(44)
        put(self._row, title)
        parts: list[QWidget] = []
        if view.summary:
            alone = not view.tags and not view.trailing
            tone = "ink3" if view.state is SectionState.TODO else "ink"
            summary = Text(self._theme, "body", tone, wrap=alone)
            summary.setObjectName(f"work_sec_summary__{self._number}")
            summary.show_words(view.summary)
            parts.append(summary)
        parts += [self._tag(tag) for tag in view.tags]
        if view.trailing:
            trailing = Text(self._theme, "second", "ink2", wrap=True)
            trailing.setObjectName(f"work_sec_trailing__{self._number}")
            trailing.show_words(view.trailing)
            parts.append(trailing)
        for part in parts:
            grows = isinstance(part, Text) and part is parts[-1]
            put(self._row, part, 1 if grows else 0)
        if not parts or not isinstance(parts[-1], Text):
            self._row.addStretch(1)
        self._add_right(view)
        self.show()

    def _tag(self, tag: Tag) -> TagLabel:
        label = TagLabel(self._theme)
        label.show_tag(tag)
        return label

    def _add_right(self, view: SectionView) -> None:
        if view.hints and not self._theme.metrics.small:
            for hint in view.hints:
                put(self._row, KeyCap(self._theme, hint.key))
                text = Text(self._theme, "hint", "ink3")
                text.show_text(hint.text)
                put(self._row, text)
        if view.note_right:
            note = Text(self._theme, "hint", "ink3")
            note.show_text(view.note_right)
            put(self._row, note)
        if view.jump:
            put(self._row, KeyCap(self._theme, f"Alt {self._number}"))
            if view.state is not SectionState.TODO:
                change = Text(self._theme, "hint", "pri")
                change.show_text(self.tr("改"))
                put(self._row, change)


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
        self._kept: dict[type[Body], Panel] = {}
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
        kept = self._kept.get(type(body))
        if kept is not None and kept.can_show(body):
            kept.show_view(body)
            return kept
        if kept is not None:
            kept.hide()
            self._inside.removeWidget(kept)
            kept.deleteLater()
        panel = make_panel(self._theme, body)
        panel.intent.connect(self.intent)
        put(self._inside, panel)
        self._kept[type(body)] = panel
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
