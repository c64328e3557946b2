"""Draws the paper of the right pane off the GUI thread; while one is drawn only the newest wish is kept."""

from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.paper.blocks import Document, Title, Wrapped
from app.domain.paper.errors import PaperError
from ui.background import Background
from ui.pictures import image_of
from ui.screens.counter import acts
from ui.screens.counter.parts import CounterParts
from ui.screens.counter.state import CounterState, Paper

WARM_UP = Document("", (Title("䶮"), Wrapped("受理通知书 0123456789")))
"""Common and rare characters, so that every font of the chain is read."""

QUIET_MS = 120
"""While the clerk types on, the picture waits: it would take the processor from the window."""


class Preview(QObject):
    """Its own worker, so that a slow picture never stands before an act."""

    drawn = Signal(object)
    """A ``Paper``, or None when there is nothing to show."""

    def __init__(self, worker: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = worker
        self._drawing = False
        self._wish: tuple[CounterParts, CounterState] | None = None
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(QUIET_MS)
        self._quiet.timeout.connect(self._next)

    def warm(self, parts: CounterParts) -> None:
        """Load the fonts now: the first picture would otherwise take a second in front of the first citizen."""
        self._worker.run(partial(parts.render, WARM_UP, 0), _nothing, _nothing)

    def draw(self, parts: CounterParts, state: CounterState) -> None:
        """Draw the paper of this state as soon as no newer one came for a moment."""
        self._wish = parts, state
        self._quiet.start()

    def _next(self) -> None:
        if self._wish is None or self._drawing:
            return
        parts, state = self._wish
        self._wish = None
        self._drawing = True
        self._worker.run(partial(_paper, parts, state), self._came, self._failed)

    def _came(self, paper: Paper | None) -> None:
        self._drawing = False
        if self._wish is None:
            self.drawn.emit(paper)
        elif not self._quiet.isActive():
            self._next()

    def _failed(self, _: str) -> None:
        self._drawing = False
        if not self._quiet.isActive():
            self._next()


def _nothing(_: object) -> None:
    """Nobody waits for the warm-up."""


def _paper(parts: CounterParts, state: CounterState) -> Paper | None:
    document, reprint = _document(parts, state)
    if document is None:
        return None
    return Paper(image_of(parts.render(document, reprint)), f"{hash(document)}/{reprint}")


def _document(parts: CounterParts, state: CounterState) -> tuple[Document | None, int]:
    if state.job is not None:
        return acts.shown(state.issued, state.card, state.job), state.job.reprint
    if state.card is None:
        return None, 0
    try:
        return acts.preview(parts, state.card), 0
    except PaperError:
        return None, 0
