"""The tick of what was read, and the two of what was not; silent while nobody is at the window."""

from typing import TYPE_CHECKING

from app.ports.card_reader import CardRead, CardUnreadable, ReaderEvent
from app.ports.tone import Tone

if TYPE_CHECKING:
    from ui.screens.counter.presenter import CounterPresenter


def read(presenter: "CounterPresenter") -> None:
    """A scan or a card was taken."""
    _play(presenter, Tone.READ)


def not_read(presenter: "CounterPresenter") -> None:
    """A scan or a card was not taken; the window says why."""
    _play(presenter, Tone.NOT_READ)


def of_card(presenter: "CounterPresenter", event: ReaderEvent) -> None:
    """A card was laid: tell whether it could be read."""
    match event:
        case CardRead():
            read(presenter)
        case CardUnreadable():
            not_read(presenter)
        case _:
            pass


def _play(presenter: "CounterPresenter", tone: Tone) -> None:
    if presenter.parts is not None and not presenter.state.covered:
        presenter.parts.play(tone)
