"""The clerk acknowledges what the floor manager said; a new message chimes once."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from ui import intents
from ui.screens.counter.build.manager import unseen
from ui.screens.counter.state import CounterState

if TYPE_CHECKING:
    from ui.screens.counter.presenter import CounterPresenter


def handle(presenter: "CounterPresenter", intent: object) -> bool:
    """Take 知道了 of a message; the number counts the notices of the right pane from its top."""
    if not isinstance(intent, intents.NoticeDone):
        return False
    state = presenter.state
    above = int(state.offline and state.link.since_ms is not None)  # that the link is cut stands on top
    notes = unseen(state)
    place = intent.number - 1 - above
    if 0 <= place < len(notes):
        presenter.update(notes_seen=state.notes_seen | {notes[place].note_id})
    return True


def chime_if_new(before: CounterState, after: CounterState) -> None:
    """Chime once for a new message (design.md section 11); what was there when the clerk came in is silent."""
    old = {each.note_id for each in unseen(before)}
    if before.clerk is not None and any(each.note_id not in old for each in unseen(after)):
        QApplication.beep()
