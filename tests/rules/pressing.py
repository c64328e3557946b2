"""A counter window whose keys a rule's test presses: the living window of tests/ui, with the program's collector."""

import copy
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from living_counter import Living, everywhere, living
from PySide6.QtCore import Qt
from screens_kept import Screens

from app.domain.link import Link, LinkStatus
from ui.garbage import Collector


class StillClock:
    """A clock that only a test moves."""

    def __init__(self) -> None:
        self.ms = 1_000_000

    def now_ms(self) -> int:
        return 1_795_240_000_000 + self.ms

    def monotonic_ms(self) -> int:
        return self.ms

    def random_bytes(self, count: int) -> bytes:
        return bytes(range(count))


@contextmanager
def pressed(qtbot: Any, kit: Any, clerk: Any, authority: Any, number: str = "A01") -> Iterator[Living]:
    """Open a window; afterwards no worker's thread is left to free a widget."""
    collector = Collector()
    try:
        with living(qtbot, StillClock(), kit, everywhere(clerk), authority=authority, number=number) as counter:
            yield counter
        collector.look()
    finally:
        collector.close()


def picture(counter: Living, name: str) -> None:
    """Keep what the window shows."""
    Screens().keep(counter.window, f"{name}.png")


def publish(counter: Living, published_tables: Any, change: Callable[[dict[str, Any]], object]) -> None:
    """The feed brings version 2, in which ``change`` was made to the document."""
    document = copy.deepcopy(published_tables["catalogue"][0]["document"])
    document["version"] = 2
    change(document)
    row = {"version": 2, "rev": 1, "document": document, "effective_from": document["effective_from"]}
    cursor = counter.kit.replica.cursor()
    assert counter.kit.replica.apply(cursor, [{"seq": cursor + 1, "entity": "catalogue", "data": row}], cursor + 1)
    counter.presenter.look()


def serve(counter: Living) -> None:
    """Call the next citizen, who comes for the first item of the window."""
    counter.press(Qt.Key.Key_F2)
    counter.until(lambda: counter.window.property("uiState") == "calling")
    counter.press(Qt.Key.Key_Return)
    counter.until(lambda: counter.window.property("uiState") == "serving")
    counter.press(Qt.Key.Key_1)
    assert counter.state.card is not None
    assert counter.state.card.item is not None


def cut_off(counter: Living) -> None:
    """The network is gone."""
    counter.bridge.link.emit(LinkStatus(Link.OFFLINE))
    counter.until(lambda: counter.state.offline)
